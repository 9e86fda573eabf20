"""Rules of the table's prose: the duties and the goal."""

from filings.document import place
from filings.document.place import Place
from filings.document.text import bare
from filings.rules.finding import NOT_APPLICABLE, Answer, RuleContext, Violation


def duties_and_goal_are_filled(case: RuleContext) -> Answer:
    """H1."""
    asked = {section.kind for section in case.edition.sections} & {"duties", "goal"}
    if not asked:
        return NOT_APPLICABLE
    labels = {section.kind: bare(section.label) for section in case.edition.sections}
    faults = []
    if "duties" in asked and not case.document.duties:
        faults.append(Violation((Place("duties"),), f"{labels['duties']}还没有填写。请逐条写明部门的主要职责。"))
    if "goal" in asked and not case.document.goals:
        message = f"{labels['goal']}还没有填写。请写明本年度用这些资金要达到什么目标。"
        faults.append(Violation((place.goal(),), message))
    return faults
