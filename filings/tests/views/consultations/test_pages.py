"""The pages of 征求意见."""

import re
from datetime import timedelta

from django.utils import timezone

from filings.choices import Action, Stage
from filings.cycles import closing
from filings.document.place import goal
from filings.lifecycle import consultations
from filings.models import Consultation, User
from filings.reviewing import review_draft
from filings.reviewing.draft_content import DraftContent, DraftRemark
from filings.tests.county import County, found_county, step
from filings.tests.views.conftest import ClientOf
from filings.tests.views.pages import html, words


def asked(county: County, to: User) -> Consultation:
    return consultations.ask(
        county.in_review(),
        places=[goal()],
        question="<b>口径</b>对吗？",
        to=to,
        due_on=timezone.localdate(),
        by=county.supervisor_reviewer,
    )


def test_a_reviewer_asks_about_chosen_rows(county: County, client_of: ClientOf) -> None:
    filing = county.in_review()
    client = client_of(county.supervisor_reviewer)
    page = client.get(f"/filings/{filing.pk}/consult/")
    assert 'value="indicators[i0]"' in html(page)
    assert "指标 · 产出指标 / 数量指标 · 接收档案" in words(page)
    typed = {
        "places": ["goals[0]", "indicators[i0]"],
        "to": f"user:{county.section_reviewer.pk}",
        "due_on": timezone.localdate().isoformat(),
        "question": "口径对吗？",
    }
    assert client.post(f"/filings/{filing.pk}/consult/", typed)["Location"] == f"/filings/{filing.pk}/review/"
    question = Consultation.objects.get()
    assert (question.places, question.to_user) == (["goals[0]", "indicators[i0]"], county.section_reviewer)


def test_an_unanswered_question_is_named_until_the_approval_ends_it(db: None, client_of: ClientOf) -> None:
    county = found_county((Stage.SUPERVISOR,))
    question = asked(county, county.section_reviewer)
    filing, client = question.revision.filing, client_of(county.supervisor_reviewer)
    named = (
        "尚有 1 项征求意见未答复，批复后不再需要答复 supervisor_reviewer甲问「section_reviewer甲」：<b>口径</b>对吗？"
    )
    assert named in words(client.get(f"/filings/{filing.pk}/approve/"))
    assert named in words(client.get(f"/filings/{filing.pk}/review/"))
    several = words(client.post("/review/pass/", {"selected": f"{filing.pk}:{filing.lock}"}))
    assert named.replace("答复 supervisor", "答复 县档案馆：supervisor") in several
    step(Action.APPROVE_STAGE, filing, county.supervisor_reviewer)
    addressee = client_of(county.section_reviewer)
    assert "批复，不再需要答复。" in words(addressee.get(f"/consultations/{question.pk}/"))
    assert "表已批复，未答复" in words(addressee.get("/consultations/"))


def test_users_are_listed_under_their_offices(county: County, client_of: ClientOf) -> None:
    page = html(client_of(county.supervisor_reviewer).get(f"/filings/{county.in_review().pk}/consult/"))
    assert re.findall(r'<optgroup label="([^"]+)"', page) == [
        "股室",
        "财政局的人员",
        "行政政法股的人员",
        "绩效股的人员",
    ]


def test_what_was_typed_is_kept_when_something_is_missing(county: County, client_of: ClientOf) -> None:
    filing = county.in_review()
    page = client_of(county.supervisor_reviewer).post(
        f"/filings/{filing.pk}/consult/", {"places": ["goals[0]"], "to": "user:999", "question": "口径对吗？"}
    )
    assert page.status_code == 400
    assert "选的人或股室已经不能选，请改选。" in words(page)
    assert "口径对吗？" in html(page)
    assert not Consultation.objects.exists()


def test_the_addressee_sees_only_the_named_rows(county: County, client_of: ClientOf) -> None:
    question = asked(county, county.section_reviewer)
    page = client_of(county.section_reviewer).get(f"/consultations/{question.pk}/")
    assert "保障单位运转" in words(page)
    assert "接收档案" not in words(page)
    assert "&lt;b&gt;口径&lt;/b&gt;对吗？" in html(page)


def test_others_do_not_find_the_question(county: County, client_of: ClientOf) -> None:
    question = asked(county, county.section_reviewer)
    for user in (county.filler, county.performance_reviewer, county.stranger, county.manager):
        client = client_of(user)
        assert client.get(f"/consultations/{question.pk}/").status_code == 404
        assert client.post(f"/consultations/{question.pk}/", {"answer": "…"}).status_code == 404
        assert "口径" not in words(client.get("/consultations/"))


def test_an_answer_is_stored_and_shown_to_the_one_who_asked(county: County, client_of: ClientOf) -> None:
    question = asked(county, county.section_reviewer)
    client = client_of(county.section_reviewer)
    assert client.post(f"/consultations/{question.pk}/", {"answer": ""}).status_code == 400
    client.post(f"/consultations/{question.pk}/", {"answer": "一致。"})
    assert "一致。" in words(client_of(county.supervisor_reviewer).get(f"/consultations/{question.pk}/"))
    assert "已答复" in words(client_of(county.supervisor_reviewer).get("/consultations/"))


