"""Downloading the workbook form, and previewing a returned one."""

import json
import re
from base64 import b64decode
from urllib.parse import unquote

import pytest
from django.test import Client
from openpyxl.workbook import Workbook

from filings.document.place import amount, goal
from filings.formats.workbook_form.comments import AUTHOR
from filings.importing.returned_workbook import identity_of
from filings.models import Filing
from filings.tests.county import County, fill
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
    with_note_outside,
    with_row_of,
    without_row,
)
from filings.tests.last_year import texts
from filings.tests.views.conftest import ClientOf
from filings.tests.views.imports.workbook_pages import adopt, checkboxes, hidden_fields, previewed
from filings.tests.views.pages import html, words
from filings.views.imports import workbook

pytestmark = pytest.mark.both

SCRIPT = "<script>alert(1)</script>"
TOTAL, TARGET = "amounts[TOTAL]", "indicators[i0].target"


@pytest.fixture
def filing(county: County) -> Filing:
    return compact(county)


@pytest.fixture
def client(county: County, client_of: ClientOf) -> Client:
    return client_of(county.filler)


def test_the_download_has_the_content_of_the_draft(client: Client, county: County, filing: Filing) -> None:
    answer = client.get(f"/filings/{filing.pk}/fill/form/")
    assert answer["Content-Type"] == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    back = read(answer.content)
    own = back.identity
    assert (own.filing, own.department, own.year) == (str(filing.pk), "县档案馆", county.cycle.year)
    assert {str(place): text for place, text in back.texts.items() if text} == texts(filing)


def test_the_checked_download_has_findings_as_comments(client: Client, county: County, filing: Filing) -> None:
    save(filing, county, ("amounts[EXP.BASIC]", "100", "90"))
    answer = client.get(f"/filings/{filing.pk}/fill/form/checked/")
    cell = read(answer.content).positions[amount("TOTAL")]
    comment = opened(answer.content).worksheets[0].cell(cell.row, cell.column).comment
    assert comment
    assert comment.text.startswith("须改正：基本支出 90.00")


def test_the_names_of_plain_and_checked_workbooks_differ(client: Client, county: County, filing: Filing) -> None:
    answers = [client.get(f"/filings/{filing.pk}/fill/form/{page}") for page in ("", "checked/")]
    names = [unquote(answer["Content-Disposition"].partition("''")[2]) for answer in answers]
    stem = f"101-县档案馆{county.cycle.year}年度部门整体支出绩效目标填报表"
    assert names == [f"{stem}.xlsx", f"{stem}-核对标注.xlsx"]


def test_an_unchanged_workbook_has_no_differences(client: Client, filing: Filing) -> None:
    answer = previewed(client, filing, downloaded(filing))
    assert "填报表与系统内容一致，没有需要导入的内容。" in words(answer)
    assert (checkboxes(answer), hidden_fields(answer)) == ({}, {})


def test_the_preview_shows_the_differences_and_stores_nothing(client: Client, county: County, filing: Filing) -> None:
    data = filled_in(downloaded(filing), {TOTAL: 120, TARGET: "≥600卷"})
    data = with_row_of(without_row(data, "i1"), "OUT.QUAL", "档案完好率", "100%")
    save(filing, county, (TOTAL, "100", "130"))
    before = stored(filing)
    answer = previewed(client, filing, data)
    page = words(answer)
    assert "有 4 处与系统内容不同" in page
    assert "资金总额，万元 130 120 请决定 下载后系统中又有改动，勾选即采用填报表内容。" in page
    assert "数量指标第 1 行，指标值及单位 ≥500卷 ≥600卷" in page
    assert "质量指标，新加的一行 — 档案完好率 100%" in page
    assert "社会效益指标，删去的一行 查阅人次 ≥300人次 — 请决定 填报表中已删去整行，勾选即在系统中同样删去。" in page
    assert list(checkboxes(answer).values()) == [False, True, True, False]
    assert stored(filing) == before


