"""The form to be filled in with Excel: it goes out, comes back, and what was ticked of it is taken."""

import json
import re
from base64 import b64decode
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl.workbook import Workbook

from filings import drafts
from filings.choices import Action
from filings.document.place import amount, goal
from filings.formats.workbook_form.comments import AUTHOR
from filings.importing.returned_workbook import identity_of
from filings.models import Filing
from filings.tests.county import County, fill, step
from filings.tests.drafting import save
from filings.tests.formats.workbook_form.workbooks import (
    STANDARD,
    changed_book,
    opened,
    standard_document,
    written,
)
from filings.tests.importing.returned_workbooks import (
    compact,
    downloaded,
    filled_in,
    read,
    stored,
    with_note_beside,
    with_row_of,
    with_targets,
    without_row,
)
from filings.tests.last_year import texts
from filings.tests.views.conftest import ClientOf
from filings.tests.views.pages import html, words
from filings.views.imports import workbook

pytestmark = pytest.mark.both

SCRIPT = "<script>alert(1)</script>"
TOTAL, TARGET = "amounts[TOTAL]", "indicators[i0].target"
INCOMPLETE = "预览的内容不完整，没有导入。请重新选择文件。"


@pytest.fixture
def filing(county: County) -> Filing:
    return compact(county)


@pytest.fixture
def client(county: County, client_of: ClientOf) -> Client:
    return client_of(county.filler)


def previewed(client: Client, filing: Filing, data: bytes) -> Any:
    sent = {"file": SimpleUploadedFile("填报表.xlsx", data)}
    return client.post(f"/filings/{filing.pk}/fill/import/preview/", sent)


def shown(answer: Any) -> dict[str, str]:
    """The hidden fields of the page's form."""
    found = re.findall(r'<input type="hidden" name="(differences|since)" value="([^"]*)"', html(answer))
    return {name: unescape(value) for name, value in found}


def ticks(answer: Any) -> dict[str, bool]:
    """The boxes of the page by their places, and whether they are ticked."""
    found = re.findall(r'name="taken" value="([^"]*)" id="take-\d+"( checked)?>', html(answer))
    return {unescape(place): bool(checked) for place, checked in found}


def adopt(client: Client, filing: Filing, sent: dict[str, Any]) -> Any:
    return client.post(f"/filings/{filing.pk}/fill/import/form/", sent, follow=True)


def test_the_form_goes_out_with_what_the_draft_holds(client: Client, county: County, filing: Filing) -> None:
    answer = client.get(f"/filings/{filing.pk}/fill/form/")
    assert answer["Content-Type"] == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    back = read(answer.content)
    own = back.identity
    assert (own.filing, own.department, own.year) == (str(filing.pk), "县档案馆", county.cycle.year)
    assert {str(at): text for at, text in back.texts.items() if text} == texts(filing)


def test_a_form_with_what_was_found_says_it_at_the_cells(client: Client, county: County, filing: Filing) -> None:
    save(filing, county, ("amounts[EXP.BASIC]", "100", "90"))
    answer = client.get(f"/filings/{filing.pk}/fill/form/checked/")
    spot = read(answer.content).positions[amount("TOTAL")]
    comment = opened(answer.content).worksheets[0].cell(spot.row, spot.column).comment
    assert comment
    assert comment.text.startswith("阻断：基本支出 90.00")


def test_nothing_is_to_be_taken_of_a_form_that_nobody_touched(client: Client, filing: Filing) -> None:
    answer = previewed(client, filing, downloaded(filing))
    assert "填报表和系统里的内容一样，没有要导入的。" in words(answer)
    assert (ticks(answer), shown(answer)) == ({}, {})


def test_what_differs_is_shown_and_nothing_stored(client: Client, county: County, filing: Filing) -> None:
    data = filled_in(downloaded(filing), {TOTAL: 120, TARGET: "≥600卷"})
    data = with_row_of(without_row(data, "i1"), "OUT.QUAL", "档案完好率", "100%")
    save(filing, county, (TOTAL, "100", "130"))
    before = stored(filing)
    answer = previewed(client, filing, data)
    said = words(answer)
    assert "有 4 处和系统里不同" in said
    assert "资金总额，万元 130 120 请决定 下载以后，系统里这一格又改过；打勾就用填报表里的。" in said
    assert "数量指标第 1 行，指标值及单位 ≥500卷 ≥600卷" in said
    assert "质量指标，新加的一行 — 档案完好率 100%" in said
    assert "社会效益指标，删去的一行 查阅人次 ≥300人次 — 请决定 填报表里整行删去了；打勾就在系统里也删去。" in said
    assert list(ticks(answer).values()) == [False, True, True, False]
    assert stored(filing) == before


