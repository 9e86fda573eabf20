"""The editions that ship with the program, read from `fixtures/editions/`, one JSON file each."""

from functools import cache
from pathlib import Path

from filings.document import edition_json
from filings.document.edition import Edition

FOLDER = Path(__file__).resolve().parents[2] / "fixtures" / "editions"


@cache
def editions() -> dict[str, Edition]:
    """All editions that ship with the program, by code. Raises EditionError when one cannot be used."""
    read = (edition_json.from_json(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.json")))
    return {edition.code: edition for edition in read}
