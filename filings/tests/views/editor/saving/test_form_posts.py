"""Saving and submitting by the plain form. Saves by the script are in test_autosave.py."""

import pytest
from django.test import Client
from django.utils import timezone

from filings import drafts
from filings.choices import Action, Role, Status
from filings.drafts import Change
from filings.models import Edit, Filing, Remark
from filings.tests.county import County, answer_remarks, create_user, step
from filings.tests.views.page_forms import posted
from filings.tests.views.pages import take

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def filing(client: Client, county: County) -> Filing:
    client.force_login(county.filler)
    return county.filled()


def form(client: Client, filing: Filing) -> dict[str, str]:
    return posted(client.get(f"/filings/{filing.pk}/fill/").content.decode())


def by_another_user(county: County, filing: Filing, *change: str) -> None:
    other = create_user("other", Role.FILLER, county.department)
    drafts.save(filing, [Change(*change)], by=other, client_id="theirs")


def test_the_plain_form_saves_changed_texts_only(client: Client, county: County, filing: Filing) -> None:
    data = form(client, filing) | {"amounts-EXP.PROJECT": "三百", "texts-goal:0": "保障运转。"}
    response = client.post(f"/filings/{filing.pk}/fill/save/", data)
    assert (response.status_code, response["Location"]) == (302, f"/filings/{filing.pk}/fill/")
    edit = Edit.objects.get()
    assert [item["place"] for item in edit.changes] == ["goals[0]", "amounts[EXP.PROJECT]"]
    assert filing.amounts.get(line="EXP.PROJECT").raw == "三百"


def test_a_repeated_post_saves_nothing_and_another_text_is_saved(
    client: Client, county: County, filing: Filing
) -> None:
    data = form(client, filing) | {"texts-goal:0": "甲"}
    for _ in range(2):
        client.post(f"/filings/{filing.pk}/fill/save/", data)
    assert Edit.objects.count() == 1
    client.post(f"/filings/{filing.pk}/fill/save/", data | {"initial-texts-goal:0": "甲", "texts-goal:0": "乙"})
    assert filing.texts.get(place="goals[0]").raw == "乙"


def test_a_conflict_names_the_other_user_and_keeps_the_typed_text_on_the_page(
    client: Client, county: County, filing: Filing
) -> None:
    data = form(client, filing) | {"amounts-TOTAL": "120", "texts-goal:0": "甲"}
    by_another_user(county, filing, "amounts[TOTAL]", "100", "110")
    response = client.post(f"/filings/{filing.pk}/fill/save/", data)
    html = response.content.decode()
    assert response.status_code == 409
    assert "other甲" in html
    assert "已改为「110」，您填的「120」未保存" in html
    again = posted(html)
    assert (again["amounts-TOTAL"], again["initial-amounts-TOTAL"]) == ("120", "110")
    assert (again["texts-goal:0"], again["initial-texts-goal:0"]) == ("甲", "甲")
    assert client.post(f"/filings/{filing.pk}/fill/save/", again).status_code == 302
    assert filing.amounts.get(line="TOTAL").raw == "120"


def test_too_long_a_text_stays_on_the_page_with_a_message(client: Client, county: County, filing: Filing) -> None:
    data = form(client, filing) | {"amounts-TOTAL": "9" * 61}
    html = client.post(f"/filings/{filing.pk}/fill/save/", data).content.decode()
    assert "这里有 61 个字，最多 60 个，未保存。" in html
    assert posted(html)["amounts-TOTAL"] == "9" * 61


def test_texts_posted_after_submission_are_shown_to_be_copied(client: Client, county: County, filing: Filing) -> None:
    data = form(client, filing) | {"texts-goal:0": "来迟了的目标"}
    step(Action.SUBMIT, filing, county.filler)
    for address in ("save", "submit", "check"):
        response = client.post(f"/filings/{filing.pk}/fill/{address}/", data)
        assert response.status_code == 409
        assert "来迟了的目标" in response.content.decode()
        assert "已经提交" in response.content.decode()
    assert Edit.objects.count() == 0


def test_a_page_opened_by_another_user_is_not_saved(client: Client, county: County, filing: Filing) -> None:
    data = form(client, filing) | {"texts-goal:0": "甲填的目标"}
    client.force_login(create_user("other", Role.FILLER, county.department))
    response = client.post(f"/filings/{filing.pk}/fill/save/", data)
    html = response.content.decode()
    assert response.status_code == 409
    assert "现在登录的是other甲，本页由其他用户打开，未保存。" in html
    assert "甲填的目标" in html
    assert Edit.objects.count() == 0


def test_a_form_without_a_valid_client_id_is_refused(client: Client, county: County, filing: Filing) -> None:
    data = form(client, filing) | {"texts-goal:0": "甲", "client_id": "x"}
    assert client.post(f"/filings/{filing.pk}/fill/save/", data).status_code == 409
    assert Edit.objects.count() == 0


def test_a_valid_table_is_saved_and_then_summed_up(client: Client, county: County, filing: Filing) -> None:
    data = form(client, filing) | {"texts-goal:0": "最后一改。"}
    response = client.post(f"/filings/{filing.pk}/fill/submit/", data)
    assert response["Location"] == f"/filings/{filing.pk}/submit/"
    assert filing.texts.get(place="goals[0]").raw == "最后一改。"
    take(client, filing, "submit")
    assert Filing.objects.get().status == Status.SIGNING
    again = client.post(f"/filings/{filing.pk}/fill/submit/", data, follow=True)
    assert again.redirect_chain[-1][0] == f"/filings/{filing.pk}/receipts/2/"
    assert filing.revisions.count() == 1


