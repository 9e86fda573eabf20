"""Form fields for the rules of an edition: severity, limit, and whether an explanation is required."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BoundField

from filings import labels
from filings.admin.editions.parts import Data
from filings.document import money
from filings.document.edition import Edition
from filings.rules.catalogue import CATALOGUE
from filings.rules.rule import Rule

OFF = "off"
# Nine digits before the point and four after it, the limits of edition validation.
MOST_DIGITS, MOST_DECIMALS = 13, 4
SEVERITIES: list[tuple[str, str]] = [
    *((str(severity), label) for severity, label in labels.SEVERITY.items()),
    (OFF, "关闭"),
]


@dataclass(frozen=True)
class RuleFields:
    """A rule with its bound fields; `limits` are in the order of its sentence."""

    code: str
    sentence: str
    severity: BoundField
    limits: list[BoundField]
    asks: BoundField


def fields(edition: Edition) -> dict[str, forms.Field]:
    """Build the fields of all rules of the catalogue, by name, with the edition's values."""
    fields: dict[str, forms.Field] = {}
    for rule in CATALOGUE:
        fields[f"severity-{rule.code}"] = _severity(rule, edition)
        for key, limit in rule.limits_in(edition).items():
            fields[f"limit-{key}"] = _limit(key, limit)
        fields[f"asks-{rule.code}"] = _asks(rule, edition)
    for field in fields.values():
        # The visible label is the column's header.
        field.widget.attrs["aria-label"] = field.label
    return fields


def bound_fields(form: forms.BaseForm, edition: Edition) -> list[RuleFields]:
    """List the rules with their bound fields, in the order of the catalogue."""
    return [_bound_fields(rule, form, edition) for rule in CATALOGUE]


def put(data: Data, cleaned: Mapping[str, Any], edition: Edition) -> None:
    """Write the cleaned values into the data. Unchanged values and rules unknown to the catalogue are left alone."""
    for rule in CATALOGUE:
        severity = cleaned[f"severity-{rule.code}"]
        if severity != edition.rules.get(rule.code, OFF):
            data["rules"][rule.code] = severity
        for key, limit in rule.limits_in(edition).items():
            if cleaned[f"limit-{key}"] != Decimal(limit):
                data["limits"][key] = money.plain(cleaned[f"limit-{key}"])
    explained = [rule.code for rule in CATALOGUE if cleaned[f"asks-{rule.code}"]]
    known = {rule.code for rule in CATALOGUE}
    remaining = [code for code in edition.explained if code in explained or code not in known]
    data["explained"] = [*remaining, *(code for code in explained if code not in remaining)]


def _severity(rule: Rule, edition: Edition) -> forms.Field:
    label = f"规则 {rule.code} 的程度"
    return forms.ChoiceField(label=label, choices=SEVERITIES, initial=edition.rules.get(rule.code, OFF))


def _limit(key: str, limit: str) -> forms.Field:
    return forms.DecimalField(
        label=f"规则 {key} 的数",
        initial=limit,
        min_value=0,
        max_digits=MOST_DIGITS,
        decimal_places=MOST_DECIMALS,
        widget=forms.TextInput(attrs={"size": 6, "inputmode": "decimal"}),
    )


def _asks(rule: Rule, edition: Edition) -> forms.Field:
    label = f"规则 {rule.code} 要求说明"
    return forms.BooleanField(label=label, initial=rule.code in edition.explained, required=False)


def _bound_fields(rule: Rule, form: forms.BaseForm, edition: Edition) -> RuleFields:
    return RuleFields(
        rule.code,
        rule.sentence_in(edition),
        form[f"severity-{rule.code}"],
        [form[f"limit-{key}"] for key in rule.limits_in(edition)],
        form[f"asks-{rule.code}"],
    )


def severity_label(severity: str) -> str:
    """Return the Chinese label of a severity, 「关闭」 for OFF."""
    return dict(SEVERITIES)[severity]
