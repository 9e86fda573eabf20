"""Rules Y1–Y3: indicators compared with last year's approved table."""

from decimal import Decimal

from filings.choices import Comparator, TargetKind
from filings.document import place
from filings.rules.finding import NOT_APPLICABLE, QuickFix, RuleAnswer, RuleContext, Violation, quote
from filings.rules.last_year.pairs import Pairing, RowPair, pair_rows
from filings.rules.last_year.strength import is_weaker
from filings.rules.rows import ParsedIndicator
from filings.rules.tree.missing_rows import lacks_rows

_MOST_DROPPED = 10
_LASTING = (Comparator.AT_LEAST, Comparator.AT_MOST, Comparator.MORE, Comparator.LESS)


def targets_are_no_weaker_than_last_years(context: RuleContext) -> RuleAnswer:
    """Check Y1: no target is weaker than last year's."""
    rows = _paired_with_last_year(context)
    return NOT_APPLICABLE if rows is None else [_weaker(pair) for pair in rows.pairs if is_weaker(pair)]


def comparators_and_units_are_kept(context: RuleContext) -> RuleAnswer:
    """Check Y2: comparators and units of last year are kept. Weaker targets are reported only by Y1."""
    rows = _paired_with_last_year(context)
    if rows is None:
        return NOT_APPLICABLE
    lost = ((pair, _lost(pair)) for pair in rows.pairs)
    return [_loses(pair, parts) for pair, parts in lost if parts and not is_weaker(pair)]


def rows_of_last_year_are_kept(context: RuleContext) -> RuleAnswer:
    """Check Y3: rows of last year are kept under their names. Rows of classes that this edition lacks are ignored."""
    rows = _paired_with_last_year(context)
    if rows is None:
        return NOT_APPLICABLE
    nodes = {second.canonical: second.key for _, second in reversed(list(context.edition.leaves()))}
    violations = [_renamed(pair) for pair in rows.renamed]
    is_filling = lacks_rows(context)
    violations += [
        _dropped(row, nodes[row.canonical], is_filling=is_filling) for row in rows.dropped if row.canonical in nodes
    ]
    if len(violations) <= _MOST_DROPPED:
        return violations
    more = len(violations) - _MOST_DROPPED
    facts, advice = f"上年的指标另有 {more} 行今年未填写或改了名称。", "请对照上年批复的申报表逐行核对。"
    return [
        *violations[:_MOST_DROPPED],
        Violation(
            violations[_MOST_DROPPED].places, facts, {"more": Decimal(more)}, advice=advice, is_premature=is_filling
        ),
    ]


def _paired_with_last_year(context: RuleContext) -> Pairing | None:
    return None if context.known.last_year is None else pair_rows(context.rows, context.known.last_year.rows)


def _weaker(pair: RowPair) -> Violation:
    now, before = pair.now, pair.before
    numbers = {}
    if now.number is not None and before.number is not None:
        numbers = {"now": now.number, "before": before.number}
    vague = "，且没有可以衡量的数字" if now.is_phrase else ""
    facts = (
        f"指标{quote(now.name)}上年批复的是{quote(before.row.target)}，今年是{quote(now.row.target)}，"
        f"低于上年的要求{vague}。"
    )
    advice = "请改为不低于上年的要求，或说明理由。"
    return Violation((now.target_place,), facts, numbers, advice=advice)


def _lost(pair: RowPair) -> str:
    now, before = pair.now.target, pair.before.target
    if now is None or before is None or (now.kind, before.kind) != (TargetKind.NUMBER, TargetKind.NUMBER):
        return ""
    comparator = f"计算符号「{before.comparator}」" if before.comparator in _LASTING and not now.comparator else ""
    unit = f"计量单位「{before.unit}」" if before.unit and not now.unit else ""
    return "和".join(part for part in (comparator, unit) if part)


def _loses(pair: RowPair, parts: str) -> Violation:
    now, before = pair.now, pair.before
    facts = f"指标{quote(now.name)}上年是{quote(before.row.target)}，今年是{quote(now.row.target)}，缺少{parts}。"
    advice = "请补充，与上年写法一致。"
    return Violation((now.target_place,), facts, quick_fix=_last_years_text(pair), advice=advice)


def _last_years_text(pair: RowPair) -> QuickFix | None:
    """Offer last year's text if it differs only in the missing comparator or unit."""
    now, before = pair.now.target, pair.before.target
    if now is None or before is None or before.note or now.note or pair.now.number != pair.before.number:
        return None
    if now.comparator not in (None, before.comparator) or now.unit not in (None, before.unit):
        return None
    return QuickFix(f"改为 {before.text}", ((pair.now.target_place, before.text),))


def _renamed(pair: RowPair) -> Violation:
    facts = f"上年的指标{quote(pair.before.name)}，今年名称改为{quote(pair.now.name)}。"
    advice = "属于同一项指标的，请沿用上年的名称，以便前后对比。"
    return Violation((pair.now.name_place,), facts, advice=advice)


def _dropped(row: ParsedIndicator, node: str, *, is_filling: bool) -> Violation:
    value = f"（{row.row.target}）" if row.row.target else ""
    facts, advice = f"上年的指标{quote(row.name)}{value}今年未填写。", "工作仍在开展的，请保留该指标。"
    return Violation((place.node(node),), facts, advice=advice, is_premature=is_filling)
