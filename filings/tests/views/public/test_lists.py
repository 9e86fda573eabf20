"""公开目录: years, tables of a year with search, tables of a department."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings as configured
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from filings.choices import PublicationEnd
from filings.models import Department, Publication, Withholding
from filings.tests.county import County, open_cycle
from filings.tests.published import end, publish, publish_many
from filings.tests.views.pages import html, words

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def names(county: County, **query: str) -> list[str]:
    """Return the departments that the year's list shows."""
    answer = Client().get(f"/public/{county.cycle.year}/", query)
    assert answer.status_code == 200
    return [publication.department_name for publication in answer.context["page"]]


@pytest.fixture
def three(county: County) -> County:
    """Publish the tables of 县委办公室, 县档案馆 and 县教育局, the last with a wish for LIKE signs."""
    for department in Department.objects.order_by("code"):
        publish(county.cycle, department, by=county.manager)
    Publication.objects.filter(department_code="200").update(words="县教育局\n办好GDP统计，入学率100%_全覆盖")
    return county


def test_the_index_counts_the_tables_of_each_year(three: County) -> None:
    page = Client().get("/public/")
    assert f"{three.cycle.year}年度 3 份" in words(page)
    assert f'href="/public/{three.cycle.year}/"' in html(page)


def test_an_empty_index_states_so(county: County) -> None:
    assert "尚未公开绩效目标表。" in words(Client().get("/public/"))


def test_a_year_lists_its_tables_by_code(three: County) -> None:
    assert names(three) == ["县委办公室", "县档案馆", "县教育局"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "党员教育经费"}, []),
        ({"q": "党员"}, ["县委办公室", "县档案馆"]),
        ({"q": "统计 入学率"}, ["县教育局"]),
        ({"q": "统计 党员"}, []),
        ({"q": "gdp"}, ["县教育局"]),
        ({"q": "90%"}, ["县委办公室", "县档案馆"]),
        ({"q": ">=90%"}, ["县委办公室", "县档案馆"]),
        ({"q": "ＧＤＰ"}, ["县教育局"]),
        ({"q": "xjyj"}, ["县教育局"]),
        ({"q": "XDA"}, ["县档案馆"]),
        ({"q": "100%_"}, ["县教育局"]),
        ({"q": "1_0"}, []),
        ({"q": "入%率"}, []),
        ({"q": "200"}, ["县教育局"]),
        ({"unit": "档案"}, ["县档案馆"]),
        ({"unit": "10"}, ["县委办公室", "县档案馆"]),
        ({"unit": "xj"}, ["县教育局"]),
        ({"unit": "JIAOYUJU"}, ["县教育局"]),
        ({"unit": "%"}, []),
        ({"unit": "县", "q": "党员"}, ["县委办公室", "县档案馆"]),
        ({"q": "   "}, ["县委办公室", "县档案馆", "县教育局"]),
        ({"q": "'; DROP TABLE"}, []),
    ],
)
def test_a_search_finds_all_words(three: County, query: dict[str, str], found: list[str]) -> None:
    assert names(three, **query) == found


def test_a_search_of_all_years_without_a_hit_is_answered(three: County) -> None:
    sentence = "没有符合条件的表。"
    assert sentence in words(Client().get("/public/", {"q": "没有这个词"}))
    assert sentence not in words(Client().get("/public/"))


def test_the_index_searches_all_years(three: County) -> None:
    Publication.objects.filter(department_code="101").update(year=2021)
    page = Client().get("/public/", {"q": "党员"})
    assert [(each.year, each.department_name) for each in page.context["page"]] == [
        (three.cycle.year, "县委办公室"),
        (2021, "县档案馆"),
    ]


def test_typed_text_is_escaped(three: County) -> None:
    page = html(Client().get(f"/public/{three.cycle.year}/", {"q": "<b>x", "unit": '"><i>'}))
    assert "<b>x" not in page
    assert "<i>" not in page


def withhold(county: County) -> None:
    basis = {"basis": "secret", "basis_label": "国家秘密", "at": timezone.now(), "by": county.manager}
    Withholding.objects.create(cycle=county.cycle, department=county.department, **basis)


def withhold_for_good(county: County) -> None:
    Department.objects.filter(pk=county.department.pk).update(withheld=True)


