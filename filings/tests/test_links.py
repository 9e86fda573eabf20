"""Every address is reached from the start page by links, so that no page can only be opened by typing its address."""

import inspect
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

import pytest
from django.urls import URLPattern, reverse

from filings.actions.table import ACTIONS
from filings.models import Cycle
from filings.urls import urlpatterns
from filings.views import cycle_choice
from filings.views.setup.steps import LABELS, address
from filings.views.submission.gate import ActionGate

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parents[2]
_LINK = re.compile(r"""{% url ['"](\w+)['"]""")
_USED = re.compile(r"""{% (?:include|extends) ['"]([\w/]+\.html)['"]""")
_REVERSED = re.compile(r"""reverse\(\s*['"](\w+)['"]""")
_TEMPLATE = re.compile(r'"(filings/[\w/]+\.html)"')
START = "todo"

# Addresses that no page links to, with how they are reached.
NOT_LINKED = {
    "fill_suggestions": "requested by the script of the fill-in page",
    "robots": "requested by search engines",
    "public_sitemap": "named in robots.txt",
}


def functions_of(view: Callable[..., Any]) -> set[FunctionType]:
    """Return the functions of the pages that a view calls, directly or not, and itself; of classes, all methods."""
    found: set[FunctionType] = set()
    waiting = [inspect.unwrap(view)]
    while waiting:
        function = waiting.pop()
        # Generated methods of dataclasses have no source.
        if isinstance(function, FunctionType) and _is_written(function) and function not in found:
            found.add(function)
            waiting += [each for used in _used_by(function) if _is_ours(used) for each in _functions_in(used)]
    return found


def _used_by(function: FunctionType) -> Iterator[Any]:
    """Yield the objects that the function names, also as attributes of modules."""
    names = set(_names(function.__code__))
    values = [function.__globals__[name] for name in names if name in function.__globals__]
    yield from values
    for module in values:
        if isinstance(module, ModuleType):
            yield from (getattr(module, name) for name in names if hasattr(module, name))


def _functions_in(value: Any) -> Iterator[Any]:
    """Yield a function, or the methods of a class."""
    if isinstance(value, type):
        for member in vars(value).values():
            yield getattr(member, "fget", getattr(member, "__func__", member))
    else:
        yield inspect.unwrap(value)


def _is_written(function: FunctionType) -> bool:
    return Path(function.__code__.co_filename).is_relative_to(ROOT / "filings")


def _names(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _names(constant)


def _is_ours(value: object) -> bool:
    is_code = isinstance(value, (FunctionType, type))
    return is_code and str(getattr(value, "__module__", "")).startswith("filings.views.")


@cache
def links_of_template(template: str) -> frozenset[str]:
    """Return the names of the addresses in a template and in the ones that it includes or extends."""
    source = (ROOT / "templates" / template).read_text(encoding="utf-8")
    used = (links_of_template(name) for name in _USED.findall(source))
    return frozenset(_LINK.findall(source)).union(*used)


def links_of_view(view: Callable[..., Any]) -> set[str]:
    """Return the names of the addresses in the templates that a view renders, and those that its functions reverse."""
    functions = functions_of(view)
    sources = [inspect.getsource(function) for function in functions]
    used = [value for function in functions for value in _used_by(function)]
    texts = [value.template if isinstance(value, ActionGate) else value for value in used]
    templates = {name for source in sources for name in _TEMPLATE.findall(source)}
    templates |= {text for text in texts if isinstance(text, str) and _TEMPLATE.fullmatch(f'"{text}"')}
    return set().union(*map(links_of_template, templates), *map(_REVERSED.findall, sources))


def links_elsewhere(patterns: list[URLPattern]) -> set[str]:
    """Return the names of the addresses that other code links to: messages, and links in the tables of the program."""
    paths = (path for path in (ROOT / "filings").rglob("*.py") if "tests" not in path.parts)
    reversed_names = Counter(name for path in paths for name in _REVERSED.findall(path.read_text(encoding="utf-8")))
    functions = set[FunctionType]().union(*(functions_of(pattern.callback) for pattern in patterns))
    of_views = Counter(name for function in functions for name in _REVERSED.findall(inspect.getsource(function)))
    todo = {group.page for action in ACTIONS.values() for group in action.todo}
    steps = {address(step, Cycle(pk=1)) for step in LABELS}
    is_step = {
        str(pattern.name) for pattern in patterns if f"/{pattern.pattern}".replace("<int:cycle_id>", "1") in steps
    }
    return set(reversed_names - of_views) | set(cycle_choice.PAGES) | todo | is_step


def unreachable(patterns: list[URLPattern], roots: set[str]) -> set[str]:
    """Return the names of the addresses to which no links lead from the start page and the roots."""
    links: Mapping[str, set[str]] = {str(pattern.name): links_of_view(pattern.callback) for pattern in patterns}
    reached: set[str] = set()
    waiting = {START, *roots}
    while waiting:
        reached |= waiting
        waiting = set().union(*(links.get(name, ()) for name in waiting)) - reached
    return set(links) - reached


def test_every_address_is_reached_by_links() -> None:
    assert unreachable(urlpatterns, links_elsewhere(urlpatterns)) == set(NOT_LINKED)


def test_pages_that_only_link_to_themselves_or_each_other_are_found() -> None:
    def alone(request: object) -> str:
        return reverse("alone")

    def first(request: object) -> str:
        return reverse("second")

    def second(request: object) -> str:
        return reverse("first")

    lonely = [URLPattern(urlpatterns[0].pattern, view, name=view.__name__) for view in (alone, first, second)]
    found = unreachable([*urlpatterns, *lonely], links_elsewhere(urlpatterns))
    assert found == {*NOT_LINKED, "alone", "first", "second"}


def test_links_are_those_of_the_page_that_a_view_renders_through_functions() -> None:
    views = {pattern.name: pattern.callback for pattern in urlpatterns}
    names = {"office", "office_create", "office_rename"}
    assert links_of_view(views["offices"]) & names == {"office", "office_create"}
    assert links_of_view(views["office_rename"]) & names == {"office_rename"}
