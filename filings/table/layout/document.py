"""Document → grid: the official table as the edition lays it out. Draws nothing and cuts no pages."""

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
class _GridBuilder:
    """What is laid out: the document on its form, cut into paragraphs or not."""

    document: FilingDocument
    edition: Edition
    whole_texts: bool
    whole_targets: bool

    @property
    def wide(self) -> int:
        """Columns right of the section's label."""
        return len(self.edition.widths) - 1


def lay_out(
    document: FilingDocument, edition: Edition, *, whole_texts: bool = False, whole_targets: bool = False
) -> Grid:
    """The printed table of a document. Amounts get the form's unit behind a bare number (万元); blank stays blank.

    On paper a text is one row a paragraph, a long paragraph several; with `whole_texts`, where a cell has no greatest
    height, it is one row a text. With `whole_targets`, for a screen that shows each value in one field, a form's
    columns of comparator, number and unit are one.
    """
    sheet = _GridBuilder(document, edition, whole_texts, whole_targets)
    rows = [row for section in edition.sections for row in _section(section, sheet)]
    title = Cell(edition.title_for(document.year), style=Style.TITLE)
    return Grid(
        tuple(rows), (title, *_lines(edition.header, sheet)), tuple(_lines(edition.footer, sheet)), edition.widths
    )


def paragraphs(text: str) -> list[str]:
    """A paragraph in pieces of at most 600 characters, cut behind the last sentence end that fits."""
    pieces = []
    while len(text) > LONGEST_PARAGRAPH:
        ends = [match.end() for match in _SENTENCE_END.finditer(text, 0, LONGEST_PARAGRAPH)]
        cut = ends[-1] if ends else LONGEST_PARAGRAPH
        pieces.append(text[:cut])
        text = text[cut:]
    return [*pieces, text]


def _lines(fields: Iterable[Field], sheet: _GridBuilder) -> Iterator[Cell]:
    for item in fields:
        text = sheet.document.fields.get(item.key, "")
        yield Cell(text, style=Style.HEADER, place=place.field(item.key), before=item.label, after=item.stamp)


def _section(section: Section, sheet: _GridBuilder) -> list[Row]:
    first, *rest = _body(section, sheet)
    label = Cell(section.label, rows=1 + len(rest), style=Style.LABEL)
    return [Row((label, *first.cells), first.section, first.is_head, first.stays_with_next, first.join), *rest]


def _body(section: Section, sheet: _GridBuilder) -> Iterator[Row]:
    match section.kind:
        case "field":
            return _field(section, sheet)
        case "budget":
            return _budget(section, sheet)
        case "duties":
            return _prose(section, sheet, ((place.duty(duty.key), duty.text) for duty in sheet.document.duties))
        case "goal":
            return _prose(section, sheet, ((place.goal(at), goal) for at, goal in enumerate(sheet.document.goals)))
        case "tasks":
            return _tasks(section, sheet)
        case "opinion":
            words = Cell(section.words, 1, sheet.wide, style=Style.OPINION)
            return iter([Row((words,), section.kind)])
        case _:
            return indicator_rows(section, sheet.document, sheet.edition, whole_targets=sheet.whole_targets)


def _field(section: Section, sheet: _GridBuilder) -> Iterator[Row]:
    text = sheet.document.fields.get(section.key, "")
    yield Row((Cell(text, 1, sheet.wide, style=Style.FIELD, place=place.field(section.key)),), section.kind)


def _budget(section: Section, sheet: _GridBuilder) -> Iterator[Row]:
    blocks = _blocks(sheet.edition)
    total = _amount(sheet.edition.total, "", sheet, 1, sheet.wide)
    yield Row((total,), section.kind, stays_with_next=bool(blocks))
    if not blocks:
        return
    heads = (Cell(split.label, at, span, style=Style.SPLIT) for split, at, span in blocks)
    yield Row(tuple(heads), section.kind, stays_with_next=True)
    columns = [_split_cells(split, sheet, at, span) for split, at, span in blocks]
    depth = max(map(len, columns))
    for number, cells in enumerate(zip_longest(*columns)):
        filled = (
            cell or Cell("", at, span, style=Style.AMOUNT) for cell, (_, at, span) in zip(cells, blocks, strict=True)
        )
        yield Row(tuple(filled), section.kind, stays_with_next=number < depth - 1)


def _tasks(section: Section, sheet: _GridBuilder) -> Iterator[Row]:
    """The tasks with their column heads; the total below them where the form has no budget block."""
    rows = task_rows(section, sheet.document, sheet.edition)
    if sheet.edition.has("budget"):
        return rows
    return chain(rows, [Row((_amount(sheet.edition.total, "", sheet, 1, sheet.wide),), section.kind)])


def _split_cells(split: Split, sheet: _GridBuilder, at: int, span: int) -> list[Cell]:
    leads = [split.lead, *("" for _ in split.lines[1:])]
    return [_amount(line, lead, sheet, at, span) for line, lead in zip(split.lines, leads, strict=True)]


def _amount(line: AmountLine, lead: str, sheet: _GridBuilder, at: int, span: int) -> Cell:
    text = sheet.document.amounts.get(line.key, "")
    is_bare = text[-1:].isdigit() and money.parse(text).problem is not money.AmountProblem.NO_NUMBER
    colon = "：" if text and line.label[-1:] not in ":：" else ""
    before, after = f"{lead}{line.label}{colon}", sheet.edition.unit if is_bare else ""
    return Cell(text, at, span, style=Style.AMOUNT, place=place.amount(line.key), before=before, after=after)


def _blocks(edition: Edition) -> list[tuple[Split, int, int]]:
    """Each split with its first column and span: the columns right of the label, shared as evenly as widths let."""
    ends = list(accumulate(edition.widths[1:]))
    shares = [ends[-1] * number / len(edition.splits) for number in range(1, len(edition.splits) + 1)]
    nearest = [min((abs(end - share), at) for at, end in enumerate(ends, start=1))[1] for share in shares]
    spans = pairwise([0, *nearest])
    return [(split, 1 + start, end - start) for split, (start, end) in zip(edition.splits, spans, strict=True)]


def _prose(section: Section, sheet: _GridBuilder, texts: Iterable[tuple[Place, str]]) -> Iterator[Row]:
    join: Join | None = None
    for at, text in list(texts) or [(_WHERE_EMPTY[section.kind], "")]:
        for piece, joins in _pieces(text, sheet):
            yield Row((Cell(piece, 1, sheet.wide, style=Style.PROSE, place=at),), section.kind, join=join and joins)
            join = Join.LINE


def _pieces(text: str, sheet: _GridBuilder) -> Iterator[tuple[str, Join]]:
    """What becomes a row of its own, each with how it goes on with the row above."""
    for line in [text] if sheet.whole_texts else text.split("\n"):
        for number, piece in enumerate([line] if sheet.whole_texts else paragraphs(line)):
            yield piece, Join.RUN if number else Join.LINE
