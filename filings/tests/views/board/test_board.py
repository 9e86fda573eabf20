"""看板: bar, matrix and list agree; filters are in the address; few queries whatever the size."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from filings.choices import Role
from filings.models import CalendarDay, Department, Filing, User
from filings.tests.county import County, add_membership, create_user, enrol
from filings.tests.views.conftest import ClientOf
from filings.tests.views.pages import html, words

LISTED = re.compile(r'name="department" value="\d+" aria-label="选中([^"]+)"')


def address(county: County, query: str = "") -> str:
    return f"/cycles/{county.cycle.pk}/board/{query}"


def many(county: County, count: int) -> None:
    """Add departments with filings in all states."""
    added = Department.objects.bulk_create(
        Department(code=f"9{number:04}", name=f"单位{number}", section=county.section) for number in range(count)
    )
    enrol(county.cycle, *added)
    states = [("draft", ""), ("signing", ""), ("in_review", "section"), ("in_review", "performance"), ("approved", "")]
    Filing.objects.bulk_create(
        Filing(cycle=county.cycle, department=department, status=status, stage=stage)
        for department, (status, stage) in zip(added, states * count, strict=False)
    )


def test_bar_matrix_and_list_show_every_department(county: County, client_of: ClientOf) -> None:
    county.in_review()
    answer = client_of(county.manager).get(address(county))
    page = html(answer)
    assert LISTED.findall(page) == ["县委办公室", "县档案馆", "县教育局"]
    assert 'aria-label="未开始 2 个单位，填报中 0 个单位，待单位审签 0 个单位，审核中 1 个单位' in page
    assert "按期提交率 100% ： 按期提交 1 · 逾期提交 0 · 尚未提交 2" in words(answer)
    assert "行政政法股 1 0 0 1 0 0 2 0 100% 未归口股室 1 0 0 0 0 0 1 0 — 合计 2 0 0 1 0 0 3 0 100%" in words(answer)


def test_every_count_links_to_a_list_of_that_length(county: County, client_of: ClientOf) -> None:
    many(county, 12)
    county.cycle.deadline = timezone.localdate() - timedelta(days=1)
    county.cycle.save()
    client = client_of(county.manager)
    page = html(client.get(address(county)))
    links = re.findall(r'<a (?:class="late" )?href="(/cycles/[^"#]+)#departments">(?:[^<0-9]*<[^>]+>)?(\d+)<', page)
    assert len(links) > 20
    for link, count in links:
        listed = client.get(link.replace("&amp;", "&"))
        assert listed.context["page"].paginator.count == int(count), link


def test_filters_and_order_are_in_the_address(county: County, client_of: ClientOf) -> None:
    client = client_of(county.manager)
    page = html(client.get(address(county, "?q=xdag&sort=-due&state=not_started")))
    assert LISTED.findall(page) == ["县档案馆"]
    assert 'aria-sort="descending"' in page
    assert f"{address(county)}?state=not_started&amp;q=xdag&amp;sort=due#departments" in page
    assert "没有符合条件的单位。" in words(client.get(address(county, "?overdue=1&q=<b>")))


def test_who_holds_the_table_and_since_when(county: County, client_of: ClientOf) -> None:
    county.signing()
    start = timezone.localdate() - timedelta(days=9)
    CalendarDay.objects.bulk_create(
        CalendarDay(date=start + timedelta(days=number), is_working=number % 2 == 0) for number in range(10)
    )
    Filing.objects.update(held_since=timezone.now() - timedelta(days=9), due_on=timezone.localdate())
    User.objects.filter(pk=county.head.pk).update(telephone="0734-1")
    text = words(client_of(county.manager).get(address(county, "?q=101")))
    assert "待单位审签 单位负责人 head甲 0734-1 4 个工作日" in text
    assert "今天到期" in text
    Filing.objects.update(status="in_review", stage="section", reviewer=county.section_reviewer)
    text = words(client_of(county.manager).get(address(county, "?q=101")))
    assert "业务股室审核中 行政政法股 section_reviewer甲" in text
    Filing.objects.update(stage="supervisor", reviewer=None)
    assert "县委办公室（未认领）" in words(client_of(county.manager).get(address(county, "?q=101")))


def test_a_section_sees_its_departments_and_opens_what_has_reached_it(county: County, client_of: ClientOf) -> None:
    filing = county.in_review()
    client = client_of(county.section_reviewer)
    page = html(client.get(address(county)))
    assert LISTED.findall(page) == ["县委办公室", "县档案馆"]
    assert f'href="/filings/{filing.pk}/"' not in page
    assert "延期" not in page.replace("延期的按延期后", "")
    Filing.objects.update(stage="section")
    assert f'href="/filings/{filing.pk}/"' in html(client.get(address(county)))


def test_an_empty_list_is_explained(county: County, client_of: ClientOf) -> None:
    county.cycle.enrolments.all().delete()
    assert "名单中尚无单位" in words(client_of(county.manager).get(address(county)))
    assert "没有归口您股室的单位" in words(client_of(county.section_reviewer).get(address(county)))
    assert client_of(county.manager).get("/cycles/999/board/").status_code == 404


def test_a_filing_off_the_list_is_named(county: County, client_of: ClientOf) -> None:
    county.in_review()
    county.cycle.enrolments.filter(department=county.department).delete()
    answer = client_of(county.manager).get(address(county))
    assert "已不在本批次的名单里，但有申报表，没有计入看板： 县档案馆 。" in words(answer)
    assert LISTED.findall(html(answer)) == ["县委办公室", "县教育局"]
    assert "没有计入看板" not in words(client_of(county.section_reviewer).get(address(county)))


def test_names_are_text(county: County, client_of: ClientOf) -> None:
    Department.objects.filter(pk=county.department.pk).update(name="<script>甲</script>")
    page = html(client_of(county.manager).get(address(county)))
    assert "<script>甲" not in page
    assert "&lt;script&gt;甲" in page


@pytest.mark.both
def test_the_number_of_queries_does_not_depend_on_the_size(
    county: County, client_of: ClientOf, django_assert_max_num_queries: object
) -> None:
    many(county, 5)
    client = client_of(county.manager)
    client.get(address(county, "?sort=-code"))
    with django_assert_max_num_queries(20) as few:  # type: ignore[operator]
        client.get(address(county, "?sort=-code"))
    many_more = Department.objects.bulk_create(
        Department(code=f"8{number:04}", name=f"局{number}") for number in range(150)
    )
    enrol(county.cycle, *many_more)
    add_membership(create_user("another", Role.FILLER, many_more[0]), Role.HEAD, many_more[1])
    with django_assert_max_num_queries(20) as more:  # type: ignore[operator]
        answer = client.get(address(county, "?sort=-code"))
    assert len(LISTED.findall(html(answer))) == 50
    assert len(more) == len(few)
