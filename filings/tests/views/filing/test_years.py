"""历年对比: earlier approved tables next to the present one, for users who may see both."""

import pytest

from filings.choices import Action, Stage, Status
from filings.document.bundled_editions import editions
from filings.models import Filing, IssuedCopy
from filings.tests.county import County, step
from filings.tests.last_year import approve, last_document
from filings.tests.views.conftest import ClientOf
from filings.tests.views.pages import html, words

EDITION = editions()["hunan-county-2022"]
LINK = "历年对比</a>"


@pytest.fixture
def earlier(county: County) -> IssuedCopy:
    rows = (("OUT.QTY", "接收档案", "≥400卷"), ("OUT.QTY", "消防演练", "≥1次"))
    return approve(county, last_document(EDITION, county.cycle.year - 1, *rows), EDITION)


def test_the_department_sees_last_year_next_to_its_draft(
    county: County, client_of: ClientOf, earlier: IssuedCopy
) -> None:
    filing = county.filled()
    page = words(client_of(county.filler).get(f"/filings/{filing.pk}/years/"))
    assert f"{county.cycle.year - 1}年 已批复 {county.cycle.year}年 填报中" in page
    assert "年度预算（万元）" in page
    assert "资金总额 90.00 100.00 ＋10.00（＋11.1%）" in page
    assert "部门职责 2 1 －1" in page
    assert "接收档案 产出指标 / 数量指标 ≥400卷 ≥500卷 有变化" in page
    assert "消防演练 产出指标 / 数量指标 ≥1次 — 尚未填写" in page
    assert "查阅人次 效益指标 / 社会效益指标 — ≥300人次 新增" in page
    step(Action.SUBMIT, filing, county.filler)
    page = words(client_of(county.filler).get(f"/filings/{filing.pk}/years/"))
    assert "消防演练 产出指标 / 数量指标 ≥1次 — 未再列" in page


def test_nothing_is_compared_with_what_a_draft_has_not_filled_in(
    county: County, client_of: ClientOf, earlier: IssuedCopy
) -> None:
    filing = county.started()
    page = words(client_of(county.filler).get(f"/filings/{filing.pk}/years/"))
    assert "资金总额 90.00 — —" in page
    assert "部门职责 2 0 —" in page


def test_the_pages_of_a_filing_link_to_it_once_there_is_an_earlier_table(county: County, client_of: ClientOf) -> None:
    filing, client = county.filled(), client_of(county.filler)
    addresses = (f"/filings/{filing.pk}/", f"/filings/{filing.pk}/fill/")
    assert [LINK in html(client.get(address)) for address in addresses] == [False, False]
    assert "没有以前年度批复的申报表" in words(client.get(f"/filings/{filing.pk}/years/"))
    approve(county, last_document(EDITION, county.cycle.year - 1), EDITION)
    assert [LINK in html(client.get(address)) for address in addresses] == [True, True]


def test_a_reviewer_compares_the_submitted_version_with_tables_that_were_reviewed(
    county: County, client_of: ClientOf, earlier: IssuedCopy
) -> None:
    """Neither the present draft nor an earlier table that the reviewer may not see."""
    filing = county.in_review()
    address = f"/filings/{filing.pk}/years/"
    reviewer = client_of(county.supervisor_reviewer)
    assert "没有以前年度批复的申报表" in words(reviewer.get(address))
    Filing.objects.filter(pk=earlier.filing_id).update(status=Status.IN_REVIEW, stage=Stage.SUPERVISOR)
    assert f"{county.cycle.year}年 第 1 版" in words(reviewer.get(address))
    step(Action.RETURN, filing, county.supervisor_reviewer, reason="请改")
    filing.amounts.filter(line="TOTAL").update(raw="777", fen=777_000_000)
    assert "777" not in words(reviewer.get(address))
    assert "777.00" in words(client_of(county.filler).get(address))


def test_revoked_copies_are_left_out(county: County, client_of: ClientOf, earlier: IssuedCopy) -> None:
    filing = county.filled()
    IssuedCopy.objects.update(live=False)
    assert "没有以前年度批复的申报表" in words(client_of(county.filler).get(f"/filings/{filing.pk}/years/"))
