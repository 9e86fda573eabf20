"""The page's own JavaScript modules, asked one by one from a page of the program."""

import json
from collections.abc import Sequence
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page


def answers(page: Page, module: str, expression: str, inputs: Sequence[Any]) -> list[Any]:
    """What an expression of `of` (the module) and `it` (one input) gives for each input. All travel at once, as JSON in
    ASCII: that alone carries lone surrogates."""
    script = f"""async (inputs) => {{
      const of = await import("/static/js/{module}");
      return JSON.stringify(JSON.parse(inputs).map((it) => {expression}));
    }}"""
    found: list[Any] = json.loads(page.evaluate(script, json.dumps(inputs)))
    return found


def examples(strategy: st.SearchStrategy[Any], count: int) -> list[Any]:
    """The same examples of a strategy at each run, as JSON carries them: two surrogates in a row are one character."""
    found: list[Any] = []

    @settings(
        max_examples=count,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def collect(example: Any) -> None:
        found.append(json.loads(json.dumps(example)))

    collect()
    return found
