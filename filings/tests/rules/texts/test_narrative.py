"""Rule H1: duties and goal are filled in."""

from dataclasses import replace

import pytest

from filings.document.edition import Edition
from filings.rules.finding import NOT_APPLICABLE, RuleContext
from filings.rules.texts.narrative import duties_and_goal_are_filled
from filings.tests.rules.documents import EDITION, a_table, report

NO_DUTIES = ("error", "duties", "部门职能职责概述尚未填写。请逐条写明部门的主要职责。")
NO_GOAL = ("error", "goals[0]", "整体绩效目标尚未填写。请写明本年度资金支出要达到的目标。")


def without(*kinds: str) -> Edition:
    return replace(EDITION, sections=tuple(section for section in EDITION.sections if section.kind not in kinds))


def test_h1_the_valid_table_has_no_findings() -> None:
    assert report(a_table(), "H1") == []


def test_h1_duties_are_empty() -> None:
    assert report(a_table(duties=(" ",)), "H1") == [NO_DUTIES]


def test_h1_the_goal_is_empty() -> None:
    assert report(a_table(goal=" \n"), "H1") == [NO_GOAL]


def test_h1_both_are_empty() -> None:
    assert report(a_table(duties=(), goal=""), "H1") == [NO_DUTIES, NO_GOAL]


@pytest.mark.parametrize(("missing", "message"), [("duties", NO_GOAL[2]), ("goal", NO_DUTIES[2])])
def test_h1_requires_only_sections_of_the_edition(missing: str, message: str) -> None:
    answer = duties_and_goal_are_filled(RuleContext(a_table(duties=(), goal=""), without(missing)))
    assert isinstance(answer, list)
    assert [violation.facts + violation.advice for violation in answer] == [message]


def test_h1_does_not_apply_without_duties_and_goal() -> None:
    assert (
        duties_and_goal_are_filled(RuleContext(a_table(duties=(), goal=""), without("duties", "goal")))
        is NOT_APPLICABLE
    )
