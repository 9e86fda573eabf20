"""What a remark reopens besides its row."""

from decimal import Decimal

import pytest

from filings.choices import Criterion, Severity
from filings.document.bundled_editions import editions
from filings.document.content import FilingDocument, IndicatorRow
from filings.document.place import Place
from filings.reviewing.tied_places import tied_places
from filings.rules.engine import build_context
from filings.rules.finding import RuleFinding

INCOME = {f"amounts[INC.{key}]" for key in ("GENERAL", "FUND", "NONTAX", "OTHER")}
EXPENDITURE = {"amounts[EXP.BASIC]", "amounts[EXP.PROJECT]"}
COST = "indicators[c0]"
MONEY = INCOME | EXPENDITURE | {"amounts[TOTAL]", COST}


def document(edition_code: str, cost: str) -> FilingDocument:
    edition = editions()[edition_code]
    amounts = {"TOTAL": "100", "INC.GENERAL": "100", "EXP.BASIC": "60", "EXP.PROJECT": "40"}
    return FilingDocument(
        edition=edition.code,
        edition_sha256=edition.sha256,
        year=2026,
        fields={},
        amounts=amounts,
        goals=("管好县档案。",),
        indicators=(
            IndicatorRow("i0", "OUT.QTY", "产出指标", "数量指标", "接收档案", "≥500卷"),
            IndicatorRow("i1", "OUT.QTY", "产出指标", "数量指标", "查阅人次", "≥300人次"),
            IndicatorRow("c0", cost, "成本指标", "成本指标", "基本支出", "≤60万元"),
        ),
    )


def tied(*places: str, findings: tuple[RuleFinding, ...] = (), edition_code: str = "hunan-county-2022") -> set[str]:
    edition = editions()[edition_code]
    table = document(edition_code, "OUT.COST" if edition_code == "hunan-county-2022" else "COST.ECON")
    context = build_context(table, edition)
    return {str(place) for place in tied_places(map(Place.parse, places), context, findings)}


def finding(*places: str) -> RuleFinding:
    parsed = tuple(map(Place.parse, places))
    numbers: dict[str, Decimal] = {}
    return RuleFinding("T1", Severity.WARNING, parsed, "名称相近", numbers, Criterion.COMPLETENESS, "")


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        (("indicators[i0].target",), {"indicators[i0]"}),
        (("goals[0]",), {"goals[0]"}),
        (("nodes[OUT.QTY]",), {"nodes[OUT.QTY]"}),
        (("duties",), {"duties"}),
        (("amounts[INC.FUND]",), MONEY),
        (("amounts[EXP.PROJECT]",), MONEY),
        (("amounts[TOTAL]",), MONEY),
        ((COST,), {"amounts[EXP.BASIC]", COST}),
    ],
)
def test_the_budget_ties_amounts_and_cost_indicators(places: tuple[str, ...], expected: set[str]) -> None:
    assert tied(*places) == expected


def test_a_finding_at_a_remarked_row_ties_its_other_places_but_no_section() -> None:
    findings = (finding("indicators[i0].name", "indicators[i1].name", "duties"), finding("goals[0]", "duties[d1].text"))
    assert tied("indicators[i1]", findings=findings) == {"indicators[i0]", "indicators[i1]"}


def test_weights_are_tied_because_their_sum_is_fixed() -> None:
    weights = {f"indicators[{key}].weight" for key in ("i0", "i1", "c0")}
    assert tied("indicators[i0]", edition_code="standard-2024") == {"indicators[i0]"} | weights
    assert tied("goals[0]", edition_code="standard-2024") == {"goals[0]"}
