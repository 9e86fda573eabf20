"""审核: remarks on rows, decisions, and input that is kept when a decision is refused."""

import pytest

from filings.choices import Action, Role, Stage, Status
from filings.models import Filing, Remark, Review
from filings.tests.county import County, add_membership, step
from filings.tests.views.conftest import ClientOf
from filings.tests.views.pages import confirm, html, take, words
from filings.tests.worker import work

pytestmark = pytest.mark.both

ROW = "remark:indicators[i0]"


@pytest.fixture
def filing(county: County) -> Filing:
    return county.in_review()


def test_every_row_has_a_field_for_a_remark(county: County, client_of: ClientOf, filing: Filing) -> None:
    page = html(client_of(county.supervisor_reviewer).get(f"/filings/{filing.pk}/review/"))
    for name in (
        "indicators[i0]",
        "indicators[i1]",
        "amounts[TOTAL]",
        "duties[d1].text",
        "goals[0]",
        "nodes[OUT.QUAL]",
    ):
        assert page.count(f'<textarea name="remark:{name}"') == 1, name
    assert '"remark:fields[filing_unit]"' not in page


def test_returning_stores_grade_reason_and_remarks_and_links_to_the_rows(
    county: County, client_of: ClientOf, filing: Filing
) -> None:
    typed = {"grade": "fair", "reason": "请补充。", ROW: "写明口径。", "remark:amounts[TOTAL]": " "}
    answer = take(client_of(county.supervisor_reviewer), filing, "return", **typed)
    assert answer.status_code == 302
    review = Review.objects.get()
    assert (review.decision, review.grade, review.reason) == (Action.RETURN, "fair", "请补充。")
    assert list(Remark.objects.values_list("place", "text")) == [("indicators[i0]", "写明口径。")]
    assert Filing.objects.get().resume_stage == Stage.SUPERVISOR
    page = client_of(county.filler).get(f"/filings/{filing.pk}/")
    assert "主管部门退回（第 1 轮），请按意见修改后重新提交 请补充。" in words(page)
    assert '<a href="#at-indicators-i0">写明口径。</a>' in html(page)
    assert 'id="at-indicators-i0"' in html(page)
    assert "县委办公室 写明口径。" in words(page)


def test_a_blank_amount_is_named_without_its_colon(county: County, client_of: ClientOf, filing: Filing) -> None:
    take(client_of(county.supervisor_reviewer), filing, "return", **{"remark:amounts[INC.FUND]": "漏填。"})
    page = html(client_of(county.filler).get(f"/filings/{filing.pk}/"))
    assert '<span class="where">政府性基金拨款</span>' in page


def test_the_reviewer_chooses_whether_review_restarts(county: County, client_of: ClientOf, filing: Filing) -> None:
    step(Action.APPROVE_STAGE, filing, county.supervisor_reviewer)
    take(client_of(county.section_reviewer), filing, "return", reason="重来。", from_first_stage="first")
    assert Filing.objects.get().resume_stage == Stage.SUPERVISOR


def test_approval_leads_to_the_next_stage_and_finally_issues_the_copy(
    county: County, client_of: ClientOf, filing: Filing
) -> None:
    stages = []
    for reviewer in (county.supervisor_reviewer, county.section_reviewer, county.performance_reviewer):
        stages.append(Filing.objects.get().stage)
        client = client_of(reviewer)
        assert take(client, filing, "pass", grade="good").status_code == 302
    confirm(client, filing)
    work(ahead=True)
    assert stages == [Stage.SUPERVISOR, Stage.SECTION, Stage.PERFORMANCE]
    assert Filing.objects.get().status == Status.APPROVED
    assert filing.issued_copies.count() == 1


def test_returning_needs_a_reason_or_remarks(county: County, client_of: ClientOf, filing: Filing) -> None:
    answer = take(client_of(county.supervisor_reviewer), filing, "return", grade="poor")
    assert answer.status_code == 409
    assert "请写明原因" in words(answer)
    assert '<option value="poor" selected>' in html(answer)
    assert not Review.objects.exists()


def test_input_is_shown_again_after_a_conflict(county: County, client_of: ClientOf, filing: Filing) -> None:
    lock = Filing.objects.get().lock
    step(Action.APPROVE_STAGE, filing, county.supervisor_reviewer)
    add_membership(county.supervisor_reviewer, Role.REVIEWER, county.section)
    answer = take(
        client_of(county.section_reviewer), filing, "return", lock=lock, reason="总体不行。", **{ROW: "<b>口径</b>"}
    )
    assert answer.status_code == 409
    assert f"{county.supervisor_reviewer.name}已于" in words(answer)
    assert "办理「审核通过」，您的操作未办理；请核对申报表现在的内容后再办。" in words(answer)
    assert "请刷新" not in words(answer)
    assert "您写的意见仍保留" in words(answer)
    page = html(answer)
    assert "<summary>&lt;b&gt;口径&lt;/b&gt;</summary>" in page
    assert "&lt;b&gt;口径&lt;/b&gt;</textarea>" in page
    assert "总体不行。</textarea>" in page
    assert Review.objects.count() == 1


