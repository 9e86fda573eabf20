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
_ADVICE = "请换成通用的汉字或符号。"
_BASIS = "打印字体：思源宋体（Noto Serif SC）收字范围"


def unprintable(text: str) -> str:
    """Return the characters of a text that the print font lacks, each once."""
    return "".join(char for char in dict.fromkeys(text) if char not in advances() and char not in "\n ")


def refusal(text: str) -> str:
    """Return a sentence that names the characters that cannot be printed; '' if all can."""
    missing = unprintable(text)
    return f"{_facts(missing)}{_ADVICE}" if missing else ""


def _facts(missing: str) -> str:
    codes = "、".join(f"U+{ord(char):04X}" for char in missing[:5])
    return f"有 {len(missing)} 个字符无法打印：{quote(missing)}（{codes}）。"


def check(document: FilingDocument, edition: Edition) -> tuple[RuleFinding, ...]:
    """Return one finding per cell with characters that cannot be printed."""
    return tuple(
        RuleFinding(CODE, Severity.ERROR, (place,), _facts(missing), {}, Criterion.COMPLETENESS, _BASIS, advice=_ADVICE)
        for place, missing in _unprintable_cells(document, edition)
    )


def _unprintable_cells(document: FilingDocument, edition: Edition) -> Iterator[tuple[Place, str]]:
    """Yield the place of each cell with such characters, and the characters."""
    grid = lay_out(document, edition, whole_texts=True)
    for cell in (*grid.above, *(cell for row in grid.rows for cell in row.cells), *grid.below):
        if cell.place and (missing := unprintable(cell.text)):
            yield cell.place, missing
