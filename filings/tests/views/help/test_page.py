"""The help page explains the form of the cycle; its examples pass the rules and its mistakes fail them."""

import re
from dataclasses import replace

import pytest

from filings import labels
from filings.choices import Severity, Status
from filings.document.bundled_editions import editions
from filings.document.edition import Edition
from filings.rules.engine import check
from filings.rules.example import YEAR, Example
from filings.tests.county import County
from filings.tests.rules.documents import EDITION
from filings.tests.views.conftest import ClientOf
from filings.tests.views.pages import html, words
from filings.views.help.guide import PURPOSES, STATUSES, in_year, parts_of
from filings.views.help.mistakes import MISTAKES, Mistake

EVERY_MISTAKE = [mistake for mistakes in MISTAKES.values() for mistake in mistakes]


def codes(example: Example, *, severities: tuple[Severity, ...] = tuple(Severity)) -> set[str]:
    context = example.context(EDITION)
    findings = check(context.document, context.edition, context.known)
    return {finding.code for finding in findings if finding.severity in severities}


@pytest.mark.parametrize("mistake", EVERY_MISTAKE, ids=lambda mistake: mistake.code)
def test_a_mistake_is_found_by_its_rule_and_its_correction_by_none(mistake: Mistake) -> None:
    assert mistake.code in codes(mistake.fails)
    assert codes(mistake.passes) == set()


def test_examples_of_the_page_are_the_valid_table() -> None:
    parts = {part.kind: part for part in parts_of(EDITION, YEAR)}
    rows = [row for each in parts["indicators"].classes for row in each.rows]
    document = Example().document(EDITION)
    assert rows == [(row.name, row.target) for row in document.indicators]
    assert parts["goal"].examples == document.goals
    assert parts["budget"].examples[0].endswith(document.amounts["TOTAL"])
    assert codes(Example()) == set()


@pytest.mark.parametrize("edition", editions().values(), ids=lambda edition: edition.code)
def test_every_part_of_every_edition_is_explained(edition: Edition) -> None:
    kinds = {section.kind for section in edition.sections} - {"opinion"}
    assert {part.kind for part in parts_of(edition, YEAR)} == kinds
    assert kinds <= set(PURPOSES)


def test_every_status_is_explained() -> None:
    assert set(STATUSES) == set(Status) == set(labels.STATUS)


def test_years_of_examples_follow_the_cycle() -> None:
    assert in_year("2022年11月底前，2023年1月", 2027) == "2027年11月底前，2028年1月"
    (late,) = (each for each in parts_of(EDITION, 2027)[-1].mistakes if each.code == "M8")
    assert ("2028年11月底前" in late.wrong, "2027年11月底前" in late.right) == (True, True)


def test_each_section_of_the_fill_in_page_leads_to_its_part(county: County, client_of: ClientOf) -> None:
    client = client_of(county.filler)
    page = html(client.get(f"/filings/{county.started().pk}/fill/"))
    parts = re.findall(r'class="section-help" href="/help/#(\w+)"', page)
    assert parts == [section.kind for section in EDITION.sections]
    help_page = html(client.get("/help/"))
    assert [part for part in parts if f'<section id="{part}"' not in help_page] == []


def test_contacts_are_the_reviewers_with_a_telephone(county: County, client_of: ClientOf) -> None:
    for user in (county.section_reviewer, county.supervisor_reviewer, county.manager):
        user.telephone = "5220001"
        user.save()
    page = words(client_of(county.filler).get("/help/"))
    assert f"{county.section_reviewer.name} 行政政法股 5220001 工作日" in page
    assert county.supervisor_reviewer.name not in page
    assert county.performance_reviewer.name not in page
    stranger = words(client_of(county.stranger).get("/help/"))
    assert county.section_reviewer.name not in stranger
    assert "尚未登记。请与财政局绩效股联系。" in stranger


def test_contacts_of_the_cycle_come_first(county: County, client_of: ClientOf) -> None:
    county.performance_reviewer.telephone = "5220002"
    county.performance_reviewer.save()
    county.cycle.contacts = "<b>刘洋</b>，绩效股，0734-5220000，8:30—17:30"
    county.cycle.save()
    page = client_of(county.filler).get("/help/")
    assert "<b>刘洋</b> 绩效股 0734-5220000 8:30—17:30" in words(page).replace("&lt;", "<")
    assert "<b>刘洋</b>" not in html(page)
    assert "5220002" not in words(page)


def test_without_a_cycle_the_usual_form_is_explained(county: County, client_of: ClientOf) -> None:
    county.cycle.delete()
    page = client_of(county.stranger).get("/help/")
    assert page.status_code == 200
    assert "数量指标" in words(page)


def test_a_mistake_without_its_error_would_be_noticed() -> None:
    assert replace(EVERY_MISTAKE[0], fails=Example()).code not in codes(Example())
