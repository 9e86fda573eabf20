"""The rules of an edition in its form: how severe each is, its number, whether it asks for an explanation."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BoundField

from filings import labels
from filings.admin.edition_parts import Data
from filings.document import money
from filings.document.edition import Edition
from filings.rules.catalogue import CATALOGUE
from filings.rules.rule import Rule

OFF = "off"
# Nine before the point and four behind it, as well_formed lets a limit have.
MOST_DIGITS, MOST_DECIMALS = 13, 4
SEVERITIES: list[tuple[str, str]] = [
    *((str(severity), label) for severity, label in labels.SEVERITY.items()),
    (OFF, "关闭"),
]


@dataclass(frozen=True)
class ShownRule:
    """A rule with its fields; `limit` is None for a rule without a number."""

    code: str
    sentence: str
    severity: BoundField
    limit: BoundField | None
    asks: BoundField


def fields(edition: Edition) -> dict[str, forms.Field]:
    """The fields of all rules of the catalogue, by name, as the edition has them."""
    found: dict[str, forms.Field] = {}
    for rule in CATALOGUE:
        found[f"severity-{rule.code}"] = _severity(rule, edition)
        if rule.limit:
            found[f"limit-{rule.code}"] = _limit(rule, edition)
        found[f"asks-{rule.code}"] = _asks(rule, edition)
    for field in found.values():
        # In a table, the words stand above the column and not beside the field.
        field.widget.attrs["aria-label"] = field.label
    return found


def shown(form: forms.BaseForm, edition: Edition) -> list[ShownRule]:
    """The rules in the order of the catalogue, for the page."""
    return [_shown(rule, form, edition) for rule in CATALOGUE]


def put(data: Data, cleaned: Mapping[str, Any], edition: Edition) -> None:
    """Write what was chosen into the data. What stays as it was is left alone, as are rules of no catalogue."""
    for rule in CATALOGUE:
        severity = cleaned[f"severity-{rule.code}"]
        if severity != edition.rules.get(rule.code, OFF):
            data["rules"][rule.code] = severity
        if rule.limit and cleaned[f"limit-{rule.code}"] != Decimal(rule.limit_in(edition)):
            data["limits"][rule.code] = money.plain(cleaned[f"limit-{rule.code}"])
    asking = [rule.code for rule in CATALOGUE if cleaned[f"asks-{rule.code}"]]
    known = {rule.code for rule in CATALOGUE}
    kept = [code for code in edition.explained if code in asking or code not in known]
    data["explained"] = [*kept, *(code for code in asking if code not in kept)]


def _severity(rule: Rule, edition: Edition) -> forms.Field:
    label = f"规则 {rule.code} 的程度"
    return forms.ChoiceField(label=label, choices=SEVERITIES, initial=edition.rules.get(rule.code, OFF))


def _limit(rule: Rule, edition: Edition) -> forms.Field:
    return forms.DecimalField(
        label=f"规则 {rule.code} 的数",
        initial=rule.limit_in(edition),
        min_value=0,
        max_digits=MOST_DIGITS,
        decimal_places=MOST_DECIMALS,
        widget=forms.TextInput(attrs={"size": 6, "inputmode": "decimal"}),
    )


def _asks(rule: Rule, edition: Edition) -> forms.Field:
    label = f"规则 {rule.code} 要求说明"
    return forms.BooleanField(label=label, initial=rule.code in edition.explained, required=False)


def _shown(rule: Rule, form: forms.BaseForm, edition: Edition) -> ShownRule:
    return ShownRule(
        rule.code,
        rule.sentence_in(edition),
        form[f"severity-{rule.code}"],
        form[f"limit-{rule.code}"] if rule.limit else None,
        form[f"asks-{rule.code}"],
    )


def severity_words(severity: str) -> str:
    """A rule's severity for people."""
    return dict(SEVERITIES)[severity]
