"""Attachments: uploaded by type of content, listed, downloaded as files, removed with a mark, frozen at a signature."""

import re
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from filings.choices import Action, AttachmentKind, Role
from filings.errors import AlreadyDone
from filings.formats.readers.sandbox.zip_limits import LARGEST_UPLOAD
from filings.lifecycle import attachments, stored_files
from filings.models import Attachment, Filing
from filings.tests.county import County, create_user, step
from filings.tests.views.conftest import ClientOf
from filings.tests.views.pages import html, words
from filings.tests.workbooks import workbook

PDF = b"%PDF-1.7\n%approval\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n scan"
JPG = b"\xff\xd8\xff\xe0 scan"


def upload(
    client: Client, filing: Filing, content: bytes = PDF, *, name: str = "批复.pdf", kind: str = "budget"
) -> Any:
    data = {"kind": kind, "file": SimpleUploadedFile(name, content)}
    return client.post(f"/filings/{filing.pk}/attachments/add/", data)


@pytest.mark.parametrize(
    ("name", "content", "stored_as"),
    [
        ("批复.pdf", PDF, "批复.pdf"),
        ("扫描.JPEG", JPG, "扫描.jpg"),
        ("扫描.pdf", PNG, "扫描.png"),
        ("预算.doc", workbook(("a", 1)), "预算.xlsx"),
        ("a/../<b>名\u202e.pdf", PDF, "b名.pdf"),
    ],
)
def test_a_file_is_named_after_its_content_and_downloaded(
    county: County, client_of: ClientOf, name: str, content: bytes, stored_as: str
) -> None:
    filing, client = county.started(), client_of(county.filler)
    assert upload(client, filing, content, name=name)["Location"] == f"/filings/{filing.pk}/attachments/"
    attachment = Attachment.objects.get()
    assert (attachment.name, attachment.size, attachment.by_name) == (stored_as, len(content), county.filler.name)
    page = client.get(f"/filings/{filing.pk}/attachments/")
    assert "已上传 1 个" in words(page)
    assert stored_as in words(page)
    file = client.get(f"/filings/{filing.pk}/attachments/{attachment.pk}/")
    assert file.content == content
    assert file["Content-Disposition"].startswith("attachment;")
    assert file["X-Content-Type-Options"] == "nosniff"
    assert file["Content-Security-Policy"] == "default-src 'none'; sandbox"


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("网页.pdf", b"<html><script>alert(1)</script></html>", "「网页.pdf」不是可以上传的文件。只接收 PDF、JPG、PNG"),
        ("程序.pdf", b"MZ\x90\0 program", "「程序.pdf」不是可以上传的文件。"),
        ("矢量.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "「矢量.png」不是可以上传的文件。"),
        ("空.pdf", b"", "这个文件是空的，未上传。请确认选对了文件。"),
        ("大.pdf", PDF + bytes(LARGEST_UPLOAD), "「大.pdf」超过 20 MB，未上传。"),
    ],
)
def test_other_files_are_refused_with_the_reason(
    county: County, client_of: ClientOf, name: str, content: bytes, sentence: str
) -> None:
    answer = upload(client_of(county.filler), county.started(), content, name=name, kind="mandate")
    assert answer.status_code == 400
    assert sentence in words(answer)
    assert '<option value="mandate" selected>' in html(answer)
    assert not Attachment.objects.exists()


def test_a_form_without_file_or_kind_is_refused(county: County, client_of: ClientOf) -> None:
    filing, client = county.started(), client_of(county.filler)
    answer = client.post(f"/filings/{filing.pk}/attachments/add/", {"kind": "other"})
    assert (answer.status_code, "请选择文件。" in words(answer)) == (400, True)
    assert "请选择类别。" in words(upload(client, filing, kind="seal"))


def test_too_many_files_are_refused(county: County, client_of: ClientOf) -> None:
    filing, client = county.started(), client_of(county.filler)
    for number in range(attachments.MOST):
        attachments.add(filing, AttachmentKind.OTHER, "附件.pdf", PDF + bytes([number]), by=county.filler)
    answer = upload(client, filing, name="再来.pdf")
    assert (answer.status_code, filing.attachments.count()) == (400, attachments.MOST)
    assert "附件最多 20 个，「再来.pdf」未上传。请先移除不需要的附件。" in words(answer)


def test_the_same_file_is_not_attached_twice(county: County, client_of: ClientOf) -> None:
    filing, client = county.started(), client_of(county.filler)
    assert upload(client, filing).status_code == 302
    answer = upload(client, filing, name="批复（复印件）.pdf", kind="other")
    assert (answer.status_code, filing.attachments.count()) == (400, 1)
    assert "「批复（复印件）.pdf」已经上传过（预算批复「批复.pdf」），未重复上传。" in words(answer)
    client.post(f"/filings/{filing.pk}/attachments/{Attachment.objects.get().pk}/remove/")
    assert upload(client, filing).status_code == 302


