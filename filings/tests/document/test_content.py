"""`compose` brings every document into normal form."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filings.document.bundled_editions import editions
from filings.document.content import DutyRow, FilingDocument, IndicatorRow, compose
from filings.document.edition import Edition
from filings.tests.strategies import indicator_rows, tables

EDITION = editions()["hunan-county-2022"]


def row(
    key: str, node: str | None, name: str = "名称", target: str = "1个", first: str = "", second: str = ""
) -> IndicatorRow:
    return IndicatorRow(key, node, first, second, name, target)


def with_rows(*rows: IndicatorRow) -> FilingDocument:
    return compose(EDITION, year=2022, fields={}, amounts={}, indicators=rows)


def composed_again(document: FilingDocument, edition: Edition) -> FilingDocument:
    return compose(
        edition,
        year=document.year,
        fields=document.fields,
        amounts=document.amounts,
        duties=[(duty.key, duty.text) for duty in document.duties],
        goals=document.goals,
        indicators=document.indicators,
        tasks=document.tasks,
    )


@given(tables())
def test_composing_a_document_again_gives_the_same(table: tuple[FilingDocument, Edition]) -> None:
    document, edition = table
    again = composed_again(document, edition)
    assert again == document
    assert [item.key for item in again.indicators] == [item.key for item in document.indicators]


@given(tables())
def test_every_field_and_line_of_the_edition_is_there(table: tuple[FilingDocument, Edition]) -> None:
    document, edition = table
    assert tuple(document.fields) == edition.field_keys
    assert tuple(document.amounts) == tuple(line.key for line in edition.lines)


@given(st.lists(indicator_rows(EDITION)))
def test_rows_are_sorted_in_the_editions_order_and_none_is_lost(rows: list[IndicatorRow]) -> None:
    keyed = [replace(item, key=str(index)) for index, item in enumerate(rows)]
    indicators = with_rows(*keyed).indicators
    positions = [EDITION.position(item.node) for item in indicators]
    assert positions == sorted(positions)
    blank = {item.key for item in keyed if not item.name.strip() and not item.target.strip()}
    expected = [index for index in range(len(rows)) if str(index) not in blank]
    assert sorted(int(item.key) for item in indicators) == expected


def test_rows_of_one_class_keep_their_order() -> None:
    document = with_rows(row("a", "BEN.SOC"), row("b", "OUT.QTY"), row("c", "BEN.SOC"), row("d", "OUT.QTY"))
    assert [item.key for item in document.indicators] == ["b", "d", "a", "c"]


def test_rows_without_a_class_come_last_and_together() -> None:
    document = with_rows(
        row("a", None, first="甲", second="乙"),
        row("b", None, first="丙"),
        row("c", None, first="甲", second="乙"),
        row("d", "BEN.SAT"),
    )
    assert [item.key for item in document.indicators] == ["d", "a", "c", "b"]


def test_labels_find_their_class() -> None:
    document = with_rows(
        row("a", None, first="效益\n指标", second="经济效益指标（10分）"), row("b", "no.such", first="产出")
    )
    assert [(item.node, item.first_level, item.second_level) for item in document.indicators] == [
        ("BEN.ECON", "效益指标", "经济效率指标"),
        (None, "产出", ""),
    ]


def test_a_known_class_brings_its_own_labels() -> None:
    document = with_rows(row("a", "OUT.QTY", first="效益指标", second="别的"))
    assert (document.indicators[0].first_level, document.indicators[0].second_level) == ("产出指标", "数量指标")


def test_the_heading_for_unclassified_rows_is_no_label() -> None:
    assert with_rows(row("a", None, first="待归类", second="别的")).indicators[0].first_level == ""


def test_blank_rows_are_dropped() -> None:
    document = compose(
        EDITION,
        year=None,
        fields={},
        amounts={},
        duties=[("d1", " \n"), ("d2", "（一）甲\n（二）乙")],
        goals=["", "\u200b"],
        indicators=[row("r1", "OUT.QTY", " ", "\t"), row("r2", "OUT.QTY", "", "1")],
    )
    assert document.duties == (DutyRow("d2", "（一）甲（二）乙"),)
    assert document.goals == ()
    assert [item.key for item in document.indicators] == ["r2"]


def test_keys_that_the_edition_does_not_have_are_ignored() -> None:
    more = replace(row("r1", "OUT.QTY"), more={"weight": "10"})
    document = compose(EDITION, year=None, fields={"other": "甲"}, amounts={"OTHER": "1"}, indicators=[more])
    assert "other" not in document.fields
    assert "OTHER" not in document.amounts
    assert document.indicators[0].more == {}


def test_texts_are_normalised() -> None:
    document = compose(
        EDITION,
        year=2022,
        fields={"department": " 组织\n部\u200b"},
        amounts={"TOTAL": "：５５０.13万元", "INC.OTHER": "约 五百"},
        goals=["一\r\n\r\n二"],
        indicators=[row("r1", "OUT.QTY", "⻓期\n目标", "＞＝９０％")],
    )
    assert document.department == "组织部"
    assert (document.amounts["TOTAL"], document.amounts["INC.OTHER"]) == ("550.13", "约 五百")
    assert document.goal == "一\n二"
    assert (document.indicators[0].name, document.indicators[0].target) == ("长期目标", "≥90%")


@pytest.mark.parametrize(("text", "value"), [("5元", Decimal("0.0005")), ("", None), ("x", None)])
def test_an_amount_is_parsed_in_the_editions_unit(text: str, value: Decimal | None) -> None:
    document = compose(EDITION, year=None, fields={}, amounts={"TOTAL": text})
    assert document.amount("TOTAL", EDITION).value == value


def test_row_keys_do_not_count_in_equality() -> None:
    assert with_rows(row("a", "OUT.QTY")) == with_rows(row("b", "OUT.QTY"))
    assert with_rows(row("a", "OUT.QTY")) != with_rows(row("a", "OUT.QUAL"))
