"""Tables of several years next to each other."""

from dataclasses import replace
from decimal import Decimal

from filings.document.bundled_editions import editions
from filings.document.content import FilingDocument, IndicatorRow, compose
from filings.document.differences.changes import ChangeKind
from filings.document.differences.years import RowCount, TargetOfYear, YearComparison, YearTable

EDITION = editions()["hunan-county-2022"]
OTHER = editions()["standard-2024"]


def document(*rows: tuple[str, str], total: str = "100", duties: int = 1) -> FilingDocument:
    return compose(
        EDITION,
        year=2026,
        fields={"department": "县档案馆"},
        amounts={"TOTAL": total, "INC.GENERAL": "50"},
        duties=[(f"r{number}", f"职责{number}") for number in range(duties)],
        goals=["目标。"],
        indicators=[
            IndicatorRow(f"r{number}", "OUT.QTY", "产出指标", "数量指标", name, target)
            for number, (name, target) in enumerate(rows)
        ],
    )


def compared(*documents: FilingDocument) -> YearComparison:
    return YearComparison([YearTable(f"{2020 + number}年", each, EDITION) for number, each in enumerate(documents)])


def test_a_row_is_followed_through_the_years() -> None:
    """By its name or a similar one; rows of earlier years come last, the most recent first."""
    comparison = compared(
        document(("接收档案数量", "400卷"), ("消防演练次数", "1次")),
        document(("数字化率", "≥80%"), ("接收档案卷数", "450卷")),
        document(("接收档案卷数", "500卷"), ("查阅满意度", "≥90%")),
    )
    assert comparison.labels == ("2020年", "2021年", "2022年")
    assert [(row.name, row.years, row.kind) for row in comparison.indicators] == [
        (
            "接收档案卷数",
            (TargetOfYear("400卷", "接收档案数量"), TargetOfYear("450卷"), TargetOfYear("500卷")),
            ChangeKind.CHANGED,
        ),
        ("查阅满意度", (None, None, TargetOfYear("≥90%")), ChangeKind.ADDED),
        ("数字化率", (None, TargetOfYear("≥80%"), None), ChangeKind.REMOVED),
        ("消防演练次数", (TargetOfYear("1次"), None, None), None),
    ]


def test_the_same_row_has_not_changed() -> None:
    (row,) = compared(document(("接收档案", "400卷")), document(("接收档案", "400卷"))).indicators
    assert (row.kind, row.heading) == (ChangeKind.SAME, "产出指标 / 数量指标")


def test_amounts_are_compared_line_by_line_without_lines_that_are_always_blank() -> None:
    first, second = document(total="1200"), document(total="1,500万元")
    second = replace(second, amounts={key: text for key, text in second.amounts.items() if key != "INC.GENERAL"})
    total, general = compared(first, second).amounts
    assert (total.texts, total.is_total) == (("1,200.00", "1,500.00"), True)
    assert total.difference
    assert (total.difference.difference, total.difference.percent) == (Decimal(300), Decimal("25.0"))
    assert (general.texts, general.is_total) == (("50.00", ""), False)
    assert general.difference
    assert general.difference.difference == Decimal(-50)


def test_text_that_is_no_amount_has_no_difference() -> None:
    (total, _general) = compared(document(total="约三百"), document(total="300")).amounts
    assert (total.texts, total.difference) == (("约三百", "300.00"), None)


def test_rows_are_counted() -> None:
    counts = compared(document(("一", "1"), duties=3), document(duties=1)).counts
    assert counts == [RowCount("部门职责", (3, 1)), RowCount("整体绩效目标", (1, 1)), RowCount("绩效指标", (1, 0))]
    assert [count.difference for count in counts] == [-2, 0, -1]


def test_another_edition_is_compared_in_the_last_one_and_what_has_no_place_is_counted() -> None:
    other = compose(
        OTHER,
        year=2025,
        fields={"department": "县档案馆"},
        amounts={OTHER.total.key: "80"},
        indicators=[IndicatorRow("r0", None, "无此类", "无此类", "接收档案", "300卷")],
    )
    last = YearTable("2026年", document(("接收档案", "400卷")), EDITION)
    comparison = YearComparison([YearTable("2025年", other, OTHER), last])
    assert comparison.amounts[0].texts == ("80.00", "100.00")
    assert comparison.indicators[0].years == (TargetOfYear("300卷"), TargetOfYear("400卷"))
    assert compared(document(), document()).left_out == 0
