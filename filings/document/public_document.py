"""The document as the public reads it: without names and telephone numbers of officers."""

import re
from collections.abc import Iterator
from dataclasses import replace

from filings.document.content import FilingDocument
from filings.document.edition import Edition, Field
from filings.document.text import bare

_PERSONAL_KEYS = frozenset({"filler", "head", "contact", "telephone"})
# Editions made by managers have keys of their own.
_PERSONAL_LABEL = re.compile(r"填报人|填表人|联系人|经办人|负责人|审核人|制表人|电话|手机|身份证|邮箱")


def public_document(document: FilingDocument, edition: Edition) -> FilingDocument:
    """Return the document with its personal fields blank."""
    blank = {field.key: "" for field in _personal(edition) if field.key in document.fields}
    return replace(document, fields={**document.fields, **blank}) if blank else document


def personal_fields(document: FilingDocument, edition: Edition) -> tuple[str, ...]:
    """Return the labels of the personal fields that are filled in, which the sealed PDF prints."""
    return tuple(bare(field.label).rstrip("：:") for field in _personal(edition) if document.fields.get(field.key, ""))


def _personal(edition: Edition) -> Iterator[Field]:
    """Yield the fields above and below the table that name an officer."""
    for field in (*edition.header, *edition.footer):
        if field.key in _PERSONAL_KEYS or _PERSONAL_LABEL.search(bare(field.label)):
            yield field