def test_a_second_click_is_shown_as_done(county: County, client_of: ClientOf, filing: Filing) -> None:
    client = client_of(county.supervisor_reviewer)
    lock = Filing.objects.get().lock
    take(client, filing, "return", lock=lock, reason="请改。")
    again = client.post(f"/filings/{filing.pk}/return/", {"lock": lock, "reason": "请改。"}, follow=True)
    assert again.status_code == 200
    assert "您已办理过这一步" in words(again)
    assert Review.objects.count() == 1


def test_after_the_status_changed_the_remarks_can_still_be_copied(
    county: County, client_of: ClientOf, filing: Filing
) -> None:
    lock = Filing.objects.get().lock
    step(Action.APPROVE_STAGE, filing, county.supervisor_reviewer)
    step(Action.RETURN, filing, county.section_reviewer, reason="请改。")
    answer = take(client_of(county.section_reviewer), filing, "pass", lock=lock, reason="同意。", **{ROW: "口径不清。"})
    assert answer.status_code == 409
    assert "这份申报表现在是「已退回」，不能由您审核（section_reviewer甲于 " in words(answer)
    assert "您写的意见保留在下面" in words(answer)
    assert "口径不清。</textarea>" in html(answer)
    assert html(answer).count("<textarea") == 1
    assert "同意。" in words(answer)


def test_after_a_withdrawal_reviewers_of_later_stages_are_shown_their_input_only(
    county: County, client_of: ClientOf, filing: Filing
) -> None:
    step(Action.WITHDRAW, filing, county.filler)
    client = client_of(county.section_reviewer)
    answer = take(client, filing, "return", reason="总体意见。", **{ROW: "口径不清。"})
    assert answer.status_code == 404
    assert "口径不清。" in words(answer)
    assert "总体意见。" in words(answer)
    assert "县档案馆" not in words(answer)


def test_a_remark_on_a_missing_row_is_kept_next_to_the_table(
    county: County, client_of: ClientOf, filing: Filing
) -> None:
    answer = take(client_of(county.supervisor_reviewer), filing, "return", **{"remark:": "指向不明。"})
    assert answer.status_code == 409
    assert "您写过意见、现在表中已没有的行 指向不明。" in words(answer)


def test_a_remark_that_is_too_long_is_refused_with_its_length(
    county: County, client_of: ClientOf, filing: Filing
) -> None:
    answer = take(client_of(county.supervisor_reviewer), filing, "return", **{ROW: "长" * 1001})
    assert answer.status_code == 400
    assert "意见「长长长长长长长长长长长长长长长长长长长长…」共 1001 字，请缩短到 1000 字以内。" in words(answer)
    assert not Review.objects.exists()


@pytest.mark.parametrize("action", ["return", "pass"])
def test_a_reviewer_of_their_own_department_changes_nothing(
    county: County, client_of: ClientOf, filing: Filing, action: str
) -> None:
    add_membership(county.supervisor_reviewer, Role.OBSERVER, county.department)
    answer = take(client_of(county.supervisor_reviewer), filing, action, reason="同意。")
    assert answer.status_code == 403
    assert "您在「县档案馆」任职，不能审核本单位的申报表。" in words(answer)
    assert not Review.objects.exists()


def test_the_reviewer_sees_the_revision_while_the_filler_edits_the_draft(
    county: County, client_of: ClientOf, filing: Filing
) -> None:
    step(Action.RETURN, filing, county.supervisor_reviewer, reason="请改。")
    filing.indicators.filter(key="i0").update(name="改了一半的名称")
    reviewer = words(client_of(county.supervisor_reviewer).get(f"/filings/{filing.pk}/"))
    assert "接收档案" in reviewer
    assert "改了一半的名称" not in reviewer
    for user in (county.filler, county.head, county.manager):
        assert "改了一半的名称" in words(client_of(user).get(f"/filings/{filing.pk}/"))


@pytest.mark.parametrize("place", ["indicators[\0]", f"indicators[{'k' * 300}]", "nowhere", ""])
def test_a_remark_at_an_invalid_place_is_refused(
    county: County, filing: Filing, client_of: ClientOf, place: str
) -> None:
    reply = take(client_of(county.supervisor_reviewer), filing, "return", **{f"remark:{place}": "写明口径。"})
    assert reply.status_code == 409
    assert "所指的位置不在表中" in words(reply)
    assert Filing.objects.get().status == Status.IN_REVIEW


def test_the_reviewer_sees_a_new_revision_after_it_is_signed(
    county: County, client_of: ClientOf, filing: Filing
) -> None:
    step(Action.RETURN, filing, county.supervisor_reviewer, reason="请改。")
    filing.indicators.filter(key="i0").update(name="改好的名称")
    step(Action.SUBMIT, filing, county.filler)
    reviewer = client_of(county.supervisor_reviewer)
    second = f"/filings/{filing.pk}/revisions/2/"
    assert "改好的名称" not in words(reviewer.get(f"/filings/{filing.pk}/"))
    assert reviewer.get(second).status_code == 404
    assert client_of(county.head).get(second).status_code == 200
    step(Action.SIGN, filing, county.head)
    assert "改好的名称" in words(reviewer.get(f"/filings/{filing.pk}/"))
    assert reviewer.get(second).status_code == 200
