"""What is stored. The database itself refuses what must never be; steps and saves live in workflow.py and drafts.py."""

from filings.models.content import BudgetAmount, DraftText, Duty, Edit, Indicator, RestorePoint
from filings.models.cycle import Cycle, Extension
from filings.models.department import Department
from filings.models.edition import BudgetLine, FormEdition, IndicatorNode
from filings.models.event import Event
from filings.models.filing import Filing
from filings.models.issued import IssuedCopy
from filings.models.office import Office
from filings.models.people import Membership, User
from filings.models.review import Remark, Review
from filings.models.revision import Revision

__all__ = [
    "BudgetAmount",
    "BudgetLine",
    "Cycle",
    "Department",
    "DraftText",
    "Duty",
    "Edit",
    "Event",
    "Extension",
    "Filing",
    "FormEdition",
    "Indicator",
    "IndicatorNode",
    "IssuedCopy",
    "Membership",
    "Office",
    "Remark",
    "RestorePoint",
    "Review",
    "Revision",
    "User",
]
