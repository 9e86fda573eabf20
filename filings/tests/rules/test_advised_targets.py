"""No rule objects to a target that the program shows as an example: workbook form and indicator library."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings

from filings.document import place
from filings.document.content import IndicatorRow
from filings.formats.workbook_form import help_sheet
from filings.rules.engine import check
from filings.tests.founding import EDITION, founding_document

YEAR = 2022
# By purpose: class and name of an indicator for which the example is meant.
INDICATORS = {
    "比率、满意度": ("BEN.SAT", "社会公众满意度"),
    "成本、支出": ("OUT.COST", "保障人员经费"),
    "数量": ("OUT.QTY", "财政供养人员"),
    "时间": ("OUT.TIME", "各项工作完成时间"),
    "不便用数字表示的": ("OUT.QUAL", "信访事项办结情况"),
}
LIBRARY = json.loads(Path(settings.BASE_DIR, "fixtures/library/demonstration.json").read_text(encoding="utf-8"))
ENTRIES = [
    (entry["canonical"], entry["name"], value) for entry in LIBRARY["entries"] for value in entry.get("values", ())
]


def objections(canonical: str, name: str, target: str) -> list[str]:
    """Return the messages about the row in the founding table without amounts, with which its costs are compared."""
    node = next((second.key for _, second in EDITION.leaves() if second.canonical == canonical), None)
    document = founding_document()
    row = IndicatorRow("example", node, "", "", name, target)
    document = replace(document, amounts={}, indicators=(*document.indicators, row))
    places = {place.indicator("example"), place.indicator("example", "target")}
    return [finding.message for finding in check(document, EDITION) if places & set(finding.places)]


@pytest.mark.parametrize(("purpose", "value"), help_sheet.examples(YEAR))
def test_no_rule_objects_to_examples_of_the_workbook_form(purpose: str, value: str) -> None:
    assert objections(*INDICATORS[purpose], value) == []


def test_no_rule_objects_to_values_of_the_library() -> None:
    found = {entry: objections(*entry) for entry in ENTRIES}
    assert {entry: messages for entry, messages in found.items() if messages} == {}


@pytest.mark.parametrize("value", ["28人", "持续提升"])
def test_the_rules_object_to_earlier_examples(value: str) -> None:
    assert objections("OUT.QTY", "财政供养人员", value)
