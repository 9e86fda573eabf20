"""Candidate tables of a file: tables read with warnings, and documents contained in the file."""

from dataclasses import replace

import pytest

from filings.document import canonical_json
from filings.document.bundled_editions import editions
from filings.document.content import FilingDocument, IndicatorRow, compose
from filings.document.edition import Edition
from filings.editions.store import store
from filings.formats import text, uploads
from filings.formats.readers.sandbox.file_type import FileType
from filings.formats.uploads import Upload
from filings.importing.candidates import Candidate, Candidates, find_candidates, normalised
from filings.table.layout.document import lay_out
from filings.table.reading.read_table import NotATable
from filings.tests.founding import EDITION, founding_document, sample_text
from filings.tests.last_year import ROWS, last_document

STANDARD = editions()["standard-2024"]


def of_text(written: str, edition: Edition = EDITION, *, department: str = "") -> Candidates:
    return find_candidates(uploads.open_text(written), edition, department=department)


def only(candidates: Candidates) -> Candidate:
    (candidate,) = candidates.tables
    return candidate


def json_file(document: FilingDocument) -> Upload:
    return Upload(FileType.JSON, document=document)


def warnings_of(candidate: Candidate) -> dict[str, str]:
    return {str(place): warning for place, warning in candidate.warnings.items()}


def test_a_table_is_read_with_the_origin_of_each_text() -> None:
    candidate = only(of_text(text.write(lay_out(founding_document(), EDITION))))
    assert (candidate.document, candidate.name, candidate.remarks) == (founding_document(), "中共衡东县委组织部", ())
    assert (dict(candidate.warnings), candidate.leftovers) == ({}, ())
    assert candidate.certain_count == len(candidate.origins)


def test_a_table_without_a_department_is_labelled_so() -> None:
    document = replace(founding_document(), fields={"department": "", "filing_unit": ""})
    assert only(of_text(text.write(lay_out(document, EDITION)))).name == "没有写部门名称的表"


def test_the_table_of_the_department_comes_first() -> None:
    other = sample_text().replace("中共衡东县委组织部", "县档案馆")
    candidates = of_text(f"{sample_text()}\n{other}", department="县档案馆")
    assert [table.name for table in candidates.tables] == ["县档案馆", "中共衡东县委组织部"]
    assert [table.document.duties for table in candidates.tables] == [founding_document().duties] * 2


def test_duties_in_one_paragraph_are_split_with_a_warning() -> None:
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
    candidate = only(of_text(text.write(lay_out(whole, EDITION))))
    assert candidate.document == document
    warning = "职责原来写成一段，已按序号分成 13 条。"
    assert warnings_of(candidate) == {f"duties[r{number}].text": warning for number in range(1, 14)}
    assert candidate.certain_count == len(candidate.origins) - 1


def test_one_duty_without_numerals_stays_whole() -> None:
    document = replace(founding_document(), duties=founding_document().duties[:1])
    candidate = only(of_text(text.write(lay_out(document, EDITION))))
    assert (candidate.document, warnings_of(candidate)) == (document, {})


def test_a_file_without_such_a_table_is_refused() -> None:
    with pytest.raises(NotATable):
        of_text("甲\t乙\n丙\t丁")


def test_a_table_of_another_bundled_edition_is_read_by_its_labels(db: None) -> None:
    other = last_document(STANDARD, 2025, *ROWS)
    candidate = only(find_candidates(Upload(FileType.XLSX, (lay_out(other, STANDARD),)), EDITION))
    assert candidate.remarks == (f"文件像是「{STANDARD.name}」，已按本次的表样读入。",)
    assert (candidate.document.edition, candidate.document.year, candidate.document.goal) == (
        EDITION.code,
        2025,
        other.goal,
    )
    assert [row.name for row in candidate.document.indicators] == ["接收档案", "查阅人次", "控制成本"]


def test_a_document_of_the_same_edition_is_used_unchanged() -> None:
    older = replace(founding_document(), edition_sha256="0" * 64)
    candidate = only(find_candidates(json_file(older), EDITION))
    assert candidate == Candidate(founding_document())


def test_a_document_of_another_edition_is_read_by_its_labels(db: None) -> None:
    other = last_document(STANDARD, 2025, *ROWS)
    candidate = only(find_candidates(json_file(other), EDITION))
    assert candidate.remarks == (f"文件是按「{STANDARD.name}」填的，已按本次的表样读入。",)
    assert (candidate.document.edition, candidate.document.edition_sha256) == (EDITION.code, EDITION.sha256)
    rows = [(row.node, row.name, row.target) for row in candidate.document.indicators]
    assert rows == [
        ("OUT.QTY", "接收档案", "≥500卷"),
        ("BEN.SOC", "查阅人次", "≥300人次"),
        (None, "控制成本", "≤90万元"),
    ]
    assert [duty.text for duty in candidate.document.duties] == [duty.text for duty in other.duties]
    assert (candidate.document.goal, candidate.document.amounts["TOTAL"]) == (other.goal, "90")


def test_an_edition_stored_in_the_database_is_known(db: None) -> None:
    own = replace(STANDARD, code="county-own", name="本县表样")
    store(own)
    candidate = only(find_candidates(json_file(last_document(own, 2025, *ROWS)), EDITION))
    assert candidate.remarks == ("文件是按「本县表样」填的，已按本次的表样读入。",)


def test_of_several_versions_of_an_edition_the_documents_own_is_used(db: None) -> None:
    first, second = (replace(STANDARD, code="county-own", version=number, name=f"第{number}版") for number in (1, 2))
    for edition in (first, second):
        store(edition)
    candidates = [
        only(find_candidates(json_file(last_document(edition, 2025, *ROWS)), EDITION)) for edition in (first, second)
    ]
    assert [candidate.remarks for candidate in candidates] == [
        ("文件是按「第1版」填的，已按本次的表样读入。",),
        ("文件是按「第2版」填的，已按本次的表样读入。",),
    ]


def test_an_unknown_edition_is_refused_with_its_code(db: None) -> None:
    with pytest.raises(NotATable, match="文件是按「elsewhere」表样填的，系统里没有这个表样。"):
        find_candidates(json_file(replace(founding_document(), edition="elsewhere")), EDITION)


def test_content_without_a_key_in_the_edition_is_dropped() -> None:
    """A file in canonical JSON may come from any source."""
    document = founding_document()
    odd = replace(
        document,
        fields={**document.fields, "x[y": "甲"},
        amounts={"TOTAL": "1", "NONE": "2"},
        indicators=(IndicatorRow("r1", "NO.SUCH", "甲", "乙", "名称", "1", {"other": "2"}), *document.indicators),
    )
    assert canonical_json.loads(canonical_json.dumps(odd)) == odd
    normal = normalised(odd, EDITION)
    assert normal.fields == document.fields
    assert normal.amounts == dict.fromkeys(document.amounts, "") | {"TOTAL": "1"}
    assert normal.indicators == (*document.indicators, IndicatorRow("r1", None, "甲", "乙", "名称", "1", {}))
