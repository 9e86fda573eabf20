"""Letters at their addresses and on the page of a filing: who sees them, and that internal remarks are in none."""

import pytest

from filings.models import Filing
from filings.reviewing.new_remark import NewRemark
from filings.tests.county import County, answer_remarks
from filings.tests.reviewing.returns import decide, resubmitted, reviewed_by_performance
from filings.tests.views.conftest import ClientOf
from filings.tests.views.pages import html

REMARKS = (NewRemark("goals[0]", "写清楚。"), NewRemark("indicators[i0]", "只给局里看。", internal=True))


@pytest.fixture
def county(db: None) -> County:
    return reviewed_by_performance()


@pytest.fixture
def filing(county: County) -> Filing:
    return decide(county, county.in_review(), remarks=REMARKS)


def test_department_and_bureau_download_the_letter_and_strangers_do_not(
    county: County, client_of: ClientOf, filing: Filing
) -> None:
    for kind, content_type in (("txt", "text/plain; charset=utf-8"), ("pdf", "application/pdf")):
        for user in (county.filler, county.head, county.performance_reviewer, county.manager):
            reply = client_of(user).get(f"/filings/{filing.pk}/letters/1.{kind}")
            assert (reply.status_code, reply["Content-Type"]) == (200, content_type)
        assert client_of(county.stranger).get(f"/filings/{filing.pk}/letters/1.{kind}").status_code == 404


def test_internal_remarks_are_in_no_letter(county: County, client_of: ClientOf, filing: Filing) -> None:
    filing = resubmitted(county, answer_remarks(filing, county.filler))
    for user in (county.filler, county.performance_reviewer):
        for letter in ("letters", "replies"):
            text = client_of(user).get(f"/filings/{filing.pk}/{letter}/1.txt").content.decode()
            assert ("写清楚。" in text, "只给局里看。" in text) == (True, False)


@pytest.mark.parametrize("address", ["letters/2.txt", "letters/1.exe", f"letters/{10**20}.txt", "replies/1.txt"])
def test_what_does_not_exist_is_not_found(county: County, client_of: ClientOf, filing: Filing, address: str) -> None:
    assert client_of(county.filler).get(f"/filings/{filing.pk}/{address}").status_code == 404


def test_the_page_shows_the_text_to_copy(county: County, client_of: ClientOf, filing: Filing) -> None:
    page = html(client_of(county.filler).get(f"/filings/{filing.pk}/"))
    letter = page[page.index('id="opinion-1"') : page.index("</textarea>")]
    assert f"关于县档案馆{county.cycle.year}年部门整体支出绩效目标表的审核意见" in letter
    assert "reply-1" not in page
    filing = resubmitted(county, answer_remarks(filing, county.filler))
    page = html(client_of(county.performance_reviewer).get(f"/filings/{filing.pk}/"))
    assert "修改情况：不改，按规划填写。" in page[page.index('id="reply-1"') :]
