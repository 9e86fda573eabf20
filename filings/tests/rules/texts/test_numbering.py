"""Rule H3: the numerals of the duties."""

import pytest

from filings.tests.rules.documents import a_table, findings, report


def test_h3_the_valid_table_has_no_findings() -> None:
    assert report(a_table(), "H3") == []


def test_h3_a_gap_with_its_quick_fix() -> None:
    [finding] = findings(a_table(duties=("（一）甲。", "（二）乙。", "（四）丁。", "（五）戊。")), "H3")
    assert finding.message == "第（二）条之后是（四），缺（三）。请补充缺少的职责，或重新编号。"
    assert [str(place) for place in finding.places] == ["duties[d2].text", "duties[d3].text"]
    assert finding.quick_fix
    assert finding.quick_fix.label == "重新编号"
    assert [(str(place), text) for place, text in finding.quick_fix.changes] == [
        ("duties[d3].text", "（三）丁。"),
        ("duties[d4].text", "（四）戊。"),
    ]


@pytest.mark.parametrize(
    ("duties", "messages"),
    [
        (("1.甲", "2.乙", "2.丙"), ["第2条之后还是2，序号重复。请重新编号。"]),
        (("一、甲", "五、乙"), ["第一条之后是五，缺二、三、四。请补充缺少的职责，或重新编号。"]),
        (("①甲", "⑥乙"), ["第①条之后是⑥，缺②至⑤。请补充缺少的职责，或重新编号。"]),
        (("（二）甲", "（三）乙"), ["职责的序号从（二）开始，缺（一）。请补充缺少的职责，或重新编号。"]),
        (
            ("（一）甲", "（三）乙", "（二）丙"),
            [
                "第（一）条之后是（三），次序有误。请调整次序，或重新编号。",
                "第（三）条之后是（二），序号倒退。请调整次序，或重新编号。",
            ],
        ),
    ],
)
def test_h3_other_interruptions(duties: tuple[str, ...], messages: list[str]) -> None:
    assert [message for _, _, message in report(a_table(duties=duties), "H3")] == messages


@pytest.mark.parametrize(
    "duties",
    [
        ("甲", "乙"),
        ("（一）甲", "乙", "（二）丙"),
        ("（一）甲", "1.细项", "2.细项", "2.细项", "（二）乙"),
        ("(一)甲", "（二）乙", "（ 三 ）丙"),
        ("1.甲", "2、乙", "３．丙"),
        ("（一）甲；（二）乙；（三）丙。", "（四）丁。"),
        ("党的建设：", "（一）甲", "（二）乙", "行政工作：", "（一）丙", "（二）丁"),
    ],
)
def test_h3_consecutive_numerals(duties: tuple[str, ...]) -> None:
    assert report(a_table(duties=duties), "H3") == []


@pytest.mark.parametrize(
    "duties", [("（一）甲", "乙", "（三）丙"), ("（一）甲", "（三）乙", "（二）丙"), ("（一）甲", "1.细", "（三）乙")]
)
def test_h3_has_no_quick_fix_where_it_is_not_certain(duties: tuple[str, ...]) -> None:
    assert {finding.quick_fix for finding in findings(a_table(duties=duties), "H3")} == {None}
