"""Findings for reviewers: facts without the advice to the department, and advice of their own."""

import re
from dataclasses import dataclass, replace

import pytest

from filings.choices import Severity
from filings.document import place
from filings.document.bundled_editions import editions
from filings.rules import engine
from filings.rules.advice import for_reviewers
from filings.rules.engine import check
from filings.rules.examples import EXAMPLES
from filings.rules.finding import KnownFacts, RuleFinding
from filings.tests.rules.documents import EDITION, a_table

QUOTED = re.compile("「[^」]*」")


@dataclass(frozen=True)
class Described:
    code: str
    facts: str
    severity: str = Severity.WARNING


def findings_of(code: str) -> tuple[RuleFinding, ...]:
    example = EXAMPLES[code][0]
    edition = replace(example.edition_with_weights(editions()["hunan-county-2022"]), rules={code: "error"})
    return engine.check(example.document(edition), edition, example.known_facts(edition))


@pytest.mark.parametrize("code", list(EXAMPLES))
def test_the_facts_of_a_rule_ask_nothing_of_the_department(code: str) -> None:
    for finding in findings_of(code):
        assert finding.facts.endswith("。")
        assert "请" not in QUOTED.sub("", finding.facts)
        assert finding.message == finding.facts + finding.advice


def test_texts_of_two_faults_have_their_facts_first() -> None:
    table = a_table(goal="青禾县教育局全年招生。2021年度工作目标：保障运转。")
    known = KnownFacts(department="青禾县档案馆", departments=("青禾县教育局",))
    (finding,) = check(table, replace(EDITION, rules={"H2": "error"}), known)
    assert (finding.places, finding.facts, finding.advice) == (
        (place.goal(),),
        "整体绩效目标中写的是「青禾县教育局」，本部门是「青禾县档案馆」。整体绩效目标中写的是2021年，本表为2022年。",
        "请改为本部门的内容。请核对年份，改为本年度的内容。",
    )


def test_the_control_figure_is_checked_by_the_bureau_itself() -> None:
    facts = "资金总额 550.13 万元，比财政部门下达的预算控制数 545.13 万元多 5.00 万元。"
    sentence = for_reviewers(Described("B7", facts, Severity.ERROR))
    assert sentence == f"{facts}请核对导入的预算控制数；控制数无误的，退回单位改正。"


def test_an_error_is_returned_or_waived_and_a_warning_needs_no_advice() -> None:
    assert for_reviewers(Described("B1", "少 3 万元。", Severity.ERROR)) == (
        "少 3 万元。请退回单位改正，或写明理由豁免。"
    )
    assert for_reviewers(Described("M5", "没有计算符号。")) == "没有计算符号。"
