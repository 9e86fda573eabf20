"""Take the pictures of the README (docs/images/) from a demonstration started here with temporary data.

Run from the root of the repository, with the development requirements, chromium-headless-shell
and poppler-utils installed:

    .venv/bin/python -m docs.screenshots
"""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Browser, FilePayload, FloatRect, Page, ViewportSize, expect, sync_playwright

from bench.waiting import wait_for
from filings.formats.docx import write as docx
from filings.table.grid import Cell, Row
from filings.table.layout.document import lay_out
from filings.tests.browser.users import Head, Officer, Reviewer
from filings.tests.founding import EDITION, founding_document

IMAGES = Path(__file__).parent / "images"
DESKTOP: ViewportSize = {"width": 1366, "height": 768}
PHONE: ViewportSize = {"width": 390, "height": 844}
LONGEST_START = 120.0
WRONG_AMOUNT = ("项目支出", "200")
REMARKS = {"财政供养人员": "请写明是编制人数还是实有人数。", "公用经费控制率": "请补充上年实际数，便于判断目标高低。"}


def main() -> None:
    IMAGES.mkdir(exist_ok=True)
    with running() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program("chromium-headless-shell"), args=["--no-sandbox"])
        photograph_the_officer(Officer(window(browser), site))
        photograph_the_reviewer(Reviewer(window(browser), site))
        photograph_the_head(Head(window(browser, PHONE, scale=2), site))
        photograph_the_sealed_copy(Officer(window(browser), site))
        browser.close()


def photograph_the_officer(officer: Officer) -> None:
    officer.page.goto(officer.site)
    shoot(officer.page, "login", height=470)
    officer.enter("填报人")
    shoot(officer.page, "todo", height=470)
    officer.open("填报")
    photograph_an_import(officer)
    officer.fill_in(founding_document())
    officer.amount(*WRONG_AMOUNT)
    officer.wait_until_saved()
    expect(officer.page.locator("#at-amounts-TOTAL-notes")).to_contain_text("少")
    officer.page.evaluate("scrollTo(0, 0)")
    rest(officer.page)
    shoot(officer.page, "fill")


def photograph_an_import(officer: Officer) -> None:
    """Preview a Word file with an unknown class and an unknown row, without adopting it."""
    grid = lay_out(founding_document(), EDITION)
    rows = [replace(row, cells=tuple(map(misnamed, row.cells))) for row in grid.rows]
    rows.append(Row((Cell("备注"), Cell("本表一式三份", column=1, columns=len(grid.widths) - 1)), "indicators"))
    content = docx.write(replace(grid, rows=tuple(rows)), made_at=datetime(2022, 1, 5, tzinfo=UTC))
    page = officer.page
    page.get_by_role("link", name="导入", exact=True).click()
    word: FilePayload = {"name": "2021年绩效目标表.docx", "mimeType": "application/octet-stream", "buffer": content}
    page.get_by_label("文件：选择文件，或拖到框内", exact=True).set_input_files(word)
    page.get_by_role("button", name="读取并预览").click()
    expect(page.get_by_role("heading", name="导入预览")).to_be_visible()
    rest(page)
    shoot(page, "import")
    page.get_by_role("link", name="不导入，返回填报表").click()


def misnamed(cell: Cell) -> Cell:
    return replace(cell, text="工作质量") if cell.text == "质量指标" else cell


def photograph_the_reviewer(reviewer: Reviewer) -> None:
    reviewer.enter("业务股室")
    reviewer.page.goto(f"{reviewer.site}/review/")
    reviewer.page.get_by_role("link", name="演示县司法局").click()
    expect(reviewer.page.locator("html[data-ready]")).to_have_count(1)
    for row, text in REMARKS.items():
        reviewer.remark(row, text)
    reviewer.page.locator(".official").get_by_text("整体绩效").first.evaluate("cell => cell.scrollIntoView()")
    rest(reviewer.page)
    shoot(reviewer.page, "review")


def photograph_the_head(head: Head) -> None:
    head.enter("单位负责人")
    head.page.get_by_role("link", name="审签", exact=True).click()
    expect(head.page.get_by_role("link", name="审签同意")).to_be_visible()
    shoot(head.page, "phone")


def photograph_the_sealed_copy(officer: Officer) -> None:
    """The first page of the approved copy, and its verification page."""
    officer.enter("管理员")
    officer.page.goto(f"{officer.site}/filings/?status=approved")
    officer.page.locator(".overview td.name a").click()
    _, content = officer.downloaded()
    command = (program("pdftoppm"), "-r", "80", "-f", "1", "-l", "1", "-png", "-")
    page = subprocess.run(command, input=content, capture_output=True, check=True)  # noqa: S603 — fixed arguments
    keep(page.stdout, "sealed")
    officer.page.get_by_role("link", name=officer.page.locator("code").first.inner_text()).click()
    shoot(officer.page, "verify", height=500)


def window(browser: Browser, size: ViewportSize | None = None, *, scale: int = 1) -> Page:
    context = browser.new_context(
        locale="zh-CN",
        viewport=size or DESKTOP,
        device_scale_factor=scale,
        reduced_motion="reduce",
    )
    return context.new_page()


def rest(page: Page) -> None:
    """Remove the focus, so that no caret blinks."""
    page.evaluate("document.activeElement.blur()")


def shoot(page: Page, name: str, *, height: int | None = None) -> None:
    """Save the window, or its upper `height` pixels."""
    page.evaluate("document.fonts.ready")
    part: FloatRect | None = {"x": 0, "y": 0, "width": DESKTOP["width"], "height": height} if height else None
    keep(page.screenshot(animations="disabled", caret="hide", clip=part), name)


def keep(png: bytes, name: str) -> None:
    save_picture(png, IMAGES / f"{name}.png")


def save_picture(png: bytes, path: Path, *, colours: int = 256) -> None:
    """Save with a palette, which takes a third of the size."""
    picture = Image.open(BytesIO(png)).convert("RGB").quantize(colours, dither=Image.Dither.NONE)
    picture.save(path, optimize=True)
    print(f"{path.name:<12} {path.stat().st_size // 1024:>4} kB")


@contextmanager
def running() -> Iterator[str]:
    """Serve the program on a free port with temporary data; yield its address."""
    with TemporaryDirectory() as folder, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        started = {**os.environ, "VAR_DIR": folder, "PORT": str(port), "DATABASE_URL": "", "DEMO_COUNTY": "0"}
        server = subprocess.Popen(["./run.sh", "--no-apt"], env=started)
        try:
            wait_for(f"http://127.0.0.1:{port}/", server, LONGEST_START)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait()


def program(name: str) -> str:
    path = shutil.which(name)
    if path is None:
        raise SystemExit(f"{name} is not installed")
    return path


if __name__ == "__main__":
    main()
