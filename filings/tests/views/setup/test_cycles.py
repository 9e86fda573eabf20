"""Pages of a new cycle, its details, its policy and its start."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client

from filings.choices import Stage
from filings.models import Cycle
from filings.tests.county import County
from filings.tests.views.conftest import ClientOf
from filings.tests.views.pages import html, words


@pytest.fixture
def client(county: County, client_of: ClientOf) -> Client:
    """Log in the manager."""
    return client_of(county.manager)


@pytest.fixture
def new(county: County) -> Cycle:
    """The county's cycle before its start, with one department that has everyone."""
    Cycle.objects.filter(pk=county.cycle.pk).update(started_at=None)
    county.cycle.enrolments.exclude(department=county.department).delete()
    return Cycle.objects.get(pk=county.cycle.pk)


def typed(cycle: Cycle, **values: object) -> dict[str, object]:
    """Return what the form of the details posts."""
    return {
        "name": cycle.name,
        "year": cycle.year,
        "edition": cycle.edition_id,
        "opens_on": cycle.opens_on,
        "deadline": cycle.deadline,
        "stages": cycle.stages,
        **values,
    }


def hidden(page: str, name: str) -> str:
    (value,) = re.findall(rf'name="{name}" value="([^"]*)"', page)
    return str(value)


def test_a_cycle_is_created_and_leads_to_its_steps(county: County, client: Client) -> None:
    values = typed(county.cycle, year=2031, opens_on="2031-03-03", deadline="2031-03-21", stages=["performance"])
    page = words(client.post("/cycles/create/", values, follow=True))
    assert "已新建批次「2031年 湖南县级部门整体支出绩效目标表」，尚未启动。" in page
    assert "须办 名单上尚无单位。" in page
    made = Cycle.objects.get(year=2031)
    assert (made.stages, made.started_at, made.opens_on) == (["performance"], None, date(2031, 3, 3))


def test_values_out_of_range_are_refused_with_their_numbers(county: County, client: Client) -> None:
    values = typed(county.cycle, name="长" * 61, year=3000, opens_on="三月", deadline="", stages=[])
    refused = client.post("/cycles/create/", values)
    page = words(refused)
    assert "名称有 61 个字，最多 60 个。请缩短。" in page
    assert "请填写 2000 到 2100 之间的年度，如 2027。" in page
    assert "请填写开始日期，如 2027-03-01。" in page
    assert "请填写截止日期，如 2027-03-01。" in page
    assert "请至少选择一个审核环节。" in page
    assert "长" * 61 in html(refused)


def test_a_cycle_after_a_model_takes_over_its_list(county: County, client: Client) -> None:
    year = county.cycle.year
    page = html(client.get(f"/cycles/{county.cycle.pk}/next/"))
    assert f'name="year" value="{year + 1}"' in page
    values = typed(county.cycle, year=year + 1)
    client.post(f"/cycles/{county.cycle.pk}/next/create/", values)
    assert Cycle.objects.get(year=year + 1).enrolments.count() == 3


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"deadline": "2001-01-01"}, "截止日期早于开始日期"),
        ({"stages": ["supervisor"]}, "审核环节至少要有业务股室或绩效股"),
        ({"edition": 999_999}, "选择一个有效的选项"),
        ({"year": 1}, "2000"),
    ],
)
def test_wrong_details_are_refused_and_kept_on_the_page(
    county: County, client: Client, values: dict[str, object], sentence: str
) -> None:
    answer = client.post("/cycles/create/", typed(county.cycle, name="新的名称", **values))
    assert answer.status_code == 400
    assert sentence in words(answer)
    assert "新的名称" in html(answer)
    assert Cycle.objects.count() == 1


def test_a_started_cycle_keeps_its_year_whatever_is_posted(county: County, client: Client) -> None:
    address = f"/cycles/{county.cycle.pk}/setup/details/"
    stamp = hidden(html(client.get(address)), "stamp")
    values = typed(county.cycle, name="新名称", year=2031, stages=["performance"], stamp=stamp)
    client.post(f"{address}save/", values)
    stored = Cycle.objects.get()
    assert (stored.name, stored.year, stored.stages) == ("新名称", county.cycle.year, list(Stage))


