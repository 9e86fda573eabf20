"""Take a picture of every page of the demonstration on a screen (1366×768) and a phone (390×844), for looking through.

Run as docs/screenshots.py; the pictures are stored in docs/images/pages/:

    .venv/bin/python -m docs.page_pictures
"""

import re
from collections.abc import Mapping, Sequence

from playwright.sync_api import FloatRect, Page, sync_playwright

from docs.screenshots import DESKTOP, IMAGES, PHONE, program, rest, running, save_picture, window

FOLDER = IMAGES / "pages"
SIZES = {"screen": DESKTOP, "phone": PHONE}
LONGEST_PICTURE = 2400
# By user: the name of a picture and its address. {党校} is the primary key of a filing, {receipt} an address.
PAGES: Mapping[str, Sequence[tuple[str, str]]] = {
    "": [
        ("login", "/accounts/login/"),
        ("verify", "/v/"),
        ("verify-copy", "{copy}"),
        ("verify-mistyped", "{mistyped}"),
        ("public", "/public/"),
        ("public-year", "/public/{published_year}/"),
        ("public-table", "{published}"),
        ("public-data", "/public/{published_year}/data/"),
        ("not-found", "/filings/0/"),
    ],
    "demo-filler": [
        ("password", "/accounts/password/change/"),
        ("log-out", "/accounts/logout/"),
        ("fill-checked", "/filings/{党校}/fill/?checked=1"),
        ("revision", "/filings/{党校}/revisions/1/"),
        ("todo", "/"),
        ("list", "/filings/"),
        ("messages", "/messages/"),
        ("library", "/library/"),
        ("rules", "/rules/"),
        ("help", "/help/"),
        ("account", "/account/"),
        ("fill-empty", "/filings/{组织部}/fill/"),
        ("fill-returned", "/filings/{党校}/fill/"),
        ("import", "/filings/{组织部}/fill/import/"),
        ("last-year", "/filings/{组织部}/fill/last-year/"),
        ("restore-points", "/filings/{党校}/fill/points/"),
        ("links", "/filings/{党校}/fill/links/"),
        ("years", "/filings/{组织部}/years/"),
        ("attachments", "/filings/{党校}/attachments/"),
        ("submit", "/filings/{党校}/submit/"),
        ("filing-returned", "/filings/{党校}/"),
    ],
    "demo-head": [
        ("todo-head", "/"),
        ("signing", "/filings/{档案馆}/signing/"),
        ("sign", "/filings/{档案馆}/sign/"),
        ("receipt", "{receipt}"),
    ],
    "demo-section": [
        ("queue", "/review/"),
        ("review", "/filings/{司法局}/review/"),
        ("scores", "/filings/{司法局}/scores/"),
        ("consult", "/filings/{司法局}/consult/"),
        ("consultations", "/consultations/"),
        ("reviewer", "/filings/{司法局}/review/reviewer/"),
    ],
    "demo-performance": [
        ("approve", "/filings/{教育局}/approve/"),
        ("filing-approved", "/filings/{文化馆}/"),
        ("revoke", "/filings/{文化馆}/revoke/"),
    ],
    "demo-manager": [
        ("board", "/cycles/{cycle}/board/"),
        ("publication", "/cycles/{cycle}/publication/"),
        ("publication-table", "/cycles/{cycle}/publication/{文化馆}/"),
        ("wrong-words", "/wrong-words/"),
        ("integrity", "/integrity/"),
        ("exports", "/cycles/{cycle}/exports/"),
        ("similar", "/cycles/{cycle}/similar/"),
        ("findings", "/cycles/{cycle}/findings/"),
        ("controls", "/cycles/{cycle}/controls/"),
        ("cycles", "/cycles/"),
        ("cycle-new", "/cycles/new/"),
        ("cycle-next", "/cycles/{cycle}/next/"),
        ("setup", "/cycles/{cycle}/setup/"),
        ("setup-edition", "/cycles/{cycle}/setup/edition/"),
        ("setup-details", "/cycles/{cycle}/setup/details/"),
        ("setup-policy", "/cycles/{cycle}/setup/policy/"),
        ("setup-publication", "/cycles/{cycle}/setup/publication/"),
        ("setup-departments", "/cycles/{cycle}/setup/departments/"),
        ("setup-people", "/cycles/{cycle}/setup/people/"),
        ("setup-seals", "/cycles/{cycle}/setup/seals/"),
        ("setup-start", "/cycles/{cycle}/setup/start/"),
        ("setup-close", "/cycles/{cycle}/setup/close/"),
        ("calendar", "/calendar/"),
        ("offices", "/offices/"),
    ],
}


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with running() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program("chromium-headless-shell"), args=["--no-sandbox"])
        numbers = primary_keys(window(browser), site)
        numbers |= receipt_of(window(browser), site, numbers["档案馆"])
        numbers |= public_addresses(window(browser), site, numbers["文化馆"])
        for suffix, size in SIZES.items():
            for user, pages in PAGES.items():
                page = window(browser, size)
                log_in(page, site, user)
                for name, address in pages:
                    page.goto(site + re.sub(r"{(.+?)}", lambda found: numbers[found[1]], address))
                    take(page, f"{name}-{suffix}")
                page.context.close()
        browser.close()


