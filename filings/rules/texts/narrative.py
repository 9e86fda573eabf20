"""Rule H1: duties and goal are filled in."""

from filings.document import place
from filings.document.place import Place
from filings.document.text import bare
from filings.rules.finding import NOT_APPLICABLE, RuleAnswer, RuleContext, Violation


def duties_and_goal_are_filled(context: RuleContext) -> RuleAnswer:
    """Check H1. Only sections that the edition has are required."""
    required = {section.kind for section in context.edition.sections} & {"duties", "goal"}
    if not required:
        return NOT_APPLICABLE
    labels = {section.kind: bare(section.label) for section in context.edition.sections}
    violations = []
    if "duties" in required and not context.document.duties:
        violations.append(
            Violation(
                (Place("duties"),),
                f"{labels['duties']}尚未填写。",
                advice="请逐条写明部门的主要职责。",
                to_fill=f"{labels['duties']}未填写",
            )
        )
    if "goal" in required and not context.document.goals:
        facts, advice = f"{labels['goal']}尚未填写。", "请写明本年度资金支出要达到的目标。"
        violations.append(Violation((place.goal(),), facts, advice=advice, to_fill=f"{labels['goal']}未填写"))
    return violations
