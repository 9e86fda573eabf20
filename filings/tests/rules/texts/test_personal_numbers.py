"""Rule H5: personal numbers in public texts."""

from dataclasses import replace

import pytest

from filings.document.content import IndicatorRow, TaskRow
from filings.document.edition import Field
from filings.rules.engine import check
from filings.rules.finding import KnownFacts
from filings.tests.rules.documents import EDITION, a_table, report

IDENTITY = "11010519491231002X"


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("联系13800001234。", "手机号码 138****1234"),
        ("联系138-0000-1234。", "手机号码 138****1234"),
        ("联系１３８ ００００ １２３４。", "手机号码 138****1234"),
        ("联系1 3800001234。", "手机号码 138****1234"),
        ("电话0734-5222333。", "电话号码 0734*****33"),
        ("电话（0734）5222333。", "电话号码 0734*****33"),
        ("电话：07345222333。", "电话号码 0734*****33"),
        (f"身份证{IDENTITY}。", "身份证号码 110*************2X"),
    ],
)
def test_h5_personal_numbers(text: str, hidden: str) -> None:
    message = f"整体绩效目标中疑似含有{hidden}，公开的表格不得含有个人信息。请删去或改为单位名称。"
    assert report(a_table(goal=text), "H5") == [("warning", "goals[0]", message)]
    publication = KnownFacts(is_publication=True)
    assert report(a_table(goal=text), "H5", publication) == [("error", "goals[0]", message)]


@pytest.mark.parametrize(
    "text",
    [
        "投入13800001234元。",
        "投入1380000.1234万元，约≥13800001234。",
        "青财〔2022〕13800001234号。",
        "邮编421400，热线12345、12315。",
        "编码073452223331。",
        "编号110105194912310021。",
        "编号110105194913310021。",
        "信用代码91430100MA4L13800001",
        "2022-0734-1234567",
        "110105491231002",
        "资产编号0734522233",
    ],
)
def test_h5_other_long_numbers(text: str) -> None:
    assert report(a_table(goal=text), "H5") == []


def test_h5_checks_every_public_text() -> None:
    number = "13800001234"
    rows = (IndicatorRow("a", "OUT.QTY", "", "", f"名称{number}", f"联系{number}", {"remark": number}),)
    footer = (Field("filler", "填报人："), Field("telephone", "联系电话："), Field("contact", "联系人："))
    edition = replace(EDITION, footer=footer, rules={"H5": "error"})
    table = replace(
        a_table(duties=(f"（一）{number}",), rows=rows),
        fields={"filler": f"张{number}", "telephone": number, "contact": number},
        tasks=(TaskRow("t1", {"name": f"任务{number}"}),),
    )
    assert sorted(str(finding.places[0]) for finding in check(table, edition)) == [
        "duties[d1].text",
        "fields[filler]",
        "indicators[a].name",
        "indicators[a].target",
        "tasks[t1].name",
    ]
