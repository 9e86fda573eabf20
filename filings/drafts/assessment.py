"""Assess a draft with the context that was read together with it."""

from collections.abc import Sequence

from filings.checks import context, identities
from filings.checks.assessment import Explanation, FilingAssessment, assess
from filings.document.links import Links
from filings.document.place import explanation as explanation_place
from filings.drafts.content import Draft
from filings.models import Filing
from filings.rules.finding import RuleFinding


def assess_draft(filing: Filing, draft: Draft) -> FilingAssessment:
    """Check a draft with its explanations and links, which are stored like its cells."""
    cells = draft.stored.cells
    section = explanation_place("").section
    explanations = {
        place.key: text.strip() for place, text in cells.items() if place.section == section and text.strip()
    }
    check_context = context.from_rows(filing, draft.stored.context_rows, Links.of(cells))

    def explained(findings: Sequence[RuleFinding]) -> dict[str, Explanation]:
        keys = identities.match(findings, explanations)
        return {identity: Explanation(key, explanations[key]) for identity, key in keys.items()}

    return assess(filing, draft.document, draft.edition, check_context, explained)
