"""What a file holds on the draft's form: its tables with what is uncertain, and documents that it carries whole."""

from dataclasses import replace

import pytest

from filings.document import canonical
from filings.document.content import FilingDocument, IndicatorRow, compose
from filings.document.edition import Edition
from filings.document.shipped import editions
from filings.formats import text, uploads
from filings.formats.readers.sandbox.file_type import FileType
from filings.formats.uploads import Upload
from filings.importing import candidates
from filings.importing.candidates import Candidate, Candidates, on_form
from filings.models.edition import store
from filings.table.layout.document import lay_out
from filings.table.reading.read_table import NotATable
from filings.tests.founding import EDITION, founding_document, sample_text
from filings.tests.last_year import ROWS, last_document

STANDARD = editions()["standard-2024"]


def of_text(written: str, edition: Edition = EDITION, *, department: str = "") -> Candidates:
    return candidates.of(uploads.open_text(written), edition, department=department)


def only(found: Candidates) -> Candidate:
    (candidate,) = found.tables
    return candidate


def carried(document: FilingDocument) -> Upload:
    return Upload(FileType.JSON, document=document)


def said(candidate: Candidate) -> dict[str, str]:
    return {str(at): warning for at, warning in candidate.warnings.items()}


def test_a_table_is_read_with_where_each_text_stood() -> None:
    found = only(of_text(text.write(lay_out(founding_document(), EDITION))))
    assert (found.document, found.name, found.remarks) == (founding_document(), "中共衡东县委组织部", ())
    assert (dict(found.warnings), found.left) == ({}, ())
    assert found.sure == len(found.origins)


def test_a_table_that_names_nobody_is_called_so() -> None:
    document = replace(founding_document(), fields={"department": "", "filing_unit": ""})
    assert only(of_text(text.write(lay_out(document, EDITION)))).name == "没有写部门名称的表"


def test_the_table_of_the_department_comes_first() -> None:
    other = sample_text().replace("中共衡东县委组织部", "县档案馆")
    found = of_text(f"{sample_text()}\n{other}", department="县档案馆")
    assert [table.name for table in found.tables] == ["县档案馆", "中共衡东县委组织部"]
    assert [table.document.duties for table in found.tables] == [founding_document().duties] * 2


def test_duties_in_one_paragraph_are_cut_at_their_numerals_to_be_checked() -> None:
    document = founding_document()
    whole = compose(
        EDITION,
        year=document.year,
        fields=document.fields,
        amounts=document.amounts,
        duties=[("r1", "".join(duty.text for duty in document.duties))],
        goals=document.goals,
        indicators=document.indicators,
    )
    found = only(of_text(text.write(lay_out(whole, EDITION))))
    assert found.document == document
    warning = "职责原来写成一段，已按序号分成 13 条。"
    assert said(found) == {f"duties[r{number}].text": warning for number in range(1, 14)}
    assert found.sure == len(found.origins) - 1


def test_one_duty_without_numerals_stays_whole() -> None:
    document = replace(founding_document(), duties=founding_document().duties[:1])
    found = only(of_text(text.write(lay_out(document, EDITION))))
    assert (found.document, said(found)) == (document, {})


def test_nothing_that_is_such_a_table_is_told() -> None:
    with pytest.raises(NotATable):
        of_text("甲\t乙\n丙\t丁")


def test_a_table_on_another_shipped_form_is_read_by_its_labels(db: None) -> None:
    other = last_document(STANDARD, 2025, *ROWS)
    found = only(candidates.of(Upload(FileType.XLSX, (lay_out(other, STANDARD),)), EDITION))
    assert found.remarks == (f"文件像是「{STANDARD.name}」，已按本次的表样读入。",)
    assert (found.document.edition, found.document.year, found.document.goal) == (EDITION.code, 2025, other.goal)
    assert [row.name for row in found.document.indicators] == ["接收档案", "查阅人次", "控制成本"]


def test_a_carried_document_on_the_same_form_is_taken_as_it_is() -> None:
    older = replace(founding_document(), edition_sha256="0" * 64)
    found = only(candidates.of(carried(older), EDITION))
    assert found == Candidate(founding_document())


def test_a_carried_document_on_another_form_is_read_by_its_labels(db: None) -> None:
    other = last_document(STANDARD, 2025, *ROWS)
    found = only(candidates.of(carried(other), EDITION))
    assert found.remarks == (f"文件是按「{STANDARD.name}」填的，已按本次的表样读入。",)
    assert (found.document.edition, found.document.edition_sha256) == (EDITION.code, EDITION.sha256)
    rows = [(row.node, row.name, row.target) for row in found.document.indicators]
    assert rows == [
        ("OUT.QTY", "接收档案", "≥500卷"),
        ("BEN.SOC", "查阅人次", "≥300人次"),
        (None, "控制成本", "≤90万元"),
    ]
    assert [duty.text for duty in found.document.duties] == [duty.text for duty in other.duties]
    assert (found.document.goal, found.document.amounts["TOTAL"]) == (other.goal, "90")


def test_a_form_that_only_the_database_knows_is_known(db: None) -> None:
    own = replace(STANDARD, code="county-own", name="本县表样")
    store(own)
    found = only(candidates.of(carried(last_document(own, 2025, *ROWS)), EDITION))
    assert found.remarks == ("文件是按「本县表样」填的，已按本次的表样读入。",)


def test_of_several_versions_of_a_form_the_documents_own_is_taken(db: None) -> None:
    first, second = (replace(STANDARD, code="county-own", version=at, name=f"第{at}版") for at in (1, 2))
    for form in (first, second):
        store(form)
    found = [only(candidates.of(carried(last_document(form, 2025, *ROWS)), EDITION)) for form in (first, second)]
    assert [one.remarks for one in found] == [
        ("文件是按「第1版」填的，已按本次的表样读入。",),
        ("文件是按「第2版」填的，已按本次的表样读入。",),
    ]


def test_a_form_that_nobody_knows_is_told(db: None) -> None:
    with pytest.raises(NotATable, match="文件是按「elsewhere」表样填的，系统里没有这个表样。"):
        candidates.of(carried(replace(founding_document(), edition="elsewhere")), EDITION)


def test_what_a_form_has_no_key_for_is_in_no_document() -> None:
    """A file in canonical JSON may have been written by anybody."""
    document = founding_document()
    odd = replace(
        document,
        fields={**document.fields, "x[y": "甲"},
        amounts={"TOTAL": "1", "NONE": "2"},
        indicators=(IndicatorRow("r1", "NO.SUCH", "甲", "乙", "名称", "1", {"other": "2"}), *document.indicators),
    )
    assert canonical.loads(canonical.dumps(odd)) == odd
    found = on_form(odd, EDITION)
    assert found.fields == document.fields
    assert found.amounts == dict.fromkeys(document.amounts, "") | {"TOTAL": "1"}
    assert found.indicators == (*document.indicators, IndicatorRow("r1", None, "甲", "乙", "名称", "1", {}))
