"""Actions on an outdated state of the filing: second clicks, and changes by other users."""

import pytest

from filings import drafts
from filings.choices import Action, Role, Stage
from filings.errors import AlreadyDone, StepConflict
from filings.lifecycle import workflow
from filings.models import Event
from filings.tests.county import create_user, found_county, step

pytestmark = pytest.mark.django_db


def test_a_second_click_raises_already_done() -> None:
    county = found_county()
    filing = county.signing()
    lock = filing.lock
    step(Action.SIGN, filing, county.head)
    with pytest.raises(AlreadyDone):
        workflow.perform(Action.SIGN, filing, by=county.head, expected_lock=lock)
    assert Event.objects.filter(action=Action.SIGN).count() == 1


def test_an_action_on_an_outdated_lock_names_the_user_who_changed_the_filing() -> None:
    county = found_county((Stage.PERFORMANCE,))
    filing = county.in_review()
    workflow.perform(Action.WITHDRAW, filing, by=county.filler, expected_lock=filing.lock)
    with pytest.raises(
        StepConflict, match=r"^filler甲已于 [-\d]+ [:\d]+ 办理「撤回修改」，您的操作未办理；"
    ) as refusal:
        workflow.perform(Action.APPROVE_STAGE, filing, by=county.performance_reviewer, expected_lock=filing.lock)
    assert refusal.value.at == Event.objects.latest("id").at


def test_the_refusal_names_the_user_of_the_latest_change() -> None:
    county = found_county()
    filing = county.filled()
    lock = filing.lock
    other = create_user("other", Role.FILLER, county.department)
    change = drafts.Change("goals[0]", drafts.document(filing).goals[0], "保障单位运转。")
    assert drafts.save(filing, [change], by=other, client_id="1").is_whole
    with pytest.raises(StepConflict) as after_a_save:
        workflow.perform(Action.SUBMIT, filing, by=county.filler, expected_lock=lock)
    assert after_a_save.value.by_name == "other甲"
    step(Action.SUBMIT, filing, county.filler)
    with pytest.raises(StepConflict) as after_an_action:
        workflow.perform(Action.SUBMIT, filing, by=other, expected_lock=lock)
    assert after_an_action.value.by_name == "filler甲"


def test_an_own_change_in_another_window_is_named_as_such() -> None:
    county = found_county()
    filing = county.filled()
    lock = filing.lock
    change = drafts.Change("goals[0]", drafts.document(filing).goals[0], "保障单位运转。")
    assert drafts.save(filing, [change], by=county.filler, client_id="1").is_whole
    with pytest.raises(StepConflict, match=r"^您在另一个窗口已于 [-\d]+ [:\d]+ 修改这份申报表，您的操作未办理；"):
        workflow.perform(Action.SUBMIT, filing, by=county.filler, expected_lock=lock)
