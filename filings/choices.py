"""Words that the whole program shares, as plain enumerations.

No Django, and no Chinese labels: what a person reads for a status or a role lives in the web rooms.
"""

from enum import StrEnum


class Status(StrEnum):
    """Where a filing stands."""

    DRAFT = "draft"
    SIGNING = "signing"
    IN_REVIEW = "in_review"
    RETURNED = "returned"
    APPROVED = "approved"


class Action(StrEnum):
    """A step that a person takes with a filing."""

    START = "start"
    SUBMIT = "submit"
    SEND_BACK = "send_back"
    SIGN = "sign"
    WITHDRAW = "withdraw"
    RETURN = "return"
    APPROVE_STAGE = "pass"  # as stored in reviews and events
    ADJUST = "adjust"
    WAIVE = "waive"


class Role(StrEnum):
    """What a person does for one department or one office."""

    FILLER = "filler"
    HEAD = "head"
    REVIEWER = "reviewer"
    MANAGER = "manager"
    OBSERVER = "observer"


class OfficeKind(StrEnum):
    """Kinds of offices inside the finance bureau."""

    SECTION = "section"
    PERFORMANCE = "performance"
    BUREAU = "bureau"


class Stage(StrEnum):
    """Stages of review that a cycle can choose, in the order in which they can follow each other."""

    SUPERVISOR = "supervisor"
    SECTION = "section"
    PERFORMANCE = "performance"


class Side(StrEnum):
    """The two ways in which the same money is split."""

    INCOME = "income"
    EXPENDITURE = "expenditure"


class Comparator(StrEnum):
    """How an actual value is held against a target."""

    AT_LEAST = "≥"
    AT_MOST = "≤"
    MORE = ">"
    LESS = "<"
    EQUAL = "="


class PointKind(StrEnum):
    """Before what a restore point was kept, or at what."""

    OPENED = "opened"
    PASTE = "paste"
    IMPORT = "import"
    SUBMISSION = "submission"
    RESTORE = "restore"


class TargetKind(StrEnum):
    """What a target value was understood to be."""

    NUMBER = "number"
    RANGE = "range"
    DATE = "date"
    PHRASE = "phrase"
    PLACEHOLDER = "placeholder"


class Severity(StrEnum):
    """How much a finding weighs: an error stops submission, a warning asks, advice only tells."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


class Criterion(StrEnum):
    """What a reviewer judges a table by; findings point to it."""

    COMPLETENESS = "completeness"
    RELEVANCE = "relevance"
    APPROPRIATENESS = "appropriateness"
    FEASIBILITY = "feasibility"


class Grade(StrEnum):
    """The grade that a review may give."""

    EXCELLENT = "excellent"
    GOOD = "good"
    FAIR = "fair"
    POOR = "poor"
