"""The real table of 2022 through the rules: its sums hold, and no rule stops it."""

from decimal import Decimal
from pathlib import Path

from filings.choices import Severity
from filings.document.content import FilingDocument
from filings.document.shipped import FOLDER
from filings.formats import text
from filings.rules.budget import sums
from filings.rules.engine import check
from filings.table import reading
from filings.tests.rules.documents import EDITION

SAMPLE = Path(FOLDER).parent / "samples" / "2022-hengdong-organization-department.txt"


def the_founding_table() -> FilingDocument:
    return reading.read(text.read(SAMPLE.read_text(encoding="utf-8")), EDITION).document


def test_no_finding_is_an_error() -> None:
    assert [found for found in check(the_founding_table(), EDITION) if found.severity is Severity.ERROR] == []


def test_exactly_the_expected_findings() -> None:
    assert check(the_founding_table(), EDITION) == ()


def test_both_splits_add_up() -> None:
    added = sums(the_founding_table().amounts, EDITION)
    assert [(item.sum, item.gap) for item in added] == [(Decimal("550.13"), Decimal(0))] * 2
