"""Forget a kept form when it has been submitted."""

import re
from http import HTTPStatus

from django.contrib import messages
from django.contrib.messages.storage.base import BaseStorage
from django.http import HttpResponse
from django.utils.html import escape

from filings.views.access import UserRequest
from filings.views.kept.store import FIELD, drop, kept_posts
from filings.views.typed_fields import typed_fields

_STILL_KEPT = "您填写的内容仍然保留，可在「待办」里继续提交。"


def forget_if_taken(request: UserRequest, response: HttpResponse) -> None:
    """Forget the kept form that was posted, unless its texts would be lost; then remind the user of it."""
    forms = kept_posts(request)
    if not forms or request.method != "POST" or (key := request.POST.get(FIELD)) not in forms:
        return
    if _is_done(request, response) or _is_shown_again(request, response):
        drop(request, key)
    else:
        messages.info(request, _STILL_KEPT)


def _is_done(request: UserRequest, response: HttpResponse) -> bool:
    """Whether the response confirms the action: views that refuse answer with an error status or message."""
    stored = messages.get_messages(request)
    levels = {message.level for message in stored}
    if isinstance(stored, BaseStorage):
        # They are still to be displayed.
        stored.used = False
    is_refused = messages.ERROR in levels or (messages.INFO in levels and messages.SUCCESS not in levels)
    return response.status_code < HTTPStatus.BAD_REQUEST and not is_refused


def _is_shown_again(request: UserRequest, response: HttpResponse) -> bool:
    """Whether the page has all typed texts in its fields, to be corrected there."""
    names = typed_fields({name: str(request.POST[name]) for name in request.POST})
    if not names or response.streaming:
        return False
    page = response.content.decode(errors="replace").replace("\r\n", "\n")
    texts = (escape(request.POST[name].replace("\r\n", "\n").strip()) for name in names)
    return all(re.search(rf'{re.escape(text)}\s*(?:</textarea>|")', page) for text in texts)
