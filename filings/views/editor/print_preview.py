"""打印样张: images of the printed pages of a draft, with the cell that each begins with."""

from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from filings import permissions
from filings.formats.file import CannotPrint
from filings.formats.pdf import page_images
from filings.formats.pdf import write as pdf
from filings.formats.pdf.page_images import RenderedPages
from filings.table.grid import Cell
from filings.views.access import UserRequest
from filings.views.editor.access import own_filing
from filings.views.filing.downloads import overlay_of
from filings.views.table.annotated import anchor, excerpt
from filings.views.visible_version import VisibleVersion


@dataclass(frozen=True)
class PageImage:
    """A page: its PNG in base64, and the place, address and an excerpt of its first cell.

    `png` is empty for pages beyond those drawn. `goes_on` if the first cell began on an earlier page.
    """

    number: int
    png: str
    begins: str = ""
    href: str = ""
    words: str = ""
    goes_on: bool = False


@never_cache
@login_required
def pages(request: UserRequest, filing_id: int) -> HttpResponse:
    filing = own_filing(request, filing_id)
    fillable = permissions.may_fill(request.user, filing)
    if not fillable:
        messages.info(request, fillable.reason)
        return redirect("read", filing.pk)
    draft = VisibleVersion(filing, None)
    try:
        written = pdf.write_pages(draft.document, draft.edition, made_at=timezone.now(), overlay=overlay_of(draft))
        drawn = page_images.render(written.content)
    except CannotPrint as error:
        return render(request, "filings/editor/_print_preview.html", {"refusal": str(error)})
    context = {
        "pages": list(_page_images(drawn, written.first_cells)),
        "drawn": len(drawn.images),
        "count": drawn.page_count,
        "width": page_images.WIDTH,
        "height": page_images.HEIGHT,
    }
    return render(request, "filings/editor/_print_preview.html", context)


def _page_images(drawn: RenderedPages, begins: tuple[Cell | None, ...]) -> Iterator[PageImage]:
    """Every page of the file, including those after the last one drawn."""
    before: Cell | None = None
    for number, (cell, png) in enumerate(zip_longest(begins, drawn.images), start=1):
        picture = b64encode(png or b"").decode()
        if cell and cell.place:
            place, words = cell.place, excerpt(cell.content)
            yield PageImage(number, picture, str(place), f"#{anchor(place)}", words, goes_on=cell is before)
        else:
            yield PageImage(number, picture)
        before = cell
