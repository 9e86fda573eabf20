"""The plain text of a printed score sheet."""

from filings.letters import score_sheet
from filings.letters.score_sheet import PrintedSection, PrintedSheet


def test_the_text_has_all_that_the_page_has_in_its_order() -> None:
    sheet = PrintedSheet(
        title="审核表",
        facts="单位：县档案馆",
        columns=("内容", "要点", "分值", "绩效股 甲", "得分"),
        sections=(PrintedSection("指标", "60", (("产出指标", "量化", "30", "28", "28"),)),),
        points="100",
        total="95",
        grade="优",
        notes=("产出指标：偏少",),
        signatures=("审核人：甲　　签字：",),
    )
    assert list(score_sheet.lines(sheet)) == [
        "审核表",
        "单位：县档案馆",
        "内容 要点 分值 绩效股 甲 得分",
        "指标 60 分",
        "产出指标 量化 30 28 28",
        "合计 100 95",
        "等级 优",
        "说明",
        "1. 产出指标：偏少",
        "审核人：甲　　签字：",
    ]
