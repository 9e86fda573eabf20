"""Jobs on many copies: each filing once, whatever happens to the worker; stop and continue; failures with reasons."""

import pytest
from django.utils import timezone

from filings.choices import Action, JobKind, JobState, MessageKind, Stage
from filings.errors import NotAllowed, StepRefused
from filings.lifecycle import events, issuing
from filings.models import CopyJob, Department, Event, Filing, IssuedCopy, Message, Publication
from filings.publication import jobs, reissue
from filings.publication.public import live
from filings.publication.publish import publish, unpublish
from filings.tests.county import County, found_county, step, with_reasons
from filings.tests.publication.published import adjusted, approved, copied, passed, published
from filings.tests.worker import work

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def county() -> County:
    return found_county((Stage.PERFORMANCE,))


@pytest.fixture
def filings(county: County) -> list[int]:
    """Return four approved filings in the order of their departments."""
    first = approved(county)
    return [first.pk, *(copied(first, county, f"30{number}").pk for number in range(3))]


def queue(county: County, filings: list[int], kind: JobKind = JobKind.PUBLISH, reason: str = "") -> CopyJob:
    """Queue a job on the copies in force."""
    chosen = [(copy.filing_id, copy.pk) for copy in IssuedCopy.objects.filter(filing__in=filings, live=True)]
    return jobs.queue(county.cycle, kind, chosen, reason, by=county.manager, now=timezone.now())


def handled(job: CopyJob) -> tuple[str, int, int]:
    job.refresh_from_db()
    return job.state, job.done, len(job.failures)


def count(action: Action) -> list[int]:
    """Return the number of events of an action by filing."""
    return [filing.events.filter(action=action).count() for filing in Filing.objects.order_by("department__code")]


def interrupt_at(monkeypatch: pytest.MonkeyPatch, filing: int) -> None:
    """Make the worker fail when it comes to a filing, as a killed one does."""

    def failing(key: int, **values: object) -> Publication:
        if key == filing:
            publish(key, **values)  # type: ignore[arg-type]
            raise KeyboardInterrupt
        return publish(key, **values)  # type: ignore[arg-type]

    monkeypatch.setattr(jobs, "publish", failing)


def test_all_filings_are_published(county: County, filings: list[int]) -> None:
    job = queue(county, filings)
    work()
    assert handled(job) == (JobState.DONE, 4, 0)
    assert set(live().values_list("filing", flat=True)) == set(filings)
    message = Message.objects.get(kind=MessageKind.COPIES_DONE)
    assert (message.user, message.text) == (
        county.manager,
        f"{county.cycle}的「批量公开」已完成，已办 4 份。",
    )


