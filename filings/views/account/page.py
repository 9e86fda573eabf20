"""The user's own page: roles, telephone, and the sessions in other browsers."""

from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from allauth.usersessions.forms import ManageUserSessionsForm
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from filings import labels, permissions
from filings.forms.telephone import TelephoneForm
from filings.models import User
from filings.views.access import UserRequest
from filings.views.account.devices import device_of


@dataclass(frozen=True)
class Session:
    """A login of the user. `used_at` is at most a few minutes before the last request."""

    device: str
    address: str
    begun_at: datetime
    used_at: datetime
    is_current: bool


@login_required
def account(request: UserRequest) -> HttpResponse:
    return _page(request, TelephoneForm(initial={"telephone": request.user.telephone}))


@require_POST
@login_required
def save_telephone(request: UserRequest) -> HttpResponse:
    form = TelephoneForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=HTTPStatus.BAD_REQUEST)
    User.objects.filter(pk=request.user.pk).update(telephone=form.cleaned_data["telephone"])
    messages.success(request, "电话已保存。")
    return redirect("account")


@require_POST
@login_required
def end_other_sessions(request: UserRequest) -> HttpResponse:
    """Log the user out everywhere but in this browser."""
    count = sum(not session.is_current for session in sessions_of(request))
    form = ManageUserSessionsForm(request.POST, request=request)
    if form.is_valid():
        form.save(request)
    messages.success(request, f"已退出其他 {count} 处登录。" if count else "没有其他登录。")
    return redirect("account")


def sessions_of(request: UserRequest) -> list[Session]:
    """List the sessions that are still valid, the present one first, then by last use."""
    # Records the present one, in case it began before sessions were recorded.
    UserSession.objects.create_from_request(request)
    sessions = [
        Session(
            device_of(session.user_agent),
            session.ip,
            session.created_at,
            session.last_seen_at,
            session.session_key == request.session.session_key,
        )
        for session in UserSession.objects.purge_and_list(request.user)
    ]
    return sorted(sessions, key=lambda session: (session.is_current, session.used_at), reverse=True)


def _page(request: UserRequest, form: TelephoneForm, *, status: int = HTTPStatus.OK) -> HttpResponse:
    permissions.prefetch_memberships(request.user)
    context = {
        "posts": [
            (labels.ROLE[membership.role], membership.place_name)
            for membership in permissions.memberships_of(request.user)
        ],
        "form": form,
        "sessions": sessions_of(request),
    }
    return render(request, "filings/account/page.html", context, status=status)
