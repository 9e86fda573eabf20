"""The draft as a document: what stands in the rows of a filing, in normal form."""

from filings.document.content import FilingDocument, IndicatorRow, compose
from filings.document.place import Place
from filings.models import Filing, Indicator


def document(filing: Filing) -> FilingDocument:
    """The filing's draft as a document, whatever was typed."""
    texts = {Place.parse(text.place): text.raw for text in filing.texts.all()}
    goals = {place.key: raw for place, raw in texts.items() if place.section == "goals"}
    return compose(
        filing.cycle.edition.definition(),
        year=filing.cycle.year,
        fields={place.key: raw for place, raw in texts.items() if place.section == "fields"},
        amounts={amount.line: amount.raw for amount in filing.amounts.all()},
        duties=[(duty.key, duty.raw) for duty in filing.duties.all()],
        goals=[goals[key] for key in sorted(goals, key=int)],
        indicators=[_row(indicator) for indicator in filing.indicators.select_related("node")],
    )


def _row(indicator: Indicator) -> IndicatorRow:
    return IndicatorRow(
        key=indicator.key,
        node=indicator.node.key if indicator.node else None,
        first_level=indicator.found_first_level,
        second_level=indicator.found_second_level,
        name=indicator.name,
        target=indicator.target,
        more=indicator.more,
    )
