"""Suggestions for the fill-in page's script, as JSON."""

import pytest
from django.test import Client

from filings.models import Filing
from filings.tests.county import County
from filings.tests.library.seeded import approved, cycle_of, entry
from filings.tests.views.conftest import ClientOf


@pytest.fixture
def filing(county: County) -> Filing:
    return county.started()


def address(filing: Filing) -> str:
    return f"/filings/{filing.pk}/fill/suggestions/"


def test_a_name_is_answered_with_values_and_where_from(county: County, filing: Filing, client_of: ClientOf) -> None:
    approved(county.department, cycle_of(2021), county.filler, ("BEN.SAT", "群众满意度", "≥91%"))
    entry("群众安全感", "SAT.SERV", "≥98%", "≥95%")
    entry("群众办事次数", "OUT.QTY")
    answer = client_of(county.filler).get(address(filing), {"node": "BEN.SAT", "q": "群众"})
    assert answer.json() == {
        "label": "可参考的指标",
        "said": "有 3 条可参考，按 Alt+↓ 选用",
        "suggestions": [
            {"name": "群众满意度", "values": ["≥91%"], "source": "县档案馆 2021年"},
            {"name": "群众安全感", "values": ["≥98%", "≥95%"], "source": "演示编拟"},
            {"name": "群众办事次数", "values": [], "source": "演示编拟"},
        ],
    }
    # Of a class that the form does not have, nothing comes first.
    named = client_of(county.filler).get(address(filing), {"node": "X", "q": "群众"}).json()["suggestions"]
    assert [one["name"] for one in named] == ["群众满意度", "群众办事次数", "群众安全感"]


def test_a_vague_value_is_answered_with_what_can_be_measured(
    county: County, filing: Filing, client_of: ClientOf
) -> None:
    entry("群众满意度", "SAT.SERV", "显著", "≥95%")
    asked = {"kind": "target", "node": "BEN.SAT", "name": "群众满意度", "q": "予以保障"}
    answer = client_of(county.filler).get(address(filing), asked)
    assert answer.json()["suggestions"] == [{"name": "群众满意度", "values": ["≥95%"], "source": "演示编拟"}]


def test_nothing_to_offer_says_nothing(county: County, filing: Filing, client_of: ClientOf) -> None:
    answer = client_of(county.filler).get(address(filing), {"q": "没有" * 500})
    assert answer.json() == {"label": "可参考的指标", "said": "", "suggestions": []}


def test_it_is_for_the_own_department_and_answers_in_json(county: County, filing: Filing, client_of: ClientOf) -> None:
    nobody = Client().get(address(filing))
    assert (nobody.status_code, nobody.json()) == (401, {"refusal": "登录已经过期。"})
    head = client_of(county.head).get(address(filing))
    assert (head.status_code, head.json()) == (403, {"refusal": "这一步由「县档案馆」的填报人办理。"})
    assert client_of(county.stranger).get(address(filing)).status_code == 404
    other = client_of(county.filler).get(address(filing), {"kind": "unit"})
    assert (other.status_code, other.json()) == (400, {"refusal": "没有读懂，请刷新页面后再试。"})
    assert client_of(county.filler).post(address(filing)).status_code == 405
