"""The user's own page: roles, telephone, and the sessions in other browsers."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from filings import labels, permissions
from filings.forms.telephone import TelephoneForm
from filings.models import User
from filings.views.access import UserRequest
from filings.views.account.sessions import end_others, sessions_of


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
    count = end_others(request)
    messages.success(request, f"已退出其他 {count} 处登录。" if count else "没有其他登录。")
    return redirect("account")


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
