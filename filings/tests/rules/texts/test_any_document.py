"""Properties of rules that compare with known facts, on any two documents."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from filings.document.content import FilingDocument
from filings.document.links import Links
from filings.rules.engine import run
from filings.rules.finding import KnownFacts, LastYear, RuleContext, RuleFinding
from filings.rules.texts.coverage import cover_duties, covered_count
from filings.tests.rules.documents import EDITION
from filings.tests.strategies import documents

CODES = ("H2", "H3", "H4", "H5", "H6", "Y1", "Y2", "Y3")
RULES_ONLY = replace(EDITION, rules=dict.fromkeys(CODES, "warning"))
NAMES = ("部门", "职能部门", "绩效目标", "东县委组织部财", "")


def run_rules(document: FilingDocument, before: FilingDocument) -> tuple[RuleFinding, ...]:
    known = KnownFacts(NAMES[1], NAMES, LastYear(before, EDITION), links=Links(duties={"r1": ("d1", "d7")}))
    results = run(document, RULES_ONLY, known)
    assert results.failures == ()
    covered_count(cover_duties(RuleContext(document, RULES_ONLY, known)))
    return results.findings


def spaced(document: FilingDocument) -> FilingDocument:
    """Insert blanks around every full stop."""
    duties = tuple(replace(duty, text=duty.text.replace("。", " 。 ")) for duty in document.duties)
    goals = tuple(goal.replace("。", " 。 ") for goal in document.goals)
    return replace(document, duties=duties, goals=goals)


@settings(max_examples=30, deadline=None)
@given(documents(EDITION), documents(EDITION), st.booleans())
def test_no_rule_fails_on_any_two_documents(now: FilingDocument, before: FilingDocument, same: bool) -> None:
    findings = run_rules(now, now if same else before)
    assert all(finding.message.endswith("。") for finding in findings)
    assert not (same and [finding for finding in findings if finding.code in ("Y1", "Y2", "Y3")])


@settings(max_examples=30, deadline=None)
@given(documents(EDITION))
def test_blanks_change_nothing(document: FilingDocument) -> None:
    plain = [(finding.code, finding.places) for finding in run_rules(document, document)]
    assert [(finding.code, finding.places) for finding in run_rules(spaced(document), document)] == plain


@settings(max_examples=30, deadline=None)
@given(documents(EDITION), documents(EDITION))
def test_the_order_of_rows_changes_nothing(now: FilingDocument, before: FilingDocument) -> None:
    backwards = replace(now, indicators=now.indicators[::-1])
    codes = ("H4", "H5")
    forwards = {(finding.code, finding.places) for finding in run_rules(now, before) if finding.code in codes}
    assert {
        (finding.code, finding.places) for finding in run_rules(backwards, before) if finding.code in codes
    } == forwards
