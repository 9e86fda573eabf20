"""Judge the founding table with one label in another wording: whole, or wrong somewhere without a warning."""

from collections.abc import Iterator, Mapping
from typing import Any

from filings.tests.corpus.judge import judge
from filings.tests.corpus.labels import reworded, variants
from filings.tests.founding import EDITION, founding_document


def judge_labels() -> Iterator[tuple[str, str, bool, bool]]:
    """Yield label, wording, whether everything is read, and whether something is wrong without a warning."""
    right = _right()
    for label, wording in variants():
        score = judge([reworded(label, wording)], [right], [EDITION])
        yield label, wording, score.right == score.expected, bool(score.wrong)


def _right() -> Mapping[str, Any]:
    """Return the founding document as the composed tables have theirs."""
    document = founding_document()
    canonical = {node.key: node.canonical for _, node in EDITION.leaves()}
    amounts = dict(document.amounts)
    return {
        "fields": document.fields,
        "total": amounts.pop("TOTAL"),
        "amounts": amounts,
        "duties": [duty.text for duty in document.duties],
        "goal": document.goal,
        "indicators": [
            {"name": row.name, "target": row.target, "node": canonical[row.node]}
            for row in document.indicators
            if row.node
        ],
    }
