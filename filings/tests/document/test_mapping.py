"""What of one form stands for what of another; and that a document carried over loses nothing."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filings.document.bundled_editions import editions
from filings.document.content import FilingDocument, IndicatorRow, TaskRow
from filings.document.edition import AmountLine, Column, Edition, Field, Node, Section
from filings.document.mapping import Left, between, carry, in_unit
from filings.document.place import Place
from filings.tests.founding import EDITION
from filings.tests.strategies import documents

FORMS = editions()


def with_nodes(form: Edition, change: Callable[[Node], list[Node]]) -> Edition:
    """A form with each second-level node become none, one or several."""
    tree = [
        replace(first, children=tuple(new for node in first.children for new in change(node))) for first in form.tree
    ]
    return replace(form, code="next", tree=tuple(tree))


def the_quantity(**values: object) -> Callable[[Node], list[Node]]:
    """Only 数量指标 changed."""

    def change(node: Node) -> list[Node]:
        return [replace(node, **values) if node.key == "OUT.QTY" else node]  # type: ignore[arg-type]

    return change


def now(change: Callable[[Node], list[Node]]) -> str | None:
    """What stands for 数量指标."""
    return between(EDITION, with_nodes(EDITION, change)).nodes["OUT.QTY"]


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_a_form_is_itself(form: Edition) -> None:
    mapping = between(form, form)
    for keys in (mapping.nodes, mapping.lines, mapping.fields):
        assert all(new == old for old, new in keys.items())
    assert [*mapping.nodes] == [second.key for _, second in form.leaves()]
    assert [*mapping.lines] == [line.key for line in form.lines]
    assert sorted(mapping.fields) == sorted(form.field_keys)


def test_the_founding_form_on_the_general_one() -> None:
    mapping = between(EDITION, FORMS["standard-2024"])
    assert {old: new for old, new in mapping.nodes.items() if old != new} == {
        "OUT.COST": "COST.ECON",
        "BEN.SAT": "SAT.SERV",
    }


def test_what_the_founding_form_does_not_have_is_none() -> None:
    mapping = between(FORMS["standard-2024"], EDITION)
    assert [old for old, new in mapping.nodes.items() if new is None] == ["COST.SOC", "COST.ECO", "BEN.ECO"]
    assert [old for old, new in mapping.lines.items() if new is None] == ["INC.STATE", "INC.CARRY"]
    assert [old for old, new in mapping.fields.items() if new is None] == [
        "filler", "telephone", "head", "filled_on", "execution",
    ]  # fmt: skip


def test_a_class_is_known_by_its_key_whatever_it_is_called() -> None:
    assert now(the_quantity(label="产量指标")) == "OUT.QTY"


def test_a_class_is_known_by_its_canonical_key() -> None:
    assert now(the_quantity(key="Q", label="产量指标")) == "Q"


def test_a_class_is_known_by_its_label() -> None:
    assert now(the_quantity(key="Q", canonical="X", label="数 量指标（10分）")) == "Q"


def test_a_class_is_known_by_an_alias() -> None:
    assert now(the_quantity(key="Q", canonical="X", label="产量指标", aliases=("数量",))) == "Q"


def test_a_key_that_means_something_else_by_now_is_another_class() -> None:
    assert now(the_quantity(canonical="X", label="产量指标")) is None


def test_of_two_of_one_meaning_it_is_the_one_with_the_same_label() -> None:
    def doubled(node: Node) -> list[Node]:
        new = [replace(node, key="A", label="产量指标", aliases=("数量指标",)), replace(node, key="B")]
        return new if node.key == "OUT.QTY" else [node]

    assert now(doubled) == "B"


def test_of_two_of_one_meaning_and_other_labels_it_is_none() -> None:
    def doubled(node: Node) -> list[Node]:
        new = [replace(node, key=key, label=f"{key}产量指标") for key in "AB"]
        return new if node.key == "OUT.QTY" else [node]

    assert now(doubled) is None


def test_of_two_with_one_label_it_is_the_one_below_the_same_first_level() -> None:
    other = Node("Q", "Y", "数量指标")
    moved = with_nodes(EDITION, the_quantity(key="P", canonical="X"))
    benefit = replace(moved.tree[1], children=(*moved.tree[1].children, other))
    form = replace(moved, tree=(moved.tree[0], benefit))
    assert between(EDITION, form).nodes["OUT.QTY"] == "P"


def test_lines_are_known_by_name_within_their_split_and_the_totals_are_each_others() -> None:
    income, expenditure = EDITION.splits
    new = replace(
        EDITION,
        total=AmountLine("SUM", "合计"),
        splits=(
            replace(income, lines=(AmountLine("A", "公共财政拨款"), AmountLine("B", "项目支出"))),
            replace(expenditure, lines=(AmountLine("C", "基本支出"),)),
        ),
    )
    mapping = between(EDITION, new)
    assert {old: key for old, key in mapping.lines.items() if key} == {
        "TOTAL": "SUM",
        "INC.GENERAL": "A",
        "EXP.BASIC": "C",
    }


def test_fields_are_known_by_their_label() -> None:
    new = replace(EDITION, header=(), footer=(Field("unit", "填报单位"),))
    assert between(EDITION, new).fields == {"filing_unit": "unit", "department": "department"}


def document(**values: object) -> FilingDocument:
    blank = FilingDocument(FORMS["standard-2024"].code, FORMS["standard-2024"].sha256, 2024, {}, {})
    return replace(blank, **values)  # type: ignore[arg-type]


def test_a_row_of_a_class_that_is_gone_has_its_labels_and_its_key() -> None:
    row = IndicatorRow("k", "COST.SOC", "成本指标", "社会成本指标", "名", "值")
    (carried,) = carry(document(indicators=(row,)), FORMS["standard-2024"], EDITION).document.indicators
    assert carried == replace(row, node=None)
    assert carried.key == "k"


def test_a_row_without_a_class_gets_one_where_the_new_form_has_its_labels() -> None:
    row = IndicatorRow("k", None, "产出", "进度", "名", "值")
    (carried,) = carry(document(indicators=(row,)), FORMS["standard-2024"], EDITION).document.indicators
    assert (carried.node, carried.first_level, carried.second_level) == ("OUT.TIME", "产出指标", "时效指标")


def test_last_years_value_is_last_years_target_and_other_columns_are_kept() -> None:
    columns = (*EDITION.columns, Column("weight", "分值"), Column("last_value", "上年值"))
    row = IndicatorRow("k", "OUT.QTY", "", "", "名", "≥5卷", {"weight": "10", "last_value": "≥4卷", "note": "注"})
    old = replace(EDITION, columns=(*columns, Column("note", "备注")))
    done = carry(document(indicators=(row,)), old, replace(EDITION, columns=columns))
    assert done.document.indicators[0].more == {"weight": "10", "last_value": "≥5卷"}
    assert done.left == (Left(Place("indicators", "k", "note"), "名，备注", "注"),)


def test_tasks_go_where_there_are_tasks_and_are_told_where_there_are_none() -> None:
    task = TaskRow("k", {"name": "修路", "content": "", "amount": "30"})
    form = FORMS["task-table"]
    assert carry(document(tasks=(task,)), form, form).document.tasks == (task,)
    done = carry(document(tasks=(task,)), form, EDITION)
    assert done.document.tasks == ()
    assert done.left == (
        Left(Place("tasks", "k", "name"), "任务名称", "修路"),
        Left(Place("tasks", "k", "amount"), "预算金额（万元）", "30"),
    )


def test_amounts_say_their_unit_where_the_new_form_has_another() -> None:
    old = replace(EDITION, unit="元")
    amounts = {"TOTAL": "5,501,300", "INC.GENERAL": "1万元", "EXP.BASIC": "约五百", "EXP.PROJECT": ""}
    done = carry(document(amounts=amounts), old, EDITION)
    assert done.document.amounts == amounts | {"TOTAL": "5,501,300元"}
    assert done.document.amount("TOTAL", EDITION).value == document(amounts=amounts).amount("TOTAL", old).value
    assert in_unit("5", "万元", "万") == "5"


def test_what_has_no_place_is_told_with_the_name_of_its_cell() -> None:
    old = document(fields={"telephone": "0734-1"}, amounts={"INC.CARRY": "3", "INC.STATE": ""})
    assert carry(old, FORMS["standard-2024"], EDITION).left == (
        Left(Place("fields", "telephone"), "联系电话", "0734-1"),
        Left(Place("amounts", "INC.CARRY"), "上年结转", "3"),
    )


def test_a_cell_that_two_texts_would_come_to_has_the_first_and_the_other_is_told() -> None:
    old = replace(EDITION, header=(Field("a", "联系人"), Field("b", "联系人")), sections=EDITION.sections[1:])
    new = replace(EDITION, header=(Field("c", "联系人："),))
    done = carry(document(fields={"a": "王敏", "b": "李国强"}), old, new)
    assert done.document.fields == {"c": "王敏"}
    assert done.left == (Left(Place("fields", "b"), "联系人", "李国强"),)


@st.composite
def next_years(draw: st.DrawFn) -> Edition:
    """The founding form with classes removed, renamed, moved to another level; lines and sections gone."""
    first_levels: list[list[Node]] = [[], [], []]
    for at, (_, node) in enumerate(EDITION.leaves()):
        changed = replace(
            node,
            key=draw(st.sampled_from((node.key, f"N{at}"))),
            canonical=draw(st.sampled_from((node.canonical, "OUT.QTY", f"N{at}"))),
            label=draw(st.sampled_from((node.label, f"新{at}指标"))),
            aliases=draw(st.sampled_from((node.aliases, ()))),
        )
        if where := draw(st.sampled_from(([0], [1], [2], []))):
            first_levels[where[0]].append(changed)
    labels = ("产出指标", "效益指标", "新指标")
    tree = tuple(
        Node(f"F{at}", f"F{at}", labels[at], children=tuple(nodes)) for at, nodes in enumerate(first_levels) if nodes
    )
    kinds = draw(st.sets(st.sampled_from(("duties", "goal"))))
    splits = tuple(
        replace(split, lines=tuple(line for line in split.lines if draw(st.booleans()))) for split in EDITION.splits
    )
    sections = tuple(section for section in EDITION.sections if section.kind not in kinds)
    return replace(EDITION, code="next", tree=tree, splits=splits, sections=sections or (Section("goal", ""),))


def said(form: FilingDocument) -> Counter[str]:
    """Every text of a document, with how often it is there; one of several lines is one."""
    texts = [*form.fields.values(), *form.amounts.values(), form.goal, *(duty.text for duty in form.duties)]
    texts += [text for row in form.indicators for text in (row.name, row.target)]
    return Counter(text for text in texts if text)


@given(documents(EDITION), next_years())
def test_nothing_is_dropped(old: FilingDocument, new: Edition) -> None:
    done = carry(old, EDITION, new)
    assert said(done.document) + Counter(item.text for item in done.left) == said(old)
    assert {*done.document.fields} <= {*new.field_keys}
    assert {*done.document.amounts} <= {line.key for line in new.lines}
    nodes = between(EDITION, new).nodes
    assert [row.key for row in done.document.indicators] == [row.key for row in old.indicators]
    for was, row in zip(old.indicators, done.document.indicators, strict=True):
        assert row.node is None or new.levels(row.node) is not None
        if was.node:
            assert row.node == nodes[was.node]
        if row.node is None:
            assert (row.first_level, row.second_level) == (was.first_level, was.second_level)


@given(documents(EDITION))
def test_on_the_same_form_a_document_is_the_same(old: FilingDocument) -> None:
    done = carry(old, EDITION, EDITION)
    assert (done.document, done.left) == (old, ())
    assert [row.key for row in done.document.indicators] == [row.key for row in old.indicators]
