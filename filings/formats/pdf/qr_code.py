"""QR codes as SVG pictures."""

from collections.abc import Iterator
from itertools import groupby

import segno

from filings.formats.file import CannotPrint
from filings.table.marks import LONGEST_ADDRESS

# Up to 84 bytes a code of 37 modules with 15 % error correction, beyond that one of at most 45 with 7 %.
_LENGTH_WITH_HIGHER_CORRECTION = 84


def svg(address: str) -> bytes:
    """Draw the QR code of an address as one path, without the white border. Raises CannotPrint if it is too long."""
    length = len(address.encode())
    if length > LONGEST_ADDRESS:
        raise CannotPrint(
            f"核验地址有 {length} 个字符，二维码最多容纳 {LONGEST_ADDRESS} 个。请管理员缩短本系统的网址。"
        )
    level = "m" if length <= _LENGTH_WITH_HIGHER_CORRECTION else "l"
    code = segno.make_qr(address, error=level, boost_error=False)
    side = len(code.matrix)
    path = "".join(
        f"M{column} {row}h{length}v1h-{length}z"
        for row, modules in enumerate(code.matrix)
        for column, length in _dark_runs(bytes(modules))
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}"><path d="{path}"/></svg>'.encode()


def _dark_runs(modules: bytes) -> Iterator[tuple[int, int]]:
    """Yield column and length of each run of dark modules in a row."""
    column = 0
    for is_dark, run in groupby(modules):
        length = len(list(run))
        if is_dark:
            yield column, length
        column += length
