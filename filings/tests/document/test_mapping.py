"""Mapping between editions; a document carried over loses no text."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filings.document.bundled_editions import editions
from filings.document.content import FilingDocument, IndicatorRow, TaskRow
from filings.document.edition import AmountLine, Column, Edition, Field, Node, Section
from filings.document.mapping import UnmappedText, carry, map_editions, with_unit
from filings.document.place import Place
from filings.tests.founding import EDITION
from filings.tests.strategies import documents

EDITIONS = editions()


def with_nodes(edition: Edition, change: Callable[[Node], list[Node]]) -> Edition:
    """Replace each second-level node of an edition by none, one or several."""
    tree = [
        replace(first, children=tuple(new for node in first.children for new in change(node))) for first in edition.tree
    ]
    return replace(edition, code="next", tree=tuple(tree))


def the_quantity(**values: object) -> Callable[[Node], list[Node]]:
    """Change only 数量指标."""

    def change(node: Node) -> list[Node]:
        return [replace(node, **values) if node.key == "OUT.QTY" else node]  # type: ignore[arg-type]

    return change


def counterpart(change: Callable[[Node], list[Node]]) -> str | None:
    """Return the counterpart of 数量指标 in the changed edition."""
    return map_editions(EDITION, with_nodes(EDITION, change)).nodes["OUT.QTY"]


@pytest.mark.parametrize("edition", EDITIONS.values(), ids=EDITIONS)
def test_an_edition_maps_to_itself(edition: Edition) -> None:
    mapping = map_editions(edition, edition)
    for keys in (mapping.nodes, mapping.lines, mapping.fields):
        assert all(new == old for old, new in keys.items())
    assert [*mapping.nodes] == [second.key for _, second in edition.leaves()]
    assert [*mapping.lines] == [line.key for line in edition.lines]
    assert sorted(mapping.fields) == sorted(edition.field_keys)


def test_the_founding_edition_on_the_general_one() -> None:
    mapping = map_editions(EDITION, EDITIONS["standard-2024"])
    assert {old: new for old, new in mapping.nodes.items() if old != new} == {
        "OUT.COST": "COST.ECON",
        "BEN.SAT": "SAT.SERV",
    }


def test_what_the_founding_edition_lacks_has_no_counterpart() -> None:
    mapping = map_editions(EDITIONS["standard-2024"], EDITION)
    assert [old for old, new in mapping.nodes.items() if new is None] == ["COST.SOC", "COST.ECO", "BEN.ECO"]
    assert [old for old, new in mapping.lines.items() if new is None] == ["INC.STATE", "INC.CARRY"]
    assert [old for old, new in mapping.fields.items() if new is None] == [
        "filler", "telephone", "head", "filled_on", "execution",
    ]  # fmt: skip


def test_a_class_is_matched_by_its_key_whatever_its_label() -> None:
    assert counterpart(the_quantity(label="产量指标")) == "OUT.QTY"


def test_a_class_is_matched_by_its_canonical_key() -> None:
    assert counterpart(the_quantity(key="Q", label="产量指标")) == "Q"


def test_a_class_is_matched_by_its_label() -> None:
    assert counterpart(the_quantity(key="Q", canonical="X", label="数 量指标（10分）")) == "Q"


def test_a_class_is_matched_by_an_alias() -> None:
    assert counterpart(the_quantity(key="Q", canonical="X", label="产量指标", aliases=("数量",))) == "Q"


def test_a_key_with_another_meaning_and_label_is_another_class() -> None:
    assert counterpart(the_quantity(canonical="X", label="产量指标")) is None


def test_of_two_with_one_meaning_the_same_label_is_matched() -> None:
    def doubled(node: Node) -> list[Node]:
        new = [replace(node, key="A", label="产量指标", aliases=("数量指标",)), replace(node, key="B")]
        return new if node.key == "OUT.QTY" else [node]

    assert counterpart(doubled) == "B"


def test_two_with_one_meaning_and_other_labels_are_ambiguous() -> None:
    def doubled(node: Node) -> list[Node]:
        new = [replace(node, key=key, label=f"{key}产量指标") for key in "AB"]
        return new if node.key == "OUT.QTY" else [node]

    assert counterpart(doubled) is None


def test_of_two_with_one_label_the_one_below_the_same_first_level_is_matched() -> None:
    other = Node("Q", "Y", "数量指标")
    moved = with_nodes(EDITION, the_quantity(key="P", canonical="X"))
    benefit = replace(moved.tree[1], children=(*moved.tree[1].children, other))
    edition = replace(moved, tree=(moved.tree[0], benefit))
    assert map_editions(EDITION, edition).nodes["OUT.QTY"] == "P"


def test_lines_are_matched_by_name_within_their_split_and_totals_correspond() -> None:
    income, expenditure = EDITION.splits
    new = replace(
        EDITION,
        total=AmountLine("SUM", "合计"),
        splits=(
            replace(income, lines=(AmountLine("A", "公共财政拨款"), AmountLine("B", "项目支出"))),
            replace(expenditure, lines=(AmountLine("C", "基本支出"),)),
        ),
    )
    mapping = map_editions(EDITION, new)
    assert {old: key for old, key in mapping.lines.items() if key} == {
        "TOTAL": "SUM",
        "INC.GENERAL": "A",
        "EXP.BASIC": "C",
    }


def test_fields_are_matched_by_their_label() -> None:
    new = replace(EDITION, header=(), footer=(Field("unit", "填报单位"),))
    assert map_editions(EDITION, new).fields == {"filing_unit": "unit", "department": "department"}


def document(**values: object) -> FilingDocument:
    blank = FilingDocument(EDITIONS["standard-2024"].code, EDITIONS["standard-2024"].sha256, 2024, {}, {})
    return replace(blank, **values)  # type: ignore[arg-type]


def test_a_row_of_a_removed_class_keeps_its_labels_and_its_key() -> None:
    row = IndicatorRow("k", "COST.SOC", "成本指标", "社会成本指标", "名", "值")
    (carried,) = carry(document(indicators=(row,)), EDITIONS["standard-2024"], EDITION).document.indicators
    assert carried == replace(row, node=None)
    assert carried.key == "k"


def test_an_unclassified_row_is_classified_where_the_new_edition_has_its_labels() -> None:
    row = IndicatorRow("k", None, "产出", "进度", "名", "值")
    (carried,) = carry(document(indicators=(row,)), EDITIONS["standard-2024"], EDITION).document.indicators
    assert (carried.node, carried.first_level, carried.second_level) == ("OUT.TIME", "产出指标", "时效指标")


def test_last_years_value_is_last_years_target_and_other_columns_are_kept() -> None:
    columns = (*EDITION.columns, Column("weight", "分值"), Column("last_value", "上年值"))
    row = IndicatorRow("k", "OUT.QTY", "", "", "名", "≥5卷", {"weight": "10", "last_value": "≥4卷", "note": "注"})
    old = replace(EDITION, columns=(*columns, Column("note", "备注")))
    result = carry(document(indicators=(row,)), old, replace(EDITION, columns=columns))
    assert result.document.indicators[0].more == {"weight": "10", "last_value": "≥5卷"}
    assert result.unmapped == (UnmappedText(Place("indicators", "k", "note"), "名，备注", "注"),)


def test_tasks_are_carried_to_editions_with_tasks_and_reported_otherwise() -> None:
    task = TaskRow("k", {"name": "修路", "content": "", "amount": "30"})
    edition = EDITIONS["task-table"]
    assert carry(document(tasks=(task,)), edition, edition).document.tasks == (task,)
    result = carry(document(tasks=(task,)), edition, EDITION)
    assert result.document.tasks == ()
    assert result.unmapped == (
        UnmappedText(Place("tasks", "k", "name"), "任务名称", "修路"),
        UnmappedText(Place("tasks", "k", "amount"), "预算金额（万元）", "30"),
    )


def test_amounts_get_their_unit_where_the_new_edition_has_another() -> None:
    old = replace(EDITION, unit="元")
    amounts = {"TOTAL": "5,501,300", "INC.GENERAL": "1万元", "EXP.BASIC": "约五百", "EXP.PROJECT": ""}
    result = carry(document(amounts=amounts), old, EDITION)
    assert result.document.amounts == amounts | {"TOTAL": "5,501,300元"}
    assert result.document.amount("TOTAL", EDITION).value == document(amounts=amounts).amount("TOTAL", old).value
    assert with_unit("5", "万元", "万") == "5"


def test_texts_without_a_place_are_reported_with_the_label_of_their_cell() -> None:
    old = document(fields={"telephone": "0734-1"}, amounts={"INC.CARRY": "3", "INC.STATE": ""})
    assert carry(old, EDITIONS["standard-2024"], EDITION).unmapped == (
        UnmappedText(Place("fields", "telephone"), "联系电话", "0734-1"),
        UnmappedText(Place("amounts", "INC.CARRY"), "上年结转", "3"),
    )


def test_of_two_texts_for_one_cell_the_first_is_kept_and_the_other_reported() -> None:
    old = replace(EDITION, header=(Field("a", "联系人"), Field("b", "联系人")), sections=EDITION.sections[1:])
    new = replace(EDITION, header=(Field("c", "联系人："),))
    result = carry(document(fields={"a": "王敏", "b": "李国强"}), old, new)
    assert result.document.fields == {"c": "王敏"}
    assert result.unmapped == (UnmappedText(Place("fields", "b"), "联系人", "李国强"),)


@st.composite
def next_years(draw: st.DrawFn) -> Edition:
    """The founding edition with classes removed, renamed or moved, and without some lines and sections."""
    first_levels: list[list[Node]] = [[], [], []]
    for index, (_, node) in enumerate(EDITION.leaves()):
        changed = replace(
            node,
            key=draw(st.sampled_from((node.key, f"N{index}"))),
            canonical=draw(st.sampled_from((node.canonical, "OUT.QTY", f"N{index}"))),
            label=draw(st.sampled_from((node.label, f"新{index}指标"))),
            aliases=draw(st.sampled_from((node.aliases, ()))),
        )
        if parents := draw(st.sampled_from(([0], [1], [2], []))):
            first_levels[parents[0]].append(changed)
    labels = ("产出指标", "效益指标", "新指标")
    tree = tuple(
        Node(f"F{index}", f"F{index}", labels[index], children=tuple(nodes))
        for index, nodes in enumerate(first_levels)
        if nodes
    )
    kinds = draw(st.sets(st.sampled_from(("duties", "goal"))))
    splits = tuple(
        replace(split, lines=tuple(line for line in split.lines if draw(st.booleans()))) for split in EDITION.splits
    )
    sections = tuple(section for section in EDITION.sections if section.kind not in kinds)
    return replace(EDITION, code="next", tree=tree, splits=splits, sections=sections or (Section("goal", ""),))


def texts_of(document: FilingDocument) -> Counter[str]:
    """Count the texts of a document; a text of several lines counts once."""
    texts = [
        *document.fields.values(),
        *document.amounts.values(),
        document.goal,
        *(duty.text for duty in document.duties),
    ]
    texts += [text for row in document.indicators for text in (row.name, row.target)]
    return Counter(text for text in texts if text)


@given(documents(EDITION), next_years())
def test_no_text_is_lost(old: FilingDocument, new: Edition) -> None:
    result = carry(old, EDITION, new)
    assert texts_of(result.document) + Counter(item.text for item in result.unmapped) == texts_of(old)
    assert {*result.document.fields} <= {*new.field_keys}
    assert {*result.document.amounts} <= {line.key for line in new.lines}
    nodes = map_editions(EDITION, new).nodes
    assert [row.key for row in result.document.indicators] == [row.key for row in old.indicators]
    for was, row in zip(old.indicators, result.document.indicators, strict=True):
        assert row.node is None or new.levels(row.node) is not None
        if was.node:
            assert row.node == nodes[was.node]
        if row.node is None:
            assert (row.first_level, row.second_level) == (was.first_level, was.second_level)


@given(documents(EDITION))
def test_on_the_same_edition_a_document_is_unchanged(old: FilingDocument) -> None:
    result = carry(old, EDITION, EDITION)
    assert (result.document, result.unmapped) == (old, ())
    assert [row.key for row in result.document.indicators] == [row.key for row in old.indicators]
