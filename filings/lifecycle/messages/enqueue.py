"""Queue messages for the background worker. Call these functions inside the transaction of what they report."""

from collections.abc import Iterable

from django_tasks import task

from filings.actions.table import ACTIONS
from filings.choices import MessageKind
from filings.lifecycle import events
from filings.lifecycle.messages import delivery, recipients, sentences
from filings.lifecycle.messages.notice import Notice
from filings.models import Event, Filing, User

# Of these, a later step makes the message wrong: the filing no longer waits for its recipient.
_ONLY_WHILE_WAITING = (MessageKind.SUBMITTED, MessageKind.SIGNED)


def enqueue(event: Event, *, to: Iterable[int] = ()) -> None:
    """Queue the messages about an event; recipients and sentence follow from its action.

    `to` names the users (primary keys) for claims, who had it before, and for hand-overs, who has it now.
    """
    named = list(to)
    kind = recipients.kind_of(event.action, events.detail(event).get("to", ""))
    if kind and (named or event.action not in recipients.NAMED):
        deliver_event.enqueue(event.pk, named)


def announce(
    kind: MessageKind, *, key: str, text: str, to: Iterable[int], url: str = "", filing: Filing | None = None
) -> None:
    """Queue a message that belongs to no event of a filing: exports, questions and answers, departments not started.

    `key` identifies the occasion, so that a user gets it once; `to` holds primary keys of users.
    """
    deliver.enqueue(kind, key, text, list(to), url, filing.pk if filing else None)


@task()
def deliver_event(event_id: int, named: list[int]) -> None:
    """Write the messages about an event, unless they request an action that is no longer due."""
    event = Event.objects.select_related(
        "filing__cycle", "filing__department", "filing__reviewer", "filing__resume_reviewer"
    ).get(pk=event_id)
    kind = recipients.kind_of(event.action, events.detail(event).get("to", ""))
    if kind is None or (kind in _ONLY_WHILE_WAITING and _has_moved_on(event)):
        return
    users = list(User.objects.filter(pk__in=named)) if named else recipients.users_for(kind, event)
    page = sentences.page_of(kind, event.filing)
    notice = Notice(kind, f"event:{event.pk}", sentences.sentence(kind, event), page, event.filing)
    delivery.write(notice, users)


@task()
def deliver(kind: str, key: str, text: str, to: list[int], url: str, filing_id: int | None) -> None:
    filing = Filing.objects.get(pk=filing_id) if filing_id else None
    delivery.write(Notice(MessageKind(kind), key, text, url, filing), User.objects.filter(pk__in=to))


def _has_moved_on(event: Event) -> bool:
    """Whether a later event has changed the filing's status."""
    transitions = [action for action, spec in ACTIONS.items() if spec.transitions]
    return event.filing.events.filter(number__gt=event.number, action__in=transitions).exists()
