"""Compare what was read from a composed table with what is right: how much is right, what is wrong, what is doubted."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from filings.document import place, target
from filings.document.content import IndicatorRow
from filings.document.edition import Edition
from filings.document.money import parse
from filings.document.place import Place
from filings.document.text import bare
from filings.table.grid import Grid
from filings.table.reading.find_tables import find_tables, recognise_edition, split_tables
from filings.table.reading.read_table import NotATable, Reading
from filings.table.reading.vocabulary import NEAREST

PARTS = ("indicators", "money", "duties", "goals", "fields")


@dataclass
class Score:
    """Counts of the right texts and of those found by part; `wrong` are wrong texts without a warning."""

    expected: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    needless: int = 0
    tables: int = 0

    def add(self, other: "Score") -> None:
        self.expected += other.expected
        self.right += other.right
        self.wrong += other.wrong
        self.missed += other.missed
        self.needless += other.needless
        self.tables += other.tables

    def share(self, part: str) -> float:
        """Return the share of right texts of a part, 1 if none is expected."""
        return self.right[part] / self.expected[part] if self.expected[part] else 1.0

    def found(self, part: str, text: str, is_right: bool) -> None:
        self.expected[part] += 1
        self.right[part] += is_right
        if not is_right:
            self.missed.append(f"{part}: {text}")


def judge(grids: Sequence[Grid], right: Sequence[Mapping[str, Any]], editions: Sequence[Edition]) -> Score:
    """Read a file's grids as an upload is read, and compare the tables with the right documents in order."""
    score = Score(tables=1)
    try:
        largest = max(split_tables(grids), key=lambda grid: len(grid.rows))
        edition = recognise_edition(largest, editions)
        readings = [table.reading for table in find_tables(grids, edition).tables]
    except (NotATable, ValueError):
        edition, readings = editions[0], []
    for index, document in enumerate(right):
        reading = readings[index] if index < len(readings) else None
        _compare(score, document, reading, edition)
    return score


def _compare(score: Score, right: Mapping[str, Any], reading: Reading | None, edition: Edition) -> None:
    judged = [
        *_fields(score, right, reading),
        *_money(score, right, reading, edition),
        *_prose(score, right, reading),
        *_indicators(score, right["indicators"], reading, edition),
    ]
    warnings = reading.warnings if reading else {}
    for where, is_right, text in judged:
        if where in warnings:
            score.needless += is_right
        elif not is_right:
            score.wrong.append(f"{where}: {text}")


Judged = Iterator[tuple[Place, bool, str]]


def _fields(score: Score, right: Mapping[str, Any], reading: Reading | None) -> Judged:
    read = reading.document.fields if reading else {}
    for key, text in right["fields"].items():
        if text:
            score.found("fields", f"{key} {text}", same(read.get(key, ""), text))
    for key in right["fields"].keys() & read.keys():
        if read[key]:
            yield place.field(key), same(read[key], right["fields"][key] or ""), read[key]


def _money(score: Score, right: Mapping[str, Any], reading: Reading | None, edition: Edition) -> Judged:
    amounts = {"TOTAL": right["total"], **right["amounts"]}
    read = reading.document.amounts if reading else {}
    for key, text in amounts.items():
        if text:
            score.found("money", f"{key} {text} {read.get(key)!r}", _value(read.get(key, ""), edition) == Decimal(text))
    for key, text in read.items():
        if text:
            wanted = amounts.get(key)
            yield place.amount(key), wanted is not None and _value(text, edition) == Decimal(wanted), f"{key} {text}"


def _value(text: str, edition: Edition) -> Decimal | None:
    return parse(text, edition.unit).value if text else None


def _prose(score: Score, right: Mapping[str, Any], reading: Reading | None) -> Judged:
    duties = Counter(map(bare, right["duties"]))
    read = Counter(bare(row.text) for row in reading.document.duties) if reading else Counter()
    for text, count in duties.items():
        for number in range(count):
            score.found("duties", text[:60], read[text] > number)
    goal = bare(reading.document.goal) if reading else ""
    if right["goal"]:
        score.found("goals", f"{right['goal'][:40]} / {goal[:60]}", goal == bare(right["goal"]))
    if reading:
        for row in reading.document.duties:
            yield place.duty(row.key), bare(row.text) in duties, row.text[:40]
        if goal:
            yield place.goal(), goal == bare(right["goal"] or ""), goal[:40]


def _indicators(score: Score, right: Sequence[Mapping[str, Any]], reading: Reading | None, edition: Edition) -> Judged:
    rows = list(reading.document.indicators) if reading else []
    for wanted in right:
        row = _best(wanted, rows)
        if row is None:
            score.found("indicators", f"{wanted['name']} {wanted['target']}", False)
            continue
        rows.remove(row)
        is_value, is_class = _is_target(row, wanted), _is_class(row, wanted, edition)
        found = f"{wanted['name']} {wanted['target']} {wanted['node']} / {row.target} {row.node}"
        score.found("indicators", found, is_value and is_class)
        yield place.indicator(row.key, "name"), True, row.name
        if row.target:
            yield place.indicator(row.key, "target"), is_value, f"{row.name} {row.target}"
        if row.node:
            yield place.indicator(row.key, "node"), is_class, f"{row.name} {row.node}"
    for row in rows:
        yield place.indicator(row.key, "name" if row.name else "target"), False, f"{row.name} {row.target}"


def _best(wanted: Mapping[str, Any], rows: Sequence[IndicatorRow]) -> IndicatorRow | None:
    """Return the row of the same name, with the same value if there are several."""
    named = [row for row in rows if same(row.name, wanted["name"])]
    return next((row for row in named if _is_target(row, wanted)), next(iter(named), None))


def _is_target(row: IndicatorRow, wanted: Mapping[str, Any]) -> bool:
    wanted_text: str = wanted["target"] or ""
    return same(target.normalize(row.target), target.normalize(wanted_text))


def _is_class(row: IndicatorRow, wanted: Mapping[str, Any], edition: Edition) -> bool:
    """Whether the class is right: the same, or the nearest or none where the edition does not have it."""
    canonical = {node.canonical for _, node in edition.leaves()}
    node = next((node.canonical for _, node in edition.leaves() if node.key == row.node), None)
    if wanted["node"] in canonical or wanted["node"] is None:
        return bool(node == wanted["node"])
    return node is None or node in NEAREST.get(wanted["node"], ())


def same(text: str, other: str) -> bool:
    return bare(text) == bare(other)
