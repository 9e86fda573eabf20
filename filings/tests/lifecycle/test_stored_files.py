"""Files under their hash: written whole or not at all, reused, mended, and verified when they are read."""

from collections.abc import Iterator
from hashlib import sha256

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from filings.lifecycle import stored_files

CONTENT = b"%PDF content"
DIGEST = sha256(CONTENT).hexdigest()


@pytest.fixture
def name() -> Iterator[str]:
    yield f"stored/{DIGEST}"
    default_storage.delete(f"stored/{DIGEST}")


def files() -> list[str]:
    return sorted(default_storage.listdir("stored")[1]) if default_storage.exists("stored") else []


def test_a_file_is_stored_once_under_its_name(name: str) -> None:
    stored_files.keep(name, CONTENT)
    written = default_storage.get_modified_time(name)
    stored_files.keep(name, CONTENT)
    assert (stored_files.read(name, DIGEST), files()) == (CONTENT, [DIGEST])
    assert default_storage.get_modified_time(name) == written


def test_a_write_that_breaks_off_leaves_nothing(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def chunks(self: ContentFile[bytes], chunk_size: int | None = None) -> Iterator[bytes]:
        yield CONTENT[:4]
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr(ContentFile, "chunks", chunks)
        with pytest.raises(OSError, match="No space left"):
            stored_files.keep(name, CONTENT)
    assert files() == []
    stored_files.keep(name, CONTENT)
    assert stored_files.read(name, DIGEST) == CONTENT


def test_a_part_of_a_file_under_the_name_is_replaced(name: str) -> None:
    default_storage.save(name, ContentFile(CONTENT[:4]))
    stored_files.keep(name, CONTENT)
    assert (stored_files.read(name, DIGEST), files()) == (CONTENT, [DIGEST])


def test_a_damaged_file_is_not_read(name: str) -> None:
    stored_files.keep(name, CONTENT)
    with default_storage.open(name, "wb") as file:
        file.write(b"%PDF other")
    with pytest.raises(stored_files.FileDamaged, match="is not what was stored"):
        stored_files.read(name, DIGEST)
    default_storage.delete(name)
    with pytest.raises(stored_files.FileDamaged, match="is missing"):
        stored_files.read(name, DIGEST)
