"""No page has an axe-core violation in any of its states."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.db import transaction
from playwright.sync_api import Page
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from filings.tests.browser.axe import all_violations, without_known
from filings.tests.browser.page_states import PAGES
from filings.tests.browser.page_states.site import LOGIN
from filings.tests.browser.page_visits import PageState, PageVisit
from filings.tests.county import found_county

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]

# Violations in templates and scripts of Django's admin, which would have to be copied to be fixed: select2 leaves a
# blank choice without a name, fields in table rows have no label but the column head, and one column has no head.
# By state: rule and selector.
SELECT2 = {"aria-input-field-name": ".select2 *"}
KNOWN: dict[str, dict[str, str]] = {
    "department": SELECT2,
    "person": SELECT2
    | {"label": ".tabular input", "select-name": ".tabular select", "empty-table-header": ".tabular .original"},
}


def every_state() -> Iterator[object]:
    """Yield each page in each of its states; those after the first are `thorough`."""
    for name, states_of_page in PAGES.items():
        for index, (state, show) in enumerate(states_of_page.items()):
            marks = [pytest.mark.thorough] if index else []
            yield pytest.param(name, state, show, id=f"{name.removesuffix('.html')}-{state}", marks=marks)


@pytest.fixture
def visit(page: Page, live_server: LiveServer, settings: Settings) -> PageVisit:
    # One transaction: separate writes would each wait for the disk.
    with transaction.atomic():
        return PageVisit(page, live_server.url, found_county(), settings)


@pytest.mark.parametrize(("name", "state", "show"), list(every_state()))
def test_a_page_has_no_violation(visit: PageVisit, name: str, state: str, show: PageState) -> None:
    with visit.recorded_templates():
        show(visit)
    # The first template: the browser may also request a missing icon.
    assert next((template for template in visit.rendered if template in PAGES), None) == name
    violations, known = without_known(visit.page, all_violations(visit.page), KNOWN.get(state, {}))
    assert not violations, "\n\n".join(["", *map(str, violations)])
    assert known == set(KNOWN.get(state, {}))


PLANTED = {
    "label (critical)": "hint => hint.innerHTML = '<input id=planted>'",
    "color-contrast (serious)": "hint => { hint.id = 'planted'; hint.style.color = '#999'; }",
}


@pytest.mark.parametrize("rule", PLANTED)
def test_a_planted_violation_is_reported(visit: PageVisit, rule: str) -> None:
    visit.go(LOGIN)
    assert all_violations(visit.page) == []
    visit.page.locator(".hint").evaluate(PLANTED[rule])
    (violation,) = all_violations(visit.page)
    assert str(violation).startswith(f"{rule} at #planted\nFix any of the following:\n  Element ")


def test_every_page_is_visited() -> None:
    folder = Path(configured.BASE_DIR, "templates")
    names = {str(path.relative_to(folder)) for path in folder.rglob("*.html") if not path.name.startswith("_")}
    frames = {"base.html", "plain.html", "admin/base_site.html"}
    # Printed, and offered as a file only.
    files = {"filings/letters/letter.html", "filings/letters/score_sheet.html"}
    of_django = {name for name in PAGES if name.startswith("admin/") and name not in names}
    assert names - frames - files == PAGES.keys() - of_django
