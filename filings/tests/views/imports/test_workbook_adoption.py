"""Applying the chosen differences of a returned workbook form."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from filings import drafts
from filings.choices import Action
from filings.models import Filing
from filings.tests.county import County, step
from filings.tests.drafting import save
from filings.tests.importing.returned_workbooks import (
    compact,
    downloaded,
    filled_in,
    stored,
    with_row_of,
    with_targets,
    without_row,
)
from filings.tests.last_year import texts
from filings.tests.views.conftest import ClientOf
from filings.tests.views.imports.workbook_pages import adopt, checkboxes, hidden_fields, previewed
from filings.tests.views.pages import words

pytestmark = pytest.mark.both

TOTAL, TARGET = "amounts[TOTAL]", "indicators[i0].target"
INCOMPLETE = "预览的内容不完整，未导入。请重新选择文件。"


@pytest.fixture
def filing(county: County) -> Filing:
    return compact(county)


@pytest.fixture
def client(county: County, client_of: ClientOf) -> Client:
    return client_of(county.filler)


def test_the_checked_differences_are_applied_as_one_save(client: Client, filing: Filing) -> None:
    data = with_row_of(filled_in(downloaded(filing), {TOTAL: 120, TARGET: "≥600卷"}), "OUT.QUAL", "档案完好率", "100%")
    answer = previewed(client, filing, data)
    total, *others = checkboxes(answer)
    assert total == TOTAL
    done = adopt(client, filing, {**hidden_fields(answer), "taken": others})
    assert done.redirect_chain == [(f"/filings/{filing.pk}/fill/", 302)]
    assert "已导入 2 处改动。导入前的内容已保存，可以随时恢复。" in words(done)
    document = drafts.document(filing)
    assert [(row.name, row.target) for row in document.indicators] == [
        ("接收档案", "≥600卷"),
        ("档案完好率", "100%"),
        ("查阅人次", "≥300人次"),
    ]
    assert document.amounts["TOTAL"] == "100"
    assert (filing.edits.count(), filing.points.count()) == (1, 1)


def test_nothing_checked_changes_nothing(client: Client, filing: Filing) -> None:
    answer = previewed(client, filing, filled_in(downloaded(filing), {TOTAL: 120}))
    before = stored(filing)
    assert "没有勾选任何改动，未导入。" in words(adopt(client, filing, hidden_fields(answer)))
    assert stored(filing) == before


NONSENSE = [
    {},
    {"differences": "", "since": "0"},
    {"differences": "{", "since": "0"},
    {"differences": "[]", "since": "0"},
    {"differences": "5", "since": "0"},
    {"differences": '{"a": 5}', "since": "0"},
    {"differences": '{"a": [["amounts[TOTAL]", "100"]]}', "since": "0"},
    {"differences": "[" * 100_000, "since": "0"},
    {"differences": "1" * 5000, "since": "0"},
    {"differences": '{"a": [["amounts[TOTAL]", "100", "5"]]}'},
    {"differences": '{"a": [["amounts[TOTAL]", "100", "5"]]}', "since": "-1"},
    {"differences": '{"a": [["amounts[TOTAL]", "100", "5"]]}', "since": "9" * 40},
]


@pytest.mark.parametrize("sent", NONSENSE, ids=map(str, range(len(NONSENSE))))
def test_invalid_posts_are_not_stored(client: Client, filing: Filing, sent: dict[str, str]) -> None:
    before = stored(filing)
    answer = adopt(client, filing, {**sent, "taken": ["a"]})
    assert answer.redirect_chain == [(f"/filings/{filing.pk}/fill/import/", 302)]
    assert INCOMPLETE in words(answer)
    assert stored(filing) == before


@pytest.mark.parametrize("place", ["nowhere", "amounts[NONE]", "goals[1]", "indicators[i0].secret", "\ud800", "a\x00b"])
def test_changes_of_unknown_places_are_not_stored(client: Client, filing: Filing, place: str) -> None:
    before = stored(filing)
    differences = json.dumps({"a": [[TOTAL, "100", "5"], [place, "", "x"]]})
    answer = adopt(client, filing, {"differences": differences, "since": "0", "taken": ["a"]})
    assert "表中没有这一栏，请刷新页面。" in words(answer)
    assert stored(filing) == before


def test_cells_changed_since_the_preview_are_not_overwritten(client: Client, county: County, filing: Filing) -> None:
    answer = previewed(client, filing, filled_in(downloaded(filing), {TOTAL: 120, TARGET: "≥600卷"}))
    save(filing, county, (TOTAL, "100", "130"))
    before = stored(filing)
    page = words(adopt(client, filing, {**hidden_fields(answer), "taken": [TOTAL, TARGET]}))
    assert "有几处刚被他人修改，本次未保存。请重试。" in page
    assert stored(filing) == before


def test_a_row_changed_since_the_preview_is_not_removed(client: Client, county: County, filing: Filing) -> None:
    answer = previewed(client, filing, without_row(downloaded(filing), "i0"))
    save(filing, county, (TARGET, "≥500卷", "≥700卷"))
    before = stored(filing)
    page = words(adopt(client, filing, {**hidden_fields(answer), "taken": ["indicators[i0]"]}))
    assert "有几处刚被他人修改" in page
    assert stored(filing) == before


def test_a_row_changed_before_the_preview_is_removed(client: Client, county: County, filing: Filing) -> None:
    save(filing, county, (TARGET, "≥500卷", "≥600卷"))
    save(filing, county, (TARGET, "≥600卷", "≥700卷"), client_id="two")
    answer = previewed(client, filing, without_row(downloaded(filing), "i0"))
    adopt(client, filing, {**hidden_fields(answer), "taken": ["indicators[i0]"]})
    assert TARGET not in texts(filing)


def test_a_submitted_table_cannot_be_changed(client: Client, county: County, filing: Filing) -> None:
    data = filled_in(downloaded(filing), {TOTAL: 120})
    answer = previewed(client, filing, data)
    step(Action.SUBMIT, filing, county.filler)
    before = texts(filing)
    assert "已经提交" in words(adopt(client, filing, {**hidden_fields(answer), "taken": [TOTAL]}))
    assert texts(filing) == before
    for page in ("form/", "form/checked/"):
        assert client.get(f"/filings/{filing.pk}/fill/{page}").status_code == 302


def test_the_number_of_queries_does_not_depend_on_the_differences(client: Client, filing: Filing) -> None:
    counts = []
    for number in (1, 3, 60):
        for index in range(filing.indicators.filter(key__startswith="x").count(), number):
            filing.indicators.create(key=f"x{index}", rank=str(100 + index), name=f"第{index}项", target="1个")
        data = with_targets(downloaded(filing), "x", f"{number}个月")
        with CaptureQueriesContext(connection) as asked:
            answer = previewed(client, filing, data)
        assert len(checkboxes(answer)) == number
        with CaptureQueriesContext(connection) as done:
            adopt(client, filing, {**hidden_fields(answer), "taken": list(checkboxes(answer))})
        counts.append((len(asked), len(done)))
    assert counts[1:] == counts[:1] * 2
