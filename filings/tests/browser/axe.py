"""Run axe-core in a page and report accessibility violations as text.

axe-core is in vendor/ and never served. Playwright injects it, which the content security policy does not restrict.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

VENDORED = Path(__file__).parent / "vendor" / "axe.min.js"
_RUN = "axe.run(document, {resultTypes: ['violations']}).then(result => result.violations)"


@dataclass(frozen=True)
class AxeViolation:
    """One element that violates one rule; `target` is axe's selector for it."""

    rule: str
    impact: str
    target: str
    summary: str

    def __str__(self) -> str:
        return f"{self.rule} ({self.impact}) at {self.target}\n{self.summary}"


def all_violations(page: Page) -> list[AxeViolation]:
    """Return the violations of the current page, of any impact."""
    page.evaluate(_source())
    return [violation for broken in page.evaluate(_RUN) for violation in _violations(broken)]


def without_known(
    page: Page, violations: list[AxeViolation], known: Mapping[str, str]
) -> tuple[list[AxeViolation], set[str]]:
    """Split violations into the unknown ones and the rules of the known ones; `known` maps rules to selectors."""
    is_known = "([target, selector]) => document.querySelector(target).matches(selector)"
    others, met = [], set()
    for violation in violations:
        if violation.rule in known and page.evaluate(is_known, [violation.target, known[violation.rule]]):
            met.add(violation.rule)
        else:
            others.append(violation)
    return others, met


def _violations(broken: dict[str, Any]) -> Iterator[AxeViolation]:
    for node in broken["nodes"]:
        # One part per frame or shadow root; the pages have neither.
        target = " ".join(str(step) for step in node["target"])
        yield AxeViolation(broken["id"], node["impact"], target, node["failureSummary"])


@cache
def _source() -> str:
    return VENDORED.read_text(encoding="utf-8")
