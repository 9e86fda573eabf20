"""Editing editions field by field in the admin."""

from dataclasses import replace

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from filings.document.bundled_editions import editions
from filings.editions.store import change, store
from filings.models import FormEdition, IndicatorNode
from filings.tests.admin.pages import errors_in, open_edition, rows, stored
from filings.tests.county import County

pytestmark = pytest.mark.django_db


def test_saving_an_unchanged_page_changes_nothing(client: Client, edition: FormEdition) -> None:
    before = rows()
    assert open_edition(client, edition).send().status_code == 302
    assert rows() == before


@pytest.mark.parametrize("code", sorted(editions()))
def test_every_shipped_edition_is_unchanged_after_saving_its_page(client: Client, code: str) -> None:
    row = store(editions()[code])
    assert open_edition(client, row).send().status_code == 302
    assert stored(row) == editions()[code]


def test_line_breaks_in_labels_are_kept(client: Client, edition: FormEdition) -> None:
    was = edition.definition()
    first, second = was.tree
    broken = replace(
        was,
        title="{year}年\n绩效目标表",
        columns=tuple(replace(column, label=f" {column.label}\n列") for column in was.columns),
        total=replace(was.total, label="资金\n总额："),
        tree=(replace(first, label="产出\n指标"), second),
    )
    change(edition, broken)
    assert open_edition(client, edition).send().status_code == 302
    assert stored(edition) == broken


def test_unknown_rules_are_kept(client: Client, edition: FormEdition) -> None:
    was = edition.definition()
    newer = replace(was, rules={**was.rules, "Z9": "warning"}, limits={**was.limits, "Z9": "7"}, explained=("Z9", "B6"))
    change(edition, newer)
    assert open_edition(client, edition).send({"severity-B1": "advice"}).status_code == 302
    assert stored(edition) == replace(newer, rules={**newer.rules, "B1": "advice"})


def test_texts_widths_and_rules_are_changed(client: Client, edition: FormEdition) -> None:
    shown = open_edition(client, edition)
    changes = {
        "name": "新名称",
        "title": "{year}年度绩效目标表",
        "header-0-label": "单位：",
        "header-0-stamp": "（公章）",
        "sections-1-label": "预算\r\n（万元）",
        "splits-0-label": "按来源分：",
        "columns-2-label": "指标名称",
        "widths-0": "13",
        "widths-1": "12",
        "total_label": "总额：",
        "total_aliases": "合计\r\n\r\n 总计 ",
        "severity-B1": "warning",
        "severity-B2": "off",
        "limit-B6": "25.50",
        "limit-B9.head": "150",
        "asks-B7": "on",
    }
    assert shown.send(changes, without=("asks-K2",)).status_code == 302
    was, now = edition.definition(), stored(edition)
    assert now == replace(
        was,
        name="新名称",
        title="{year}年度绩效目标表",
        header=(replace(was.header[0], label="单位：", stamp="（公章）"),),
        sections=tuple(
            replace(section, label="预算\n（万元）") if section.kind == "budget" else section
            for section in was.sections
        ),
        splits=(replace(was.splits[0], label="按来源分："), was.splits[1]),
        columns=tuple(replace(column, label="指标名称") if column.key == "name" else column for column in was.columns),
        widths=(13, 12, *was.widths[2:]),
        total=replace(was.total, label="总额：", aliases=("合计", "总计")),
        rules={**was.rules, "B1": "warning", "B2": "off"},
        limits={**was.limits, "B6": "25.5", "B9.head": "150"},
        explained=("B6", "B9", "Y1", "B7"),
    )
    assert FormEdition.objects.get(pk=edition.pk).stamp != edition.stamp


