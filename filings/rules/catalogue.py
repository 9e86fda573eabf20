"""All rules in the order in which they are listed. Each package has its own part of the catalogue."""

from filings.rules.last_year.catalogue import LAST_YEAR
from filings.rules.money.catalogue import MONEY
from filings.rules.targets.catalogue import TARGETS
from filings.rules.texts.catalogue import TEXTS
from filings.rules.tree.catalogue import TREE

CATALOGUE = (*MONEY, *TREE, *TARGETS, *TEXTS, *LAST_YEAR)
