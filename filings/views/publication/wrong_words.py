"""错敏词: the list of words that are not published, which managers edit."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from filings import permissions
from filings.errors import StepRefused
from filings.models import WrongWord
from filings.publication import wrong_words
from filings.publication.wrong_words import TypedWord
from filings.views.access import UserRequest, demand

WORDS_PER_PAGE = 100


@login_required
def words(request: UserRequest) -> HttpResponse:
    """List the words, with a form that adds one word or many lines."""
    demand(permissions.may_publish(request.user))
    return _page(request)


@require_POST
@login_required
def add(request: UserRequest) -> HttpResponse:
    """Add the words of the typed lines."""
    demand(permissions.may_manage(request.user))
    text = request.POST.get("text", "")
    try:
        number = wrong_words.add(wrong_words.parse_lines(text), by=request.user, now=timezone.now())
    except StepRefused as refusal:
        return _page(request, text=text, refusal=refusal.reason)
    messages.success(request, f"已增加或更新 {number} 个词。")
    return redirect("wrong_words")


@login_required
def word(request: UserRequest, word_id: int) -> HttpResponse:
    """Show the form of a word."""
    demand(permissions.may_manage(request.user))
    return _word_page(request, _word_or_404(word_id))


@require_POST
@login_required
def save(request: UserRequest, word_id: int) -> HttpResponse:
    """Store a changed word."""
    demand(permissions.may_manage(request.user))
    found = _word_or_404(word_id)
    typed = TypedWord(*(request.POST.get(name, "") for name in ("word", "instead", "note")))
    try:
        wrong_words.change(found.pk, typed, by=request.user, now=timezone.now())
    except StepRefused as refusal:
        found.word, found.instead, found.note = typed.word, typed.instead, typed.note
        return _word_page(request, found, refusal=refusal.reason)
    messages.success(request, "已保存。")
    return redirect("wrong_words")


@require_POST
@login_required
def remove(request: UserRequest, word_id: int) -> HttpResponse:
    """Remove a word, which a repeated click finds removed."""
    demand(permissions.may_manage(request.user))
    wrong_words.remove(word_id)
    messages.success(request, "已删去。")
    return redirect("wrong_words")


def _word_or_404(word_id: int) -> WrongWord:
    found = WrongWord.objects.filter(pk=word_id).first()
    if found is None:
        raise Http404("没有这个词，可能已被删去。")
    return found


def _page(request: UserRequest, *, text: str = "", refusal: str = "") -> HttpResponse:
    context = {
        "page": Paginator(WrongWord.objects.all(), WORDS_PER_PAGE).get_page(request.GET.get("page")),
        "query": "",
        "text": text,
        "refusal": refusal,
        "may_manage": permissions.may_manage(request.user),
    }
    status = HTTPStatus.CONFLICT if refusal else HTTPStatus.OK
    return render(request, "filings/publication/wrong_words.html", context, status=status)


def _word_page(request: UserRequest, found: WrongWord, *, refusal: str = "") -> HttpResponse:
    status = HTTPStatus.CONFLICT if refusal else HTTPStatus.OK
    return render(request, "filings/publication/wrong_word.html", {"word": found, "refusal": refusal}, status=status)
