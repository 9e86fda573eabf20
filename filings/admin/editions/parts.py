"""Texts and numbers of an edition that are edited one by one, with their paths in its data and their captions."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from filings.choices import Side
from filings.document.edition import Edition

Data = dict[str, Any]


@dataclass(frozen=True)
class EditionPart:
    """One value in the data of an edition. `lines` is the height of its field in lines."""

    path: tuple[str | int, ...]
    caption: str
    lines: int = 1

    @property
    def name(self) -> str:
        """Name of the form field."""
        return "-".join(map(str, self.path))

    def value(self, data: Data) -> Any:
        """Return the value; a missing one is blank."""
        value: Any = data
        for step in self.path:
            value = value.get(step, "") if isinstance(value, dict) else value[step]
        return value

    def put(self, data: Data, value: Any) -> None:
        """Replace the value."""
        *parents, last = self.path
        EditionPart(tuple(parents), "").value(data)[last] = value


def data_of(edition: Edition) -> Data:
    """Return all data of an edition as mutable lists and dictionaries."""
    data: Data = json.loads(json.dumps(edition.to_data()))
    return data


def groups(data: Data) -> list[tuple[str, list[EditionPart]]]:
    """Group the texts under the headings of the page."""
    return [
        (
            "名称和标题",
            [EditionPart(("name",), "名称"), EditionPart(("title",), "标题"), EditionPart(("notes",), "备注", lines=2)],
        ),
        ("表头和表尾", [*_fields(data, "header", "表头"), *_fields(data, "footer", "表尾")]),
        ("表格左边的栏目", list(_sections(data))),
        ("预算栏的小标题", list(_splits(data))),
        ("指标表的列名", list(_columns(data, "columns"))),
        ("任务表的列名", list(_columns(data, "task_columns"))),
    ]


def text_parts(data: Data) -> list[EditionPart]:
    """List all texts in the order of the page."""
    return [part for _title, members in groups(data) for part in members]


def width_parts(data: Data) -> list[EditionPart]:
    """List the widths of the grid's columns: the labels on the left, then those covered by each indicator column."""
    captions = ["左边栏目", *_covered(data)]
    if len(captions) != len(data["widths"]):
        captions = [f"第 {number} 列" for number in range(1, len(data["widths"]) + 1)]
    return [EditionPart(("widths", index), caption) for index, caption in enumerate(captions)]


def _fields(data: Data, block: str, caption: str) -> Iterator[EditionPart]:
    for index, _item in enumerate(data[block]):
        row = f"{caption}第 {index + 1} 行"
        yield EditionPart((block, index, "label"), row)
        yield EditionPart((block, index, "stamp"), f"{row}的盖章处")


def _sections(data: Data) -> Iterator[EditionPart]:
    for index, item in enumerate(data["sections"]):
        caption = f"第 {index + 1} 栏"
        yield EditionPart(("sections", index, "label"), caption, lines=2)
        if item["kind"] == "opinion":
            yield EditionPart(("sections", index, "words"), f"{caption}框里印的字", lines=2)


def _splits(data: Data) -> Iterator[EditionPart]:
    for index, item in enumerate(data["splits"]):
        side = SIDES.get(item["side"], item["side"])
        yield EditionPart(("splits", index, "label"), f"{side}的标题")
        yield EditionPart(("splits", index, "lead"), f"{side}第一行前的字")


def _columns(data: Data, table: str) -> Iterator[EditionPart]:
    for index, _item in enumerate(data.get(table, ())):
        yield EditionPart((table, index, "label"), f"第 {index + 1} 列")


def _covered(data: Data) -> Iterator[str]:
    for column in data["columns"]:
        for number in range(1, column["span"] + 1):
            yield column["label"] if column["span"] == 1 else f"{column['label']} {number}"


SIDES: dict[str, str] = {str(Side.INCOME): "收入", str(Side.EXPENDITURE): "支出"}
