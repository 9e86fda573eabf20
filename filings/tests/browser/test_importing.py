"""Importing in a browser: a Word file, the workbook form, a pasted text, last year's table."""

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from filings import drafts
from filings.choices import Role, Status
from filings.formats import html
from filings.formats.docx import write as docx
from filings.formats.workbook_form.comments import AUTHOR
from filings.models import Filing
from filings.table.grid import Cell, Grid, Row
from filings.table.layout.document import lay_out
from filings.tests.browser.window import Window
from filings.tests.county import County, add_membership, fill
from filings.tests.formats.workbook_form.workbooks import AT
from filings.tests.founding import EDITION, founding_document, sample_text
from filings.tests.importing.returned_workbooks import (
    filled_in,
    with_note_outside,
    with_row_of,
    without_row,
)
from filings.tests.last_year import carried_over

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]

NAMES = {"filing_unit": "县档案馆", "department": "县档案馆"}
COST, DEAR = "≤278.99万元", "≤900万元"
NOTE = "本表一式三份，请于一月五日前报送"
TARGET = "，指标值及单位"


@pytest.fixture
def fresh(county: County) -> Filing:
    return county.started()


def faulty_docx(year: int) -> bytes:
    """Last year's table, with a cost above the total, an unknown class and a row outside all sections."""
    document = founding_document()
    rows = [replace(row, target=DEAR) if row.target == COST else row for row in document.indicators]
    grid = lay_out(replace(document, year=year, fields=NAMES, indicators=tuple(rows)), EDITION)
    renamed = [replace(row, cells=tuple(map(misnamed, row.cells))) for row in grid.rows]
    note = Row((Cell("备注"), Cell(NOTE, column=1, columns=len(grid.widths) - 1)), "indicators")
    return docx.write(Grid((*renamed, note), grid.above, grid.below, grid.widths), made_at=AT)


def misnamed(cell: Cell) -> Cell:
    return replace(cell, text="数量质量指标") if cell.text == "质量指标" else cell


def import_page(window: Window) -> Page:
    window.page.goto(f"{window.site}/filings/{window.filing.pk}/fill/import/")
    return window.page


def upload(window: Window, name: str, content: bytes) -> Page:
    page = import_page(window)
    field = page.get_by_label("文件：选择文件，或拖到框内", exact=True)
    field.set_input_files({"name": name, "mimeType": "", "buffer": content})
    page.get_by_role("button", name="读取并预览").click()
    return page


@pytest.fixture
def filler_window(page: Page, live_server: LiveServer, county: County, fresh: Filing) -> Window:
    """A window of the filler with no page open."""
    window = Window(page, live_server.url, fresh)
    window.enter(county.filler)
    return window


def test_last_years_word_file_is_previewed_accepted_corrected_and_submitted(
    filler_window: Window, county: County
) -> None:
    filing, page = filler_window.filing, filler_window.page
    year = county.cycle.year
    page.goto(f"{filler_window.site}/filings/{filing.pk}/fill/")
    page.get_by_role("link", name="从去年的文件导入").click()
    upload(filler_window, "去年的表.docx", faulty_docx(year - 1))

    expect(page.get_by_text(re.compile(r"^确定 \d+ 处 · 请核对 2 处 · 未识别 2 处$"))).to_be_visible()
    expect(page.get_by_text(f"文件是 {year - 1} 年的表，本次填的是 {year} 年")).to_be_visible()
    unread = page.locator("details:not(.candidate)", has_text="未识别、不会导入的 2 处")
    expect(unread.get_by_text(NOTE)).to_be_visible()
    read = page.get_by_role("region", name="识别结果")
    expect(read.locator("td", has_text="在职人员控制率").locator(".note.warning")).to_contain_text("请核对")
    expect(page.get_by_role("region", name="原文件内容").locator(".source-text.left")).to_have_text(
        ["✗备注", f"✗{NOTE}"]
    )
    expect(page.locator(".item-list .error").first).to_contain_text("比资金总额 550.13 万元多")
    assert (filing.edits.count(), drafts.document(filing).duties) == (0, ())

    page.get_by_role("button", name="采用", exact=True).click()
    expect(page.get_by_text(re.compile(r"已导入 \d+ 个栏目。导入前的内容已保存"))).to_be_visible()
    filler_window.wait_until_ready()
    correct(filler_window)
    filler_window.expect_saved()
    assert drafts.document(filing) == replace(founding_document(), year=year, fields=NAMES)
    page.locator("#submit").click()
    page.locator("#submission textarea").first.fill("项目支出另有专项绩效目标。")
    page.get_by_role("button", name="确认提交").click()
    expect(page.locator(".state").first).to_have_text("待单位审签")
    assert Filing.objects.get(pk=filing.pk).status == Status.SIGNING


