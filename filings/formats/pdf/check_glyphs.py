"""Report characters that the print font lacks as errors at their cells, before a table is submitted."""

from collections.abc import Iterator

from filings.choices import Criterion, Severity
from filings.document.content import FilingDocument
from filings.document.edition import Edition
from filings.document.place import Place
from filings.formats.pdf.font import advances
from filings.rules.finding import RuleFinding, quote
from filings.table.layout.document import lay_out

CODE = "P1"
_BASIS = "打印字体：思源宋体（Noto Serif SC）收字范围"


def unprintable(text: str) -> str:
    """Return the characters of a text that the print font lacks, each once."""
    return "".join(char for char in dict.fromkeys(text) if char not in advances() and char not in "\n ")


def check(document: FilingDocument, edition: Edition) -> tuple[RuleFinding, ...]:
    """Return one finding per cell with characters that cannot be printed."""
    return tuple(_finding(place, missing) for place, missing in _unprintable_cells(document, edition))


def _unprintable_cells(document: FilingDocument, edition: Edition) -> Iterator[tuple[Place, str]]:
    grid = lay_out(document, edition, whole_texts=True)
    for cell in (*grid.above, *(cell for row in grid.rows for cell in row.cells), *grid.below):
        missing = unprintable(cell.text)
        if missing and cell.place:
            yield cell.place, missing


def _finding(place: Place, missing: str) -> RuleFinding:
    codes = "、".join(f"U+{ord(char):04X}" for char in missing[:5])
    message = f"有 {len(missing)} 个字符无法打印：{quote(missing)}（{codes}）。请换成通用的汉字或符号。"
    return RuleFinding(CODE, Severity.ERROR, (place,), message, {}, Criterion.COMPLETENESS, _BASIS)
