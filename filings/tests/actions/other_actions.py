"""Actions that workflow.perform does not carry out: who can take each in every state, and how it is taken.

All other users are refused, and so is everybody in states that are not listed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from filings import drafts
from filings.checks.assessment import assess_revision
from filings.choices import Action
from filings.document import place
from filings.drafts.assessment import assess_draft
from filings.lifecycle import claims, consultations, waivers
from filings.models import Filing, User
from filings.oversight.extend import extend
from filings.oversight.remind import remind
from filings.publication import reissue
from filings.publication.publish import publish, unpublish
from filings.publication.withhold import disclose, withhold
from filings.tests.actions.every_combination import AT_PERFORMANCE, AT_SECTION, AT_SUPERVISOR, STATES, Expected
from filings.tests.county import County, fixed_bytes

Who = Mapping[str, frozenset[str]]
MANAGER = frozenset({"manager"})
AT = {
    "at the supervisor": AT_SUPERVISOR,
    "at the section": AT_SECTION,
    "at the performance section": AT_PERFORMANCE,
    "adjustment at the section": AT_SECTION,
}


def _reviewers(letters: Expected, outcomes: str) -> frozenset[str]:
    """Return the users for whom a return, the second letter, has one of the outcomes."""
    return frozenset(name for name, row in letters.items() if row[1] in outcomes)


# Four eyes do not keep a reviewer from asking or waiving.
DECIDING: Who = {state: _reviewers(letters, "o") for state, letters in AT.items()}
OF_THE_STAGE: Who = {state: _reviewers(letters, "oe") for state, letters in AT.items()}
ALL_BUT_APPROVED = frozenset(STATES) - {"approved"}
OVERSEERS = MANAGER | OF_THE_STAGE["at the section"] | {"performance reviewer", "reviewer and observer"}
WAIVERS = dict.fromkeys(ALL_BUT_APPROVED - {"approval waiting"}, MANAGER)

# Copies are published by managers and the performance office; a filing without a copy can be withheld only.
PUBLISHERS = MANAGER | {
    "performance reviewer",
    "reviewer of all stages",
    "last editor, now reviewer",
    "submitter, now reviewer",
    "signer, now reviewer",
    "supervisor's earlier reviewer",
    "section's earlier reviewer",
}
WITH_A_COPY: Who = dict.fromkeys(
    ("approved", "in adjustment", "adjustment at the section", "adjustment returned"), PUBLISHERS
)

WHO: Mapping[Action, Who] = {
    Action.CLAIM: DECIDING,
    Action.HAND_OVER: {state: users | MANAGER for state, users in DECIDING.items()},
    Action.RELEASE: {state: users | MANAGER for state, users in DECIDING.items()},
    Action.CONSULT: OF_THE_STAGE,
    Action.WAIVE: WAIVERS
    | {state: users | MANAGER for state, users in OF_THE_STAGE.items() if state != "at the supervisor"},
    Action.REMIND: dict.fromkeys(ALL_BUT_APPROVED, OVERSEERS),
    Action.EXTEND: dict.fromkeys(("draft", "signing"), MANAGER),
    Action.PUBLISH: WITH_A_COPY,
    Action.UNPUBLISH: WITH_A_COPY,
    Action.REISSUE: WITH_A_COPY,
    Action.WITHHOLD: dict.fromkeys(STATES, PUBLISHERS),
    Action.DISCLOSE: dict.fromkeys(STATES, PUBLISHERS),
}


@dataclass(frozen=True)
class Attempt:
    """A filing in some state, the user who tries, and another reviewer of all stages."""

    county: County
    filing: Filing
    user: User
    reviewer: User


def _release(attempt: Attempt) -> None:
    """Release the filing as if the user had claimed it."""
    Filing.objects.filter(pk=attempt.filing.pk, status="in_review").update(reviewer=attempt.user)
    claims.release(attempt.filing, by=attempt.user)


def _consult(attempt: Attempt) -> None:
    consultations.ask(
        attempt.filing,
        places=[place.goal()],
        question="测试",
        to=attempt.county.section,
        due_on=timezone.localdate(),
        by=attempt.user,
    )


def _waive(attempt: Attempt) -> None:
    filing = attempt.filing
    if filing.is_editable:
        assessment = assess_draft(filing, drafts.load(filing))
    else:
        assessment = assess_revision(filing.revisions.latest("number"))
    waivers.waive(filing, assessment.blocking[0].identity, "测试", by=attempt.user)


def _remind(attempt: Attempt) -> None:
    county = attempt.county
    remind(county.cycle, [str(county.department.pk)], "请抓紧办理。", by=attempt.user, now=timezone.now())


def _extend(attempt: Attempt) -> None:
    county = attempt.county
    until = county.cycle.deadline + timedelta(days=1)
    extend(county.cycle, [str(county.department.pk)], until, "测试", by=attempt.user, now=timezone.now())


def _publish(attempt: Attempt) -> None:
    publish(attempt.filing.pk, by=attempt.user, now=timezone.now())


def _unpublish(attempt: Attempt) -> None:
    """Withdraw what another user has published."""
    publish(attempt.filing.pk, by=attempt.reviewer, now=timezone.now())
    unpublish(attempt.filing.pk, "测试", by=attempt.user, now=timezone.now())


def _withhold(attempt: Attempt) -> None:
    withhold(attempt.filing.pk, "secret", "", by=attempt.user, now=timezone.now())


def _disclose(attempt: Attempt) -> None:
    """Lift the withholding by another user."""
    withhold(attempt.filing.pk, "secret", "", by=attempt.reviewer, now=timezone.now())
    disclose(attempt.filing.pk, "测试", by=attempt.user, now=timezone.now())


def _reissue(attempt: Attempt) -> None:
    copy = reissue.copy_to_reissue(attempt.filing.pk, by=attempt.user)
    printed = reissue.print_again(copy, fixed_bytes)
    reissue.reissue(copy, printed, "测试", by=attempt.user, now=timezone.now())


TAKE: Mapping[Action, Callable[[Attempt], object]] = {
    Action.CLAIM: lambda attempt: claims.claim(attempt.filing, by=attempt.user),
    Action.HAND_OVER: lambda attempt: claims.hand_over(attempt.filing, by=attempt.user, to=attempt.reviewer),
    Action.RELEASE: _release,
    Action.CONSULT: _consult,
    Action.WAIVE: _waive,
    Action.REMIND: _remind,
    Action.EXTEND: _extend,
    Action.PUBLISH: _publish,
    Action.UNPUBLISH: _unpublish,
    Action.WITHHOLD: _withhold,
    Action.DISCLOSE: _disclose,
    Action.REISSUE: _reissue,
}
