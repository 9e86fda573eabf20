"""Reads .xlsx: the sheets' XML itself, for only there stand number formats, errors and formulas without results."""

import re
from functools import lru_cache
from posixpath import dirname, join, normpath

from filings.formats.file import CannotRead
from filings.formats.readers.spreadsheet import values
from filings.formats.readers.spreadsheet.cells import MOST_CHARACTERS, Collection
from filings.formats.readers.spreadsheet.number_formats import BUILT_IN
from filings.formats.readers.spreadsheet.package import BROKEN, Package, Silent

MOST_STYLES = 100_000
MOST_STRINGS = 500_000

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")


def read(package: Package, found: Collection) -> None:
    """Puts every cell of every sheet. Raises CannotRead."""
    start = _Relations(package, "")
    book_path = next((path for kind, path in start.by_id.values() if kind == "officeDocument"), "xl/workbook.xml")
    relations = _Relations(package, book_path)
    book, styles, strings = _Book(), _Styles(), _Strings()
    package.hear(book_path, book)
    for kind, path in relations.by_id.values():
        if kind == "styles" and package.has(path):
            package.hear(path, styles)
        if kind == "sharedStrings" and package.has(path):
            package.hear(path, strings)
    codes = styles.codes()
    for name, identity in book.sheets:
        kind, path = relations.by_id.get(identity, ("", ""))
        if kind == "worksheet":
            found.begin(name)
            package.hear(path, _SheetParser(found, strings.all, codes, from_1904=book.from_1904))


class _Relations(Silent):
    """What a part points at: the last word of each relation's kind, and the path, by its identity."""

    def __init__(self, package: Package, part: str) -> None:
        self.by_id: dict[str, tuple[str, str]] = {}
        self._folder = dirname(part)
        name = f"{self._folder}/_rels/{part.rpartition('/')[2]}.rels".lstrip("/")
        if package.has(name):
            package.hear(name, self)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "Relationship" and attributes.get("TargetMode") != "External":
            path = normpath(join("/", self._folder, attributes.get("Target", "").replace("\\", "/"))).lstrip("/")
            self.by_id[attributes.get("Id", "")] = attributes.get("Type", "").rpartition("/")[2], path


class _Book(Silent):
    """The sheets in their order, each with the identity of the relation that leads to it."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []
        self.from_1904 = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "sheet":
            identity = next((value for name, value in attributes.items() if name.endswith(":id")), "")
            self.sheets.append((attributes.get("name", ""), identity))
        elif tag == "workbookPr":
            self.from_1904 = attributes.get("date1904") in ("1", "true", "on")


class _Styles(Silent):
    """The number formats of the cells' styles."""

    def __init__(self) -> None:
        self._named: dict[str, str] = {}
        self._used: list[str] = []
        self._is_of_cells = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "cellXfs":
            self._is_of_cells = True
        elif tag == "xf" and self._is_of_cells:
            self._used.append(attributes.get("numFmtId", "0"))
        elif tag == "numFmt":
            self._named[attributes.get("numFmtId", "")] = attributes.get("formatCode", "General")
        if max(len(self._used), len(self._named)) > MOST_STYLES:
            raise CannotRead(f"文件里的单元格样式多于 {MOST_STYLES} 种，读不下来。请把要导入的表复制到新文件再导入。")

    def end(self, tag: str) -> None:
        if tag == "cellXfs":
            self._is_of_cells = False

    def codes(self) -> list[str]:
        return [self._named.get(used) or BUILT_IN.get(_whole(used), "General") for used in self._used]


