"""Files that people send: of one that is too large no more is kept than shows it."""

from filings.formats.readers.sandbox.zip_limits import LARGEST_UPLOAD
from perf_targets.uploads import Bounded

CHUNK = 64 * 1024


def kept(size: int) -> int:
    """How much of a file of a size goes on to the handlers that keep it."""
    handler = Bounded()
    starts = range(0, size, CHUNK)
    passed = (handler.receive_data_chunk(b"x" * min(CHUNK, size - start), start) for start in starts)
    return sum(len(chunk) for chunk in passed if chunk)


def test_a_file_of_the_largest_size_is_kept_whole() -> None:
    assert kept(LARGEST_UPLOAD) == LARGEST_UPLOAD


def test_of_a_larger_file_just_enough_is_kept_to_see_that_it_is() -> None:
    assert LARGEST_UPLOAD < kept(10 * LARGEST_UPLOAD) <= LARGEST_UPLOAD + CHUNK


def test_the_handler_keeps_nothing_itself() -> None:
    assert Bounded().file_complete(1) is None
