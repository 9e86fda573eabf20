"""Several processes at once: an action is performed once."""

from collections.abc import Callable
from dataclasses import replace
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier

import pytest
from django.db import connections

from filings import drafts, permissions
from filings.choices import Action, AttachmentKind, Role, Stage, Status
from filings.document import canonical_json
from filings.errors import StepRefused
from filings.lifecycle import attachments, events, workflow
from filings.models import Department, Event, Filing, IssuedCopy, Review, User
from filings.tests.county import County, create_user, fill, fixed_bytes, found_county, step

pytestmark = pytest.mark.django_db(transaction=True)

# The children inherit the test database and the settings of the tests.
_PROCESSES = get_context("fork")


def at_once(number: int, work: Callable[[int], None]) -> None:
    """Run `work` in `number` processes at the same time, with the index of each; fail if one of them fails."""
    barrier = _PROCESSES.Barrier(number)
    # A connection must not be shared with a child.
    connections.close_all()
    children = [_PROCESSES.Process(target=_begin, args=(barrier, work, index)) for index in range(number)]
    for child in children:
        child.start()
    for child in children:
        child.join(300)
    assert [child.exitcode for child in children] == [0] * number


def _begin(barrier: Barrier, work: Callable[[int], None], number: int) -> None:
    # Inherited connections belong to the parent: two processes on one connection would read each other's answers.
    for connection in connections.all():
        connection.connection = None
    barrier.wait(60)
    work(number)
    connections.close_all()


def in_review(county: County, number: int) -> list[Filing]:
    """Create filings at the last stage: one through the workflow, the others as copies of its rows."""
    first = county.in_review()
    revision = first.last_revision()
    assert revision
    filings = [first]
    for index in range(1, number):
        department = Department.objects.create(code=f"9{index:03}", name=f"单位{index}", section=county.section)
        filing = Filing.objects.create(
            cycle=county.cycle, department=department, status=first.status, stage=first.stage, lock=first.lock
        )
        names = {**revision.document().fields, "department": department.name}
        document = replace(revision.document(), fields=names)
        filing.revisions.create(
            number=1,
            receipt=f"R{filing.pk}-1",
            content=canonical_json.dumps(document),
            sha256=canonical_json.digest(document),
            submitted_by=revision.submitted_by,
            submitted_at=revision.submitted_at,
        )
        filings.append(filing)
    return filings


def approve_all(reviewers: list[User], filings: list[Filing]) -> Callable[[int], None]:
    def work(number: int) -> None:
        for filing in filings:
            try:
                workflow.perform(
                    Action.APPROVE_STAGE, filing, by=reviewers[number], expected_lock=filing.lock, printer=fixed_bytes
                )
            except StepRefused:
                continue

    return work


def assert_approved_once_each(number: int) -> None:
    assert Filing.objects.filter(status=Status.APPROVED).count() == number
    assert Review.objects.count() == number
    assert IssuedCopy.objects.filter(live=True).count() == IssuedCopy.objects.count() == number
    assert Event.objects.filter(action=Action.APPROVE_STAGE).count() == number
    assert [filing for filing in Filing.objects.all() if events.first_broken(filing)] == []


@pytest.mark.postgres
@pytest.mark.parametrize("count", [60, pytest.param(300, marks=pytest.mark.thorough)])
def test_six_processes_approve_filings_once_each(count: int) -> None:
    county = found_county((Stage.PERFORMANCE,))
    reviewers = [create_user(f"reviewer{index}", Role.REVIEWER, county.performance) for index in range(6)]
    at_once(6, approve_all(reviewers, in_review(county, count)))
    assert_approved_once_each(count)


def test_three_processes_approve_fifteen_filings_once_each() -> None:
    county = found_county((Stage.PERFORMANCE,))
    reviewers = [create_user(f"reviewer{index}", Role.REVIEWER, county.performance) for index in range(3)]
    at_once(3, approve_all(reviewers, in_review(county, 15)))
    assert_approved_once_each(15)


def test_a_filing_is_started_once() -> None:
    county = found_county()

    def work(number: int) -> None:
        workflow.start(county.cycle, county.department, by=county.filler)

    at_once(3, work)
    filing = Filing.objects.get()
    assert list(filing.events.values_list("number", "action")) == [(1, Action.START)]
    assert filing.duties.count() == 1


def test_a_revision_contains_every_accepted_save() -> None:
    """One process saves repeatedly while another submits: no save may fall between reading and freezing."""
    county = found_county()
    filing = county.started()
    fill(filing)

    def work(number: int) -> None:
        if number:
            submit()
        else:
            save()

    def save() -> None:
        for index in range(40):
            before = filing.texts.get(place="goals[0]").raw
            change = drafts.Change("goals[0]", before, f"第{index}次")
            try:
                drafts.save(filing, [change], by=county.filler, client_id=str(index))
            except StepRefused:
                return

    def submit() -> None:
        while Filing.objects.get().status == Status.DRAFT:
            try:
                step(Action.SUBMIT, filing, county.filler)
            except StepRefused:
                continue

    at_once(2, work)
    revision = Filing.objects.get().last_revision()
    assert revision
    assert revision.document().goals == (filing.texts.get(place="goals[0]").raw,)


def test_a_revision_has_every_accepted_attachment() -> None:
    """One process uploads and removes files while another submits: the revision has those that are attached."""
    county = found_county()
    filing = county.started()
    fill(filing)

    def work(number: int) -> None:
        if number:
            submit()
        else:
            upload()

    def upload() -> None:
        for index in range(40):
            content = f"%PDF-1.7 {index}".encode()
            try:
                added = attachments.add(filing, AttachmentKind.OTHER, "附件.pdf", content, by=county.filler)
                if index % 3:
                    attachments.remove(added, by=county.filler)
            except StepRefused:
                return

    def submit() -> None:
        while Filing.objects.get().status == Status.DRAFT:
            try:
                step(Action.SUBMIT, filing, county.filler)
            except StepRefused:
                continue

    at_once(2, work)
    filing = Filing.objects.get()
    revision = filing.last_revision()
    assert revision
    attached = list(filing.attachments.filter(removed_at=None))
    assert list(permissions.attachments_of(revision)) == attached
    assert [attachments.read(each)[:4] for each in attached] == [b"%PDF"] * len(attached)
