"""Whether the indicators are still being filled in. Contains no rules."""

from filings.rules.finding import RuleContext
from filings.rules.tree.completeness import required_second_levels_have_rows, there_are_enough_rows
from filings.rules.tree.structure import required_first_levels_have_rows

_RULES = {
    "T1": required_first_levels_have_rows,
    "T2": required_second_levels_have_rows,
    "T7": there_are_enough_rows,
}


def lacks_rows(context: RuleContext) -> bool:
    """Whether rules that the edition uses miss rows: a required class has none, or there are fewer than the minimum."""
    enabled = (answer for code, answer in _RULES.items() if context.edition.rules.get(code, "off") != "off")
    answers = [answer(context) for answer in enabled]
    return any(isinstance(answer, list) and answer for answer in answers)