def test_what_was_ticked_is_taken_as_one_save(client: Client, filing: Filing) -> None:
    data = with_row_of(filled_in(downloaded(filing), {TOTAL: 120, TARGET: "≥600卷"}), "OUT.QUAL", "档案完好率", "100%")
    answer = previewed(client, filing, data)
    total, *others = ticks(answer)
    assert total == TOTAL
    done = adopt(client, filing, {**shown(answer), "taken": others})
    assert done.redirect_chain == [(f"/filings/{filing.pk}/fill/", 302)]
    assert "已导入 2 处改动。之前的内容留有恢复点，可以随时恢复。" in words(done)
    document = drafts.document(filing)
    assert [(row.name, row.target) for row in document.indicators] == [
        ("接收档案", "≥600卷"),
        ("档案完好率", "100%"),
        ("查阅人次", "≥300人次"),
    ]
    assert document.amounts["TOTAL"] == "100"
    assert (filing.edits.count(), filing.points.count()) == (1, 1)


def test_nothing_ticked_is_said(client: Client, filing: Filing) -> None:
    answer = previewed(client, filing, filled_in(downloaded(filing), {TOTAL: 120}))
    before = stored(filing)
    assert "没有一处打了勾，什么也没有导入。" in words(adopt(client, filing, shown(answer)))
    assert stored(filing) == before


def test_what_cannot_be_taken_comes_back_marked(client: Client, filing: Filing) -> None:
    data = with_note_beside(filled_in(downloaded(filing), {"goals[0]": "目" * 5001}), "记得问财政局")
    answer = previewed(client, filing, data)
    assert "有 2 格不能导入" in words(answer)
    (link,) = re.findall(r'href="data:[a-z./-]+;base64,([^"]+)"', html(answer))
    marked = b64decode(link)
    sheet = opened(marked).worksheets[0]
    spot = read(data).positions[goal()]
    comments = {cell.coordinate: cell.comment for row in sheet.iter_rows() for cell in row if cell.comment}
    assert {comment.author for comment in comments.values()} == {AUTHOR}
    assert sorted(comment.text for comment in comments.values()) == [
        "「记得问财政局」不在填写的格子里，没有导入。请写到浅黄色的格子里。",
        "这里有 5001 个字，最多 5000 个，没有导入。请删减。",
    ]
    assert sheet.cell(spot.row, spot.column).coordinate in comments
    assert f"{sheet.cell(spot.row, spot.column).coordinate} 这里有 5001 个字" in words(answer)


def test_a_workbook_too_large_for_an_address_is_not_offered(
    client: Client, filing: Filing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "LARGEST_MARKED", 1000)
    answer = previewed(client, filing, with_note_beside(downloaded(filing), "记得问财政局"))
    assert "有 1 格不能导入" in words(answer)
    assert "data:" not in html(answer)


def test_what_people_type_is_text(client: Client, filing: Filing) -> None:
    data = with_note_beside(filled_in(downloaded(filing), {TARGET: SCRIPT, "goals[0]": SCRIPT}), SCRIPT)
    answer = previewed(client, filing, with_row_of(data, "OUT.QUAL", SCRIPT, SCRIPT))
    assert SCRIPT not in html(answer)
    assert html(answer).count("&lt;script&gt;alert(1)&lt;/sc") == 9
    assert json.loads(shown(answer)["differences"])[TARGET] == [[TARGET, "≥500卷", SCRIPT]]
    adopt(client, filing, {**shown(answer), "taken": list(ticks(answer))})
    assert texts(filing)[TARGET] == SCRIPT


def test_the_form_of_another_filing_is_refused_by_name(client: Client, county: County, filing: Filing) -> None:
    other = Filing.objects.create(cycle=county.cycle, department=county.supervising)
    fill(other)
    answer = previewed(client, filing, downloaded(other))
    year = county.cycle.year
    assert answer.status_code == 400
    assert f"这是「县委办公室」{year}年的填报表，不是「县档案馆」{year}年的，没有导入。" in words(answer)


def test_half_an_identity_is_told(client: Client, filing: Filing) -> None:
    def cut(book: Workbook) -> None:
        del book["填报表记录"]

    answer = previewed(client, filing, changed_book(downloaded(filing), cut))
    assert answer.status_code == 400
    assert "这份填报表里隐藏的标识不完整，看不出是哪一张表的，没有导入。" in words(answer)


