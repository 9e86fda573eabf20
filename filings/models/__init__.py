"""Database models. Constraints enforce what must always hold; actions and saves are in lifecycle and drafts."""

from filings.models.content import BudgetAmount, DraftText, Duty, Edit, Indicator, RestorePoint, Task
from filings.models.control import ControlFigure
from filings.models.cycle import Cycle, Extension
from filings.models.department import Department
from filings.models.edition import BudgetLine, FormEdition, IndicatorNode
from filings.models.event import Event
from filings.models.filing import Filing
from filings.models.finding import Assessment, Finding, RuleFailure, Waiver
from filings.models.issued import IssuedCopy
from filings.models.library import LibraryEntry
from filings.models.office import Office
from filings.models.review import Remark, Review
from filings.models.revision import Revision
from filings.models.users import Membership, User

__all__ = [
    "Assessment",
    "BudgetAmount",
    "BudgetLine",
    "ControlFigure",
    "Cycle",
    "Department",
    "DraftText",
    "Duty",
    "Edit",
    "Event",
    "Extension",
    "Filing",
    "Finding",
    "FormEdition",
    "Indicator",
    "IndicatorNode",
    "IssuedCopy",
    "LibraryEntry",
    "Membership",
    "Office",
    "Remark",
    "RestorePoint",
    "Review",
    "Revision",
    "RuleFailure",
    "Task",
    "User",
    "Waiver",
]
