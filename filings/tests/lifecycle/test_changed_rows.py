"""Property: the rows that are reported as changed are those that were changed, with their texts."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from filings.document.bundled_editions import editions
from filings.document.content import DutyRow, FilingDocument, IndicatorRow
from filings.document.differences.changes import ChangeKind
from filings.lifecycle.adjustment import ChangedRow, changed_rows
from filings.models import AdjustmentReason

EDITION = editions()["hunan-county-2022"]
LINES = [line.key for line in EDITION.lines]
NAMES = "甲乙丙丁戊己庚辛"


def kinds(rows: tuple[ChangedRow, ...]) -> dict[str, str]:
    return {str(row.place): row.kind.value for row in rows}


def table() -> FilingDocument:
    """A table whose rows have lasting keys and unlike names."""
    return FilingDocument(
        EDITION.code,
        EDITION.sha256,
        2026,
        {"department": "县档案馆"},
        dict.fromkeys(LINES, "1"),
        tuple(DutyRow(f"d{name}", f"{name * 4}的职责。") for name in NAMES[:4]),
        ("管好档案。",),
        tuple(IndicatorRow(f"i{name}", "OUT.QTY", "产出指标", "数量指标", name * 4, "≥5卷") for name in NAMES),
    )


@st.composite
def adjusted_tables(draw: st.DrawFn) -> tuple[FilingDocument, dict[str, str]]:
    """The table with random changes, and the kinds of the changed rows by their places."""
    document = table()
    expected: dict[str, str] = {}
    lines = draw(st.sets(st.sampled_from(LINES)))
    expected |= {f"amounts[{line}]": "changed" for line in lines}
    indicators: list[IndicatorRow] = []
    for row in document.indicators:
        fate = draw(st.sampled_from(("same", "same", "removed", "target", "name")))
        if fate == "removed":
            expected[f"indicators[{row.key}]"] = "removed"
            continue
        if fate != "same":
            expected[f"indicators[{row.key}]"] = "changed"
        name, target = (
            f"{text}改" if fate == column else text for column, text in (("name", row.name), ("target", row.target))
        )
        indicators.append(replace(row, name=name, target=target))
    indicators = draw(st.permutations(indicators))
    if draw(st.booleans()):
        expected["indicators[new]"] = "added"
        indicators.append(IndicatorRow("new", "BEN.SOC", "效益指标", "社会效益指标", "新的一行", "≥1次"))
    duties = draw(st.sets(st.sampled_from([duty.key for duty in document.duties])))
    expected |= {f"duties[{key}]": "changed" for key in duties}
    after = replace(
        document,
        amounts={line: "2" if line in lines else "1" for line in LINES},
        duties=tuple(
            replace(duty, text=f"{duty.text}另办。") if duty.key in duties else duty for duty in document.duties
        ),
        indicators=tuple(indicators),
    )
    return after, expected


@given(adjusted_tables())
def test_the_reported_rows_are_the_changed_ones(adjusted: tuple[FilingDocument, dict[str, str]]) -> None:
    after, expected = adjusted
    rows = changed_rows(table(), after, EDITION)
    assert kinds(rows) == expected
    back = {"added": "removed", "removed": "added"}
    assert kinds(changed_rows(after, table(), EDITION)) == {
        place: back.get(kind, kind) for place, kind in expected.items()
    }
    for row in rows:
        assert (bool(row.before), bool(row.after)) == (row.kind != ChangeKind.ADDED, row.kind != ChangeKind.REMOVED)


def test_a_row_has_its_texts_and_its_reason() -> None:
    before = table()
    after = replace(before, amounts={**before.amounts, "TOTAL": "3"}, indicators=before.indicators[1:])
    given_reason = AdjustmentReason(place="amounts[TOTAL]", reason="other", label="其他", words="财政追加。")
    total, removed = changed_rows(before, after, EDITION, [given_reason])
    assert (total.name, total.before, total.after) == ("资金总额（万元）", "1", "3")
    assert total.reason
    assert total.reason.text == "其他：财政追加。"
    assert (removed.section, removed.name, removed.before, removed.after, removed.reason) == (
        "部门整体支出年度绩效指标",
        "甲甲甲甲",
        "指标名称：甲甲甲甲\n指标值：≥5卷",
        "",
        None,
    )
