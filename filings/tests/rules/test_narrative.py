"""H1."""

from dataclasses import replace

from filings.rules.finding import NOT_APPLICABLE, Case
from filings.rules.narrative import duties_and_goal_are_filled
from filings.tests.rules.documents import EDITION, a_table, told

NO_DUTIES = ("error", "duties", "部门职能职责概述还没有填写。请逐条写明部门的主要职责。")
NO_GOAL = ("error", "goals[0]", "整体绩效目标还没有填写。请写明本年度用这些资金要达到什么目标。")


def test_h1_holds() -> None:
    assert told(a_table(), "H1") == []


def test_h1_duties_are_empty() -> None:
    assert told(a_table(duties=(" ",)), "H1") == [NO_DUTIES]


def test_h1_the_goal_is_empty() -> None:
    assert told(a_table(goal=" \n"), "H1") == [NO_GOAL]


def test_h1_both_are_empty() -> None:
    assert told(a_table(duties=(), goal=""), "H1") == [NO_DUTIES, NO_GOAL]


def test_h1_asks_only_for_what_the_form_has() -> None:
    table = a_table(duties=(), goal="")
    without = {kind: [section for section in EDITION.sections if section.kind != kind] for kind in ("duties", "goal")}
    no_duties = replace(EDITION, sections=tuple(without["duties"]))
    answer = duties_and_goal_are_filled(Case(table, no_duties))
    assert isinstance(answer, list)
    assert [fault.message for fault in answer] == [NO_GOAL[2]]
    neither = replace(EDITION, sections=tuple(item for item in without["duties"] if item.kind != "goal"))
    assert duties_and_goal_are_filled(Case(table, neither)) is NOT_APPLICABLE
