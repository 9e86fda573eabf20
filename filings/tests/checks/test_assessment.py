"""Findings of drafts and revisions with their context, explanations and stored results."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from filings import drafts
from filings.checks import assessment
from filings.choices import Action, Criterion, Severity
from filings.document.place import Place
from filings.drafts import Change
from filings.drafts.assessment import assess_draft
from filings.errors import StepRefused
from filings.lifecycle import waivers
from filings.models import Assessment, ControlFigure, Cycle, Filing, RuleFailure, Waiver
from filings.models import Finding as StoredFinding
from filings.rules import engine
from filings.rules.catalogue import CATALOGUE
from filings.rules.finding import RuleAnswer, RuleContext, worded_part
from filings.rules.rule import Rule
from filings.tests.county import County, fill, found_county, step

pytestmark = pytest.mark.django_db


@pytest.fixture
def county() -> County:
    return found_county()


def assess(filing: Filing) -> assessment.FilingAssessment:
    return assess_draft(filing, drafts.load(filing))


def item(filing: Filing, code: str) -> assessment.AssessedFinding:
    [match] = [item for item in assess(filing).items if item.finding.code == code]
    return match


def with_project_money(county: County) -> Filing:
    """Return a draft without errors with project money and no cost indicator: K2 needs an explanation."""
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


def test_rules_know_the_control_figure(county: County) -> None:
    filing = county.filled()
    assert "B7" not in [finding.code for finding in assess(filing).findings]
    control(county, "90")
    assert assess(filing).known.control == Decimal(90)
    assert item(filing, "B7").stops


def test_rules_know_last_years_approved_table(county: County) -> None:
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
    before = assess(new).known.last_year
    assert before is not None
    assert [row.name for row in before.document.indicators] == ["接收档案", "查阅人次"]


def test_rules_know_the_names_of_all_departments(county: County) -> None:
    known = assess(county.filled()).known
    assert (known.department, known.departments) == ("县档案馆", ("县委办公室", "县教育局"))


def test_a_draft_and_its_context_are_read_in_one_query(county: County, django_assert_num_queries: object) -> None:
    filing = county.filled()
    with django_assert_num_queries(1):  # type: ignore[operator]
        assess_draft(filing, drafts.load(filing))


def test_an_explanation_applies_to_the_same_finding_only(county: County) -> None:
    filing = with_project_money(county)
    assert (assess(filing).asked, assess(filing).explained) == (1, 0)
    explain(filing, "项目经费用于新馆搬迁", county)
    assert item(filing, "K2").explanation == "项目经费用于新馆搬迁"
    assert (assess(filing).asked, assess(filing).explained) == (1, 1)
    filing.amounts.filter(line="EXP.PROJECT").update(raw="40.004", fen=40_004_000)
    assert item(filing, "K2").explanation == ""


def test_a_submission_stores_findings_with_explanations(county: County) -> None:
    filing = with_project_money(county)
    explain(filing, "项目经费用于新馆搬迁", county)
    assessed = assess(filing)
    filing = step(Action.SUBMIT, filing, county.filler)
    revision = filing.revisions.get()
    stored = list(StoredFinding.objects.filter(revision=revision))
    assert [(item.code, item.severity, item.identity, item.message) for item in stored] == [
        (finding.code, finding.severity, finding.identity, finding.message) for finding in assessed.findings
    ]
    [explained] = [item for item in stored if item.code == "K2"]
    assert (explained.explanation, explained.asks, explained.places) == (
        "项目经费用于新馆搬迁",
        True,
        ["amounts[EXP.PROJECT]", "nodes[OUT.COST]"],
    )
    kept = Assessment.objects.get(revision=revision)
    assert (kept.errors, kept.warnings, kept.advice, kept.asked, kept.explained) == (
        0,
        assessed.count(Severity.WARNING),
        assessed.count(Severity.ADVICE),
        1,
        1,
    )


def test_an_explanation_submitted_under_an_earlier_wording_still_applies(county: County) -> None:
    filing = with_project_money(county)
    explain(filing, "项目经费用于新馆搬迁", county)
    revision = step(Action.SUBMIT, filing, county.filler).revisions.get()
    StoredFinding.objects.filter(code="K2").update(identity="K2-0123456789abcdef")
    assert assessment.assess_revision(revision).explained == 1
    StoredFinding.objects.filter(code="K2").update(numbers={"project": "1"})
    assert assessment.assess_revision(revision).explained == 0


@pytest.fixture
def rewording(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Return a function that gives all sentences of a rule another wording with the same content."""

    def reword(code: str) -> None:
        [rule] = [rule for rule in CATALOGUE if rule.code == code]

        def answer(context: RuleContext) -> RuleAnswer:
            violations = rule.answer(context)
            assert isinstance(violations, Sequence)
            return [replace(each, facts=f"另一种写法：{each.facts}") for each in violations]

        reworded = replace(rule, answer=answer)
        monkeypatch.setattr(engine, "CATALOGUE", tuple(reworded if each is rule else each for each in CATALOGUE))

    return reword


def test_the_explanation_of_a_draft_survives_a_reworded_sentence(
    county: County, rewording: Callable[[str], None]
) -> None:
    filing = with_project_money(county)
    explain(filing, "项目经费用于新馆搬迁", county)
    stored = item(filing, "K2").explanation_place
    rewording("K2")
    assert item(filing, "K2").explanation == "项目经费用于新馆搬迁"
    assert item(filing, "K2").explanation_place == stored
    filing.amounts.filter(line="EXP.BASIC").update(raw="50", fen=50_000_000)
    filing.amounts.filter(line="EXP.PROJECT").update(raw="50", fen=50_000_000)
    assert item(filing, "K2").explanation == ""


