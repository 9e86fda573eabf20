"""Database models. Constraints enforce what must always hold; actions and saves are in lifecycle and drafts."""

from filings.models.bureau.copy_comparison import CopyComparison
from filings.models.bureau.export import Export
from filings.models.bureau.library import LibraryEntry
from filings.models.bureau.message import Message
from filings.models.cycles.calendar import CalendarDay
from filings.models.cycles.control import ControlFigure
from filings.models.cycles.cycle import Cycle, CycleEvent, Enrolment, EnrolmentEvent, Extension
from filings.models.cycles.edition import BudgetLine, FormEdition, IndicatorNode
from filings.models.organisation.department import Department
from filings.models.organisation.office import Office
from filings.models.organisation.users import Membership, User
from filings.models.publication.jobs import CopyJob, IntegrityCheck
from filings.models.publication.publication import Publication, Withholding, WrongWord
from filings.models.reviewing.approval import PendingApproval
from filings.models.reviewing.consultation import Consultation
from filings.models.reviewing.draft import OpenPage, ReviewDraft
from filings.models.reviewing.remark import Remark
from filings.models.reviewing.review import Review
from filings.models.tables.adjustment import AdjustmentReason
from filings.models.tables.attachment import Attachment
from filings.models.tables.content import BudgetAmount, DraftText, Duty, Edit, Indicator, RestorePoint, Task
from filings.models.tables.event import Event
from filings.models.tables.filing import Filing
from filings.models.tables.finding import Assessment, Finding, RuleFailure, Waiver
from filings.models.tables.issued import IssuedCopy
from filings.models.tables.revision import CancelledRevision, Revision

__all__ = [
    "AdjustmentReason",
    "Assessment",
    "Attachment",
    "BudgetAmount",
    "BudgetLine",
    "CalendarDay",
    "CancelledRevision",
    "Consultation",
    "ControlFigure",
    "CopyComparison",
    "CopyJob",
    "Cycle",
    "CycleEvent",
    "Department",
    "DraftText",
    "Duty",
    "Edit",
    "Enrolment",
    "EnrolmentEvent",
    "Event",
    "Export",
    "Extension",
    "Filing",
    "Finding",
    "FormEdition",
    "Indicator",
    "IndicatorNode",
    "IntegrityCheck",
    "IssuedCopy",
    "LibraryEntry",
    "Membership",
    "Message",
    "Office",
    "OpenPage",
    "PendingApproval",
    "Publication",
    "Remark",
    "RestorePoint",
    "Review",
    "ReviewDraft",
    "Revision",
    "RuleFailure",
    "Task",
    "User",
    "Waiver",
    "Withholding",
    "WrongWord",
]
