"""Rules of the table's prose: the duties and the goal."""

from filings.document import place
from filings.document.place import Place
from filings.rules.finding import NOT_APPLICABLE, Answer, Case, Fault


def duties_and_goal_are_filled(case: Case) -> Answer:
    """H1."""
    asked = {section.kind for section in case.edition.sections} & {"duties", "goal"}
    if not asked:
        return NOT_APPLICABLE
    faults = []
    if "duties" in asked and not case.document.duties:
        faults.append(Fault((Place("duties"),), "部门职能职责概述还没有填写。请逐条写明部门的主要职责。"))
    if "goal" in asked and not case.document.goals:
        faults.append(Fault((place.goal(),), "整体绩效目标还没有填写。请写明本年度用这些资金要达到什么目标。"))
    return faults
