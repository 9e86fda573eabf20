"""Answers to remarks that the fill-in page's script saves one by one."""

import json
from typing import Any

import pytest
from django.test import Client

from filings.choices import RemarkState, Role
from filings.drafts.remark_answers import answer
from filings.models import Filing, Remark
from filings.tests.county import County, answer_remarks, create_user
from filings.tests.reviewing.returns import resubmitted, returned, reviewed_by_performance

TEXT = "按规划填写。"
BLANK = {"text": "", "choice": ""}


@pytest.fixture
def county(db: None) -> County:
    return reviewed_by_performance()


@pytest.fixture
def filing(county: County) -> Filing:
    return returned(county, "goals[0]")


@pytest.fixture
def client(client: Client, county: County) -> Client:
    client.force_login(county.filler)
    return client


def send(client: Client, filing: Filing, **data: Any) -> Any:
    """Save an answer as a page that has seen none and sent none before; `data` overrides the fields."""
    user, remark = client.session["_auth_user_id"], Remark.objects.get().pk
    sent = {"person": user, "remark": remark, "seen": [BLANK], "text": TEXT, "choice": "declined", **data}
    address = f"/filings/{filing.pk}/fill/answers/"
    return client.post(address, json.dumps(sent), content_type="application/json")


def stored() -> tuple[str, str]:
    remark = Remark.objects.get()
    return remark.answer, remark.state


def test_an_answer_is_stored_with_its_choice(client: Client, filing: Filing) -> None:
    reply = send(client, filing)
    assert (reply.status_code, reply.json()["unprintable"]) == (200, "")
    assert stored() == (TEXT, RemarkState.DECLINED)
    assert send(client, filing).status_code == 200
    assert (
        send(client, filing, seen=[{"text": TEXT, "choice": "declined"}], text="不改。", choice="").status_code == 200
    )
    assert stored() == ("不改。", RemarkState.DECLINED)
    assert Filing.objects.get().lock == filing.lock


def test_characters_that_the_letter_cannot_print_are_stored_and_named(client: Client, filing: Filing) -> None:
    reply = send(client, filing, text="不改😀。")
    assert reply.json()["unprintable"].startswith("说明有 1 个字符无法打印：「😀」（U+1F600）。")
    assert stored()[0] == "不改😀。"


def test_a_newer_answer_is_returned_and_kept(client: Client, county: County, filing: Filing) -> None:
    colleague = create_user("colleague", Role.FILLER, county.department)
    answer(filing, {Remark.objects.get().pk: "已与股室沟通。"}, by=colleague)
    reply = send(client, filing)
    assert (reply.status_code, reply.json()["stored"]) == (409, {"text": "已与股室沟通。", "choice": ""})
    assert reply.json()["refusal"].startswith("colleague甲 ")
    assert "已将说明改为「已与股室沟通。」，您填写的内容未保存。" in reply.json()["refusal"]
    assert stored() == ("已与股室沟通。", RemarkState.OPEN)
    answer(filing, {Remark.objects.get().pk: "再核实。"}, by=county.filler)
    assert send(client, filing).json()["refusal"].startswith("您在另一个窗口 ")


def test_a_save_takes_what_the_page_has_sent_itself_for_no_other_window(client: Client, filing: Filing) -> None:
    """The first save is stored, but its response is lost, or has not arrived when the page is left."""
    first = {"text": "按规划", "choice": "declined"}
    assert send(client, filing, **first).status_code == 200
    assert send(client, filing, seen=[BLANK, first]).status_code == 200
    assert stored() == (TEXT, RemarkState.DECLINED)
    late = send(client, filing, **first)
    assert (late.status_code, late.json()["stored"]) == (409, {"text": TEXT, "choice": "declined"})
    assert stored() == (TEXT, RemarkState.DECLINED)


def test_a_newer_choice_is_returned_and_kept(client: Client, county: County, filing: Filing) -> None:
    answer(filing, {}, by=county.filler, choices={Remark.objects.get().pk: RemarkState.CHANGED})
    reply = send(client, filing)
    assert (reply.status_code, reply.json()["stored"]) == (409, {"text": "", "choice": "changed"})
    assert "已将办理情况改为「已改」，您填写的内容未保存。" in reply.json()["refusal"]
    assert stored() == ("", RemarkState.CHANGED)
    assert send(client, filing, seen=[{"text": "", "choice": "changed"}]).status_code == 200
    assert stored() == (TEXT, RemarkState.DECLINED)


@pytest.mark.parametrize(
    ("data", "status", "refusal"),
    [
        ({"remark": "x"}, 400, "无法识别保存的内容，请刷新页面后重试。"),
        ({"seen": [5]}, 400, "无法识别保存的内容，请刷新页面后重试。"),
        ({"choice": "nonsense"}, 400, "无法识别保存的内容，请刷新页面后重试。"),
        ({"remark": 2**64}, 400, "无法识别保存的内容，请刷新页面后重试。"),
        ({"person": 0}, 403, "现在登录的是filler甲，本页由其他用户打开，未保存。"),
        ({"remark": 2**62}, 409, "这条意见不在本次退回的意见中，请刷新页面后再填。"),
        ({"choice": "accepted"}, 409, "这条意见不在本次退回的意见中，请刷新页面后再填。"),
    ],
)
def test_what_cannot_be_stored_is_refused(
    client: Client, filing: Filing, data: dict[str, object], status: int, refusal: str
) -> None:
    reply = send(client, filing, **data)
    assert (reply.status_code, reply.json()) == (status, {"refusal": refusal})
    assert stored() == ("", RemarkState.OPEN)


def test_after_the_submission_nothing_is_stored(client: Client, county: County, filing: Filing) -> None:
    resubmitted(county, answer_remarks(filing, county.filler))
    reply = send(client, filing)
    assert (reply.status_code, "已经提交" in reply.json()["refusal"]) == (409, True)
    assert stored() == ("不改，按规划填写。", RemarkState.DECLINED)


def test_an_answer_that_is_too_long_is_refused_with_its_length(client: Client, filing: Filing) -> None:
    reply = send(client, filing, text="长" * 1001)
    assert reply.status_code == 409
    assert reply.json() == {"refusal": "说明共 1001 字，请缩短到 1000 字以内。", "too_long": True}
    assert stored() == ("", RemarkState.OPEN)
    assert send(client, filing, text="行\r\n" * 500).status_code == 200
