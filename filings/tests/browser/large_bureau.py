"""A county of 90 departments, 150 with THOROUGH=1: the lists its bureau imports, and what departments do by script."""

import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from uuid import uuid4

from django.db import transaction
from openpyxl import load_workbook

from filings import drafts
from filings.choices import Action, RemarkState
from filings.demonstration import county_data
from filings.demonstration.content import Variation, table_of, total_fen
from filings.demonstration.county_data import DepartmentPlan
from filings.document import place
from filings.document.numerals import to_chinese
from filings.document.place import Place
from filings.drafts import Change
from filings.drafts.assessment import assess_draft
from filings.drafts.remark_answers import answer
from filings.importing import merge_plan
from filings.lifecycle import workflow
from filings.models import Cycle, Department, Filing, Remark, User
from filings.reviewing.remarks import asked
from filings.tests.county import submit_unexplained
from filings.tests.workbooks import workbook

COUNTY = county_data.load()
SECTIONS = tuple(section["name"] for section in COUNTY.data["sections"])
_KINDERGARTENS = [
    DepartmentPlan(f"19{number:03}1", f"演示县第{to_chinese(number)}幼儿园", "教科文股", "school")
    for number in range(1, 9)
]
PLANS = (*COUNTY.departments, *_KINDERGARTENS)[: 150 if os.environ.get("THOROUGH") == "1" else 90]
COUNT = len(PLANS)
CODES = tuple(plan.code for plan in PLANS)
NAMES = {plan.code: plan.name for plan in PLANS}
REVIEWER, APPROVER = "chenfang", "liuyang"
# Departments with a target that is no number, and those that have project money without a cost indicator, which asks
# for an explanation; some give none.
VAGUE, WITHOUT_COST = CODES[4::10], CODES[9::10]
UNEXPLAINED = WITHOUT_COST[5::5]
# Departments with a seal, and those that have not begun when the others have filed.
SEALED, LATE = CODES[:3], CODES[-13:]
# The target that a department gives after a remark, in place of one that is no number.
CORRECTED = "≥365天"


def departments_list() -> bytes:
    rows = ((plan.code, plan.name, plan.section) for plan in PLANS)
    return workbook(("单位编码", "单位名称", "归口股室"), *rows, sheet="单位")


def people_list() -> bytes:
    """Return an officer and a head for each department, one reviewer for all sections, and the approver."""
    names = iter(COUNTY.names(2 * len(PLANS)))
    of_departments = (
        (f"{letter}{plan.code}", next(names), plan.code, role)
        for plan in PLANS
        for letter, role in (("f", "填报人"), ("h", "单位负责人"))
    )
    bureau = [(REVIEWER, "陈芳", section, "审核人") for section in SECTIONS]
    bureau.append((APPROVER, "刘洋", "绩效股", "审核人"))
    return workbook(("用户名", "姓名", "单位或股室", "角色"), *of_departments, *bureau, sheet="人员")


def control_figures_list(year: int) -> bytes:
    rows = ((plan.code, plan.name, total_fen(plan, year, variation(plan)) / 100) for plan in PLANS)
    return workbook(("单位编码", "单位名称", "预算控制数（万元）"), *rows)


def variation(plan: DepartmentPlan) -> Variation:
    return Variation(is_vague=plan.code in VAGUE, lacks_cost=plan.code in WITHOUT_COST)


def passwords_of(sheet: bytes) -> dict[str, str]:
    """Return the first passwords of a downloaded sheet by user name."""
    table = load_workbook(BytesIO(sheet)).active
    assert table is not None
    rows = list(table.iter_rows(values_only=True))[1:]
    return {str(username): str(password) for _place, _name, username, password in rows}


def file_tables(cycle: Cycle, codes: Collection[str]) -> None:
    """Let these departments fill in, submit and sign their tables."""
    with transaction.atomic():
        for plan in PLANS:
            if plan.code in codes:
                _file_table(cycle, plan)


def correct_tables(filings: Iterable[Filing]) -> None:
    """Let the departments change the remarked rows, answer other remarks, resubmit and sign."""
    with transaction.atomic():
        for filing in filings:
            filler = _user("f", filing.department.code)
            for remark in asked(filing):
                _correct(filing, remark, filler)
            _send(filing, filler)


def _file_table(cycle: Cycle, plan: DepartmentPlan) -> None:
    filler = _user("f", plan.code)
    filing = workflow.start(cycle, Department.objects.get(code=plan.code), by=filler)
    document = table_of(COUNTY, plan, cycle.edition.definition(), cycle.year, variation(plan))
    merge_plan.merge_document(filing, document, (), by=filler)
    if plan.code not in UNEXPLAINED:
        _save(filing, list(_explanations(filing)), filler)
        _send(filing, filler)
    else:
        submit_unexplained(filing, filler)
        _act(Action.SIGN, filing, _head(filing))


def _explanations(filing: Filing) -> Iterator[Change]:
    for item in assess_draft(filing, drafts.load(filing)).items:
        if item.finding.asks:
            yield Change(str(place.explanation(item.finding.identity)), "", COUNTY.data["explanations"][0])


def _correct(filing: Filing, remark: Remark, filler: User) -> None:
    """Give a remarked indicator a number, and answer a remark on anything else."""
    row = Place.parse(remark.place)
    target = next((item.target for item in drafts.document(filing).indicators if item.key == row.key), None)
    if target is None:
        answer(filing, {remark.pk: COUNTY.data["answers"][0]}, by=filler, choices={remark.pk: RemarkState.DECLINED})
    else:
        _save(filing, [Change(str(replace(row, column="target")), target, CORRECTED)], filler)


def _save(filing: Filing, changes: Sequence[Change], filler: User) -> None:
    assert drafts.save(filing, changes, by=filler, client_id=str(uuid4())).is_whole


def _send(filing: Filing, filler: User) -> None:
    """Submit and sign."""
    _act(Action.SUBMIT, filing, filler)
    _act(Action.SIGN, filing, _head(filing))


def _act(action: Action, filing: Filing, by: User) -> None:
    lock = Filing.objects.values_list("lock", flat=True).get(pk=filing.pk)
    statements = filing.cycle.review_policy().statements
    workflow.perform(action, filing, by=by, expected_lock=lock, statements=statements)


def _head(filing: Filing) -> User:
    return _user("h", filing.department.code)


def _user(letter: str, code: str) -> User:
    return User.objects.get(username=f"{letter}{code}")
