"""The filters that format amounts for readers."""

from decimal import Decimal

import pytest
from django.template import Context, Template

pytestmark = pytest.mark.once


def rendered(filtered: str, value: Decimal | None) -> str:
    return Template("{% load amounts %}{{ value|" + filtered + " }}").render(Context({"value": value}))


@pytest.mark.parametrize(
    ("value", "figure", "wan"),
    [
        (None, "—", "未填写"),
        (Decimal(0), "0.00", "0.00 万元"),
        (Decimal("999.5"), "999.50", "999.50 万元"),
        (Decimal(12500), "12,500.00", "12,500.00 万元（1.25 亿元）"),
    ],
)
def test_figures_and_amounts_with_unit(value: Decimal | None, figure: str, wan: str) -> None:
    assert (rendered("figure", value), rendered("wan", value)) == (figure, wan)


@pytest.mark.parametrize(
    ("value", "figure", "yi"),
    [(None, "—", ""), (Decimal("9999.99"), "9,999.99", ""), (Decimal(12500), "12,500.00", "1.25 亿元")],
)
def test_amounts_of_columns(value: Decimal | None, figure: str, yi: str) -> None:
    expected = f'<span class="figure">{figure}</span> <span class="in-yi">{yi}</span>'
    assert rendered("amount", value) == expected
