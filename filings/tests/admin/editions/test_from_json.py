"""Creating editions from JSON, and the Chinese messages for refused ones."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from filings.admin.editions.messages import message
from filings.document import edition_json
from filings.document.bundled_editions import editions
from filings.document.edition import Edition, EditionError
from filings.models import FormEdition
from filings.tests.admin.pages import open_form

pytestmark = pytest.mark.django_db

ADD = reverse("admin:filings_formedition_add")
Data = dict[str, Any]


def bundled() -> Edition:
    return editions()["hunan-county-2022"]


def test_an_edition_is_created_from_json(client: Client) -> None:
    second = replace(bundled(), version=bundled().version + 1)
    text = json.dumps(second.to_data(), ensure_ascii=False)
    assert open_form(client, ADD, "formedition_form").send({"content": text}).status_code == 302
    assert FormEdition.objects.get(version=second.version).definition() == second


def test_invalid_json_and_an_existing_edition_are_refused(client: Client) -> None:
    asked = open_form(client, ADD, "formedition_form")
    assert asked.refusal({"content": "{"}) == ["表样无法识别：这段文字不是完整的 JSON，请核对括号、引号和逗号。"]
    again = json.dumps(bundled().to_data(), ensure_ascii=False)
    version = bundled().version
    taken = f"已有代码为 hunan-county-2022、版次为 {version} 的表样。请把版次改成 {version + 1}，或者换一个代码。"
    assert asked.refusal({"content": again}) == [taken]
    assert FormEdition.objects.count() == 1


def put(*path: str | int, value: Any) -> Callable[[Data], None]:
    def change(data: Data) -> None:
        parent: Any = data
        for step in path[:-1]:
            parent = parent[step]
        parent[path[-1]] = value

    return change


COLUMNS = [{"key": column.key, "label": column.label} for column in bundled().columns]
BROKEN = {
    "表样缺少一部分，或者某一部分的写法不对。": put("header", value=[{}]),
    "表样要有栏目、指标，还要有预算行或任务。": put("sections", value=[]),
    "版次是 1 到 9999 的整数。": put("version", value=0),
    "金额单位无法识别，或者小数位数不在 0 到 6 之间。": put("decimals", value=9),
    "有一个栏目的种类无法识别。": put("sections", 0, "kind", value="x"),
    "指标表的列不齐，或者次序有误。": put("columns", value=[]),
    "指标表有一列重复，或者排在指标名称之前。": put("columns", value=[{"key": "note", "label": "备注"}, *COLUMNS]),
    "任务表的列不齐，或者次序有误。": put("sections", 0, "kind", value="tasks"),
    "有一列占的格数不是正整数。": put("columns", 0, "span", value=0),
    "列宽的个数与列数不符，或者合计不是 100。": put("widths", 0, value=99),
    "有一条规则的程度不是须改正、提醒、建议、关闭之一。": put("rules", "B1", value="x"),
    "有一条规则的数不是普通的数：最多 9 位整数、4 位小数。": put("limits", "B4", value="-1"),
    f"有一处文字太长（最多 100 个字），或者含有打印不出的字符。文字是「{'长' * 20}」。": put("title", value="长" * 101),
    "有两个预算行、两个指标或两个栏目的键相同。": put("total", "key", value="INC.FUND"),
    "有一个预算行、指标或栏目没有键。": put("total", "key", value=""),
}


@pytest.mark.parametrize("expected", BROKEN)
def test_every_reason_has_a_message(expected: str) -> None:
    data: Data = json.loads(json.dumps(bundled().to_data()))
    BROKEN[expected](data)
    with pytest.raises(EditionError) as refused:
        edition_json.from_data(data)
    assert message(refused.value) == expected


def test_an_unknown_reason_has_a_general_message() -> None:
    assert message(EditionError("something new")) == (
        "这样修改后，表样无法打印或填写，未保存。请恢复刚才的改动，逐处修改后保存。"
    )
