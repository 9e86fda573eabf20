"""Every state, action, role and relation of the user to the filing, against the written table of outcomes."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from filings import drafts, permissions
from filings.actions.table import ACTIONS
from filings.choices import Action
from filings.errors import NotAllowed, StepRefused
from filings.lifecycle import approvals, workflow
from filings.models import Department, Event, Filing, IssuedCopy, Office, Review, Revision, User
from filings.reviewing.draft_content import DraftContent
from filings.tests.actions.every_combination import STATES, USERS
from filings.tests.county import County, add_membership, found_county, step, with_reasons

pytestmark = pytest.mark.django_db

# What users did to the filing, and the user of the county who did it. Both fillers save and submit by turns.
DOERS = {
    "": "stranger",
    "edited": "manager",
    "submitted": "filler",
    "signed": "head",
    "passed as supervisor": "supervisor_reviewer",
    "passed as section": "section_reviewer",
}
LONG_PATH = (
    ("signing", Action.SUBMIT, "filler"),
    ("at the supervisor", Action.SIGN, "head"),
    ("at the section", Action.APPROVE_STAGE, "supervisor_reviewer"),
    ("at the performance section", Action.APPROVE_STAGE, "section_reviewer"),
    ("approved", Action.APPROVE_STAGE, "performance_reviewer"),
    ("in adjustment", Action.ADJUST, "filler"),
)
RETURNED_PATH = (
    *LONG_PATH[:2],
    ("returned", Action.RETURN, "supervisor_reviewer"),
    ("signing again", Action.SUBMIT, "filler"),
)
ADJUSTED_PATH = (
    *LONG_PATH,
    ("adjustment signed", Action.SUBMIT, "filler"),
    ("adjustment at the supervisor", Action.SIGN, "head"),
    ("adjustment at the section", Action.APPROVE_STAGE, "supervisor_reviewer"),
)
PATHS = {
    "returned": RETURNED_PATH,
    "signing again": RETURNED_PATH,
    "returned by the section": (*LONG_PATH[:3], ("returned by the section", Action.RETURN, "section_reviewer")),
    "adjustment at the section": ADJUSTED_PATH,
    "adjustment returned": (*ADJUSTED_PATH[:-1], ("adjustment returned", Action.RETURN, "supervisor_reviewer")),
    "approval waiting": LONG_PATH[:4],
}
REFUSALS = {"w": "已经有人审核", "p": "正在等候盖章"}
# Actions that workflow.perform carries out.
PERFORMED = tuple(action for action, spec in ACTIONS.items() if spec.transitions)


def reach(state: str) -> tuple[County, Filing]:
    """Bring a filing to a state; the user with the key `edited` saves just before each submission."""
    county = found_county()
    filing = edited(county.filled(), county.manager, "draft")
    path = PATHS.get(state, LONG_PATH)
    reached = "draft"
    for following, action, name in path:
        if reached == state:
            break
        filing = step(action, filing, getattr(county, name), reason="测试")
        reached = following
        if filing.is_editable:
            filing = with_reasons(edited(filing, county.manager, following), county.manager)
    if state == "approval waiting":
        lock, by = filing.lock, county.performance_reviewer
        approvals.queue(filing, by=by, expected_lock=lock, content=DraftContent())
        reached = state
    assert reached == state
    return county, filing


def edited(filing: Filing, by: User, client_id: str) -> Filing:
    change = drafts.Change("goals[0]", drafts.document(filing).goals[0], f"管好县档案，服务查阅。{client_id}")
    assert drafts.save(filing, [change], by=by, client_id=client_id).is_whole
    filing.refresh_from_db()
    return filing


def user_of(name: str, county: County) -> User:
    """Give the user of this relation exactly the memberships of the table."""
    relation, memberships = USERS[name]
    user: User = getattr(county, DOERS[relation])
    places: dict[str, Department | Office] = {
        "department": county.department,
        "other": Department.objects.get(code="200"),
        "supervising": county.supervising,
        "section": county.section,
        "performance": county.performance,
        "bureau": Office.objects.get(kind="bureau"),
    }
    user.memberships.all().delete()
    for role, place in memberships:
        add_membership(user, role, places[place])
    return User.objects.get(pk=user.pk)


def outcome(action: Action, filing: Filing, user: User) -> str:
    """Perform an action and return the letter of its outcome; t for an action out of turn."""
    try:
        step(action, filing, user, reason="测试")
    except NotAllowed as refusal:
        return "e" if "由另一人" in refusal.reason else "r"
    except StepRefused as refusal:
        if refusal.reason == ACTIONS[action].out_of_turn:
            return "t"
        return next((letter for letter, words in REFUSALS.items() if words in refusal.reason), "?")
    return "o"


def rows() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Revision, Review, IssuedCopy, Event))


def tried(state: str) -> Iterator[tuple[str, Action, str]]:
    """Try every action as every user, and undo it. Refusals must have changed nothing."""
    county, filing = reach(state)
    in_turn = STATES[state][0]
    before = (Filing.objects.values().get(), rows())
    for name in USERS:
        with transaction.atomic():
            user = user_of(name, county)
            possible, done = set(workflow.possible(filing, user)), set()
            for action in PERFORMED:
                sid = transaction.savepoint()
                letter = outcome(action, filing, user)
                if letter == "o":
                    done.add(action)
                    transaction.savepoint_rollback(sid)
                yield name, action, letter
            assert (Filing.objects.values().get(), rows()) == before, name
            assert possible == done, name
            if state != "approval waiting":  # the lists keep it during these seconds
                _assert_lists_agree(filing, user, in_turn)
            transaction.set_rollback(True)


def _assert_lists_agree(filing: Filing, user: User, in_turn: tuple[Action, ...]) -> None:
    """待办 and the users who are next hold exactly those who can perform the action that the filing waits for."""
    awaited = [action for action in in_turn if ACTIONS[action].todo]
    can = not set(awaited).isdisjoint(workflow.possible(filing, user))
    assert permissions.awaiting(user).exists() == can
    if awaited:
        assert (user in permissions.next_users(filing)) == can


@pytest.mark.parametrize("state", list(STATES))
def test_every_combination(state: str) -> None:
    in_turn, letters = STATES[state]
    expected = {
        (name, action): letters[name][in_turn.index(action)] if action in in_turn else "t"
        for name in USERS
        for action in PERFORMED
    }
    assert {(name, action): letter for name, action, letter in tried(state)} == expected


def test_the_table_is_whole() -> None:
    for state, (in_turn, letters) in STATES.items():
        assert list(letters) == list(USERS), state
        assert {len(row) for row in letters.values()} == {len(in_turn)}, state
