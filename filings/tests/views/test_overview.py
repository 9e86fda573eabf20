"""申报表: the list contains exactly the filings that the user may see, found, sorted, and downloaded as a file."""

import re
from datetime import timedelta
from io import BytesIO
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from filings.choices import Action, Role, Status
from filings.models import Cycle, Department, Filing, Membership
from filings.tests.county import County, fill, open_cycle, step
from filings.tests.views.conftest import ClientOf
from filings.tests.views.pages import html, words


def names(client: Client, query: str = "") -> list[str]:
    """Return the departments of the list in order."""
    return re.findall(r'class="name"><a href="[^"]+">([^<]+)<', html(client.get(f"/filings/{query}")))


def table_of(client: Client, query: str = "") -> list[list[object]]:
    """Return the rows of the downloaded file without its heads."""
    sheet = load_workbook(BytesIO(client.get(f"/filings/file/{query}").content)).active
    assert sheet
    return [list(row) for row in sheet.iter_rows(min_row=2, values_only=True)]


def add_filings(county: County, *departments: tuple[str, str], **fields: object) -> None:
    """Create a filing for each new department, given by code and name."""
    for code, name in departments:
        department = Department.objects.create(code=code, name=name, section=county.section)
        Filing.objects.create(cycle=county.cycle, department=department, **fields)


def test_users_see_the_filings_that_concern_them(county: County, client_of: ClientOf) -> None:
    county.in_review()
    for user in (county.filler, county.head, county.observer, county.manager, county.supervisor_reviewer):
        assert names(client_of(user)) == ["县档案馆"], user
    for user in (county.stranger, county.section_reviewer, county.performance_reviewer):
        assert "尚无申报表" in words(client_of(user).get("/filings/")), user
        assert table_of(client_of(user)) == [], user


def test_a_status_filters_the_list_but_not_the_counts(county: County, client_of: ClientOf) -> None:
    filing = county.in_review()
    client = client_of(county.manager)
    answer = words(client.get("/filings/?status=in_review"))
    assert "主管部门审核中" in answer
    assert "审核中 1" in answer
    assert "没有这种状态的申报表。" in words(client.get("/filings/?status=draft"))
    step(Action.RETURN, filing, county.supervisor_reviewer, reason="请改")
    assert "已退回 1" in words(client.get("/filings/?status=nonsense"))


@pytest.mark.parametrize("typed", ["档案", "101", "xdag", "XDAG"])
def test_a_search_finds_names_codes_and_initials_and_counts_what_it_finds(
    county: County, client_of: ClientOf, typed: str
) -> None:
    county.started()
    add_filings(county, ("900", "县司法局"))
    client = client_of(county.manager)
    assert names(client, f"?q={typed}") == ["县档案馆"]
    assert "全部 1 填报中 1" in words(client.get(f"/filings/?q={typed}"))
    assert [row[1] for row in table_of(client, f"?q={typed}")] == ["县档案馆"]


def test_a_search_without_a_result_offers_to_clear_it(county: County, client_of: ClientOf) -> None:
    county.started()
    answer = client_of(county.manager).get("/filings/?q=%3Cb%3E&sort=-money")
    assert "没有符合条件的申报表。 清除条件" in words(answer)
    assert f'href="?cycle={county.cycle.pk}&amp;sort=-money"' in html(answer)
    assert "<b>" not in html(answer)


def test_columns_sort_in_both_directions_and_keep_the_search(county: County, client_of: ClientOf) -> None:
    add_filings(county, ("901", "县畜牧局"), ("902", "县安监局"), ("903", "县民政局"))
    client = client_of(county.manager)
    assert names(client, "?sort=name") == ["县安监局", "县民政局", "县畜牧局"]
    assert names(client, "?sort=-code") == ["县民政局", "县安监局", "县畜牧局"]
    page = html(client.get("/filings/?sort=name&q=县"))
    assert re.findall(r'aria-sort="(\w+)"', page) == ["ascending"]
    assert f'href="?cycle={county.cycle.pk}&amp;q=%E5%8E%BF&amp;sort=-name"' in page


def test_statuses_sort_as_the_workflow_goes_and_blank_dates_come_last(county: County, client_of: ClientOf) -> None:
    today = timezone.localdate()
    add_filings(county, ("901", "甲"), due_on=None, status=Status.APPROVED)
    add_filings(county, ("902", "乙"), due_on=today, status=Status.IN_REVIEW, stage="performance")
    add_filings(county, ("903", "丙"), due_on=today - timedelta(days=1), status=Status.IN_REVIEW, stage="section")
    add_filings(county, ("904", "丁"), due_on=today + timedelta(days=1))
    client = client_of(county.manager)
    assert names(client, "?sort=status") == ["丁", "丙", "乙", "甲"]
    assert names(client, "?sort=due") == ["丙", "乙", "丁", "甲"]
    assert names(client, "?sort=-due") == ["丁", "乙", "丙", "甲"]


