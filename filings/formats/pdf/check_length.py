"""Report a table that is too long to print, before it is submitted and signed."""

from filings.choices import Criterion, Severity
from filings.document import canonical_json
from filings.document.content import FilingDocument
from filings.document.edition import Edition
from filings.document.place import Place
from filings.formats.pdf.write import LONGEST_DOCUMENT
from filings.rules.finding import RuleFinding

CODE = "P2"
_BASIS = "打印上限"


def check(document: FilingDocument, edition: Edition) -> tuple[RuleFinding, ...]:
    """Return a finding at the duties, usually the longest part, if the document exceeds LONGEST_DOCUMENT."""
    length = len(canonical_json.dumps(document))
    if length <= LONGEST_DOCUMENT:
        return ()
    facts = f"全表连同格式共 {length} 个字符，最多能打印 {LONGEST_DOCUMENT} 个。"
    advice = "请缩短职责和指标的文字。"
    place = Place("duties")
    return (RuleFinding(CODE, Severity.ERROR, (place,), facts, {}, Criterion.COMPLETENESS, _BASIS, advice=advice),)
