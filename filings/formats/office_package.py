"""What the writers of Office files share: texts that XML can hold, and a package that is the same bytes each time."""

import re
from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LINE_ENDS = re.compile(r"\r\n?")


def in_xml(text: str) -> str:
    """What XML can hold of a text: without control characters, its lines ended by \\n."""
    return _NOT_IN_XML.sub("", _LINE_ENDS.sub("\n", text))


def frozen(saved: BytesIO, parts: Mapping[str, str | bytes] | None = None) -> bytes:
    """The same package without the hour of saving, which libraries write into it; `parts` by name replace its own."""
    fixed = BytesIO()
    with ZipFile(saved) as source, ZipFile(fixed, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = (parts or {}).get(name)
            target.writestr(ZipInfo(name), source.read(name) if part is None else part, ZIP_DEFLATED)
    return fixed.getvalue()
