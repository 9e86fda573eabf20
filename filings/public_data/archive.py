"""Store the archive of a data package until its contents change: only the first request after a change writes it."""

import os
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.core.files.storage import default_storage
from django.utils import timezone

from filings.models import Publication
from filings.public_data import csv_files
from filings.public_data.package import DESCRIPTOR, DataPackage

FOLDER = "public"
_CHUNK = 64 * 1024


def content_of(package: DataPackage) -> Iterator[bytes]:
    """Read the archive, which has datapackage.json and the CSV files."""
    return _pieces(_opened(package))


def member_of(package: DataPackage, name: str) -> Iterator[bytes]:
    """Read a file of the archive, which is complete before the first piece is read."""
    return _member(_opened(package), name)


def _member(file: IO[bytes], name: str) -> Iterator[bytes]:
    with file, ZipFile(file) as archive:
        yield from _pieces(archive.open(name))


def _opened(package: DataPackage) -> IO[bytes]:
    name = f"{package.cycle.pk}-{package.etag}.zip"
    folder = Path(default_storage.path(FOLDER))
    try:
        return (folder / name).open("rb")
    except FileNotFoundError:
        return _stored(package, folder, name)


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    """Read a file to its end and close it."""
    with file:
        while piece := file.read(_CHUNK):
            yield piece


def _stored(package: DataPackage, folder: Path, name: str) -> IO[bytes]:
    """Write the archive, move it to its name, and delete those of earlier contents.

    The file is opened first, because a concurrent request may delete it for newer contents. If other tables have
    become public meanwhile, the archive is sent and not stored.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder, ignore_cleanup_errors=True) as temporary:
        path = Path(temporary, name)
        with ZipFile(path, "w", ZIP_DEFLATED) as archive:
            date = _newest(package)
            _add(archive, DESCRIPTOR, date, [package.descriptor()])
            for written in csv_files.write(package, Path(temporary)):
                _add(archive, written.name, date, _pieces(written.open("rb")))
        file = path.open("rb")
        if not package.is_current:
            return file
        os.replace(path, folder / name)
    for earlier in folder.glob(f"{package.cycle.pk}-*.zip"):
        if earlier.name != name:
            earlier.unlink(missing_ok=True)
    return file


def _newest(package: DataPackage) -> datetime:
    """Return the time of the last publication, so that the same contents give the same archive."""
    return timezone.localtime(Publication.objects.values_list("at", flat=True).get(pk=package.ids[-1]))


def _add(archive: ZipFile, name: str, date: datetime, content: Iterable[bytes]) -> None:
    info = ZipInfo(name, date.timetuple()[:6])
    info.compress_type = ZIP_DEFLATED
    with archive.open(info, "w") as target:
        for piece in content:
            target.write(piece)
