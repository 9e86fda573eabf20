"""The whole of a draft, read as typed or in normal form. How one begins: beginning.py; saves: saving.py."""

from dataclasses import dataclass
from functools import cached_property

from filings.document import content, numerals
from filings.document.content import FilingDocument, compose
from filings.document.edition import Edition
from filings.drafts import stored
from filings.drafts.stored import Stored
from filings.models import Filing


@dataclass(frozen=True)
class Draft:
    """A draft on its form. `raw` is as typed, blank rows included, rows without a class last."""

    edition: Edition
    year: int
    stored: Stored

    @cached_property
    def raw(self) -> FilingDocument:
        return self.stored.document(self.edition, self.year)

    @cached_property
    def document(self) -> FilingDocument:
        """The normal form: what is frozen, checked and printed. A duty that is only a numeral is a blank row."""
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
    """The draft as it is stored now."""
    return Draft(filing.cycle.edition.definition(), filing.cycle.year, stored.read(filing))


def document(filing: Filing) -> FilingDocument:
    """The draft in normal form."""
    return load(filing).document


def raw(filing: Filing) -> FilingDocument:
    """The draft as typed, blank rows included."""
    return load(filing).raw


def _without_blanks(duties: tuple[content.DutyRow, ...]) -> list[tuple[str, str]]:
    """(row key, text) of the duties that say something, counted on where a blank one stood between them."""
    kept = [(duty.key, duty.text.strip()) for duty in duties if not _is_blank(duty.text.strip())]
    texts = [text for _, text in kept]
    if len(kept) < len(duties) and numerals.are_consecutive([duty.text for duty in duties]):
        texts = numerals.renumber(texts)
    return [(key, text) for (key, _), text in zip(kept, texts, strict=True)]


def _is_blank(text: str) -> bool:
    numeral = numerals.leading_numeral(text)
    return not text or (numeral is not None and numeral.length == len(text))
