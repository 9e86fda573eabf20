"""The fields for remarks on the rows of the table."""

from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from filings.document.content import FilingDocument
from filings.document.edition import Edition
from filings.document.place import Place
from filings.policy.reason_codes import ReasonCode
from filings.reviewing.draft_content import DraftContent, DraftRemark
from filings.reviewing.review_draft import OlderDraft
from filings.reviewing.row_names import RowName, row_name
from filings.views.visible_version import VisibleVersion

_NO_ROW = "表中已没有的行"


@dataclass(frozen=True)
class RemarkFields:
    """The fields for remarks on the rows of a table. When the user cannot decide, only typed remarks are shown."""

    version: VisibleVersion
    content: DraftContent
    reasons: tuple[ReasonCode, ...]
    can_decide: bool
    offers_internal: bool

    def html(self, place: Place, _excerpt: str = "") -> SafeString:
        return self._html(str(place), self._named(place))

    def html_at(self, place: str) -> SafeString:
        """Write the field of a typed remark whose place the table does not have."""
        return self._html(place, RowName("", _NO_ROW))

    def _html(self, place: str, row: RowName) -> SafeString:
        remark = self.content.remarks.get(place, DraftRemark())
        if remark.is_blank and not self.can_decide:
            return SafeString()
        context = {
            "filing": self.version.filing,
            "place": place,
            "row": row,
            "remark": remark,
            "reasons": self.reasons,
            "offers_internal": self.offers_internal,
            "can_decide": self.can_decide,
        }
        return render_to_string("filings/review/_remark_field.html", context)

    def name_of(self, place: Place) -> str:
        return self._named(place).name

    def _named(self, place: Place) -> RowName:
        return row_name(place, self.version.document, self.version.edition)


def older_remarks(older: OlderDraft, edition: Edition) -> list[tuple[str, str]]:
    """List the remarks typed on an earlier revision as (name of the row there, text)."""
    document = older.revision.document()
    return [
        (_place_name(place, document, edition), remark.text)
        for place, remark in older.content.remarks.items()
        if not remark.is_blank
    ]


def _place_name(place: str, document: FilingDocument, edition: Edition) -> str:
    try:
        return row_name(Place.parse(place), document, edition).name
    except ValueError:
        return _NO_ROW
