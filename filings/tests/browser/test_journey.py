"""A table from its first amount to the sealed PDF, with all users involved, in a browser."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO, StringIO

import pytest
from django.core.management import call_command
from PIL import Image
from playwright.sync_api import Page, expect
from pypdf import PdfReader
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from filings import drafts
from filings.choices import Status
from filings.formats.pdf import write as pdf
from filings.lifecycle import issuing
from filings.models import Filing
from filings.tests.browser.users import DEPARTMENT, Head, JourneyUser, Officer, Reviewer
from filings.tests.formats.pdf.pages import needs_poppler, page_texts
from filings.tests.founding import founding_document

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NewWindow = Callable[..., Page]
REASON = "数量指标没有写清口径。"
REMARK = "请写明是编制人数还是实有人数。"
ANSWER = "已写明为实有人数。"
EXPLANATION = "项目支出另有专项绩效目标。"
# Besides the table: the name of the department, and the row corrected after the return.
DOCUMENT = replace(founding_document(), fields={"filing_unit": DEPARTMENT, "department": DEPARTMENT})
ROW, MENDED = "财政供养人员", "财政供养人员（实有人数）"


@pytest.fixture
def filing(settings: Settings, live_server: LiveServer) -> Filing:
    """The started and still blank filing of the officer of the demonstration."""
    settings.DEMO = True
    call_command("load_demo", stdout=StringIO())
    return Filing.objects.get(department__name=DEPARTMENT, cycle__closed_at=None)


@needs_poppler
def test_from_an_empty_table_to_the_sealed_pdf(
    filing: Filing, new_window: NewWindow, live_server: LiveServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    officer, head = Officer(new_window(), live_server.url), Head(new_window(), live_server.url)
    section, performance = Reviewer(new_window(), live_server.url), Reviewer(new_window(), live_server.url)
    for user, post in ((officer, "填报人"), (head, "单位负责人"), (section, "业务股室"), (performance, "绩效股")):
        user.enter(post)

    officer_fills_in_the_table(officer, filing)
    officer_sees_and_closes_a_gap(officer, filing)
    head.sign(number=1)
    section_returns_it(section)
    officer_corrects_the_row_and_answers(officer)
    head.sign(number=2)
    section_finds_it_again_and_passes(section)
    performance_approves(performance)

    monkeypatch.setattr(pdf, "write", printed_again)
    officer_downloads_the_sealed_copy(officer, filing)
    anonymous_user_verifies(JourneyUser(new_window(), live_server.url), filing)


def officer_fills_in_the_table(officer: Officer, filing: Filing) -> None:
    officer.open("填报")
    expect(officer.page.locator("#save-status")).to_have_text("尚未填写")
    expect(officer.cell("填报单位")).to_have_value(DEPARTMENT)
    expect(officer.cell("部门名称")).to_have_value(DEPARTMENT)
    officer.fill_in(DOCUMENT)
    officer.wait_until_saved()
    for split in officer.page.locator("#sums .split").all():
        expect(split).to_contain_text("550.13")
        expect(split).to_contain_text("与资金总额相符")
    expect(officer.page.locator("#side-panels")).to_contain_text("暂不能提交：3 项提醒尚未说明；另有 2 项提醒")
    expect(officer.page.locator("#sections .filled")).to_have_count(5)
    assert drafts.document(filing) == DOCUMENT


def officer_sees_and_closes_a_gap(officer: Officer, filing: Filing) -> None:
    officer.amount("项目支出", "200")
    gap = "基本支出 317.13 ＋ 项目支出 200.00 ＝ 517.13，比资金总额 550.13 少 33.00 万元。"
    expect(officer.page.locator("#sums .split").nth(1)).to_contain_text("少 33.00")
    officer.wait_until_saved()
    expect(officer.page.locator("#at-amounts-TOTAL-notes")).to_contain_text(gap)
    officer.press("提交送签")
    expect(officer.page.locator("#toast")).to_contain_text("未提交，须改正的内容见核对结果")
    expect(officer.page.locator("#findings li.error")).to_contain_text(gap)
    stored = Filing.objects.get(pk=filing.pk)
    assert (stored.status, stored.amounts.get(line="EXP.PROJECT").raw) == (Status.DRAFT, "200")
    officer.amount("项目支出", "233")
    expect(officer.page.locator("#sums .split").nth(1)).to_contain_text("相符")
    officer.submit(EXPLANATION)


def section_returns_it(section: Reviewer) -> None:
    section.open_review()
    section.expect_state("业务股室审核中")
    section.remark(ROW, REMARK)
    section.return_(REASON)


def officer_corrects_the_row_and_answers(officer: Officer) -> None:
    officer.open("修改")
    reasons = officer.page.get_by_role("region", name="业务股室退回（第 1 轮），请按意见修改后重新提交")
    expect(reasons).to_contain_text(REASON)
    expect(reasons).to_contain_text("有疑问请联系：行政政法股 陈芳 演示电话 8003")
    name = officer.cell("数量指标第 1 行，三级指标")
    row = officer.page.locator("tr", has=name)
    expect(row.locator(".note.remark")).to_have_text(f"行政政法股 {REMARK}")
    reasons.get_by_role("link", name=REMARK).click()
    expect(name).to_be_in_viewport()
    name.fill(MENDED)
    reasons.get_by_label("已改").check()
    reasons.get_by_label("说明（不改的须写明理由）").fill(ANSWER)
    officer.submit()


def section_finds_it_again_and_passes(section: Reviewer) -> None:
    section.open_review()
    section.expect_state("业务股室审核中")
    section.page.get_by_role("tab", name="意见").click()
    thread = section.page.locator(".threads li", has_text=REMARK)
    expect(thread).to_contain_text(f"单位答复 {ANSWER}")
    thread.get_by_label("认可").check()
    section.pass_("优")
    section.find()
    section.expect_state("绩效股审核中")


def performance_approves(performance: Reviewer) -> None:
    performance.open_review()
    performance.approve("优")


def officer_downloads_the_sealed_copy(officer: Officer, filing: Filing) -> None:
    officer.find()
    officer.expect_state("已批复")
    expect(officer.page.get_by_text("每次下载都是同一个文件")).to_be_visible()
    copy = filing.issued_copies.get()
    kept = issuing.read(copy)
    name = f"101001-{DEPARTMENT}2022年度部门整体支出绩效目标表（定稿）.pdf"
    assert [officer.downloaded(), officer.downloaded()] == [(name, kept), (name, kept)]
    first = PdfReader(BytesIO(kept)).pages[0]
    assert [image.image.size for image in first.images if image.image] == [seal_size(filing)]
    code = "-".join(copy.code[start : start + 4] for start in range(0, len(copy.code), 4))
    texts = page_texts(kept)
    assert all(f"核验码：{code}" in text for text in texts)
    assert MENDED in "".join(texts)
    expect(officer.page.get_by_text("8 条记录均已校验，未被改动。")).to_be_visible()


def anonymous_user_verifies(visitor: JourneyUser, filing: Filing) -> None:
    copy = filing.issued_copies.get()
    visitor.page.goto(f"{visitor.site}/v/{copy.code}/")
    expect(visitor.page.get_by_role("heading", name="定稿现行有效")).to_be_visible()
    expect(visitor.page.locator(".facts")).to_contain_text(DEPARTMENT)
    expect(visitor.page.locator(".facts")).to_contain_text(copy.sha256)
    expect(visitor.page.get_by_text("页面上的红色印章是随文件打印的印章图片")).to_be_visible()


def seal_size(filing: Filing) -> tuple[int, int]:
    seal = issuing.seal_of(filing.department)
    assert seal
    return Image.open(BytesIO(seal.png)).size


def printed_again(*args: object, **kwargs: object) -> bytes:
    raise AssertionError("an issued copy was printed again")


def test_without_scripts_a_table_is_typed_saved_and_submitted(
    filing: Filing, new_window: NewWindow, live_server: LiveServer
) -> None:
    officer = Officer(new_window(java_script_enabled=False), live_server.url)
    officer.enter("填报人")
    officer.open("填报")
    for name, typed in (("资金总额", "100"), ("一般公共预算", "100"), ("基本支出", "90")):
        officer.amount(name, typed)
    officer.cell("整体绩效目标").fill("保障单位运转。")
    officer.cell("职责第 1 条").fill("（一）负责全县组织工作。")
    officer.press("保存")
    officer.expect_message("已保存。")
    officer.cell("数量指标第 1 行，三级指标").fill("培训干部")
    officer.cell("数量指标第 1 行，指标值及单位").fill("≥500人次")
    officer.cell("质量指标第 1 行，三级指标").fill("培训合格率")
    officer.cell("质量指标第 1 行，指标值及单位").fill("≥95%")
    officer.cell("社会效益指标第 1 行，三级指标").fill("宣传覆盖率")
    officer.cell("社会效益指标第 1 行，指标值及单位").fill("≥90%")
    officer.press("提交送签")
    expect(officer.page.get_by_role("alert")).to_contain_text("未提交，填写的内容已保存。")
    expect(officer.page.locator("#findings li.error")).to_contain_text("比资金总额 100.00 少 10.00 万元")
    officer.amount("项目支出", "10")
    officer.submit(EXPLANATION)
    document = filing.revisions.get().document()
    assert [(row.name, row.target) for row in document.indicators] == [
        ("培训干部", "≥500人次"),
        ("培训合格率", "≥95%"),
        ("宣传覆盖率", "≥90%"),
    ]
    assert (document.goal, document.amounts["EXP.PROJECT"]) == ("保障单位运转。", "10")
