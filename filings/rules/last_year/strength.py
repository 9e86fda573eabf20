"""Whether a target is weaker than last year's, in its own direction."""

from dataclasses import dataclass
from decimal import Decimal

from filings.choices import Comparator, TargetKind
from filings.rules.last_year.pairs import RowPair
from filings.rules.rows import ParsedIndicator
from filings.rules.targets.direction import direction_of

_UP = (Comparator.AT_LEAST, Comparator.MORE)
_DOWN = (Comparator.AT_MOST, Comparator.LESS)
_SCALES = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}
_LAST_DAY = "31"
_LAST_MONTH = "12"


@dataclass(frozen=True)
class _Measured:
    unit: str
    value: Decimal


def is_weaker(pair: RowPair) -> bool:
    """Whether this year's target is weaker.

    False if the two are not comparable, and for amounts of cost rows, which change with the budget.
    """
    now, before = pair.now.target, pair.before.target
    if now is None or before is None or _is_cost_money(pair):
        return False
    if before.kind is TargetKind.NUMBER and now.kind is TargetKind.PHRASE:
        return True
    if before.kind is TargetKind.DATE and now.kind is TargetKind.DATE:
        return before.comparator is Comparator.AT_MOST and _is_later(now.high, before.high)
    if before.kind is not TargetKind.NUMBER or now.kind is not TargetKind.NUMBER:
        return False
    return _number_is_weaker(pair)


def _number_is_weaker(pair: RowPair) -> bool:
    now, before = _measured(pair.now), _measured(pair.before)
    if now is None or before is None or now.unit != before.unit:
        return False
    direction = _direction(pair.before)
    own = pair.now.target.comparator if pair.now.target else None
    if direction > 0:
        return own not in _DOWN and now.value < before.value
    return direction < 0 and own not in _UP and now.value > before.value


def _direction(row: ParsedIndicator) -> int:
    """Return 1 if more is better, -1 if less is better, 0 if unknown. Rates without comparator go by name."""
    comparator = row.target.comparator if row.target else None
    if comparator in _UP or comparator in _DOWN:
        return 1 if comparator in _UP else -1
    return direction_of(row.comparable_name) if row.unit == "%" else 0


def _measured(row: ParsedIndicator) -> _Measured | None:
    """Convert money to 万元 and other units to those without the prefixes 万 and 亿."""
    if row.amount is not None:
        return _Measured("万元", row.amount)
    if row.number is None:
        return None
    scale = _SCALES.get(row.unit[:1]) if len(row.unit) > 1 else None
    return _Measured(row.unit[1:], row.number * scale) if scale else _Measured(row.unit, row.number)


def _is_cost_money(pair: RowPair) -> bool:
    return (pair.now.is_cost or pair.before.is_cost) and pair.before.amount is not None


def _is_later(now: str | None, before: str | None) -> bool:
    """Whether a date is later within its year; only months and days are compared."""
    return bool(now and before) and _day(now or "") > _day(before or "")


def _day(iso: str) -> tuple[int, int]:
    """Convert '2022-11-05', '--11' or '2022' to (month, day); a missing part is the last possible one."""
    _, _, rest = iso.removeprefix("-").partition("-")
    month, _, day = rest.partition("-")
    return int(month or _LAST_MONTH), int(day or _LAST_DAY)
