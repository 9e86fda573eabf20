"""打印样张: images of the pages of the downloadable PDF with their first cells, for users who may fill in."""

import re
from base64 import b64decode
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from PIL import Image
from pypdf import PdfReader

from filings.choices import Action
from filings.formats.pdf import page_images
from filings.models import Filing
from filings.tests.county import County, step
from filings.tests.views.conftest import ClientOf
from filings.tests.views.pages import html, words
from filings.views.table.annotated import LONGEST_EXCERPT

FIGURE = re.compile(r'<li data-begins="([^"]*)">(.*?)</li>', re.DOTALL)
PICTURE = re.compile(r'<img src="data:image/png;base64,([^"]+)" width="794" height="1123" alt="([^"]+)">')
LINK = re.compile(r'<a href="([^"]*)">([^<]*)</a>')
DUTY = "负责研究和指导全县档案工作，制订档案收集、整理、保管、利用的规定和意见，并会同有关部门组织实施和检查；"


def get_pages(client: Client, filing: Filing) -> Any:
    return client.get(f"/filings/{filing.pk}/fill/pages/")


def figures(answer: Any) -> list[tuple[str, str]]:
    """The place that each page begins with, and the HTML of its figure."""
    return [(unescape(begins), inside) for begins, inside in FIGURE.findall(html(answer))]


def drawn(answer: Any) -> list[bytes]:
    return [b64decode(data) for data, _ in PICTURE.findall(html(answer))]


def downloaded(client: Client, filing: Filing) -> bytes:
    return bytes(client.get(f"/filings/{filing.pk}/files/pdf/").content)


def with_duties(filing: Filing, count: int) -> Filing:
    """Add duties of ten lines each to a draft."""
    for number in range(count):
        filing.duties.create(key=f"long{number}", rank=str(30 + number), raw=f"（{number}）{DUTY * 8}")
    return filing


def test_the_pages_are_those_of_the_downloaded_file(county: County, client_of: ClientOf) -> None:
    filing, client = with_duties(county.filled(), 12), client_of(county.filler)
    answer, content = get_pages(client, filing), downloaded(client, filing)
    assert answer.status_code == 200
    assert tuple(drawn(answer)) == page_images.render(content).images
    count = len(PdfReader(BytesIO(content)).pages)
    assert count >= 3
    assert [alt for _, alt in PICTURE.findall(html(answer))] == [
        f"第 {number} 页，共 {count} 页" for number in range(1, count + 1)
    ]


def test_the_current_draft_is_drawn(county: County, client_of: ClientOf) -> None:
    filing, client = county.filled(), client_of(county.filler)
    before = drawn(get_pages(client, filing))
    filing.duties.update(raw="（一）负责全县档案的收集、保管和利用。")
    after = drawn(get_pages(client, filing))
    assert len(before) == len(after) == 1
    assert before != after
    assert Image.open(BytesIO(after[0])).size == (1191, 1684)


def test_each_page_links_to_its_first_cell(county: County, client_of: ClientOf) -> None:
    filing = with_duties(county.filled(), 12)
    first, *others = figures(get_pages(client_of(county.filler), filing))
    assert first[0] == "fields[department]"
    assert LINK.findall(first[1]) == []
    assert "第 1 页" in first[1]
    duties = [begins for begins, _ in others if begins.startswith("duties[long")]
    assert len(duties) >= 2
    for number, (begins, inside) in enumerate(others, start=2):
        ((href, shown),) = LINK.findall(inside)
        assert href == "#at-" + re.sub("[^A-Za-z0-9]+", "-", begins).strip("-")
        assert f"第 {number} 页，从「" in inside
        assert shown.removesuffix("…")
        if begins in duties:
            duty = filing.duties.get(key=begins.removeprefix("duties[").removesuffix("].text"))
            assert duty.raw.startswith(shown.removesuffix("…"))


