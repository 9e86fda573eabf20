"""Store issued copies and attachments under their hashes, and verify them when they are read.

A file is stored before the transaction that refers to it: an orphaned file is harmless, a reference to a missing file
cannot occur. It is written under another name and renamed, so that a write that breaks off leaves no part of a file
under the hash.
"""

import os
import secrets
from hashlib import sha256

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage


class FileDamaged(Exception):
    """A stored file that is missing or whose hash has changed, with its `name` in the storage."""

    def __init__(self, name: str, damage: str) -> None:
        super().__init__(f"{name} {damage}")
        self.name = name


def keep(name: str, content: bytes) -> None:
    """Store a file under a name made of its hash, unless it is stored already. Raises OSError.

    A file under that name with other bytes is damaged, and is replaced.
    """
    if default_storage.exists(name) and content_of(name) == content:
        return
    temporary = f"{name}.{secrets.token_hex(8)}.part"
    try:
        path = default_storage.path(default_storage.save(temporary, ContentFile(content)))
        with open(path, "rb") as file:
            os.fsync(file.fileno())
        os.replace(path, default_storage.path(name))
    finally:
        default_storage.delete(temporary)


def read(name: str, digest: str) -> bytes:
    """Read a stored file and verify its hash. Raises FileDamaged."""
    if not default_storage.exists(name):
        raise FileDamaged(name, "is missing")
    content = content_of(name)
    if sha256(content).hexdigest() != digest:
        raise FileDamaged(name, "is not what was stored")
    return content


def content_of(name: str) -> bytes:
    with default_storage.open(name) as file:
        content: bytes = file.read()
    return content
