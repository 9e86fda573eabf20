"""Convert old and rare office files to .docx or .xlsx with LibreOffice, if it is installed.

LibreOffice runs with macros and network access disabled. Its profile and files are in a temporary directory that is
deleted afterwards.
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
from filings.formats.readers.sandbox.file_type import EXTENSIONS, FileType

TARGETS: dict[FileType, FileType] = {
    FileType.DOC: FileType.DOCX,
    FileType.RTF: FileType.DOCX,
    FileType.ODT: FileType.DOCX,
    FileType.WORD_XML: FileType.DOCX,
    FileType.XLS: FileType.XLSX,
    FileType.EXCEL_XML: FileType.XLSX,
}
# Seconds for one conversion, and seconds to wait for another that is in progress.
TIMEOUT = 60
LONGEST_WAIT = 60
# Bytes.
LARGEST_MEMORY = 1024 * zip_limits.MIB

_MISSING = "这台服务器不能直接读 {extension} 文件。请用 {program} 或 WPS 打开它，「另存为」{target}，再导入。"
_FAILED = (
    "无法转换这个 {extension} 文件：它可能设有密码，或已损坏。"
    "请用 {program} 或 WPS 打开它，「另存为」{target}，再导入。"
)
_SLOW = "转换这个 {extension} 文件超过了 {timeout:g} 秒。请用 {program} 或 WPS 打开它，「另存为」{target}，再导入。"
_BUSY = "正在转换其他文件，请一分钟后再导入；也可先「另存为」{target} 再导入。"

_ONE_AT_A_TIME = Lock()
_COMMON = "org.openoffice.Office.Common"
# A proxy address without a server: the discard port of this machine.
_PROXY_HOST = "127.0.0.1"
_PROXY_PORT = "9"
# Profile settings: path, name, value. The proxy settings catch any connection that the other settings do not prevent.
_SETTINGS = (
    (f"{_COMMON}/Security/Scripting", "DisableMacrosExecution", "true"),
    (f"{_COMMON}/Security/Scripting", "MacroSecurityLevel", "3"),
    (f"{_COMMON}/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("org.openoffice.Office.Java/VirtualMachine", "Enable", "false"),
    ("org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("org.openoffice.Office.Calc/Content/Update", "Link", "2"),
    ("org.openoffice.Inet/Settings", "ooInetProxyType", "2"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPProxyName", _PROXY_HOST),
    ("org.openoffice.Inet/Settings", "ooInetHTTPProxyPort", _PROXY_PORT),
    ("org.openoffice.Inet/Settings", "ooInetHTTPSProxyName", _PROXY_HOST),
    ("org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort", _PROXY_PORT),
    ("org.openoffice.Inet/Settings", "ooInetNoProxy", ""),
)


def is_installed() -> bool:
    """Whether LibreOffice is installed, and `prlimit` of util-linux, which sets its resource limits."""
    return bool(shutil.which("soffice") and shutil.which("prlimit"))


def convert(file_type: FileType, data: bytes, extension: str, *, timeout: float = TIMEOUT) -> bytes:
    """Convert a file to its type in TARGETS within `timeout` seconds; `extension` names the file in error messages.

    Raises CannotRead if LibreOffice is missing, busy, too slow, or cannot convert the file.
    """
    target = TARGETS[file_type]
    program = "Word" if target is FileType.DOCX else "Excel"
    values = {"extension": extension, "program": program, "target": EXTENSIONS[target][0], "timeout": timeout}
    if not is_installed():
        raise CannotRead(_MISSING.format(**values))
    if not _ONE_AT_A_TIME.acquire(timeout=LONGEST_WAIT):
        raise CannotRead(_BUSY.format(**values))
    try:
        with TemporaryDirectory(prefix="office-") as folder:
            converted = _run(Path(folder), f"table{EXTENSIONS[file_type][0]}", data, target, timeout)
    except TimeoutExpired as error:
        raise CannotRead(_SLOW.format(**values)) from error
    finally:
        _ONE_AT_A_TIME.release()
    if converted is None:
        raise CannotRead(_FAILED.format(**values))
    return converted


def _run(folder: Path, name: str, data: bytes, target: FileType, timeout: float) -> bytes | None:
    """Run LibreOffice; return the converted file, or None if it made none. Raises TimeoutExpired."""
    (folder / name).write_bytes(data)
    profile = folder / "profile" / "user" / "registrymodifications.xcu"
    profile.parent.mkdir(parents=True)
    profile.write_text(_profile(), encoding="utf-8")
    out = folder / "out"
    with Popen(  # noqa: S603 — no user input except the content of one file
        [*_command(folder / "profile"), "--convert-to", target, "--outdir", str(out), str(folder / name)],
        cwd=folder,
        env={"PATH": os.defpath, "LANG": "C.UTF-8", "HOME": str(folder), "TMPDIR": str(folder)},
        stdin=DEVNULL,
        stdout=PIPE,
        stderr=DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            process.communicate(timeout=timeout)
        finally:
            # Kill the whole process group. Its processes keep the pipe open, so that communicate() returns only when
            # none is left that could write into the directory.
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            _socket(folder / "profile").unlink(missing_ok=True)
    converted = out / f"table{EXTENSIONS[target][0]}"
    return converted.read_bytes() if converted.is_file() else None


def _command(profile: Path) -> list[str]:
    limits = [f"--as={LARGEST_MEMORY}", f"--cpu={TIMEOUT}", f"--fsize={zip_limits.LARGEST_MEMBER}", "--core=0"]
    quiet = ["--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck"]
    return ["prlimit", *limits, "soffice", f"-env:UserInstallation={profile.as_uri()}", *quiet]


def _socket(profile: Path) -> Path:
    """Return the path of the socket that LibreOffice listens on; a killed process leaves it behind."""
    digest = md5(profile.as_uri().encode("utf-16-le"), usedforsecurity=False).digest()
    return Path(f"/tmp/OSL_PIPE_{os.getuid()}_SingleOfficeIPC_{''.join(f'{byte:x}' for byte in digest)}")  # noqa: S108 — chosen by LibreOffice


def _profile() -> str:
    items = "".join(
        f'<item oor:path="/{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    return f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>'