def test_refused_cells_are_marked_in_a_copy_of_the_workbook(client: Client, filing: Filing) -> None:
    data = with_note_outside(filled_in(downloaded(filing), {"goals[0]": "目" * 5001}), "记得问财政局")
    answer = previewed(client, filing, data)
    assert "有 2 个栏目不能导入" in words(answer)
    (link,) = re.findall(r'href="data:[a-z./-]+;base64,([^"]+)"', html(answer))
    marked = b64decode(link)
    sheet = opened(marked).worksheets[0]
    place = read(data).positions[goal()]
    comments = {cell.coordinate: cell.comment for row in sheet.iter_rows() for cell in row if cell.comment}
    assert {comment.author for comment in comments.values()} == {AUTHOR}
    assert sorted(comment.text for comment in comments.values()) == [
        "「记得问财政局」不在可填写的单元格中，未导入。请写到浅黄色单元格中。",
        "这里有 5001 个字，最多 5000 个，未导入。请删减。",
    ]
    coordinate = sheet.cell(place.row, place.column).coordinate
    assert coordinate in comments
    assert f"{coordinate} 这里有 5001 个字" in words(answer)


def test_a_workbook_too_large_for_a_data_url_is_not_offered(
    client: Client, filing: Filing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "LARGEST_MARKED", 1000)
    answer = previewed(client, filing, with_note_outside(downloaded(filing), "记得问财政局"))
    assert "有 1 个栏目不能导入" in words(answer)
    assert "data:" not in html(answer)


def test_texts_of_the_workbook_are_escaped(client: Client, filing: Filing) -> None:
    data = with_note_outside(filled_in(downloaded(filing), {TARGET: SCRIPT, "goals[0]": SCRIPT}), SCRIPT)
    answer = previewed(client, filing, with_row_of(data, "OUT.QUAL", SCRIPT, SCRIPT))
    assert SCRIPT not in html(answer)
    assert html(answer).count("&lt;script&gt;alert(1)&lt;/sc") == 9
    assert json.loads(hidden_fields(answer)["differences"])[TARGET] == [[TARGET, "≥500卷", SCRIPT]]
    adopt(client, filing, {**hidden_fields(answer), "taken": list(checkboxes(answer))})
    assert texts(filing)[TARGET] == SCRIPT


def test_the_workbook_of_another_filing_is_refused_by_name(client: Client, county: County, filing: Filing) -> None:
    other = Filing.objects.create(cycle=county.cycle, department=county.supervising)
    fill(other)
    answer = previewed(client, filing, downloaded(other))
    year = county.cycle.year
    assert answer.status_code == 400
    assert f"这是「县委办公室」{year}年的填报表，不是「县档案馆」{year}年的，未导入。" in words(answer)


def test_an_incomplete_identity_is_refused(client: Client, filing: Filing) -> None:
    def cut(book: Workbook) -> None:
        del book["填报表记录"]

    answer = previewed(client, filing, changed_book(downloaded(filing), cut))
    assert answer.status_code == 400
    assert "这份填报表里隐藏的标识不完整，无法确定属于哪一张表，未导入。" in words(answer)


def test_a_workbook_of_an_older_edition_has_a_notice(client: Client, county: County, filing: Filing) -> None:
    data = written(standard_document(), STANDARD, identity=identity_of(filing, STANDARD))
    answer = previewed(client, filing, filled_in(data, {TOTAL: 120}))
    assert "这份填报表是按改动前的表样下载的" in words(answer)


@pytest.mark.parametrize(("who", "status"), [("stranger", 404), ("head", 403), ("observer", 403), ("manager", 403)])
def test_other_users_can_neither_download_nor_import(
    client_of: ClientOf, county: County, filing: Filing, who: str, status: int
) -> None:
    client, before = client_of(getattr(county, who)), stored(filing)
    assert client.get(f"/filings/{filing.pk}/fill/form/").status_code == status
    assert previewed(client, filing, downloaded(filing)).status_code == status
    sent = {"differences": json.dumps({"a": [[TOTAL, "100", "5"]]}), "since": "0", "taken": ["a"]}
    assert adopt(client, filing, sent).status_code == status
    assert stored(filing) == before