def correct(filler_window: Window) -> None:
    """Correct the cost above the total and the rows without a class."""
    filler_window.cell(f"成本指标第 1 行{TARGET}").fill(COST)
    for name in ("在职人员控制率", "公用经费控制率"):
        row = filler_window.page.locator(
            "tr.indicators", has=filler_window.page.locator(f"textarea.cell >> text='{name}'")
        )
        menu = row.locator(".row-menu")
        menu.locator("summary").click()
        menu.get_by_label("所属二级指标").select_option("质量指标")
        menu.get_by_role("button", name="移到所选的二级指标").click()


def test_the_draft_before_the_import_can_be_restored(filler_window: Window) -> None:
    fill(filler_window.filing)
    before = drafts.raw(filler_window.filing)
    page = import_page(filler_window)
    page.get_by_label("或者：把整张表复制后粘贴在这里").fill(sample_text())
    page.get_by_role("button", name="读取并预览").click()
    expect(page.get_by_text("文件里的部门是「中共衡东县委组织部」，本次填的是「县档案馆」")).to_be_visible()
    page.get_by_role("checkbox", name="资金总额，万元").check()
    page.get_by_role("button", name="采用", exact=True).click()
    expect(page.get_by_label("资金总额，万元", exact=True)).to_have_value("550.13")
    expect(page.get_by_label("基本支出，万元", exact=True)).to_have_value("100")
    document = drafts.document(filler_window.filing)
    assert (len(document.duties), len(document.indicators), document.department) == (14, 14, "县档案馆")

    page.get_by_role("link", name="可恢复的版本").click()
    page.get_by_role("link", name="查看").first.click()
    page.get_by_role("button", name="恢复到此版本").click()
    expect(page.get_by_label("资金总额，万元", exact=True)).to_have_value("100")
    assert drafts.raw(filler_window.filing) == before


def test_the_workbook_form_is_edited_and_imported(filler_window: Window, county: County) -> None:
    filing, page = filler_window.filing, filler_window.page
    fill(filing)
    import_page(filler_window)
    with page.expect_download() as caught:
        page.get_by_role("link", name="下载填报表（Excel）").click()
    assert caught.value.suggested_filename == f"101-县档案馆{county.cycle.year}年度部门整体支出绩效目标填报表.xlsx"
    form = Path(caught.value.path()).read_bytes()
    data = filled_in(form, {"amounts[TOTAL]": 120, "indicators[i0].target": "≥600卷", "goals[0]": "目" * 5001})
    data = with_row_of(with_note_outside(data, "记得问财政局"), "OUT.QUAL", "档案完好率", "100%")
    upload(filler_window, "填报表.xlsx", without_row(data, "i1"))

    expect(page.get_by_role("heading", name="有 2 个栏目不能导入")).to_be_visible()
    expect(page.get_by_role("checkbox", name="资金总额，万元")).to_be_checked()
    expect(page.get_by_role("checkbox", name="社会效益指标，删去的一行")).not_to_be_checked()
    with page.expect_download() as caught:
        page.get_by_role("link", name="下载标注好的填报表").click()
    assert caught.value.suggested_filename.endswith("年度部门整体支出绩效目标填报表-未导入标注.xlsx")
    assert comments(Path(caught.value.path()).read_bytes()) == [
        "「记得问财政局」不在可填写的单元格中，未导入。请写到浅黄色单元格中。",
        "这里有 5001 个字，最多 5000 个，未导入。请删减。",
    ]
    page.get_by_role("button", name="全部勾选").click()
    page.get_by_role("checkbox", name="资金总额，万元").uncheck()
    page.get_by_role("button", name="导入所选").click()
    expect(page.get_by_text("已导入 3 处改动。导入前的内容已保存，可以随时恢复。")).to_be_visible()
    document = drafts.document(filing)
    assert [(row.name, row.target) for row in document.indicators] == [("接收档案", "≥600卷"), ("档案完好率", "100%")]
    assert document.amounts["TOTAL"] == "100"

    other = Filing.objects.create(cycle=county.cycle, department=county.supervising)
    add_membership(county.filler, Role.FILLER, county.supervising)
    upload(Window(page, filler_window.site, other), "填报表.xlsx", form)
    expect(page.get_by_role("alert")).to_contain_text("这是「县档案馆」")


