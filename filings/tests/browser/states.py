"""States of the county that pages look different in, and what is typed into the fill-in page's form."""

from filings import managers
from filings.choices import Action
from filings.models import Department, Filing, IssuedCopy, RestorePoint
from filings.tests.browser.desk import Fields
from filings.tests.county import County, step
from filings.views.overview import ROWS_A_PAGE

PASSWORD = "first-password-of-2022"


def first_password(county: County) -> None:
    county.filler.set_password(PASSWORD)
    county.filler.must_change_password = True
    county.filler.save()


def set_up(county: County) -> County:
    """With a manager whom the admin lets in, and a table under way."""
    managers.align(county.manager)
    county.started()
    return county


def many(county: County) -> None:
    """More tables than the list shows on one page."""
    codes = range(900, 901 + ROWS_A_PAGE)
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


def withdrawn(county: County) -> Filing:
    return step(Action.WITHDRAW, Filing.objects.get(), county.filler)


def sent_back(county: County) -> Filing:
    return step(Action.SEND_BACK, county.signing(), county.head, reason="数字不对。")


def kept(county: County) -> RestorePoint:
    """What was submitted, with another amount by now."""
    filing = sent_back(county)
    filing.amounts.filter(line="EXP.BASIC").update(raw="90", fen=90_000_000)
    return filing.points.get()


def returned(county: County) -> Filing:
    remarks = (("amounts[TOTAL]", "请核对总额。"), ("indicators[i0]", "请写明口径。"))
    return step(Action.RETURN, county.in_review(), county.supervisor_reviewer, reason="口径不清。", remarks=remarks)


def approved(county: County) -> Filing:
    return passed(county.in_review(), county)


def issued(county: County) -> IssuedCopy:
    return approved(county).issued_copies.get()


def superseded(county: County) -> IssuedCopy:
    copy = issued(county)
    filing = step(Action.ADJUST, copy.filing, county.filler, reason="追加预算。")
    filing.amounts.filter(line="TOTAL").update(raw="100.00")
    step(Action.SUBMIT, filing, county.filler)
    passed(step(Action.SIGN, filing, county.head), county)
    return copy


def passed(filing: Filing, county: County) -> Filing:
    for reviewer in (county.supervisor_reviewer, county.section_reviewer, county.performance_reviewer):
        filing = step(Action.PASS, filing, reviewer, reason="同意。")
    return filing


def nothing(fields: Fields) -> None:
    """The form as it came."""


def an_amount(fields: Fields) -> None:
    fields[_first_amount(fields)] = "99"


def an_amount_that_was_another(fields: Fields) -> None:
    an_amount(fields)
    fields[f"initial-{_first_amount(fields)}"] = "98"


def _first_amount(fields: Fields) -> str:
    return next(name for name in fields if name.startswith("amounts-"))
