"""Access to filings: 404 for strangers, 403 with the reason for a wrong role."""

import pytest

from filings.tests.county import County
from filings.tests.views.conftest import ClientOf
from filings.tests.views.pages import words

PAGES = ("", "review/", "signing/", "revisions/1/", "files/json/")


@pytest.mark.parametrize("page", PAGES)
def test_a_filing_of_another_department_looks_like_a_missing_one(
    county: County, client_of: ClientOf, page: str
) -> None:
    filing = county.in_review()
    existing = client_of(county.stranger).get(f"/filings/{filing.pk}/{page}")
    missing = client_of(county.stranger).get(f"/filings/{filing.pk + 1000}/{page}")
    assert (existing.status_code, missing.status_code) == (404, 404)
    assert words(existing) == words(missing)


def test_a_wrong_role_gets_the_reason(county: County, client_of: ClientOf) -> None:
    filing = county.in_review()
    answers = {
        ("signing", county.filler): "这一步由「县档案馆」的单位负责人办理。",
        ("review", county.manager): "您不是这份申报表当前审核环节的审核人。",
        ("review", county.head): "您在「县档案馆」任职，不能审核本单位的申报表。",
    }
    for (page, user), reason in answers.items():
        answer = client_of(user).get(f"/filings/{filing.pk}/{page}/")
        assert answer.status_code == 403
        assert reason in words(answer)


def test_a_filing_that_has_not_reached_review_is_hidden_from_reviewers(county: County, client_of: ClientOf) -> None:
    filing = county.signing()
    for user in (county.supervisor_reviewer, county.section_reviewer, county.performance_reviewer):
        assert client_of(user).get(f"/filings/{filing.pk}/").status_code == 404
