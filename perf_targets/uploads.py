"""Limit uploads: store no more of a file than shows that it is too large."""

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from filings.formats.readers.sandbox.zip_limits import LARGEST_UPLOAD


class BoundedUploadHandler(FileUploadHandler):
    """Precede the handlers that store a file and drop everything beyond LARGEST_UPLOAD."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return raw_data if start <= LARGEST_UPLOAD else None

    def file_complete(self, file_size: int) -> UploadedFile | None:  # type: ignore[type-arg]
        return None