def withdraw(county: County) -> None:
    end(
        Publication.objects.get(department_code="101").filing, PublicationEnd.WITHDRAWN, by=county.manager, why="有误。"
    )


@pytest.mark.parametrize("hide", [withhold, withhold_for_good, withdraw])
def test_what_is_not_public_is_listed_nowhere(three: County, hide: Callable[[County], None]) -> None:
    hide(three)
    year = three.cycle.year
    assert names(three) == ["县委办公室", "县教育局"]
    for path in (
        "/public/?q=档案",
        f"/public/{year}/",
        "/public/feed.atom",
        "/public/sitemap-1.xml",
        f"/public/{year}/data/",
    ):
        assert "档案馆" not in html(Client().get(path)), path
    assert Client().get("/public/units/101/").status_code == 404
    assert Client().get("/public/units/101/feed.atom").status_code == 404


def test_a_department_lists_its_years_newest_first(three: County) -> None:
    other = open_cycle()
    Publication.objects.filter(department_code="101").update(year=2021, department_name="县史志局")
    newer = publish(other, three.department, by=three.manager)
    page = Client().get("/public/units/101/")
    assert [each.year for each in page.context["page"]] == [newer.year, 2021]
    assert "县档案馆 单位编码 101" in words(page)


def test_a_year_or_department_without_tables_is_not_found(three: County) -> None:
    for path in ("/public/1999/", "/public/1999/data/", "/public/units/999/", "/public/cycles/9999/datapackage.json"):
        answer = Client().get(path)
        assert answer.status_code == 404, path
        assert "这份表没有公开" in words(answer)


def test_pages_follow_one_another(county: County) -> None:
    publish_many(county.cycle, 51, by=county.manager)
    address = f"/public/{county.cycle.year}/"
    first, second = Client().get(address), Client().get(address, {"page": "2"})
    assert (len(first.context["page"]), len(second.context["page"])) == (50, 1)
    assert f'<link rel="canonical" href="{configured.SITE_ADDRESS}{address}?page=2">' in html(second)


def queries_of(path: str) -> int:
    with CaptureQueriesContext(connection) as context:
        assert Client().get(path).status_code == 200
    return len(context)


def test_the_number_of_queries_does_not_grow(county: County) -> None:
    year, cycle = county.cycle.year, county.cycle.pk
    expected = {
        "/public/": 1,
        "/public/?q=党员": 3,
        f"/public/{year}/": 3,
        f"/public/{year}/?q=党员&unit=zx": 3,
        "/public/units/60003/": 2,
        f"/public/{year}/data/": 1,
        f"/public/cycles/{cycle}/datapackage.json": 2,
        "/public/feed.atom": 1,
        "/public/units/60003/feed.atom": 2,
        "/public/sitemap.xml": 1,
        "/public/sitemap-1.xml": 2,
        "/robots.txt": 0,
    }
    publish_many(county.cycle, 3, by=county.manager)
    assert {path: queries_of(path) for path in expected} == expected
    publish_many(county.cycle, 297, by=county.manager)
    assert {path: queries_of(path) for path in expected} == expected


def test_dates_are_those_of_approval_and_publication(county: County) -> None:
    at = timezone.now() - timedelta(days=3)
    publication = publish(county.cycle, county.department, by=county.manager, at=at)
    page = words(Client().get(f"/public/{publication.year}/"))
    assert f"{timezone.localtime(at):%Y-%m-%d}" in page


@pytest.mark.parametrize(
    ("method", "address", "status", "sentence"),
    [
        ("post", "/v/file/", 413, "文件超过 20 MB，不是本系统发出的定稿。"),
        ("get", "/v/file/", 405, "这个地址不能直接打开。"),
        ("get", "/public/?q=%00", 400, "地址可能有误，无法识别。"),
    ],
)
def test_refused_requests_are_answered_in_the_public_frame(
    county: County, settings: Settings, method: str, address: str, status: int, sentence: str
) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    content = {"data": "more than there may be", "content_type": "text/plain"} if status == 413 else {}
    answer = getattr(Client(), method)(address, **content)
    assert (answer.status_code, sentence in words(answer), "待办" in words(answer)) == (status, True, False)
