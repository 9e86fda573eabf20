"""办理进度: the steps of a filing after each action, with names, offices and dates."""

from datetime import timedelta

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from filings import drafts, progress
from filings.choices import Action, Role, Stage, Status
from filings.drafts import Change
from filings.lifecycle import approvals, claims, workflow
from filings.models import CalendarDay, Department, Event, Filing, Office, User
from filings.progress import FilingProgress, ProgressStep
from filings.reviewing.draft_content import DraftContent
from filings.tests.county import (
    County,
    add_membership,
    answer_remarks,
    create_user,
    fixed_bytes,
    found_county,
    step,
    with_reasons,
)

GOAL = "保障单位运转，管好县档案。"
pytestmark = pytest.mark.django_db


@pytest.fixture
def county() -> County:
    return found_county()


def progress_of(filing: Filing) -> FilingProgress:
    return progress.load_one(Filing.objects.get(pk=filing.pk))


def states(filing: Filing) -> str:
    """Return the states of all steps by their first letters: 填报, 单位审签, three stages, 批复, 公开."""
    return " ".join(step.state[0] for step in progress_of(filing).steps)


def named(filing: Filing, title: str) -> ProgressStep:
    return next(each for each in progress_of(filing).steps if each.title == title)


def current(filing: Filing) -> str:
    now = progress_of(filing).current
    assert now
    return now.title


def approved(county: County) -> Filing:
    filing = county.in_review()
    for reviewer in (county.supervisor_reviewer, county.section_reviewer, county.performance_reviewer):
        filing = step(Action.APPROVE_STAGE, filing, reviewer)
    return filing


def test_each_action_moves_the_present_step(county: County) -> None:
    filing = county.filled()
    assert [each.title for each in progress_of(filing).steps] == [
        "填报",
        "单位审签",
        "主管部门",
        "业务股室",
        "绩效股",
        "批复",
        "公开",
    ]
    seen = [states(filing)]
    for action, user in (
        (Action.SUBMIT, county.filler),
        (Action.SIGN, county.head),
        (Action.APPROVE_STAGE, county.supervisor_reviewer),
        (Action.APPROVE_STAGE, county.section_reviewer),
        (Action.APPROVE_STAGE, county.performance_reviewer),
    ):
        seen.append(states(step(action, filing, user)))
    assert seen == [
        "n a a a a a a",
        "d n a a a a a",
        "d d n a a a a",
        "d d d n a a a",
        "d d d d n a a",
        "d d d d d d a",
    ]


def test_done_steps_name_user_office_and_time(county: County) -> None:
    filing = approved(county)
    signed = filing.events.get(action=Action.SIGN)
    reviewed = filing.events.filter(action=Action.APPROVE_STAGE).last()
    assert reviewed
    signing, approval = named(filing, "单位审签"), named(filing, "批复")
    assert (signing.names, signing.office, signing.at) == (("head甲",), "", signed.at)
    assert (approval.names, approval.office, approval.at) == (("performance_reviewer甲",), "绩效股", reviewed.at)
    assert progress_of(filing).current is None
    assert progress_of(filing).last_done == approval


def test_the_present_step_names_who_can_do_it(county: County) -> None:
    create_user("second", Role.FILLER, county.department)
    filing = county.filled()
    assert named(filing, "填报").names == ("filler甲", "second甲")
    assert named(step(Action.SUBMIT, filing, county.filler), "单位审签").names == ("head甲",)


