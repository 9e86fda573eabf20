"""From login to the receipt: each typical mistake is made, shown with its numbers, and corrected."""

from collections.abc import Mapping
from dataclasses import dataclass
from io import StringIO

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from filings.tests.browser.users import Officer
from filings.tests.founding import founding_document

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]

TOTAL, GENERAL, PROJECT = "资金总额，万元", "一般公共预算，万元", "项目支出，万元"
NAME, TARGET = "，三级指标", "，指标值及单位"
STAFF, OPERATION, CONTROL = "数量指标第 1 行", "数量指标第 2 行", "质量指标第 1 行"
COST, EXECUTION, DEADLINE, SATISFACTION = (
    "成本指标第 1 行",
    "时效指标第 1 行",
    "时效指标第 2 行",
    "社会公众或服务对象满意度第 1 行",
)


@dataclass(frozen=True)
class TypedMistake:
    """Texts by the label of their field, and a part of the sentence that names the mistake."""

    typed: Mapping[str, str]
    sentence: str


MISTAKES = {
    "B1": TypedMistake({GENERAL: "600.13"}, "比资金总额 550.13 多 50.00 万元"),
    "B2": TypedMistake({PROJECT: "323"}, "比资金总额 550.13 多 90.00 万元"),
    "B3": TypedMistake({PROJECT: "二百三"}, "无法识别金额"),
    "B4": TypedMistake({PROJECT: "2330000"}, "疑似将「元」误作「万元」填写"),
    "K1": TypedMistake({COST + TARGET: "≤578.99万元"}, "成本不能超过预算"),
    "K3": TypedMistake({COST + TARGET: "≥278.99万元"}, "成本应为上限"),
    "T4": TypedMistake({OPERATION + NAME: "财政供养人员"}, "在「数量指标」中有 2 行"),
    "T5": TypedMistake({STAFF + TARGET: ""}, "指标「财政供养人员」的指标值未填写"),
    "T6": TypedMistake({SATISFACTION + TARGET: "待定"}, "未填写具体内容"),
    "M1": TypedMistake({STAFF + TARGET: "予以保障"}, "数量指标「财政供养人员」填的是「予以保障」"),
    "M3": TypedMistake({SATISFACTION + TARGET: "≤98%"}, "满意度"),
    "M5": TypedMistake({STAFF + TARGET: "28人"}, "指标值「28人」没有计算符号"),
    "M6": TypedMistake({STAFF + TARGET: "=28"}, "没有计量单位"),
    "M8": TypedMistake({DEADLINE + TARGET: "2023年6月底前"}, "2023年"),
    "H1": TypedMistake({"整体绩效目标": ""}, "整体绩效目标未填写"),
    "H2": TypedMistake({"整体绩效目标": "完成2019年度工作目标，保障单位履职、运转。"}, "2019年"),
}


@pytest.fixture
def officer(settings: Settings, live_server: LiveServer, page: Page) -> Officer:
    settings.DEMO = True
    call_command("load_demo", stdout=StringIO())
    officer = Officer(page, live_server.url)
    officer.enter("填报人")
    officer.open("填报")
    return officer


def test_typical_mistakes_are_shown_and_corrected_until_the_receipt(officer: Officer) -> None:
    officer.fill_in(founding_document())
    officer.cell(STAFF + TARGET).fill("=28人")
    officer.wait_until_saved()
    for mistake in MISTAKES.values():
        make_and_correct(officer, mistake)
    officer.submit("今年的安排另有专项绩效目标。")
    expect(officer.page.get_by_text("受理编号").first).to_be_visible()


def make_and_correct(officer: Officer, mistake: TypedMistake) -> None:
    """Type a mistake, see it in the panel, and type the right texts again."""
    findings = officer.page.locator("#findings")
    right = {label: officer.cell(label).input_value() for label in mistake.typed}
    expect(findings).not_to_contain_text(mistake.sentence)
    for label, text in mistake.typed.items():
        officer.cell(label).fill(text)
    expect(findings).to_contain_text(mistake.sentence)
    for label, text in right.items():
        officer.cell(label).fill(text)
    expect(findings).not_to_contain_text(mistake.sentence)
