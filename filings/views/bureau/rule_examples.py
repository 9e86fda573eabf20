"""The examples of the rules in words: in what a table differs from the sound one, and what the rule says to it."""

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

# The examples are composed on the founding form, whichever form a cycle has.
FORM = "hunan-county-2022"


@dataclass(frozen=True)
class InWords:
    """A table in lines, and the sentences that the rule gives for it."""

    lines: tuple[str, ...]
    messages: tuple[str, ...]


@dataclass(frozen=True)
class ExamplePair:
    """What fails a rule and what passes it."""

    failing: InWords
    passing: InWords


@cache
def pairs() -> dict[str, ExamplePair]:
    """By the code of the rule. A rule without examples is not there."""
    form = editions()[FORM]
    return {
        code: ExamplePair(_in_words(code, failing, form), _in_words(code, passing, form))
        for code, (failing, passing) in EXAMPLES.items()
    }


@cache
def sound() -> tuple[str, ...]:
    """The whole table that the examples differ from."""
    return tuple(_differences(Example(amounts=AMOUNTS, duties=DUTIES, goal=GOAL, rows=ROWS), editions()[FORM]))


def _in_words(code: str, example: Example, form: Edition) -> InWords:
    own = replace(example.edition_with_weights(form), rules={code: "error"})
    found = engine.check(example.document(own), own, example.known_facts(own))
    lines = tuple(_differences(example, form))
    return InWords(lines or ("与合格的表相同。",), tuple(dict.fromkeys(finding.message for finding in found)))


def _differences(example: Example, form: Edition) -> Iterator[str]:
    yield from _money(example, form)
    yield from _texts(example)
    yield from _rows(example, form)
    yield from _known(example.known)
    if example.last_year == VALID_EXAMPLE:
        yield "上年批复的表与合格的表相同"
    elif example.last_year:
        yield from (f"上年批复的表：{line}" for line in _differences(example.last_year, form))


def _money(example: Example, form: Edition) -> Iterator[str]:
    for line in form.lines:
        if line.key in example.amounts:
            yield f"{name_of(line)}：{example.amounts[line.key] or '没有填'}"
    for name, amount in example.tasks:
        yield f"年度任务「{name}」：{amount}"


def _texts(example: Example) -> Iterator[str]:
    if example.duties is not None:
        yield f"职能职责：{''.join(example.duties) or '没有填'}"
    if example.goal is not None:
        yield f"整体绩效目标：{example.goal or '没有填'}"


def _rows(example: Example, form: Edition) -> Iterator[str]:
    for _first, second in form.leaves():
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
