"""Sample files as departments submit them: reading each gives the content of its .expected.json file."""

import json
from pathlib import Path
from typing import Any

import pytest

from filings.document.bundled_editions import editions
from filings.document.content import FilingDocument
from filings.document.edition import Edition
from filings.document.flat_json import flat_place
from filings.document.place import Place
from filings.formats.file import CannotRead
from filings.formats.readers.sandbox import libreoffice
from filings.formats.uploads import Upload, open_file
from filings.table.reading.find_tables import find_tables
from filings.table.reading.read_table import NotATable
from filings.tests.samples.expectations import shape

FILES = Path(__file__).parents[1] / "samples" / "files"
NAMES = sorted(path.name.removesuffix(".expected.json") for path in FILES.glob("*.expected.json"))


def expected(name: str) -> dict[str, Any]:
    parsed = json.loads((FILES / f"{name}.expected.json").read_text(encoding="utf-8"))
    assert isinstance(parsed, dict)
    return parsed


def read_sample(name: str, code: str) -> dict[str, Any]:
    """Read a sample file and describe the result as the expectations do."""
    edition = editions()[code]
    try:
        opened = open_file(name, (FILES / name).read_bytes())
        return _describe(opened, edition)
    except (CannotRead, NotATable) as refusal:
        return {"refused": str(refusal)}


def _describe(opened: Upload, edition: Edition) -> dict[str, Any]:
    description: dict[str, Any] = {"edition": edition.code, "remarks": list(opened.remarks)}
    if opened.document is not None:
        nothing: dict[str, Any] = {"warnings": {}, "left": [], "others": [], "tables": 1, "is_project": False}
        return description | nothing | {"table": shape(opened.document, edition)}
    result = find_tables(opened.grids, edition)
    reading = result.tables[0].reading
    return description | {
        "table": shape(reading.document, edition),
        "warnings": {_position(place, reading.document): warning for place, warning in reading.warnings.items()},
        "left": [leftover.text for leftover in reading.leftovers],
        "others": [text.text for text in result.others],
        "tables": len(result.tables),
        "is_project": reading.is_project,
    }


def _position(place: Place, document: FilingDocument) -> str:
    keys = [task.key for task in document.tasks] if place.section == "tasks" else []
    if place.key in keys:
        return str(Place("tasks", str(keys.index(place.key)), place.column))
    return flat_place(place, document)


def _cases() -> list[Any]:
    needs_office = [pytest.mark.office, pytest.mark.skipif(not libreoffice.is_installed(), reason="needs LibreOffice")]
    return [pytest.param(name, marks=needs_office if expected(name).get("office") else ()) for name in NAMES]


@pytest.mark.parametrize("name", _cases())
def test_a_sample_is_read_as_expected(name: str) -> None:
    assert_read_as_expected(name)


@pytest.mark.thorough
@pytest.mark.parametrize("name", _cases())
def test_a_sample_is_read_as_expected_every_time(name: str) -> None:
    for _ in range(2):
        assert_read_as_expected(name)


def assert_read_as_expected(name: str) -> None:
    wanted = expected(name)
    read = read_sample(name, wanted.get("edition", "hunan-county-2022"))
    assert read == {key: value for key, value in wanted.items() if key != "office"}


def test_there_are_samples_of_many_file_types_with_expectations() -> None:
    files = {path.name for path in FILES.iterdir() if not path.name.endswith(".expected.json")}
    assert files == set(NAMES)
    assert len(files) >= 40
    assert {Path(name).suffix for name in files} >= {
        ".xlsx", ".xls", ".ods", ".docx", ".doc", ".rtf", ".pdf", ".html", ".txt", ".json",
    }  # fmt: skip
