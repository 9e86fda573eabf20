"""The stored texts at the places of one save: read at once, changed one by one, written back at once."""

from collections.abc import Iterable

from filings.document import money
from filings.document.content import LONGEST_AMOUNT, LONGEST_FIELD, LONGEST_PROSE
from filings.document.edition import Edition
from filings.document.place import Place
from filings.document.target import LONGEST as LONGEST_TARGET
from filings.drafts.content import understood
from filings.models import BudgetAmount, DraftText, Duty, Filing, Indicator, IndicatorNode

_LONGEST = {"name": LONGEST_FIELD, "target": LONGEST_TARGET}
_UNDERSTOOD = ("kind", "comparator", "number", "unit")


class Desk:
    """A fixed number of queries, however many places there are."""

    def __init__(self, filing: Filing, edition: Edition, places: Iterable[Place]) -> None:
        self._filing = filing
        self._edition = edition
        asked = list(places)
        keys = {section: {at.key for at in asked if at.section == section} for section in ("amounts", "duties")}
        rows = {at.key for at in asked if at.section == "indicators"}
        texts = {str(at) for at in asked if at.section in ("fields", "goals")}
        self._texts = {row.place: row for row in filing.texts.filter(place__in=texts)} if texts else {}
        self._amounts = {row.line: row for row in filing.amounts.filter(line__in=keys["amounts"])}
        self._duties = {row.key: row for row in filing.duties.filter(key__in=keys["duties"])}
        self._indicators = {row.key: row for row in filing.indicators.filter(key__in=rows)} if rows else {}
        self._nodes: dict[str, IndicatorNode] = {}
        if any(at.column == "node" for at in asked):
            self._nodes = {node.key: node for node in filing.cycle.edition.nodes.filter(parent__isnull=False)}
        self._changed: dict[Place, DraftText | BudgetAmount | Duty | Indicator] = {}

    def has(self, at: Place) -> bool:
        """Whether the form has such a cell; its row may have been removed."""
        match at.section:
            case "fields":
                return at.key in self._edition.field_keys and not at.column
            case "goals":
                return at.key == "0" and not at.column
            case "amounts":
                return any(line.key == at.key for line in self._edition.lines) and not at.column
            case "duties":
                return at.column == "text"
            case "indicators":
                return at.column in ("name", "target", "node")
        return False

    def text(self, at: Place) -> str | None:
        """What is stored in a cell, None when its row is gone."""
        match at.section:
            case "fields" | "goals":
                return self._texts[str(at)].raw if str(at) in self._texts else ""
            case "amounts":
                return self._amounts[at.key].raw if at.key in self._amounts else ""
            case "duties":
                return self._duties[at.key].raw if at.key in self._duties else None
        row = self._indicators.get(at.key)
        if row is None:
            return None
        if at.column == "node":
            return next((key for key, node in self._nodes.items() if node.pk == row.node_id), "")
        return row.name if at.column == "name" else row.target

    def longest(self, at: Place) -> int:
        """How many characters a cell takes."""
        match at.section:
            case "fields":
                return LONGEST_FIELD
            case "amounts":
                return LONGEST_AMOUNT
            case "indicators":
                return _LONGEST.get(at.column, LONGEST_FIELD)
        return LONGEST_PROSE

    def takes(self, at: Place, text: str) -> bool:
        """Whether a text is one of those that a cell offers; all but the class take any."""
        return at.column != "node" or text in self._nodes

    def put(self, at: Place, text: str) -> None:
        """Change a cell, to be written by `store`."""
        match at.section:
            case "fields" | "goals":
                row = self._texts.setdefault(str(at), DraftText(filing=self._filing, place=str(at)))
                row.raw = text
                self._changed[at] = row
            case "amounts":
                amount = self._amounts.setdefault(at.key, BudgetAmount(filing=self._filing, line=at.key))
                amount.raw, amount.fen = text, money.parse(text, self._edition.unit).fen
                self._changed[at] = amount
            case "duties":
                self._duties[at.key].raw = text
                self._changed[at] = self._duties[at.key]
            case _:
                self._changed[Place(at.section, at.key)] = self._put_in_row(self._indicators[at.key], at.column, text)

    def store(self) -> None:
        """Write what was changed, in one statement for each kind of row and nothing for those that did not change."""
        texts = [row for row in self._changed.values() if isinstance(row, DraftText)]
        amounts = [row for row in self._changed.values() if isinstance(row, BudgetAmount)]
        duties = [row for row in self._changed.values() if isinstance(row, Duty)]
        indicators = [understood(row) for row in self._changed.values() if isinstance(row, Indicator)]
        DraftText.objects.bulk_create([row for row in texts if not row.pk])
        DraftText.objects.bulk_update([row for row in texts if row.pk], ["raw"])
        BudgetAmount.objects.bulk_create([row for row in amounts if not row.pk])
        BudgetAmount.objects.bulk_update([row for row in amounts if row.pk], ["raw", "fen"])
        Duty.objects.bulk_update(duties, ["raw"])
        Indicator.objects.bulk_update(indicators, ["name", "target", "node", *_UNDERSTOOD])

    def _put_in_row(self, row: Indicator, column: str, text: str) -> Indicator:
        if column == "name":
            row.name = text
        elif column == "target":
            row.target = text
        else:
            row.node = self._nodes[text]
        return row
