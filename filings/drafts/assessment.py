"""Check a draft with what was known when it was read."""

from filings.checks import context
from filings.checks.assessment import Assessing, assess
from filings.document.links import Links
from filings.document.place import explanation as explanation_place
from filings.drafts.content import Draft
from filings.models import Filing


def of_draft(filing: Filing, draft: Draft) -> Assessing:
    """Check a draft with its explanations and links, which are stored like its cells."""
    cells = draft.stored.cells
    section = explanation_place("").section
    explanations = {place.key: text.strip() for place, text in cells.items() if place.section == section}
    given = context.of_rows(filing, draft.stored.context_rows, Links.of(cells))
    return assess(filing, draft.document, draft.edition, given, explanations)
