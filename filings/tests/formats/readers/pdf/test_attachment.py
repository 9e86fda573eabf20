"""The document inside our own PDF files comes out as it went in; other files have none."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from filings.document import canonical_json
from filings.document.content import FilingDocument
from filings.formats.file import ATTACHED, CannotRead
from filings.formats.pdf import check_glyphs
from filings.formats.readers.pdf.attachment import LARGEST, document_json
from filings.tests.formats.readers.pdf.pdf_files import (
    locked,
    printed,
    scanned,
    with_attachment,
    with_page,
)
from filings.tests.founding import EDITION, founding_document
from filings.tests.strategies import documents

PAGE = with_page("BT /F 12 Tf 50 100 Td (A) Tj ET")


def test_the_founding_document_comes_out_of_its_print() -> None:
    document = founding_document()
    assert document_json(printed(document)) == canonical_json.dumps(document)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents(EDITION).filter(lambda document: not check_glyphs.lacking(canonical_json.dumps(document))))
def test_any_document_comes_out_of_its_print(document: FilingDocument) -> None:
    assert canonical_json.loads(document_json(printed(document)) or "") == document


@pytest.mark.parametrize("content", [PAGE, scanned(), with_attachment(PAGE, "other.json", b"{}")])
def test_files_of_others_have_none(content: bytes) -> None:
    assert document_json(content) is None


def test_what_is_attached_under_our_name_is_given_as_it_is() -> None:
    content = with_attachment(with_attachment(PAGE, "other.json", b"no"), ATTACHED, "{甲}".encode())
    assert document_json(content) == "{甲}"


@pytest.mark.parametrize("attached", [b"\xff\xfe", "甲".encode("gb18030")])
def test_an_attachment_that_is_no_text_is_none(attached: bytes) -> None:
    assert document_json(with_attachment(PAGE, ATTACHED, attached)) is None


def test_an_attachment_larger_than_any_document_is_none() -> None:
    assert document_json(with_attachment(PAGE, ATTACHED, b"a" * LARGEST)) == "a" * LARGEST
    assert document_json(with_attachment(PAGE, ATTACHED, b"a" * (LARGEST + 1))) is None


def test_a_file_with_a_password_has_none() -> None:
    assert document_json(locked(with_attachment(PAGE, ATTACHED, b"{}"), "secret")) is None


_ATTACHED = with_attachment(PAGE, ATTACHED, b"{}")


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 0.999), st.binary(max_size=3)), max_size=8))
def test_any_damage_gives_a_text_or_none(changes: list[tuple[float, bytes]]) -> None:
    content = _ATTACHED
    for share, put in changes:
        at = int(share * len(content))
        content = content[:at] + put + content[at + len(put) :]
    try:
        found = document_json(content)
    except CannotRead as refused:
        found = str(refused)
    assert found is None or isinstance(found, str)