def test_an_earlier_deadline_of_a_started_cycle_is_refused(county: County, client: Client) -> None:
    address = f"/cycles/{county.cycle.pk}/setup/details/"
    stamp = hidden(html(client.get(address)), "stamp")
    answer = client.post(f"{address}save/", typed(county.cycle, deadline=county.cycle.opens_on, stamp=stamp))
    assert answer.status_code == 400
    assert "截止日期只能推后，不能提前" in words(answer)


def test_an_outdated_page_stores_nothing(county: County, client: Client) -> None:
    answer = client.post(
        f"/cycles/{county.cycle.pk}/setup/details/save/", typed(county.cycle, name="乙", stamp="outdated")
    )
    assert answer.status_code == 409
    assert "已被他人修改" in words(answer)
    assert Cycle.objects.get().name == ""


def test_an_own_change_in_another_window_is_shown_next_to_what_is_typed(client: Client, new: Cycle) -> None:
    address = f"/cycles/{new.pk}/setup/details/"
    stamp = hidden(html(client.get(address)), "stamp")
    deadline = new.deadline + timedelta(days=3)
    client.post(f"{address}save/", typed(new, name="甲", deadline=deadline, stamp=stamp))
    refused = client.post(f"{address}save/", typed(new, name="乙", deadline=deadline, stamp=stamp))
    assert refused.status_code == 409
    assert re.search(r"您打开以后，您在另一个窗口已于 [-\d]+ [:\d]+ 修改了这个批次，未保存。", words(refused))
    assert "现为「甲」；再次保存，以您填写的为准。" in words(refused)
    assert words(refused).count("现为") == 1
    assert 'name="name" value="乙"' in html(refused)
    again = typed(new, name="乙", deadline=deadline, stamp=hidden(html(refused), "stamp"))
    assert client.post(f"{address}save/", again).status_code == 302
    assert Cycle.objects.get().name == "乙"


def test_the_edition_is_chosen_before_the_start(county: County, client: Client, new: Cycle) -> None:
    address = f"/cycles/{new.pk}/setup/edition/"
    stamp = hidden(html(client.get(address)), "stamp")
    page = words(client.post(f"{address}choose/", {"edition": new.edition_id, "stamp": stamp}, follow=True))
    assert "本批次选用「湖南县级部门整体支出绩效目标表（2022年）」" in page
    assert "请先选择一个表样。" in words(client.post(f"{address}choose/", {"stamp": stamp}, follow=True))


def test_the_start_asks_first(county: County, client: Client, new: Cycle) -> None:
    address = f"/cycles/{new.pk}/setup/start/"
    assert "启动后，年度、表样、审核环节和评分办法不能再改" in words(client.get(address))
    answer = client.post(f"{address}now/", {})
    assert answer.status_code == 400
    assert "请先勾选这一项。" in words(answer)
    assert Cycle.objects.get().started_at is None
    page = words(client.post(f"{address}now/", {"confirmed": "on"}, follow=True))
    assert "已启动，名单上的单位从" in page
    assert Cycle.objects.get().started_by == county.manager
    answer = client.post(f"{address}now/", {"confirmed": "on"})
    assert (answer.status_code, "不需要重复启动" in words(answer)) == (409, True)


def test_what_is_missing_is_listed_with_its_step(county: County, client: Client, new: Cycle) -> None:
    county.performance_reviewer.memberships.all().delete()
    page = words(client.get(f"/cycles/{new.pk}/setup/start/"))
    assert "启动前须办理 1 须办 人员和角色 ：绩效股没有审核人，1 个单位的申报表无法审核。" in page
    answer = client.post(f"/cycles/{new.pk}/setup/start/now/", {"confirmed": "on"})
    assert answer.status_code == 409
    assert Cycle.objects.get().started_at is None


