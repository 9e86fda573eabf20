"""Users of the bureau, each in their own browser window, who set up a cycle, review by keys, and approve."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from django.utils import timezone
from playwright.sync_api import expect

from filings.cycles.list_file import CONTENT_TYPE
from filings.tests.browser.users import JourneyUser

OWN_PASSWORD = "qing-shan-yi-jiu-36"
# More than the fields and buttons of any dialog.
MOST_TABS = 10


@dataclass(frozen=True)
class BureauUser(JourneyUser):
    """A user who logs in with a password."""

    def log_in(self, username: str, password: str) -> None:
        self.page.goto(f"{self.site}/accounts/login/")
        self.page.locator("#id_login").fill(username)
        self.page.locator("#id_password").fill(password)
        self.press("登录")

    def enter_first(self, username: str, first_password: str) -> None:
        """Log in with the first password and replace it, which the program demands."""
        self.log_in(username, first_password)
        expect(self.page.get_by_text("请先修改密码")).to_be_visible()
        self.page.locator("#id_oldpassword").fill(first_password)
        for number in (1, 2):
            self.page.locator(f"#id_password{number}").fill(OWN_PASSWORD)
        self.press("修改密码")
        expect(self.page.get_by_role("heading", name="待办")).to_be_visible()

    def expect_heading(self, name: str) -> None:
        expect(self.page.get_by_role("heading", name=name, level=1)).to_be_visible()

    def open_department(self, name: str) -> None:
        """Open the page of a filing by the search of the list."""
        self.page.goto(f"{self.site}/filings/")
        self.page.get_by_role("link", name=name, exact=True).click()
        self.expect_heading(name)


@dataclass(frozen=True)
class Manager(BureauUser):
    """管理员. Each step of a new cycle follows the one before through 下一步."""

    def create_cycle(self) -> None:
        self.page.goto(f"{self.site}/cycles/")
        self.page.get_by_role("link", name="新建批次").click()
        today = timezone.localdate()
        self.page.get_by_label("年度").fill(str(today.year))
        self.page.get_by_label("表样").select_option(index=1)
        self.page.get_by_label("开始日期").fill(today.isoformat())
        self.page.get_by_label("截止日期").fill((today + timedelta(days=30)).isoformat())
        for stage in ("业务股室", "绩效股"):
            self.page.get_by_label(stage).check()
        self.press("新建")
        self.expect_message("尚未启动。请按下面的步骤核对。")

    def go_on_to(self, step: str) -> None:
        self.page.get_by_role("link", name=f"下一步：{step}").click()
        self.expect_heading(step)

    def preview(self, file_name: str, content: bytes, *, counts: str) -> None:
        """Upload a list and expect the sum of its preview."""
        self.page.locator("input[type=file]").set_input_files(
            {"name": file_name, "mimeType": CONTENT_TYPE, "buffer": content}
        )
        self.press("预览")
        expect(self.page.locator("strong", has_text=counts)).to_be_visible()

    def downloaded(self, link: str) -> bytes:
        with self.page.expect_download() as caught:
            self.page.get_by_role("link", name=link).first.click()
        return Path(caught.value.path()).read_bytes()

    def show_on_board(self, state: str) -> None:
        """Filter the board by a state."""
        self.page.get_by_label("状态", exact=True).select_option(label=state)
        self.press("筛选")

    def extend(self, until: date, reason: str) -> None:
        self.page.get_by_role("button", name="延期").click()
        self.page.get_by_label("延至").fill(until.isoformat())
        self.page.get_by_role("textbox", name="理由").fill(reason)
        self.press("为这 1 个单位延期")


@dataclass(frozen=True)
class KeyboardReviewer(BureauUser):
    """审核人. Reviews with the keyboard alone."""

    def keys(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    def open_queue(self, tab: str = "mine") -> None:
        self.page.goto(f"{self.site}/review/?tab={tab}&sort=department")
        expect(self.page.get_by_role("button", name="快捷键")).to_be_visible()

    def expect_review_of(self, name: str) -> None:
        """Wait for the review page of a department, which opens by itself after a decision."""
        expect(self.page.locator(".review-bar h1")).to_have_text(name)
        expect(self.page.locator("html[data-ready]")).to_have_count(1)

    def choose_code(self, label: str) -> None:
        """Choose the reason code of the remark being written with the arrow keys."""
        codes = self.page.locator(".remark-field[open] select")
        self.keys("Shift+Tab", "Shift+Tab")
        expect(codes).to_be_focused()
        self.keys(*["ArrowDown"] * codes.locator("option").all_inner_texts().index(label))

    def accept_answers(self) -> None:
        """Settle all remarks that the department has answered."""
        self.page.get_by_role("tab", name="意见").press("Enter")
        for choices in self.page.locator(".settle").all():
            choices.get_by_label("认可").press("Space")

    def tab_to(self, button: str) -> None:
        """Move the focus forward to a button of the open dialog."""
        target = self.page.get_by_role("dialog").get_by_role("button", name=button)
        for _ in range(MOST_TABS):
            if target.evaluate("(element) => element === document.activeElement"):
                return
            self.keys("Tab")
        raise AssertionError(f"{button} is not reached by the keyboard")

    def select_first(self, count: int) -> None:
        """Select the first rows of the queue."""
        self.keys(*["j", "x"] * count)
        expect(self.page.locator("#selected-count")).to_have_text(f"已选 {count} 份")

    def bulk(self, button: str) -> None:
        self.page.get_by_role("button", name=button).press("Enter")
        self.expect_heading(button)

    def pass_selected(self) -> str:
        """Pass the selected filings that can be passed unseen; return the text of the page that asks first."""
        self.bulk("批量通过")
        asked: str = self.page.locator("main").inner_text()
        self.page.get_by_role("button", name="确认通过").press("Enter")
        expect(self.page.get_by_role("heading", name="已通过")).to_be_visible()
        return asked

    def pass_first_page(self) -> str:
        """Pass what can be passed unseen on the first page of the queue."""
        self.open_queue()
        self.page.get_by_label("全选本页").press("Space")
        return self.pass_selected()

    def pass_with_reason(self, reason: str) -> None:
        """Pass a filing that leaves something open, which takes a reason: the caret is already in its field."""
        self.keys("a")
        expect(self.page.get_by_label("例外理由")).to_be_focused()
        self.type(reason)
        self.tab_to("审核通过")
        self.keys("Enter")

    def approve(self, name: str) -> None:
        """Approve a filing that leaves nothing open."""
        self.expect_review_of(name)
        self.keys("a")
        self.confirm_approval()

    def approve_with_reason(self, reason: str) -> None:
        """Approve a filing that leaves something open."""
        self.keys("a")
        self.page.get_by_label("仍要批复的理由").fill(reason)
        self.confirm_approval()

    def confirm_approval(self) -> None:
        self.page.locator(".approval-decide button").press("Enter")
        self.expect_message("秒内可以撤销")
