"""Rules B6, B7 and B8: the total compared with last year, the control figure and the tasks."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from filings.document.content import FilingDocument, TaskRow
from filings.rules.engine import check
from filings.rules.finding import NOT_APPLICABLE, KnownFacts, LastYear, RuleAnswer, RuleContext, Undetermined, Violation
from filings.rules.money.totals import (
    tasks_add_up_to_the_total,
    total_equals_the_control_figure,
    total_is_near_last_years,
)
from filings.tests.rules.documents import EDITION, a_table


def report(answer: RuleAnswer) -> list[tuple[str, str]]:
    """Return places and message of each violation."""
    assert not isinstance(answer, Undetermined)
    assert answer is not NOT_APPLICABLE
    assert isinstance(answer, list)
    violations: list[Violation] = answer
    return [(" ".join(map(str, violation.places)), violation.facts + violation.advice) for violation in violations]


def compare_with_last_year(before: str, now: str = "550.13", limits: Mapping[str, Decimal] | None = None) -> RuleAnswer:
    last_year = LastYear(a_table(amounts={"TOTAL": before}), EDITION)
    return total_is_near_last_years(
        RuleContext(a_table(amounts={"TOTAL": now}), EDITION, KnownFacts(last_year=last_year), limits or {})
    )


def compare_with_control(control: str | None, now: str = "550.13") -> RuleAnswer:
    known = KnownFacts(control=None if control is None else Decimal(control))
    return total_equals_the_control_figure(RuleContext(a_table(amounts={"TOTAL": now}), EDITION, known))


def with_tasks(*amounts: str, total: str = "550.13") -> FilingDocument:
    tasks = tuple(TaskRow(f"t{n}", {"name": "任务", "amount": text}) for n, text in enumerate(amounts, start=1))
    return replace(a_table(amounts={"TOTAL": total}), tasks=tasks)


def tasks_of(*amounts: str, total: str = "550.13") -> RuleAnswer:
    return tasks_add_up_to_the_total(RuleContext(with_tasks(*amounts, total=total), EDITION))


def test_b6_much_more_than_last_year() -> None:
    answer = compare_with_last_year("398")
    assert report(answer) == [
        (
            "amounts[TOTAL]",
            "资金总额 550.13 万元，比上年批复的 398.00 万元多 152.13 万元，相差 38.23%，超过 30%。"
            "请核对资金总额；变化属实的，请说明原因。",
        )
    ]
    assert isinstance(answer, list)
    assert answer[0].numbers == {"total": Decimal("550.13"), "last_year": Decimal(398)}


def test_b6_much_less_than_last_year() -> None:
    [(_, message)] = report(compare_with_last_year("1100.26"))
    assert message.startswith("资金总额 550.13 万元，比上年批复的 1,100.26 万元少 550.13 万元，相差 50%，")


@pytest.mark.parametrize(("now", "holds"), [("130", True), ("70", True), ("130.01", False), ("69.99", False)])
def test_b6_holds_up_to_the_limit(now: str, holds: bool) -> None:
    assert (report(compare_with_last_year("100", now)) == []) is holds


def test_b6_the_displayed_share_is_never_equal_to_the_limit() -> None:
    [(_, message)] = report(compare_with_last_year("100000", "130000.01"))
    assert "相差 30.01%，超过 30%。" in message


def test_b6_the_edition_sets_the_limit() -> None:
    assert report(compare_with_last_year("398", limits={"B6": Decimal(40)})) == []


@pytest.mark.parametrize("before", ["", "0", "约四百"])
def test_b6_needs_last_years_total(before: str) -> None:
    assert compare_with_last_year(before) is NOT_APPLICABLE


def test_b6_needs_last_year_and_a_total() -> None:
    assert total_is_near_last_years(RuleContext(a_table(), EDITION)) is NOT_APPLICABLE
    assert compare_with_last_year("398", "") is NOT_APPLICABLE
    assert compare_with_last_year("398", "约五百") == Undetermined("资金总额无法识别金额，暂时无法与上年批复数核对。")


def test_b6_reads_last_years_total_by_its_own_edition() -> None:
    total = replace(EDITION.total, key="ALL")
    other = replace(EDITION, unit="元", total=total)
    before = replace(a_table(), amounts={"ALL": "5501300"})
    known = KnownFacts(last_year=LastYear(before, other))
    assert report(total_is_near_last_years(RuleContext(a_table(), EDITION, known))) == []


@pytest.mark.parametrize(
    ("rules", "amounts"),
    [
        # B9: the whole table is in 元. B4: the total is, its lines are not.
        ({"B9": "error"}, dict.fromkeys(("TOTAL", "INC.GENERAL", "EXP.PROJECT"), "5501300")),
        ({"B4": "warning"}, {"TOTAL": "5501300"}),
    ],
)
def test_b6_leaves_a_total_in_yuan_to_the_rules_of_units(rules: dict[str, str], amounts: dict[str, str]) -> None:
    known = KnownFacts(last_year=LastYear(a_table(amounts={"TOTAL": "398"}), EDITION))
    table = a_table(amounts={"EXP.BASIC": "", **amounts} if "B9" in rules else amounts)

    def found(rules: dict[str, str]) -> list[str]:
        return [finding.code for finding in check(table, replace(EDITION, rules={"B6": "warning", **rules}), known)]

    assert found(rules) == list(rules)
    assert found({}) == ["B6"]


def test_b6_is_independent_of_a_line_in_yuan() -> None:
    known = KnownFacts(last_year=LastYear(a_table(amounts={"TOTAL": "398"}), EDITION))
    edition = replace(EDITION, rules={"B4": "warning", "B6": "warning", "B9": "error"})
    found = check(a_table(amounts={"EXP.PROJECT": "2330000"}), edition, known)
    assert sorted(finding.code for finding in found) == ["B4", "B6"]


def test_b7_more_than_the_control_figure() -> None:
    answer = compare_with_control("545")
    assert report(answer) == [
        (
            "amounts[TOTAL]",
            "资金总额 550.13 万元，比财政部门下达的预算控制数 545.00 万元多 5.13 万元。"
            "请按控制数核对资金总额；对控制数有疑问的，请联系财政局对口的业务股室。",
        )
    ]
    assert isinstance(answer, list)
    assert answer[0].numbers["gap"] == Decimal("5.13")


def test_b7_less_than_the_control_figure() -> None:
    [(_, message)] = report(compare_with_control("560.13"))
    assert "预算控制数 560.13 万元少 10.00 万元。" in message


@pytest.mark.parametrize(("control", "holds"), [("550.135", True), ("550.125", True), ("550.1351", False)])
def test_b7_holds_within_half_a_hundredth(control: str, holds: bool) -> None:
    assert (report(compare_with_control(control)) == []) is holds


def test_b7_needs_a_control_figure_and_a_total() -> None:
    assert compare_with_control(None) is NOT_APPLICABLE
    assert compare_with_control("545", "") is NOT_APPLICABLE
    assert compare_with_control("545", "约五百") == Undetermined("资金总额无法识别金额，暂时无法与预算控制数核对。")
    assert len(report(compare_with_control("0"))) == 1


def test_b8_tasks_fall_short() -> None:
    answer = tasks_of("317.13", "223")
    assert report(answer) == [
        (
            "amounts[TOTAL] tasks[t1].amount tasks[t2].amount",
            "2 项任务的预算金额合计 540.13 万元，比资金总额 550.13 万元少 10.00 万元。"
            "请核对各项任务的预算金额或资金总额。",
        )
    ]
    assert isinstance(answer, list)
    assert answer[0].numbers["gap"] == Decimal(-10)


def test_b8_tasks_are_too_much() -> None:
    [(_, message)] = report(tasks_of("317.13", "233.01"))
    assert "550.14 万元，比资金总额 550.13 万元多 0.01 万元。" in message


def test_b8_tasks_add_up_in_any_unit() -> None:
    assert report(tasks_of("3171300元", "", "233")) == report(tasks_of("317.13", "233.005")) == []


def test_b8_unreadable_amounts() -> None:
    assert tasks_of("317.13", "约二百") == Undetermined("有任务的预算金额无法识别，暂时无法核对各项任务的合计。")
    assert tasks_of("1", total="约") == Undetermined("资金总额无法识别金额，暂时无法与各项任务的预算金额核对。")


def test_b8_needs_tasks_with_amounts_and_a_total() -> None:
    assert tasks_of() is NOT_APPLICABLE
    assert tasks_of("1", total="") is NOT_APPLICABLE
    nameless = replace(a_table(), tasks=(TaskRow("t1", {"name": "任务"}),))
    assert tasks_add_up_to_the_total(RuleContext(nameless, EDITION)) is NOT_APPLICABLE
