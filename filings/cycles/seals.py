"""Import seals from a zip archive: a PNG or JPEG for each department, named by its code.

Pictures are decoded and re-encoded as in the admin, and stored under their own hash before the manager confirms them:
an orphaned picture is harmless, a reference to a missing one cannot occur.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Any
from zipfile import ZipFile, ZipInfo

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from filings.cycles.outcome import OutcomeKind
from filings.cycles.signed_preview import OUTDATED
from filings.errors import StepRefused
from filings.formats.file import CannotRead
from filings.formats.pdf import seal_upload
from filings.formats.readers.sandbox import zip_limits
from filings.models import Department

MOST_PICTURES = 300
SUFFIXES = frozenset({".png", ".jpg", ".jpeg"})
# Archives of macOS contain a second, hidden file for each file.
_HIDDEN = ("__MACOSX", ".", "Thumbs.db")
_NOT_A_ZIP = "这个文件不是 zip 压缩包。请把印章图片放在一个文件夹里，压缩成 .zip 再上传。"

_SENTENCES = zip_limits.ArchiveSentences(
    locked="压缩包设有密码，无法读取。请不设密码，重新压缩成 .zip 再上传。",
    harmful="压缩包里有正常打包不会有的内容（{what}），未读取。请把印章图片放在一个文件夹里，重新压缩成 .zip 再上传。",
    too_large="压缩包超过 {most} MB。请把图片改小（每张不超过 5 MB），或者分几次上传。",
)


@dataclass(frozen=True)
class SealOutcome:
    """A picture of the archive. `stored_as` is its name in the storage; `problem` is a Chinese sentence."""

    file_name: str
    kind: OutcomeKind
    department: Department | None = None
    stored_as: str = ""
    problem: str = ""


def read_seals(data: bytes) -> tuple[SealOutcome, ...]:
    """Classify the pictures of an archive and keep the usable ones in the storage. Raises CannotRead."""
    if len(data) > zip_limits.LARGEST_UPLOAD:
        raise zip_limits.too_large(sentences=_SENTENCES)
    if not data.startswith(b"PK"):
        raise CannotRead(_NOT_A_ZIP)
    with zip_limits.open_archive(data, _SENTENCES) as archive:
        members = [member for member in archive.infolist() if not member.is_dir() and not _is_hidden(member)]
        if not members:
            raise CannotRead("压缩包里没有图片。")
        if len(members) > MOST_PICTURES:
            raise CannotRead(f"压缩包里有 {len(members)} 个文件，一次最多 {MOST_PICTURES} 个，请分几次上传。")
        return tuple(_outcomes(archive, members))


def previewed(outcomes: Iterable[SealOutcome]) -> list[list[Any]]:
    """Select what would be stored as JSON data: department, picture, and its present picture."""
    return [
        [outcome.department.pk, outcome.stored_as, outcome.department.seal.name or ""]
        for outcome in outcomes
        if outcome.kind in (OutcomeKind.NEW, OutcomeKind.CHANGED) and outcome.department
    ]


@transaction.atomic
def store_seals(rows: Sequence[Sequence[Any]]) -> int:
    """Give the departments their previewed seals and return their number.

    Raises StepRefused if a department's seal has changed since the preview.
    """
    stored = Department.objects.select_for_update(of=("self",)).in_bulk([row[0] for row in rows])
    for key, name, before in rows:
        department = stored.get(key)
        if department is None or (department.seal.name or "") != before:
            raise StepRefused(OUTDATED.format(what=f"「{department or key}」的印章"))
        department.seal.name = name
    Department.objects.bulk_update(stored.values(), ["seal"], batch_size=200)
    return len(rows)


def _outcomes(archive: ZipFile, members: Sequence[ZipInfo]) -> Iterator[SealOutcome]:
    departments = {department.code: department for department in Department.objects.order_by("code")}
    counts = Counter(_code(member) for member in members)
    for member in members:
        name = PurePosixPath(_name(member)).name
        department = departments.get(_code(member))
        if PurePosixPath(name).suffix.lower() not in SUFFIXES:
            yield _refused(name, "不是 PNG 或 JPG 图片。", department)
        elif department is None:
            yield _refused(name, f"没有编码是「{_code(member)}」的单位。文件名请用单位编码。")
        elif counts[_code(member)] > 1:
            yield _refused(name, "同一编码有几张图片，请只留一张。", department)
        else:
            yield _read(archive, member, name, department)


def _read(archive: ZipFile, member: ZipInfo, name: str, department: Department) -> SealOutcome:
    try:
        # One byte more than the limit is enough to refuse a larger picture.
        picture = seal_upload.reencode(zip_limits.read_member(archive, member.filename, seal_upload.LARGEST_FILE + 1))
    except (seal_upload.NotASeal, CannotRead) as refusal:
        return _refused(name, str(refusal), department)
    stored_as = keep(picture)
    if department.seal.name == stored_as:
        return SealOutcome(name, OutcomeKind.SAME, department, stored_as)
    kind = OutcomeKind.CHANGED if department.seal else OutcomeKind.NEW
    return SealOutcome(name, kind, department, stored_as)


def keep(picture: bytes) -> str:
    """Store a re-encoded picture under its hash, unless it is stored already, and return its name."""
    name = f"seals/{sha256(picture).hexdigest()}.png"
    return name if default_storage.exists(name) else default_storage.save(name, ContentFile(picture))


def _refused(name: str, problem: str, department: Department | None = None) -> SealOutcome:
    return SealOutcome(name, OutcomeKind.REFUSED, department, problem=problem)


def _name(member: ZipInfo) -> str:
    """Return the member's name; zipfile decodes names of Chinese Windows, which are GBK, as code page 437."""
    if member.flag_bits & 0x800:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return member.filename


def _code(member: ZipInfo) -> str:
    return PurePosixPath(_name(member)).stem.strip()


def _is_hidden(member: ZipInfo) -> bool:
    parts = PurePosixPath(member.filename).parts
    return any(part.startswith(_HIDDEN) for part in parts)
