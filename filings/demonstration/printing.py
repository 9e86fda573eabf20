"""Draw seals and print issued copies in several processes, because a county's take a minute in one."""

import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from multiprocessing import get_context
from typing import Protocol

import django

from filings.document.content import FilingDocument
from filings.document.edition import Edition
from filings.formats.pdf import seal
from filings.formats.pdf.overlay import Seal
from filings.signing.signer import Signed
from filings.table.marks import CopyMark


@dataclass(frozen=True)
class PrintJob:
    """A document to print with the demonstration seal of its department and the mark of the copy, and to sign."""

    document: FilingDocument
    edition: Edition
    mark: CopyMark
    made_at: datetime
    department_code: str


@dataclass(frozen=True)
class PrintedJob:
    """The PNG of the seal and the PDF, signed as the settings require."""

    seal: bytes
    signed: Signed


class PrintJobs(Protocol):
    """Print jobs and return the results in their order."""

    def __call__(self, jobs: Iterable[PrintJob]) -> Iterator[PrintedJob]: ...


def print_job(job: PrintJob) -> PrintedJob:
    """Print one job in this process."""
    # Models can be imported only after django.setup, which a new process calls before its first job.
    from filings.lifecycle import issuing

    picture = seal.draw(job.document.department)
    content = issuing.print_pdf(job.document, job.edition, made_at=job.made_at, seal=Seal(picture), mark=job.mark)
    return PrintedJob(picture, issuing.sign(content, unit=job.department_code, at=job.made_at))


@contextmanager
def processes() -> Iterator[PrintJobs]:
    """Start one printing process for each core."""
    count = os.cpu_count() or 1
    pool = ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=django.setup)
    try:
        yield lambda jobs: pool.map(print_job, jobs)
    finally:
        pool.shutdown(cancel_futures=True)
