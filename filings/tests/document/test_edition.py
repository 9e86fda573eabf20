"""Editions: round trips through their data, look-ups, and refusal of invalid data."""

import json
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from filings.document import edition_json
from filings.document.bundled_editions import editions
from filings.document.edition import Edition, EditionError

EDITION = editions()["hunan-county-2022"]
DATA: dict[str, Any] = json.loads(json.dumps(EDITION.to_data()))


@pytest.mark.parametrize("edition", editions().values(), ids=list(editions()))
def test_every_bundled_edition_round_trips(edition: Edition) -> None:
    again = edition_json.from_data(json.loads(json.dumps(edition.to_data())))
    assert again == edition
    assert again.sha256 == edition.sha256


def test_the_hash_is_that_of_the_data_and_not_of_their_order() -> None:
    assert edition_json.from_data(dict(reversed(DATA.items()))).sha256 == EDITION.sha256
    assert edition_json.from_data(DATA | {"notes": "另一个说明"}).sha256 != EDITION.sha256


def test_title_and_keys() -> None:
    assert EDITION.title_for(2022) == "2022年部门整体支出绩效目标表"
    assert EDITION.title_for(None) == "年部门整体支出绩效目标表"
    assert EDITION.field_keys == ("filing_unit", "department")
    assert [line.key for line in EDITION.lines] == [
        "TOTAL", "INC.GENERAL", "INC.FUND", "INC.NONTAX", "INC.OTHER", "EXP.BASIC", "EXP.PROJECT",
    ]  # fmt: skip


def test_nodes_are_found_by_key_and_ordered() -> None:
    keys = [node.key for _, node in EDITION.leaves()]
    assert [EDITION.position(key) for key in keys] == list(range(8))
    assert EDITION.position(None) == EDITION.position("no.such") == 8
    levels = EDITION.levels("BEN.SAT")
    assert levels is not None
    assert [level.key for level in levels] == ["BEN", "BEN.SAT"]
    assert EDITION.levels("BEN") is None


@pytest.mark.parametrize(
    ("first", "second", "key"),
    [
        ("产出指标", "数量指标", "OUT.QTY"),
        ("产出", "数量\n指标（20分）", "OUT.QTY"),
        ("产出指标", "进度指标", "OUT.TIME"),
        ("效益指标", "经济效益指标", "BEN.ECON"),
        ("效益指标", "满意度", "BEN.SAT"),
        ("效益指标", "数量指标", None),
        ("", "数量指标", None),
        ("产出指标", "", None),
    ],
)
def test_classify(first: str, second: str, key: str | None) -> None:
    assert EDITION.classify(first, second) == key


def test_labels_of_levels_are_recognised() -> None:
    assert EDITION.is_first_level("产出")
    assert not EDITION.is_first_level("数量指标")
    assert EDITION.is_second_level("经济效益")
    assert not EDITION.is_second_level("产出指标")


def test_limits_and_explanations_are_optional() -> None:
    data = {part: value for part, value in DATA.items() if part not in ("limits", "explained")}
    edition = edition_json.from_data(data)
    assert (edition.limits, edition.explained) == ({}, ())


@pytest.mark.parametrize("part", sorted(DATA.keys() - {"limits", "explained"}))
def test_a_missing_part_is_refused(part: str) -> None:
    with pytest.raises(EditionError, match=part):
        edition_json.from_data({key: value for key, value in DATA.items() if key != part})


def broken(change: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    data = deepcopy(DATA)
    change(data)
    return data


REFUSED: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "two lines with one key": (lambda d: d["splits"][0]["lines"][0].update(key="TOTAL"), "one key"),
    "two nodes with one key": (lambda d: d["tree"][0]["children"][0].update(key="OUT.QUAL"), "one key"),
    "first and second level with one key": (lambda d: d["tree"][0]["children"][0].update(key="OUT"), "one key"),
    "two fields with one key": (lambda d: d["header"][0].update(key="department"), "one key"),
    "a field without a key": (lambda d: d["sections"][0].update(key=""), "without a key"),
    "an unknown kind of section": (lambda d: d["sections"][0].update(kind="picture"), "kind"),
    "columns in another order": (lambda d: d["columns"].reverse(), "columns"),
    "a column with another span": (lambda d: d["columns"][0].update(span=9), "widths"),
    "widths that do not add up": (lambda d: d.update(widths=[1] * len(d["widths"])), "widths"),
    "widths that are no numbers": (lambda d: d.update(widths=["a"] * len(d["widths"])), "misname"),
    "an unknown severity": (lambda d: d["rules"].update(B1="fatal"), "severity"),
    "an unknown side": (lambda d: d["splits"][0].update(side="left"), "misname"),
    "an unknown word in a field": (lambda d: d["header"][0].update(colour="red"), "misname"),
    "a line without a label": (lambda d: d["total"].pop("label"), "misname"),
    "a tree that is no list": (lambda d: d.update(tree=5), "misname"),
    "rules that are no mapping": (lambda d: d.update(rules="B1"), "misname"),
    "an unknown unit": (lambda d: d.update(unit="美元"), "unit"),
    "decimals as text": (lambda d: d.update(decimals="2"), "decimals"),
    "more decimals than can be stored": (lambda d: d.update(decimals=7), "decimals"),
    "a title that is a number": (lambda d: d.update(title=5), "can be printed"),
    "a title with a NUL": (lambda d: d.update(title="a\0b"), "can be printed"),
    "half a character in a name": (lambda d: d.update(name="\ud800"), "can be printed"),
    "a name longer than can be stored": (lambda d: d.update(name="长" * 101), "at most 100"),
    "a key longer than can be stored": (lambda d: d["total"].update(key="K" * 61), "at most 60"),
    "an alias that is no text": (lambda d: d["tree"][0].update(aliases=[7]), "can be printed"),
    "a version below one": (lambda d: d.update(version=0), "version"),
    "a version as text": (lambda d: d.update(version="2"), "version"),
    "a version that cannot be stored": (lambda d: d.update(version=10**30), "version"),
    "no split of the total": (lambda d: d.update(splits=[]), "splits"),
    "no sections": (lambda d: d.update(sections=[]), "sections"),
}


@pytest.mark.parametrize(("change", "reason"), REFUSED.values(), ids=list(REFUSED))
def test_invalid_data_are_refused(change: Callable[[dict[str, Any]], object], reason: str) -> None:
    with pytest.raises(EditionError, match=reason):
        edition_json.from_data(broken(change))


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "{}", "[" * 100_000])
def test_text_that_is_no_edition_is_refused(text: str) -> None:
    with pytest.raises(EditionError):
        edition_json.from_json(text)
