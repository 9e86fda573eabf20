"""The file of an export: written to a temporary folder, moved to the storage when it is complete, deleted later."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage

from filings.choices import JobState
from filings.models import Export

FOLDER = "exports"
KEPT = timedelta(days=7)
LONGEST_EXPORT = timedelta(days=1)
_PREFIX = "export-"


class FinishedFile(File[bytes]):
    """A complete file that the file system's storage moves to its name in one step."""

    def temporary_file_path(self) -> str:
        return str(self.name)


@contextmanager
def temporary_path() -> Iterator[Path]:
    """Yield a path for a file in the making, removed afterwards.

    It is on the disk of the storage, where moving is one step. A killed worker leaves its folder to `delete_old`.
    """
    with TemporaryDirectory(prefix=_PREFIX, dir=settings.VAR_DIR, ignore_cleanup_errors=True) as folder:
        yield Path(folder, "export")


def keep(path: Path, export: Export, name: str) -> str:
    """Move a complete file to the storage and return its name there; an earlier attempt's file is replaced."""
    stored_as = f"{FOLDER}/{export.pk}-{name}"
    default_storage.delete(stored_as)
    with path.open("rb") as file:
        return default_storage.save(stored_as, FinishedFile(file))


def download_name(export: Export) -> str:
    """Return the name under which a file is downloaded: that of the storage without folder and number."""
    return export.file.partition("-")[2]


def delete_old(now: datetime) -> int:
    """Delete the files of exports that were finished long ago and return their number; their rows remain.

    Folders that killed workers have left are deleted too.
    """
    old = Export.objects.filter(state=JobState.DONE, finished_at__lt=now - KEPT).exclude(file="")
    count = 0
    for export in old:
        default_storage.delete(export.file)
        count += Export.objects.filter(pk=export.pk).update(file="")
    for folder in Path(settings.VAR_DIR).glob(f"{_PREFIX}*"):
        if folder.stat().st_mtime < (now - LONGEST_EXPORT).timestamp():
            rmtree(folder, ignore_errors=True)
    return count
