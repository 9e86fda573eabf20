"""A table that is too long to be printed is reported while it can still be shortened."""

from dataclasses import replace

from filings.checks import run as checks
from filings.document import canonical_json
from filings.document.content import LONGEST_PROSE, MOST_DUTIES, DutyRow
from filings.document.place import Place
from filings.formats.pdf.write import LONGEST_DOCUMENT
from filings.tests.founding import EDITION, founding_document


def test_a_table_longer_than_can_be_printed_cannot_be_submitted() -> None:
    duties = tuple(DutyRow(f"d{number}", "责" * LONGEST_PROSE) for number in range(MOST_DUTIES))
    document = replace(founding_document(), duties=duties)
    (finding,) = checks.errors(checks.check(document, EDITION))
    assert (finding.code, finding.places) == ("P2", (Place("duties"),))
    assert f"共 {len(canonical_json.dumps(document))} 个字符，最多能打印 {LONGEST_DOCUMENT} 个" in finding.message


def test_a_table_of_the_greatest_length_can_be_submitted() -> None:
    remaining = LONGEST_DOCUMENT - len(canonical_json.dumps(replace(founding_document(), goals=("",))))
    document = replace(founding_document(), goals=("效" * remaining,))
    assert len(canonical_json.dumps(document)) == LONGEST_DOCUMENT
    assert checks.errors(checks.check(document, EDITION)) == ()
