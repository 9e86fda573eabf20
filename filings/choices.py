"""Enumerations shared by the whole program.

Independent of Django and without Chinese labels, so that the pure packages can import them; `filings.labels` has the
labels.
"""

from enum import StrEnum


class Status(StrEnum):
    """Status of a filing in the workflow."""

    DRAFT = "draft"
    SIGNING = "signing"
    IN_REVIEW = "in_review"
    RETURNED = "returned"
    APPROVED = "approved"


class Action(StrEnum):
    """Workflow actions on a filing."""

    START = "start"
    SUBMIT = "submit"
    SEND_BACK = "send_back"
    SIGN = "sign"
    WITHDRAW = "withdraw"
    RETURN = "return"
    APPROVE_STAGE = "pass"  # as stored in reviews and events
    ADJUST = "adjust"
    CANCEL_ADJUSTMENT = "cancel_adjustment"
    REVOKE = "revoke"
    WAIVE = "waive"
    CLAIM = "claim"
    HAND_OVER = "hand_over"
    RELEASE = "release"
    CONSULT = "consult"
    REMIND = "remind"
    EXTEND = "extend"
    PUBLISH = "publish"
    UNPUBLISH = "unpublish"
    WITHHOLD = "withhold"
    DISCLOSE = "disclose"
    REISSUE = "reissue"


class Role(StrEnum):
    """Roles of a user in a department or an office."""

    FILLER = "filler"
    HEAD = "head"
    REVIEWER = "reviewer"
    MANAGER = "manager"
    OBSERVER = "observer"


class OfficeKind(StrEnum):
    """Kinds of offices within the finance bureau."""

    SECTION = "section"
    PERFORMANCE = "performance"
    BUREAU = "bureau"


class Stage(StrEnum):
    """Review stages that a cycle can include, in the order in which they follow each other."""

    SUPERVISOR = "supervisor"
    SECTION = "section"
    PERFORMANCE = "performance"


class Side(StrEnum):
    """The two breakdowns of the total: by source of income and by kind of expenditure."""

    INCOME = "income"
    EXPENDITURE = "expenditure"


class CycleAction(StrEnum):
    """Actions of managers on a whole started cycle."""

    CLOSE = "close"
    REOPEN = "reopen"


class Comparator(StrEnum):
    """Comparison of an actual value with its target."""

    AT_LEAST = "≥"
    AT_MOST = "≤"
    MORE = ">"
    LESS = "<"
    EQUAL = "="


class PointKind(StrEnum):
    """Events that create a restore point: opening and submission, and just before a larger change."""

    OPENED = "opened"
    PASTE = "paste"
    IMPORT = "import"
    LAST_YEAR = "last_year"
    SUBMISSION = "submission"
    RESTORE = "restore"
    CANCEL_ADJUSTMENT = "cancel_adjustment"


class AttachmentKind(StrEnum):
    """What an attachment of a filing is."""

    BUDGET = "budget"
    MANDATE = "mandate"
    SIGNED_SCAN = "signed_scan"
    OTHER = "other"


class TargetKind(StrEnum):
    """Kinds of target values, as recognised by `document.target.parse`."""

    NUMBER = "number"
    RANGE = "range"
    DATE = "date"
    PHRASE = "phrase"
    PLACEHOLDER = "placeholder"


class Severity(StrEnum):
    """Severity of a finding: errors block submission, warnings may require an explanation, advice is informative."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


class Criterion(StrEnum):
    """Review criteria; every rule is assigned to one of them."""

    COMPLETENESS = "completeness"
    RELEVANCE = "relevance"
    APPROPRIATENESS = "appropriateness"
    FEASIBILITY = "feasibility"


class RemarkState(StrEnum):
    """State of a remark for the department: what it awaits, and how it was settled."""

    OPEN = "open"
    CHANGED = "changed"
    DECLINED = "declined"
    ACCEPTED = "accepted"
    DISPUTED = "disputed"


class Handling(StrEnum):
    """Handling of an approval that leaves something open: refused, allowed with a reason, or allowed."""

    REFUSE = "refuse"
    REASON = "reason"
    ALLOW = "allow"


class ApprovalState(StrEnum):
    """State of a queued last approval."""

    WAITING = "waiting"
    CANCELLED = "cancelled"
    ISSUED = "issued"
    FAILED = "failed"


class MessageKind(StrEnum):
    """Occasions of messages to a user."""

    SUBMITTED = "submitted"
    SENT_BACK = "sent_back"
    SIGNED = "signed"
    RETURNED = "returned"
    CLAIMED = "claimed"
    HANDED_OVER = "handed_over"
    APPROVED = "approved"
    REVOKED = "revoked"
    APPROVAL_FAILED = "approval_failed"
    CONSULTED = "consulted"
    CONSULTATION_ANSWERED = "consultation_answered"
    REMINDED = "reminded"
    EXTENDED = "extended"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    EXPORTED = "exported"
    PUBLISHED = "published"
    UNPUBLISHED = "unpublished"
    COPIES_DONE = "copies_done"
    FILE_DAMAGED = "file_damaged"
    INTEGRITY_BROKEN = "integrity_broken"


class ExportKind(StrEnum):
    """Files made from a whole cycle."""

    COPIES = "copies"
    AMOUNTS = "amounts"
    INDICATORS = "indicators"
    FINDINGS = "findings"
    REMARKS = "remarks"


class JobKind(StrEnum):
    """Work on many copies of a cycle: publishing, withdrawing, and issuing again with seal and signature."""

    PUBLISH = "publish"
    UNPUBLISH = "unpublish"
    REISSUE = "reissue"


class QrPages(StrEnum):
    """Pages of an issued copy that carry its QR code."""

    LAST = "last"
    EACH = "each"


class SealShape(StrEnum):
    """Shapes and sizes of seals as they are printed, in millimetres."""

    ROUND_42 = "round_42"
    ROUND_40 = "round_40"
    ROUND_38 = "round_38"
    ELLIPSE_45_30 = "ellipse_45_30"


class PublicationEnd(StrEnum):
    """Why a published copy is no longer public."""

    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"
    REVOKED = "revoked"


class JobState(StrEnum):
    """State of a job of the background worker."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


UNFINISHED_JOBS = (JobState.QUEUED, JobState.RUNNING)


class Grade(StrEnum):
    """Overall grades of a review."""

    EXCELLENT = "excellent"
    GOOD = "good"
    FAIR = "fair"
    POOR = "poor"
