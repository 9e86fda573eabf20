"""The list of all rules, each with its code, its sentence, and why a reviewer asks for it. The rules live beside it."""

from filings.rules.catalogue.money import MONEY
from filings.rules.catalogue.targets import TARGETS
from filings.rules.catalogue.texts import TEXTS
from filings.rules.catalogue.tree import TREE

CATALOGUE = (*MONEY, *TREE, *TARGETS, *TEXTS)
