"""Comparison of two documents: each row once, matched by key and by name, across editions."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filings.document.bundled_editions import editions
from filings.document.compare import compare
from filings.document.content import DutyRow, FilingDocument, IndicatorRow
from filings.document.differences.changes import ChangeKind, Comparison, MoneyDifference, RowChange
from filings.document.mapping import carry
from filings.document.place import Place
from filings.tests.founding import EDITION, founding_document
from filings.tests.strategies import documents

STANDARD = editions()["standard-2024"]
TASK_TABLE = editions()["task-table"]


def changes(before: FilingDocument, after: FilingDocument) -> Comparison:
    return compare(before, after, EDITION, EDITION)


def with_rows(*rows: tuple[str, str, str] | tuple[str, str, str, str]) -> FilingDocument:
    """The founding table with the given indicators: (key, name, target[, class])."""
    indicators = (
        IndicatorRow(key, (node or ["OUT.QTY"])[0], "产出指标", "数量指标", name, target)
        for key, name, target, *node in rows
    )
    return replace(founding_document(), indicators=tuple(indicators))


def seen(rows: Iterable[RowChange]) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Each row as (kind, name, [(text before, text after)])."""
    return [(row.kind.value, row.name, [(cell.before, cell.after) for cell in row.cells]) for row in rows]


def test_rows_are_matched_by_lasting_key_even_if_renamed() -> None:
    before, after = with_rows(("k1", "培训干部", "28人")), with_rows(("k1", "举办活动", "30次"))
    assert seen(changes(before, after).indicators) == [
        ("changed", "举办活动", [("培训干部", "举办活动"), ("28人", "30次")])
    ]


def test_keys_that_only_count_rows_of_a_file_match_nothing() -> None:
    before = with_rows(("r1", "接收档案", "500卷"), ("r2", "培训干部", "28人"))
    after = with_rows(("r1", "培训干部", "30人"), ("r2", "查档人次", "9人次"))
    assert seen(changes(before, after).indicators) == [
        ("removed", "接收档案", [("接收档案", ""), ("500卷", "")]),
        ("changed", "培训干部", [("28人", "30人")]),
        ("added", "查档人次", [("", "查档人次"), ("", "9人次")]),
    ]


def test_names_are_matched_within_their_class_first() -> None:
    before = with_rows(("a", "完成率", "90%", "OUT.QLT"), ("b", "完成率", "80%", "OUT.QTY"))
    after = with_rows(("c", "完成率", "85%", "OUT.QTY"), ("d", "完成率", "95%", "OUT.QLT"))
    assert [row[1:] for row in seen(changes(before, after).indicators)] == [
        ("完成率", [("80%", "85%")]),
        ("完成率", [("90%", "95%")]),
    ]


def test_names_are_matched_without_spaces_and_years_then_by_likeness() -> None:
    before = with_rows(("a", "2021年 培训 干部", "28人"), ("b", "群众查档一次办结率", "90%"))
    after = with_rows(("c", "2022年度培训干部", "28人"), ("d", "群众查档办结率", "90%"))
    assert [row.kind for row in changes(before, after).indicators] == [ChangeKind.CHANGED] * 2


def test_a_row_of_another_class_is_changed_in_its_class() -> None:
    before = with_rows(("a", "培训干部", "28人"))
    after = replace(before, indicators=(IndicatorRow("z", "OUT.QLT", "产出指标", "质量指标", "培训干部", "28人"),))
    (row,) = changes(before, after).changes
    assert [(cell.label, cell.before, cell.after) for cell in row.cells] == [
        ("指标类别", "产出指标 / 数量指标", "产出指标 / 质量指标")
    ]
    assert row.heading == "产出指标 / 质量指标"


def test_removed_rows_are_listed_where_they_were() -> None:
    before = with_rows(*((f"k{letter}", f"{letter * 4}", "1次") for letter in "甲乙丙丁"))
    after = with_rows(("k甲", "甲甲甲甲", "1次"), ("n", "戊戊戊戊", "1次"), ("k丁", "丁丁丁丁", "1次"))
    kinds = [(row.kind.value, row.name[0]) for row in changes(before, after).indicators]
    assert kinds == [("same", "甲"), ("removed", "乙"), ("removed", "丙"), ("added", "戊"), ("same", "丁")]


def test_a_row_at_another_position_is_moved() -> None:
    rows = [(f"k{letter}", f"{letter * 4}", "1次") for letter in "甲乙丙"]
    comparison = changes(with_rows(*rows), with_rows(rows[2], rows[0], rows[1]))
    assert [(row.kind.value, row.name[0]) for row in comparison.changes] == [("moved", "丙")]


def test_duties_do_not_differ_by_their_numerals() -> None:
    document = founding_document()
    before = replace(document, duties=(DutyRow("a", "（一）管档案。"), DutyRow("b", "（二）办培训。")))
    after = replace(
        document,
        duties=(DutyRow("n", "（一）抓党建。"), DutyRow("a", "（二）管档案。"), DutyRow("b", "（三）办培训。")),
    )
    comparison = changes(before, after)
    assert [row.kind.value for row in comparison.duties] == ["added", "same", "same"]
    assert comparison.notes == ("另有 2 条职责只是序号变了，内容没有变。",)


@pytest.mark.parametrize(
    ("before", "after", "difference", "percent"),
    [
        ("550.13", "560.13", Decimal("10.00"), Decimal("1.8")),
        ("3", "2.000001", Decimal("-0.999999"), Decimal("-33.3")),
        ("", "5", Decimal(5), None),
        ("0", "5", Decimal(5), None),
        ("5", "", Decimal(-5), Decimal("-100.0")),
    ],
)
def test_amounts_differ_exactly(before: str, after: str, difference: Decimal, percent: Decimal | None) -> None:
    document = founding_document()
    (row,) = changes(
        *(replace(document, amounts={**document.amounts, "INC.FUND": text}) for text in (before, after))
    ).changes
    money = row.cells[0].money
    assert money is not None
    assert (row.name, money.difference, money.percent) == ("政府性基金拨款", difference, percent)


