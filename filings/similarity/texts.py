"""The texts of a filing that are compared with those of others, normalised."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from filings.document import place
from filings.document.content import FilingDocument
from filings.document.numerals import split_numeral
from filings.document.place import Place
from filings.document.text import symbols

_SENTENCE = re.compile(r"[^。；;！？!?\n]+[。；;！？!?\n]*")
# Signs, spaces and digits: a copy with other figures is a copy.
_IGNORED = re.compile(r"[\W\d_]+")


class CopiedKind(StrEnum):
    """The part of a table that is copied."""

    GOALS = "goals"
    DUTIES = "duties"
    INDICATORS = "indicators"


@dataclass(frozen=True)
class Piece:
    """A sentence or a row: its place, its text, and the text by which it is compared."""

    place: Place
    text: str
    plain: str


@dataclass(frozen=True)
class FilingTexts:
    """The pieces of a filing by kind; `key` identifies the filing."""

    key: int
    pieces: Mapping[CopiedKind, tuple[Piece, ...]]


def texts_of(key: int, document: FilingDocument, names: Iterable[str] = ()) -> FilingTexts:
    """Collect the texts of a document. `names` of the department, and the document's own, do not count as content."""
    ignored = sorted({name for name in (*names, document.owner) if name}, key=len, reverse=True)

    def pieces(texts: Iterable[tuple[Place, str]]) -> tuple[Piece, ...]:
        return tuple(Piece(where, text, plain_text(text, ignored)) for where, text in texts)

    return FilingTexts(
        key,
        {
            CopiedKind.GOALS: pieces(_goals(document)),
            CopiedKind.DUTIES: pieces(_duties(document)),
            CopiedKind.INDICATORS: pieces(
                (place.indicator(row.key), f"{row.name} {row.target}".strip()) for row in document.indicators
            ),
        },
    )


def plain_text(text: str, names: Iterable[str] = ()) -> str:
    """Normalise a text: without its numeral, the given names, figures, signs and spaces."""
    plain = split_numeral(text.strip())[1]
    for name in names:
        plain = plain.replace(name, "")
    return _IGNORED.sub("", symbols(plain)).casefold()


def _goals(document: FilingDocument) -> Iterator[tuple[Place, str]]:
    for number, goal in enumerate(document.goals):
        yield from ((place.goal(number), sentence.strip()) for sentence in _SENTENCE.findall(goal))


def _duties(document: FilingDocument) -> Iterator[tuple[Place, str]]:
    for duty in document.duties:
        yield from ((place.duty(duty.key), sentence.strip()) for sentence in _SENTENCE.findall(duty.text))