def test_heads_who_prepared_the_version_are_not_named(county: County) -> None:
    add_membership(county.filler, Role.HEAD, county.department)
    filing = step(Action.SUBMIT, county.filled(), county.filler)
    assert named(filing, "单位审签").names == ("head甲",)
    User.objects.filter(pk=county.head.pk).update(is_active=False)
    assert (named(filing, "单位审签").names, named(filing, "单位审签").note) == ((), "没有可以审签的人")
    assert "没有可以审签的人" in render_to_string("filings/_progress_line.html", {"progress": progress_of(filing)})
    step(Action.WITHDRAW, filing, county.filler)
    editor = create_user("editor", Role.HEAD, county.department)
    add_membership(editor, Role.FILLER, county.department)
    drafts.save(filing, [Change("goals[0]", GOAL, f"{GOAL}。")], by=editor, client_id="heads-1")
    step(Action.SUBMIT, filing, county.filler)
    assert named(filing, "单位审签").names == ()
    User.objects.filter(pk=county.head.pk).update(is_active=True)
    assert named(filing, "单位审签").names == ("head甲",)


def test_a_reviewer_is_named_once_the_filing_is_claimed(county: County) -> None:
    filing = county.in_review()
    assert (named(filing, "主管部门").office, named(filing, "主管部门").names) == ("县委办公室", ())
    county.supervisor_reviewer.telephone = "8003"
    county.supervisor_reviewer.save()
    claims.claim(filing, by=county.supervisor_reviewer)
    assert (named(filing, "主管部门").names, named(filing, "主管部门").telephone) == (
        ("supervisor_reviewer甲",),
        "8003",
    )
    county.supervisor_reviewer.is_active = False
    county.supervisor_reviewer.save()
    assert named(filing, "主管部门").names == ()


def test_a_return_shows_where_it_came_from_and_goes_back_to(county: County) -> None:
    filing = step(Action.APPROVE_STAGE, county.in_review(), county.supervisor_reviewer)
    filing = step(Action.RETURN, filing, county.section_reviewer, reason="请改")
    assert states(filing) == "n a d r a a a"
    returned = named(filing, "业务股室")
    assert (returned.names, returned.note) == (("section_reviewer甲",), "修改并审签后直接送本环节")
    assert [each.title for each in progress_of(filing).ahead] == ["单位审签", "业务股室", "绩效股", "批复", "公开"]
    filing = step(Action.SUBMIT, answer_remarks(filing, county.filler), county.filler)
    assert states(filing) == "d n d r a a a"
    assert states(step(Action.SIGN, filing, county.head)) == "d d d n a a a"


def test_a_return_from_the_first_stage_passes_all_stages_again(county: County) -> None:
    filing = step(Action.APPROVE_STAGE, county.in_review(), county.supervisor_reviewer)
    workflow.perform(
        Action.RETURN,
        filing,
        by=county.section_reviewer,
        expected_lock=Filing.objects.get().lock,
        printer=fixed_bytes,
        reason="请改",
        from_first_stage=True,
    )
    assert states(filing) == "n a a r a a a"
    assert named(filing, "业务股室").note == "修改并审签后从主管部门重新审核"


def test_what_the_head_sends_back_and_the_filler_withdraws_is_noted(county: County) -> None:
    filing = step(Action.SEND_BACK, county.signing(), county.head, reason="请改")
    assert states(filing) == "n r a a a a a"
    assert (named(filing, "单位审签").names, named(filing, "单位审签").note) == (("head甲",), "退回填报人")
    filing = step(Action.WITHDRAW, step(Action.SUBMIT, filing, county.filler), county.filler)
    assert states(filing) == "n a a a a a a"
    assert named(filing, "填报").note == f"filler甲 {timezone.localdate()} 撤回修改"


def test_a_late_submission_is_marked(county: County) -> None:
    county.cycle.deadline = timezone.localdate() - timedelta(days=1)
    county.cycle.save()
    assert named(county.signing(), "填报").note == "逾期提交"


def test_an_adjustment_passes_all_steps_again(county: County) -> None:
    filing = step(Action.ADJUST, approved(county), county.filler, reason="预算调整")
    assert states(filing) == "n a a a a a a"
    assert progress_of(filing).notes == ("正在调整。新表批复之前，原定稿仍然有效。",)
    filing = step(Action.SUBMIT, with_reasons(filing, county.filler), county.filler)
    assert states(step(Action.SIGN, filing, county.head)) == "d d n a a a a"