def test_a_form_of_an_older_edition_is_told(client: Client, county: County, filing: Filing) -> None:
    data = written(standard_document(), STANDARD, identity=identity_of(filing, STANDARD))
    answer = previewed(client, filing, filled_in(data, {TOTAL: 120}))
    assert "这份填报表是按改动以前的表样下载的" in words(answer)


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
def test_what_no_page_has_sent_is_not_stored(client: Client, filing: Filing, sent: dict[str, str]) -> None:
    before = stored(filing)
    answer = adopt(client, filing, {**sent, "taken": ["a"]})
    assert answer.redirect_chain == [(f"/filings/{filing.pk}/fill/import/", 302)]
    assert INCOMPLETE in words(answer)
    assert stored(filing) == before


@pytest.mark.parametrize("place", ["nowhere", "amounts[NONE]", "goals[1]", "indicators[i0].secret", "\ud800", "a\x00b"])
def test_changes_of_nowhere_are_not_stored(client: Client, filing: Filing, place: str) -> None:
    before = stored(filing)
    differences = json.dumps({"a": [[TOTAL, "100", "5"], [place, "", "x"]]})
    answer = adopt(client, filing, {"differences": differences, "since": "0", "taken": ["a"]})
    assert "表中没有这一格，请刷新页面。" in words(answer)
    assert stored(filing) == before


def test_what_was_changed_since_the_preview_is_not_overwritten(client: Client, county: County, filing: Filing) -> None:
    answer = previewed(client, filing, filled_in(downloaded(filing), {TOTAL: 120, TARGET: "≥600卷"}))
    save(filing, county, (TOTAL, "100", "130"))
    before = stored(filing)
    said = words(adopt(client, filing, {**shown(answer), "taken": [TOTAL, TARGET]}))
    assert "有几处刚被别人改过，这一次什么也没有存。请再试一次。" in said
    assert stored(filing) == before


def test_a_row_written_in_since_the_preview_does_not_go(client: Client, county: County, filing: Filing) -> None:
    answer = previewed(client, filing, without_row(downloaded(filing), "i0"))
    save(filing, county, (TARGET, "≥500卷", "≥700卷"))
    before = stored(filing)
    said = words(adopt(client, filing, {**shown(answer), "taken": ["indicators[i0]"]}))
    assert "有几处刚被别人改过" in said
    assert stored(filing) == before


def test_a_row_written_in_before_the_preview_goes(client: Client, county: County, filing: Filing) -> None:
    save(filing, county, (TARGET, "≥500卷", "≥600卷"))
    save(filing, county, (TARGET, "≥600卷", "≥700卷"), client_id="two")
    answer = previewed(client, filing, without_row(downloaded(filing), "i0"))
    adopt(client, filing, {**shown(answer), "taken": ["indicators[i0]"]})
    assert TARGET not in texts(filing)


def test_a_submitted_table_takes_nothing_in(client: Client, county: County, filing: Filing) -> None:
    data = filled_in(downloaded(filing), {TOTAL: 120})
    answer = previewed(client, filing, data)
    step(Action.SUBMIT, filing, county.filler)
    before = texts(filing)
    assert "已经提交" in words(adopt(client, filing, {**shown(answer), "taken": [TOTAL]}))
    assert texts(filing) == before
    for page in ("form/", "form/checked/"):
        assert client.get(f"/filings/{filing.pk}/fill/{page}").status_code == 302


@pytest.mark.parametrize(("who", "status"), [("stranger", 404), ("head", 403), ("observer", 403), ("manager", 403)])
def test_nobody_else_sees_or_takes(client_of: ClientOf, county: County, filing: Filing, who: str, status: int) -> None:
    client, before = client_of(getattr(county, who)), stored(filing)
    assert client.get(f"/filings/{filing.pk}/fill/form/").status_code == status
    assert previewed(client, filing, downloaded(filing)).status_code == status
    sent = {"differences": json.dumps({"a": [[TOTAL, "100", "5"]]}), "since": "0", "taken": ["a"]}
    assert adopt(client, filing, sent).status_code == status
    assert stored(filing) == before


def test_questions_do_not_grow_with_the_differences(client: Client, filing: Filing) -> None:
    counts = []
    for number in (1, 3, 60):
        for at in range(filing.indicators.filter(key__startswith="x").count(), number):
            filing.indicators.create(key=f"x{at}", rank=str(100 + at), name=f"第{at}项", target="1个")
        data = with_targets(downloaded(filing), "x", f"{number}个月")
        with CaptureQueriesContext(connection) as asked:
            answer = previewed(client, filing, data)
        assert len(ticks(answer)) == number
        with CaptureQueriesContext(connection) as done:
            adopt(client, filing, {**shown(answer), "taken": list(ticks(answer))})
        counts.append((len(asked), len(done)))
    assert counts[1:] == counts[:1] * 2
