"""The texts and numbers of an edition that are changed one by one: where each stands, what people call it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from filings.choices import Side
from filings.document.edition import Edition

Data = dict[str, Any]


@dataclass(frozen=True)
class EditionPart:
    """One place in the data of an edition. `lines` is how many lines of text its field shows."""

    path: tuple[str | int, ...]
    caption: str
    lines: int = 1

    @property
    def name(self) -> str:
        """What its field in a form is called."""
        return "-".join(map(str, self.path))

    def value(self, data: Data) -> Any:
        """What stands there."""
        found: Any = data
        for step in self.path:
            found = found.get(step, "") if isinstance(found, dict) else found[step]
        return found

    def put(self, data: Data, value: Any) -> None:
        """Replace what stands there."""
        *way, last = self.path
        EditionPart(tuple(way), "").value(data)[last] = value


def data_of(edition: Edition) -> Data:
    """The edition's data as lists and dictionaries that can be changed; whatever it has is in it."""
    data: Data = json.loads(json.dumps(edition.to_data()))
    return data


def groups(data: Data) -> list[tuple[str, list[EditionPart]]]:
    """The texts, as they stand together on the page, under their headings."""
    return [
        (
            "名称和标题",
            [EditionPart(("name",), "名称"), EditionPart(("title",), "标题"), EditionPart(("notes",), "备注", lines=2)],
        ),
        ("表头和表尾", [*_fields(data, "header", "表头"), *_fields(data, "footer", "表尾")]),
        ("表格左边的栏目", list(_sections(data))),
        ("预算栏的小标题", list(_splits(data))),
        ("指标表的列名", list(_columns(data, "columns", "第 %(number)s 列"))),
        ("任务表的列名", list(_columns(data, "task_columns", "第 %(number)s 列"))),
    ]


def widths(data: Data) -> list[EditionPart]:
    """A number for each column of the grid: the labels at the left, then what each column of indicators covers."""
    captions = ["左边栏目", *_covered(data)]
    if len(captions) != len(data["widths"]):
        captions = [f"第 {number} 列" for number in range(1, len(data["widths"]) + 1)]
    return [EditionPart(("widths", at), caption) for at, caption in enumerate(captions)]


def _fields(data: Data, where: str, caption: str) -> Iterator[EditionPart]:
    for at, _item in enumerate(data[where]):
        number = f"{caption}第 {at + 1} 行"
        yield EditionPart((where, at, "label"), number)
        yield EditionPart((where, at, "stamp"), f"{number}的盖章处")


def _sections(data: Data) -> Iterator[EditionPart]:
    for at, item in enumerate(data["sections"]):
        caption = f"第 {at + 1} 栏"
        yield EditionPart(("sections", at, "label"), caption, lines=2)
        if item["kind"] == "opinion":
            yield EditionPart(("sections", at, "words"), f"{caption}框里印的字", lines=2)


def _splits(data: Data) -> Iterator[EditionPart]:
    for at, item in enumerate(data["splits"]):
        side = SIDES.get(item["side"], item["side"])
        yield EditionPart(("splits", at, "label"), f"{side}的标题")
        yield EditionPart(("splits", at, "lead"), f"{side}第一行前的字")


def _columns(data: Data, where: str, caption: str) -> Iterator[EditionPart]:
    for at, _item in enumerate(data.get(where, ())):
        yield EditionPart((where, at, "label"), caption % {"number": at + 1})


def _covered(data: Data) -> Iterator[str]:
    for column in data["columns"]:
        for piece in range(1, column["span"] + 1):
            yield column["label"] if column["span"] == 1 else f"{column['label']} {piece}"


SIDES: dict[str, str] = {str(Side.INCOME): "收入", str(Side.EXPENDITURE): "支出"}