def test_a_page_may_begin_in_the_middle_of_a_duty(county: County, client_of: ClientOf) -> None:
    filing = county.filled()
    filing.duties.filter(key="d1").update(raw=DUTY * 100)
    pages = figures(get_pages(client_of(county.filler), filing))
    assert [begins for begins, _ in pages[1:3]] == ["duties[d1].text"] * 2
    assert "从「" in pages[2][1]


def test_a_row_taller_than_a_page_continues(county: County, client_of: ClientOf) -> None:
    filing = county.filled()
    filing.indicators.filter(key="i0").update(name="甲" * 2_000)
    pages = figures(get_pages(client_of(county.filler), filing))
    tall = [inside for begins, inside in pages if begins == "nodes[OUT]"]
    assert len(tall) >= 3
    assert ["页，接着「" in inside for inside in tall] == [False] + [True] * (len(tall) - 1)


def test_of_a_long_table_the_first_pages_are_drawn_and_all_are_counted(
    county: County, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_images, "MOST_PAGES", 2)
    answer = get_pages(client_of(county.filler), with_duties(county.filled(), 12))
    pages = figures(answer)
    assert len(drawn(answer)) == 2
    assert len(pages) >= 3
    assert all(begins for begins, _ in pages)
    assert f"共 {len(pages)} 页，此处显示前 2 页" in words(answer)


def test_typed_markup_is_escaped(county: County, client_of: ClientOf) -> None:
    nasty = "<b>\"'&amp;</b>{{ 7 }}"
    filing, client = with_duties(county.filled(), 12), client_of(county.filler)
    filing.duties.filter(key__startswith="long").update(raw=nasty + DUTY * 8)
    answer = get_pages(client, filing)
    shown = [unescape(words) for _, inside in figures(answer) for _, words in LINK.findall(inside)]
    assert sum(text.startswith(nasty[:LONGEST_EXCERPT]) for text in shown) >= 2
    assert "<b>" not in html(answer)
    assert tuple(drawn(answer)) == page_images.render(downloaded(client, filing)).images


def test_unprintable_characters_are_reported_instead_of_pages(county: County, client_of: ClientOf) -> None:
    filing = county.filled()
    filing.duties.update(raw="（一）\U0001f600负责全县档案。")
    answer = get_pages(client_of(county.filler), filing)
    assert answer.status_code == 200
    assert '<p class="notice stop">' in html(answer)
    assert words(answer) == "有 1 个字符无法打印：「\U0001f600」。请换成通用的汉字或符号。"
    assert figures(answer) == []


def test_the_answer_is_a_fragment_that_is_not_cached(county: County, client_of: ClientOf) -> None:
    answer = get_pages(client_of(county.filler), county.filled())
    assert "<html" not in html(answer)
    assert "no-store" in answer["Cache-Control"]
    assert "private" in answer["Cache-Control"]
    assert "img-src 'self' data:" in answer["Content-Security-Policy"]


def test_pages_are_for_users_who_may_submit(county: County, client_of: ClientOf) -> None:
    filing = county.filled()
    users = (county.filler, county.head, county.observer, county.manager, county.section_reviewer, county.stranger)
    assert [get_pages(client_of(user), filing).status_code for user in users] == [200, 403, 403, 403, 404, 404]
    anonymous = get_pages(Client(), filing)
    assert (anonymous.status_code, anonymous["Location"]) == (
        302,
        f"/accounts/login/?next=/filings/{filing.pk}/fill/pages/",
    )


def test_after_submission_it_redirects_like_the_fill_in_page(county: County, client_of: ClientOf) -> None:
    filing, client = county.signing(), client_of(county.filler)
    answer, page = get_pages(client, filing), client.get(f"/filings/{filing.pk}/fill/")
    assert (answer.status_code, answer["Location"]) == (302, f"/filings/{filing.pk}/")
    assert answer["Location"] == page["Location"]


def test_it_changes_nothing(county: County, client_of: ClientOf) -> None:
    filing = step(Action.SEND_BACK, county.signing(), county.head, reason="请补充。")
    was = Filing.objects.values().get()
    assert get_pages(client_of(county.filler), filing).status_code == 200
    assert Filing.objects.values().get() == was
