"""Files that people send: no more of one is kept than shows that it is too large."""

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from filings.formats.readers.sandbox.zip_limits import LARGEST_UPLOAD


class Bounded(FileUploadHandler):
    """Stands before the handlers that keep a file, and passes nothing on beyond the limit."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return raw_data if start <= LARGEST_UPLOAD else None

    def file_complete(self, file_size: int) -> UploadedFile | None:  # type: ignore[type-arg]
        return None
