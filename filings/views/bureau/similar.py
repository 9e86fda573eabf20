"""雷同: groups of departments with copied content, two tables next to each other, one remark for several filings."""

from dataclasses import dataclass
from http import HTTPStatus

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from filings import labels, permissions
from filings.choices import Status
from filings.forms.same_remark import MOST_SELECTED, SameRemarkForm
from filings.models import Cycle, Filing, Revision, User
from filings.models.keys import parse_key
from filings.reviewing.same_remark import RemarkTarget, write_same_remark
from filings.similarity.texts import CopiedKind
from filings.views.access import UserRequest, cycle_or_404, demand, filing_or_404
from filings.views.bureau.side_by_side import side_by_side
from filings.views.bureau.similar_groups import KIND_LABELS, SimilarFiling, SimilarGroup, similar_groups
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
    """List the groups of a cycle."""
    cycle = _cycle(request, cycle_id)
    return _page(request, cycle, similar_groups(request.user, cycle))


@login_required
def similar_compare(request: UserRequest, cycle_id: int) -> HttpResponse:
    """Show the tables of two filings `a` and `b` next to each other."""
    cycle = _cycle(request, cycle_id)
    left, right = (_newest(request, cycle, request.GET.get(name, "")) for name in ("a", "b"))
    context = {
        "cycle": cycle,
        "left": left,
        "right": right,
        "sections": side_by_side(left.document(), right.document(), cycle.edition.definition()),
    }
    return render(request, "filings/bureau/similar_compare.html", context)


@require_POST
@login_required
def similar_remark(request: UserRequest, cycle_id: int) -> HttpResponse:
    """Add one remark to the user's review drafts of the selected filings."""
    cycle = _cycle(request, cycle_id)
    groups = similar_groups(request.user, cycle)
    form = SameRemarkForm(cycle.review_policy(), request.POST)
    selected = request.POST.getlist("at")[:MOST_SELECTED]
    if not form.is_valid() or not selected:
        refusal = "".join(str(each) for messages in form.errors.values() for each in messages) or "请先选择申报表。"
        return _page(request, cycle, groups, RemarkOutcome(refusal=refusal), status=HTTPStatus.BAD_REQUEST)
    outcome = _write(request.user, groups, selected, form.cleaned_data["text"], form.cleaned_data["code"])
    return _page(request, cycle, groups, outcome)


def _cycle(request: UserRequest, cycle_id: int) -> Cycle:
    permissions.prefetch_memberships(request.user)
    demand(permissions.may_oversee(request.user))
    return cycle_or_404(cycle_id)


def _page(
    request: UserRequest,
    cycle: Cycle,
    groups: list[SimilarGroup],
    outcome: RemarkOutcome | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    kind = request.GET.get("kind", "")
    chosen = [group for group in groups if group.kind == kind] if kind in list(CopiedKind) else groups
    context = {
        "cycle": cycle,
        "cycle_choice": cycle_choice(request, "similar", cycle),
        "page": Paginator(chosen, GROUPS_PER_PAGE).get_page(request.GET.get("page")),
        "kinds": [(key, label, sum(group.kind is key for group in groups)) for key, label in KIND_LABELS.items()],
        "kind": kind,
        "total": len(groups),
        "reasons": cycle.review_policy().reasons,
        "outcome": outcome,
        "typed": request.POST,
        "selected": set(request.POST.getlist("at")),
    }
    return render(request, "filings/bureau/similar.html", context, status=status)


def _newest(request: UserRequest, cycle: Cycle, number: str) -> Revision:
    """Return the newest version that the user may see of a filing of the cycle."""
    filing = filing_or_404(request.user, parse_key(number) or 0)
    if filing.cycle_id != cycle.pk:
        raise Http404("没有这份申报表，或者它不归您办理。")
    revision = permissions.visible_revisions(request.user, filing).order_by("-number").first()
    if revision is None:
        raise Http404(f"「{filing.department}」还没有提交过申报表。")
    revision.filing = filing
    return revision


def _write(user: User, groups: list[SimilarGroup], selected: list[str], text: str, code: str) -> RemarkOutcome:
    members = {item.key: item for group in groups for item in group.filings}
    found = {key: members[key] for key in dict.fromkeys(selected) if key in members}
    left_out = [(item.filing.department.name, _why_not(user, item)) for item in found.values() if not item.may_remark]
    if len(found) < len(set(selected)):
        left_out.append(("有的申报表", "在您打开这一页以后改动过，请重新查看"))
    targets = {RemarkTarget(item.revision, item.place): item for item in found.values() if item.may_remark}
    reasons = write_same_remark(user, list(targets), text, code)
    left_out += [(targets[target].filing.department.name, reason) for target, reason in reasons.items()]
    written = tuple(item.filing for target, item in targets.items() if target not in reasons)
    return RemarkOutcome(written, tuple(left_out))


def _why_not(user: User, item: SimilarFiling) -> str:
    filing = item.filing
    if filing.status != Status.IN_REVIEW:
        return f"现在是「{labels.STATUS[filing.status]}」，不在审核中"
    access = permissions.may_decide(user, filing)
    if not access:
        return access.reason.rstrip("。")
    return f"{filing.reviewer.name}正在审核" if filing.reviewer else "现在不由您审核"