class _Words(Silent):
    """Hears the text of a string, put together from its runs, without the readings of its characters."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self._is_reading = self._is_open = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "rPh":
            self._is_reading = True
        elif tag == "t":
            self._is_open = not self._is_reading

    def end(self, tag: str) -> None:
        if tag == "rPh":
            self._is_reading = False
        elif tag == "t":
            self._is_open = False

    def text(self, text: str) -> None:
        if self._is_open:
            self.words.append(text)

    def taken(self) -> str:
        """The text heard so far, which is then forgotten."""
        text = unescaped("".join(self.words))
        self.words.clear()
        return text


class _Strings(_Words):
    """The texts that cells of all sheets share."""

    def __init__(self) -> None:
        super().__init__()
        self.all: list[str] = []
        self._characters = 0

    def end(self, tag: str) -> None:
        super().end(tag)
        if tag == "si":
            self.all.append(self.taken())
            self._characters += len(self.all[-1])
            if len(self.all) > MOST_STRINGS or self._characters > MOST_CHARACTERS:
                raise CannotRead(
                    f"文件里的文字超过 {MOST_CHARACTERS} 字或 {MOST_STRINGS} 段，读不下来。"
                    "请只留要导入的表，删去多余的工作表，另存后再导入。"
                )


class _SheetParser(_Words):
    """Puts the cells of one sheet."""

    def __init__(self, found: Collection, strings: list[str], codes: list[str], *, from_1904: bool) -> None:
        super().__init__()
        self._found, self._strings, self._codes, self._from_1904 = found, strings, codes, from_1904
        self._row = self._column = -1
        self._attributes: dict[str, str] = {}
        self._is_formula = self._has_value = self._is_cell = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "c":
            self._begin(attributes)
        elif tag == "row":
            self._row = _whole(attributes["r"]) - 1 if "r" in attributes else self._row + 1
            self._column = -1
        elif tag == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif self._is_cell and tag == "f":
            self._is_formula = True
        elif self._is_cell and tag == "v":
            self._is_open = self._has_value = self._attributes.get("t") != "inlineStr"
        elif self._is_cell:
            super().start(tag, attributes)

    def end(self, tag: str) -> None:
        if tag == "c":
            self._is_cell = False
            if self.words or self._is_formula:
                self._found.put(self._row, self._column, *self._shown(self.taken()))
        elif tag == "v":
            self._is_open = False
        else:
            super().end(tag)

    def _begin(self, attributes: dict[str, str]) -> None:
        place = _place(attributes["r"]) if "r" in attributes else (self._row, self._column + 1)
        if place is None or min(place) < 0:
            raise CannotRead(BROKEN)
        self._row, self._column = place
        self._attributes, self._is_cell = attributes, True
        self._is_formula = self._has_value = False
        self.words.clear()

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        start, stop = _place(first), _place(last or first)
        if start and stop:
            self._found.merge(*start, *stop)

    def _shown(self, text: str) -> values.Shown:
        kind = self._attributes.get("t", "n")
        # A formula may well have an empty text for its result, but no empty number.
        if self._is_formula and not text and not (self._has_value and kind == "str"):
            return "", values.NO_RESULT
        if kind == "s":
            at = _whole(text)
            return (self._strings[at] if 0 <= at < len(self._strings) else ""), ""
        if kind == "b":
            return values.truth(text.strip() in ("1", "true"))
        if kind == "e":
            return values.failure(text.strip())
        if kind == "d":
            return values.of_text_day(text.strip())
        return self._number(text) if kind == "n" and text else (text, "")

    def _number(self, text: str) -> values.Shown:
        try:
            value = float(text)
        except ValueError:
            return text, "这一格本应是数，请核对"
        style = _whole(self._attributes.get("s", "0"))
        code = self._codes[style] if 0 <= style < len(self._codes) else "General"
        return values.number(value, code, from_1904=self._from_1904)


def unescaped(text: str) -> str:
    """A text without Excel's escapes: `_x000D_` is a line's end, `_x005F_` keeps another from being one."""
    if "_x" in text:
        text = _ESCAPED.sub(_character, text).replace("\r\n", "\n").replace("\r", "\n")
    return text


def _character(escape: re.Match[str]) -> str:
    code = int(escape[1], 16)
    # Half a character cannot stand in a text, and control characters are not seen.
    return "" if 0xD800 <= code < 0xE000 or (code < 32 and code not in (9, 10, 13)) else chr(code)


def _place(reference: str) -> tuple[int, int] | None:
    """Row and column of a cell's name, from nought."""
    match = _CELL.fullmatch(reference)
    return (int(match[2]) - 1, _column(match[1])) if match else None


@lru_cache(maxsize=1024)
def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def _whole(text: str) -> int:
    """A whole number, or -1 where there is none."""
    return int(text) if text.isascii() and text.strip().isdigit() and len(text) < 12 else -1
