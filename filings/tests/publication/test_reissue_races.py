"""A copy is issued again while an action on its filing begins."""

import pytest
from django.utils import timezone

from filings.choices import Action, Stage
from filings.lifecycle import events, transitions
from filings.lifecycle.request import ActionRequest
from filings.models import Filing, IssuedCopy
from filings.publication import reissue
from filings.tests.county import County, fixed_bytes, found_county, step, with_reasons
from filings.tests.publication.published import approved

pytestmark = pytest.mark.django_db


def issue_again(county: County, filing: Filing) -> IssuedCopy:
    copy = reissue.copy_to_reissue(filing.pk, by=county.manager)
    printed = reissue.print_again(copy, fixed_bytes)
    return reissue.reissue(copy, printed, "", by=county.manager, now=timezone.now())


def issue_again_after_the_checks(monkeypatch: pytest.MonkeyPatch, county: County, filing: Filing) -> None:
    """Issue the copy again between the checks of the next action and its transaction."""
    outcome_of = transitions.outcome

    def reissued_meanwhile(request: ActionRequest) -> transitions.Outcome:
        outcome = outcome_of(request)
        issue_again(county, filing)
        return outcome

    monkeypatch.setattr(transitions, "outcome", reissued_meanwhile)


def test_an_adjustment_adjusts_the_copy_in_force(monkeypatch: pytest.MonkeyPatch) -> None:
    county = found_county((Stage.PERFORMANCE,))
    filing = approved(county)
    issue_again_after_the_checks(monkeypatch, county, filing)
    filing = step(Action.ADJUST, filing, county.filler, reason="预算调整")
    assert filing.adjusts == IssuedCopy.objects.get(live=True)


def test_the_event_of_a_submission_names_the_copy_in_force(monkeypatch: pytest.MonkeyPatch) -> None:
    county = found_county((Stage.PERFORMANCE,))
    filing = with_reasons(step(Action.ADJUST, approved(county), county.filler, reason="预算调整"), county.filler)
    issue_again_after_the_checks(monkeypatch, county, filing)
    step(Action.SUBMIT, filing, county.filler)
    submitted = filing.events.filter(action=Action.SUBMIT).latest("number")
    assert events.detail(submitted)["adjusts"] == IssuedCopy.objects.get(live=True).code
