"""雷同: the stored groups of departments with copied content, and one remark for several of their filings."""

from dataclasses import dataclass
from http import HTTPStatus

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from filings import labels, permissions
from filings.choices import Status
from filings.forms.error_text import error_text
from filings.forms.same_remark import MOST_SELECTED, SameRemarkForm
from filings.models import CopyComparison, Filing, User
from filings.oversight.copies import queue_comparison
from filings.reviewing.same_remark import RemarkTarget, write_same_remark
from filings.similarity.texts import CopiedKind
from filings.views.access import UserRequest, overseen_cycle
from filings.views.bureau.comparison_state import ComparisonState, StoredResult
from filings.views.bureau.similar_groups import KIND_LABELS, SimilarFiling, key_of, similar_filings, similar_groups
from filings.views.cycle_choice import cycle_choice

GROUPS_PER_PAGE = 20


@dataclass(frozen=True)
class RemarkOutcome:
    """The filings to whose drafts a remark was added, and those left out with the reason; or why nothing was done."""

    written: tuple[Filing, ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()
    refusal: str = ""


@login_required
def similar(request: UserRequest, cycle_id: int) -> HttpResponse:
    """List the groups of a cycle that the newest comparison found."""
    return _page(request, StoredResult.read(request.user, overseen_cycle(request, cycle_id)))


@require_POST
@login_required
def similar_start(request: UserRequest, cycle_id: int) -> HttpResponse:
    """Queue a comparison. While one is being made the page shows its progress."""
    cycle = overseen_cycle(request, cycle_id)
    queue_comparison(cycle, by=request.user, now=timezone.now())
    return redirect("similar", cycle.pk)


@login_required
def similar_progress(request: UserRequest, cycle_id: int) -> JsonResponse:
    """Return the state of the comparison for the page's script, as the page of exports does."""
    cycle = overseen_cycle(request, cycle_id)
    comparison = CopyComparison.objects.defer("revisions", "groups").filter(cycle=cycle).first()
    return JsonResponse({"jobs": [ComparisonState(comparison).to_json()] if comparison else []})


@require_POST
@login_required
def similar_remark(request: UserRequest, cycle_id: int) -> HttpResponse:
    """Add one remark to the user's review drafts of the selected filings."""
    result = StoredResult.read(request.user, overseen_cycle(request, cycle_id))
    form = SameRemarkForm(result.cycle.review_policy(), request.POST)
    selected = request.POST.getlist("at")
    if refusal := error_text(form) or _selection_refusal(selected):
        return _page(request, result, RemarkOutcome(refusal=refusal), status=HTTPStatus.BAD_REQUEST)
    outcome = _write(request.user, result, selected, form.cleaned_data["text"], form.cleaned_data["code"])
    return _page(request, result, outcome)


def _selection_refusal(selected: list[str]) -> str:
    if len(selected) > MOST_SELECTED:
        return f"一次最多选择 {MOST_SELECTED} 份，选中了 {len(selected)} 份，请分几次写入。"
    return "" if selected else "请先选择申报表。"


def _page(
    request: UserRequest, result: StoredResult, outcome: RemarkOutcome | None = None, status: int = HTTPStatus.OK
) -> HttpResponse:
    cycle, kind = result.cycle, request.GET.get("kind", "")
    chosen = [group for group in result.groups if group.kind == kind] if kind in list(CopiedKind) else result.groups
    page = Paginator(chosen, GROUPS_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "cycle": cycle,
        "cycle_choice": cycle_choice(request, "similar", cycle),
        "comparison": ComparisonState(result.comparison) if result.comparison else None,
        "outdated": result.outdated,
        "page": page,
        "groups": similar_groups(request.user, list(page.object_list), result.newest),
        "kinds": [(key, label, result.count(key)) for key, label in KIND_LABELS.items()],
        "kind": kind,
        "total": len(result.groups),
        "reasons": cycle.review_policy().reasons,
        "outcome": outcome,
        "refused": request.POST.get("group", "") if outcome and outcome.refusal else None,
        "typed": request.POST,
        "selected": set(request.POST.getlist("at")),
    }
    return render(request, "filings/bureau/similar.html", context, status=status)


def _write(user: User, result: StoredResult, selected: list[str], text: str, code: str) -> RemarkOutcome:
    members = {key_of(member): member for group in result.groups for member in group.members}
    chosen = [members[key] for key in dict.fromkeys(selected) if key in members]
    found = list(similar_filings(user, chosen, result.newest).values())
    left_out = [(item.filing.department.name, _why_not(user, item)) for item in found if not item.may_remark]
    if len(found) < len(set(selected)):
        left_out.append(("有的申报表", "在您打开这一页以后改动过，请重新查看"))
    targets = {RemarkTarget(item.member.revision, item.member.place): item for item in found if item.may_remark}
    reasons = write_same_remark(user, list(targets), text, code)
    left_out += [(targets[target].filing.department.name, reason) for target, reason in reasons.items()]
    written = tuple(item.filing for target, item in targets.items() if target not in reasons)
    return RemarkOutcome(written, tuple(left_out))


def _why_not(user: User, item: SimilarFiling) -> str:
    filing = item.filing
    if item.is_outdated:
        return "比对以后又提交了新的版本，请重新比对"
    if filing.status != Status.IN_REVIEW:
        return f"现在是「{labels.STATUS[filing.status]}」，不在审核中"
    access = permissions.may_decide(user, filing)
    if not access:
        return access.reason.rstrip("。")
    return f"{filing.reviewer.name}正在审核" if filing.reviewer else "现在不由您审核"
