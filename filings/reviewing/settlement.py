"""认可 or 仍有问题: a reviewer settles the remarks that a resubmitted table has answered."""

from collections.abc import Collection, Mapping
from datetime import datetime

from filings.choices import RemarkState
from filings.document.place import Place, row_of
from filings.document.text import shorten
from filings.errors import StepRefused
from filings.labels import REMARK_STATE
from filings.models import Filing, Remark, Review

# States that await nothing more: a disputed remark is repeated as a new one.
SETTLED = (RemarkState.ACCEPTED, RemarkState.DISPUTED)
# The states from which a reviewer may settle a remark, by its new state.
SETTLEMENTS: Mapping[str, tuple[RemarkState, ...]] = {
    RemarkState.ACCEPTED: (RemarkState.OPEN, RemarkState.CHANGED, RemarkState.DECLINED),
    RemarkState.DISPUTED: (RemarkState.CHANGED, RemarkState.DECLINED),
}


def to_settle(filing: Filing, settled: Mapping[int, RemarkState]) -> list[Remark]:
    """Return the remarks that a decision settles.

    Raises StepRefused for remarks of other filings, internal ones, and for states that do not follow the present one.
    """
    remarks = list(Remark.objects.filter(pk__in=settled, filing=filing, internal=False).order_by("id"))
    if len(remarks) < len(settled):
        raise StepRefused("有一条认定的意见不在这份申报表中，请刷新页面后再办。")
    for remark in remarks:
        state = settled[remark.pk]
        if remark.state not in SETTLEMENTS.get(state, ()):
            now, then = REMARK_STATE[remark.state], REMARK_STATE[state]
            raise StepRefused(
                f"意见「{shorten(remark.text, 20)}」现在是「{now}」，不能认定为「{then}」，请刷新页面后再办。"
            )
    return remarks


def settle(
    review: Review, filing: Filing, settled: Mapping[int, RemarkState], *, written: Collection[str], at: datetime
) -> None:
    """Store the settled states, and repeat disputed remarks in the round of `review`.

    Rows with a new remark for the department, at the places `written`, need no repetition. Raises StepRefused as
    `to_settle` does.
    """
    rows = {row_of(Place.parse(place)) for place in written}
    remarks = to_settle(filing, settled)
    for remark in remarks:
        remark.state, remark.settled_by_name, remark.settled_at = settled[remark.pk], review.by_name, at
    Remark.objects.bulk_update(remarks, ["state", "settled_by_name", "settled_at"])
    disputed = [remark for remark in remarks if remark.state == RemarkState.DISPUTED]
    Remark.objects.bulk_create(
        _repeated(remark, review) for remark in disputed if row_of(Place.parse(remark.place)) not in rows
    )


def _repeated(remark: Remark, review: Review) -> Remark:
    return Remark(
        filing_id=remark.filing_id,
        review=review,
        round=review.round,
        place=remark.place,
        code=remark.code,
        text=remark.text,
        finding=remark.finding,
    )