def test_a_gap_is_saved_but_stops_submission_with_its_size(client: Client, county: County, filing: Filing) -> None:
    data = form(client, filing) | {"amounts-EXP.BASIC": "97"}
    response = client.post(f"/filings/{filing.pk}/fill/submit/", data)
    html = response.content.decode()
    assert response.status_code == 409
    assert "未提交，填写的内容已保存。" in html
    assert '<h3>须改正 <span class="num">1</span></h3>' in html
    panel = html[html.index('id="findings-title"') :]
    assert panel.count("比资金总额 100.00 少 3.00 万元") == 1
    assert '<a href="#at-amounts-TOTAL">资金总额</a>、<a href="#at-amounts-EXP-BASIC">基本支出</a>：' in panel
    assert filing.amounts.get(line="EXP.BASIC").raw == "97"
    assert Filing.objects.get().status == Status.DRAFT


def test_a_gap_stops_submission_even_if_the_edition_disables_the_rules(
    client: Client, county: County, filing: Filing
) -> None:
    edition = filing.cycle.edition
    edition.layout["rules"] = {}
    edition.save()
    data = form(client, filing) | {"amounts-EXP.BASIC": "97"}
    html = client.post(f"/filings/{filing.pk}/fill/submit/", data).content.decode()
    assert "比资金总额 100.00 少 3.00 万元" in html
    assert Filing.objects.get().status == Status.DRAFT


def test_errors_of_a_submission_link_to_their_cells(client: Client, county: County, filing: Filing) -> None:
    filing.indicators.filter(key="i1").update(target="待定")
    html = client.post(f"/filings/{filing.pk}/fill/submit/", form(client, filing)).content.decode()
    panel = html[html.index('id="findings-title" tabindex="-1" aria-describedby="verdict" autofocus') :]
    assert '<a href="#at-indicators-i1-target">社会效益指标第 2 行</a>：指标值「待定」未填写具体内容。' in panel
    assert html.count("未填写具体内容") == 2


def test_unseen_edits_of_another_user_prevent_submission(client: Client, county: County, filing: Filing) -> None:
    data = form(client, filing)
    by_another_user(county, filing, "goals[0]", "保障单位运转，管好县档案。", "别的目标。")
    html = client.post(f"/filings/{filing.pk}/fill/submit/", data).content.decode()
    assert "other甲已于" in html
    assert posted(html)["texts-goal:0"] == "别的目标。"
    assert Filing.objects.get().status == Status.DRAFT


def test_a_version_of_5000_digits_is_refused(client: Client, county: County, filing: Filing) -> None:
    data = form(client, filing) | {"lock": "9" * 5000}
    response = client.post(f"/filings/{filing.pk}/fill/submit/", data)
    assert response.status_code == 409
    assert Filing.objects.get().status == Status.DRAFT


@pytest.mark.parametrize("address", ["save", "submit", "check", "mend"])
def test_each_address_is_guarded(client: Client, county: County, filing: Filing, address: str) -> None:
    path = f"/filings/{filing.pk}/fill/{address}/"
    assert client.get(path).status_code == 405
    for who, status in ((county.stranger, 404), (county.head, 403)):
        client.force_login(who)
        assert client.post(path).status_code == status
    client.logout()
    assert client.post(path).status_code == 302


def test_answers_to_remarks_are_stored_with_their_user_for_this_table_only(client: Client, county: County) -> None:
    returned = step(
        Action.RETURN, county.in_review(), county.supervisor_reviewer, remarks=(("goals[0]", "说得具体一些。"),)
    )
    client.force_login(county.filler)
    data = form(client, returned) | {"answers-0-text": "已改。"}
    assert client.post(f"/filings/{returned.pk}/fill/save/", data).status_code == 302
    remark = Remark.objects.get()
    assert (remark.answer, remark.answered_by) == ("已改。", county.filler)
    client.post(f"/filings/{returned.pk}/fill/save/", data | {"answers-0-remark": "999", "answers-0-text": "别的"})
    assert Remark.objects.get().answer == "已改。"


def test_a_page_without_a_newer_answer_does_not_undo_it(client: Client, county: County) -> None:
    returned = step(
        Action.RETURN, county.in_review(), county.supervisor_reviewer, remarks=(("goals[0]", "说得具体一些。"),)
    )
    client.force_login(county.filler)
    opened_before = form(client, returned)
    Remark.objects.update(answer="已改。", answered_by=county.filler, answered_at=timezone.now())
    client.post(f"/filings/{returned.pk}/fill/save/", opened_before)
    assert Remark.objects.get().answer == "已改。"


def test_an_answer_of_the_maximum_length_is_stored_whole(client: Client, county: County) -> None:
    returned = step(
        Action.RETURN, county.in_review(), county.supervisor_reviewer, remarks=(("goals[0]", "说得具体一些。"),)
    )
    client.force_login(county.filler)
    text = "一行\n" * 333 + "完"
    data = form(client, returned) | {"answers-0-text": text.replace("\n", "\r\n")}
    client.post(f"/filings/{returned.pk}/fill/save/", data)
    assert Remark.objects.get().answer == text


def test_answers_posted_after_submission_are_shown_to_be_copied(client: Client, county: County) -> None:
    returned = step(
        Action.RETURN, county.in_review(), county.supervisor_reviewer, remarks=(("goals[0]", "说得具体一些。"),)
    )
    client.force_login(county.filler)
    data = form(client, returned) | {"answers-0-text": "已改为三项。", "texts-goal:0": "甲"}
    step(Action.SUBMIT, answer_remarks(returned, county.filler), county.filler)
    response = client.post(f"/filings/{returned.pk}/fill/save/", data)
    assert response.status_code == 409
    assert "已改为三项。" in response.content.decode()
