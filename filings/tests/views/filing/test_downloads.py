"""Downloads: names, content types and marks; an issued copy is read from storage, not printed again."""

import re
from hashlib import sha256
from io import BytesIO
from typing import Any
from urllib.parse import unquote

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader

from filings import verification_code
from filings.choices import Action
from filings.document import canonical_json
from filings.formats.pdf import write as pdf
from filings.lifecycle import issuing
from filings.models import Filing
from filings.tests.county import County, step
from filings.tests.views.conftest import ClientOf
from filings.tests.views.pages import html, words


def name_of(answer: Any) -> str:
    """Return the file name of the response (RFC 5987)."""
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    return unquote(answer["Content-Disposition"].partition("''")[2])


def text_of(answer: Any) -> str:
    """Return the printed text without white space."""
    return "".join("".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages).split())


def marks_in(content: bytes, kind: str) -> list[str]:
    """Return the marks of a file, read independently of the writers."""
    if kind == "html":
        return re.findall(r'<p class="mark[^>]*>([^<]*)</p>', content.decode())
    if kind == "xlsx":
        cell = load_workbook(BytesIO(content)).worksheets[0]["A1"].value
        return [str(cell)]
    section = Document(BytesIO(content)).sections[0]
    texts = [
        paragraph.text.partition("\t") for part in (section.header, section.footer) for paragraph in part.paragraphs
    ]
    return [text for text, tab, _ in texts if text and (tab or "页" not in text)]


def approved(county: County) -> Filing:
    filing = county.in_review()
    for reviewer in (county.supervisor_reviewer, county.section_reviewer, county.performance_reviewer):
        step(Action.APPROVE_STAGE, filing, reviewer)
    return filing


def test_a_draft_is_marked(county: County, client_of: ClientOf) -> None:
    filing = county.filled()
    answer = client_of(county.filler).get(f"/filings/{filing.pk}/files/pdf/")
    stem = f"101-县档案馆{county.cycle.year}年度部门整体支出绩效目标表"
    assert name_of(answer) == f"{stem}（草稿）.pdf"
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "草稿" in text_of(answer)


def test_a_submitted_version_is_printed_with_its_number_and_no_mark(county: County, client_of: ClientOf) -> None:
    filing = county.signing()
    revision = filing.revisions.get()
    answer = client_of(county.head).get(f"/filings/{filing.pk}/files/pdf/")
    assert name_of(answer).endswith("（送审稿第 1 版）.pdf")
    text = text_of(answer)
    assert "草稿" not in text
    assert f"送审稿第1版校验码{revision.sha256[:12]}" in text


