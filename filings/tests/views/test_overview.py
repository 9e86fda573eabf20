"""申报表: the list contains exactly the filings that the user may see."""

from filings.choices import Action
from filings.tests.county import County, step
from filings.tests.views.conftest import ClientOf
from filings.tests.views.pages import words


def test_users_see_the_filings_that_concern_them(county: County, client_of: ClientOf) -> None:
    county.in_review()
    for user in (county.filler, county.head, county.observer, county.manager, county.supervisor_reviewer):
        assert "县档案馆 " in words(client_of(user).get("/filings/")), user
    for user in (county.stranger, county.section_reviewer, county.performance_reviewer):
        assert "尚无申报表" in words(client_of(user).get("/filings/")), user


def test_a_status_filters_the_list_but_not_the_counts(county: County, client_of: ClientOf) -> None:
    filing = county.in_review()
    client = client_of(county.manager)
    answer = words(client.get("/filings/?status=in_review"))
    assert "主管部门审核中" in answer
    assert "审核中 1" in answer
    assert "没有这种状态的申报表。" in words(client.get("/filings/?status=draft"))
    step(Action.RETURN, filing, county.supervisor_reviewer, reason="请改")
    assert "已退回 1" in words(client.get("/filings/?status=nonsense"))
