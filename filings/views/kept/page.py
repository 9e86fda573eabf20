"""The kept forms of a user, each to be changed, submitted or deleted."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from filings.models import User
from filings.views.access import UserRequest
from filings.views.kept import names, store
from filings.views.kept.store import FIELD, KeptPost
from filings.views.typed_fields import is_short


@dataclass(frozen=True)
class KeptField:
    """A field of a kept form, hidden without a `label`."""

    name: str
    value: str
    label: str | None

    @property
    def is_short(self) -> bool:
        return is_short(self.name)


@dataclass(frozen=True)
class KeptForm:
    """A kept form as the page displays it. `button` and `subject` name what is submitted."""

    post: KeptPost
    button: str
    subject: str
    fields: list[KeptField]

    @classmethod
    def of(cls, post: KeptPost, user: User) -> "KeptForm":
        labels = names.labels_of(post, user)
        fields = [KeptField(name, value, labels.get(name)) for name, value in post.fields]
        return cls(post, names.button_of(post), names.subject_of(post, user), fields)


@never_cache
@login_required
def kept_page(request: UserRequest) -> HttpResponse:
    """Show the forms with their texts."""
    forms = [KeptForm.of(post, request.user) for post in store.kept_posts(request).values()]
    if not forms:
        messages.info(request, "没有登录过期时尚未提交的内容。")
        return redirect("todo")
    return render(request, "filings/kept/page.html", {"forms": forms, "marker": FIELD})


@require_POST
@login_required
def drop_kept(request: UserRequest, key: str) -> HttpResponse:
    store.drop(request, key)
    return redirect("kept_posts")
