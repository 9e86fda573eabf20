"""Verification codes of issued copies (核验码): 20 letters of which any wrong one is found.

A code is a Reed-Solomon code word over the field of 29 elements: 17 random letters (29^17 ≈ 2^82.6 possible codes, none
of which can be guessed) and 3 check letters. One wrong letter is found and corrected; two wrong letters are noticed.
"""

import re
import secrets
from dataclasses import dataclass
from unicodedata import normalize

# Without 0 O 1 I L, which are easily confused, U, which looks like V, and Z, which looks like 2: 29 letters, a prime.
LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXY"
LENGTH = 20
GROUP = 4
# Codes of copies issued by earlier versions: 12 letters, Z among them, without check letters.
EARLIER_LETTERS = LETTERS + "Z"
EARLIER_LENGTH = 12

_SIZE = len(LETTERS)
_CHECKS = 3
# A primitive element: its powers are all elements except 0.
_ROOT = 2
_POINTS = tuple(pow(_ROOT, number, _SIZE) for number in range(LENGTH))
# Letters as they are mistaken for one another, for codes typed from paper.
_LOOK_ALIKE = {"0": "D", "O": "D", "1": "7", "I": "7", "L": "7", "U": "V", "Z": "2"}
# Codes are printed in groups with hyphens, and may be typed with spaces or in full width.
_SEPARATOR = re.compile(r"[^0-9A-Za-z]")
_ADDRESS = re.compile(r"/v/([^/]*)/?\s*$")


@dataclass(frozen=True)
class CodeCorrection:
    """A wrong letter of a typed code: its position (from 1), as typed and as it must be, and the corrected code."""

    position: int
    typed: str
    letter: str
    code: str

    @property
    def group(self) -> int:
        return (self.position - 1) // GROUP + 1

    @property
    def position_in_group(self) -> int:
        return (self.position - 1) % GROUP + 1


def new() -> str:
    """Create a code that cannot be guessed."""
    values = [secrets.randbelow(_SIZE) for _ in range(LENGTH - _CHECKS)]
    return "".join(LETTERS[value] for value in [*values, *_check_values(values)])


def plain(typed: str) -> str:
    """Return a typed code as it is stored, without separators and in capital letters.

    Of a pasted address of the verification page, the code at its end is taken.
    """
    if found := _ADDRESS.search(typed):
        typed = found[1]
    return _SEPARATOR.sub("", normalize("NFKC", typed)).upper()


def formatted(code: str) -> str:
    """Format a code in groups of four with hyphens, as it is printed."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def unknown_letters(code: str) -> str:
    """Return the letters of a plain code that no code contains, each once, in order."""
    allowed = EARLIER_LETTERS if len(code) == EARLIER_LENGTH else LETTERS
    return "".join(dict.fromkeys(letter for letter in code if letter not in allowed))


def is_consistent(code: str) -> bool:
    """Whether a plain code has the length and the check letters of a code. Earlier codes have no check letters."""
    if len(code) == EARLIER_LENGTH:
        return not unknown_letters(code)
    return len(code) == LENGTH and not unknown_letters(code) and not any(_syndromes(_values(code)))


def correction(code: str) -> CodeCorrection | None:
    """Find the one wrong letter of a plain code; None for a consistent code and for more than one wrong letter."""
    if len(code) != LENGTH or is_consistent(code):
        return None
    values = _values(code)
    # A letter that no code contains is wrong, even if the look-alike that it is read as fits.
    unknown = [position for position, letter in enumerate(code) if letter not in LETTERS]
    located = _locate(values) if any(_syndromes(values)) else (unknown[0], 0)
    if located is None or unknown not in ([], [located[0]]):
        return None
    position, excess = located
    letter = LETTERS[(values[position] - excess) % _SIZE]
    return CodeCorrection(position + 1, code[position], letter, code[:position] + letter + code[position + 1 :])


def _locate(values: list[int]) -> tuple[int, int] | None:
    """Return the position of a single wrong value and its excess; None if more than one is wrong."""
    first, second, third = _syndromes(values)
    if not first or not second or first * third % _SIZE != second * second % _SIZE:
        return None
    point = second * pow(first, -1, _SIZE) % _SIZE
    return (_POINTS.index(point), first) if point in _POINTS else None


def _values(code: str) -> list[int]:
    return [LETTERS.find(_LOOK_ALIKE.get(letter, letter)) % _SIZE for letter in code]


def _syndromes(values: list[int]) -> tuple[int, int, int]:
    """Return the sums of values × point^0, point^1, point^2; all are 0 for a code word."""
    first, second, third = (
        sum(value * pow(point, power, _SIZE) for value, point in zip(values, _POINTS, strict=True)) % _SIZE
        for power in range(_CHECKS)
    )
    return first, second, third


def _check_values(values: list[int]) -> list[int]:
    """Solve the three linear equations for the values of the check letters, by Lagrange's formula."""
    sums = _syndromes([*values, *[0] * _CHECKS])
    points = _POINTS[-_CHECKS:]
    checks = []
    for number, point in enumerate(points):
        one, other = (points[each] for each in range(_CHECKS) if each != number)
        # The polynomial that is 1 at the point and 0 at the two others, applied to the sums.
        scale = pow((point - one) * (point - other), -1, _SIZE)
        checks.append(-scale * (sums[2] - (one + other) * sums[1] + one * other * sums[0]) % _SIZE)
    return checks