def test_an_interrupted_job_handles_each_filing_once(
    county: County, filings: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    job = queue(county, filings)
    with monkeypatch.context() as patch:
        interrupt_at(patch, filings[2])
        with pytest.raises(KeyboardInterrupt):
            jobs.carry_out.call(job.pk)
    assert handled(job) == (JobState.FAILED, 2, 0)
    assert count(Action.PUBLISH) == [1, 1, 0, 0]
    jobs.resume(job, by=county.manager)
    jobs.carry_out.call(job.pk)
    assert handled(job) == (JobState.DONE, 4, 0)
    assert count(Action.PUBLISH) == [1, 1, 1, 1]
    assert Publication.objects.count() == 4


def test_a_killed_worker_leaves_a_job_that_goes_on_where_it_was(county: County, filings: list[int]) -> None:
    """What was withdrawn meanwhile is not published again."""
    job = queue(county, filings)
    work()
    unpublish(filings[0], "有误", by=county.manager, now=NOW)
    # The worker is killed after its last transaction, before it has stored the end of the job.
    CopyJob.objects.update(state=JobState.RUNNING, finished_at=None)
    jobs.carry_out.call(job.pk)
    assert handled(job) == (JobState.DONE, 4, 0)
    assert count(Action.PUBLISH) == [1, 1, 1, 1]
    assert not live().filter(filing=filings[0]).exists()


def test_a_filing_that_another_worker_has_handled_is_left(county: County, filings: list[int]) -> None:
    job = queue(county, filings)
    outdated = CopyJob.objects.select_related("cycle__edition", "by").get(pk=job.pk)
    jobs.carry_out.call(job.pk)
    taken: list[int] = []
    jobs._handle(outdated, 0, lambda: taken.append(1))
    assert (taken, handled(job)) == ([], (JobState.DONE, 4, 0))


def test_a_job_stops_and_goes_on(county: County, filings: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    job = queue(county, filings)

    def asked_to_stop(key: int, **values: object) -> Publication:
        assert jobs.stop(job)
        return publish(key, **values)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(jobs, "publish", asked_to_stop)
        jobs.carry_out.call(job.pk)
    assert handled(job) == (JobState.DONE, 1, 0)
    assert jobs.outcome(job) == "已停止，已办 1 份，余下 3 份。"
    assert not jobs.stop(job)
    jobs.resume(job, by=county.performance_reviewer)
    work()
    assert handled(job) == (JobState.DONE, 4, 0)
    assert count(Action.PUBLISH) == [1, 1, 1, 1]


def test_refused_filings_are_listed_and_the_others_are_handled(county: County, filings: list[int]) -> None:
    Department.objects.filter(code="300").update(withheld=True)
    job = queue(county, filings)
    work()
    assert handled(job) == (JobState.DONE, 4, 1)
    assert jobs.named(job.failures) == [("单位300", "「单位300」是涉密单位，不公开。")]
    assert jobs.outcome(job) == "已完成，已办 3 份，1 份未办理。"


def test_a_copy_that_replaces_the_chosen_one_is_not_published(county: County, filings: list[int]) -> None:
    job = queue(county, filings[:2])
    adjusted(county)
    work()
    assert handled(job) == (JobState.DONE, 2, 1)
    assert jobs.named(job.failures) == [("县档案馆", "「县档案馆」的定稿已更换，请核对新的定稿后再办。")]
    assert list(live().values_list("filing", flat=True)) == [filings[1]]


@pytest.mark.parametrize("kind", [JobKind.UNPUBLISH, JobKind.REISSUE])
def test_a_copy_that_replaces_the_chosen_one_is_left(county: County, kind: JobKind) -> None:
    filing = published(county).filing
    job = queue(county, [filing.pk], kind, "金额有误")
    publish(adjusted(county).pk, by=county.manager, now=NOW)
    work()
    assert jobs.named(job.failures if handled(job)[2] else []) == [
        ("县档案馆", "「县档案馆」的定稿已更换，请核对新的定稿后再办。")
    ]
    assert (live().count(), IssuedCopy.objects.count()) == (1, 2)


@pytest.mark.parametrize("kind", [JobKind.PUBLISH, JobKind.REISSUE])
def test_an_error_of_one_copy_stops_no_other(county: County, kind: JobKind, caplog: pytest.LogCaptureFixture) -> None:
    first = approved(county)
    broken, last = copied(first, county, "300", content="{"), copied(first, county, "301")
    job = queue(county, [first.pk, broken.pk, last.pk], kind)
    work()
    assert handled(job) == (JobState.DONE, 3, 1)
    assert jobs.named(job.failures) == [("单位300", "系统出错，未办理，请系统管理员查看日志。")]
    (record,) = [record for record in caplog.records if record.name == jobs.__name__]
    assert record.exc_info
    assert f"filing {broken.pk}" in record.getMessage()
    assert count(Action(kind.value)) == [1, 0, 1]


def test_many_copies_are_withdrawn_with_one_reason(county: County, filings: list[int]) -> None:
    queue(county, filings[:2])
    work()
    with pytest.raises(StepRefused, match="请写明撤下的理由"):
        queue(county, filings, JobKind.UNPUBLISH)
    job = queue(county, filings, JobKind.UNPUBLISH, "金额单位有误")
    work()
    assert handled(job) == (JobState.DONE, 4, 2)
    assert set(Publication.objects.values_list("end_reason", flat=True)) == {"金额单位有误"}
    assert not live().exists()


def test_one_job_of_a_cycle_at_a_time(county: County, filings: list[int]) -> None:
    queue(county, filings)
    with pytest.raises(StepRefused, match="上一次批量办理尚未完成"):
        queue(county, filings)
    assert CopyJob.objects.count() == 1


def test_jobs_are_for_those_who_publish(county: County, filings: list[int]) -> None:
    with pytest.raises(NotAllowed):
        jobs.queue(county.cycle, JobKind.PUBLISH, [(filings[0], 1)], "", by=county.section_reviewer, now=NOW)
    with pytest.raises(StepRefused, match="没有需要办理的定稿"):
        queue(county, [])


def test_an_abandoned_job_can_be_continued(county: County, filings: list[int]) -> None:
    job = queue(county, filings)
    assert jobs.fail_abandoned(lambda: {job.pk}) == 0
    assert jobs.fail_abandoned(set) == 1
    assert handled(job) == (JobState.FAILED, 0, 0)
    jobs.resume(job, by=county.manager)
    jobs.carry_out.call(job.pk)
    assert handled(job) == (JobState.DONE, 4, 0)


def test_a_copy_is_issued_again_in_one_chain(county: County) -> None:
    filing = approved(county)
    old = filing.issued_copies.get()
    job = queue(county, [filing.pk], JobKind.REISSUE, "补盖印章")
    work()
    old.refresh_from_db()
    new = IssuedCopy.objects.latest("pk")
    assert (handled(job), old.live, new.live) == ((JobState.DONE, 1, 0), False, True)
    assert (new.supersedes, new.revision, new.reissue_reason) == (old, old.revision, "补盖印章")
    assert issuing.read(new).startswith(b"%PDF")
    event = filing.events.latest("number")
    assert (event.action, events.detail(event)["code"], events.first_broken(filing)) == (
        Action.REISSUE,
        new.code,
        None,
    )


def test_an_adjustment_in_progress_replaces_the_copy_issued_again(county: County) -> None:
    filing = step(Action.ADJUST, approved(county), county.filler, reason="预算调整")
    queue(county, [filing.pk], JobKind.REISSUE)
    work()
    filing.refresh_from_db()
    assert filing.adjusts == IssuedCopy.objects.get(live=True)
    filing = step(Action.SUBMIT, with_reasons(filing, county.filler), county.filler)
    filing = passed(step(Action.SIGN, filing, county.head), county)
    assert [copy.supersedes_id for copy in filing.issued_copies.order_by("pk")][1:] == list(
        filing.issued_copies.order_by("pk").values_list("pk", flat=True)
    )[:2]


def test_nothing_is_half_issued_when_the_worker_is_interrupted(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    filing = approved(county)
    job = queue(county, [filing.pk], JobKind.REISSUE)
    record = events.record

    def failing(*args: object, **values: object) -> Event:
        record(*args, **values)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(events, "record", failing)
        with pytest.raises(KeyboardInterrupt):
            jobs.carry_out.call(job.pk)
    assert (IssuedCopy.objects.count(), count(Action.REISSUE)) == (1, [0])
    jobs.resume(job, by=county.manager)
    jobs.carry_out.call(job.pk)
    assert (IssuedCopy.objects.count(), count(Action.REISSUE), handled(job)) == (2, [1], (JobState.DONE, 1, 0))


def test_a_copy_replaced_while_it_was_printed_is_left(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    filing = approved(county)
    job = queue(county, [filing.pk], JobKind.REISSUE)
    print_again = reissue.print_again

    def revoked_meanwhile(copy: IssuedCopy, printer: issuing.Printer) -> issuing.Printed:
        printed = print_again(copy, printer)
        step(Action.REVOKE, filing, county.manager, reason="有误")
        return printed

    monkeypatch.setattr(reissue, "print_again", revoked_meanwhile)
    work()
    assert handled(job) == (JobState.DONE, 1, 1)
    assert jobs.named(job.failures) == [("县档案馆", "「县档案馆」的定稿在补办时已经更换，未补办。")]
    assert IssuedCopy.objects.get().revoked_at
