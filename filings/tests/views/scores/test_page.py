"""The page of the score sheet, and the scores of a decision."""

from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from filings.choices import Action
from filings.errors import StepRefused
from filings.lifecycle import workflow
from filings.models import Filing, Review, User
from filings.tests.county import County, fixed_bytes
from filings.tests.views.conftest import ClientOf
from filings.tests.views.pages import html, words
from filings.views.scores.panel import score_panel

LINK = "查看评分，打印审核表"


def approve(filing: Filing, by: User, scores: dict[str, dict[str, str]], **typed: Any) -> Filing:
    lock = Filing.objects.get(pk=filing.pk).lock
    return workflow.perform(
        Action.APPROVE_STAGE, filing, by=by, expected_lock=lock, printer=fixed_bytes, scores=scores, **typed
    )


def full(county: County, **changed: tuple[str, str]) -> dict[str, dict[str, str]]:
    panel = score_panel(county.cycle.review_policy().score_sheet, [], {})
    fields = [field for _section, fields in panel.sections for field in fields]
    scores = {field.item.key: {"points": field.proposed, "note": "按表内容评定"} for field in fields}
    return scores | {key: {"points": points, "note": note} for key, (points, note) in changed.items()}


def test_two_reviewers_are_averaged_on_the_page(county: County, client_of: ClientOf) -> None:
    filing = approve(county.in_review(), county.supervisor_reviewer, full(county))
    approve(filing, county.section_reviewer, full(county, goal=("5", "<i>笼统</i>")))
    page = words(client_of(county.manager).get(f"/filings/{filing.pk}/scores/"))
    assert "评分人 2 人，得分为平均分" in page
    assert "合计 100 95 等级 优" in page
    assert "<i>笼统</i>" in page
    assert LINK in words(client_of(county.performance_reviewer).get(f"/filings/{filing.pk}/review/"))
    assert [review.grade for review in Review.objects.order_by("pk")] == ["excellent", "excellent"]


def test_a_decision_with_half_a_score_sheet_changes_nothing(county: County) -> None:
    filing = county.in_review()
    scores = full(county)
    del scores["goal"]
    with pytest.raises(StepRefused, match="「目标相关」没有评分。"):
        approve(filing, county.supervisor_reviewer, scores)
    assert not Review.objects.exists()
    assert Filing.objects.get(pk=filing.pk).lock == filing.lock


def test_without_scores_the_page_explains_where_they_come_from(county: County, client_of: ClientOf) -> None:
    filing = county.in_review()
    client = client_of(county.supervisor_reviewer)
    assert "尚未评分" in words(client.get(f"/filings/{filing.pk}/scores/"))
    assert LINK not in words(client.get(f"/filings/{filing.pk}/review/"))


def test_the_sheet_is_printed_with_notes_and_signatures(county: County, client_of: ClientOf) -> None:
    filing = approve(county.in_review(), county.supervisor_reviewer, full(county))
    approve(filing, county.section_reviewer, full(county, goal=("5", "目标<笼统>")))
    client = client_of(county.manager)
    address = f"/filings/{filing.pk}/scores/pdf/"
    assert address in html(client.get(f"/filings/{filing.pk}/scores/"))
    assert address in html(client.get(f"/filings/{filing.pk}/"))
    printed = client.get(address)
    assert printed.headers["Content-Type"] == "application/pdf"
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(printed.content)).pages)
    for expected in (
        "部门整体支出绩效目标审核表",
        "单位：县档案馆",
        "目标<笼统>",
        "supervisor_reviewer甲",
        "签字：",
        "95",
    ):
        assert expected in text
    assert client.get(address).content == printed.content


def test_a_note_that_cannot_be_printed_is_named(county: County, client_of: ClientOf) -> None:
    filing = approve(county.in_review(), county.supervisor_reviewer, full(county, goal=("5", "笼统😀")))
    page = client_of(county.manager).get(f"/filings/{filing.pk}/scores/pdf/", follow=True)
    assert "有 1 个字符无法打印：「😀」。请用浏览器打印这一页。" in words(page)


def test_the_department_does_not_see_the_scores(county: County, client_of: ClientOf) -> None:
    filing = approve(county.in_review(), county.supervisor_reviewer, full(county))
    for user in (county.filler, county.head, county.observer):
        assert client_of(user).get(f"/filings/{filing.pk}/scores/").status_code == 403
    assert client_of(county.stranger).get(f"/filings/{filing.pk}/scores/").status_code == 404