def test_budget_lines_are_renamed_added_moved_and_removed(client: Client, edition: FormEdition) -> None:
    shown = open_edition(client, edition)
    fund, general = shown.row("政府性基金拨款："), shown.row("一般公共预算：")
    added = {
        "lines-6-side": "income",
        "lines-6-label": "国有资本经营预算：",
        "lines-6-aliases": "国资",
        "lines-6-ORDER": "15",
    }
    renamed = {f"{general}-label": "一般公共预算拨款：", f"{general}-aliases": "公共财政拨款"}
    assert shown.send(added, renamed, {f"{fund}-DELETE": "on"}).status_code == 302
    income = stored(edition).splits[0].lines
    assert [(line.key, line.label, line.aliases) for line in income[:3]] == [
        ("INC.GENERAL", "一般公共预算拨款：", ("公共财政拨款",)),
        ("INC.NEW", "国有资本经营预算：", ("国资",)),
        ("INC.NONTAX", "纳入专户管理的非税收入拨款：", ()),
    ]
    assert stored(edition).splits[1] == edition.definition().splits[1]


def test_indicators_are_renamed_added_moved_and_removed(client: Client, edition: FormEdition) -> None:
    shown = open_edition(client, edition)
    quality, time, economic = (shown.row(label) for label in ("质量指标", "时效指标", "经济效率指标"))
    ecological = {
        "nodes-10-level": "2",
        "nodes-10-label": "生态效益指标",
        "nodes-10-canonical": "BEN.ECO",
        "nodes-10-ORDER": "75",
    }
    own = {"nodes-11-level": "2", "nodes-11-label": "本县指标", "nodes-11-ORDER": "76"}
    changes = {f"{time}-ORDER": "15", f"{economic}-label": "经济效益指标", f"{economic}-aliases": "经济效率指标"}
    answer = shown.send(ecological, own, changes, {f"{quality}-DELETE": "on"}, without=(f"{time}-required",))
    assert answer.status_code == 302
    outputs, benefits = stored(edition).tree
    assert [node.key for node in outputs.children] == ["OUT.TIME", "OUT.QTY", "OUT.COST"]
    assert [node.required for node in outputs.children] == [False, True, True]
    assert [(node.key, node.canonical, node.label) for node in benefits.children] == [
        ("BEN.ECON", "BEN.ECON", "经济效益指标"),
        ("BEN.ECO", "BEN.ECO", "生态效益指标"),
        ("NEW", "本县指标", "本县指标"),
        ("BEN.SOC", "BEN.SOC", "社会效益指标"),
        ("BEN.SUST", "BEN.SUST", "可持续影响指标"),
        ("BEN.SAT", "SAT.SERV", "社会公众或服务对象满意度"),
    ]
    assert benefits.children[0].aliases == ("经济效率指标",)


def test_a_first_level_is_added_with_its_second_levels(client: Client, edition: FormEdition) -> None:
    first = {"nodes-10-level": "1", "nodes-10-label": "满意度指标", "nodes-10-canonical": "SAT"}
    second = {"nodes-11-level": "2", "nodes-11-label": "服务对象满意度", "nodes-11-canonical": "SAT.SERV"}
    assert open_edition(client, edition).send(first, second).status_code == 302
    added = stored(edition).tree[2]
    assert (added.key, added.label, [node.key for node in added.children]) == ("SAT", "满意度指标", ["SAT.SERV"])


def test_the_log_lists_the_changes(client: Client, edition: FormEdition) -> None:
    shown = open_edition(client, edition)
    shown.send({f"{shown.row('质量指标')}-label": "品质指标", "severity-B1": "advice"})
    (entry,) = LogEntry.objects.all()
    assert entry.get_change_message() == "指标：「质量指标」改为「品质指标」；规则 B1：「须改正」改为「建议」"


