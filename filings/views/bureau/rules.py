"""审核规则: what every table of a cycle is checked for, with examples; and for managers, which rules broke."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render

from filings import labels, permissions
from filings.choices import Severity
from filings.document.edition import Edition
from filings.models import Cycle, RuleFailure
from filings.rules.catalogue import CATALOGUE
from filings.rules.rule import Rule
from filings.views.access import UserRequest, cycle_or_404, demand
from filings.views.bureau import rule_examples
from filings.views.bureau.rule_examples import ExamplePair

OFF = "off"
# By the letter that the codes begin with: the parts of the table that they are about.
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
    """A rule as an edition has it. `severity` is a word of choices or 'off'."""

    code: str
    sentence: str
    severity: str
    severity_words: str
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
    permissions.prefetch_memberships(request.user)
    demand(permissions.has_post(request.user))
    cycle = cycle_or_404(cycle_id)
    listed = [_listed(rule, cycle.edition.definition()) for rule in CATALOGUE]
    may_manage = permissions.may_manage(request.user)
    context = {
        "cycle": cycle,
        "groups": _grouped(listed),
        "sound": rule_examples.sound(),
        "may_manage": may_manage,
        "failures": RuleFailure.objects.select_related("filing__cycle", "filing__department") if may_manage else (),
    }
    return render(request, "filings/bureau/rules.html", context)


@login_required
def rules_now(request: UserRequest) -> HttpResponse:
    """The rules of the newest cycle."""
    demand(permissions.has_post(request.user))
    newest = Cycle.objects.first()
    if newest is None:
        messages.info(request, "还没有申报批次，所以还没有审核规则。")
        return redirect("todo")
    return redirect("rules", newest.pk)


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
        rule_examples.pairs().get(rule.code),
    )


def _grouped(listed: list[ListedRule]) -> list[RuleGroup]:
    groups = [
        RuleGroup(title, [one for one in listed if one.code.startswith(letter)]) for letter, title in GROUPS.items()
    ]
    others = [one for one in listed if one.code[0] not in GROUPS]
    return [group for group in (*groups, RuleGroup("其他", others)) if group.rules]
