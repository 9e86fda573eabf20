"""What a test reads on the page of the review queue."""

import re
from typing import Any

from filings.tests.views.pages import html

_TAB = re.compile(r"(待我审|已重报|我退回的|超期|全部) <span class=\"num\">(\d+)</span>")
_ROW = re.compile(r"<tr data-row>.*?<strong>(.*?)</strong>", re.DOTALL)


def tabs(answer: Any) -> dict[str, int]:
    return {label: int(count) for label, count in _TAB.findall(html(answer))}


def listed(answer: Any) -> list[str]:
    """List the departments of the rows."""
    return _ROW.findall(html(answer))
