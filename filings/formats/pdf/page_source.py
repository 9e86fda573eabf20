"""Write the HTML of the printed pages: the table in sheets, the seal at its stamps, the foot of an issued copy."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from html import escape

from filings.choices import QrPages
from filings.formats import html
from filings.formats.pdf import font, qr_code, row_heights
from filings.formats.pdf.overlay import PageOverlay, Seal
from filings.table.grid import Cell, Grid, Style
from filings.table.marks import DRAFT, HOW_TO_VERIFY, PREVIEW, CopyMark

SEAL_IMAGE, QR_IMAGE = "picture:seal", "picture:qr"
_WATERMARK = f'<div class="draft">{DRAFT}</div>'
# As in paper.css, in millimetres: the size of a header line's characters, and the height of its line.
_STAMP_EM = 12 / 72 * 25.4
_STAMP_LINE = 1.42 * _STAMP_EM


def write(sheets: Sequence[Grid], title: str, overlay: PageOverlay, made_at: datetime) -> str:
    """Write the HTML of the pages; each row has an id, by which its height is measured."""

    def render_cell(cell: Cell) -> str:
        is_sealed = overlay.seal and _has_stamp(cell)
        return _sealed(cell, overlay.seal) if is_sealed and overlay.seal else html.cell_content(cell)

    body = "".join(
        f'<section class="sheet">{html.write(sheet, render_cell, anchors=row_heights.anchors(number, sheet))}</section>'
        for number, sheet in enumerate(sheets)
    )
    date = made_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    head = f'<meta name="dcterms.created" content="{date}"><meta name="dcterms.modified" content="{date}">'
    head += f"<style>{_column_widths(sheets[0])}{_stamp_space(sheets[-1])}{_seal_style(overlay.seal)}</style>"
    before, after = _feet(overlay)
    return html.page(f"{before}{_WATERMARK if overlay.is_draft else ''}{body}{after}", title=title, head=head)


def images(overlay: PageOverlay) -> Mapping[str, bytes]:
    """Return the pictures that the pages refer to, by address. Raises CannotPrint if the QR code would be too large."""
    pictures = {SEAL_IMAGE: overlay.seal.png} if overlay.seal else {}
    if overlay.copy_mark and overlay.copy_mark.code:
        pictures[QR_IMAGE] = qr_code.svg(overlay.copy_mark.address)
    return pictures


def stamped(grid: Grid) -> list[Cell]:
    """List the fields above and below the table that have a stamp （盖章）."""
    return [cell for cell in (*grid.above, *grid.below) if _has_stamp(cell)]


def _has_stamp(cell: Cell) -> bool:
    return bool(cell.after) and cell.style is Style.HEADER


def _stamp_space(last: Grid) -> str:
    """Write as CSS the space below the last sheet, whether there is a seal or not, so that page breaks are the same."""
    space = row_heights.stamp_space(last)
    return f".sheet:last-of-type{{padding-bottom:{space:.2f}px}}" if space else ""


def _column_widths(grid: Grid) -> str:
    """Write the column widths as CSS: having WeasyPrint honour HTML attributes takes 5 % longer."""
    return "".join(f"col:nth-child({number}){{width:{width}%}}" for number, width in enumerate(grid.widths, start=1))


def _seal_style(seal: Seal | None) -> str:
    if seal is None:
        return ""
    width, height = seal.size
    return f".stamp img{{width:{width}mm;height:{height}mm;margin-top:{(_STAMP_LINE - height) / 2:.2f}mm}}"


def _sealed(cell: Cell, seal: Seal) -> str:
    """Render a line with the seal centred on its stamp.

    The seal has the position of the stamp's first character, and margins that centre it. Positions relative to the
    stamp would need a stamp that is positioned itself, whose text would then come last in the text of the page.
    """
    alt = escape(f"{cell.text}印章（图样）")
    left = (font.width(cell.after) * _STAMP_EM - seal.size[0]) / 2
    picture = f'<img src="{SEAL_IMAGE}" alt="{alt}" style="margin-left:{left:.2f}mm">'
    return f'{escape(cell.before)}{escape(cell.text)}<span class="stamp">{picture}{escape(cell.after)}</span>'


def _feet(overlay: PageOverlay) -> tuple[str, str]:
    """Return what precedes and follows the sheets: the foot of the pages, and of those with a QR code."""
    plain = f'<p class="foot">{escape(overlay.footer)}</p>'
    mark = overlay.copy_mark
    if mark is None:
        return plain, ""
    on_each = mark.qr_pages is QrPages.EACH
    foot = f'<p class="foot beside">{escape(overlay.footer)}\n{HOW_TO_VERIFY}</p>'
    marked = f"{foot}{_qr(mark, on_each=on_each)}"
    return (marked, "") if on_each else (plain, marked)


def _qr(mark: CopyMark, *, on_each: bool) -> str:
    place = "each" if on_each else "once"
    if not mark.code:
        return f'<div class="qr {place}"><span>{PREVIEW}</span></div>'
    return f'<img class="qr {place}" src="{QR_IMAGE}" alt="{escape(f"核验二维码：{mark.address}")}">'
