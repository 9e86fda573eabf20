"""Check zip archives before they are unpacked: refuse zip bombs, encryption, unsafe names and broken directories.

A central directory may declare false sizes, so members are unpacked only under the limits of the child process.
"""

import re
import struct
import zlib
from collections.abc import Collection
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from filings.formats.file import CannotRead

MIB = 1024 * 1024
# Of any uploaded file, zipped or not. All sizes are in bytes.
LARGEST_UPLOAD = 20 * MIB
LARGEST_UNPACKED = 200 * MIB
LARGEST_MEMBER = 100 * MIB
MOST_MEMBERS = 5_000
# Compression ratio: sheets of blank cells reach 100, so a higher one in a large archive is a zip bomb.
STRONGEST_PACKING = 200
SMALL = 10 * MIB
# Bytes of each XML part that are searched for declarations.
BEGINNING = 4_096


@dataclass(frozen=True)
class ArchiveSentences:
    """Refusals of an archive with what to do. `harmful` has a place for {what}, `too_large` for {most}."""

    locked: str
    harmful: str
    too_large: str


LOCKED = "文件设有打开密码，无法读取。请用 Word、Excel 或 WPS 打开它，去掉密码后另存，再导入。"
BROKEN = "文件不完整，可能没有下载或复制完。请先在自己的电脑上确认它能打开，再重新导入；打不开就请对方重发。"
HARMFUL = "文件里写有正常的表格不会有的内容（{what}），未导入。请用 Word、Excel 或 WPS 打开它，另存为新文件再导入。"
_TOO_LARGE = "文件超过 {most} MB。请删去文件里的图片和不相关的内容，另存后再导入。"
OFFICE_FILE = ArchiveSentences(LOCKED, HARMFUL, _TOO_LARGE)

_ENTRY = b"PK\x01\x02"
_FORBIDDEN = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
_XML = (".xml", ".rels", ".vml")
# Exceptions that zipfile raises for broken archives.
_ERRORS = (BadZipFile, RuntimeError, ValueError, OverflowError, OSError, EOFError, struct.error, zlib.error)


def too_large(most: int = LARGEST_UPLOAD, sentences: ArchiveSentences = OFFICE_FILE) -> CannotRead:
    """Build the error for an upload or archive member of more than `most` bytes.

    Its size is not named: an upload is cut (perf_targets/uploads.py), and a directory may declare a false one.
    """
    return CannotRead(sentences.too_large.format(most=most // MIB))


def open_archive(data: bytes, sentences: ArchiveSentences = OFFICE_FILE) -> ZipFile:
    """Open an archive that is safe to unpack. Raises CannotRead if it is too large, encrypted, broken or harmful."""
    # Count the entries first: zipfile creates an object for each of them, whatever number the directory declares.
    if data.count(_ENTRY) > MOST_MEMBERS:
        raise _harmful(sentences, f"超过 {MOST_MEMBERS} 个部件")
    try:
        archive = ZipFile(BytesIO(data))
        _check_members(archive.infolist(), len(data), sentences)
        for name in archive.namelist():
            if name.lower().endswith(_XML) and _FORBIDDEN.search(read_beginning(archive, name)):
                raise _harmful(sentences, "XML 实体或文档类型声明")
    except CannotRead:
        raise
    except _ERRORS as error:
        raise CannotRead(BROKEN) from error
    return archive


def read_beginning(archive: ZipFile, name: str, size: int = BEGINNING) -> bytes:
    """Read the first `size` bytes of a member without NULs, so that ASCII is found in UTF-16 too. Raises CannotRead."""
    return read_member(archive, name, size).replace(b"\0", b"")


def read_member(archive: ZipFile, name: str, size: int) -> bytes:
    """Read the first `size` bytes of a member, whatever size its directory entry declares. Raises CannotRead."""
    try:
        with archive.open(name) as member:
            return member.read(size)
    except _ERRORS as error:
        raise CannotRead(BROKEN) from error


def _check_members(members: Collection[ZipInfo], size: int, sentences: ArchiveSentences) -> None:
    if any(member.flag_bits & 1 for member in members):
        raise CannotRead(sentences.locked)
    if any(member.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for member in members):
        raise _harmful(sentences, "不常见的压缩方法")
    if len({member.filename for member in members}) < len(members):
        raise _harmful(sentences, "重名的部件")
    if any(_escapes_folder(member.filename) for member in members):
        raise _harmful(sentences, "压缩包内文件路径不正确")
    unpacked = sum(member.file_size for member in members)
    largest = max((member.file_size for member in members), default=0)
    packed = sum(member.compress_size for member in members)
    if unpacked > LARGEST_UNPACKED or largest > LARGEST_MEMBER:
        raise too_large(LARGEST_UNPACKED if unpacked > LARGEST_UNPACKED else LARGEST_MEMBER, sentences)
    if packed > size:
        raise _harmful(sentences, "互相重叠的部件")
    if unpacked > SMALL and unpacked > packed * STRONGEST_PACKING:
        raise _harmful(sentences, f"压缩到不足 {STRONGEST_PACKING} 分之一的内容")


def _escapes_folder(name: str) -> bool:
    """Whether a member name is absolute, has a drive letter or climbs with `..` (path traversal)."""
    parts = re.split(r"[/\\]", name)
    return parts[0] == "" or ".." in parts or ":" in parts[0]


def _harmful(sentences: ArchiveSentences, what: str) -> CannotRead:
    """Build the error for an archive with `what`, a Chinese noun phrase."""
    return CannotRead(sentences.harmful.format(what=what))