def test_explanations_and_waivers_of_earlier_versions_are_found_by_their_sentence(county: County) -> None:
    filing = with_project_money(county)
    explain(filing, "项目经费用于新馆搬迁", county)
    identity = item(filing, "K2").finding.identity
    filing.texts.filter(place=f"explanations[{identity}]").update(place=f"explanations[{worded_part(identity)}]")
    assert item(filing, "K2").explanation == "项目经费用于新馆搬迁"
    assert item(filing, "K2").explanation_place == Place("explanations", worded_part(identity))


def test_a_waiver_survives_a_reworded_sentence(county: County, rewording: Callable[[str], None]) -> None:
    """Also one of earlier versions, whose identity has only the sentence, once the finding has been submitted."""
    filing = county.filled()
    control(county, "90")
    waivers.waive(filing, item(filing, "B7").finding.identity, "已追加", by=county.manager)
    revision = step(Action.SUBMIT, filing, county.filler).revisions.get()
    rewording("B7")
    assert not assess(filing).blocking
    assert not assessment.assess_revision(revision).blocking
    for model in (Waiver, StoredFinding):
        row = model.objects.get(code="B7")
        model.objects.filter(pk=row.pk).update(identity=worded_part(row.identity))
    assert not assessment.assess_revision(revision).blocking
    ControlFigure.objects.update(raw="80", fen=80_000_000)
    assert assessment.assess_revision(revision).blocking


def test_an_explanation_is_kept_in_the_next_revision(county: County) -> None:
    filing = with_project_money(county)
    explain(filing, "项目经费用于新馆搬迁", county)
    filing = step(Action.SUBMIT, filing, county.filler)
    filing = step(Action.SEND_BACK, filing, county.head, reason="再看")
    filing.indicators.filter(key="i0").update(target="≥600卷")
    filing = step(Action.SUBMIT, filing, county.filler)
    second = StoredFinding.objects.get(revision=filing.revisions.get(number=2), code="K2")
    assert second.explanation == "项目经费用于新馆搬迁"


def test_a_later_control_figure_stops_the_next_action(county: County) -> None:
    filing = county.signing()
    control(county, "90")
    with pytest.raises(StepRefused, match="1 项须改正：资金总额"):
        step(Action.SIGN, filing, county.head)
    assert Filing.objects.get(pk=filing.pk).status == "signing"


def test_links_set_by_hand_are_known_and_stored(county: County) -> None:
    filing = county.filled()
    changes = [Change("links[i0].money", "", "EXP.BASIC"), Change("links[i1].duties", "", "d1")]
    assert drafts.save(filing, changes, by=county.filler, client_id="link-0001").is_whole
    links = assess(filing).known.links
    assert (links.money, links.duties) == ({"i0": "EXP.BASIC"}, {"i1": ("d1",)})
    filing = step(Action.SUBMIT, filing, county.filler)
    kept = Assessment.objects.get(revision__filing=filing)
    assert kept.links == {"i0": {"money": "EXP.BASIC"}, "i1": {"duties": "d1"}}
    assert assessment.assess_revision(filing.revisions.get()).known.links == links


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("links[i0].money", "EXP.NOTHING"),
        ("links[i0].duties", "d1 d9"),
        ("links[i9].money", "EXP.BASIC"),
        ("links[i0].colour", "EXP.BASIC"),
        ("explanations[K2]", "甲"),
        ("explanations[K2-0123456789abcdef]", "甲" * 1001),
    ],
)
def test_malformed_links_and_explanations_are_refused(county: County, place: str, text: str) -> None:
    filing = county.filled()
    saved = drafts.save(filing, [Change(place, "", text)], by=county.filler, client_id="made-up-1")
    assert [refusal.change.place for refusal in saved.refusals] == [place]
    assert not filing.texts.filter(place=place).exists()


def broken(case: RuleContext) -> RuleAnswer:
    raise ZeroDivisionError(case.document.department)


@pytest.fixture
def broken_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    """Replace rule H1 by one that raises an exception whose message quotes the document."""
    rule = Rule("H1", "坏的规则。", Criterion.COMPLETENESS, "试验", broken)
    monkeypatch.setattr(engine, "CATALOGUE", (rule, *(other for other in CATALOGUE if other.code != "H1")))


def test_a_rule_that_raises_is_recorded_and_stops_no_submission(county: County, request: pytest.FixtureRequest) -> None:
    filing = county.filled()
    identities = [finding.identity for finding in assess(filing).findings]
    request.getfixturevalue("broken_rule")
    for _ in range(2):
        assert [finding.identity for finding in assess(filing).findings] == identities
    failure = RuleFailure.objects.get()
    assert (failure.code, failure.count, failure.filing) == ("H1", 2, filing)
    assert "ZeroDivisionError: 县档案馆" in failure.error
    assert step(Action.SUBMIT, filing, county.filler).status == "signing"


@pytest.mark.usefixtures("broken_rule")
def test_a_failure_at_the_same_place_is_one_whatever_it_quotes(county: County) -> None:
    """The message differs with the document, the rest of the traceback does not."""
    first, second = county.filled(), drafts.start(county.cycle, county.supervising)[0]
    assess(first)
    assess(second)
    failure = RuleFailure.objects.get()
    assert (failure.count, failure.filing) == (2, second)
    assert failure.error.endswith("ZeroDivisionError: 县档案馆\n")


def test_a_blank_draft_cannot_be_submitted(county: County) -> None:
    filing = county.started()
    assert assess(filing).submission_summary() == "暂不能提交：5 项须改正"
    assert assess(filing).progress_summary() == "尚有 5 项待填"
    fill(filing)
    assert assess(filing).progress_summary() == "尚有 2 项待填"
    assert assess(filing).submission_summary().startswith("可以提交：0 项须改正，")