def test_a_kind_is_chosen_unless_there_is_one_only(county: County, client_of: ClientOf) -> None:
    filing, client = county.started(), client_of(county.filler)
    assert '<option value="" selected>请选择</option>' in html(client.get(f"/filings/{filing.pk}/attachments/"))
    refused = upload(client, filing, kind="")
    assert (refused.status_code, "请选择类别。" in words(refused)) == (400, True)
    assert not filing.attachments.exists()


def test_a_removal_is_confirmed(county: County, client_of: ClientOf) -> None:
    filing, client = county.started(), client_of(county.filler)
    attachments.add(filing, AttachmentKind.BUDGET, "批复.pdf", PDF, by=county.filler)
    page = html(client.get(f"/filings/{filing.pk}/attachments/"))
    (asked,) = re.findall(r'<details class="ask">(.*?)</details>', page, re.DOTALL)
    assert re.search("移除<.*?</summary>.*?确认移除<", asked, re.DOTALL)


def test_a_second_click_on_remove_leads_to_the_page(county: County, client_of: ClientOf) -> None:
    filing, client = county.started(), client_of(county.filler)
    attachment = attachments.add(filing, AttachmentKind.BUDGET, "批复.pdf", PDF, by=county.filler)
    address = f"/filings/{filing.pk}/attachments/{attachment.pk}/remove/"
    assert "附件「批复.pdf」已移除。已提交的版本中有该附件的，仍予保留。" in words(client.post(address, follow=True))
    lock = Filing.objects.get().lock
    assert "附件「批复.pdf」此前已经移除。" in words(client.post(address, follow=True))
    assert Filing.objects.get().lock == lock


def test_heads_add_the_signed_scan_while_they_sign(county: County, client_of: ClientOf) -> None:
    filing, head = county.signing(), client_of(county.head)
    assert upload(client_of(county.filler), filing).status_code == 403
    assert upload(head, filing, kind="budget").status_code == 400
    assert upload(head, filing, PNG, kind="signed_scan").status_code == 302
    step(Action.SIGN, filing, county.head)
    assert upload(head, filing, PNG, kind="signed_scan").status_code == 403


def test_reviewers_see_what_was_signed_and_strangers_nothing(county: County, client_of: ClientOf) -> None:
    filing = county.filled()
    signed = attachments.add(filing, AttachmentKind.BUDGET, "批复.pdf", PDF, by=county.filler)
    step(Action.SUBMIT, filing, county.filler)
    step(Action.SIGN, filing, county.head)
    step(Action.RETURN, filing, county.supervisor_reviewer, reason="请补充附件。", remarks=(("goals[0]", "请补充。"),))
    filler = client_of(county.filler)
    assert filler.post(f"/filings/{filing.pk}/attachments/{signed.pk}/remove/").status_code == 302
    added = attachments.add(filing, AttachmentKind.BUDGET, "新批复.pdf", PDF + b"2", by=county.filler)
    reviewer = client_of(county.supervisor_reviewer)
    page = words(reviewer.get(f"/filings/{filing.pk}/attachments/"))
    assert ("新批复.pdf" in page, "批复.pdf" in page, "上传附件" in page) == (False, True, False)
    assert reviewer.get(f"/filings/{filing.pk}/attachments/{signed.pk}/").content == PDF
    assert reviewer.get(f"/filings/{filing.pk}/attachments/{added.pk}/").status_code == 404
    stranger = client_of(county.stranger)
    assert stranger.get(f"/filings/{filing.pk}/attachments/{signed.pk}/").status_code == 404
    assert filler.get(f"/filings/{filing.pk}/attachments/{added.pk}/").status_code == 200


def test_a_file_of_another_filing_is_not_found(county: County, client_of: ClientOf) -> None:
    filing = county.started()
    other = Filing.objects.create(cycle=county.cycle, department=county.supervising, held_since=timezone.now())
    officer = create_user("officer", Role.FILLER, county.supervising)
    attachment = attachments.add(other, AttachmentKind.OTHER, "别的.pdf", PDF, by=officer)
    client = client_of(county.filler)
    assert client.get(f"/filings/{filing.pk}/attachments/{attachment.pk}/").status_code == 404
    assert client.post(f"/filings/{filing.pk}/attachments/{attachment.pk}/remove/").status_code == 404


