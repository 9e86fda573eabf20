"""Text and ZIP packaging shared by the writers of .xlsx and .docx files.

openpyxl and python-docx raise errors for characters that XML forbids, and they store the time of saving. Here such
characters are dropped and timestamps fixed, so that every document can be written and always gives the same bytes.
"""

import re
from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LINE_ENDS = re.compile(r"\r\n?")


def xml_text(text: str) -> str:
    """Drop the characters that XML cannot hold and normalise line ends to \\n."""
    return _NOT_IN_XML.sub("", _LINE_ENDS.sub("\n", text))


def repack(saved: BytesIO, parts: Mapping[str, str | bytes] | None = None) -> bytes:
    """Rewrite a package with fixed timestamps (1980-01-01); `parts` replace the parts of the same name."""
    repacked = BytesIO()
    with ZipFile(saved) as source, ZipFile(repacked, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = (parts or {}).get(name)
            target.writestr(ZipInfo(name), source.read(name) if part is None else part, ZIP_DEFLATED)
    return repacked.getvalue()
