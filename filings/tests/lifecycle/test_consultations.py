"""征求意见: asking, answering, withdrawing, and what is refused."""

from datetime import timedelta

import pytest
from django.utils import timezone

from filings import permissions
from filings.choices import Action, MessageKind, Role
from filings.document.place import Place, goal
from filings.errors import AlreadyDone, NotAllowed, StepRefused
from filings.lifecycle import consultations, events
from filings.models import Consultation, Filing, Message, Office, User
from filings.tests.county import County, add_membership, create_user, found_county, step
from filings.tests.worker import work

pytestmark = pytest.mark.django_db


@pytest.fixture
def county() -> County:
    return found_county()


def ask(county: County, filing: Filing, to: User | Office, **given: object) -> Consultation:
    typed = {"places": [goal()], "question": "口径对吗？", "due_on": timezone.localdate()}
    return consultations.ask(filing, to=to, by=county.supervisor_reviewer, **(typed | given))  # type: ignore[arg-type]


def test_a_question_is_recorded_without_touching_the_filing(county: County) -> None:
    filing = county.in_review()
    question = ask(county, filing, county.performance)
    assert (question.places, question.to_office, question.by_office) == (["goals[0]"], county.performance, "县委办公室")
    event = filing.events.latest("number")
    assert event.action == Action.CONSULT
    assert events.detail(event) == {"consultation": str(question.pk), "to": "绩效股", "reason": "口径对吗？"}
    now = Filing.objects.get(pk=filing.pk)
    assert (now.lock, now.status) == (filing.lock, filing.status)
    assert events.first_broken(filing) is None


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"places": []}, "请至少选一行。"),
        ({"places": [Place("amounts", f"L{number}") for number in range(101)]}, "选了 101 行，最多 100 行。"),
        ({"question": " \n"}, "请写明征求意见的内容。"),
        ({"question": "问" * 1001}, "征求的问题共 1001 字，请缩短到 1000 字以内。"),
    ],
)
def test_an_incomplete_question_is_refused(county: County, given: dict[str, object], sentence: str) -> None:
    with pytest.raises(StepRefused) as refusal:
        ask(county, county.in_review(), county.performance, **given)
    assert refusal.value.reason == sentence
    assert not Consultation.objects.exists()


def test_the_due_date_is_not_in_the_past(county: County) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    with pytest.raises(StepRefused, match="已经过了"):
        ask(county, county.in_review(), county.performance, due_on=yesterday)


def test_neither_oneself_nor_the_department_is_asked(county: County) -> None:
    filing = county.in_review()
    for user, sentence in (
        (county.supervisor_reviewer, "不能向自己征求意见。"),
        (county.head, "在「县档案馆」任职"),
    ):
        with pytest.raises(StepRefused, match=sentence):
            ask(county, filing, user)


def test_only_the_reviewer_of_the_stage_asks(county: County) -> None:
    filing = county.in_review()
    for user in (county.filler, county.section_reviewer, county.manager):
        with pytest.raises(NotAllowed):
            consultations.ask(
                filing, places=[goal()], question="？", to=county.performance, due_on=timezone.localdate(), by=user
            )


def test_outside_a_review_there_is_no_question(county: County) -> None:
    filing = step(Action.RETURN, county.in_review(), county.supervisor_reviewer, reason="改")
    with pytest.raises(StepRefused, match="只有审核中"):
        ask(county, filing, county.performance)


def test_a_member_of_the_office_answers_once(county: County) -> None:
    question = ask(county, county.in_review(), county.performance)
    consultations.answer(question, "口径一致。", by=county.performance_reviewer)
    question.refresh_from_db()
    assert (question.answer, question.answered_by_name) == ("口径一致。", "performance_reviewer甲")
    with pytest.raises(AlreadyDone):
        consultations.answer(question, "口径一致。", by=county.performance_reviewer)


