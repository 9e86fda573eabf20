"""Letters as files, by extension."""

from collections.abc import Mapping
from datetime import datetime

from filings.formats.download_formats import CONTENT_TYPES
from filings.formats.file import File, safe_name
from filings.letters import pdf, plain_text, word
from filings.letters.letter import Letter

KINDS: Mapping[str, str] = {"docx": "Word", "pdf": "PDF", "txt": "文本"}


def write(letter: Letter, kind: str, *, made_at: datetime) -> File:
    """Write a letter in one of KINDS, under its title. Raises KeyError for another kind, and CannotPrint."""
    content = {
        "docx": lambda: word.write(letter, made_at=made_at),
        "pdf": lambda: pdf.write(letter, made_at=made_at),
        "txt": lambda: plain_text.write(letter).encode(),
    }[kind]()
    return File(safe_name(letter.title, kind), CONTENT_TYPES[kind], content)