def test_an_approved_pdf_is_the_stored_copy(
    county: County, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    filing = approved(county)

    def never(*args: object, **kwargs: object) -> bytes:
        raise AssertionError("printed again")

    monkeypatch.setattr(pdf, "write", never)
    copy = filing.live_copy()
    assert copy
    for user in (county.filler, county.performance_reviewer, county.manager):
        answer = client_of(user).get(f"/filings/{filing.pk}/files/pdf/")
        assert answer.content == issuing.read(copy)
        assert sha256(answer.content).hexdigest() == copy.sha256
        assert name_of(answer) == f"101-县档案馆{county.cycle.year}年度部门整体支出绩效目标表（定稿）.pdf"


def test_during_an_adjustment_reviewers_get_the_old_copy_and_fillers_a_draft(
    county: County, client_of: ClientOf
) -> None:
    filing = approved(county)
    copy = filing.live_copy()
    assert copy
    step(Action.ADJUST, filing, county.filler, reason="追加预算。")
    reviewer = client_of(county.performance_reviewer).get(f"/filings/{filing.pk}/files/pdf/")
    assert reviewer.content == issuing.read(copy)
    assert "（草稿）" in name_of(client_of(county.filler).get(f"/filings/{filing.pk}/files/pdf/"))


def test_the_other_formats_hold_the_same_table(county: County, client_of: ClientOf) -> None:
    filing = county.signing()
    client = client_of(county.filler)
    answers = {kind: client.get(f"/filings/{filing.pk}/files/{kind}/") for kind in ("xlsx", "html", "txt", "json")}
    revision = filing.revisions.get()
    assert canonical_json.digest(canonical_json.loads(answers["json"].content.decode().strip())) == revision.sha256
    assert "\t接收档案\n\t≥500卷\n" in answers["txt"].content.decode()
    assert "接收档案" in answers["html"].content.decode()
    cells = [cell.value for row in load_workbook(BytesIO(answers["xlsx"].content)).worksheets[0] for cell in row]
    assert "接收档案" in cells
    for kind, answer in answers.items():
        assert name_of(answer).endswith(f"（送审稿第 1 版）.{kind}")
        assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("kind", ["docx", "xlsx", "html"])
def test_each_state_is_marked_in_the_other_formats(county: County, client_of: ClientOf, kind: str) -> None:
    filing = county.filled()
    page = f"/filings/{filing.pk}/files/{kind}/"
    assert marks_in(client_of(county.filler).get(page).content, kind) == ["草稿"]
    step(Action.SUBMIT, filing, county.filler)
    revision = filing.revisions.get()
    footer = f"送审稿 第1版 校验码 {revision.sha256[:12]}"
    assert marks_in(client_of(county.filler).get(page).content, kind) == [footer]


def test_an_approved_table_in_another_format_has_the_code(county: County, client_of: ClientOf) -> None:
    filing = approved(county)
    copy = filing.live_copy()
    assert copy
    answer = client_of(county.filler).get(f"/filings/{filing.pk}/files/docx/")
    assert name_of(answer).endswith("（定稿）.docx")
    footer = f"核验码：{verification_code.formatted(copy.code)}，以盖章的定稿（PDF）为准"
    assert marks_in(answer.content, "docx") == [footer]


def test_an_unknown_kind_is_not_found(county: County, client_of: ClientOf) -> None:
    filing = county.signing()
    assert client_of(county.filler).get(f"/filings/{filing.pk}/files/exe/").status_code == 404


def test_file_names_are_safe_on_windows(county: County, client_of: ClientOf) -> None:
    county.department.name = '县/档案馆:"甲"?\n'
    county.department.save()
    filing = county.signing()
    name = name_of(client_of(county.filler).get(f"/filings/{filing.pk}/files/txt/"))
    assert name == f"101-县档案馆甲{county.cycle.year}年度部门整体支出绩效目标表（送审稿第 1 版）.txt"


def test_a_file_that_cannot_be_printed_is_refused_on_the_page(county: County, client_of: ClientOf) -> None:
    filing = county.filled()
    filing.duties.update(raw="（一）\U0001f600负责全县档案。")
    answer = client_of(county.filler).get(f"/filings/{filing.pk}/files/pdf/", follow=True)
    assert answer.status_code == 200
    assert answer.redirect_chain == [(f"/filings/{filing.pk}/", 302)]
    assert "无法打印" in words(answer)


@pytest.mark.parametrize("content", [b"%PDF-1.7 something else", None])
def test_a_missing_or_altered_issued_file_is_not_downloaded(
    county: County, client_of: ClientOf, content: bytes | None
) -> None:
    filing = approved(county)
    name = issuing.file_name(filing.issued_copies.get().sha256)
    default_storage.delete(name)
    if content is not None:
        default_storage.save(name, ContentFile(content))
    answer = client_of(county.filler).get(f"/filings/{filing.pk}/files/pdf/", follow=True)
    # Other tests may print the same bytes.
    default_storage.delete(name)
    assert "批复定稿的文件缺失或被改动过，没有下载。" in words(answer)


def test_the_page_offers_the_file_of_its_state_first_and_other_formats_in_a_menu(
    county: County, client_of: ClientOf
) -> None:
    filing = county.filled()

    def offered() -> str:
        page = html(client_of(county.filler).get(f"/filings/{filing.pk}/"))
        menu = page[page.index("<summary>其他格式</summary>") :]
        kinds = re.findall(rf'href="/filings/{filing.pk}/files/(\w+)/"', menu)
        assert kinds == ["xlsx", "docx", "html", "txt", "json", "csv"]
        (button,) = re.findall(rf'class="btn ([\w-]+)" href="/filings/{filing.pk}/files/pdf/">([^<]+)<', page)
        return " ".join(button)

    assert offered() == "btn-outline-primary 下载草稿（PDF）"
    step(Action.SUBMIT, filing, county.filler)
    assert offered() == "btn-outline-primary 下载送审稿（PDF）"
    step(Action.SIGN, filing, county.head)
    for reviewer in (county.supervisor_reviewer, county.section_reviewer, county.performance_reviewer):
        step(Action.APPROVE_STAGE, filing, reviewer)
    assert offered() == "btn-primary 下载盖章定稿（PDF）"
