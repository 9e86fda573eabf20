"""Rule M7: indicators are in the class that fits their content."""

import pytest

from filings.document.content import IndicatorRow
from filings.rules.example import VALID_EXAMPLE
from filings.tests.founding import founding_document
from filings.tests.rules.documents import EDITION, a_table, report


def report_row(node: str | None, name: str, target: str) -> list[tuple[str, str, str]]:
    return report(a_table(rows=(IndicatorRow("a", node, "", "", name, target),)), "M7")


def test_the_valid_example_has_no_findings() -> None:
    assert report(VALID_EXAMPLE.document(EDITION), "M7") == []


def test_the_founding_table() -> None:
    assert [message for _, _, message in report(founding_document(), "M7")] == [
        "指标「全县非公有制经济组织和社会组织党组织建设」（持续推进）放在经济效益类指标下，但没有金额、数字，"
        "也没有体现经济效益。请写明带来的经济效益，或者移到合适的二级指标。"
    ]


def test_satisfaction_in_another_class() -> None:
    assert report_row("BEN.SOC", "群众满意度", "≥90%") == [
        (
            "error",
            "indicators[a].name",
            "指标「群众满意度」（≥90%）属于满意度，应放在满意度指标下。请移到满意度指标。",
        )
    ]


def test_no_time_under_time() -> None:
    assert report_row("OUT.TIME", "培训人次", "≥500人次") == [
        (
            "error",
            "indicators[a].name",
            "指标「培训人次」（≥500人次）放在时效指标下，但没有体现时间。请写明完成时间或及时率，或者移到合适的二级指标。",
        )
    ]


@pytest.mark.parametrize(
    ("node", "name", "target"),
    [
        ("BEN.SAT", "群众满意度", "≥90%"),
        ("OUT.QTY", "满意度调查次数", "≥2次"),
        (None, "群众满意度", "≥90%"),
        ("OUT.TIME", "工程", "2022年12月底前"),
        ("OUT.TIME", "预算完成率", "100%"),
        ("OUT.TIME", "办理", "≤30天"),
        ("OUT.TIME", "完成任务", "按时"),
        ("OUT.TIME", "资金拨付", "及时"),
        ("OUT.TIME", "各项工作完成时限", "全部完成"),
        ("OUT.TIME", "响应", "≤15分钟"),
        ("OUT.TIME", "项目", "待定"),
        ("OUT.TIME", "项目", ""),
        ("BEN.ECON", "带动农户增收", "持续推进"),
        ("BEN.ECON", "节约费用", "≥12万元"),
        ("BEN.ECON", "推进某事", "≥3个"),
        ("BEN.ECON", "促进经济发展", "明显"),
        ("BEN.SOC", "组织建设", "持续推进"),
    ],
)
def test_rows_in_their_class(node: str | None, name: str, target: str) -> None:
    assert report_row(node, name, target) == []
