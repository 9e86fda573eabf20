"""Write a composed table into a draft."""

from collections.abc import Iterator, Mapping

from filings.document import place, rank
from filings.document.content import FilingDocument
from filings.document.edition import Edition
from filings.document.place import Place
from filings.drafts import stored_draft
from filings.drafts.content import Draft
from filings.drafts.editor import DraftEditor
from filings.models import Filing


def write(filing: Filing, document: FilingDocument, edition: Edition) -> None:
    """Store the cells of the document that the draft does not hold yet."""
    editor = DraftEditor(filing, edition, stored_draft.read(filing))
    for target, text in _cells(document):
        if editor.text(target) != text:
            editor.put(target, text)
    editor.store()


def write_explanations(filing: Filing, draft: Draft, explanations: Mapping[str, str]) -> None:
    """Store explanations of findings by their identities."""
    editor = DraftEditor(filing, draft.edition, draft.stored)
    for identity, text in explanations.items():
        editor.put(place.explanation(identity), text)
    editor.store()


def _cells(document: FilingDocument) -> Iterator[tuple[Place, str]]:
    for key, text in document.fields.items():
        yield Place("fields", key), text
    for line, text in document.amounts.items():
        yield place.amount(line), text
    yield Place("goals", "0"), document.goal
    for duty, position in zip(document.duties, rank.spread("", "", len(document.duties)), strict=True):
        yield Place("duties", duty.key), position
        yield Place("duties", duty.key, "text"), duty.text
    for row, position in zip(document.indicators, rank.spread("", "", len(document.indicators)), strict=True):
        yield Place("indicators", row.key), position
        for column, text in (("node", row.node or ""), ("name", row.name), ("target", row.target)):
            yield Place("indicators", row.key, column), text
