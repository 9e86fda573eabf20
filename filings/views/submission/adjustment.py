"""The rows that an adjustment changes, each with fields for its reason, and one reason for all rows without one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.http import QueryDict

from filings import drafts
from filings.drafts.adjustment_reasons import ReasonChange, TypedReason, refusal_of, save_reasons
from filings.lifecycle.adjustment import Adjustment, ChangedRow, of_draft
from filings.models import Filing, User
from filings.policy.publication import PublicationPolicy
from filings.policy.reason_codes import ReasonCode

REASON, WORDS = "reason-", "words-"
# Begins the names of the fields with what the page showed.
INITIAL = "initial-"
# One reason for all rows without one.
COMMON_REASON, COMMON_WORDS = "common-reason", "common-words"


@dataclass(frozen=True)
class AskedReason:
    """A changed row with the names of its fields, the stored reason and the typed one.

    `refusal` is the reason why the typed one cannot be submitted, or ''. It is not shown at rows without any reason
    before the page is posted.
    """

    row: ChangedRow
    stored: TypedReason
    typed: TypedReason
    refusal: str
    is_posted: bool

    @property
    def is_marked(self) -> bool:
        return bool(self.refusal) and (self.is_posted or self.typed != TypedReason())

    @property
    def reason_name(self) -> str:
        return f"{REASON}{self.row.place}"

    @property
    def words_name(self) -> str:
        return f"{WORDS}{self.row.place}"

    @property
    def is_unsaved(self) -> bool:
        return self.stored != self.typed


@dataclass(frozen=True)
class AskedReasons:
    """The rows of an adjustment for the page of the submission. `common` is the typed reason for all rows."""

    rows: Sequence[AskedReason]
    choices: Sequence[ReasonCode]
    common: TypedReason
    adjustment: Adjustment

    @property
    def missing(self) -> int:
        return sum(bool(row.refusal) for row in self.rows)

    @property
    def is_unsaved(self) -> bool:
        return any(row.is_unsaved for row in self.rows)


def asked_reasons(adjustment: Adjustment, policy: PublicationPolicy, posted: QueryDict) -> AskedReasons:
    """List the rows with what was typed in a refused post in place of what is stored.

    A reason that was not changed on the page is the stored one, also if another user has changed it since.
    """
    rows = []
    for row in adjustment.rows:
        stored = TypedReason(row.reason.key, row.reason.words) if row.reason else TypedReason()
        change = _posted(row, posted)
        typed = change.after if change and change.before != change.after else stored
        rows.append(AskedReason(row, stored, typed, refusal_of(typed.key, typed.words, policy), bool(posted)))
    common = TypedReason(posted.get(COMMON_REASON, ""), _lines(posted.get(COMMON_WORDS, "")))
    return AskedReasons(rows, policy.adjustment_reasons, common, adjustment)


def save_posted(filing: Filing, posted: QueryDict, *, by: User) -> bool:
    """Save the posted reasons, and the common one for rows without one. Return whether the post changes any.

    Raises StepRefused.
    """
    draft = drafts.load(filing)
    adjustment = of_draft(filing, draft.document, draft.edition)
    if adjustment is None:
        return False
    changes = [change for row in adjustment.rows if (change := _posted(row, posted))]
    common = TypedReason(posted.get(COMMON_REASON, ""), _lines(posted.get(COMMON_WORDS, "")))
    return save_reasons(filing, _with_common(changes, common), by=by)


def _with_common(changes: Iterable[ReasonChange], common: TypedReason) -> list[ReasonChange]:
    """Give the common reason to the rows without one, and its words to rows with the same reason and no words."""
    return [
        replace(change, after=TypedReason(common.key, change.after.words or common.words))
        if common.key and change.after.key in ("", common.key)
        else change
        for change in changes
    ]


def _posted(row: ChangedRow, posted: QueryDict) -> ReasonChange | None:
    """Read the fields of a row; None if they were not posted."""
    names = [f"{before}{prefix}{row.place}" for before in (INITIAL, "") for prefix in (REASON, WORDS)]
    texts = [posted.get(name) for name in names]
    if None in texts:
        return None
    before_key, before_words, key, words = (_lines(text or "") for text in texts)
    return ReasonChange(row.place, row.name, TypedReason(before_key, before_words), TypedReason(key, words))


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n")
