"""审核规则: the rules of a cycle with examples, and for managers the rules that failed with an error."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render

from filings import labels, permissions
from filings.choices import Severity
from filings.document.edition import Edition
from filings.models import RuleFailure
from filings.rules.catalogue import CATALOGUE
from filings.rules.rule import Rule
from filings.views.access import UserRequest, cycle_or_404, demand
from filings.views.bureau import rule_examples
from filings.views.bureau.rule_examples import ExamplePair
from filings.views.cycle_choice import cycle_choice

OFF = "off"
# Titles of the groups, by the first letter of the rules' codes.
GROUPS: dict[str, str] = {
    "B": "资金",
    "K": "成本",
    "T": "指标",
    "M": "可衡量",
    "H": "文字",
    "Y": "与上年比",
}


@dataclass(frozen=True)
class ListedRule:
    """A rule as an edition uses it. `severity` is a value of `Severity` or 'off'."""

    code: str
    sentence: str
    severity: str
    severity_label: str
    asks: bool
    criterion: str
    basis: str
    examples: ExamplePair | None


@dataclass(frozen=True)
class RuleGroup:
    title: str
    rules: list[ListedRule]


@login_required
def rules(request: UserRequest, cycle_id: int) -> HttpResponse:
    """List the rules of a cycle by group."""
    permissions.prefetch_memberships(request.user)
    demand(permissions.has_post(request.user))
    cycle = cycle_or_404(cycle_id)
    listed = [_listed(rule, cycle.edition.definition()) for rule in CATALOGUE]
    may_manage = permissions.may_manage(request.user)
    context = {
        "cycle": cycle,
        "cycle_choice": cycle_choice(request, "rules", cycle),
        "groups": _grouped(listed),
        "sound": rule_examples.sound_table(),
        "may_manage": may_manage,
        "failures": RuleFailure.objects.select_related("filing__cycle", "filing__department") if may_manage else (),
    }
    return render(request, "filings/bureau/rules.html", context)


@login_required
def rules_now(request: UserRequest) -> HttpResponse:
    """Redirect to the rules of the chosen cycle."""
    demand(permissions.has_post(request.user))
    chosen = cycle_choice(request, "rules").chosen
    if chosen is None:
        messages.info(request, "没有已启动的申报批次，尚无审核规则。")
        return redirect("todo")
    return redirect("rules", chosen.pk)


def _listed(rule: Rule, edition: Edition) -> ListedRule:
    severity = edition.rules.get(rule.code, OFF)
    return ListedRule(
        rule.code,
        rule.sentence_in(edition),
        severity,
        "不启用" if severity == OFF else labels.SEVERITY[Severity(severity)],
        rule.code in edition.explained and severity == Severity.WARNING,
        labels.CRITERION[rule.criterion],
        rule.basis,
        rule_examples.example_pairs().get(rule.code),
    )


def _grouped(listed: list[ListedRule]) -> list[RuleGroup]:
    groups = [
        RuleGroup(title, [rule for rule in listed if rule.code.startswith(letter)]) for letter, title in GROUPS.items()
    ]
    others = [rule for rule in listed if rule.code[0] not in GROUPS]
    return [group for group in (*groups, RuleGroup("其他", others)) if group.rules]
