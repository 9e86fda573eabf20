"""Canonical JSON: its bytes must never change, because stored hashes depend on them."""

import json
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filings.document import canonical_json
from filings.document.bundled_editions import editions
from filings.document.canonical_json import NotCanonical
from filings.document.content import DutyRow, FilingDocument, IndicatorRow, TaskRow
from filings.document.edition import Edition
from filings.tests.strategies import tables

EDITION = editions()["hunan-county-2022"]
FROZEN = Path(__file__).parents[1] / "samples" / "canonical.json"
DOCUMENT = FilingDocument(
    edition="hunan-county-2022",
    edition_sha256="0" * 64,
    year=2022,
    fields={"filing_unit": "", "department": "中共衡东县委组织部"},
    amounts={"TOTAL": "550.13", "EXP.BASIC": "317.13", "EXP.PROJECT": "233", "INC.OTHER": "约五百"},
    duties=(DutyRow("d1", "（一）负责“两新”组织𠮷。"), DutyRow("d2", "（二）A & B <c> \\ /")),
    goals=("第一行\n第二行",),
    indicators=(
        IndicatorRow("r1", "OUT.QTY", "产出指标", "数量指标", "财政供养人员", "28人", {"weight": "10"}),
        IndicatorRow("r2", None, "其他指标", "", "", "≥90%"),
    ),
    tasks=(TaskRow("t1", {"name": "任务", "amount": "5"}),),
)


def row_keys(document: FilingDocument) -> list[str]:
    """Row keys of a document, which equality ignores."""
    return [row.key for rows in (document.duties, document.indicators, document.tasks) for row in rows]


def test_the_frozen_text_is_written_byte_for_byte() -> None:
    assert canonical_json.dumps(DOCUMENT).encode() == FROZEN.read_bytes()
    assert canonical_json.digest(DOCUMENT) == sha256(FROZEN.read_bytes()).hexdigest()


def test_the_frozen_text_is_read() -> None:
    parsed = canonical_json.loads(FROZEN.read_text(encoding="utf-8"))
    assert parsed == DOCUMENT
    assert row_keys(parsed) == row_keys(DOCUMENT)


@given(tables())
def test_every_document_round_trips_with_its_keys(table: tuple[FilingDocument, Edition]) -> None:
    document, _edition = table
    parsed = canonical_json.loads(canonical_json.dumps(document))
    assert parsed == document
    assert row_keys(parsed) == row_keys(document)


@given(tables())
def test_the_order_of_keys_does_not_matter(table: tuple[FilingDocument, Edition]) -> None:
    document, _edition = table
    reordered = replace(
        document,
        fields=dict(reversed([*document.fields.items()])),
        amounts=dict(reversed([*document.amounts.items()])),
    )
    assert canonical_json.dumps(reordered) == canonical_json.dumps(document)


def test_row_keys_are_part_of_the_text_but_not_of_equality() -> None:
    other = replace(DOCUMENT, duties=(replace(DOCUMENT.duties[0], key="d9"), DOCUMENT.duties[1]))
    assert other == DOCUMENT
    assert canonical_json.digest(other) != canonical_json.digest(DOCUMENT)


@given(st.text())
def test_other_text_is_refused(text: str) -> None:
    with pytest.raises(NotCanonical):
        canonical_json.loads(text)


def data() -> Any:
    return json.loads(canonical_json.dumps(DOCUMENT))


def written(changed: Any) -> str:
    return json.dumps(changed, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@pytest.mark.parametrize("part", sorted(data()))
def test_a_missing_part_is_refused(part: str) -> None:
    changed = data()
    del changed[part]
    with pytest.raises(NotCanonical):
        canonical_json.loads(written(changed))


@pytest.mark.parametrize(
    "change",
    [
        {"schema": "2"},
        {"schema": 1},
        {"year": 2022},
        {"year": "02022"},
        {"year": "MMXXII"},
        {"amounts": {"TOTAL": 550.13}},
        {"goals": [7]},
        {"goals": "第一行"},
        {"duties": [{"key": "d1"}]},
        {"fields": ["department"]},
        {"added": ""},
    ],
)
def test_a_part_of_another_shape_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(NotCanonical):
        canonical_json.loads(written(data() | change))


def test_other_white_space_is_refused() -> None:
    with pytest.raises(NotCanonical):
        canonical_json.loads(json.dumps(data(), ensure_ascii=False, sort_keys=True))


def test_deep_nesting_is_refused() -> None:
    with pytest.raises(NotCanonical):
        canonical_json.loads("[" * 100_000)
