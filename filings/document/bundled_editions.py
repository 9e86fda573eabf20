"""Editions bundled with the program, read from `fixtures/editions/`, one JSON file each."""

from functools import cache
from pathlib import Path

from filings.document import edition_json
from filings.document.edition import Edition

FOLDER = Path(__file__).resolve().parents[2] / "fixtures" / "editions"


@cache
def editions() -> dict[str, Edition]:
    """Load all bundled editions, by code. Raises EditionError if one is invalid."""
    loaded = (edition_json.from_json(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.json")))
    return {edition.code: edition for edition in loaded}