def posted_policy(client: Client, cycle: Cycle) -> dict[str, str]:
    """Return all fields of the policy's page as a browser posts them."""
    page = client.get(f"/cycles/{cycle.pk}/setup/policy/").context["form"]
    fields = {}
    for form in (page, *page.reasons, *page.items, page.reasons.management_form, page.items.management_form):
        for bound in form:
            value = bound.value()
            if value not in (None, False, ""):
                fields[bound.html_name] = "on" if value is True else str(value)
    return fields


def test_the_policy_is_stored_as_it_was_when_nothing_is_changed(client: Client, new: Cycle) -> None:
    client.post(f"/cycles/{new.pk}/setup/policy/save/", posted_policy(client, new))
    assert Cycle.objects.get().policy == new.policy


def test_the_policy_is_edited_with_its_rows(client: Client, new: Cycle) -> None:
    typed_fields = posted_policy(client, new) | {
        "review_days": "3",
        "reasons-0-label": "目标不清",
        "reasons-0-texts": "请写清。\n{名称}请补充。",
        "reasons-1-DELETE": "on",
        "reasons-7-label": "口径不一",
        "reasons-7-ORDER": "5",
        "items-0-points": "8",
        "items-8-criterion": "feasibility",
        "items-8-label": "程序合规",
        "items-8-points": "2",
        "items-8-rules": "m8，H1",
        "good": "75",
        "verified": "on",
        "statements_verified": "on",
    }
    page = words(client.post(f"/cycles/{new.pk}/setup/policy/save/", typed_fields, follow=True))
    assert "审核办法已保存。" in page
    assert "未经核实" not in page
    policy = Cycle.objects.get().review_policy()
    assert policy.review_days == 3
    labels = [reason.label for reason in policy.reasons]
    assert labels == ["口径不一", "目标不清", "与资金不匹配", "与职责不相关", "标准偏低", "数据有误", "其他"]
    assert policy.reasons[1].texts == ("请写清。", "{名称}请补充。")
    assert policy.score_sheet.points == 100
    added = policy.score_sheet.items[-1]
    assert (added.label, str(added.points), added.rules) == ("程序合规", "2", ("M8", "H1"))
    assert [str(least) for _grade, least in policy.score_sheet.limits] == ["90", "75", "60"]
    assert policy.score_sheet.verified


def test_an_invalid_policy_is_refused_in_words(client: Client, new: Cycle) -> None:
    fields = posted_policy(client, new)
    for typed_fields, sentence in (
        ({"good": "95"}, "等级的分数线须从高到低，各不相同。"),
        ({"items-0-points": "0"}, "审核表的每个评分项都要有大于 0 的分值。"),
        ({"items-0-points": "x"}, "评分项有需要改正之处，见表中红字。"),
        ({"review_days": "366"}, "365"),
        ({"reasons-0-texts": "请写清😀。"}, "有 1 个字符无法打印：「😀」"),
    ):
        answer = client.post(f"/cycles/{new.pk}/setup/policy/save/", fields | typed_fields)
        assert answer.status_code == 400
        assert sentence in words(answer)
    assert Cycle.objects.get().policy == new.policy


def test_the_policy_of_a_started_cycle_keeps_its_fixed_parts(county: County, client: Client) -> None:
    fields = posted_policy(client, county.cycle)
    values = {
        "review_days": "30",
        "items-0-points": "99",
        "good": "61",
        "reasons-0-DELETE": "on",
        "reasons-0-label": "新",
    }
    client.post(f"/cycles/{county.cycle.pk}/setup/policy/save/", fields | values)
    policy = Cycle.objects.get().review_policy()
    assert (policy.review_days, str(policy.score_sheet.points)) == (5, "100")
    assert policy.reasons[0].label == "新"


def test_the_list_has_a_fixed_number_of_queries(
    county: County, client: Client, django_assert_num_queries: object
) -> None:
    for year in range(2027, 2030):
        Cycle.objects.create(
            year=year, edition=county.cycle.edition, opens_on="2027-01-01", deadline="2027-02-01", stages=["section"]
        )
        with django_assert_num_queries(7):  # type: ignore[operator]
            client.get("/cycles/")
