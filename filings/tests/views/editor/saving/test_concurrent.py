"""Saves that arrive twice, late or out of order, and edits of other users in between: merges, news and conflicts."""

import pytest
from django.test import Client

from filings import drafts
from filings.choices import Role
from filings.drafts import Change
from filings.models import Edit, Filing
from filings.tests.county import County, create_user
from filings.tests.views.script_posts import (
    GOAL,
    ROW,
    by_another,
    send,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def filing(client: Client, county: County) -> Filing:
    client.force_login(county.filler)
    return county.filled()


def goal(filing: Filing) -> str:
    return drafts.raw(filing).goal


def test_the_answer_lists_conflicts_and_refusals(client: Client, county: County, filing: Filing) -> None:
    by_another(county, filing, ("amounts[TOTAL]", "100", "110"))
    changes = [("amounts[TOTAL]", "100", "120"), ("goals[0]", GOAL, "长" * 5001)]
    answer = send(client, filing, *changes).json()
    assert answer["applied"] == []
    (conflict,) = answer["conflicts"]
    assert (conflict["place"], conflict["stored"]) == ("amounts[TOTAL]", "110")
    assert conflict["said"].startswith("other甲 ")
    assert conflict["said"].endswith(" 已改为「110」，您填的「120」未保存。")
    assert answer["refused"] == [
        {"place": "goals[0]", "said": "这里有 5001 个字，最多 5000 个，未保存。请删减后再保存。"}
    ]
    assert send(client, filing, *changes).json()["conflicts"] == answer["conflicts"]


def test_a_conflict_with_the_same_users_other_window_is_named_as_such(
    client: Client, county: County, filing: Filing
) -> None:
    drafts.save(filing, [Change("goals[0]", GOAL, "甲")], by=county.filler, client_id="otherwindow-1")
    (conflict,) = send(client, filing, ("goals[0]", GOAL, "乙")).json()["conflicts"]
    assert conflict["said"].startswith("您在另一个窗口 ")


def test_edits_of_others_are_reported_as_news(client: Client, county: County, filing: Filing) -> None:
    by_another(county, filing, (ROW, "", "30"), (f"{ROW}.name", "", "新行"), ("amounts[TOTAL]", "100", "110"))
    answer = send(client, filing, ("goals[0]", GOAL, "甲")).json()
    cells = {f"{ROW}.name": "新行", f"{ROW}.node": "", f"{ROW}.target": ""}
    assert answer["news"] == {ROW: "30", **cells, "amounts[TOTAL]": "110"}
    assert next(iter(answer["news"])) == ROW
    later = send(client, filing, ("goals[0]", "甲", "乙"), client_id="0123456789abcdef-2", since=answer["edit"])
    assert later.json()["news"] == {}


def test_a_save_repeated_late_or_out_of_order_is_applied_once(client: Client, filing: Filing) -> None:
    first = {"client_id": "0123456789abcdef-1"}
    second = {"client_id": "0123456789abcdef-2"}
    send(client, filing, ("goals[0]", GOAL, "甲乙"), **second)
    answer = send(client, filing, ("goals[0]", GOAL, "甲"), ("amounts[EXP.PROJECT]", "", "1"), **first).json()
    assert answer["conflicts"] == []
    assert (goal(filing), drafts.raw(filing).amounts["EXP.PROJECT"]) == ("甲乙", "1")
    for again in (first, second, first):
        send(client, filing, ("goals[0]", GOAL, "甲"), **again)
    assert goal(filing) == "甲乙"
    assert Edit.objects.count() == 2


def test_a_page_continues_after_its_answer_was_lost(client: Client, filing: Filing) -> None:
    """The page did not receive the first answer, so its second save still refers to the text before it."""
    send(client, filing, ("goals[0]", GOAL, "甲"), client_id="0123456789abcdef-1")
    answer = send(client, filing, ("goals[0]", GOAL, "甲乙"), client_id="0123456789abcdef-2").json()
    assert answer["applied"] == ["goals[0]"]
    assert goal(filing) == "甲乙"


def test_an_edit_after_the_pages_own_save_is_a_conflict(client: Client, county: County, filing: Filing) -> None:
    send(client, filing, ("goals[0]", GOAL, "甲"), client_id="0123456789abcdef-1")
    by_another(county, filing, ("goals[0]", "甲", "丙"))
    answer = send(client, filing, ("goals[0]", GOAL, "甲乙"), client_id="0123456789abcdef-2").json()
    assert [conflict["stored"] for conflict in answer["conflicts"]] == ["丙"]
    assert goal(filing) == "丙"


def test_a_restored_row_has_its_former_content(client: Client, filing: Filing) -> None:
    filing.indicators.filter(key="i0").update(more={"note": "留着"})
    send(client, filing, ("indicators[i0]", "20", ""))
    assert "i0" not in {row.key for row in drafts.raw(filing).indicators}
    send(client, filing, ("indicators[i0]", "", "20"), client_id="0123456789abcdef-2")
    row = next(row for row in drafts.raw(filing).indicators if row.key == "i0")
    assert (row.node, row.name, row.target, row.more) == ("OUT.QTY", "接收档案", "≥500卷", {"note": "留着"})


def test_a_row_changed_by_another_user_is_not_removed_unseen(client: Client, county: County, filing: Filing) -> None:
    by_another(county, filing, ("indicators[i0].target", "≥500卷", "≥600卷"))
    (conflict,) = send(client, filing, ("indicators[i0]", "20", "")).json()["conflicts"]
    assert conflict["stored"] == "20"
    assert "改过这一行，没有删去" in conflict["said"]
    edit = Edit.objects.latest("pk").pk
    answer = send(client, filing, ("indicators[i0]", "20", ""), client_id="0123456789abcdef-2", since=edit).json()
    assert answer["conflicts"] == []


def test_a_change_in_a_removed_row_is_a_conflict(client: Client, county: County, filing: Filing) -> None:
    by_another(county, filing, ("indicators[i0]", "20", ""))
    (conflict,) = send(client, filing, ("indicators[i0].name", "接收档案", "接收")).json()["conflicts"]
    assert conflict["stored"] is None
    assert "删去了这一行，您填的「接收」未保存" in conflict["said"]
    revived = [("indicators[i0]", "", "20"), ("indicators[i0].name", "接收档案", "接收")]
    answer = send(client, filing, *revived, client_id="0123456789abcdef-2").json()
    assert answer["conflicts"] == []


def test_a_repeated_save_is_answered_with_the_news_since(client: Client, county: County, filing: Filing) -> None:
    send(client, filing, ("goals[0]", GOAL, "甲"))
    by_another(county, filing, ("amounts[TOTAL]", "100", "110"))
    answer = send(client, filing, ("goals[0]", GOAL, "甲")).json()
    assert (answer["applied"], answer["news"]) == (["goals[0]"], {"amounts[TOTAL]": "110"})
    assert answer["edit"] == Edit.objects.latest("pk").pk


def test_a_repeated_save_is_recognised_with_a_newer_edit_number(client: Client, filing: Filing) -> None:
    first = send(client, filing, ("goals[0]", GOAL, "甲")).json()
    answer = send(client, filing, ("goals[0]", GOAL, "甲"), since=first["edit"])
    assert (answer.status_code, answer.json()["edit"]) == (200, first["edit"])
    assert Edit.objects.count() == 1


def test_a_row_restored_by_another_user_is_news_with_all_its_cells(
    client: Client, county: County, filing: Filing
) -> None:
    by_another(county, filing, ("indicators[i0]", "20", ""))
    since = Edit.objects.get().pk
    other = create_user("third", Role.FILLER, county.department)
    drafts.save(filing, [Change("indicators[i0]", "", "20")], by=other, client_id="third-1")
    news = send(client, filing, ("goals[0]", GOAL, "甲"), since=since).json()["news"]
    assert news == {
        "indicators[i0]": "20",
        "indicators[i0].name": "接收档案",
        "indicators[i0].node": "OUT.QTY",
        "indicators[i0].target": "≥500卷",
    }


def test_renumbering_merges_with_another_users_text(client: Client, county: County, filing: Filing) -> None:
    text = "（一）负责全县档案的收集和保管。"
    by_another(county, filing, ("duties[d1].text", text, "（一）负责全县档案的收集、保管和利用。"))
    answer = send(client, filing, ("duties[d1].text", text, "（二）负责全县档案的收集和保管。")).json()
    merged = "（二）负责全县档案的收集、保管和利用。"
    assert (answer["conflicts"], answer["news"]) == ([], {"duties[d1].text": merged})
    assert filing.duties.get(key="d1").raw == merged


def test_two_texts_for_a_duty_are_a_conflict(client: Client, county: County, filing: Filing) -> None:
    text = "（一）负责全县档案的收集和保管。"
    by_another(county, filing, ("duties[d1].text", text, "（一）甲。"))
    answer = send(client, filing, ("duties[d1].text", text, "（二）乙。")).json()
    assert [conflict["stored"] for conflict in answer["conflicts"]] == ["（一）甲。"]


def test_a_user_of_the_same_name_is_another_user(client: Client, county: County, filing: Filing) -> None:
    other = create_user("other", Role.FILLER, county.department)
    other.name = county.filler.name
    other.save()
    drafts.save(filing, [Change("goals[0]", GOAL, "甲")], by=other, client_id="theirs-1")
    (conflict,) = send(client, filing, ("goals[0]", GOAL, "乙")).json()["conflicts"]
    assert conflict["said"].startswith("filler甲 ")


def test_the_message_about_a_moved_row_has_no_keys(client: Client, county: County, filing: Filing) -> None:
    by_another(county, filing, ("indicators[i0].node", "OUT.QTY", "OUT.COST"))
    (conflict,) = send(client, filing, ("indicators[i0].node", "OUT.QTY", "OUT.TIME")).json()["conflicts"]
    assert "OUT." not in conflict["said"]
    assert "已把这一行放到别的二级指标" in conflict["said"]
