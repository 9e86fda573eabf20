"""The fields for remarks on the rows of the table."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from filings.document.place import Place
from filings.forms.review import LONGEST_REMARK
from filings.policy.reason_codes import ReasonCode
from filings.reviewing.draft_content import DraftContent, DraftRemark
from filings.views.review.rows import QuotedRow, quoted_rows
from filings.views.visible_version import VisibleVersion


@dataclass(frozen=True)
class RemarkFields:
    """The fields for remarks on the rows of a table. When the user cannot decide, only typed remarks are shown."""

    version: VisibleVersion
    content: DraftContent
    reasons: tuple[ReasonCode, ...]
    can_decide: bool
    offers_internal: bool

    def html(self, place: Place, excerpt: str) -> SafeString:
        return self._html(str(place), self._rows.get(place, QuotedRow(excerpt)))

    def html_at(self, place: str) -> SafeString:
        """Write the field of a typed remark whose place the table does not have."""
        return self._html(place, QuotedRow("表中已没有的行"))

    def _html(self, place: str, row: QuotedRow) -> SafeString:
        remark = self.content.remarks.get(place, DraftRemark())
        if remark.is_blank and not self.can_decide:
            return SafeString()
        context = {
            "place": place,
            "row": row,
            "remark": remark,
            "reasons": self.reasons,
            "longest": LONGEST_REMARK,
            "offers_internal": self.offers_internal,
            "can_decide": self.can_decide,
        }
        return render_to_string("filings/review/_remark_field.html", context)

    def name_of(self, place: Place) -> str:
        return self._rows[place].name if place in self._rows else ""

    @cached_property
    def _rows(self) -> Mapping[Place, QuotedRow]:
        return quoted_rows(self.version.document, self.version.edition)
