"""Names of files in an archive, from a pattern such as {编码}-{名称}. Imports no Django."""

import re
from collections.abc import Mapping

from filings.errors import StepRefused
from filings.formats.file import safe_name

CODE, NAME, YEAR, VERSION = "{编码}", "{名称}", "{年度}", "{版本}"
PLACEHOLDERS = (CODE, NAME, YEAR, VERSION)
DEFAULT_PATTERN = f"{CODE}-{NAME}{YEAR}年度部门整体支出绩效目标表"
LONGEST_PATTERN = 100
_PLACEHOLDER = re.compile(r"\{[^{}]*\}")


def checked_pattern(typed: str) -> str:
    """Return the pattern, or the default for a blank one. Raises StepRefused for an unknown placeholder."""
    pattern = " ".join(typed.split()) or DEFAULT_PATTERN
    if len(pattern) > LONGEST_PATTERN:
        raise StepRefused(f"文件名共 {len(pattern)} 字，请缩短到 {LONGEST_PATTERN} 字以内。")
    unknown = [found for found in _PLACEHOLDER.findall(pattern) if found not in PLACEHOLDERS]
    if unknown:
        raise StepRefused(f"文件名里的 {unknown[0]} 无法识别；可以用 {'、'.join(PLACEHOLDERS)}。")
    return pattern


class FileNames:
    """Names for files in one folder: safe on Windows, and numbered where two would be the same there."""

    def __init__(self, pattern: str, extension: str) -> None:
        self._pattern = pattern
        self._extension = extension
        self._taken: set[str] = set()

    def name(self, values: Mapping[str, str]) -> str:
        """Fill in the placeholders and return a name that has not been returned before."""
        stem = _PLACEHOLDER.sub(lambda match: values.get(match[0], match[0]), self._pattern)
        name, number = safe_name(stem, self._extension), 1
        while name.casefold() in self._taken:
            number += 1
            name = safe_name(stem, self._extension, suffix=f"（{number}）")
        self._taken.add(name.casefold())
        return name
