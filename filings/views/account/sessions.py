"""The sessions of a user: those recorded with their device, and those that no request has recorded yet."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.usersessions.forms import ManageUserSessionsForm
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session as StoredSession
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from filings.models import User
from filings.views.access import UserRequest
from filings.views.account.devices import UNKNOWN, device_of


@dataclass(frozen=True)
class Session:
    """A login of the user. `used_at` is at most a few minutes before the last request.

    Address and beginning are unknown for one that began before sessions were recorded and was not used since.
    """

    device: str
    used_at: datetime
    address: str = ""
    begun_at: datetime | None = None
    is_current: bool = False


def sessions_of(request: UserRequest) -> list[Session]:
    """List the sessions that are still valid, the present one first, then by last use."""
    # Records the present one, in case it began before sessions were recorded.
    UserSession.objects.create_from_request(request)
    present = request.session.session_key
    sessions = [
        Session(
            device_of(session.user_agent),
            session.last_seen_at,
            session.ip,
            session.created_at,
            session.session_key == present,
        )
        for session in UserSession.objects.purge_and_list(request.user)
    ]
    age = timedelta(seconds=settings.SESSION_COOKIE_AGE)
    sessions += [Session(UNKNOWN, session.expire_date - age) for session in _unrecorded(request.user)]
    return sorted(sessions, key=lambda session: (session.is_current, session.used_at), reverse=True)


def end_others(request: UserRequest) -> int:
    """End all sessions of the user but the present one, and return how many there were."""
    count = sum(not session.is_current for session in sessions_of(request))
    StoredSession.objects.filter(pk__in=[session.pk for session in _unrecorded(request.user)]).delete()
    form = ManageUserSessionsForm(request.POST, request=request)
    if form.is_valid():
        form.save(request)
    return count


def _unrecorded(user: User) -> Iterator[StoredSession]:
    """Yield the user's stored sessions without a record; only their encoded content names the user."""
    recorded = UserSession.objects.values("session_key")
    stored = StoredSession.objects.filter(expire_date__gt=timezone.now()).exclude(session_key__in=recorded)
    for session in stored.iterator():
        content = session.get_decoded()
        is_own = content.get(SESSION_KEY) == str(user.pk)
        if is_own and constant_time_compare(content.get(HASH_SESSION_KEY, ""), user.get_session_auth_hash()):
            yield session