def test_a_revoked_approval_is_shown_until_the_next_decision(county: County) -> None:
    filing = step(Action.REVOKE, approved(county), county.manager, reason="金额有误")
    assert states(filing) == "d d d d n r a"
    assert (named(filing, "批复").names, named(filing, "批复").note) == (("manager甲",), "批复已撤回，重新审核")
    assert states(step(Action.RETURN, filing, county.performance_reviewer, reason="请改")) == "n a d d r a a"


def test_a_waiting_approval_is_the_present_step(county: County) -> None:
    filing = county.in_review()
    for reviewer in (county.supervisor_reviewer, county.section_reviewer):
        filing = step(Action.APPROVE_STAGE, filing, reviewer)
    approvals.queue(filing, by=county.performance_reviewer, expected_lock=filing.lock, content=DraftContent())
    assert states(filing) == "d d d d d n a"
    assert named(filing, "绩效股").names == ("performance_reviewer甲",)
    assert (named(filing, "批复").note, named(filing, "批复").waited) == ("已批复，正在生成定稿", None)


def test_a_department_without_a_supervisor_skips_its_stage(county: County) -> None:
    Department.objects.update(supervisor=None)
    filing = county.in_review()
    assert states(filing) == "d d s n a a a"
    assert current(filing) == "业务股室"


def test_working_days_and_the_time_limit_belong_to_the_present_step(county: County) -> None:
    today = timezone.localdate()
    days = (today - timedelta(days=number) for number in range(10))
    CalendarDay.objects.bulk_create(CalendarDay(date=day, is_working=True) for day in days)
    filing = county.in_review()
    assert named(filing, "主管部门").waited_label == "已等待不满 1 个工作日"
    Filing.objects.update(held_since=timezone.now() - timedelta(days=2), due_on=today)
    now = named(filing, "主管部门")
    assert (now.waited_label, now.clock and now.clock.words) == ("已等待 2 个工作日", "审核今天到期")
    assert {each.waited for each in progress_of(filing).steps if not each.is_now} == {None}
    Filing.objects.update(status=Status.DRAFT, stage="")
    assert named(filing, "填报").waited_label == "已办理 2 个工作日"
    county.cycle.closed_at = timezone.now()
    county.cycle.save()
    assert (named(filing, "填报").waited, named(filing, "填报").clock) == (None, None)
    assert progress_of(filing).notes == ("批次已结束，不再办理。",)


def test_the_date_of_another_year_has_its_year(county: County) -> None:
    filing = approved(county)
    approval = named(filing, "批复")
    assert approval.short_date == f"{timezone.localtime():%m-%d}"
    assert ProgressStep("批复", approval.state, at=timezone.now() - timedelta(days=800)).short_date.startswith("20")


def test_a_title_is_not_repeated_as_office(county: County) -> None:
    filing = approved(county)
    assert (named(filing, "绩效股").office_label, named(filing, "业务股室").office_label) == ("", "行政政法股")


def test_a_filing_without_events_has_steps_without_names(county: County) -> None:
    filing = Filing.objects.create(
        cycle=county.cycle, department=county.department, status=Status.IN_REVIEW, stage=Stage.PERFORMANCE
    )
    assert not Event.objects.exists()
    assert states(filing) == "d d d d n a a"
    assert Office.objects.get(pk=county.performance.pk).name == named(filing, "绩效股").office


@pytest.mark.parametrize("count", [1, 3, 60])
def test_any_number_of_filings_takes_five_queries(county: County, count: int) -> None:
    made = [Department(code=f"9{index}", name=f"单位{index}") for index in range(count)]
    Filing.objects.bulk_create(
        Filing(cycle=county.cycle, department=department) for department in Department.objects.bulk_create(made)
    )
    related = Filing.objects.select_related("cycle", "department__section", "department__supervisor", "reviewer")
    filings = list(related)
    with CaptureQueriesContext(connection) as asked:
        assert len(progress.load(filings)) == count
    assert len(asked) == 5
