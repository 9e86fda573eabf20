"""Characters that the print font lacks are reported at their cells."""

from filings.document import canonical_json
from filings.document.place import indicator
from filings.formats.pdf import check_glyphs
from filings.tests.founding import EDITION, founding_document, sample_text


def test_the_founding_table_and_rare_name_characters_can_be_printed() -> None:
    assert check_glyphs.unprintable(sample_text().replace("\t", "")) == ""
    assert check_glyphs.unprintable("喆堃珺翀旻玥珩暐赟祎㛃䶮𬭎𫘧≥≤①℃±×²³—…") == ""


def test_emoji_and_other_scripts_cannot_be_printed() -> None:
    assert check_glyphs.unprintable("绩效😀目标ก😀") == "😀ก"


def test_the_finding_is_at_its_cell_and_names_the_character() -> None:
    document = canonical_json.loads(canonical_json.dumps(founding_document()).replace("28人", "28人😀"))
    (finding,) = check_glyphs.check(document, EDITION)
    assert finding.places == (indicator(document.indicators[0].key, "target"),)
    assert finding.message == "有 1 个字符无法打印：「😀」（U+1F600）。请换成通用的汉字或符号。"
    assert check_glyphs.check(founding_document(), EDITION) == ()
