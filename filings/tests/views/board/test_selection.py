"""催办 and 延期 from the board: selection, page, result, refusals that keep what was typed."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from filings.choices import Action
from filings.models import Department, Enrolment, EnrolmentEvent, Event, Extension, Filing, Message
from filings.tests.county import County
from filings.tests.views.board.test_board import many
from filings.tests.views.conftest import ClientOf
from filings.tests.views.pages import html, words
from filings.tests.worker import work


def post(client: Client, county: County, page: str, query: str = "", **typed: Any) -> Any:
    return client.post(f"/cycles/{county.cycle.pk}/board/{page}/{query}", typed)


@pytest.mark.both
def test_selected_departments_are_reminded(county: County, client_of: ClientOf) -> None:
    filing = county.started()
    client = client_of(county.manager)
    ids = [county.department.pk, county.supervising.pk]
    page = words(post(client, county, "remind", department=ids))
    assert (
        f"县档案馆：{county.cycle.year}年部门整体支出绩效目标表尚未提交，期限 {county.cycle.deadline}，请抓紧" in page
    )
    assert "发给这 2 个单位" in page
    assert not Event.objects.filter(action=Action.REMIND).exists()
    answer = post(client, county, "remind/send", department=ids, sentence="{单位}快办")
    assert answer.status_code == 302
    result = client.get(answer["Location"])
    assert "县委办公室快办\n县档案馆快办</textarea>" in html(result)
    assert "已催办 2 个单位" in words(result)
    assert client_of(county.performance_reviewer).get(answer["Location"]).status_code == 404
    work()
    assert Message.objects.get().text == "县档案馆快办"
    assert "县档案馆快办" in words(client.get(f"/filings/{filing.pk}/"))


def test_the_texts_for_reviewers_are_apart_from_those_for_departments(county: County, client_of: ClientOf) -> None:
    county.in_review()
    client = client_of(county.manager)
    ids = [county.department.pk, county.supervising.pk]
    answer = post(client, county, "remind/send", department=ids, sentence="{单位}{事项}")
    page = html(client.get(answer["Location"]))
    texts = re.findall(r"<textarea[^>]*>([^<]*)</textarea>", page)
    assert texts == ["县委办公室尚未开始填报", "县档案馆在主管部门审核，尚未审结"]
    assert "不要发到各单位的群里" in page


def test_the_preview_follows_the_typed_sentence(county: County, client_of: ClientOf) -> None:
    page = html(
        post(client_of(county.manager), county, "remind", department=[county.supervising.pk], sentence="{单位}<b>甲")
    )
    assert "县委办公室&lt;b&gt;甲" in page
    assert ">{单位}&lt;b&gt;甲</textarea>" in page


def test_all_filtered_departments_are_selected(county: County, client_of: ClientOf) -> None:
    many(county, 60)
    client = client_of(county.manager)
    page = words(post(client, county, "remind", "?state=draft", all="1"))
    assert "发给这 12 个单位" in page
    assert "12 个单位没有列入，已批复，不需要催办：单位4（已批复）" in words(post(client, county, "remind", all="1"))
    assert "发给这 51 个单位" in words(post(client, county, "remind", all="1"))
    section = client_of(county.section_reviewer)
    assert "发给这 50 个单位" in words(post(section, county, "remind", all="1"))


@pytest.mark.parametrize("page", ["remind", "extend"])
def test_nothing_selected_shows_the_board_again(county: County, client_of: ClientOf, page: str) -> None:
    answer = post(client_of(county.manager), county, page, "?q=xdag")
    assert answer.status_code == 409
    assert "尚未勾选单位，请先勾选再办。" in words(answer)
    assert "单位 1 " in words(answer)
    assert client_of(county.manager).get(f"/cycles/{county.cycle.pk}/board/{page}/").status_code == 302


def test_a_refused_reminder_keeps_the_sentence(county: County, client_of: ClientOf) -> None:
    client = client_of(county.manager)
    Enrolment.objects.filter(department=county.department).delete()
    ids = [county.department.pk, county.supervising.pk]
    answer = post(client, county, "remind/send", department=ids, sentence="请速办")
    assert answer.status_code == 409
    assert "「县档案馆」已不在本批次的单位名单里。均未办理" in words(answer)
    assert ">请速办</textarea>" in html(answer)
    blank = post(client, county, "remind/send", department=[county.supervising.pk], sentence=" ")
    assert "请填写催办的内容。" in words(blank)
    assert "发给这 1 个单位" in words(blank)
    assert not EnrolmentEvent.objects.exists()


@pytest.mark.parametrize("at", ["", "x", "1", "9" * 17, "9" * 40])
def test_reminders_of_no_time_are_not_found(county: County, client_of: ClientOf, at: str) -> None:
    assert client_of(county.manager).get(f"/cycles/{county.cycle.pk}/board/reminded/?at={at}").status_code == 404


def test_an_extension_is_part_of_the_history(county: County, client_of: ClientOf) -> None:
    client = client_of(county.manager)
    until = county.cycle.deadline + timedelta(days=3)
    assert "为这 1 个单位延期" in words(post(client, county, "extend", department=[county.department.pk]))
    answer = post(client, county, "extend/save", department=[county.department.pk], until=until, reason="机构调整")
    assert answer.status_code == 302
    assert f"已把 1 个单位的期限延至 {until}" in words(client.get(answer["Location"]))
    assert Extension.objects.get().until == until
    filing = county.started()
    history = words(client.get(f"/filings/{filing.pk}/"))
    assert "延期 manager甲 · 财政局 ·" in history
    assert f"延至 {until}。机构调整" in history
    assert "1 条记录均已校验" in history


@pytest.mark.parametrize(
    ("until", "reason", "refusal"),
    [
        ("", "机构调整", "请填写延至哪一天"),
        ("2026-02-30", "机构调整", "请填写延至哪一天"),
        ("后天", "机构调整", "请填写延至哪一天"),
        ("2000-01-01", "机构调整", "延期须晚于本批次的截止日期"),
        ("9999年12月31日", " ", "请写明延期的理由"),
    ],
)
def test_a_refused_extension_keeps_what_was_typed(
    county: County, client_of: ClientOf, until: str, reason: str, refusal: str
) -> None:
    ids = [county.department.pk]
    answer = post(client_of(county.manager), county, "extend/save", department=ids, until=until, reason=reason)
    assert answer.status_code == 409
    assert refusal in words(answer)
    assert reason.strip() in html(answer)
    assert f'value="{until}"' in html(answer) or not until
    assert not Extension.objects.exists()


def test_tables_in_review_are_left_out_by_name(county: County, client_of: ClientOf) -> None:
    county.in_review()
    page = words(post(client_of(county.manager), county, "extend", all="1"))
    assert "1 个单位没有列入，已经送审或批复，不能延期：县档案馆（主管部门审核中）。" in page
    assert "为这 2 个单位延期" in page


def test_a_section_cannot_extend_or_remind_others(county: County, client_of: ClientOf) -> None:
    client = client_of(county.section_reviewer)
    other = Department.objects.get(code="200")
    assert post(client, county, "extend/save", department=[county.department.pk]).status_code == 403
    answer = post(client, county, "remind/send", department=[other.pk, county.department.pk], sentence="快办")
    assert f"编号 {other.pk} 共 1 个单位不由您督办或不存在" in words(answer)
    assert "县教育局" not in words(answer)
    assert not EnrolmentEvent.objects.exists()
    assert not Filing.objects.exists()
