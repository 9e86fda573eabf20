"""Find the department or office that a row of a list of users names, and whether its role fits there."""

from collections import defaultdict
from dataclasses import dataclass, field

from filings import labels
from filings.choices import OfficeKind, Role
from filings.models import Department, Office
from filings.models.organisation.users import ROLES_OF_A_DEPARTMENT

Place = Department | Office


@dataclass
class Places:
    """All departments by code and name, and all offices by name."""

    by_code: dict[str, Department] = field(default_factory=dict)
    by_name: dict[str, list[Department]] = field(default_factory=lambda: defaultdict(list))
    offices: dict[str, Office] = field(default_factory=dict)

    @classmethod
    def load(cls) -> "Places":
        places = cls()
        for department in Department.objects.order_by("code"):
            places.by_code[department.code] = department
            places.by_name[department.name].append(department)
        places.offices = {office.name: office for office in Office.objects.all()}
        return places

    def find(self, written: str, role: Role) -> tuple[Place | None, str]:
        """Return the place of a role, or None and the reason as a Chinese sentence."""
        departments = [self.by_code[written]] if written in self.by_code else self.by_name.get(written, [])
        office = self.offices.get(written)
        if len(departments) > 1:
            return None, f"有 {len(departments)} 个单位都叫「{written}」，请填单位编码。"
        if not departments and office is None:
            return None, f"没有「{written}」这个单位或股室，请改正，或先导入单位。"
        if role in ROLES_OF_A_DEPARTMENT:
            return _department(departments, written, role)
        if role == Role.MANAGER or office is not None:
            return _office(office, written, role)
        return departments[0], ""


def _department(departments: list[Department], written: str, role: Role) -> tuple[Place | None, str]:
    if departments:
        return departments[0], ""
    return None, f"{labels.ROLE[role]}要属于一个单位，「{written}」是股室。"


def _office(office: Office | None, written: str, role: Role) -> tuple[Place | None, str]:
    if office is None:
        return None, f"管理员要属于一个股室，「{written}」是单位。"
    if role == Role.REVIEWER and office.kind == OfficeKind.BUREAU:
        return None, f"「{written}」不是业务股室或绩效股，不能任审核人。"
    return office, ""
