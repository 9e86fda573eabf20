"""Contents of an export: the departments of the cycle that the user oversees, with the visible versions."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import OuterRef, Q, QuerySet, Subquery

from filings import permissions
from filings.models import Cycle, Department, Export, Filing, Revision, User
from filings.oversight.overseers import overseen_departments
from filings.oversight.states import NOT_STARTED, state_label

DEPARTMENTS_AT_ONCE = 50
HEADS = (("单位编码", 12), ("单位名称", 26), ("归口股室", 14), ("表的状态", 16), ("版本", 6))


@dataclass(frozen=True)
class ReportedDepartment:
    """A department with its filing and the newest version that the user may see; None without one."""

    department: Department
    filing: Filing | None
    revision: Revision | None

    @property
    def heads(self) -> tuple[str, str, str, str, int | None]:
        """The cells with which every row begins, as `HEADS`."""
        section = self.department.section.name if self.department.section else ""
        state = state_label(self.filing.status, self.filing.stage) if self.filing else state_label(NOT_STARTED)
        return (
            self.department.code,
            self.department.name,
            section,
            state,
            self.revision.number if self.revision else None,
        )


@dataclass(frozen=True)
class ExportScope:
    """A cycle as one user may export it."""

    cycle: Cycle
    user: User

    @classmethod
    def of(cls, export: Export) -> "ExportScope":
        permissions.prefetch_memberships(export.by)
        return cls(export.cycle, export.by)

    def departments(self) -> QuerySet[Department]:
        """Return the departments on the list of the cycle, and those off the list that have a filing in it."""
        enrolled = Q(pk__in=self.cycle.enrolments.values("department"))
        filed = Q(pk__in=self.cycle.filings.values("department"))
        return overseen_departments(self.user).filter(enrolled | filed).select_related("section").order_by("code")

    def reported(self) -> Iterator[ReportedDepartment]:
        """Yield the departments by code, some at a time, so that only few documents are in memory."""
        listed = list(self.departments())
        for start in range(0, len(listed), DEPARTMENTS_AT_ONCE):
            departments = listed[start : start + DEPARTMENTS_AT_ONCE]
            filings = {filing.department_id: filing for filing in self.cycle.filings.filter(department__in=departments)}
            newest = newest_visible(self.user, self.cycle).filter(filing__in=filings.values())
            revisions = {revision.filing_id: revision for revision in newest}
            for department in departments:
                filing = filings.get(department.pk)
                yield ReportedDepartment(department, filing, revisions.get(filing.pk) if filing else None)


def newest_visible(user: User, cycle: Cycle) -> QuerySet[Revision]:
    """Select the newest version of each filing of the cycle that the user may see."""
    seen = permissions.all_visible_revisions(user).filter(filing__cycle=cycle)
    of_its_filing = seen.filter(filing=OuterRef("filing"), cancelled=None).order_by("-number")
    return seen.filter(pk=Subquery(of_its_filing.values("pk")[:1])).order_by()
