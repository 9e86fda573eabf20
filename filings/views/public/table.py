"""One published table: as a page, and as files at stable addresses."""

import json
import logging
from collections.abc import Sequence
from hashlib import sha256
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.safestring import mark_safe

from filings import local_time
from filings.choices import PublicationEnd
from filings.document.flat_json import flatten
from filings.formats import download_formats, html
from filings.formats.pdf.overlay import PageOverlay
from filings.lifecycle import issuing
from filings.lifecycle.adjustment import changes_between
from filings.lifecycle.stored_files import FileDamaged
from filings.models import IssuedCopy, Publication
from filings.public_data.tables import PublicTable
from filings.table import marks
from filings.table.layout.document import lay_out
from filings.verification_code import formatted
from filings.views.public.answers import file_answer, public_table, unchanged

logger = logging.getLogger(__name__)


@public_table
def table(request: HttpRequest, published: PublicTable) -> HttpResponseBase:
    """Show the table with its facts and its published versions."""
    publication = published.publication
    versions = _versions(publication)
    earlier = _earlier(publication, versions)
    grid = lay_out(published.document, published.edition, whole_texts=True)
    written = html.write(grid, heading="h2", caption=publication.title)
    context = {
        "canonical": published.address,
        "publication": publication,
        "copy": publication.copy,
        "has_pdf": published.has_public_pdf,
        "newer": _unpublished_successor(publication.copy),
        "versions": versions if len(versions) > 1 else [],
        "adjusted_from": earlier,
        "adjusted_rows": changes_between(earlier.copy, publication.copy) if earlier else (),
        "table": mark_safe(written),  # noqa: S308 — html.write escapes the text of cells
    }
    return render(request, "filings/public/table.html", context)


@public_table
def pdf_file(request: HttpRequest, published: PublicTable) -> HttpResponseBase:
    """Send the sealed copy. A damaged one is never sent; one that names officers is not published."""
    copy = published.publication.copy
    if not published.has_public_pdf:
        raise Http404
    if answer := unchanged(request, copy.sha256):
        return answer
    try:
        content = issuing.read(copy)
    except FileDamaged as error:
        logger.error("The published copy %s cannot be sent: %s", copy.code, error)
        context = {"publication": published.publication}
        return render(request, "filings/public/damaged.html", context, status=HTTPStatus.SERVICE_UNAVAILABLE)
    return _file(published, content, "pdf", etag=copy.sha256)


@public_table
def xlsx_file(request: HttpRequest, published: PublicTable) -> HttpResponseBase:
    """Send the table as a workbook. The same table gives the same bytes."""
    copy = published.publication.copy
    file = download_formats.write(
        "xlsx",
        published.document,
        published.edition,
        stem=published.stem,
        made_at=copy.issued_at,
        overlay=PageOverlay(footer=marks.unsealed_footer(formatted(copy.code))),
    )
    return _compared(request, published, file.content, "xlsx")


@public_table
def json_file(request: HttpRequest, published: PublicTable) -> HttpResponseBase:
    """Send the table in the flat shape of document/flat_json.py, with facts about its publication."""
    publication, copy = published.publication, published.publication.copy
    facts = {
        "address": published.address,
        "department_code": publication.department_code,
        "version": copy.revision.number,
        "approved_on": local_time.day(publication.approved_at),
        "published_on": local_time.day(publication.at),
        "verification_code": formatted(copy.code),
        "pdf_sha256": copy.sha256,
    }
    data = {
        "edition": published.document.edition,
        "document": flatten(published.document, published.edition),
        "publication": facts,
    }
    content = f"{json.dumps(data, ensure_ascii=False, indent=1)}\n".encode()
    return _compared(request, published, content, "json")


def _compared(request: HttpRequest, published: PublicTable, content: bytes, kind: str) -> HttpResponseBase:
    """Send a written file, unless the client has the same content."""
    etag = sha256(content).hexdigest()
    return unchanged(request, etag) or _file(published, content, kind, etag=etag)


def _file(published: PublicTable, content: bytes, kind: str, *, etag: str) -> HttpResponseBase:
    return file_answer(
        content, content_type=download_formats.CONTENT_TYPES[kind], stem=published.stem, extension=kind, etag=etag
    )


def _unpublished_successor(copy: IssuedCopy) -> IssuedCopy | None:
    """Return the copy in force if it has replaced the published one with another version."""
    if copy.live:
        return None
    return IssuedCopy.objects.filter(filing=copy.filing_id, live=True).exclude(revision=copy.revision_id).first()


def _versions(publication: Publication) -> list[Publication]:
    """List the published versions of the table, newest first."""
    versions = Publication.objects.filter(filing=publication.filing_id).order_by("-pk")
    return list(versions.select_related("copy__revision", "copy__filing__cycle__edition").defer("words"))


def _earlier(publication: Publication, versions: Sequence[Publication]) -> Publication | None:
    """Return the published version that this one has replaced; the content of a withdrawn one is not shown again."""
    number = publication.copy.revision.number
    replaced = (each for each in versions if each.copy.revision.number < number)
    last = next(replaced, None)
    return last if last and last.end == PublicationEnd.REPLACED else None
