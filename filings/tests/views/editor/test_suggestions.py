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


def test_a_name_is_answered_with_names_values_and_sources(county: County, filing: Filing, client_of: ClientOf) -> None:
    approved(county.department, cycle_of(2021), county.filler, ("BEN.SAT", "群众满意度", "≥91%"))
    entry("群众安全感", "SAT.SERV", "≥98%", "≥95%")
    entry("群众办事次数", "OUT.QTY")
    answer = client_of(county.filler).get(address(filing), {"node": "BEN.SAT", "q": "群众"})
    assert answer.json() == {
        "label": "可参考的指标",
        "said": "有 3 条可参考，按 ↓ 选用",
        "suggestions": [
            {"name": "群众满意度", "values": ["≥91%"], "source": "县档案馆 2021年"},
            {"name": "群众安全感", "values": ["≥98%", "≥95%"], "source": "演示编拟"},
            {"name": "群众办事次数", "values": [], "source": "演示编拟"},
        ],
    }
    # For a class that the edition does not have, no name is preferred.
    named = client_of(county.filler).get(address(filing), {"node": "X", "q": "群众"}).json()["suggestions"]
    assert [item["name"] for item in named] == ["群众满意度", "群众办事次数", "群众安全感"]


def test_a_vague_value_is_answered_with_measurable_values(county: County, filing: Filing, client_of: ClientOf) -> None:
    entry("群众满意度", "SAT.SERV", "显著", "≥95%")
    asked = {"kind": "target", "node": "BEN.SAT", "name": "群众满意度", "q": "予以保障"}
    answer = client_of(county.filler).get(address(filing), asked)
    assert answer.json()["suggestions"] == [{"name": "群众满意度", "values": ["≥95%"], "source": "演示编拟"}]


def test_without_suggestions_the_message_is_empty(county: County, filing: Filing, client_of: ClientOf) -> None:
    answer = client_of(county.filler).get(address(filing), {"q": "没有" * 500})
    assert answer.json() == {"label": "可参考的指标", "said": "", "suggestions": []}


def test_only_the_departments_filler_gets_suggestions_and_refusals_are_json(
    county: County, filing: Filing, client_of: ClientOf
) -> None:
    anonymous = Client().get(address(filing))
    assert (anonymous.status_code, anonymous.json()) == (401, {"refusal": "登录已经过期。"})
    head = client_of(county.head).get(address(filing))
    assert (head.status_code, head.json()) == (403, {"refusal": "这一步由「县档案馆」的填报人办理。"})
    assert client_of(county.stranger).get(address(filing)).status_code == 404
    other = client_of(county.filler).get(address(filing), {"kind": "unit"})
    assert (other.status_code, other.json()) == (400, {"refusal": "无法识别请求，请刷新页面后重试。"})
    assert client_of(county.filler).post(address(filing)).status_code == 405
