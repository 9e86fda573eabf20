"""The explanations that a submission needs, as fields with what was typed on the page."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import QueryDict

from filings.checks.assessment import AssessedFinding
from filings.document.text import prose
from filings.forms.explanations import PREFIX


@dataclass(frozen=True)
class AskedExplanation:
    """A finding that needs an explanation: the name of its field, the stored text and the typed one."""

    item: AssessedFinding
    name: str
    typed: str

    @property
    def is_missing(self) -> bool:
        return not self.typed.strip()

    @property
    def is_unsaved(self) -> bool:
        return prose(self.typed) != prose(self.item.explanation)


def asked_explanations(items: Iterable[AssessedFinding], posted: QueryDict) -> list[AskedExplanation]:
    """List the findings that need an explanation, with the posted text in place of the stored one."""
    asked = []
    for item in items:
        if item.finding.asks and not item.waived:
            name = f"{PREFIX}-{item.explanation_place.key}"
            asked.append(AskedExplanation(item, name, str(posted.get(name, item.explanation))))
    return asked
