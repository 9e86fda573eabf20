"""Findings are worded for who reads them: the department, or the bureau."""

import pytest
from django.utils import timezone

from filings.models import ControlFigure
from filings.tests.county import County
from filings.tests.views.conftest import ClientOf
from filings.tests.views.pages import words

DEPARTMENT = "请按控制数核对资金总额；对控制数有疑问的，请联系财政局对口的业务股室。"
REVIEWER = "请核对导入的预算控制数；控制数无误的，退回单位改正。"


@pytest.fixture
def figure(county: County) -> ControlFigure:
    return ControlFigure.objects.create(
        cycle=county.cycle, department=county.department, raw="90", fen=90_000_000, by=county.manager, at=timezone.now()
    )


def test_a_draft_advises_the_department_and_the_manager_differently(
    county: County, figure: ControlFigure, client_of: ClientOf
) -> None:
    filing = county.filled()
    address = f"/filings/{filing.pk}/"
    for user, shown, hidden in (
        (county.filler, DEPARTMENT, REVIEWER),
        (county.head, DEPARTMENT, REVIEWER),
        (county.manager, REVIEWER, DEPARTMENT),
    ):
        page = words(client_of(user).get(address))
        assert shown in page, user
        assert hidden not in page, user


def test_the_review_page_advises_the_reviewer(county: County, client_of: ClientOf) -> None:
    filing = county.in_review()
    ControlFigure.objects.create(
        cycle=county.cycle, department=county.department, raw="90", fen=90_000_000, by=county.manager, at=timezone.now()
    )
    page = words(client_of(county.supervisor_reviewer).get(f"/filings/{filing.pk}/review/"))
    assert page.count(REVIEWER) >= 2, "in the panel and at the cell"
    assert DEPARTMENT not in page
