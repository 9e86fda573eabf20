"""Assignment of indicators to duties."""

from dataclasses import replace
from time import perf_counter

from filings.document.content import IndicatorRow
from filings.document.links import Links
from filings.rules.finding import KnownFacts, RuleContext
from filings.rules.texts.coverage import DutyCoverage, cover_duties, covered_count
from filings.tests.founding import founding_document, with_indicators, with_long_duties
from filings.tests.rules.documents import EDITION, a_table

DUTIES = (
    "（一）负责全县干部教育培训工作。",
    "（二）指导农村公路建设和养护。",
    "（三）负责档案查阅服务。",
    "（四）承办县委和上级部门交办的其他事项。",
)
ROWS = (
    IndicatorRow("a", "OUT.QTY", "", "", "干部教育培训人次", "≥500人次"),
    IndicatorRow("b", "OUT.QTY", "", "", "农村公路养护里程", "≥80公里"),
    IndicatorRow("c", "OUT.QUAL", "", "", "预算完成率", "=100%"),
    IndicatorRow("d", "OUT.TIME", "", "", "完成上级交办的其他任务时间", "年内"),
)


def coverage(
    links: dict[str, tuple[str, ...]] | None = None, rows: tuple[IndicatorRow, ...] = ROWS
) -> tuple[DutyCoverage, ...]:
    known = KnownFacts(links=Links(duties=links or {}))
    return cover_duties(RuleContext(a_table(duties=DUTIES, rows=rows), EDITION, known))


def keys(items: tuple[DutyCoverage, ...]) -> dict[str, list[str]]:
    return {item.duty.key: [row.key for row in item.rows] for item in items}


def test_rows_are_suggested_by_the_words_they_share_with_one_duty() -> None:
    items = coverage()
    assert keys(items) == {"d1": ["a"], "d2": ["b"], "d3": [], "d4": []}
    assert [item.duty.key for item in items] == ["d1", "d2", "d3", "d4"]
    assert {key for item in items for key in item.by_hand} == set()


def test_manual_links_take_precedence() -> None:
    items = coverage({"a": ("d3", "d2"), "c": ("d1",), "d": ("d4",)})
    assert keys(items) == {"d1": ["c"], "d2": ["a", "b"], "d3": ["a"], "d4": ["d"]}
    assert [set(item.by_hand) for item in items] == [{"c"}, {"a"}, {"a"}, {"d"}]


def test_a_row_linked_to_nothing_or_to_a_missing_duty_covers_nothing() -> None:
    assert keys(coverage({"a": (), "b": ("d9",)})) == {"d1": [], "d2": [], "d3": [], "d4": []}


def test_a_repeated_link_counts_once() -> None:
    assert keys(coverage({"a": ("d1", "d1")}))["d1"] == ["a"]


def test_formal_duties_are_not_counted() -> None:
    items = coverage()
    assert [item.is_formal for item in items] == [False, False, False, True]
    assert covered_count(items) == (2, 3)
    assert covered_count(()) == (0, 0)


def test_a_row_covers_two_duties_at_most() -> None:
    rows = (IndicatorRow("a", "OUT.QTY", "", "", "干部教育培训与农村公路建设", "1"),)
    assert keys(coverage(rows=rows)) == {"d1": ["a"], "d2": ["a"], "d3": [], "d4": []}
    alike = RuleContext(a_table(duties=tuple(f"（{n}）公路养护{n}" for n in "一二三"), rows=ROWS), EDITION)
    assert keys(cover_duties(alike)) == {"d1": [], "d2": [], "d3": []}


def test_no_row_is_suggested_for_a_formal_duty() -> None:
    row = IndicatorRow("a", "OUT.QTY", "", "", "主管机构对接次数", "1")
    duties = ("（一）档案。", "（二）承办主管机构交办的其他事项。")
    assert keys(cover_duties(RuleContext(a_table(duties=duties, rows=(row,)), EDITION))) == {"d1": [], "d2": []}


def test_a_word_of_several_duties_or_of_all_tables_does_not_suffice() -> None:
    rows = (
        IndicatorRow("a", "OUT.QTY", "", "", "公路里程", "1"),
        IndicatorRow("b", "OUT.QTY", "", "", "组织次数", "1"),
    )
    duties = ("（一）公路养护。", "（二）公路绿化。", "（三）组织青年。")
    assert keys(cover_duties(RuleContext(a_table(duties=duties, rows=rows), EDITION))) == {"d1": [], "d2": [], "d3": []}


def test_the_founding_table() -> None:
    items = cover_duties(RuleContext(founding_document(), EDITION))
    names = [[row.name for row in item.rows] for item in items]
    assert names[:2] == [["党员教育设备使用年限"], ["全县非公有制经济组织和社会组织党组织建设"]]
    assert [item.is_formal for item in items] == [False] * 12 + [True]
    assert covered_count(items) == (2, 12)


def test_the_order_of_rows_changes_nothing() -> None:
    backwards = tuple(reversed(ROWS))
    assert {key: set(rows) for key, rows in keys(coverage(rows=backwards)).items()} == {
        key: set(rows) for key, rows in keys(coverage()).items()
    }


def test_a_full_table_takes_less_than_100_ms() -> None:
    document = replace(with_long_duties(12_000), indicators=with_indicators(300).indicators)
    context = RuleContext(document, EDITION)
    assert len(context.rows) == 300
    times = []
    for _ in range(5):
        start = perf_counter()
        cover_duties(context)
        times.append(perf_counter() - start)
    assert min(times) < 0.1
