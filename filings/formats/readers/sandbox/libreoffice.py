"""Old and rare office files, turned into .docx or .xlsx by LibreOffice where it is installed.

It runs without macros, fetches nothing, and leaves nothing behind: its profile and files lie in a folder of their own.
"""

import os
import shutil
import signal
from contextlib import suppress
from hashlib import md5
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen, TimeoutExpired
from tempfile import TemporaryDirectory
from threading import Lock

from filings.formats.file import CannotRead
from filings.formats.readers.sandbox import zip_limits
from filings.formats.readers.sandbox.file_type import ENDINGS, FileType

TARGETS: dict[FileType, FileType] = {
    FileType.DOC: FileType.DOCX,
    FileType.RTF: FileType.DOCX,
    FileType.ODT: FileType.DOCX,
    FileType.WORD_XML: FileType.DOCX,
    FileType.XLS: FileType.XLSX,
    FileType.EXCEL_XML: FileType.XLSX,
}
LONGEST = 60
# Seconds to wait for the file that is being converted.
LONGEST_WAIT = 60
LARGEST_MEMORY = 1024 * zip_limits.MIB

_MISSING = "这台服务器不能直接读 {ending} 文件。请用 {program} 或 WPS 打开它，「另存为」{target}，再导入。"
_FAILED = (
    "没能转换这个 {ending} 文件：它可能设有密码，或已损坏。请用 {program} 或 WPS 打开它，「另存为」{target}，再导入。"
)
_SLOW = "转换这个 {ending} 文件超过了 {longest:g} 秒。请用 {program} 或 WPS 打开它，「另存为」{target}，再导入。"
_BUSY = "正在转换别人的文件，还轮不到这一份。请过一分钟再导入；或者先「另存为」{target} 再导入，不必等。"

_ONE_AT_A_TIME = Lock()
_COMMON = "org.openoffice.Office.Common"
_NOWHERE = "127.0.0.1"
_DISCARD = "9"
# The profile's settings: path, name, value. The last ones send whatever would still go out to where nobody listens.
_SETTINGS = (
    (f"{_COMMON}/Security/Scripting", "DisableMacrosExecution", "true"),
    (f"{_COMMON}/Security/Scripting", "MacroSecurityLevel", "3"),
    (f"{_COMMON}/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("org.openoffice.Office.Java/VirtualMachine", "Enable", "false"),
    ("org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("org.openoffice.Office.Calc/Content/Update", "Link", "2"),
    ("org.openoffice.Inet/Settings", "ooInetProxyType", "2"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPProxyName", _NOWHERE),
    ("org.openoffice.Inet/Settings", "ooInetHTTPProxyPort", _DISCARD),
    ("org.openoffice.Inet/Settings", "ooInetHTTPSProxyName", _NOWHERE),
    ("org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort", _DISCARD),
    ("org.openoffice.Inet/Settings", "ooInetNoProxy", ""),
)


def is_installed() -> bool:
    """Whether LibreOffice is there, and `prlimit` of util-linux, which holds it to its limits."""
    return bool(shutil.which("soffice") and shutil.which("prlimit"))


def convert(kind: FileType, data: bytes, ending: str, *, longest: float = LONGEST) -> bytes:
    """The file as one of the kind in TARGETS, within so many seconds; `ending` is what people call it.

    Raises CannotRead where LibreOffice is missing, busy, slow, or makes nothing of the file.
    """
    target = TARGETS[kind]
    program = "Word" if target is FileType.DOCX else "Excel"
    words = {"ending": ending, "program": program, "target": ENDINGS[target][0], "longest": longest}
    if not is_installed():
        raise CannotRead(_MISSING.format(**words))
    if not _ONE_AT_A_TIME.acquire(timeout=LONGEST_WAIT):
        raise CannotRead(_BUSY.format(**words))
    try:
        with TemporaryDirectory(prefix="office-") as folder:
            made = _run(Path(folder), f"table{ENDINGS[kind][0]}", data, target, longest)
    except TimeoutExpired as late:
        raise CannotRead(_SLOW.format(**words)) from late
    finally:
        _ONE_AT_A_TIME.release()
    if made is None:
        raise CannotRead(_FAILED.format(**words))
    return made


def _run(folder: Path, name: str, data: bytes, target: FileType, longest: float) -> bytes | None:
    (folder / name).write_bytes(data)
    profile = folder / "profile" / "user" / "registrymodifications.xcu"
    profile.parent.mkdir(parents=True)
    profile.write_text(_profile(), encoding="utf-8")
    out = folder / "out"
    with Popen(  # noqa: S603 — nothing that comes from people, but for the content of one file
        [*_command(folder / "profile"), "--convert-to", target, "--outdir", str(out), str(folder / name)],
        cwd=folder,
        env={"PATH": os.defpath, "LANG": "C.UTF-8", "HOME": str(folder), "TMPDIR": str(folder)},
        stdin=DEVNULL,
        stdout=PIPE,
        stderr=DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            process.communicate(timeout=longest)
        finally:
            # It starts others, which hold its output open: once that ends, none is left to write into the folder.
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            _socket(folder / "profile").unlink(missing_ok=True)
    made = out / f"table{ENDINGS[target][0]}"
    return made.read_bytes() if made.is_file() else None


def _command(profile: Path) -> list[str]:
    limits = [f"--as={LARGEST_MEMORY}", f"--cpu={LONGEST}", f"--fsize={zip_limits.LARGEST_MEMBER}", "--core=0"]
    quiet = ["--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck"]
    return ["prlimit", *limits, "soffice", f"-env:UserInstallation={profile.as_uri()}", *quiet]


def _socket(profile: Path) -> Path:
    """Where LibreOffice listens for a second start with the same profile; it stays there when it is killed."""
    digest = md5(profile.as_uri().encode("utf-16-le"), usedforsecurity=False).digest()
    return Path(f"/tmp/OSL_PIPE_{os.getuid()}_SingleOfficeIPC_{''.join(f'{byte:x}' for byte in digest)}")  # noqa: S108 — its choice


def _profile() -> str:
    items = "".join(
        f'<item oor:path="/{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    return f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>'
