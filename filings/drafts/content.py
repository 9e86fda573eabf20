"""Read a whole draft, as typed or in normal form."""

from dataclasses import dataclass
from functools import cached_property

from filings.document import numerals
from filings.document.content import DutyRow, FilingDocument, compose
from filings.document.edition import Edition
from filings.drafts import stored_draft
from filings.drafts.stored_draft import StoredDraft
from filings.models import Filing


@dataclass(frozen=True)
class Draft:
    """A draft with its edition. `raw` is as typed, including blank rows, with unclassified rows last."""

    edition: Edition
    year: int
    stored: StoredDraft

    @cached_property
    def raw(self) -> FilingDocument:
        return self.stored.document(self.edition, self.year)

    @cached_property
    def document(self) -> FilingDocument:
        """The normal form, which is checked, printed and frozen. A duty that is only a numeral counts as blank."""
        raw = self.raw
        return compose(
            self.edition,
            year=raw.year,
            fields=raw.fields,
            amounts=raw.amounts,
            duties=_without_blanks(raw.duties),
            goals=raw.goals,
            indicators=raw.indicators,
            tasks=raw.tasks,
        )


def load(filing: Filing) -> Draft:
    """Read the draft from the database."""
    return Draft(filing.cycle.edition.definition(), filing.cycle.year, stored_draft.read(filing))


def document(filing: Filing) -> FilingDocument:
    """Read the draft in normal form."""
    return load(filing).document


def raw(filing: Filing) -> FilingDocument:
    """Read the draft as typed, including blank rows."""
    return load(filing).raw


def _without_blanks(duties: tuple[DutyRow, ...]) -> list[tuple[str, str]]:
    """Return (row key, text) of the duties that are not blank, renumbered where a blank one is left out."""
    filled = [(duty.key, duty.text.strip()) for duty in duties if not _is_blank(duty.text.strip())]
    texts = [text for _, text in filled]
    if len(filled) < len(duties) and numerals.are_consecutive([duty.text for duty in duties]):
        texts = numerals.renumber(texts)
    return [(key, text) for (key, _), text in zip(filled, texts, strict=True)]


def _is_blank(text: str) -> bool:
    numeral = numerals.leading_numeral(text)
    return not text or (numeral is not None and numeral.length == len(text))
