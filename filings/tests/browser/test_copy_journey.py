"""A copy from its approval to the holders of the paper and of the file, in a browser."""

from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

import pypdfium2
import pytest
import zxingcpp
from django.core.cache import caches
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from filings.choices import Stage
from filings.formats.pdf import write as pdf
from filings.lifecycle import issuing
from filings.models import IssuedCopy
from filings.publication import publish
from filings.signing import pades
from filings.tests.browser.window import Window
from filings.tests.county import County, found_county
from filings.tests.signing.authorities import found_authorities, write_signing_file
from filings.tests.verification.copies import adjust, approve
from filings.tests.worker import work
from filings.verification.throttle import CACHE

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]

NewWindow = Callable[..., Page]
DPI = 150


@pytest.fixture
def county(transactional_db: None, settings: Settings, live_server: LiveServer, signing_file: Path) -> County:
    settings.SITE_ADDRESS, settings.SIGNING_FILE = live_server.url, str(signing_file)
    caches[CACHE].clear()
    return found_county((Stage.PERFORMANCE,))


def scanned(content: bytes) -> str:
    """Return the address in the QR code of the last page, rendered at the resolution of an office scanner."""
    with pypdfium2.PdfDocument(content) as opened:
        picture = opened[len(opened) - 1].render(scale=DPI / 72).to_pil()
    (code,) = zxingcpp.read_barcodes(picture)
    return code.text


