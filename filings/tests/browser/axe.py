"""axe-core at work in a page: what it finds that keeps people out, in words.

The program lives in vendor/, where nothing serves it. It gets into the page through the browser's own door, which the
page's content policy has no say in.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

VENDORED = Path(__file__).parent / "vendor" / "axe.min.js"
GRAVE = ("serious", "critical")
_RUN = "axe.run(document, {resultTypes: ['violations']}).then(found => found.violations)"


@dataclass(frozen=True)
class Fault:
    """One element that breaks one rule. `target` is axe's selector of it."""

    rule: str
    impact: str
    target: str
    summary: str

    def __str__(self) -> str:
        return f"{self.rule} ({self.impact}) at {self.target}\n{self.summary}"


def grave_faults(page: Page) -> list[Fault]:
    """Every fault of the page, as it stands, whose impact is serious or critical."""
    page.evaluate(_source())
    return [fault for broken in page.evaluate(_RUN) for fault in _faults(broken) if fault.impact in GRAVE]


def without_known(page: Page, faults: list[Fault], known: Mapping[str, str]) -> tuple[list[Fault], set[str]]:
    """The faults that are not known, and the rules of those that are: a selector by rule says which elements."""
    is_known = "([target, selector]) => document.querySelector(target).matches(selector)"
    others, met = [], set()
    for fault in faults:
        if fault.rule in known and page.evaluate(is_known, [fault.target, known[fault.rule]]):
            met.add(fault.rule)
        else:
            others.append(fault)
    return others, met


def _faults(broken: dict[str, Any]) -> Iterator[Fault]:
    for node in broken["nodes"]:
        # One step for each frame or shadow root on the way; the program's pages have neither.
        target = " ".join(str(step) for step in node["target"])
        yield Fault(broken["id"], node["impact"], target, node["failureSummary"])


@cache
def _source() -> str:
    return VENDORED.read_text(encoding="utf-8")
