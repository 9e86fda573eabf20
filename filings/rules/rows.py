"""Indicators as rules read them: with their canonical class and parsed target."""

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
    """An indicator row with its parsed target.

    `canonical` is the canonical key of its second level, which is comparable across editions, '' for an unclassified
    row. `position` is its number in the table, from 1.
    """

    row: IndicatorRow
    canonical: str
    position: int

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
    def comparable_name(self) -> str:
        """The name for comparisons: half-width, without white space."""
        return bare(symbols(self.row.name))

    @property
    def name_place(self) -> Place:
        return indicator(self.row.key, "name")

    @property
    def target_place(self) -> Place:
        return indicator(self.row.key, "target")

    @property
    def is_phrase(self) -> bool:
        """Whether the target is a phrase and not a number, range or date."""
        return self.target is not None and self.target.kind is TargetKind.PHRASE

    @property
    def number(self) -> Decimal | None:
        """The number of the target, None if it has none."""
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
        """The target as an amount in 万元, None if its unit is not one of money: ≤278.99万元 gives 278.99."""
        if self.target is None or self.target.number is None or self.unit not in money.UNITS:
            return None
        return money.parse(f"{self.target.number}{self.unit}").value


def parse_indicators(document: FilingDocument, edition: Edition) -> tuple[ParsedIndicator, ...]:
    """Parse the indicators of a document, in its order."""
    return tuple(_parse(row, edition, position) for position, row in enumerate(document.indicators, start=1))


def _parse(row: IndicatorRow, edition: Edition, position: int) -> ParsedIndicator:
    levels = edition.levels(row.node) if row.node else None
    return ParsedIndicator(row, levels[1].canonical if levels else "", position)