def test_from_the_approval_to_the_paper_that_anyone_can_check(
    county: County, new_window: NewWindow, live_server: LiveServer
) -> None:
    filing = county.in_review()
    reviewer = Window(new_window(), live_server.url, filing)
    reviewer.enter(county.performance_reviewer)
    reviewer.page.goto(f"{live_server.url}/filings/{filing.pk}/review/")
    reviewer.page.locator("#open-pass").click()
    reviewer.page.get_by_label("等级").select_option("优")
    reviewer.page.locator(".approval-decide button").click()
    expect(reviewer.page.get_by_role("button", name="撤销")).to_be_visible()
    work(ahead=True)

    officer = Window(new_window(), live_server.url, filing)
    officer.enter(county.filler)
    officer.page.goto(f"{live_server.url}/filings/{filing.pk}/")
    with officer.page.expect_download() as download:
        officer.page.get_by_role("link", name="定稿", exact=False).first.click()
    old = Path(download.value.path()).read_bytes()

    holder = new_window(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    holder.goto(scanned(old))
    expect(holder.locator("h1")).to_contain_text("定稿现行有效")
    expect(holder.locator("#content")).to_contain_text("县档案馆")

    publish.publish(filing.pk, by=county.manager, now=timezone.now())
    new = issuing.read(approve(county, adjust(county, filing, "管好县档案，建成新馆。")))
    holder.reload()
    expect(holder.locator("h1")).to_contain_text("已被新的定稿取代")
    expect(holder.locator("#content")).to_contain_text("整体绩效目标：修改")
    publish.publish(filing.pk, by=county.manager, now=timezone.now())
    holder.reload()
    expect(holder.locator("table.adjusted")).to_contain_text("建成新馆")
    expect(holder.locator("table.adjusted")).to_contain_text("预算调整")
    holder.goto(scanned(new))
    expect(holder.locator("h1")).to_contain_text("定稿现行有效")


def test_a_file_is_compared_in_the_browser_and_sent_only_by_the_button(
    county: County, new_window: NewWindow, live_server: LiveServer, tmp_path: Path
) -> None:
    copy = approve(county)
    content = issuing.read(copy)
    flipped = content[:900] + bytes([content[900] ^ 1]) + content[901:]
    page, sent = new_window(), []
    page.on("request", lambda request: sent.append(request.method))
    page.goto(f"{live_server.url}/v/{copy.code}/")
    result = page.locator("[data-verify-result]")

    choose(page, content)
    expect(result).to_contain_text("文件未被改动")
    choose(page, flipped)
    expect(result).to_contain_text("文件与这份定稿不一致")
    assert "POST" not in sent

    for changed, headline, sentence in (
        (flipped, "文件已被改动，不能作为定稿使用", "有 1 个字节被改动，电子签名无效"),
        (content + b"\n", "文件已被改动，不能作为定稿使用", "之后追加了 1 个字节"),
        (forged(county, copy, tmp_path), "电子签名不是本系统签署的", "任何人都可以自制同名的证书"),
    ):
        page.goto(f"{live_server.url}/v/{copy.code}/")
        choose(page, changed)
        expect(result).to_contain_text("不一致")
        page.get_by_role("button", name="上传到服务器检查签名").click()
        expect(page.locator("h1")).to_contain_text(headline)
        expect(page.locator("#content")).to_contain_text(sentence)
        expect(page.locator("#content")).not_to_contain_text("文件未被改动")


def test_a_file_alone_leads_to_its_copy(county: County, new_window: NewWindow, live_server: LiveServer) -> None:
    copy = approve(county)
    page = new_window()
    page.goto(f"{live_server.url}/v/")
    choose(page, issuing.read(copy))
    page.wait_for_url(f"**/v/hash/{copy.sha256}/")
    expect(page.locator("h1")).to_contain_text("文件未被改动")
    assert urlsplit(page.url).query == ""


def test_a_table_is_published_found_by_a_stranger_and_withdrawn(
    county: County, new_window: NewWindow, live_server: LiveServer
) -> None:
    copy = approve(county)
    manager = Window(new_window(), live_server.url, copy.filing)
    manager.enter(county.manager)
    publication = f"{live_server.url}/cycles/{county.cycle.pk}/publication/"
    manager.page.goto(publication)
    manager.page.get_by_role("button", name="全部公开（1 份待公开）").click()
    for box in manager.page.get_by_role("checkbox").all():
        box.check()
    manager.page.get_by_role("button", name="公开这 1 份").click()
    expect(manager.page.locator("h1")).to_contain_text("公开")
    work()

    stranger = new_window(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    stranger.goto(f"{live_server.url}/public/")
    stranger.get_by_label("单位").fill("xdag")
    stranger.get_by_role("button", name="查找").click()
    stranger.get_by_role("link", name="县档案馆").first.click()
    expect(stranger.locator("h1")).to_contain_text("县档案馆")
    expect(stranger.locator("table.official")).to_contain_text("接收档案")
    address = stranger.url
    assert stranger.request.get(f"{address}table.pdf").body() == issuing.read(copy)
    assert stranger.context.cookies() == []

    manager.page.goto(publication)
    manager.page.get_by_role("link", name="县档案馆").click()
    manager.page.get_by_label("撤下的理由").fill("指标有误，更正后再公开。")
    manager.page.get_by_role("button", name="撤下", exact=True).click()
    expect(manager.page.locator("h1")).to_contain_text("县档案馆")
    gone = stranger.goto(address)
    assert gone is not None
    assert gone.status == HTTPStatus.GONE
    expect(stranger.locator("#content")).not_to_contain_text("接收档案")
    assert stranger.request.get(f"{address}table.pdf").status == HTTPStatus.GONE
    stranger.goto(f"{live_server.url}/v/{copy.code}/")
    expect(stranger.locator("h1")).to_contain_text("定稿现行有效")


def choose(page: Page, content: bytes) -> None:
    page.locator("#file").set_input_files({"name": "定稿.pdf", "mimeType": "application/pdf", "buffer": content})


def forged(county: County, copy: IssuedCopy, folder: Path) -> bytes:
    """Return a print of the same content that is signed with a self-made certificate of the same name."""
    edition = county.cycle.edition.definition()
    printed = pdf.write(copy.revision.document(), edition, made_at=timezone.now())
    signing_file = write_signing_file(folder, found_authorities())
    return pades.sign(printed, unit="101", at=timezone.now(), signing_file=signing_file).content