REFUSED = {
    "widths": ({"widths-0": "13"}, "各列宽度合计 101，请改为 100。"),
    "a title of spaces": ({"title": "  "}, "这个字段是必填项。"),
    "a word that cannot be printed": (
        {"sections-0-label": "部门\x07名称"},
        "有一处文字太长（最多 100 个字），或者含有打印不出的字符。文字是「部门\\x07名称」。",
    ),
    "an invalid limit": ({"limit-B6": "-1"}, "确保该值大于或等于0。"),
    "an unknown severity": ({"severity-B1": "x"}, "选择一个有效的选项。 x 不在可用的选项中。"),
    "a second level without a first": ({"nodes-1-ORDER": "5"}, "「数量指标」上面没有一级指标，请把它的次序调大。"),
    "a class of the other level": ({"nodes-1-canonical": "OUT"}, "这一行是二级指标，请选二级的通用类别。"),
    "an unknown level": ({"nodes-1-level": "3"}, "选择一个有效的选项。 3 不在可用的选项中。"),
    "one label twice": (
        {"nodes-1-label": "质量指标"},
        "「产出指标」下面有两个「质量指标」，请删去一个，或者改名称。",
    ),
    "no indicators": (
        {f"nodes-{index}-DELETE": "on" for index in range(10)},
        "指标已全部删去，请至少保留一个一级指标和它的一个二级指标。",
    ),
    "a first level alone": (
        {"nodes-10-level": "1", "nodes-10-label": "满意度指标"},
        "一级指标「满意度指标」下面没有二级指标，请加一个，或者把它也删去。",
    ),
    "a split without lines": (
        {f"lines-{index}-DELETE": "on" for index in (4, 5)},
        "按支出分的预算行至少保留一行。",
    ),
    "a long alias": (
        {"total_aliases": "长" * 101},
        "「长长长长长长长长长长长长长长长长长长长长…」有 101 个字，最多 100 个。",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_an_invalid_form_saves_nothing_and_keeps_the_input(client: Client, edition: FormEdition, case: str) -> None:
    changes, message = REFUSED[case]
    before = rows()
    answer = open_edition(client, edition).send(changes, {"name": "刚填的名称"})
    assert answer.status_code == 200
    text = answer.content.decode()
    assert message in errors_in(text)
    assert ">\n刚填的名称</textarea>" in text
    assert rows() == before


def test_parts_used_by_drafts_cannot_be_removed(client: Client, county: County, edition: FormEdition) -> None:
    county.filled()
    shown = open_edition(client, edition)
    assert shown.refusal({f"{shown.row('数量指标')}-DELETE": "on"}) == [
        "填报中的表有 1 行指标在「数量指标」下面，不能删去。可以改它的名称，或者请填报人先行移出。"
    ]
    assert shown.refusal({f"{shown.row('一般公共预算：')}-DELETE": "on"}) == [
        "填报中的表有 1 份填了「一般公共预算：」，不能删去。可以改它的名称，或者请填报人先清空。"
    ]
    row = IndicatorNode.objects.get(key="OUT.QTY").indicators.get(name="接收档案")
    assert shown.send({f"{shown.row('数量指标')}-label": "产量指标"}).status_code == 302
    row.refresh_from_db()
    assert row.node
    assert row.node.label == "产量指标"


def test_a_class_with_blank_rows_only_is_removed_with_them(
    client: Client, county: County, edition: FormEdition
) -> None:
    filing = county.filled()
    shown = open_edition(client, edition)
    assert shown.send({f"{shown.row('质量指标')}-DELETE": "on"}).status_code == 302
    remaining = filing.indicators.exclude(rank="")
    assert "OUT.QUAL" not in [row.node.key for row in remaining if row.node]
    assert not remaining.filter(node=None).exists()


def test_saving_an_outdated_page_is_refused(client: Client, edition: FormEdition) -> None:
    first, second = open_edition(client, edition), open_edition(client, edition)
    first.send({"name": "先存的"})
    before = rows()
    assert second.refusal({"name": "后存的"}) == [
        "您打开后，这份表样已被他人修改，未保存。请另开页面查看改动，再重新打开本页修改。"
    ]
    assert rows() == before
