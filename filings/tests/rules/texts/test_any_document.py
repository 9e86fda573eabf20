"""The rules that need more than the document, on any two documents: they break on none, and blanks change nothing."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from filings.document.content import FilingDocument
from filings.document.links import Links
from filings.rules.engine import run
from filings.rules.finding import KnownFacts, LastYear, RuleContext, RuleFinding
from filings.rules.texts.coverage import served, share
from filings.tests.rules.documents import EDITION
from filings.tests.strategies import documents

CODES = ("H2", "H3", "H4", "H5", "H6", "Y1", "Y2", "Y3")
FORM = replace(EDITION, rules=dict.fromkeys(CODES, "warning"))
NAMES = ("部门", "职能部门", "绩效目标", "东县委组织部财", "")


def told(document: FilingDocument, before: FilingDocument) -> tuple[RuleFinding, ...]:
    known = KnownFacts(NAMES[1], NAMES, LastYear(before, EDITION), links=Links(duties={"r1": ("d1", "d7")}))
    checked = run(document, FORM, known)
    assert checked.failed == ()
    share(served(RuleContext(document, FORM, known)))
    return checked.findings


def spaced(document: FilingDocument) -> FilingDocument:
    """The same with blanks around every sign of Chinese prose."""
    duties = tuple(replace(duty, text=duty.text.replace("。", " 。 ")) for duty in document.duties)
    goals = tuple(goal.replace("。", " 。 ") for goal in document.goals)
    return replace(document, duties=duties, goals=goals)


@settings(max_examples=30, deadline=None)
@given(documents(EDITION), documents(EDITION), st.booleans())
def test_no_rule_breaks_on_any_two_documents(now: FilingDocument, before: FilingDocument, same: bool) -> None:
    findings = told(now, now if same else before)
    assert all(finding.message.endswith("。") for finding in findings)
    assert not (same and [found for found in findings if found.code in ("Y1", "Y2", "Y3")])


@settings(max_examples=30, deadline=None)
@given(documents(EDITION))
def test_blanks_change_nothing(document: FilingDocument) -> None:
    plain = [(found.code, found.places) for found in told(document, document)]
    assert [(found.code, found.places) for found in told(spaced(document), document)] == plain


@settings(max_examples=30, deadline=None)
@given(documents(EDITION), documents(EDITION))
def test_the_order_of_rows_changes_nothing(now: FilingDocument, before: FilingDocument) -> None:
    backwards = replace(now, indicators=now.indicators[::-1])
    codes = ("H4", "H5")
    forwards = {(found.code, found.places) for found in told(now, before) if found.code in codes}
    assert {(found.code, found.places) for found in told(backwards, before) if found.code in codes} == forwards
