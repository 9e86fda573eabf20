"""Indicators as rules read them: with the class that compares across forms, and the target understood."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from filings.choices import TargetKind
from filings.document import money, target
from filings.document.content import FilingDocument, IndicatorRow
from filings.document.edition import Edition
from filings.document.place import Place, indicator
from filings.document.target import Target
from filings.document.text import bare, symbols


@dataclass(frozen=True)
class ParsedIndicator:
    """An indicator. `canonical` is its second level's key that compares across forms, '' for a row without a class;
    `at` is its number in the table, from 1."""

    row: IndicatorRow
    canonical: str
    first: str
    at: int

    @property
    def key(self) -> str:
        return self.row.key

    @property
    def name(self) -> str:
        return self.row.name

    @cached_property
    def target(self) -> Target | None:
        return target.parse(self.row.target)

    @cached_property
    def compared(self) -> str:
        """The name as names are compared: half width, without white space."""
        return bare(symbols(self.row.name))

    @property
    def name_place(self) -> Place:
        return indicator(self.row.key, "name")

    @property
    def target_place(self) -> Place:
        return indicator(self.row.key, "target")

    @property
    def is_phrase(self) -> bool:
        """Whether the value says nothing that can be measured: neither number, range nor date."""
        return self.target is not None and self.target.kind is TargetKind.PHRASE

    @property
    def number(self) -> Decimal | None:
        """The target's number, None when it is none."""
        return Decimal(self.target.number) if self.target and self.target.number is not None else None

    @property
    def unit(self) -> str:
        return (self.target and self.target.unit) or ""

    @property
    def is_cost(self) -> bool:
        return self.canonical == "OUT.COST" or self.canonical.startswith("COST.")

    @property
    def is_satisfaction(self) -> bool:
        return self.canonical.startswith("SAT.")

    @cached_property
    def amount(self) -> Decimal | None:
        """The target as an amount of money in 万元, None when its unit is none of money: ≤278.99万元 gives 278.99."""
        if self.target is None or self.target.number is None or self.unit not in money.UNITS:
            return None
        return money.parse(f"{self.target.number}{self.unit}").value


def parse_indicators(document: FilingDocument, edition: Edition) -> tuple[ParsedIndicator, ...]:
    """All indicators of a document, in its order."""
    return tuple(_read(row, edition, at) for at, row in enumerate(document.indicators, start=1))


def _read(row: IndicatorRow, edition: Edition, at: int) -> ParsedIndicator:
    levels = edition.levels(row.node) if row.node else None
    return ParsedIndicator(row, levels[1].canonical if levels else "", levels[0].canonical if levels else "", at)
