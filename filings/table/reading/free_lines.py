"""Read the lines above and below a table: the title with its year, labelled fields, and the unit of amounts."""

import re
from collections.abc import Iterator, Sequence

from filings.document import place
from filings.document.edition import Edition
from filings.document.labels import match_key
from filings.document.money import UNITS
from filings.document.text import bare, line, symbols
from filings.table.marks import is_mark
from filings.table.reading.result import ReadingBuilder
from filings.table.reading.row_cells import RowCell
from filings.table.reading.vocabulary import FIELDS

YEAR = re.compile(r"(?:19|20)\d\d(?=\s*年)", re.ASCII)
# A text after a label and a colon is not a title, except after an annex number: 附件1：…
_TITLE = re.compile(r"(?:附[件表]?\d*[:：])?[^:：]*(?:绩效目标|绩效指标)(?:申报|批复|公开)?(?:情况)?表")
_PROJECT = re.compile(r"项目(?:支出)?(?:预算)?绩效目标")
# The usual parts of a title. A title with other parts also becomes a leftover, and only its year is read.
_USUAL_TITLE = re.compile(
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
    """Whether a line is the title of a department's or a project's performance-target table."""
    return bool(_TITLE.match(bare(text)))


def unit_in(label: str) -> str:
    """Unit in brackets in a label, as in 预算金额（单位：元）; '' without one."""
    unit = _UNIT_IN_LABEL.search(bare(label))
    return unit[1] if unit else ""


class LineReader:
    """Read the lines above and below the table into a reading."""

    def __init__(self, edition: Edition, result: ReadingBuilder) -> None:
        self._edition = edition
        self._result = result
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
        """Whether a text begins with a field's label and a colon (填报人：张三) or is the unit of the amounts."""
        return bool(self._pattern.match(line(text)) or _UNIT.fullmatch(symbols(text)))

    def names_field(self, text: str) -> bool:
        """Whether a text is only a field's label: 填报人."""
        return bool(self._pattern.fullmatch(f"{line(text)}："))

    def read(self, cells: Sequence[RowCell]) -> None:
        """Read the nonempty cells of one line. A label without a text takes the text of the next cell."""
        self._pending = ""
        for cell in cells:
            self._read(cell, line(cell.text))

    def _read(self, cell: RowCell, line_text: str) -> None:
        if is_mark(line_text) and not self._pending:
            return
        if self.names_field(line_text):
            self._fields(f"{line_text}：", cell)
        elif self._pattern.match(line_text):
            self._fields(line_text, cell)
        elif self._pending:
            self._put(self._pending, line_text, cell)
            self._pending = ""
        elif not self._is_title(line_text, cell):
            rest = self._without_unit(line_text)
            if rest != line_text and bare(rest):
                self._read(cell, rest)
            elif bare(rest):
                self._result.add_leftover(cell, rest)

    def _fields(self, line_text: str, cell: RowCell) -> None:
        """Read a line of one or several fields: 填报单位：县档案馆　填报日期：2024年1月5日　单位：万元."""
        for label, text in self._split_fields(line_text):
            self._pending = "" if self._put(label, text, cell) else label

    def _split_fields(self, line_text: str) -> Iterator[tuple[str, str]]:
        matches = list(self._pattern.finditer(line_text))
        ends = [match.start() for match in matches[1:]] + [len(line_text)]
        for match, end in zip(matches, ends, strict=True):
            yield bare(match["label"]), line_text[match.end() : end].strip()

    def _put(self, label: str, text: str, cell: RowCell) -> bool:
        """Store a field's text and return whether there was one. Without a place for it, it becomes a leftover."""
        key, stamp = next((key, stamp) for name, key, stamp in self._labels if bare(name) == label)
        text = self._without_unit(text).removesuffix(stamp).strip()
        if not bare(text):
            return False
        if key not in self._edition.field_keys or self._result.fields.get(key):
            self._result.add_leftover(cell, f"{label}：{text}")
            return True
        self._result.fields[key] = text
        self._result.add_origin(place.field(key), cell, "" if label in self._own else f"按「{label}」读入。")
        return True

    def _is_title(self, line_text: str, cell: RowCell) -> bool:
        """Read a title or the year below it; return whether it was one. A contradicting year becomes a leftover."""
        alone = _YEAR_ALONE.fullmatch(line_text)
        year = alone or YEAR.search(line_text)
        stated = int(alone[1] if alone else year[0]) if year else None
        is_own = match_key(line_text) == match_key(self._edition.title_for(stated))
        if not (alone or is_own or is_title(line_text)):
            return False
        self._result.is_project = self._result.is_project or bool(_PROJECT.search(bare(line_text)))
        if stated and self._result.year not in (None, stated):
            self._result.add_leftover(cell)
            return True
        self._result.year = stated or self._result.year
        if not (alone or is_own or _USUAL_TITLE.fullmatch(bare(line_text))):
            self._result.add_leftover(cell)
        return True

    def _without_unit(self, line_text: str) -> str:
        """Read and remove the unit of amounts from a text; a second, different unit is kept in it."""
        unit = _UNIT.search(symbols(line_text))
        if unit is None or self._result.unit not in ("", unit[1]):
            return line_text
        self._result.unit = unit[1]
        return _UNIT.sub("", symbols(line_text)).strip()
