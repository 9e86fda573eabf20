"""Users of the journeys, each in their own browser window. Every step waits for the response of the page."""

import re
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from filings.document.content import FilingDocument
from filings.tests.founding import EDITION

DEPARTMENT = "中共演示县委组织部"


@dataclass(frozen=True)
class JourneyUser:
    """A user of the demonstration and their browser page."""

    page: Page
    site: str

    def enter(self, post: str) -> None:
        """Log in with the first button of the demonstration for a post."""
        self.page.goto(f"{self.site}/")
        expect(self.page.get_by_role("heading", name="登录", exact=True)).to_be_visible()
        self.page.get_by_role("button", name=re.compile(f"^{post} ")).first.click()
        expect(self.page.get_by_role("heading", name="待办")).to_be_visible()

    def open(self, verb: str) -> None:
        """Open the task of this user in the row of the department in 待办."""
        self.page.goto(f"{self.site}/")
        row = self.page.get_by_role("row", name=DEPARTMENT)
        row.get_by_role("link", name=verb, exact=True).click()

    def find(self) -> None:
        """Open the filing from the list, whatever its status."""
        self.page.goto(f"{self.site}/filings/")
        self.page.get_by_role("link", name=DEPARTMENT, exact=True).click()

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def expect_message(self, sentence: str) -> None:
        expect(self.page.get_by_role("status").filter(has_text=sentence)).to_be_visible()

    def expect_state(self, state: str) -> None:
        expect(self.page.locator(".state").first).to_have_text(state)


@dataclass(frozen=True)
class Officer(JourneyUser):
    """填报人. Types cell after cell and adds rows as needed."""

    def cell(self, label: str) -> Locator:
        return self.page.get_by_label(label, exact=True)

    def amount(self, name: str, typed: str) -> None:
        field = self.cell(f"{name}，万元")
        field.clear()
        field.press_sequentially(typed)

    def fill_in(self, document: FilingDocument) -> None:
        """Fill in the whole table except the header and the name of the department, which are prefilled."""
        for line in EDITION.lines:
            if typed := document.amounts[line.key]:
                self.amount(line.label.rstrip("："), typed)
        self.cell("整体绩效目标").fill(document.goal)
        self._fill_rows("职责", "部门职能职责概述 ＋加一条", [{"": duty.text} for duty in document.duties])
        for _, class_ in EDITION.leaves():
            rows = [row for row in document.indicators if row.node == class_.key]
            name = "".join(class_.label.split())
            typed_rows = [{"，三级指标": row.name, "，指标值及单位": row.target} for row in rows]
            self._fill_rows(name, f"{name} ＋加一行", typed_rows)

    def _fill_rows(self, label: str, button: str, rows: list[dict[str, str]]) -> None:
        for number, typed in enumerate(rows, start=1):
            named = f"{label}第 {number} {'条' if label == '职责' else '行'}"
            first = self.cell(named + next(iter(typed)))
            if number > 1:
                self.press(button)
                expect(first).to_be_focused()
            for column, text in typed.items():
                self.cell(named + column).fill(text)

    def wait_until_saved(self) -> None:
        expect(self.page.locator("#save-status")).to_have_text(re.compile(r"^已保存 \d\d:\d\d$"))

    def submit(self, explanation: str = "") -> None:
        """Submit; the page that sums up takes the explanation of each warning that needs one."""
        self.press("提交送签")
        expect(self.page.get_by_role("heading", name="确认提交")).to_be_visible()
        if explanation:
            for field in self.page.locator("#submission .item-list textarea").all():
                field.fill(explanation)
        self.press("确认提交")
        self.expect_message("已提交，等单位负责人审签。")
        self.expect_state("待单位审签")

    def downloaded(self) -> tuple[str, bytes]:
        """Download the PDF; return its file name and content."""
        with self.page.expect_download() as caught:
            self.page.get_by_role("link", name=re.compile("^下载(盖章定稿|送审稿|草稿)（PDF）$")).click()
        return caught.value.suggested_filename, Path(caught.value.path()).read_bytes()


@dataclass(frozen=True)
class Head(JourneyUser):
    """单位负责人."""

    def sign(self, *, number: int) -> None:
        self.open("审签")
        expect(self.page.locator(".page-head")).to_contain_text(f"第 {number} 版")
        self.page.get_by_role("link", name="审签同意", exact=True).click()
        for statement in self.page.get_by_role("group", name="请逐条确认").get_by_role("checkbox").all():
            statement.check()
        self.press("审签同意")
        self.expect_message("已审签，已送财政局审核。")


@dataclass(frozen=True)
class Reviewer(JourneyUser):
    """业务股室 or 绩效股."""

    def open_review(self) -> None:
        """Open the review of the department from the queue."""
        self.page.goto(f"{self.site}/review/")
        self.page.get_by_role("link", name=DEPARTMENT).first.click()
        expect(self.page.locator("html[data-ready]")).to_have_count(1)

    def remark(self, row: str, text: str) -> None:
        cell = self.page.locator(".official tr:not(.funding) td").filter(has_text=row).first
        cell.locator("summary").click()
        cell.get_by_role("textbox", name=row).fill(text)
        self.page.keyboard.press("Escape")

    def return_(self, reason: str) -> None:
        self.page.locator("#open-return").click()
        self.page.get_by_label("总体意见").fill(reason)
        self.press("退回填报单位")
        self.expect_message("已退回，填报单位会看到您的意见。")

    def pass_(self, grade: str) -> None:
        """Pass a table that leaves nothing open."""
        self.page.locator("#open-pass").click()
        self.page.get_by_label("等级").select_option(grade)
        self.press("审核通过")
        self.expect_message("已审核通过。")

    def approve(self, grade: str) -> None:
        """Pass the last stage and confirm it; the worker issues the copy."""
        # Imported here, because docs/screenshots.py uses the other users without Django.
        from filings.tests.worker import work

        self.page.locator("#open-pass").click()
        self.page.get_by_label("等级").select_option(grade)
        self.page.locator(".approval-decide button").click()
        expect(self.page.get_by_role("button", name="撤销")).to_be_visible()
        work(ahead=True)
        self.find()
        self.expect_state("已批复")
