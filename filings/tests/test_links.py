"""Every address is linked or posted to from another page, so that no page can only be reached by typing its address."""

import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import URLPattern

from filings.actions.table import ACTIONS
from filings.models import Cycle
from filings.urls import urlpatterns
from filings.views import cycle_choice
from filings.views.setup.steps import LABELS, address

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parents[2]
_LINK = re.compile(r"""{% url ['"](\w+)['"]""")
_REVERSED = re.compile(r"""reverse\(\s*"(\w+)\"""")
_TEMPLATE = re.compile(r'"(filings/[\w/]+\.html)"')

# Addresses that no page links to, with how they are reached.
NOT_LINKED = {
    "board_reminded": "opens after reminders have been sent",
    "fill_suggestions": "requested by the script of the fill-in page",
}


def links_of_templates() -> dict[str, set[str]]:
    """Map each template to the names of the addresses in it."""
    folder = ROOT / "templates"
    paths = sorted(folder.rglob("*.html"))
    return {str(path.relative_to(folder)): set(_LINK.findall(path.read_text(encoding="utf-8"))) for path in paths}


def links_of_views() -> set[str]:
    """Return the names of the addresses that Python code puts into pages and messages."""
    paths = (path for path in (ROOT / "filings").rglob("*.py") if "tests" not in path.parts)
    names = {name for path in paths for name in _REVERSED.findall(path.read_text(encoding="utf-8"))}
    pages = {page.name for page in vars(cycle_choice).values() if isinstance(page, cycle_choice.CyclePage)}
    groups = (cycle_choice.OVERSIGHT, cycle_choice.MANAGEMENT)
    todo = {group.page for action in ACTIONS.values() for group in action.todo}
    return names | pages | {page.name for group in groups for page in group} | todo


def own_templates(pattern: URLPattern) -> set[str]:
    """Return the templates that the view of an address names itself."""
    return set(_TEMPLATE.findall(inspect.getsource(inspect.unwrap(pattern.callback))))


def unreachable(patterns: list[URLPattern]) -> Iterator[str]:
    """Yield the names of the addresses that no page but their own links to."""
    templates, views = links_of_templates(), links_of_views()
    steps = {address(step, Cycle(pk=1)) for step in LABELS}
    for pattern in patterns:
        own = own_templates(pattern)
        is_linked = any(pattern.name in names for template, names in templates.items() if template not in own)
        is_step = "/" + str(pattern.pattern).replace("<int:cycle_id>", "1") in steps
        if not (is_linked or is_step or pattern.name in views):
            yield str(pattern.name)


def test_every_address_is_linked_from_another_page() -> None:
    assert sorted(unreachable(urlpatterns)) == sorted(NOT_LINKED)


def test_an_address_that_only_its_own_page_links_to_is_found() -> None:
    def lonely(request: object) -> str:
        return "filings/lonely.html"

    lonely_page = URLPattern(urlpatterns[0].pattern, lonely, name="lonely")
    assert list(unreachable([lonely_page])) == ["lonely"]
