"""Read and write the table as plain text, in the form in which such tables are pasted and published.

A TAB begins a cell, a line without a TAB continues the cell before it, an empty line ends the row.
"""

from filings.formats.file import CannotRead
from filings.table.grid import Cell, Grid, Row

LARGEST = 2_000_000
MOST_CELLS = 20_000
_ENCODINGS = ("utf-8-sig", "gb18030")


class NotText(CannotRead):
    """The bytes are not text, or too many; the message gives the reason in Chinese."""


def write(grid: Grid) -> str:
    """Write the table as text that ends with a line break."""
    above = [cell.content for cell in grid.above]
    rows = ["".join(f"\t{_without_blank_lines(text)}\n" for text in row) for row in grid.flow()]
    below = [cell.content for cell in grid.below]
    return "\n".join([*above, "\n".join(rows), *below]).rstrip("\n") + "\n"


def _without_blank_lines(text: str) -> str:
    """Drop empty lines, which would end the row; only text printed for filling in by hand has any."""
    return "\n".join(line for line in text.split("\n") if line.strip()) if "\n" in text else text


def read(text: str) -> Grid:
    """Parse text into rows of cells. Text has no spans, so columns are numbered by position within their row."""
    above: list[str] = []
    below: list[str] = []
    # Cells are kept as lists of lines: appending to a string takes a minute for a file of the largest size.
    rows: list[list[list[str]]] = []
    is_open = False
    for line in text.splitlines():
        if "\t" in line:
            before, *cells = line.split("\t")
            if not is_open:
                rows.append([])
            if before.strip():
                cells = [before, *cells]
            rows[-1].extend([cell] for cell in cells)
            is_open = True
        elif not line.strip():
            is_open = False
        elif is_open:
            rows[-1][-1].append(line)
        else:
            (below if rows else above).append(line)
    return Grid(
        tuple(_row(cells) for cells in rows),
        tuple(Cell(line.strip()) for line in above),
        tuple(Cell(line.strip()) for line in below),
    )


def _row(cells: list[list[str]]) -> Row:
    return Row(tuple(Cell("\n".join(lines).strip(), column) for column, lines in enumerate(cells)), "")


def decode(data: bytes) -> str:
    """Decode a file in UTF-8, UTF-16 with a byte order mark, or GB 18030. Raises NotText."""
    if len(data) > LARGEST:
        raise NotText(f"文件有 {len(data)} 字节，超过文本表的上限 {LARGEST} 字节。")
    encodings = ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else _ENCODINGS
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return _bounded(text)
    raise NotText("文件不是文本：请另存为 UTF-8 或 GB 18030 编码的文本文件。")


def _bounded(text: str) -> str:
    cells = text.count("\t")
    if cells > MOST_CELLS:
        raise NotText(f"文件有 {cells} 个单元格，超过上限 {MOST_CELLS} 个。")
    return text