def comments(data: bytes) -> list[str]:
    """Return a cell of the workbook form."""
    cells = (cell for row in load_workbook(BytesIO(data)).worksheets[0].iter_rows() for cell in row)
    return sorted(cell.comment.text for cell in cells if cell.comment and cell.comment.author == AUTHOR)


def test_carried_over_texts_are_tinted_until_confirmed_or_touched(
    page: Page, live_server: LiveServer, county: County
) -> None:
    filing = carried_over(county)
    window = Window(page, live_server.url, filing)
    window.open(county.filler)
    name, other = window.cell("数量指标第 1 行，三级指标"), window.cell("成本指标第 1 行，三级指标")
    mark = page.locator("td", has=name).get_by_text("沿用上年，确认")
    plain = window.cell("资金总额，万元").evaluate(colour_of)
    assert name.evaluate(colour_of) != plain
    expect(page.locator("td", has=name).locator(".mark.carried")).to_be_visible()
    name.focus()
    mark.click()
    expect(mark).to_have_count(0)
    expect(page.locator("td", has=name).locator(".mark.carried")).to_have_count(0)
    window.expect_saved()
    other.fill("控制总成本")
    window.expect_saved()
    page.reload()
    window.wait_until_ready()
    for touched in (name, other):
        expect(page.locator("td", has=touched).get_by_text("沿用上年，确认")).to_have_count(0)
        assert touched.evaluate(colour_of) == plain
    expect(name).to_have_value("接收档案")
    other_cell = page.locator("td", has=window.cell("社会效益指标第 1 行，三级指标"))
    expect(other_cell.locator(".mark.carried")).to_have_count(1)


colour_of = "field => getComputedStyle(field).backgroundColor"


def test_last_years_value_is_shown_at_a_cell_until_something_is_typed(
    page: Page, live_server: LiveServer, county: County
) -> None:
    window = Window(page, live_server.url, carried_over(county))
    window.open(county.filler)
    target = window.cell(f"数量指标第 1 行{TARGET}")
    note = page.locator("td", has=target).locator(".note", has_text="上年 ≥500卷")
    target.focus()
    expect(note).to_be_visible()
    target.fill("≥600卷")
    window.expect_saved()
    expect(note).to_have_count(0)
    window.press("Control+Z")
    expect(target).to_have_value("")
    expect(note).to_be_visible()


def test_a_file_is_imported_without_scripts(
    browser: Browser, live_server: LiveServer, county: County, fresh: Filing
) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    window = Window(page, live_server.url, fresh)
    window.enter(county.filler)
    upload(window, "去年的表.docx", faulty_docx(county.cycle.year - 1))
    expect(page.get_by_text("原文件内容")).to_be_visible()
    # Chromium drops clicks before the page is painted.
    page.screenshot()
    page.get_by_role("button", name="确认采用").click()
    expect(page.get_by_text("已导入")).to_be_visible()
    assert len(drafts.document(fresh).indicators) == 12


def test_a_table_pasted_from_a_page_keeps_its_columns_until_its_text_is_edited(officer: Window, fresh: Filing) -> None:
    page = import_page(officer)
    table = html.write(lay_out(founding_document(), EDITION))
    field = page.get_by_label("或者：把整张表复制后粘贴在这里")
    field.focus()
    officer.paste("部门名称 县档案馆", table)
    expect(page.locator("#id_page")).to_have_value(re.compile("<table"))
    page.get_by_role("button", name="读取并预览").click()
    expect(page.get_by_text(re.compile(r"确定 \d\d 处 · 请核对 0 处 · 未识别 0 处"))).to_be_visible()
    import_page(officer)
    field.focus()
    officer.paste("部门名称 县档案馆", table)
    expect(page.locator("#id_page")).to_have_value(re.compile("<table"))
    officer.type("。")
    expect(page.locator("#id_page")).to_have_value("")
