"""Call the JavaScript modules of the program from one of its pages."""

import json
from collections.abc import Sequence
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page


def answers(page: Page, module: str, expression: str, inputs: Sequence[Any]) -> list[Any]:
    """Evaluate an expression of `of` (the module) and `it` (an input) for each input.

    Inputs and results are sent as JSON in ASCII, which preserves lone surrogates.
    """
    script = f"""async (inputs) => {{
      const of = await import("/static/js/{module}");
      return JSON.stringify(JSON.parse(inputs).map((it) => {expression}));
    }}"""
    results: list[Any] = json.loads(page.evaluate(script, json.dumps(inputs)))
    return results


def examples(strategy: st.SearchStrategy[Any], count: int) -> list[Any]:
    """Return the same examples of a strategy at each run, normalized by JSON, which joins surrogate pairs."""
    collected: list[Any] = []

    @settings(
        max_examples=count,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def collect(example: Any) -> None:
        collected.append(json.loads(json.dumps(example)))

    collect()
    return collected
