"""Reading lines around a table: the title with its year, fields behind their labels, the unit of the amounts."""

import re
from collections.abc import Iterator, Sequence

from filings.document import place
from filings.document.edition import Edition
from filings.document.labels import match_key
from filings.document.money import UNITS
from filings.document.text import bare, line, symbols
from filings.table.reading.result import Found
from filings.table.reading.row_cells import RowCell
from filings.table.reading.vocabulary import FIELDS

YEAR = re.compile(r"(?:19|20)\d\d(?=\s*年)", re.ASCII)
# A text behind a label and a colon is no title, but for that of an annex: 附件1：…
_TITLE = re.compile(r"(?:附[件表]?\d*[:：])?[^:：]*(?:绩效目标|绩效指标)(?:申报|批复|公开)?(?:情况)?表")
_PROJECT = re.compile(r"项目(?:支出)?(?:预算)?绩效目标")
# What titles are made of; whatever else stands in one is told, and the year alone is taken from it.
_TITLE_WORDS = re.compile(
    r"(?:附件|附表|附)?\d{0,2}[.、:：]?(?:(?:19|20)\d\d年度?)?(?:[县市区]级)?(?:部门|单位|项目|整体|支出|预算|年度|[（()）])*"
    r"绩效(?:目标|指标)(?:申报|批复|公开)?(?:情况)?表(?:[（(](?:(?:19|20)\d\d年度?|样表)[）)])?",
    re.ASCII,
)
_YEAR_ALONE = re.compile(r"(?:年度[:：])?[（(]?\s*((?:19|20)\d\d)\s*年?度?\s*[）)]?", re.ASCII)
_CHARACTER = "[\u4e00-\u9fff]"
_UNIT = re.compile(
    rf"[（(]?\s*(?<!{_CHARACTER})(?:金额)?单位\s*[:：]\s*(?:人民币)?({'|'.join(UNITS)})(?!{_CHARACTER})\s*[）)]?"
)
_UNIT_IN_LABEL = re.compile(rf"[（(](?:(?:金额)?单位[:：])?(?:人民币)?({'|'.join(UNITS)})[）)]")
_STAMP = r"(?:\s*[（(](?:公章|盖章|签章|签字|签名)[）)])?"


def is_title(text: str) -> bool:
    """Whether a line is the title of such a table, be it of a department or of a project."""
    return bool(_TITLE.match(bare(text)))


def unit_in(label: str) -> str:
    """The unit that a label names in brackets, '' where it names none: 预算金额（单位：元）."""
    unit = _UNIT_IN_LABEL.search(bare(label))
    return unit[1] if unit else ""


class LineReader:
    """Takes what lines around the table say into what was found."""

    def __init__(self, edition: Edition, found: Found) -> None:
        self._edition = edition
        self._found = found
        own = [(item.label.rstrip("：: "), item.key, item.stamp) for item in (*edition.header, *edition.footer)]
        known = {match_key(label) for label, _, _ in own}
        others = [(label, key, "") for label, key in FIELDS.items() if match_key(label) not in known]
        self._labels = sorted([*own, *others], key=lambda item: -len(item[0]))
        inside = (section.label for section in edition.sections if section.kind == "field")
        self._own = {bare(label) for label in (*(label for label, _, _ in own), *inside)}
        names = "|".join(r"\s*".join(map(re.escape, bare(label))) for label, _, _ in self._labels)
        self._pattern = re.compile(rf"(?P<label>{names}){_STAMP}\s*[:：]\s*" if names else "(?!)")
        self._pending: str = ""

    def begins_with_label(self, text: str) -> bool:
        """Whether a text begins with a field's label and a colon, 填报人：张三, or is the unit of the amounts."""
        return bool(self._pattern.match(line(text)) or _UNIT.fullmatch(symbols(text)))

    def names_field(self, text: str) -> bool:
        """Whether a text is nothing but a field's label: 填报人."""
        return bool(self._pattern.fullmatch(f"{line(text)}："))

    def read(self, spots: Sequence[RowCell]) -> None:
        """The spots of one line that hold something. A label without a text takes the next of them."""
        self._pending = ""
        for spot in spots:
            self._read(spot, line(spot.text))

    def _read(self, spot: RowCell, words: str) -> None:
        if self.names_field(words):
            self._fields(f"{words}：", spot)
        elif self._pattern.match(words):
            self._fields(words, spot)
        elif self._pending:
            self._put(self._pending, words, spot)
            self._pending = ""
        elif not self._is_title(words, spot):
            rest = self._without_unit(words)
            if rest != words and bare(rest):
                self._read(spot, rest)
            elif bare(rest):
                self._found.leave_out(spot, rest)

    def _fields(self, words: str, spot: RowCell) -> None:
        """A line of one field or several: 填报单位：县档案馆　填报日期：2024年1月5日　单位：万元."""
        for label, text in self._parted(words):
            self._pending = "" if self._put(label, text, spot) else label

    def _parted(self, words: str) -> Iterator[tuple[str, str]]:
        matches = list(self._pattern.finditer(words))
        ends = [match.start() for match in matches[1:]] + [len(words)]
        for match, end in zip(matches, ends, strict=True):
            yield bare(match["label"]), words[match.end() : end].strip()

    def _put(self, label: str, text: str, spot: RowCell) -> bool:
        """Whether a field's label came with a text; what the form has no place for is told with its label."""
        key, stamp = next((key, stamp) for name, key, stamp in self._labels if bare(name) == label)
        text = self._without_unit(text).removesuffix(stamp).strip()
        if not bare(text):
            return False
        if key not in self._edition.field_keys or self._found.fields.get(key):
            self._found.leave_out(spot, f"{label}：{text}")
            return True
        self._found.fields[key] = text
        self._found.came_from(place.field(key), spot, "" if label in self._own else f"按「{label}」读入。")
        return True

    def _is_title(self, words: str, spot: RowCell) -> bool:
        """Whether a line is the title, or the year below it. A year that contradicts an earlier one is told."""
        alone = _YEAR_ALONE.fullmatch(words)
        year = alone or YEAR.search(words)
        stated = int(alone[1] if alone else year[0]) if year else None
        is_own = match_key(words) == match_key(self._edition.title_for(stated))
        if not (alone or is_own or is_title(words)):
            return False
        self._found.is_project = self._found.is_project or bool(_PROJECT.search(bare(words)))
        if stated and self._found.year not in (None, stated):
            self._found.leave_out(spot)
            return True
        self._found.year = stated or self._found.year
        if not (alone or is_own or _TITLE_WORDS.fullmatch(bare(words))):
            self._found.leave_out(spot)
        return True

    def _without_unit(self, words: str) -> str:
        """The words without the unit of the amounts that they name; a second unit stays in them."""
        unit = _UNIT.search(symbols(words))
        if unit is None or self._found.unit not in ("", unit[1]):
            return words
        self._found.unit = unit[1]
        return _UNIT.sub("", symbols(words)).strip()