def log_in(page: Page, site: str, user: str) -> None:
    if user:
        page.goto(f"{site}/accounts/login/")
        page.locator(f"form[action='/demo-login/{user}/'] button").click()


def primary_keys(page: Page, site: str) -> dict[str, str]:
    """Map the end of a department's name to the primary key of its filing, and `cycle` to that of the cycle."""
    log_in(page, site, "demo-manager")
    page.goto(f"{site}/filings/")
    names = ("组织部", "党校", "档案馆", "司法局", "教育局", "文化馆", "图书馆")
    links = {name: page.get_by_role("link", name=re.compile(f"{name}$")).first for name in names}
    keys = {name: number(link.get_attribute("href")) for name, link in links.items()}
    page.goto(f"{site}/cycles/choose/?page=board")
    return keys | {"cycle": number(page.url)}


def receipt_of(page: Page, site: str, filing: str) -> dict[str, str]:
    """Map `receipt` to the address of the receipt of a filing's submission, as its head sees it."""
    log_in(page, site, "demo-head")
    page.goto(f"{site}/filings/{filing}/")
    return {"receipt": page.get_by_role("link", name="回执").first.get_attribute("href") or ""}


def public_addresses(page: Page, site: str, filing: str) -> dict[str, str]:
    """Map `copy` and `mistyped` to verification pages of a filing's copy, and `published` to a published table."""
    log_in(page, site, "demo-manager")
    page.goto(f"{site}/filings/{filing}/")
    copy = page.locator("a[href^='/v/']").first.get_attribute("href") or ""
    mistyped = copy[:-2] + ("O" if copy[-2] != "D" else "0") + "/"
    page.goto(f"{site}/public/")
    year = number(page.locator("a[href^='/public/']", has_text="年度").first.get_attribute("href"))
    page.goto(f"{site}/public/{year}/")
    table = page.locator(f"a[href^='/public/{year}/']", has_text="组织部").first.get_attribute("href") or ""
    return {"copy": copy, "mistyped": mistyped, "published_year": year, "published": table}


def number(address: str | None) -> str:
    found = re.search(r"/(\d+)/", address or "")
    if not found:
        raise SystemExit(f"no number in {address}")
    return found[1]


def take(page: Page, name: str) -> None:
    """Save the whole page, cut after LONGEST_PICTURE pixels."""
    page.evaluate("document.fonts.ready")
    rest(page)
    size = page.viewport_size
    height = min(page.evaluate("document.documentElement.scrollHeight"), LONGEST_PICTURE)
    part: FloatRect = {"x": 0, "y": 0, "width": size["width"] if size else 0, "height": height}
    save_picture(
        page.screenshot(animations="disabled", caret="hide", full_page=True, clip=part),
        FOLDER / f"{name}.png",
        colours=64,
    )


if __name__ == "__main__":
    main()
