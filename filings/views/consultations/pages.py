"""征求意见: ask about rows, list the questions of a user, and answer on a page that shows only those rows."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from filings import permissions
from filings.choices import Action, Status
from filings.clocks import working_days
from filings.document.place import Place
from filings.errors import AlreadyDone, NotAllowed, StepRefused
from filings.forms.consultations import ConsultationAnswerForm, ConsultForm
from filings.lifecycle import consultations
from filings.models import Consultation, Filing
from filings.reviewing import review_draft
from filings.views.access import UserRequest, demand, filing_or_404
from filings.views.consultations.rows import rows_at, rows_of
from filings.views.review.queue_place import open_review, query_of

DAYS_TO_ANSWER = 3
ROWS_PER_PAGE = 50


@login_required
def consult(request: UserRequest, filing_id: int) -> HttpResponse:
    """Ask about rows of the last revision: at first those at `?place=`, otherwise those with remarks of the user."""
    filing = filing_or_404(request.user, filing_id)
    demand(permissions.may(request.user, Action.CONSULT, filing))
    if filing.status != Status.IN_REVIEW:
        messages.error(request, "只有审核中的申报表可以征求意见。")
        return redirect("read", filing.pk)
    form = _form(request, filing)
    if request.method != "POST":
        return _ask_page(request, filing, form)
    if not form.is_valid():
        return _ask_page(request, filing, form, status=HTTPStatus.BAD_REQUEST)
    try:
        consultation = consultations.ask(
            filing,
            places=[Place.parse(place) for place in form.cleaned_data["places"]],
            question=form.cleaned_data["question"],
            to=form.addressee(),
            due_on=form.cleaned_data["due_on"],
            by=request.user,
        )
    except StepRefused as refusal:
        return _ask_page(request, filing, form, refusal=refusal.reason, status=HTTPStatus.CONFLICT)
    messages.success(request, f"已向「{consultation.to_user or consultation.to_office}」征求意见。")
    return open_review(filing, query_of(request.POST))


@login_required
def consultation_list(request: UserRequest) -> HttpResponse:
    """List the questions to the user and by the user, open ones first."""
    permissions.prefetch_memberships(request.user)
    listed = permissions.consultations_for(request.user).select_related(
        "revision__filing__department", "revision__filing__cycle__edition", "to_user", "to_office"
    )
    ordered = consultations.with_approval(listed).order_by("answered_at", "withdrawn_at", "due_on", "pk")
    page = Paginator(ordered, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "filings/consultations/list.html", {"page": page, "today": timezone.localdate()})


@login_required
def consultation(request: UserRequest, consultation_id: int) -> HttpResponse:
    """Show one question with only its rows; POST stores the answer."""
    question = _question_or_404(request, consultation_id)
    if request.method != "POST":
        return _answer_page(request, question, ConsultationAnswerForm())
    demand(permissions.may_answer(request.user, question))
    form = ConsultationAnswerForm(request.POST)
    if not form.is_valid():
        return _answer_page(request, question, form, status=HTTPStatus.BAD_REQUEST)
    try:
        consultations.answer(question, form.cleaned_data["answer"], by=request.user)
    except AlreadyDone as done:
        messages.info(request, done.reason)
    except StepRefused as refusal:
        current = _question_or_404(request, consultation_id)
        return _answer_page(request, current, form, refusal=refusal.reason, status=HTTPStatus.CONFLICT)
    else:
        messages.success(request, "已答复，提出的人会收到消息。")
    return redirect("consultation", consultation_id)


@require_POST
@login_required
def withdraw(request: UserRequest, consultation_id: int) -> HttpResponse:
    question = _question_or_404(request, consultation_id)
    try:
        consultations.withdraw(question, by=request.user)
    except NotAllowed as refusal:
        raise PermissionDenied(refusal.reason) from refusal
    except StepRefused as refusal:
        messages.error(request, refusal.reason)
    else:
        messages.success(request, "已撤回。")
    return redirect("consultation", consultation_id)


def _form(request: UserRequest, filing: Filing) -> ConsultForm:
    revision = filing.present_revision()
    rows = rows_of(revision.document(), filing.cycle.edition.definition())
    asked = request.GET.getlist("place") or review_draft.load(revision, request.user).content.remarks
    due = working_days.add_working_days(timezone.localdate(), DAYS_TO_ANSWER, working_days.overrides())
    data = request.POST if request.method == "POST" else None
    return ConsultForm(
        data,
        rows=[(row.place, row.name) for row in rows],
        chosen=[row.place for row in rows_at(rows, asked)],
        filing=filing,
        by=request.user,
        due=due,
    )


def _ask_page(
    request: UserRequest, filing: Filing, form: ConsultForm, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    query = query_of(request.POST or request.GET)
    context = {"filing": filing, "form": form, "refusal": refusal, "queue": query}
    return render(request, "filings/consultations/ask.html", context, status=status)


def _question_or_404(request: UserRequest, consultation_id: int) -> Consultation:
    """Return a question to the user, to one of the user's offices, or by the user; 404 for any other."""
    permissions.prefetch_memberships(request.user)
    related = permissions.consultations_for(request.user).select_related(
        "revision__filing__department", "revision__filing__cycle__edition", "to_user", "to_office"
    )
    question = consultations.with_approval(related).filter(pk=consultation_id).first()
    if question is None:
        raise Http404("没有这次征求意见，或者它不是发给您的。")
    return question


def _answer_page(
    request: UserRequest,
    question: Consultation,
    form: ConsultationAnswerForm,
    *,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    filing = question.revision.filing
    edition = filing.cycle.edition.definition()
    is_open = question.answered_at is None and question.withdrawn_at is None
    context = {
        "question": question,
        "filing": filing,
        "rows": rows_at(rows_of(question.revision.document(), edition), question.places),
        "is_open": is_open,
        "can_answer": is_open and permissions.may_answer(request.user, question),
        "can_withdraw": is_open and permissions.may_withdraw_question(request.user, question),
        "form": form,
        "refusal": refusal,
        "today": timezone.localdate(),
    }
    return render(request, "filings/consultations/answer.html", context, status=status)
