"""A department with an approved table of last year and this year's to be filled in, on the same form or another."""

from django.utils import timezone

from filings import drafts
from filings.choices import Status
from filings.document import canonical_json
from filings.document.bundled_editions import editions
from filings.document.content import FilingDocument, IndicatorRow, TaskRow, compose
from filings.document.edition import Edition
from filings.drafts.last_year import Choice, adopt, approved
from filings.models import Cycle, Filing, IssuedCopy, Revision
from filings.models.edition import store
from filings.rules.finding import LastYear
from filings.tests.county import County, founding_edition

GOAL = "管好全县档案，随时可查。"
DUTIES = ("（一）收集档案。", "（二）保管档案。")


def key(number: int) -> str:
    """A lasting key of a row."""
    return f"00000000-0000-4000-8000-{number:012}"


def last_document(form: Edition, year: int, *rows: tuple[str, str, str]) -> FilingDocument:
    """What was approved; rows are (class, name, target) and have the keys 1, 2 …, duties 101 and 102."""
    return compose(
        form,
        year=year,
        fields={"department": "县档案馆", "filing_unit": "县档案馆", "filler": "王敏", "filled_on": "1月5日"},
        amounts={"TOTAL": "90", "INC.GENERAL": "90", "EXP.BASIC": "90"},
        duties=[(key(100 + number), text) for number, text in enumerate(DUTIES, start=1)],
        goals=[GOAL],
        indicators=[
            IndicatorRow(key(number), node, "", "", name, target, {"weight": "10", "last_value": "前年的"})
            for number, (node, name, target) in enumerate(rows, start=1)
        ],
        tasks=[TaskRow(key(200), {"name": "档案进馆", "content": "接收到期档案", "amount": "30"})],
    )


EVERYTHING = Choice(money=True, targets=True)
NOTHING = Choice(fields=False, duties=False, tasks=False, goal=False, names=False)
ROWS = (("OUT.QTY", "接收档案", "≥500卷"), ("OUT.COST", "控制成本", "≤90万元"), ("BEN.SOC", "查阅人次", "≥300人次"))


def approve(county: County, document: FilingDocument, form: Edition) -> IssuedCopy:
    """Last year's table of the department, approved as it stands."""
    this = county.cycle
    last = Cycle.objects.create(
        year=this.year - 1, edition=store(form), opens_on=this.opens_on, deadline=this.deadline, stages=this.stages
    )
    filing = Filing.objects.create(cycle=last, department=county.department, status=Status.APPROVED)
    revision = Revision.objects.create(
        filing=filing,
        number=2,
        content=canonical_json.dumps(document),
        sha256=canonical_json.digest(document),
        submitted_by=county.filler,
        submitted_by_name=county.filler.name,
        submitted_at=timezone.now(),
    )
    return IssuedCopy.objects.create(
        filing=filing, revision=revision, sha256="0" * 64, code="LASTYEARCOPY", issued_at=timezone.now()
    )


def with_last_year(county: County) -> Filing:
    """A fresh draft on the form of last year's table."""
    form = founding_edition().definition()
    approve(county, last_document(form, county.cycle.year - 1, *ROWS), form)
    return county.started()


def on_another_form(county: County, code: str = "standard-2024") -> Filing:
    """A fresh draft on the founding form, where last year's had another: one of its classes is gone."""
    form = editions()[code]
    rows = (("OUT.QTY", "接收档案", "≥500卷"), ("COST.SOC", "社会成本", "控制在预算内"), ("SAT.SERV", "满意率", "≥90%"))
    approve(county, last_document(form, county.cycle.year - 1, *rows), form)
    return county.started()


def carried_over(county: County, choice: Choice | None = None) -> Filing:
    """The fresh draft with what was chosen of last year's table."""
    filing = with_last_year(county)
    carry_over(filing, county, choice or Choice())
    return filing


def texts(filing: Filing) -> dict[str, str]:
    """Every cell that holds something, rows' places and what they are in aside."""
    cells = drafts.load(filing).stored.texts().items()
    return {str(at): text for at, text in cells if at.column != "node" and (at.column or at.section in SINGLE)}


SINGLE = ("fields", "amounts", "goals")


def table(filing: Filing) -> LastYear:
    """Last year's approved table, as the filing finds it."""
    found = approved(filing)
    assert found
    return found.table


def carry_over(filing: Filing, county: County, choice: Choice = EVERYTHING) -> tuple[int, int, int]:
    """How many rows were added, cells filled, and cells kept as they are."""
    done = adopt(filing, table(filing), choice, by=county.filler)
    return done.added, done.filled, done.kept
