"""Suggestions of names and targets while an officer types."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from filings.library import issued, suggest
from filings.models import Department, Filing
from filings.tests.county import County, found_county
from filings.tests.library.seeded import Written, approved, cycle_of, entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def county() -> County:
    return found_county()


@pytest.fixture
def filing(county: County) -> Filing:
    return county.started()


def other(county: County, name: str, *rows: Written, year: int = 2021, withheld: bool = False) -> Department:
    """Create a department with a table approved in that year."""
    department = Department.objects.create(code=f"9{Department.objects.count()}", name=name, withheld=withheld)
    approved(department, cycle_of(year), county.filler, *rows)
    return department


def offered(filing: Filing, typed: str, canonical: str = "OUT.QTY") -> list[tuple[str, str]]:
    return [(suggestion.name, suggestion.source) for suggestion in suggest.for_name(filing, canonical, typed)]


def names(filing: Filing, typed: str, canonical: str = "OUT.QTY") -> list[str]:
    return [name for name, _source in offered(filing, typed, canonical)]


def test_the_order_is_own_last_year_then_library_then_others(county: County, filing: Filing) -> None:
    for year, name in ((2020, "档案甲"), (2021, "档案乙")):
        approved(county.department, cycle_of(year), county.filler, ("OUT.QTY", name, f"≥{year}卷"))
    entry("档案丙", "OUT.QTY", "≥3卷", "≥4卷")
    other(county, "县图书馆", ("OUT.QTY", "档案丁", "≥4卷"), ("OUT.QUAL", "档案戊", "=100%"), year=2019)
    other(county, "县文化馆", ("OUT.QTY", "档案己", ""), year=2022)
    assert offered(filing, "档案") == [
        ("档案乙", "县档案馆 2021年"),
        ("档案丙", "演示编拟"),
        ("档案己", "县文化馆 2022年"),
        ("档案丁", "县图书馆 2019年"),
        ("档案戊", "县图书馆 2019年"),
    ]
    assert [suggestion.values for suggestion in suggest.for_name(filing, "OUT.QTY", "档案")] == [
        ("≥2021卷",),
        ("≥3卷", "≥4卷"),
        (),
        ("≥4卷",),
        ("=100%",),
    ]


def test_within_each_origin_the_same_class_comes_first(county: County, filing: Filing) -> None:
    approved(county.department, cycle_of(2021), county.filler, ("OUT.QTY", "接收档案", "≥5卷"))
    entry("档案完好率", "OUT.QUAL")
    entry("档案整理", "OUT.QTY")
    assert names(filing, "档案", "OUT.QUAL") == ["接收档案", "档案完好率", "档案整理"]
    assert names(filing, "档案", "OUT.QTY") == ["接收档案", "档案整理", "档案完好率"]


def test_a_name_is_found_by_its_beginning_by_words_and_by_initials(filing: Filing) -> None:
    for name in ("群众满意度", "满意度", "查档群众满意度", "接收档案"):
        entry(name, "SAT.SERV")
    assert names(filing, "满意", "SAT.SERV") == ["满意度", "查档群众满意度", "群众满意度"]
    assert names(filing, "满意 群众", "SAT.SERV") == ["查档群众满意度", "群众满意度"]
    assert names(filing, "QZM", "SAT.SERV") == ["群众满意度", "查档群众满意度"]
    assert names(filing, "ｊｓｄａ", "SAT.SERV") == ["接收档案"]
    assert names(filing, "满意x", "SAT.SERV") == []
    assert names(filing, "%", "SAT.SERV") == []


def test_initials_find_other_departments_rows_too(county: County, filing: Filing) -> None:
    other(county, "县图书馆", ("OUT.QTY", "重点图书采购", "≥9册"))
    assert names(filing, "zdts") == ["重点图书采购"]


def test_withheld_departments_are_never_shown_to_others(county: County, filing: Filing) -> None:
    hidden = other(county, "县保密局", ("OUT.QTY", "保密检查", "≥9次"), withheld=True)
    assert names(filing, "保密") == []
    Department.objects.filter(pk=hidden.pk).update(withheld=False)
    assert names(filing, "保密") == ["保密检查"]
    Department.objects.filter(pk=hidden.pk).update(withheld=True)
    assert names(filing, "保密") == []
    Department.objects.update(withheld=True)
    approved(county.department, cycle_of(2018), county.filler, ("OUT.QTY", "保密培训", "≥2次"))
    assert names(filing, "保密") == ["保密培训"]


def test_a_copy_that_is_not_in_force_is_not_suggested(county: County, filing: Filing) -> None:
    department = other(county, "县图书馆", ("OUT.QTY", "图书采购", "≥9册"))
    department.filings.get().issued_copies.update(live=False)
    assert names(filing, "图书") == []


def test_at_most_eight_and_each_name_once(county: County, filing: Filing) -> None:
    for number in range(12):
        entry(f"档案{number:02}")
    entry("档案00", "OUT.QUAL")
    other(county, "县图书馆", ("OUT.QTY", "档案 00", "≥9册"))
    assert names(filing, "档案") == [f"档案{number:02}" for number in range(8)]
    assert names(filing, "档案00") == ["档案00"]


def test_names_in_the_table_are_not_suggested(county: County) -> None:
    filing = county.filled()
    for name in ("接收档案", "接收档案光盘", "接收图书"):
        entry(name)
    assert names(filing, "接收") == ["接收图书", "接收档案光盘"]
    # The row being typed does not count as another row.
    assert names(filing, "接收档案") == ["接收档案", "接收档案光盘"]
    filing.indicators.update(rank="")
    assert names(filing, "接收") == ["接收图书", "接收档案", "接收档案光盘"]


def values(filing: Filing, name: str, typed: str = "") -> list[tuple[str, tuple[str, ...]]]:
    return [(suggestion.name, suggestion.values) for suggestion in suggest.for_target(filing, "SAT.SERV", name, typed)]


def test_targets_of_the_same_name_come_first_and_phrases_are_excluded(county: County, filing: Filing) -> None:
    approved(
        county.department,
        cycle_of(2021),
        county.filler,
        ("BEN.SAT", "群众满意率", "≥91%"),
        ("BEN.SAT", "群众满意度", "较高"),
    )
    entry("群众满意度", "SAT.SERV", "显著", "≥95%", "=100%", "≥90%")
    entry("群众安全感", "OUT.QTY", "≥98%")
    entry("群众安全感", "SAT.SERV", "持续推进")
    other(county, "县图书馆", ("BEN.SAT", "读者群众满意度", "≥93%"), ("OUT.QTY", "接收档案", "≥9卷"))
    assert (
        values(filing, "群众满意度", "予以保障")
        == [
            ("群众满意度", ("≥95%", "=100%", "≥90%")),
            ("群众满意率", ("≥91%",)),
            ("读者群众满意度", ("≥93%",)),
            ("群众安全感", ("≥98%",)),
        ][:3]
    )
    assert values(filing, "群众满意度", "=100%")[0] == ("群众满意度", ("≥95%", "≥90%"))
    assert values(filing, "群众满意度", "=")[0] == ("群众满意度", ("=100%", "≥95%", "≥90%"))
    assert values(filing, "无此说法") == []


def test_a_row_without_a_name_gets_no_targets(filing: Filing) -> None:
    entry("满意度", "SAT.SERV", "≥95%")
    assert values(filing, "") == []


def test_the_number_of_queries_is_constant_and_rows_are_cached(county: County, filing: Filing) -> None:
    issued._CACHE.clear()
    other(county, "县图书馆", ("OUT.QTY", "图书采购", "≥9册"))
    suggest.for_name(filing, "OUT.QTY", "图书")
    with CaptureQueriesContext(connection) as few:
        suggest.for_name(filing, "OUT.QTY", "图书")
    cycle = cycle_of(2020)
    for number in range(issued.MOST_PEERS + 5):
        department = Department.objects.create(code=f"x{number}", name=f"单位{number}")
        approved(department, cycle, county.filler, ("OUT.QTY", f"图书{number}", "≥9册"))
    with CaptureQueriesContext(connection) as first:
        suggest.for_name(filing, "OUT.QTY", "图书")
    with CaptureQueriesContext(connection) as again:
        assert len(suggest.for_name(filing, "OUT.QTY", "图书")) == suggest.MOST
    assert (len(few), len(first), len(again)) == (4, 5, 4)
    assert not any('"filings_revision"."content"' in query["sql"] for query in again)
    assert len(issued._CACHE) == issued.MOST_PEERS
