"""Find the signatures of a PDF in its bytes, without parsing its objects, which may be made to mislead a parser.

A signature covers everything but one gap, which must hold nothing but its own hexadecimal digits. So a file that is
covered to its last byte is exactly what was signed, whatever its objects are.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

NUMBER = rb"\s{1,80}(\d{1,10})"
BYTE_RANGE = re.compile(rb"/ByteRange\s{0,80}\[\s{0,80}(\d{1,10})" + 3 * NUMBER + rb"\s{0,80}\]")
# Digits of one case: otherwise a letter could be replaced by its other case without a trace.
HEXADECIMAL = re.compile(rb"<(?:[0-9a-f]+|[0-9A-F]+)>")
TRACES = (b"/ByteRange", b"/SubFilter", b"/ETSI.CAdES", b"/Type /Sig", b"/Type/Sig", b"/FT /Sig", b"/FT/Sig")
LARGEST_SIGNATURE = 256 * 1024
MOST_SIGNATURES = 8
DICTIONARY = 8 * 1024
SIGNING_TIME = re.compile(rb"/M\s{0,10}\(D:(\d{14})(Z|[+-]\d\d'?\d\d'?)?\)")
ESCAPED = re.compile(rb"\\([0-7]{3})")


@dataclass(frozen=True)
class SignedRange:
    """A signature: its DER, whose padding is removed; the gap in the file; the end of what it covers."""

    der: bytes
    start: int
    end: int
    covered_end: int

    def covered(self, pdf: bytes) -> bytes:
        return pdf[: self.start] + pdf[self.end : self.covered_end]

    def claimed_time(self, pdf: bytes) -> datetime | None:
        """Read the time in the signature's dictionary, which surrounds the gap."""
        before = pdf[max(0, self.start - DICTIONARY) : self.start]
        after = pdf[self.end : min(self.covered_end, self.end + DICTIONARY)]
        dictionary = before[before.rfind(b"obj") + 3 :] + after.partition(b"endobj")[0]
        return _time(ESCAPED.sub(lambda octal: bytes([int(octal[1], 8) & 255]), dictionary))


def find(pdf: bytes) -> Iterator[SignedRange]:
    """Yield the well-formed signatures, at most MOST_SIGNATURES."""
    for match in islice(BYTE_RANGE.finditer(pdf), MOST_SIGNATURES):
        first, start, end, length = map(int, match.groups())
        if first == 0 and start < end <= end + length <= len(pdf) and (der := _der(pdf, start, end)):
            yield SignedRange(der, start, end, end + length)


def has_traces(pdf: bytes) -> bool:
    """Whether the file has parts of a signature, however damaged."""
    return any(trace in pdf for trace in TRACES)


def _der(pdf: bytes, start: int, end: int) -> bytes:
    """Return the signature in the gap without the zeros after it; empty if the gap holds anything else."""
    if end - start > 2 * LARGEST_SIGNATURE + 2 or not HEXADECIMAL.fullmatch(pdf, start, end) or (end - start) % 2:
        return b""
    content = bytes.fromhex(pdf[start + 1 : end - 1].decode("ascii"))
    size = _size(content)
    return content[:size] if size and not any(content[size:]) and _is_der(content[:size]) else b""


def _size(content: bytes) -> int:
    """Return the size of the DER sequence at the beginning, or 0 without one."""
    if len(content) < 6 or content[0] != 0x30 or not 0x81 <= content[1] <= 0x84:
        return 0
    header = 2 + content[1] - 0x80
    size = header + int.from_bytes(content[2:header], "big")
    return size if size <= len(content) else 0


def _is_der(content: bytes) -> bool:
    """Whether the values in each other fill their bytes exactly: parsers skip what is left over in a value."""
    open_values = [(0, len(content))]
    while open_values:
        position, end = open_values.pop()
        while position < end:
            tag = content[position]
            start, length = _contents(content, position + 1)
            if tag == 0 or tag & 0x1F == 0x1F or not start or start + length > end:
                return False
            if tag & 0x20:
                open_values.append((start, start + length))
            position = start + length
    return True


def _contents(content: bytes, position: int) -> tuple[int, int]:
    """Return the start and the length of a value whose length field is at `position`; zeros if that is not DER."""
    first = content[position] if position < len(content) else 0x80
    if first < 0x80:
        return position + 1, first
    digits = content[position + 1 : position + 1 + first - 0x80]
    length = int.from_bytes(digits, "big")
    shortest = length >= 0x80 and digits[:1] != b"\0"
    return (position + 1 + len(digits), length) if shortest and first <= 0x84 else (0, 0)


def _time(dictionary: bytes) -> datetime | None:
    match = SIGNING_TIME.search(dictionary)
    if not match:
        return None
    zone = (match[2] or b"Z").replace(b"'", b"").replace(b"Z", b"+0000")
    try:
        return datetime.strptime((match[1] + zone).decode("ascii"), "%Y%m%d%H%M%S%z")
    except ValueError:
        return None
