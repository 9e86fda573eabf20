"""The document attached to our own PDF files is returned unchanged; other files have none."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from filings.document import canonical_json
from filings.document.content import FilingDocument
from filings.formats.file import ATTACHMENT_NAME, CannotRead
from filings.formats.pdf import check_glyphs
from filings.formats.readers.pdf.attachment import LARGEST, document_json
from filings.tests.formats.readers.pdf.pdf_files import locked, printed, scanned, with_attachment, with_page
from filings.tests.founding import EDITION, founding_document
from filings.tests.strategies import documents

PAGE = with_page("BT /F 12 Tf 50 100 Td (A) Tj ET")


def test_the_founding_document_is_returned_from_its_print() -> None:
    document = founding_document()
    assert document_json(printed(document)) == canonical_json.dumps(document)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents(EDITION).filter(lambda document: not check_glyphs.unprintable(canonical_json.dumps(document))))
def test_any_document_is_returned_from_its_print(document: FilingDocument) -> None:
    assert canonical_json.loads(document_json(printed(document)) or "") == document


@pytest.mark.parametrize("content", [PAGE, scanned(), with_attachment(PAGE, "other.json", b"{}")])
def test_other_files_have_no_document(content: bytes) -> None:
    assert document_json(content) is None


def test_an_attachment_with_our_name_is_returned_unchanged() -> None:
    content = with_attachment(with_attachment(PAGE, "other.json", b"no"), ATTACHMENT_NAME, "{甲}".encode())
    assert document_json(content) == "{甲}"


@pytest.mark.parametrize("attached", [b"\xff\xfe", "甲".encode("gb18030")])
def test_an_attachment_that_is_not_utf_8_is_ignored(attached: bytes) -> None:
    assert document_json(with_attachment(PAGE, ATTACHMENT_NAME, attached)) is None


def test_an_attachment_larger_than_any_document_is_ignored() -> None:
    assert document_json(with_attachment(PAGE, ATTACHMENT_NAME, b"a" * LARGEST)) == "a" * LARGEST
    assert document_json(with_attachment(PAGE, ATTACHMENT_NAME, b"a" * (LARGEST + 1))) is None


def test_an_encrypted_file_has_no_document() -> None:
    assert document_json(locked(with_attachment(PAGE, ATTACHMENT_NAME, b"{}"), "secret")) is None


_ATTACHED = with_attachment(PAGE, ATTACHMENT_NAME, b"{}")


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 0.999), st.binary(max_size=3)), max_size=8))
def test_any_damage_returns_text_or_none(changes: list[tuple[float, bytes]]) -> None:
    content = _ATTACHED
    for share, noise in changes:
        offset = int(share * len(content))
        content = content[:offset] + noise + content[offset + len(noise) :]
    try:
        text = document_json(content)
    except CannotRead as refused:
        text = str(refused)
    assert text is None or isinstance(text, str)