def test_a_late_answer_is_refused_and_kept_on_the_page(county: County, client_of: ClientOf) -> None:
    question = asked(county, county.section_reviewer)
    consultations.withdraw(question, by=county.supervisor_reviewer)
    page = client_of(county.section_reviewer).post(f"/consultations/{question.pk}/", {"answer": "写了很久的答复。"})
    assert page.status_code == 409
    assert "已经撤回了这次征求意见" in words(page)
    assert "写了很久的答复。" in html(page)


def test_an_answer_that_is_too_long_is_refused_and_kept_whole(county: County, client_of: ClientOf) -> None:
    question = asked(county, county.section_reviewer)
    typed = "答" * 5000
    page = client_of(county.section_reviewer).post(f"/consultations/{question.pk}/", {"answer": typed})
    assert page.status_code == 409
    assert "答复意见共 5000 字，请缩短到 2000 字以内。" in words(page)
    assert typed in words(page)


def test_the_one_who_asked_withdraws(county: County, client_of: ClientOf) -> None:
    question = asked(county, county.section_reviewer)
    assert client_of(county.section_reviewer).post(f"/consultations/{question.pk}/withdraw/").status_code == 403
    client = client_of(county.supervisor_reviewer)
    client.post(f"/consultations/{question.pk}/withdraw/")
    assert "不需要答复" in words(client.get(f"/consultations/{question.pk}/"))


def test_in_a_closed_cycle_nothing_is_withdrawn(county: County, client_of: ClientOf) -> None:
    question = asked(county, county.section_reviewer)
    closing.close(county.cycle, by=county.manager, now=timezone.now())
    client = client_of(county.supervisor_reviewer)
    assert "撤回这次征求意见" not in words(client.get(f"/consultations/{question.pk}/"))
    assert client.post(f"/consultations/{question.pk}/withdraw/").status_code == 403
    assert Consultation.objects.get(pk=question.pk).withdrawn_at is None


def test_the_rows_with_remarks_or_the_current_row_are_selected_at_first(county: County, client_of: ClientOf) -> None:
    filing = county.in_review()
    remarks = {"duties[d1].text": DraftRemark("含糊"), "indicators[i0]": DraftRemark("偏低")}
    review_draft.save(filing.revisions.get(), county.supervisor_reviewer, DraftContent(remarks=remarks), 1)
    client = client_of(county.supervisor_reviewer)
    assert selected(client.get(f"/filings/{filing.pk}/consult/")) == ["duties[d1].text", "indicators[i0]"]
    current = {"place": ["indicators[i1].target", "<b>"]}
    assert selected(client.get(f"/filings/{filing.pk}/consult/", current)) == ["indicators[i1]"]


def selected(page: object) -> list[str]:
    return re.findall(r'name="places" value="([^"]*)"[^>]* checked', html(page))


def test_the_review_page_shows_questions_and_answers(county: County, client_of: ClientOf) -> None:
    question = asked(county, county.section_reviewer)
    address = f"/filings/{question.revision.filing_id}/review/"
    asker = client_of(county.supervisor_reviewer)
    assert "supervisor_reviewer甲 问section_reviewer甲 待答复" in words(asker.get(address))
    Consultation.objects.update(due_on=timezone.localdate() - timedelta(days=1))
    assert "未答复，已逾期" in words(asker.get(address))
    consultations.answer(question, "一致。", by=county.section_reviewer)
    assert "section_reviewer甲 答复 一致。" in words(asker.get(address))


def test_the_addressee_has_the_question_in_the_to_do_list_until_it_is_answered(
    county: County, client_of: ClientOf
) -> None:
    question = asked(county, county.section_reviewer)
    client = client_of(county.section_reviewer)
    page = client.get("/")
    assert "待办 1" in words(page)
    assert f'href="/consultations/{question.pk}/">答复</a>' in html(page)
    assert "答复今天到期" in words(page)
    Consultation.objects.update(due_on=timezone.localdate() - timedelta(days=30))
    assert "答复已逾期" in words(client.get("/"))
    consultations.answer(question, "一致。", by=county.section_reviewer)
    assert "待办 0" in words(client.get("/"))
    assert "待办 1" not in words(client_of(county.performance_reviewer).get("/"))


def test_the_history_names_what_was_asked_and_answered_to_the_bureau_only(county: County, client_of: ClientOf) -> None:
    question = asked(county, county.section_reviewer)
    consultations.answer(question, "不一致，请核。", by=county.section_reviewer)
    address = f"/filings/{question.revision.filing_id}/"
    shown = words(client_of(county.manager).get(address))
    assert "向「section_reviewer甲」征求意见" in shown
    assert "答复征求的意见" in shown
    assert "不一致，请核。" in shown
    for_department = words(client_of(county.filler).get(address))
    assert "征求" not in for_department
    assert "不一致，请核。" not in for_department
    assert "口径" not in for_department
