"""The list of all rules, each with its code, its sentence, and why a reviewer asks for it. The rules live beside it."""

from filings.rules.money.catalogue import MONEY
from filings.rules.targets.catalogue import TARGETS
from filings.rules.texts.catalogue import TEXTS
from filings.rules.tree.catalogue import TREE

CATALOGUE = (*MONEY, *TREE, *TARGETS, *TEXTS)
