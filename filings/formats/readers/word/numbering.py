"""Word's automatic numbering: numerals such as 「（一）」 are not in the text but counted from lists and styles."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from filings.formats.readers.word.numerals import format_numeral
from filings.formats.readers.word.package import W

UNREAD = "自动编号没有读出，请对照原文件补上。"
_LEVELS = 9
# Of styles based on styles, and of lists that refer to a style; broken files have cycles.
_MOST_STEPS = 20
_OFF = ("0", "false", "off")


@dataclass(frozen=True)
class _Level:
    """A level of a list (w:lvl). `pattern` is its w:lvlText, with %1 … %9 for the numbers of levels."""

    start: int = 1
    number_format: str = "decimal"
    pattern: str = ""
    suffix: str = "tab"
    style: str = ""
    is_legal: bool = False
    restarts: bool = True


@dataclass
class _List:
    """A list that paragraphs refer to (w:num).

    `counters` are shared by all lists with the same definition (w:abstractNum); `restarts` holds, by level, the number
    with which this list starts counting once.
    """

    levels: dict[int, _Level]
    counters: dict[int, int]
    restarts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Computes the numerals that Word displays before paragraphs, which must be passed in document order."""

    def __init__(self, numbering: etree._Element | None, styles: etree._Element | None) -> None:
        self._styles = {
            value_of(style, "styleId"): style for style in ([] if styles is None else styles.iterfind(f"{W}style"))
        }
        self._lists = {} if numbering is None else self._read_lists(numbering)

    def numeral(self, properties: etree._Element | None) -> tuple[str, str]:
        """Return the numeral of the next paragraph, '' if it has none, and a warning if it cannot be computed."""
        list_id, depth = self._list_and_level(properties)
        if list_id in ("", "0"):
            return "", ""
        numbered = self._lists.get(list_id)
        if numbered is None or depth not in numbered.levels:
            return "", UNREAD
        _count(numbered, depth)
        return _display(numbered, depth)

    def _list_and_level(self, properties: etree._Element | None) -> tuple[str, int]:
        """Return the list ID and level of a paragraph: from its own properties, its style, or the styles behind it."""
        if properties is None:
            return "", 0
        list_id, level = _own_list_and_level(properties)
        style = child_value(properties, "pStyle")
        name = style
        for _ in range(_MOST_STEPS):
            element = self._styles.get(name)
            if element is None or list_id:
                break
            list_id, style_level = _own_list_and_level(element.find(f"{W}pPr"))
            level = level or style_level
            name = child_value(element, "basedOn")
        return list_id, _integer(level, self._level_of_style(list_id, style))

    def _level_of_style(self, list_id: str, style: str) -> int:
        levels = self._lists[list_id].levels if list_id in self._lists else {}
        return next((depth for depth, level in levels.items() if style and level.style == style), 0)

    def _read_lists(self, numbering: etree._Element) -> dict[str, _List]:
        definitions = {value_of(element, "abstractNumId"): element for element in numbering.iterfind(f"{W}abstractNum")}
        nums = list(numbering.iterfind(f"{W}num"))
        definition_ids = {value_of(num, "numId"): child_value(num, "abstractNumId") for num in nums}
        levels = {key: _levels(element) for key, element in definitions.items()}
        counters: dict[str, dict[int, int]] = {}
        lists: dict[str, _List] = {}
        for num in nums:
            key = self._linked_definition(child_value(num, "abstractNumId"), definitions, definition_ids)
            if key not in definitions:
                continue
            numbered = _List(dict(levels[key]), counters.setdefault(key, {}))
            for override in num.iterfind(f"{W}lvlOverride"):
                depth = _integer(value_of(override, "ilvl"), 0)
                numbered.levels.update(_levels(override))
                if override.find(f"{W}startOverride") is not None:
                    numbered.restarts[depth] = _integer(child_value(override, "startOverride"), 1)
            lists[value_of(num, "numId")] = numbered
        return lists

    def _linked_definition(
        self, key: str, definitions: Mapping[str, etree._Element], definition_ids: Mapping[str, str]
    ) -> str:
        """Follow definitions that only link to a style (w:numStyleLink) to the definition of that style's list."""
        for _ in range(_MOST_STEPS):
            link = child_value(definitions.get(key), "numStyleLink")
            style = self._styles.get(link)
            if style is None:
                break
            key = definition_ids.get(_own_list_and_level(style.find(f"{W}pPr"))[0], "")
        return key


def value_of(element: etree._Element, name: str = "val") -> str:
    """Return an attribute in Word's namespace; '' if it is missing."""
    return element.get(f"{W}{name}", "")


def child_value(element: etree._Element | None, name: str) -> str:
    """Return the w:val of a child element; '' if either is missing."""
    child = None if element is None else element.find(f"{W}{name}")
    return "" if child is None else value_of(child)


def is_on(element: etree._Element | None) -> bool:
    """Whether a property is present and not switched off."""
    return element is not None and value_of(element) not in _OFF


def _own_list_and_level(properties: etree._Element | None) -> tuple[str, str]:
    numbering = None if properties is None else properties.find(f"{W}numPr")
    return child_value(numbering, "numId"), child_value(numbering, "ilvl")


def _levels(parent: etree._Element) -> dict[int, _Level]:
    return {
        depth: _Level(
            start=_integer(child_value(level, "start"), 0),
            number_format=child_value(level, "numFmt") or "decimal",
            pattern=child_value(level, "lvlText"),
            suffix=child_value(level, "suff") or "tab",
            style=child_value(level, "pStyle"),
            is_legal=is_on(level.find(f"{W}isLgl")),
            restarts=child_value(level, "lvlRestart") != "0",
        )
        for level in parent.iterfind(f"{W}lvl")
        if (depth := _integer(value_of(level, "ilvl"), 0)) < _LEVELS
    }


def _count(numbered: _List, depth: int) -> None:
    """Advance the counter of a level; start missing higher levels, and restart deeper ones."""
    counters, levels = numbered.counters, numbered.levels
    for higher in range(depth):
        counters.setdefault(higher, levels[higher].start if higher in levels else 1)
    if depth in numbered.restarts:
        counters[depth] = numbered.restarts.pop(depth)
    elif depth in counters:
        counters[depth] += 1
    else:
        counters[depth] = levels[depth].start
    for deeper in [level for level in counters if level > depth]:
        if deeper not in levels or levels[deeper].restarts:
            del counters[deeper]


def _display(numbered: _List, depth: int) -> tuple[str, str]:
    """Fill in %1 … %9 of the level's pattern. Bullets have no meaning and are left out."""
    level = numbered.levels[depth]
    if level.number_format == "bullet":
        return "", ""
    text = level.pattern
    for index in range(min(depth + 1, _LEVELS)):
        if f"%{index + 1}" in text:
            own_format = numbered.levels[index].number_format if index in numbered.levels else "decimal"
            numeral = format_numeral(numbered.counters[index], "decimal" if level.is_legal else own_format)
            if numeral is None:
                return "", UNREAD
            text = text.replace(f"%{index + 1}", numeral)
    # A full-width character includes its own gap.
    has_gap = level.suffix == "space" or (level.suffix == "tab" and text[-1:].isascii())
    return (f"{text} " if text and has_gap else text), ""


def _integer(text: str, default: int) -> int:
    return int(text) if text.isdecimal() and len(text) <= 6 else default
