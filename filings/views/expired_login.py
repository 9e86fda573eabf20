"""Forms posted after the login has expired: typed texts are kept to be submitted after the login, which else leads to
the page of the form. Files are not kept.

The review page has a guard of its own, which stores its draft.
"""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import cast

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from filings.models import User
from filings.views.access import UserRequest
from filings.views.kept import store
from filings.views.kept.outcome import forget_if_taken
from filings.views.review.expired_login import SESSION_KEY as REVIEW_SESSION_KEY
from filings.views.typed_fields import typed_fields

# Pages by the names of the URLs that accept only POST. A page takes the first argument of such a URL, unless it is in
# _WITHOUT_ARGUMENT or _TWO_ARGUMENTS.
_POSTS: Mapping[str, tuple[str, ...]] = {
    "todo": ("start", "choose_unit"),
    "account": ("account_telephone", "account_end_sessions"),
    "cycles": ("cycle_create",),
    "calendar": ("calendar_add", "calendar_remove"),
    "offices": ("office_create",),
    "office": ("office_rename", "office_assign"),
    "integrity": ("integrity_now",),
    "messages": ("message_open", "message_read", "messages_read"),
    "queue": (
        "bulk_pass",
        "bulk_pass_do",
        "bulk_pass_undo",
        "bulk_return",
        "bulk_return_do",
        "queue_assign",
        "queue_assign_do",
    ),
    "cycle_next": ("cycle_create_next",),
    "controls": ("controls_preview", "controls_adopt"),
    "similar": ("similar_start", "similar_remark"),
    "publication": ("publication_selected", "publication_start"),
    "publication_table": (
        "publication_publish",
        "publication_unpublish",
        "publication_withhold",
        "publication_disclose",
    ),
    "publication_job": ("publication_job_stop", "publication_job_resume"),
    "wrong_words": ("wrong_words_add",),
    "wrong_word": ("wrong_word_save", "wrong_word_remove"),
    "setup_publication": ("setup_publication_save",),
    "board": ("board_remind", "board_remind_send", "board_extend", "board_extend_save"),
    "setup_edition": ("setup_edition_choose",),
    "setup_details": ("setup_details_save",),
    "setup_policy": ("setup_policy_save",),
    "setup_departments": ("setup_enrol", "setup_departments_preview", "setup_departments_adopt"),
    "setup_people": ("setup_people_preview", "setup_people_adopt", "setup_role_remove"),
    "setup_seals": ("setup_seals_preview", "setup_seals_adopt"),
    "setup_start": ("setup_start_now",),
    "setup_close": ("setup_close_now", "setup_reopen"),
    "read": ("withdraw", "adjust", "waive", "open_form", "approve_cancel"),
    "attachments": ("attachment_add", "attachment_remove"),
    "signing": ("send_back",),
    "review": ("review_claim", "review_hand_over", "review_release"),
    "filing_library": ("filing_library_take",),
    "fill": ("fill_save", "fill_submit", "fill_check", "fill_mend"),
    "fill_links": ("fill_links_save",),
    "fill_points": ("fill_restore",),
    "fill_last_year": ("fill_last_year_adopt", "fill_last_year_confirm"),
    "fill_import": ("fill_import_preview", "fill_import_adopt", "fill_import_form_adopt"),
    "consultation": ("consultation_withdraw",),
    "kept_posts": ("kept_post_drop",),
}
_PAGES = {name: page for page, names in _POSTS.items() for name in names}
_WITHOUT_ARGUMENT = frozenset(
    {"todo", "account", "cycles", "calendar", "offices", "integrity", "messages", "queue", "kept_posts", "wrong_words"}
)
_TWO_ARGUMENTS = frozenset({"publication_table", "publication_job"})
# Keys of the session under which forms of several users wait.
_WAITING = (store.SESSION_KEY, REVIEW_SESSION_KEY)
_KEPT = "登录已经过期，您填写的内容尚未提交，系统已保留。请重新登录后继续提交。"
_UNREAD = "登录已经过期，您选择的文件未读取，没有导入任何内容。请重新登录后再次选择文件。"
_REFUSAL = "登录已经过期，您填写的内容尚未提交。请先复制留存，重新登录后再填。"


def expired_login(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: answer a post that `login_required` has sent to the login with its own address as `next`."""

    def respond(request: HttpRequest) -> HttpResponse:
        user = request.user if isinstance(request.user, User) else None
        waiting = {key: request.session[key] for key in _WAITING if key in request.session}
        response = get_response(request)
        if request.user != user:
            # A logout has emptied the session. What waits is given to its own user only.
            for key, texts in waiting.items():
                request.session.setdefault(key, texts)
        if isinstance(request.user, User):
            store.remember(request.user, request, response)
            forget_if_taken(cast(UserRequest, request), response)
        elif user:
            store.forget_user(response)
        if request.method != "POST" or response.get("Location") != redirect_to_login(request.get_full_path()).url:
            return response
        page = page_of(request)
        if request.FILES:
            messages.warning(request, _UNREAD)
        values = {name: str(request.POST[name]) for name in request.POST}
        if labels := typed_fields(values):
            is_kept = store.keep(request, page)
            context = {
                "refusal": _KEPT if is_kept else _REFUSAL,
                "typed": [(label, values[name]) for name, label in labels.items()],
                "next": reverse("kept_posts") if is_kept else page,
                "is_kept": is_kept,
            }
            return render(request, "filings/editor/unsaved.html", context, status=HTTPStatus.FORBIDDEN)
        return redirect_to_login(page)

    return respond


def page_of(request: HttpRequest) -> str:
    """Return the address of the page on which the form is; the request's own one if that is a page itself."""
    match = request.resolver_match
    page = _PAGES.get(str(match.url_name)) if match else None
    if match is None or page is None:
        return request.get_full_path()
    arguments = list(match.kwargs.values())[: 0 if page in _WITHOUT_ARGUMENT else 2 if page in _TWO_ARGUMENTS else 1]
    return reverse(page, args=arguments)
