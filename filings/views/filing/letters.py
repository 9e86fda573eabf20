"""审核意见 and 修改说明 of each round: files to download, and the texts shown on the page of a filing.

Both are letters between bureau and department: every user who sees the filing sees them, without internal remarks.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from filings.formats.file import CannotPrint
from filings.letters import files, plain_text
from filings.letters.letter import Letter
from filings.letters.opinion import opinion
from filings.letters.reply import reply
from filings.letters.rounds import ReturnedRound, returned_round, returned_rounds
from filings.models import Filing
from filings.views.access import UserRequest, filing_or_404
from filings.views.filing.downloads import attached


@dataclass(frozen=True)
class RoundLetters:
    """The letters of one round as texts; `reply` is '' until the department has resubmitted and signed."""

    number: int
    opinion: str
    reply: str


@login_required
def opinion_file(request: UserRequest, filing_id: int, number: int, kind: str) -> HttpResponse:
    """Download the 审核意见 of a round."""
    return _download(request, filing_id, number, kind, opinion)


@login_required
def reply_file(request: UserRequest, filing_id: int, number: int, kind: str) -> HttpResponse:
    """Download the 修改说明 of a round."""
    return _download(request, filing_id, number, kind, reply)


def letters_of(filing: Filing) -> list[RoundLetters]:
    """Return the letters of all returned rounds, newest first."""
    return [_texts(item) for item in returned_rounds(filing)]


def _texts(item: ReturnedRound) -> RoundLetters:
    answer = reply(item)
    return RoundLetters(item.review.round, plain_text.write(opinion(item)), plain_text.write(answer) if answer else "")


def _download(
    request: UserRequest, filing_id: int, number: int, kind: str, build: Callable[[ReturnedRound], Letter | None]
) -> HttpResponse:
    filing = filing_or_404(request.user, filing_id)
    item = returned_round(filing, number)
    letter = build(item) if item and kind in files.KINDS else None
    if item is None or letter is None:
        raise Http404("没有这一轮的文稿。")
    try:
        return attached(files.write(letter, kind, made_at=item.review.at))
    except CannotPrint as error:
        messages.error(request, str(error))
        return redirect("read", filing.pk)
