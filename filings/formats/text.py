"""Text as such tables travel by: a TAB begins a cell, a line without TAB goes on with it, an empty line ends a row."""

from filings.formats.file import CannotRead
from filings.table.grid import Cell, Grid, Row

LARGEST = 2_000_000
MOST_CELLS = 20_000
_ENCODINGS = ("utf-8-sig", "gb18030")


class NotText(CannotRead):
    """Bytes that are no text, with the reason in Chinese."""


def write(grid: Grid) -> str:
    """The table as text, ending with a line break."""
    above = [cell.content for cell in grid.above]
    rows = ["".join(f"\t{_without_blank_lines(text)}\n" for text in row) for row in grid.flow()]
    below = [cell.content for cell in grid.below]
    return "\n".join([*above, "\n".join(rows), *below]).rstrip("\n") + "\n"


def _without_blank_lines(text: str) -> str:
    """An empty line ends a row; there is one only in what is printed for people to write into by hand."""
    return "\n".join(line for line in text.split("\n") if line.strip()) if "\n" in text else text


def read(text: str) -> Grid:
    """The cells of a text, one after another in each row: nothing is known of spans, so columns are only counted."""
    above: list[str] = []
    below: list[str] = []
    # Each cell as its lines: a text put together line by line takes a minute for a file of the largest size.
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
        tuple(Row(tuple(Cell("\n".join(lines).strip(), at) for at, lines in enumerate(row)), "") for row in rows),
        tuple(Cell(line.strip()) for line in above),
        tuple(Cell(line.strip()) for line in below),
    )


def decode(data: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 with its mark, or GB 18030. Raises NotText."""
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
