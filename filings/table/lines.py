"""Reading lines around a table: the title with its year, fields behind their labels, the unit of the amounts."""

import re
from collections.abc import Iterator, Sequence

from filings.document import place
from filings.document.edition import Edition
from filings.document.labels import match_key
from filings.document.money import UNITS
from filings.document.text import bare, line, symbols
from filings.table.found import Found
from filings.table.spots import Spot
from filings.table.vocabulary import FIELDS

YEAR = re.compile(r"(?:19|20)\d\d(?=\s*年)", re.ASCII)
_TITLE = re.compile(r"(?:绩效目标|绩效指标)(?:申报|批复|公开)?(?:情况)?表")
_PROJECT = re.compile(r"项目(?:支出)?(?:预算)?绩效目标")
_YEAR_ALONE = re.compile(r"[（(]?\s*((?:19|20)\d\d)\s*年度?\s*[）)]?", re.ASCII)
_UNIT = re.compile(rf"[（(]?\s*(?:金额)?单位\s*[:：]\s*(?:人民币)?({'|'.join(UNITS)})\s*[）)]?")
_STAMP = r"(?:\s*[（(](?:公章|盖章|签章|签字|签名)[）)])?"


def is_title(text: str) -> bool:
    """Whether a line is the title of such a table, be it of a department or of a project."""
    return bool(_TITLE.search(bare(text)))


class LineReader:
    """Takes what lines around the table say into what was found."""

    def __init__(self, edition: Edition, found: Found) -> None:
        self._edition = edition
        self._found = found
        own = [(item.label.rstrip("：: "), item.key, item.stamp) for item in (*edition.header, *edition.footer)]
        known = {match_key(label) for label, _, _ in own}
        others = [(label, key, "") for label, key in FIELDS.items() if match_key(label) not in known]
        self._labels = sorted([*own, *others], key=lambda item: -len(item[0]))
        self._own = {label for label, _, _ in own}
        names = "|".join(r"\s*".join(map(re.escape, bare(label))) for label, _, _ in self._labels)
        self._pattern = re.compile(rf"(?P<label>{names}){_STAMP}\s*[:：]\s*" if names else "(?!)")
        self._pending: str = ""

    def begins_with_label(self, text: str) -> bool:
        """Whether a text begins with a field's label and a colon: 填报人：张三."""
        return bool(self._pattern.match(line(text)))

    def read(self, spots: Sequence[Spot]) -> None:
        """Every spot of a line that holds something."""
        for spot in spots:
            self._read(spot)

    def _read(self, spot: Spot) -> None:
        words = line(spot.text)
        if self._pending and not self.begins_with_label(words):
            key, self._pending = self._pending, ""
            self._put(key, words, spot)
        elif self.begins_with_label(words):
            self._fields(words, spot)
        elif not self._is_title(words) and not self._is_unit(words):
            self._found.leave_out(spot)

    def _fields(self, words: str, spot: Spot) -> None:
        """A line of one field or several: 填报单位：县档案馆　填报日期：2024年1月5日　单位：万元."""
        self._pending = ""
        for label, text in self._parted(words):
            key, stamp = next((key, stamp) for name, key, stamp in self._labels if bare(name) == bare(label))
            unit = _UNIT.search(text)
            if unit and self._found.unit in ("", unit[1]):
                self._found.unit = unit[1]
                text = text.replace(unit[0], "")
            if key not in self._edition.field_keys or key in self._found.fields:
                self._found.leave_out(spot, f"{label}：{text}")
                continue
            doubt = "" if label in self._own else f"按「{label}」读入。"
            self._put(key, text.removesuffix(stamp).strip(), spot, doubt)
            self._pending = key if not self._found.fields[key] and spot.row else ""

    def _parted(self, words: str) -> Iterator[tuple[str, str]]:
        matches = list(self._pattern.finditer(words))
        ends = [match.start() for match in matches[1:]] + [len(words)]
        for match, end in zip(matches, ends, strict=True):
            yield bare(match["label"]), words[match.end() : end].strip()

    def _put(self, key: str, text: str, spot: Spot, doubt: str = "") -> None:
        self._found.fields[key] = text
        if text:
            self._found.came_from(place.field(key), spot, doubt)

    def _is_title(self, words: str) -> bool:
        year = YEAR.search(words)
        alone = _YEAR_ALONE.fullmatch(words)
        titled = is_title(words) or (
            year is not None and match_key(words) == match_key(self._edition.title_for(int(year[0])))
        )
        if not titled and not alone:
            return False
        if _PROJECT.search(bare(words)):
            self._found.is_project = True
        found = int(alone[1]) if alone else int(year[0]) if year else None
        if found and self._found.year in (None, found):
            self._found.year = found
            return True
        return found is None

    def _is_unit(self, words: str) -> bool:
        unit = _UNIT.fullmatch(symbols(words))
        if unit and not self._found.unit:
            self._found.unit = unit[1]
        return bool(unit)