def test_an_amount_that_cannot_be_read_has_no_difference() -> None:
    document = founding_document()
    (row,) = changes(document, replace(document, amounts={**document.amounts, "INC.FUND": "约五百"})).changes
    assert row.cells[0].money is None


def test_an_amount_written_otherwise_is_the_same() -> None:
    document = founding_document()
    other = replace(document, amounts={**document.amounts, "EXP.PROJECT": "233.00"})
    assert changes(document, other).changes == ()


def test_targets_in_money_have_a_difference() -> None:
    before, after = with_rows(("k", "办公成本", "≤278.99万元")), with_rows(("k", "办公成本", "≤1000000元"))
    (row,) = changes(before, after).changes
    assert row.cells[0].money == MoneyDifference(Decimal("278.99"), Decimal(100))


def test_other_editions_are_mapped_and_noted() -> None:
    before = founding_document()
    after = carry(before, EDITION, STANDARD).document
    comparison = compare(before, after, EDITION, STANDARD)
    assert {row.kind for row in comparison.indicators} == {ChangeKind.SAME}
    assert {row.kind for row in comparison.amounts} <= {ChangeKind.SAME, ChangeKind.REMOVED}
    assert comparison.notes[0] == (
        f"两张表的表样不同（{EDITION.name}、{STANDARD.name}），已按指标类别和资金项目对应后比较。"
    )


def test_rows_of_sections_that_the_new_edition_lacks_are_removed() -> None:
    before = founding_document()
    after = replace(carry(before, EDITION, TASK_TABLE).document, duties=())
    comparison = compare(before, after, EDITION, TASK_TABLE)
    assert [row.name for row in comparison.duties if row.kind is ChangeKind.REMOVED] == [
        duty.text.partition("）")[2] or duty.text for duty in before.duties
    ]


def test_an_edition_that_prints_the_same_form_is_not_noted() -> None:
    document = founding_document()
    stricter = replace(EDITION, version=EDITION.version + 1, rules={})
    assert compare(document, document, EDITION, stricter).notes == ()


@st.composite
def edited(draw: st.DrawFn) -> tuple[FilingDocument, FilingDocument]:
    """A document with lasting or counted keys, and another one that shares some of its rows."""
    before, other = draw(documents(EDITION)), draw(documents(EDITION))
    key = draw(st.sampled_from(["r{}", "k{}"]))
    kept = draw(st.permutations(before.indicators).map(lambda rows: rows[: len(rows) * 2 // 3]))
    mixed = draw(st.permutations([*kept, *other.indicators]))
    rows = tuple(replace(row, key=key.format(number)) for number, row in enumerate(mixed))
    return before, replace(other, indicators=rows, duties=(*other.duties, *before.duties[1:]))


def sides(comparison: Comparison) -> tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]]:
    """The rows of both documents as (section, name), for the sections with rows."""
    listed = [*comparison.tasks, *comparison.duties, *comparison.goals, *comparison.indicators]
    only_old, only_new = ChangeKind.REMOVED, ChangeKind.ADDED
    new = Counter((row.place.section, row.place.key) for row in listed if row.kind is not only_old)
    kept = [row for row in listed if row.kind is not only_new]
    old = Counter((row.place.section, "") for row in kept)
    return old, new


@given(documents(EDITION))
def test_a_document_does_not_differ_from_itself(document: FilingDocument) -> None:
    comparison = changes(document, document)
    assert (comparison.changes, comparison.notes) == ((), ())


@given(edited())
def test_every_row_of_both_documents_is_listed_once(pair: tuple[FilingDocument, FilingDocument]) -> None:
    before, after = pair
    old, new = sides(changes(before, after))
    rows_before = {"duties": before.duties, "goals": before.goals, "indicators": before.indicators}
    assert old == Counter({(section, ""): len(rows) for section, rows in rows_before.items() if rows})
    assert new == Counter(
        [
            *(("duties", row.key) for row in after.duties),
            *(("goals", str(number)) for number in range(len(after.goals))),
            *(("indicators", row.key) for row in after.indicators),
        ]
    )


@given(edited())
def test_exchanging_the_documents_exchanges_added_and_removed(pair: tuple[FilingDocument, FilingDocument]) -> None:
    before, after = pair

    def names(comparison: Comparison, kind: ChangeKind) -> Counter[tuple[Place, str]]:
        return Counter((row.place, row.name) for row in comparison if row.kind is kind)

    there, back = changes(before, after), changes(after, before)
    assert names(there, ChangeKind.ADDED) == names(back, ChangeKind.REMOVED)
    assert names(there, ChangeKind.REMOVED) == names(back, ChangeKind.ADDED)


@given(edited())
def test_cells_hold_the_texts_of_both_documents(pair: tuple[FilingDocument, FilingDocument]) -> None:
    before, after = pair
    old = {Place("indicators", row.key, "target"): row.target for row in before.indicators}
    new = {Place("indicators", row.key, "target"): row.target for row in after.indicators}
    for row in changes(before, after).indicators:
        for cell in row.cells:
            if cell.label == "指标值":
                assert cell.before == (old[cell.place_before] if cell.place_before else "")
                assert cell.after == (new[cell.place_after] if cell.place_after else "")
                assert "".join(run.text for run in cell.runs if run.kind != "inserted") == cell.before
