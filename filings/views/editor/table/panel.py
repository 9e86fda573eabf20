"""核对结果 next to the table: findings by what they ask for, then by section of the table, with links to their rows."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.safestring import SafeString

from filings.checks.assessment import AssessedFinding
from filings.document.edition import Edition
from filings.document.place import Place
from filings.document.sections import section_label, section_position
from filings.labels import SEVERITY
from filings.models import Filing, Remark
from filings.views.editor.table.quick_fix_button import quick_fix_html
from filings.views.table.labels import row_label
from filings.views.table.progress import to_fill_place

MOST_LINKS = 3
_ROWS = ("duties", "tasks", "indicators")
_LABELS: Mapping[str, str] = {"unanswered": "退回意见未办理", **SEVERITY, "blank": "待填", "waived": "已豁免"}
_REMARKS = "退回意见"


@dataclass(frozen=True)
class PanelLink:
    """A row or cell of the table, as the form names it, with its address on the page."""

    label: str
    href: str


@dataclass(frozen=True)
class PanelItem:
    """A line of the panel. `kind` is unanswered, a severity, blank or waived; `quick_fix` is the button's HTML.

    `more` is the number of rows that the line concerns besides `links`. Without `links`, the text itself links to
    `href`.
    """

    kind: str
    section: str
    text: str
    href: str = ""
    links: tuple[PanelLink, ...] = ()
    more: int = 0
    assessed: AssessedFinding | None = None
    quick_fix: str = ""


@dataclass(frozen=True)
class PanelGroup:
    """The lines of one kind by section of the table."""

    kind: str
    label: str
    count: int
    sections: tuple[tuple[str, tuple[PanelItem, ...]], ...]


@dataclass(frozen=True)
class FindingsPanel:
    """Builds the panel. `labels` are the accessible names of the cells, `href` gives the address of a place.

    Until the whole table is checked (`is_complete_check`), what is still to be filled in is a group of its own.
    """

    filing: Filing
    edition: Edition
    labels: Mapping[Place, str]
    href: Callable[[Place], str]
    is_complete_check: bool

    def groups(
        self, findings: Iterable[AssessedFinding], unanswered: Iterable[Remark] = (), sentences: Iterable[str] = ()
    ) -> list[PanelGroup]:
        """Group findings, remarks that wait for an answer, and further sentences that prevent a submission."""
        in_order = sorted(findings, key=lambda item: section_position(self._places(item)[0], self.edition))
        items = [*map(self._remark, unanswered), *map(self._finding, in_order)]
        texts = {item.text for item in items}
        items += [
            PanelItem("error", section_label(self._total, self.edition), text, self.href(self._total))
            for text in sentences
            if text not in texts
        ]
        kinds = [(kind, [item for item in items if item.kind == kind]) for kind in _LABELS]
        return [PanelGroup(kind, str(_LABELS[kind]), len(found), _by_section(found)) for kind, found in kinds if found]

    @property
    def _total(self) -> Place:
        return Place("amounts", self.edition.total.key)

    def _finding(self, item: AssessedFinding) -> PanelItem:
        finding, places = item.finding, self._places(item)
        section = section_label(places[0], self.edition)
        if self._is_to_fill(item):
            links = self._links(places) if places[0].section in _ROWS and places[0].key else ((), 0)
            quick_fix = quick_fix_html(self.filing, finding)
            return PanelItem("blank", section, finding.to_fill, self.href(places[0]), *links, None, quick_fix)
        kind = "waived" if item.waived else finding.severity
        quick_fix = SafeString() if item.waived else quick_fix_html(self.filing, finding)
        return PanelItem(kind, section, finding.message, "", *self._links(places), item, quick_fix)

    def _remark(self, remark: Remark) -> PanelItem:
        place = Place.parse(remark.place)
        link = PanelLink(row_label(place, self.labels, self.edition), f"#remark-{remark.pk}")
        return PanelItem("unanswered", _REMARKS, f"{remark.text}（没有修改，也没有写明不改的理由）", "", (link,))

    def _is_to_fill(self, item: AssessedFinding) -> bool:
        return item.is_to_fill and not self.is_complete_check

    def _places(self, item: AssessedFinding) -> Sequence[Place]:
        """The places that a line links to, that of its section first."""
        if self._is_to_fill(item):
            return (to_fill_place(item.finding, self.edition),)
        return item.finding.places

    def _links(self, places: Sequence[Place]) -> tuple[tuple[PanelLink, ...], int]:
        """Link to each row once; of many rows, to the first, with the number of the others."""
        first_of_row: dict[str, Place] = {}
        for place in places:
            first_of_row.setdefault(row_label(place, self.labels, self.edition), place)
        links = tuple(PanelLink(label, self.href(place)) for label, place in first_of_row.items())
        return (links, 0) if len(links) <= MOST_LINKS else (links[:1], len(links) - 1)


def _by_section(items: Iterable[PanelItem]) -> tuple[tuple[str, tuple[PanelItem, ...]], ...]:
    return tuple((section, tuple(found)) for section, found in groupby(items, key=lambda item: item.section))
