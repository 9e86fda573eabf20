"""States of the county in which pages look different, and inputs for the form of the fill-in page."""

from django.utils import timezone

from filings import manager_group
from filings.choices import Action, AttachmentKind, RemarkState
from filings.lifecycle import attachments
from filings.models import ControlFigure, Cycle, Department, Filing, IssuedCopy, RestorePoint, RuleFailure
from filings.tests.browser.page_visits import Fields
from filings.tests.county import County, step, submit_unexplained, with_reasons
from filings.tests.workbooks import workbook
from filings.tests.worker import work
from filings.views.counted_pages import ROWS_PER_PAGE

# One row of each kind distinguished by the preview.
FIGURES = workbook(
    ("单位编码", "单位名称", "控制数（元）"),
    (100, "县委办公室", 900_000),
    (101, "县档案馆", 850_000),
    (200, "县教育局", "待定"),
    (999, "县史志办", 10),
    (None, "合计", 1_750_010),
)
PASSWORD = "first-password-of-2022"


def first_password(county: County) -> None:
    county.filler.set_password(PASSWORD)
    county.filler.must_change_password = True
    county.filler.save()


def set_up(county: County) -> County:
    """A manager with access to the admin, and a started table."""
    manager_group.sync(county.manager)
    county.started()
    return county


def edition_in_use(county: County) -> County:
    """As set_up, with a table submitted on the edition."""
    manager_group.sync(county.manager)
    county.signing()
    return county


def many(county: County) -> None:
    """More tables than fit on one page of the list."""
    codes = range(900, 901 + ROWS_PER_PAGE)
    others = Department.objects.bulk_create(Department(code=str(code), name=f"单位{code}") for code in codes)
    Filing.objects.bulk_create(Filing(cycle=county.cycle, department=department) for department in others)


def faulty(county: County) -> Filing:
    """A draft with an error at the total and a warning at an indicator."""
    filing = county.filled()
    filing.amounts.filter(line="EXP.BASIC").update(raw="90", fen=90_000_000)
    filing.indicators.filter(key="i0").update(name="××工程")
    return filing


def submitted(county: County) -> Filing:
    return step(Action.SUBMIT, Filing.objects.get(), county.filler)


def announced(county: County) -> Filing:
    """A submitted table, of which the head has been notified."""
    filing = county.signing()
    work()
    return filing


def withdrawn(county: County) -> Filing:
    return step(Action.WITHDRAW, Filing.objects.get(), county.filler)


def with_note(county: County) -> Filing:
    """A submitted table with a note to the head."""
    return step(Action.SUBMIT, county.filled(), county.filler, note="请重点看资金部分。")


def submitted_again(county: County) -> Filing:
    """A table that was withdrawn, changed and submitted again."""
    filing = step(Action.WITHDRAW, with_note(county), county.filler)
    filing.indicators.filter(key="i0").update(target="≥900卷")
    return step(Action.SUBMIT, filing, county.filler)


def sent_back(county: County) -> Filing:
    return step(Action.SEND_BACK, county.signing(), county.head, reason="数字不对。")


def kept(county: County) -> RestorePoint:
    """A restore point of a submitted table whose amount was changed since."""
    filing = sent_back(county)
    filing.amounts.filter(line="EXP.BASIC").update(raw="90", fen=90_000_000)
    return filing.points.get()


def returned(county: County) -> Filing:
    remarks = (("amounts[TOTAL]", "请核对总额。"), ("indicators[i0]", "请写明口径。"))
    return step(Action.RETURN, county.in_review(), county.supervisor_reviewer, reason="口径不清。", remarks=remarks)


def resubmitted(county: County) -> Filing:
    """As returned; one remark led to changes, the other was answered."""
    filing = returned(county)
    filing.indicators.filter(key="i0").update(name="接收各单位档案", target="≥800卷")
    filing.remarks.filter(place="amounts[TOTAL]").update(
        answer="已与预算批复核对。", answered_by=county.filler, answered_at=timezone.now(), state=RemarkState.DECLINED
    )
    return signed(step(Action.SUBMIT, filing, county.filler), county)


def with_findings(county: County) -> Filing:
    """A table in review with a warning at an indicator."""
    filing = county.filled()
    filing.indicators.filter(key="i0").update(name="××工程", target="若干")
    return signed(step(Action.SUBMIT, filing, county.filler), county)


def signed(filing: Filing, county: County) -> Filing:
    return step(Action.SIGN, filing, county.head)


def approved(county: County) -> Filing:
    return passed(county.in_review(), county)


def issued(county: County) -> IssuedCopy:
    return approved(county).issued_copies.get()


def adjusted(county: County) -> Filing:
    """A draft that adjusts an issued copy in two rows, and has no reasons yet."""
    filing = step(Action.ADJUST, approved(county), county.filler, reason="追加预算。")
    filing.indicators.filter(key="i0").update(target="≥600卷")
    filing.texts.filter(place="goals[0]").update(raw="管好县档案。")
    return filing


def adjusted_and_submitted(county: County) -> Filing:
    return step(Action.SUBMIT, with_reasons(adjusted(county), county.filler), county.filler)


def adjusted_and_signed(county: County) -> Filing:
    return step(Action.SIGN, adjusted_and_submitted(county), county.head)


def superseded(county: County) -> IssuedCopy:
    copy = issued(county)
    filing = step(Action.ADJUST, copy.filing, county.filler, reason="追加预算。")
    filing.amounts.filter(line="TOTAL").update(raw="100.00")
    step(Action.SUBMIT, with_reasons(filing, county.filler), county.filler)
    passed(step(Action.SIGN, filing, county.head), county)
    return copy


def passed(filing: Filing, county: County) -> Filing:
    for reviewer in (county.supervisor_reviewer, county.section_reviewer, county.performance_reviewer):
        filing = step(Action.APPROVE_STAGE, filing, reviewer, reason="同意。")
    return filing


def no_change(fields: Fields) -> None:
    """Change no field."""


def an_amount(fields: Fields) -> None:
    fields[_first_amount(fields)] = "99"


def an_amount_that_was_another(fields: Fields) -> None:
    an_amount(fields)
    fields[f"initial-{_first_amount(fields)}"] = "98"


def _first_amount(fields: Fields) -> str:
    return next(name for name in fields if name.startswith("amounts-"))


def controls(county: County) -> Cycle:
    """A control figure for one department."""
    ControlFigure.objects.create(
        cycle=county.cycle,
        department=county.department,
        raw="80万元",
        fen=80_000_000,
        by=county.manager,
        at=timezone.now(),
    )
    return county.cycle


def broken_rule(county: County) -> Cycle:
    now = timezone.now()
    RuleFailure.objects.create(
        code="K1", error="x", fingerprint="y", filing=county.started(), first_at=now, last_at=now
    )
    return county.cycle


def needs_explanation(county: County) -> Filing:
    """A draft with project money but no indicator for it, which needs an explanation."""
    filing = county.filled()
    filing.amounts.filter(line="EXP.BASIC").update(raw="60", fen=60_000_000)
    filing.amounts.create(line="EXP.PROJECT", raw="40", fen=40_000_000)
    return filing


def with_project_money(county: County) -> Filing:
    """As needs_explanation, submitted."""
    return submit_unexplained(needs_explanation(county), county.filler)


def with_attachment(county: County) -> Filing:
    filing = county.started()
    attachments.add(filing, AttachmentKind.BUDGET, "预算批复.pdf", b"%PDF-1.7", by=county.filler)
    return filing
