"""Actions that workflow.perform does not carry out, by every user in every state, against the written table."""

import pytest
from django.db import transaction
from django.utils import timezone

from filings.actions.table import ACTIONS
from filings.choices import Action, Role
from filings.errors import StepRefused
from filings.models import (
    Consultation,
    EnrolmentEvent,
    Event,
    Extension,
    Filing,
    IssuedCopy,
    Publication,
    Waiver,
    Withholding,
)
from filings.tests.actions.every_combination import STATES, USERS
from filings.tests.actions.other_actions import TAKE, WHO, Attempt
from filings.tests.actions.test_every_combination import PERFORMED, reach, user_of
from filings.tests.county import County, add_membership, create_user

pytestmark = pytest.mark.django_db
WRITTEN = (Event, EnrolmentEvent, Consultation, Extension, Waiver, Publication, Withholding, IssuedCopy)


def stored() -> tuple[object, ...]:
    return Filing.objects.values().get(), *(model.objects.count() for model in WRITTEN)


def with_an_error(county: County) -> None:
    """Set a control figure from which the table differs, so that there is something to waive."""
    figures = county.cycle.control_figures
    figures.create(department=county.department, raw="1", fen=1_000_000, by=county.manager, at=timezone.now())


def is_done(action: Action, attempt: Attempt) -> bool:
    """Take the action and undo it. Return whether it was done; a refusal must have changed nothing."""
    before = stored()
    with transaction.atomic():
        try:
            with transaction.atomic():
                TAKE[action](attempt)
        except StepRefused:
            assert stored() == before
            return False
        transaction.set_rollback(True)
    return True


@pytest.mark.parametrize("state", list(STATES))
def test_who_can_take_the_other_actions(state: str) -> None:
    county, filing = reach(state)
    with_an_error(county)
    other = create_user("other", Role.REVIEWER, county.supervising)
    for office in (county.section, county.performance):
        add_membership(other, Role.REVIEWER, office)
    can: dict[Action, set[str]] = {action: set() for action in TAKE}
    for name in USERS:
        with transaction.atomic():
            attempt = Attempt(county, filing, user_of(name, county), other)
            for action, names in can.items():
                if is_done(action, attempt):
                    names.add(name)
            transaction.set_rollback(True)
    assert can == {action: set(WHO[action].get(state, ())) for action in TAKE}


def test_every_action_is_tried_somewhere() -> None:
    assert {*PERFORMED, *TAKE, Action.START} == set(ACTIONS)
