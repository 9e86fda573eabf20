"""All rules on the real table of 2022: its sums hold, and no finding is an error."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from filings.choices import Severity
from filings.document.bundled_editions import FOLDER
from filings.document.content import FilingDocument
from filings.formats import text
from filings.rules.engine import check
from filings.rules.money.budget import split_sums
from filings.table.reading import read_table
from filings.tests.rules.documents import EDITION

SAMPLE = Path(FOLDER).parent / "samples" / "2022-hengdong-organization-department.txt"


def the_founding_table() -> FilingDocument:
    return read_table.read_table(text.read(SAMPLE.read_text(encoding="utf-8")), EDITION).document


def test_no_finding_is_an_error() -> None:
    findings = check(the_founding_table(), EDITION)
    assert [finding for finding in findings if finding.severity is Severity.ERROR] == []


# Findings in the order of the table; the tests of each rule check the complete messages.
EXPECTED = [
    # The 233.00 that are neither wages nor running costs have no cost indicator.
    ("K2", "warning", "amounts[EXP.PROJECT] nodes[OUT.COST]", "项目支出 233.00 万元没有成本指标对应。"),
    # 28人 and 100% have no comparator.
    ("M5", "advice", "indicators[r1].target", "指标值「28人」没有计算符号"),
    # A phrase among quantities.
    ("M1", "warning", "indicators[r2].target", "数量指标「部门单位履职、运转」填的是「予以保障」"),
    # 278.99 + 38.14 is exactly what is spent on wages and running costs.
    (
        "K1",
        "advice",
        "indicators[r5].target indicators[r6].target amounts[TOTAL]",
        "成本指标合计 317.13 万元，恰好等于基本支出 317.13 万元，其余 233.00 万元没有成本指标对应。",
    ),
    ("M5", "advice", "indicators[r7].target", "指标值「100%」没有计算符号"),
    # Party building in companies is not an economic benefit, and 持续推进 is not a figure.
    (
        "M7",
        "warning",
        "indicators[r9].name",
        "指标「全县非公有制经济组织和社会组织党组织建设」（持续推进）放在经济效益类指标下",
    ),
]


def test_exactly_the_expected_findings() -> None:
    findings = [
        (finding.code, finding.severity.value, " ".join(map(str, finding.places)), finding.message)
        for finding in check(the_founding_table(), EDITION)
    ]
    assert [line[:3] for line in findings] == [line[:3] for line in EXPECTED]
    assert [line[3] for line in findings if not line[3].startswith(dict(_by_place(EXPECTED))[line[2]])] == []


def _by_place(expected: list[tuple[str, str, str, str]]) -> Iterator[tuple[str, str]]:
    return ((places, begins) for _, _, places, begins in expected)


def test_both_splits_add_up() -> None:
    added = split_sums(the_founding_table().amounts, EDITION)
    assert [(item.sum, item.gap) for item in added] == [(Decimal("550.13"), Decimal(0))] * 2
