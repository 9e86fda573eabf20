"""What is found in a filing, with what is known besides, what was said to it, and what is kept with a version."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from filings import drafts
from filings.checks import assessment
from filings.choices import Action, Criterion, Severity
from filings.drafts import Change
from filings.drafts.assessment import of_draft
from filings.errors import StepRefused
from filings.models import Assessment, Cycle, Filing, RuleFailure
from filings.models import Finding as StoredFinding
from filings.rules import engine
from filings.rules.catalogue import CATALOGUE
from filings.rules.finding import RuleAnswer, RuleContext
from filings.rules.rule import Rule
from filings.tests.county import County, fill, found_county, step

pytestmark = pytest.mark.django_db


@pytest.fixture
def county() -> County:
    return found_county()


def now(filing: Filing) -> assessment.Assessing:
    return of_draft(filing, drafts.load(filing))


def item(filing: Filing, code: str) -> assessment.Assessed:
    [found] = [item for item in now(filing).items if item.finding.code == code]
    return found


def with_project_money(county: County) -> Filing:
    """A table that may be submitted, with money for projects that no row speaks for: K2 asks for an explanation."""
    filing = county.filled()
    filing.amounts.filter(line="EXP.BASIC").update(raw="60", fen=60_000_000)
    filing.amounts.create(line="EXP.PROJECT", raw="40", fen=40_000_000)
    return filing


def explain(filing: Filing, text: str, county: County) -> None:
    place = f"explanations[{item(filing, 'K2').finding.identity}]"
    saved = drafts.save(filing, [Change(place, "", text)], by=county.filler, client_id=f"say-{len(text)}")
    assert saved.is_whole


def control(county: County, raw: str) -> None:
    county.cycle.control_figures.create(
        department=county.department, raw=raw, fen=int(raw) * 1_000_000, by=county.manager, at=timezone.now()
    )


def test_a_control_figure_is_known_to_the_rules(county: County) -> None:
    filing = county.filled()
    assert "B7" not in [finding.code for finding in now(filing).findings]
    control(county, "90")
    assert now(filing).known.control == Decimal(90)
    assert item(filing, "B7").stops


def test_last_years_approved_table_is_known_to_the_rules(county: County) -> None:
    filing = county.in_review()
    for name in ("supervisor_reviewer", "section_reviewer", "performance_reviewer"):
        filing = step(Action.APPROVE_STAGE, filing, getattr(county, name))
    this = county.cycle
    following = Cycle.objects.create(
        year=this.year + 1,
        edition=this.edition,
        opens_on=this.opens_on,
        deadline=this.deadline + timedelta(days=365),
        stages=this.stages,
    )
    new = drafts.start(following, county.department)[0]
    before = now(new).known.last_year
    assert before is not None
    assert [row.name for row in before.document.indicators] == ["接收档案", "查阅人次"]


def test_other_departments_names_are_known_and_the_own_one(county: County) -> None:
    known = now(county.filled()).known
    assert (known.department, known.departments) == ("县档案馆", ("县委办公室", "县教育局"))


def test_a_draft_and_what_is_known_take_one_question(county: County, django_assert_num_queries: object) -> None:
    filing = county.filled()
    with django_assert_num_queries(1):  # type: ignore[operator]
        of_draft(filing, drafts.load(filing))


def test_an_explanation_goes_with_the_finding_as_long_as_it_is_the_same(county: County) -> None:
    filing = with_project_money(county)
    assert (now(filing).asked, now(filing).explained) == (1, 0)
    explain(filing, "项目经费用于新馆搬迁", county)
    assert item(filing, "K2").explanation == "项目经费用于新馆搬迁"
    assert (now(filing).asked, now(filing).explained) == (1, 1)
    filing.amounts.filter(line="EXP.PROJECT").update(raw="40.004", fen=40_004_000)
    assert item(filing, "K2").explanation == ""


def test_a_submission_keeps_what_was_found_and_said(county: County) -> None:
    filing = with_project_money(county)
    explain(filing, "项目经费用于新馆搬迁", county)
    found = now(filing)
    filing = step(Action.SUBMIT, filing, county.filler)
    revision = filing.revisions.get()
    stored = list(StoredFinding.objects.filter(revision=revision))
    assert [(one.code, one.severity, one.identity, one.message) for one in stored] == [
        (one.code, one.severity, one.identity, one.message) for one in found.findings
    ]
    [said] = [one for one in stored if one.code == "K2"]
    assert (said.explanation, said.asks, said.places) == (
        "项目经费用于新馆搬迁",
        True,
        ["amounts[EXP.PROJECT]", "nodes[OUT.COST]"],
    )
    kept = Assessment.objects.get(revision=revision)
    assert (kept.errors, kept.warnings, kept.advice, kept.asked, kept.explained) == (
        0,
        found.count(Severity.WARNING),
        found.count(Severity.ADVICE),
        1,
        1,
    )


def test_an_explanation_stays_with_the_row_in_the_next_version(county: County) -> None:
    filing = with_project_money(county)
    explain(filing, "项目经费用于新馆搬迁", county)
    filing = step(Action.SUBMIT, filing, county.filler)
    filing = step(Action.SEND_BACK, filing, county.head, reason="再看")
    filing.indicators.filter(key="i0").update(target="≥600卷")
    filing = step(Action.SUBMIT, filing, county.filler)
    second = StoredFinding.objects.get(revision=filing.revisions.get(number=2), code="K2")
    assert second.explanation == "项目经费用于新馆搬迁"


def test_what_came_to_be_known_since_stops_the_next_step(county: County) -> None:
    filing = county.signing()
    control(county, "90")
    with pytest.raises(StepRefused, match="1 项阻断：资金总额"):
        step(Action.SIGN, filing, county.head)
    assert Filing.objects.get(pk=filing.pk).status == "signing"


def test_what_rows_speak_for_by_hand_is_known_and_kept(county: County) -> None:
    filing = county.filled()
    changes = [Change("links[i0].money", "", "EXP.BASIC"), Change("links[i1].duties", "", "d1")]
    assert drafts.save(filing, changes, by=county.filler, client_id="link-0001").is_whole
    links = now(filing).known.links
    assert (links.money, links.duties) == ({"i0": "EXP.BASIC"}, {"i1": ("d1",)})
    filing = step(Action.SUBMIT, filing, county.filler)
    kept = Assessment.objects.get(revision__filing=filing)
    assert kept.links == {"i0": {"money": "EXP.BASIC"}, "i1": {"duties": "d1"}}
    assert assessment.again(filing.revisions.get()).known.links == links


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("links[i0].money", "EXP.NOTHING"),
        ("links[i0].duties", "d1 d9"),
        ("links[nobody].money", "EXP.BASIC"),
        ("links[i0].colour", "EXP.BASIC"),
        ("explanations[K2]", "甲"),
        ("explanations[K2-0123456789abcdef]", "甲" * 1001),
    ],
)
def test_what_no_page_sends_beside_the_table_is_refused(county: County, place: str, text: str) -> None:
    filing = county.filled()
    saved = drafts.save(filing, [Change(place, "", text)], by=county.filler, client_id="made-up-1")
    assert [refusal.change.place for refusal in saved.refusals] == [place]
    assert not filing.texts.filter(place=place).exists()


def broken(case: RuleContext) -> RuleAnswer:
    raise ZeroDivisionError(case.document.department)


def test_a_rule_that_breaks_is_told_to_managers_and_holds_up_nobody(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    filing = county.filled()
    whole = now(filing).findings
    rule = Rule("H1", "坏的规则。", Criterion.COMPLETENESS, "试验", broken)
    sound = tuple(replace(rule, code=one.code, answer=one.answer) for one in CATALOGUE if one.code != "H1")
    monkeypatch.setattr(engine, "CATALOGUE", (rule, *sound))
    for _ in range(2):
        assert [one.identity for one in now(filing).findings] == [one.identity for one in whole]
    failure = RuleFailure.objects.get()
    assert (failure.code, failure.count, failure.filing) == ("H1", 2, filing)
    assert "ZeroDivisionError: 县档案馆" in failure.error
    assert step(Action.SUBMIT, filing, county.filler).status == "signing"


def test_a_draft_that_says_nothing_is_all_to_be_done(county: County) -> None:
    filing = county.started()
    assert now(filing).verdict.startswith("还不能提交：")
    fill(filing)
    assert now(filing).verdict.startswith("可以提交：0 项阻断，")
