"""Extensions: deadline, clock and history of departments that have not submitted; all selected ones or none."""

from datetime import UTC, date, timedelta

import pytest
from django.utils import timezone

from filings.choices import Action, MessageKind, Role, Status
from filings.errors import NotAllowed, StepRefused
from filings.lifecycle import events
from filings.models import EnrolmentEvent, Event, Extension, Filing, Message, User
from filings.oversight.extend import extend
from filings.tests.county import County, add_membership, step
from filings.tests.worker import work

NOW = timezone.now().astimezone(UTC)
REASON = "预算调整尚未下达"


def extended(
    county: County, *departments: object, until: date | None = None, reason: str = REASON, by: User | None = None
) -> int:
    ids = [str(getattr(department, "pk", department)) for department in departments]
    return extend(county.cycle, ids, until or _until(county), reason, by=by or county.manager, now=NOW)


def _until(county: County) -> date:
    return county.cycle.deadline + timedelta(days=7)


def nothing_changed() -> bool:
    has_events = Event.objects.filter(action=Action.EXTEND).exists() or EnrolmentEvent.objects.exists()
    return not has_events and not Extension.objects.exists() and work() == 0


def test_an_extension_moves_deadline_and_clock_and_is_recorded(county: County) -> None:
    filing = county.started()
    until = _until(county)
    assert extended(county, county.department, county.supervising) == 2
    fields = ("department__name", "until", "reason", "by_name", "at")
    stored = Extension.objects.order_by("department__code").values_list(*fields)
    assert list(stored) == [(name, until, REASON, "manager甲", NOW) for name in ("县委办公室", "县档案馆")]
    filing.refresh_from_db()
    assert filing.due_on == until
    event = Event.objects.get(action=Action.EXTEND)
    assert events.detail(event) == {"reason": f"延至 {until}。{REASON}", "until": until.isoformat()}
    assert events.first_broken(filing) is None
    earlier = EnrolmentEvent.objects.get()
    assert (earlier.action, earlier.reason, earlier.by_office) == (Action.EXTEND, f"延至 {until}。{REASON}", "财政局")


def test_the_department_gets_a_message(county: County) -> None:
    county.started()
    extended(county, county.department)
    work()
    message = Message.objects.get()
    assert (message.user, message.kind) == (county.filler, MessageKind.EXTENDED)
    assert f"延至 {_until(county)}" in message.text


def test_a_second_extension_replaces_the_first(county: County) -> None:
    extended(county, county.department)
    later = _until(county) + timedelta(days=1)
    extended(county, county.department, until=later, reason="又一次")
    assert Extension.objects.values_list("until", "reason").get() == (later, "又一次")
    assert EnrolmentEvent.objects.count() == 2


@pytest.mark.parametrize("reason", ["", " \n ", "字" * 501])
def test_a_reason_is_needed(county: County, reason: str) -> None:
    with pytest.raises(StepRefused, match="理由"):
        extended(county, county.department, reason=reason)
    assert nothing_changed()


def test_the_date_is_after_the_deadline_and_not_past(county: County) -> None:
    with pytest.raises(StepRefused, match=f"须晚于本批次的截止日期 {county.cycle.deadline}"):
        extended(county, county.department, until=county.cycle.deadline)
    with pytest.raises(StepRefused, match="请填写延至哪一天"):
        extend(county.cycle, ["1"], None, REASON, by=county.manager, now=NOW)
    county.cycle.deadline = timezone.localdate(NOW) - timedelta(days=5)
    with pytest.raises(StepRefused, match="已经过去"):
        extended(county, county.department, until=timezone.localdate(NOW) - timedelta(days=1))
    assert nothing_changed()


def test_a_table_in_review_or_returned_is_not_extended(county: County) -> None:
    filing = county.in_review()
    work()
    with pytest.raises(StepRefused, match="「县档案馆」已经送审或批复，不能延期。未办理延期"):
        extended(county, county.department, county.supervising)
    step(Action.RETURN, filing, county.supervisor_reviewer, reason="请改")
    work()
    with pytest.raises(StepRefused, match="不能延期"):
        extended(county, county.department)
    Filing.objects.update(status=Status.SIGNING, resume_stage="supervisor")
    with pytest.raises(StepRefused, match="不能延期"):
        extended(county, county.department)
    assert nothing_changed()


def test_a_table_that_only_waits_for_the_head_is_extended(county: County) -> None:
    county.signing()
    assert extended(county, county.department) == 1
    assert Filing.objects.get().status == Status.SIGNING


def test_only_managers_extend_and_never_their_own_department(county: County) -> None:
    with pytest.raises(NotAllowed, match="由管理员办理"):
        extended(county, county.department, by=county.section_reviewer)
    add_membership(county.manager, Role.OBSERVER, county.department)
    with pytest.raises(NotAllowed, match="您在「县档案馆」任职"):
        extended(county, county.department, county.supervising)
    assert nothing_changed()


def test_an_unknown_department_stops_all(county: County) -> None:
    with pytest.raises(StepRefused, match="编号 999"):
        extended(county, county.department, 999)
    assert nothing_changed()
