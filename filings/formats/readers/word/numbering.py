"""Word's automatic numbering: 「（一）」 stands nowhere in the text, it is counted from lists and styles."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from filings.formats.readers.word.numerals import written
from filings.formats.readers.word.package import W

UNREAD = "自动编号没有读出，请对照原文件补上。"
_LEVELS = 9
# Of styles based on styles, and of lists that refer to a style; also against circles.
_MOST_STEPS = 20
_OFF = ("0", "false", "off")


@dataclass(frozen=True)
class _Level:
    start: int = 1
    hand: str = "decimal"
    pattern: str = ""
    suffix: str = "tab"
    style: str = ""
    is_legal: bool = False
    restarts: bool = True


@dataclass
class _List:
    """A list as paragraphs name it. `counters` are shared by the lists of one kind; `fresh` begin anew in this one."""

    levels: dict[int, _Level]
    counters: dict[int, int]
    fresh: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Gives paragraphs, one after another, the numerals that Word shows before them."""

    def __init__(self, numbering: etree._Element | None, styles: etree._Element | None) -> None:
        self._styles = {
            value_of(style, "styleId"): style for style in ([] if styles is None else styles.iterfind(f"{W}style"))
        }
        self._lists = {} if numbering is None else self._read_lists(numbering)

    def numeral(self, properties: etree._Element | None) -> tuple[str, str]:
        """The numeral of the next paragraph, '' where it has none, and a warning where it could not be told."""
        number, depth = self._membership(properties)
        if number in ("", "0"):
            return "", ""
        of = self._lists.get(number)
        if of is None or depth not in of.levels:
            return "", UNREAD
        self._count(of, depth)
        return _shown(of, depth)

    def _membership(self, properties: etree._Element | None) -> tuple[str, int]:
        """The list and the level of a paragraph: its own say, then that of its style and of what this is based on."""
        if properties is None:
            return "", 0
        number, level = _say(properties)
        style = child_value(properties, "pStyle")
        name = style
        for _ in range(_MOST_STEPS):
            element = self._styles.get(name)
            if element is None or number:
                break
            number, says = _say(element.find(f"{W}pPr"))
            level = level or says
            name = child_value(element, "basedOn")
        return number, _whole(level, self._level_of_style(number, style))

    def _level_of_style(self, number: str, style: str) -> int:
        levels = self._lists[number].levels if number in self._lists else {}
        return next((depth for depth, level in levels.items() if style and level.style == style), 0)

    def _count(self, of: _List, depth: int) -> None:
        for level in range(depth):
            of.counters.setdefault(level, of.levels[level].start if level in of.levels else 1)
        if depth in of.fresh:
            of.counters[depth] = of.fresh.pop(depth)
        elif depth in of.counters:
            of.counters[depth] += 1
        else:
            of.counters[depth] = of.levels[depth].start
        for deeper in [level for level in of.counters if level > depth]:
            if deeper not in of.levels or of.levels[deeper].restarts:
                del of.counters[deeper]

    def _read_lists(self, numbering: etree._Element) -> dict[str, _List]:
        kinds = {value_of(kind, "abstractNumId"): kind for kind in numbering.iterfind(f"{W}abstractNum")}
        kind_of = {value_of(of, "numId"): child_value(of, "abstractNumId") for of in numbering.iterfind(f"{W}num")}
        levels = {name: _levels(kind) for name, kind in kinds.items()}
        counters: dict[str, dict[int, int]] = {}
        lists: dict[str, _List] = {}
        for of in numbering.iterfind(f"{W}num"):
            kind = self._linked(child_value(of, "abstractNumId"), kinds, kind_of)
            if kind not in kinds:
                continue
            found = _List(dict(levels[kind]), counters.setdefault(kind, {}))
            for override in of.iterfind(f"{W}lvlOverride"):
                depth = _whole(value_of(override, "ilvl"), 0)
                found.levels.update(_levels(override))
                if override.find(f"{W}startOverride") is not None:
                    found.fresh[depth] = _whole(child_value(override, "startOverride"), 1)
            lists[value_of(of, "numId")] = found
        return lists

    def _linked(self, kind: str, kinds: Mapping[str, etree._Element], kind_of: Mapping[str, str]) -> str:
        """The kind of list with the levels: one may only refer to a style, whose list has them."""
        for _ in range(_MOST_STEPS):
            link = child_value(kinds.get(kind), "numStyleLink")
            style = self._styles.get(link)
            if style is None:
                break
            kind = kind_of.get(_say(style.find(f"{W}pPr"))[0], "")
        return kind


def value_of(element: etree._Element, name: str = "val") -> str:
    """An attribute of Word's, '' without it."""
    return element.get(f"{W}{name}", "")


def child_value(element: etree._Element | None, name: str) -> str:
    """The value of a child of this name, '' without one."""
    child = None if element is None else element.find(f"{W}{name}")
    return "" if child is None else value_of(child)


def is_on(element: etree._Element | None) -> bool:
    """Whether a property is there and not switched off."""
    return element is not None and value_of(element) not in _OFF


def _say(properties: etree._Element | None) -> tuple[str, str]:
    own = None if properties is None else properties.find(f"{W}numPr")
    return child_value(own, "numId"), child_value(own, "ilvl")


def _levels(parent: etree._Element) -> dict[int, _Level]:
    return {
        depth: _Level(
            start=_whole(child_value(level, "start"), 0),
            hand=child_value(level, "numFmt") or "decimal",
            pattern=child_value(level, "lvlText"),
            suffix=child_value(level, "suff") or "tab",
            style=child_value(level, "pStyle"),
            is_legal=is_on(level.find(f"{W}isLgl")),
            restarts=child_value(level, "lvlRestart") != "0",
        )
        for level in parent.iterfind(f"{W}lvl")
        if (depth := _whole(value_of(level, "ilvl"), 0)) < _LEVELS
    }


def _shown(of: _List, depth: int) -> tuple[str, str]:
    """The pattern with its %1 … %9 filled in. What a bullet looks like says nothing, and it is left out."""
    level = of.levels[depth]
    if level.hand == "bullet":
        return "", ""
    text = level.pattern
    for at in range(min(depth + 1, _LEVELS)):
        if f"%{at + 1}" in text:
            hand = "decimal" if level.is_legal else of.levels[at].hand if at in of.levels else "decimal"
            numeral = written(of.counters[at], hand)
            if numeral is None:
                return "", UNREAD
            text = text.replace(f"%{at + 1}", numeral)
    # A full-width sign brings its own gap.
    has_gap = level.suffix == "space" or (level.suffix == "tab" and text[-1:].isascii())
    return (f"{text} " if text and has_gap else text), ""


def _whole(text: str, otherwise: int) -> int:
    return int(text) if text.isdecimal() and len(text) <= 6 else otherwise
