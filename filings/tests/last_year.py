"""A department with last year's approved table and a draft of this year, on the same edition or another."""

from django.utils import timezone

from filings import drafts
from filings.choices import Status
from filings.document import canonical_json
from filings.document.bundled_editions import editions
from filings.document.content import FilingDocument, IndicatorRow, TaskRow, compose
from filings.document.edition import Edition
from filings.drafts.last_year import Choice, adopt, approved
from filings.editions.store import store
from filings.models import Cycle, Filing, IssuedCopy, Revision
from filings.rules.finding import LastYear
from filings.tests.county import County, founding_edition

GOAL = "管好全县档案，随时可查。"
DUTIES = ("（一）收集档案。", "（二）保管档案。")


def key(number: int) -> str:
    """Return a lasting row key."""
    return f"00000000-0000-4000-8000-{number:012}"


def last_document(edition: Edition, year: int, *rows: tuple[str, str, str]) -> FilingDocument:
    """Compose last year's table from rows (class, name, target) with the keys 1, 2 …; duties have 101 and 102."""
    return compose(
        edition,
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


def approve(county: County, document: FilingDocument, edition: Edition) -> IssuedCopy:
    """Store a document as the department's approved table of last year."""
    this = county.cycle
    last = Cycle.objects.create(
        year=this.year - 1, edition=store(edition), opens_on=this.opens_on, deadline=this.deadline, stages=this.stages
    )
    filing = Filing.objects.create(cycle=last, department=county.department, status=Status.APPROVED)
    revision = Revision.objects.create(
        filing=filing,
        number=2,
        receipt=f"R{filing.pk}-2",
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
    """Start a draft on the edition of last year's table."""
    edition = founding_edition().definition()
    approve(county, last_document(edition, county.cycle.year - 1, *ROWS), edition)
    return county.started()


def on_another_form(county: County, code: str = "standard-2024") -> Filing:
    """Start a draft on the founding edition after a table on another one, of which a class has no counterpart."""
    edition = editions()[code]
    rows = (("OUT.QTY", "接收档案", "≥500卷"), ("COST.SOC", "社会成本", "控制在预算内"), ("SAT.SERV", "满意率", "≥90%"))
    approve(county, last_document(edition, county.cycle.year - 1, *rows), edition)
    return county.started()


def carried_over(county: County, choice: Choice | None = None) -> Filing:
    """Start a draft and carry over the chosen parts of last year's table."""
    filing = with_last_year(county)
    carry_over(filing, county, choice or Choice())
    return filing


def texts(filing: Filing) -> dict[str, str]:
    """Return the cells with content, without the rows' classes."""
    cells = drafts.load(filing).stored.texts().items()
    return {
        str(place): text
        for place, text in cells
        if place.column != "node" and (place.column or place.section in SINGLE)
    }


SINGLE = ("fields", "amounts", "goals")


def table(filing: Filing) -> LastYear:
    """Return last year's approved table of the filing's department."""
    last = approved(filing)
    assert last
    return last.table


def carry_over(filing: Filing, county: County, choice: Choice = EVERYTHING) -> tuple[int, int, int]:
    """Carry over and return the numbers of rows added, cells filled, and cells left unchanged."""
    done = adopt(filing, table(filing), choice, by=county.filler)
    return done.added, done.filled, done.kept
