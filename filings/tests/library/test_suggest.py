"""What is offered while a name or a value is typed."""

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
    """A department with a table that was approved in that year."""
    made = Department.objects.create(code=f"9{Department.objects.count()}", name=name, withheld=withheld)
    approved(made, cycle_of(year), county.filler, *rows)
    return made


def offered(filing: Filing, typed: str, canonical: str = "OUT.QTY") -> list[tuple[str, str]]:
    return [(one.name, one.source) for one in suggest.for_name(filing, canonical, typed)]


def names(filing: Filing, typed: str, canonical: str = "OUT.QTY") -> list[str]:
    return [name for name, _source in offered(filing, typed, canonical)]


def test_own_last_year_comes_before_the_library_and_that_before_others(county: County, filing: Filing) -> None:
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
    assert [one.values for one in suggest.for_name(filing, "OUT.QTY", "档案")] == [
        ("≥2021卷",),
        ("≥3卷", "≥4卷"),
        (),
        ("≥4卷",),
        ("=100%",),
    ]


def test_the_own_last_year_comes_first_whatever_its_class_and_the_class_first_within_each(
    county: County, filing: Filing
) -> None:
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


def test_a_copy_that_is_not_in_force_is_no_model(county: County, filing: Filing) -> None:
    made = other(county, "县图书馆", ("OUT.QTY", "图书采购", "≥9册"))
    made.filings.get().issued_copies.update(live=False)
    assert names(filing, "图书") == []


def test_at_most_eight_and_each_name_once(county: County, filing: Filing) -> None:
    for at in range(12):
        entry(f"档案{at:02}")
    entry("档案00", "OUT.QUAL")
    other(county, "县图书馆", ("OUT.QTY", "档案 00", "≥9册"))
    assert names(filing, "档案") == [f"档案{at:02}" for at in range(8)]
    assert names(filing, "档案00") == ["档案00"]


def test_what_the_table_has_already_is_not_offered_again(county: County) -> None:
    filing = county.filled()
    for name in ("接收档案", "接收档案光盘", "接收图书"):
        entry(name)
    assert names(filing, "接收") == ["接收图书", "接收档案光盘"]
    # The row that is being typed is no other row.
    assert names(filing, "接收档案") == ["接收档案", "接收档案光盘"]
    filing.indicators.update(rank="")
    assert names(filing, "接收") == ["接收图书", "接收档案", "接收档案光盘"]


def values(filing: Filing, name: str, typed: str = "") -> list[tuple[str, tuple[str, ...]]]:
    return [(one.name, one.values) for one in suggest.for_target(filing, "SAT.SERV", name, typed)]


def test_for_a_value_the_same_name_comes_first_and_phrases_do_not_come(county: County, filing: Filing) -> None:
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


def test_a_row_without_a_name_is_given_no_values(filing: Filing) -> None:
    entry("满意度", "SAT.SERV", "≥95%")
    assert values(filing, "") == []


def test_the_questions_do_not_grow_and_what_was_read_is_kept(county: County, filing: Filing) -> None:
    issued._KEPT.clear()
    other(county, "县图书馆", ("OUT.QTY", "图书采购", "≥9册"))
    suggest.for_name(filing, "OUT.QTY", "图书")
    with CaptureQueriesContext(connection) as one:
        suggest.for_name(filing, "OUT.QTY", "图书")
    cycle = cycle_of(2020)
    for at in range(issued.MOST_PEERS + 5):
        made = Department.objects.create(code=f"x{at}", name=f"单位{at}")
        approved(made, cycle, county.filler, ("OUT.QTY", f"图书{at}", "≥9册"))
    with CaptureQueriesContext(connection) as first:
        suggest.for_name(filing, "OUT.QTY", "图书")
    with CaptureQueriesContext(connection) as again:
        assert len(suggest.for_name(filing, "OUT.QTY", "图书")) == suggest.MOST
    assert (len(one), len(first), len(again)) == (4, 5, 4)
    assert not any('"filings_revision"."content"' in query["sql"] for query in again)
    assert len(issued._KEPT) == issued.MOST_PEERS