def test_amounts_of_drafts_are_for_the_department_and_managers(county: County, client_of: ClientOf) -> None:
    """Neither shown nor sorted by, for reviewers."""
    filing = step(Action.RETURN, county.in_review(), county.supervisor_reviewer, reason="请改")
    for user, figure in ((county.filler, "100.00"), (county.manager, "100.00"), (county.supervisor_reviewer, "—")):
        page = html(client_of(user).get("/filings/?sort=money"))
        assert re.findall(r'class="num money"[^>]*><span class="figure">([^<]+)<', page) == [figure], user
    assert table_of(client_of(county.supervisor_reviewer))[0][10] is None
    Filing.objects.filter(pk=filing.pk).update(status=Status.APPROVED, resume_stage="")
    assert table_of(client_of(county.supervisor_reviewer))[0][10] == 100


def test_all_years_are_chosen_where_cycles_are_chosen(county: County, client_of: ClientOf) -> None:
    """The choice names each filing's cycle and leaves the cycle of other pages as it was."""
    county.started()
    earlier = open_cycle()
    Cycle.objects.filter(pk=earlier.pk).update(year=county.cycle.year - 1)
    Filing.objects.create(cycle=earlier, department=county.department)
    client = client_of(county.filler)
    assert len(names(client)) == 1
    answer = client.get("/cycles/choose/?page=overview&cycle=all")
    assert answer["Location"] == "/filings/?cycle=all"
    page = client.get(answer["Location"])
    assert '<option value="all" selected>全部年度</option>' in html(page)
    assert "全部 2 填报中 2" in words(page)
    assert [row[2] for row in table_of(client, "?cycle=all")] == [
        f"{county.cycle.year}年",
        f"{county.cycle.year - 1}年",
    ]
    assert len(names(client)) == 1
    assert client.get("/cycles/choose/?page=board&cycle=all")["Location"] == f"/cycles/{county.cycle.pk}/board/"


def test_fifty_filings_are_on_a_page_and_all_in_the_file(county: County, client_of: ClientOf) -> None:
    add_filings(county, *((f"9{number:02}", f"单位{number}") for number in range(51)))
    client = client_of(county.manager)
    assert (len(names(client)), len(names(client, "?page=2")), len(table_of(client))) == (50, 1, 51)


def test_the_file_has_the_steps_of_each_filing(county: County, client_of: ClientOf) -> None:
    county.signing()
    today = timezone.localdate()
    answer = client_of(county.filler).get("/filings/file/?status=signing")
    assert f"申报表清单（{county.cycle.year}年）{today}.xlsx" in unquote(answer["Content-Disposition"])
    sheet = load_workbook(BytesIO(answer.content)).active
    assert sheet
    assert (sheet.page_setup.orientation, sheet.print_title_rows) == ("landscape", "$1:$1")
    heads, cells = ([cell.value for cell in row] for row in sheet.iter_rows())
    assert dict(zip(heads, cells, strict=True)) == {
        "单位编码": "101",
        "单位名称": "县档案馆",
        "申报批次": f"{county.cycle.year}年",
        "主管部门": "县委办公室",
        "归口业务股室": "行政政法股",
        "状态": "待单位审签",
        "当前环节": "单位审签",
        "办理人": "head甲",
        "已等待（工作日）": 0,
        "办理期限": str(county.cycle.deadline),
        "资金总额（万元）": 100,
        "批复日期": None,
    }


def test_a_name_that_looks_like_a_formula_stays_text(county: County, client_of: ClientOf) -> None:
    add_filings(county, ("=1+1", "=HYPERLINK(1)"))
    sheet = load_workbook(BytesIO(client_of(county.manager).get("/filings/file/").content)).active
    assert sheet
    assert [(cell.value, cell.data_type) for cell in sheet[2][:2]] == [("=1+1", "s"), ("=HYPERLINK(1)", "s")]


@pytest.mark.parametrize("count", [1, 3, 60])
def test_the_list_and_its_file_take_as_many_queries_for_any_number(
    county: County, client_of: ClientOf, count: int
) -> None:
    departments = [Department(code=f"9{index}", name=f"单位{index}") for index in range(count)]
    for department in Department.objects.bulk_create(departments):
        Membership.objects.create(user=county.filler, department=department, role=Role.FILLER)
        fill(Filing.objects.create(cycle=county.cycle, department=department))
    client = client_of(county.filler)
    for address, number in (("/filings/?sort=money", 14), ("/filings/file/?sort=status", 11)):
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        assert len(asked) == number, address
