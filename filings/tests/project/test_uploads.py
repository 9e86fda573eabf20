"""The upload handler stores no more of a file than shows that it is too large."""

from filings.formats.readers.sandbox.zip_limits import LARGEST_UPLOAD
from perf_targets.uploads import BoundedUploadHandler

CHUNK = 64 * 1024


def stored_size(size: int) -> int:
    """Return how many bytes of a file of `size` reach the handlers that store it."""
    handler = BoundedUploadHandler()
    starts = range(0, size, CHUNK)
    passed = (handler.receive_data_chunk(b"x" * min(CHUNK, size - start), start) for start in starts)
    return sum(len(chunk) for chunk in passed if chunk)


def test_a_file_of_the_largest_size_is_stored_whole() -> None:
    assert stored_size(LARGEST_UPLOAD) == LARGEST_UPLOAD


def test_of_a_larger_file_one_chunk_more_than_the_limit_is_stored() -> None:
    assert LARGEST_UPLOAD < stored_size(10 * LARGEST_UPLOAD) <= LARGEST_UPLOAD + CHUNK


def test_the_handler_stores_nothing_itself() -> None:
    assert BoundedUploadHandler().file_complete(1) is None
