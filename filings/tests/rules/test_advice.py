"""Findings for reviewers: facts without the advice to the department, and advice of their own."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filings.choices import Severity
from filings.rules.advice import facts, for_reviewers
from filings.rules.finding import quote
from filings.views.bureau.rule_examples import example_pairs

B7 = (
    "资金总额 550.13 万元，比财政部门下达的预算控制数 545.13 万元多 5.00 万元。"
    "请按控制数核对资金总额；对控制数有疑问的，请联系财政局对口的业务股室。"
)


@dataclass(frozen=True)
class Described:
    code: str
    message: str
    severity: str = Severity.WARNING


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("「质量指标」下面一行指标也没有。请至少填写一行。", "「质量指标」下面一行指标也没有。"),
        ("疑似将「元」误作「万元」填写，请核对基本支出的单位。", "疑似将「元」误作「万元」填写。"),
        ("成本不能超过预算，请核对各项成本指标的指标值。", "成本不能超过预算。"),
        ("今年没有了。如果这项工作还在做，请保留这一行。", "今年没有了。"),
        ("指标「做好工作。请示上级」没有指标值。请填写。", "指标「做好工作。请示上级」没有指标值。"),
        ("指标「邀请函，请柬」没有计量单位。", "指标「邀请函，请柬」没有计量单位。"),
        ("请", "请"),
    ],
)
def test_facts_are_what_precedes_the_advice(message: str, expected: str) -> None:
    assert facts(message) == expected


@given(st.text("甲请，。？「」『』（）如果", max_size=30))
def test_quoted_text_is_never_cut(text: str) -> None:
    known = f"指标{quote(text)}没有指标值。"
    assert facts(f"{known}请填写指标值，或删去这一行。") == known


@pytest.mark.parametrize("code", list(example_pairs()))
def test_no_rule_advises_reviewers_as_it_advises_departments(code: str) -> None:
    for message in example_pairs()[code].failing.messages:
        sentence = for_reviewers(Described(code, message))
        stripped = sentence.removesuffix("请核对导入的预算控制数；控制数无误的，退回单位改正。")
        assert stripped
        assert message.startswith(stripped.removesuffix("。"))
        assert "请" not in stripped


def test_the_control_figure_is_checked_by_the_bureau_itself() -> None:
    sentence = for_reviewers(Described("B7", B7, Severity.ERROR))
    assert sentence == (
        "资金总额 550.13 万元，比财政部门下达的预算控制数 545.13 万元多 5.00 万元。"
        "请核对导入的预算控制数；控制数无误的，退回单位改正。"
    )


def test_an_error_is_returned_or_waived_and_a_warning_needs_no_advice() -> None:
    assert for_reviewers(Described("B1", "少 3 万元。请核对。", Severity.ERROR)) == (
        "少 3 万元。请退回单位改正，或写明理由豁免。"
    )
    assert for_reviewers(Described("M5", "没有计算符号。请写上。")) == "没有计算符号。"