def test_the_last_approval_ends_open_questions(county: County) -> None:
    filing = county.in_review()
    answered, open_one = (ask(county, filing, county.performance) for _ in range(2))
    consultations.answer(answered, "口径一致。", by=county.performance_reviewer)
    for reviewer in (county.supervisor_reviewer, county.section_reviewer, county.performance_reviewer):
        assert permissions.questions_to(county.performance_reviewer).filter(pk=open_one.pk).exists()
        filing = step(Action.APPROVE_STAGE, filing, reviewer)
    answered.refresh_from_db()
    assert answered.withdrawn_at is None
    assert not permissions.questions_to(county.performance_reviewer).exists()
    listed = consultations.with_approval(Consultation.objects.order_by("pk"))
    assert [question.is_approved for question in listed] == [False, True]  # type: ignore[attr-defined]
    with pytest.raises(StepRefused, match="批复，不再需要答复。"):
        consultations.answer(open_one, "口径一致。", by=county.performance_reviewer)


def test_the_second_of_two_answers_names_the_first(county: County) -> None:
    question = ask(county, county.in_review(), county.performance)
    county.section_reviewer.memberships.create(role="observer", office=None, department=county.supervising)
    other = User.objects.create(username="other", name="乙")
    other.memberships.create(role="reviewer", office=county.performance)
    consultations.answer(question, "先答。", by=county.performance_reviewer)
    with pytest.raises(StepRefused, match=r"performance_reviewer甲在 .* 已经答复，您写的内容未保存"):
        consultations.answer(question, "后答。", by=other)
    question.refresh_from_db()
    assert question.answer == "先答。"


def test_a_stranger_does_not_answer(county: County) -> None:
    question = ask(county, county.in_review(), county.section_reviewer)
    for user in (county.performance_reviewer, county.filler):
        with pytest.raises(NotAllowed, match="不是发给您的"):
            consultations.answer(question, "…", by=user)


def test_a_withdrawn_question_takes_no_answer(county: County) -> None:
    question = ask(county, county.in_review(), county.section_reviewer)
    with pytest.raises(NotAllowed):
        consultations.withdraw(question, by=county.section_reviewer)
    consultations.withdraw(question, by=county.supervisor_reviewer)
    with pytest.raises(StepRefused, match="已经撤回了这次征求意见"):
        consultations.answer(question, "…", by=county.section_reviewer)
    question.refresh_from_db()
    with pytest.raises(StepRefused, match="已经撤回"):
        consultations.withdraw(question, by=county.supervisor_reviewer)


def messages_of(kind: MessageKind) -> set[str]:
    return set(Message.objects.filter(kind=kind).values_list("user__username", flat=True))


def test_every_other_member_of_the_asked_office_gets_a_message(county: County) -> None:
    create_user("second", Role.REVIEWER, county.performance)
    gone = create_user("gone", Role.REVIEWER, county.performance)
    User.objects.filter(pk=gone.pk).update(is_active=False)
    add_membership(county.supervisor_reviewer, Role.REVIEWER, county.performance)
    question = ask(county, county.in_review(), county.performance, question="{table}的口径？")
    work()
    assert messages_of(MessageKind.CONSULTED) == {"performance_reviewer", "second"}
    message = Message.objects.filter(kind=MessageKind.CONSULTED)[0]
    assert message.url == f"/consultations/{question.pk}/"
    assert "{table}的口径？" in message.text


def test_only_the_asked_user_and_then_the_one_who_asked_get_messages(county: County) -> None:
    question = ask(county, county.in_review(), county.section_reviewer)
    work()
    assert messages_of(MessageKind.CONSULTED) == {"section_reviewer"}
    consultations.answer(question, "一致。", by=county.section_reviewer)
    work()
    assert messages_of(MessageKind.CONSULTATION_ANSWERED) == {"supervisor_reviewer"}


def test_a_member_of_the_department_takes_no_part_through_the_asked_office(county: County) -> None:
    both = create_user("both", Role.REVIEWER, county.performance)
    add_membership(both, Role.OBSERVER, county.department)
    question = ask(county, county.in_review(), county.performance)
    work()
    asked = Message.objects.filter(kind=MessageKind.CONSULTED).values_list("user__username", flat=True)
    assert list(asked) == ["performance_reviewer"]
    assert list(permissions.consultations_for(both)) == []
    assert list(permissions.consultations_for(county.performance_reviewer)) == [question]
    with pytest.raises(NotAllowed, match="您在「县档案馆」任职"):
        consultations.answer(question, "由我来答。", by=both)
