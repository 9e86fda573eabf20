"""The step 公开 of 办理进度: ahead with its date, done, or left out."""

from datetime import timedelta

import pytest
from django.utils import timezone

from filings import progress
from filings.choices import Action, Stage
from filings.clocks.working_days import add_working_days
from filings.local_time import day
from filings.models import Cycle, Department, Filing
from filings.progress import ProgressStep
from filings.progress.steps import StepState
from filings.publication.publish import publish, unpublish
from filings.publication.withhold import withhold
from filings.tests.county import County, found_county, step
from filings.tests.publication.published import approved

pytestmark = pytest.mark.django_db


@pytest.fixture
def county() -> County:
    return found_county((Stage.PERFORMANCE,))


def public_step(filing: Filing) -> ProgressStep:
    return progress.load_one(Filing.objects.get(pk=filing.pk)).steps[-1]


def publication_of(filing: Filing) -> tuple[str, str]:
    step = public_step(filing)
    return step.state, step.note


def test_publication_follows_the_approval_except_for_departments_withheld(county: County) -> None:
    filing = approved(county)
    due_on = add_working_days(timezone.localdate(), 20, {})
    assert publication_of(filing) == (StepState.AHEAD, f"应于 {due_on} 前公开")
    Cycle.objects.update(publish_by=timezone.localdate() - timedelta(days=1))
    assert publication_of(filing) == (
        StepState.AHEAD,
        f"应于 {timezone.localdate() - timedelta(days=1)} 前公开，已逾期",
    )
    Department.objects.filter(pk=filing.department_id).update(withheld=True)
    assert publication_of(filing) == (StepState.SKIPPED, "涉密单位，不公开")


def test_a_published_copy_is_done_until_an_adjustment_follows(county: County) -> None:
    filing = approved(county)
    published = publish(filing.pk, by=county.performance_reviewer, now=timezone.now())
    public = public_step(filing)
    assert (public.state, public.names, public.office, public.at) == (
        StepState.DONE,
        ("performance_reviewer甲",),
        "绩效股",
        published.at,
    )
    step(Action.ADJUST, filing, county.filler, reason="预算调整")
    assert publication_of(filing) == (StepState.AHEAD, f"原定稿 {day(published.at)} 已公开，新定稿待公开")


def test_a_withheld_table_names_its_basis(county: County) -> None:
    filing = approved(county)
    withhold(filing.pk, "privacy", "", by=county.manager, now=timezone.now())
    assert publication_of(filing) == (StepState.SKIPPED, "不予公开：涉及商业秘密或个人隐私")


def test_a_withdrawn_copy_names_who_withdrew_it_until_it_is_published_again(county: County) -> None:
    filing, now = approved(county), timezone.now()
    publish(filing.pk, by=county.performance_reviewer, now=now)
    unpublish(filing.pk, "有误", by=county.manager, now=now)
    public = public_step(filing)
    assert (public.state, public.state_label, public.names, public.at, public.note) == (
        StepState.RETURNED,
        "已撤下",
        ("manager甲",),
        now,
        "已撤下",
    )
    publish(filing.pk, by=county.manager, now=now)
    assert public_step(filing).state == StepState.DONE


def test_a_revoked_approval_and_a_withheld_table_have_their_own_words(county: County) -> None:
    filing = approved(county)
    step(Action.REVOKE, filing, county.manager, reason="有误")
    approval = progress.load_one(Filing.objects.get()).steps[-2]
    assert (approval.state, approval.state_label) == (StepState.RETURNED, "已撤回")
    withhold(filing.pk, "privacy", "", by=county.manager, now=timezone.now())
    assert public_step(filing).state_label == "不予公开"
