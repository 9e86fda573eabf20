"""A rule as the catalogue lists it."""

from collections.abc import Callable
from dataclasses import dataclass

from filings.choices import Criterion
from filings.rules.finding import Answer, Case


@dataclass(frozen=True)
class Rule:
    """`sentence` is what must hold, `basis` where that comes from; an edition says how severe it is.

    `limit` stands for `{limit}` in the sentence where the edition names no other.
    """

    code: str
    sentence: str
    criterion: Criterion
    basis: str
    answer: Callable[[Case], Answer]
    limit: str = ""
