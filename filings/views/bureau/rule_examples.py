"""Describe the rules' examples as text: how a table differs from the sound one, and the rule's messages for it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from filings.document import money
from filings.document.bundled_editions import editions
from filings.document.edition import Edition
from filings.document.text import bare
from filings.rules import engine
from filings.rules.example import AMOUNTS, DUTIES, GOAL, ROWS, VALID_EXAMPLE, Example
from filings.rules.examples import EXAMPLES
from filings.rules.finding import KnownFacts
from filings.rules.money.budget import name_of

# Examples are made for the founding edition, whatever edition the cycle uses.
EDITION_CODE = "hunan-county-2022"


@dataclass(frozen=True)
class ExampleText:
    """A described table, as lines, and the rule's messages for it."""

    lines: tuple[str, ...]
    messages: tuple[str, ...]


@dataclass(frozen=True)
class ExamplePair:
    """A table that fails a rule and one that passes it."""

    failing: ExampleText
    passing: ExampleText


@cache
def example_pairs() -> dict[str, ExamplePair]:
    """Describe the examples by rule code. Rules without examples are missing."""
    edition = editions()[EDITION_CODE]
    return {
        code: ExamplePair(_describe(code, failing, edition), _describe(code, passing, edition))
        for code, (failing, passing) in EXAMPLES.items()
    }


@cache
def sound_table() -> tuple[str, ...]:
    """Describe the whole table from which the examples differ."""
    return tuple(_differences(Example(amounts=AMOUNTS, duties=DUTIES, goal=GOAL, rows=ROWS), editions()[EDITION_CODE]))


def _describe(code: str, example: Example, edition: Edition) -> ExampleText:
    own = replace(example.edition_with_weights(edition), rules={code: "error"})
    findings = engine.check(example.document(own), own, example.known_facts(own))
    lines = tuple(_differences(example, edition))
    return ExampleText(lines or ("与合格的表相同。",), tuple(dict.fromkeys(finding.message for finding in findings)))


def _differences(example: Example, edition: Edition) -> Iterator[str]:
    yield from _money(example, edition)
    yield from _texts(example)
    yield from _rows(example, edition)
    yield from _known(example.known)
    if example.last_year == VALID_EXAMPLE:
        yield "上年批复的表与合格的表相同"
    elif example.last_year:
        yield from (f"上年批复的表：{line}" for line in _differences(example.last_year, edition))


def _money(example: Example, edition: Edition) -> Iterator[str]:
    for line in edition.lines:
        if line.key in example.amounts:
            yield f"{name_of(line)}：{example.amounts[line.key] or '没有填'}"
    for name, amount in example.tasks:
        yield f"年度任务「{name}」：{amount}"


def _texts(example: Example) -> Iterator[str]:
    if example.duties is not None:
        yield f"职能职责：{''.join(example.duties) or '没有填'}"
    if example.goal is not None:
        yield f"整体绩效目标：{example.goal or '没有填'}"


def _rows(example: Example, edition: Edition) -> Iterator[str]:
    for _first, second in edition.leaves():
        if second.key in example.rows:
            rows = "；".join(
                f"{name or '（没有名称）'} {target or '（没有指标值）'}" for name, target in example.rows[second.key]
            )
            yield f"{bare(second.label)}：{rows or '一行也没有'}"
    if example.weights:
        yield "权重：" + "；".join(f"{name} {weight}" for name, weight in example.weights.items())


def _known(known: KnownFacts) -> Iterator[str]:
    if known.control is not None:
        yield f"预算控制数：{money.plain(known.control)} 万元"
    if known.department:
        yield f"填报单位：{known.department}"
    if known.departments:
        yield f"别的单位：{'、'.join(known.departments)}"
    if known.is_publication:
        yield "这份表正要公开"
