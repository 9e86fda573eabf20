"""消息: the user's own messages, unread ones first."""

from django.contrib import messages as flash
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, F, Max
from django.db.models.lookups import IsNull
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from filings.models import Message
from filings.views.access import UserRequest

ROWS_PER_PAGE = 50


@login_required
def messages_page(request: UserRequest) -> HttpResponse:
    own = Message.objects.filter(user=request.user)
    unread = own.filter(read_at__isnull=True)
    only_unread = request.GET.get("unread") == "1"
    listed = (unread if only_unread else own).order_by(IsNull(F("read_at"), True).desc(), "-id")
    context = {
        "page": Paginator(listed, ROWS_PER_PAGE).get_page(request.GET.get("page")),
        "only_unread": only_unread,
        "query": "unread=1" if only_unread else "",
        **unread.aggregate(unread=Count("pk"), newest=Max("pk")),
    }
    return render(request, "filings/messages.html", context)


@require_POST
@login_required
def message_open(request: UserRequest, message_id: int) -> HttpResponse:
    """Mark a message as read and go to the page where to act."""
    return redirect(_mark_as_read(request, message_id).url or "messages")


@require_POST
@login_required
def message_read(request: UserRequest, message_id: int) -> HttpResponse:
    _mark_as_read(request, message_id)
    return redirect("messages")


@require_POST
@login_required
def all_read(request: UserRequest) -> HttpResponse:
    """Mark the messages as read that the page showed; later ones stay unread."""
    newest = request.POST.get("newest", "")
    unread = Message.objects.filter(user=request.user, read_at__isnull=True)
    if newest.isdecimal():
        count = unread.filter(pk__lte=min(int(newest), 2**63 - 1)).update(read_at=timezone.now())
        flash.success(request, f"已把 {count} 条消息标为已读。")
    return redirect("messages")


def _mark_as_read(request: UserRequest, message_id: int) -> Message:
    """Mark one of the user's own messages as read and return it; 404 for others' messages."""
    if message_id >= 2**63:
        raise Http404
    message = Message.objects.filter(user=request.user, pk=message_id).first()
    if message is None:
        raise Http404("没有这条消息。")
    Message.objects.filter(pk=message.pk, read_at__isnull=True).update(read_at=timezone.now())
    return message