def test_a_removed_file_stays_with_the_revision_that_had_it(county: County, client_of: ClientOf) -> None:
    filing = county.filled()
    attachment = attachments.add(filing, AttachmentKind.BUDGET, "批复.pdf", PDF, by=county.filler)
    step(Action.SUBMIT, filing, county.filler)
    step(Action.WITHDRAW, filing, county.filler)
    attachments.remove(attachment, by=county.filler)
    with pytest.raises(AlreadyDone):
        attachments.remove(attachment, by=county.filler)
    assert not filing.present_attachments().exists()
    client = client_of(county.filler)
    page, address = f"/filings/{filing.pk}/revisions/1/", f"/filings/{filing.pk}/attachments/{attachment.pk}/"
    assert f'href="{address}"' in html(client.get(page))
    assert "附件 1 个" in words(client.get(page))
    assert client.get(address).content == PDF


def test_a_file_removed_before_any_submission_is_not_downloaded(county: County, client_of: ClientOf) -> None:
    filing, client = county.started(), client_of(county.filler)
    attachment = attachments.add(filing, AttachmentKind.BUDGET, "批复.pdf", PDF, by=county.filler)
    assert client.post(f"/filings/{filing.pk}/attachments/{attachment.pk}/remove/").status_code == 302
    assert client.get(f"/filings/{filing.pk}/attachments/{attachment.pk}/").status_code == 404


def test_a_revision_keeps_the_scan_added_at_its_signature_and_not_what_follows(
    county: County, client_of: ClientOf
) -> None:
    filing = county.signing()
    attachments.add(filing, AttachmentKind.SIGNED_SCAN, "审签.png", PNG, by=county.head)
    page, reviewer = f"/filings/{filing.pk}/revisions/1/", client_of(county.supervisor_reviewer)
    assert "审签.png" not in words(client_of(county.filler).get(page))
    step(Action.SIGN, filing, county.head)
    step(Action.RETURN, filing, county.supervisor_reviewer, reason="请补充。", remarks=(("goals[0]", "请补充。"),))
    attachments.add(filing, AttachmentKind.OTHER, "补充.pdf", PDF, by=county.filler)
    answer = words(reviewer.get(page))
    assert ("审签.png" in answer, "补充.pdf" in answer) == (True, False)


def test_uploads_and_removals_are_in_the_history_for_the_department(county: County, client_of: ClientOf) -> None:
    filing = county.filled()
    attachment = attachments.add(filing, AttachmentKind.BUDGET, "批复.pdf", PDF, by=county.filler)
    attachments.remove(attachment, by=county.filler)
    step(Action.SUBMIT, filing, county.filler)
    step(Action.SIGN, filing, county.head)
    page = f"/filings/{filing.pk}/"
    lines = [(line.action, line.reason) for line in client_of(county.filler).get(page).context["history"].lines]
    assert lines[2:4] == [("移除附件（预算批复）", "批复.pdf"), ("上传附件（预算批复）", "批复.pdf")]
    assert "批复.pdf" not in words(client_of(county.supervisor_reviewer).get(page))


def test_a_damaged_file_is_not_downloaded(county: County, client_of: ClientOf) -> None:
    filing = county.started()
    attachment = attachments.add(filing, AttachmentKind.BUDGET, "批复.pdf", PDF + b"damaged", by=county.filler)
    default_storage.delete(attachments.file_name(attachment.sha256))
    answer = client_of(county.filler).get(f"/filings/{filing.pk}/attachments/{attachment.pk}/", follow=True)
    assert "附件「批复.pdf」的文件缺失或被改动过，没有下载。" in words(answer)


def test_a_full_disk_is_named_and_leaves_nothing(
    county: County, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(name: str, content: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(stored_files, "keep", full)
    answer = upload(client_of(county.filler), county.started())
    assert answer.status_code == 507
    assert "「批复.pdf」未能保存，请稍后再上传。仍不能保存的，请系统管理员检查存储空间。" in words(answer)
    assert not Attachment.objects.exists()


def test_pages_of_the_filing_link_to_its_attachments_with_their_number(county: County, client_of: ClientOf) -> None:
    filing = county.filled()
    attachments.add(filing, AttachmentKind.BUDGET, "批复.pdf", PDF, by=county.filler)
    for page in (f"/filings/{filing.pk}/fill/", f"/filings/{filing.pk}/"):
        assert f'href="/filings/{filing.pk}/attachments/">附件（1）' in html(client_of(county.filler).get(page))
    link = f'<a href="/filings/{filing.pk}/attachments/">1 个</a>'
    assert link in html(client_of(county.filler).get(f"/filings/{filing.pk}/submit/"))
    step(Action.SUBMIT, filing, county.filler)
    assert link in html(client_of(county.head).get(f"/filings/{filing.pk}/sign/"))
    assert "附件（1）" in words(client_of(county.head).get(f"/filings/{filing.pk}/signing/"))
    step(Action.SIGN, filing, county.head)
    assert "附件（1）" in words(client_of(county.supervisor_reviewer).get(f"/filings/{filing.pk}/review/"))
