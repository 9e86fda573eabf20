"""The review page without scripts: proposed points, canned texts, and a remark on the whole table."""

import pytest
from django.test import Client

from filings.models import Filing, Remark
from filings.tests.county import County
from filings.tests.views.conftest import ClientOf
from filings.tests.views.pages import html
from filings.tests.views.review.drafts import content, page_form

ROW = "remark:indicators[i0]"


@pytest.fixture
def filing(county: County) -> Filing:
    return county.in_review()


def fill(client: Client, filing: Filing, what: str, **typed: str) -> str:
    """Post the plain form to `draft/<what>/`; return the page that follows."""
    form = page_form(client, filing) | typed
    return html(client.post(f"/filings/{filing.pk}/review/draft/{what}/", form, follow=True))


def test_blank_points_take_the_proposed_ones(county: County, client_of: ClientOf, filing: Filing) -> None:
    client = client_of(county.supervisor_reviewer)
    first, *others = filing.cycle.review_policy().score_sheet.items
    typed = {f"score:{first.key}": "3", f"score-note:{first.key}": "太略。", ROW: "请写明。"}
    page = fill(client, filing, "scores", **typed)
    assert "没有评分的各项已按建议填写，并已保存。" in page
    stored = content(county.supervisor_reviewer)
    assert stored.remarks["indicators[i0]"].text == "请写明。"
    assert stored.entered_scores[first.key] == {"points": "3", "note": "太略。"}
    assert {key: score["points"] for key, score in stored.entered_scores.items() if key != first.key} == {
        item.key: str(item.points) for item in others
    }


def test_the_canned_texts_of_a_reason_follow_each_other(county: County, client_of: ClientOf, filing: Filing) -> None:
    client = client_of(county.supervisor_reviewer)
    chosen = {"place": "indicators[i0]", "code:indicators[i0]": "measure"}
    measure = "「接收档案」的指标值是「≥500卷」，无法考核，请改为可以计量的数值。"
    missing = "「接收档案」的指标值「≥500卷」缺少比较符号或单位，请补全。"
    for text in (measure, missing, measure):
        assert f"{text}</textarea>" in fill(client, filing, "canned", **chosen)
    assert f"再核。\n{measure}</textarea>" in fill(client, filing, "canned", **chosen, **{ROW: "再核。"})


@pytest.mark.parametrize(
    ("code", "sentence"),
    [("", "请先选择原因，再点「填入常用意见」。"), ("other", "原因「其他」没有常用意见，请自行填写。")],
)
def test_without_a_canned_text_the_typed_one_is_kept(
    county: County, client_of: ClientOf, filing: Filing, code: str, sentence: str
) -> None:
    client = client_of(county.supervisor_reviewer)
    typed = {"place": "indicators[i0]", "code:indicators[i0]": code, ROW: "请写明。"}
    assert sentence in fill(client, filing, "canned", **typed)
    assert content(county.supervisor_reviewer).remarks["indicators[i0]"].text == "请写明。"


def test_the_plain_form_takes_a_remark_on_the_whole_table(county: County, client_of: ClientOf, filing: Filing) -> None:
    client = client_of(county.supervisor_reviewer)
    page = fill(client, filing, "save", **{"remark:table": "请按新的口径重填。"})
    assert page.count('name="remark:table"') == 1
    assert "请按新的口径重填。</textarea>" in page
    assert "现在表中已没有的行" not in page
    client.post(f"/filings/{filing.pk}/return/", page_form(client, filing))
    assert Remark.objects.get().place == "table"
    assert Filing.objects.get().reopened is None
