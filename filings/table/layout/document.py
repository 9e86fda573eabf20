"""Lay out a document as the official table of its edition. Writers draw it; `paging` breaks it into pages."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate, chain, pairwise, zip_longest

from filings.document import money, place
from filings.document.content import FilingDocument
from filings.document.edition import AmountLine, Edition, Field, Section, Split
from filings.document.place import Place
from filings.table.grid import Cell, Grid, Join, Row, Style
from filings.table.layout.indicators import indicator_rows
from filings.table.layout.tasks import task_rows

LONGEST_PARAGRAPH = 600
_WHERE_EMPTY = {"duties": Place("duties"), "goal": place.goal()}
_SENTENCE_END = re.compile(r"[。；！？;!?]")


@dataclass(frozen=True)
class _GridSource:
    """A document, its edition and the layout options."""

    document: FilingDocument
    edition: Edition
    whole_texts: bool
    whole_targets: bool

    @property
    def width(self) -> int:
        """Number of grid columns to the right of the section's label."""
        return len(self.edition.widths) - 1


def lay_out(
    document: FilingDocument, edition: Edition, *, whole_texts: bool = False, whole_targets: bool = False
) -> Grid:
    """Lay out a document as the printed table. The edition's unit (万元) follows a bare amount; blank stays blank.

    By default each paragraph of a text is a row, and a long paragraph several, so that a page can break between them.
    `whole_texts` makes each text one row, for output without a maximum cell height. `whole_targets` merges an
    edition's comparator, number and unit columns into one, for screens with one field per value.
    """
    source = _GridSource(document, edition, whole_texts, whole_targets)
    rows = [row for section in edition.sections for row in _section(section, source)]
    title = Cell(edition.title_for(document.year), style=Style.TITLE)
    return Grid(
        tuple(rows), (title, *_lines(edition.header, source)), tuple(_lines(edition.footer, source)), edition.widths
    )


def split_paragraph(text: str) -> list[str]:
    """Split a paragraph into pieces of at most 600 characters, after the last sentence end that fits."""
    pieces = []
    while len(text) > LONGEST_PARAGRAPH:
        ends = [match.end() for match in _SENTENCE_END.finditer(text, 0, LONGEST_PARAGRAPH)]
        cut = ends[-1] if ends else LONGEST_PARAGRAPH
        pieces.append(text[:cut])
        text = text[cut:]
    return [*pieces, text]


def _lines(fields: Iterable[Field], source: _GridSource) -> Iterator[Cell]:
    for item in fields:
        text = source.document.fields.get(item.key, "")
        yield Cell(text, style=Style.HEADER, place=place.field(item.key), before=item.label, after=item.stamp)


def _section(section: Section, source: _GridSource) -> list[Row]:
    first, *rest = _body(section, source)
    label = Cell(section.label, rows=1 + len(rest), style=Style.LABEL)
    return [Row((label, *first.cells), first.section, first.is_head, first.stays_with_next, first.join), *rest]


def _body(section: Section, source: _GridSource) -> Iterator[Row]:
    match section.kind:
        case "field":
            return _field(section, source)
        case "budget":
            return _budget(section, source)
        case "duties":
            return _prose(section, source, ((place.duty(duty.key), duty.text) for duty in source.document.duties))
        case "goal":
            return _prose(
                section, source, ((place.goal(number), goal) for number, goal in enumerate(source.document.goals))
            )
        case "tasks":
            return _tasks(section, source)
        case "opinion":
            opinion = Cell(section.words, 1, source.width, style=Style.OPINION)
            return iter([Row((opinion,), section.kind)])
        case _:
            return indicator_rows(section, source.document, source.edition, whole_targets=source.whole_targets)


def _field(section: Section, source: _GridSource) -> Iterator[Row]:
    text = source.document.fields.get(section.key, "")
    yield Row((Cell(text, 1, source.width, style=Style.FIELD, place=place.field(section.key)),), section.kind)


def _budget(section: Section, source: _GridSource) -> Iterator[Row]:
    blocks = _blocks(source.edition)
    total = _amount(source.edition.total, "", source, 1, source.width)
    yield Row((total,), section.kind, stays_with_next=bool(blocks))
    if not blocks:
        return
    headings = (Cell(split.label, column, span, style=Style.SPLIT) for split, column, span in blocks)
    yield Row(tuple(headings), section.kind, stays_with_next=True)
    columns = [_split_cells(split, source, column, span) for split, column, span in blocks]
    depth = max(map(len, columns))
    for number, cells in enumerate(zip_longest(*columns)):
        filled = (
            cell or Cell("", column, span, style=Style.AMOUNT)
            for cell, (_, column, span) in zip(cells, blocks, strict=True)
        )
        yield Row(tuple(filled), section.kind, stays_with_next=number < depth - 1)


def _tasks(section: Section, source: _GridSource) -> Iterator[Row]:
    """Yield the task rows below their column headings, then the total where the edition has no budget block."""
    rows = task_rows(section, source.document, source.edition)
    if source.edition.has("budget"):
        return rows
    return chain(rows, [Row((_amount(source.edition.total, "", source, 1, source.width),), section.kind)])


def _split_cells(split: Split, source: _GridSource, column: int, span: int) -> list[Cell]:
    leads = [split.lead, *("" for _ in split.lines[1:])]
    return [_amount(line, lead, source, column, span) for line, lead in zip(split.lines, leads, strict=True)]


def _amount(line: AmountLine, lead: str, source: _GridSource, column: int, span: int) -> Cell:
    text = source.document.amounts.get(line.key, "")
    is_bare = text[-1:].isdigit() and money.parse(text).problem is not money.AmountProblem.NO_NUMBER
    colon = "：" if text and line.label[-1:] not in ":：" else ""
    before, after = f"{lead}{line.label}{colon}", source.edition.unit if is_bare else ""
    return Cell(text, column, span, style=Style.AMOUNT, place=place.amount(line.key), before=before, after=after)


def _blocks(edition: Edition) -> list[tuple[Split, int, int]]:
    """Place the splits side by side: each with its first column and span, as evenly as the column widths allow."""
    ends = list(accumulate(edition.widths[1:]))
    shares = [ends[-1] * number / len(edition.splits) for number in range(1, len(edition.splits) + 1)]
    nearest = [min((abs(end - share), column) for column, end in enumerate(ends, start=1))[1] for share in shares]
    spans = pairwise([0, *nearest])
    return [(split, 1 + start, end - start) for split, (start, end) in zip(edition.splits, spans, strict=True)]


def _prose(section: Section, source: _GridSource, texts: Iterable[tuple[Place, str]]) -> Iterator[Row]:
    join: Join | None = None
    for text_place, text in list(texts) or [(_WHERE_EMPTY[section.kind], "")]:
        for piece, joins in _pieces(text, source):
            cell = Cell(piece, 1, source.width, style=Style.PROSE, place=text_place)
            yield Row((cell,), section.kind, join=join and joins)
            join = Join.LINE


def _pieces(text: str, source: _GridSource) -> Iterator[tuple[str, Join]]:
    """Split a text into the pieces that become rows, each with its join to the row above."""
    for line in [text] if source.whole_texts else text.split("\n"):
        for number, piece in enumerate([line] if source.whole_texts else split_paragraph(line)):
            yield piece, Join.RUN if number else Join.LINE
