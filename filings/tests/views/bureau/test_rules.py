"""审核规则: rules with examples and messages for all users, and failed rules for managers."""

import re
from collections import Counter

import pytest
from django.utils import timezone

from filings.models import Cycle, RuleFailure
from filings.rules.catalogue import CATALOGUE
from filings.rules.example import VALID_EXAMPLE
from filings.rules.examples import EXAMPLES
from filings.tests.county import County
from filings.tests.views.conftest import ClientOf
from filings.tests.views.pages import html, words
from filings.views.bureau import rule_examples

CODES = [rule.code for rule in CATALOGUE]
GROUPS = {"B": "资金", "K": "成本", "T": "指标", "M": "可衡量", "H": "文字", "Y": "与上年比"}


def address(county: County) -> str:
    return f"/cycles/{county.cycle.pk}/rules/"


def article(page: str, code: str) -> str:
    (content,) = re.findall(rf'<article [^>]*id="rule-{code}">(.*?)</article>', page, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", content).split())


def put(county: County, **parts: object) -> None:
    """Override parts of the layout of the cycle's edition."""
    edition = county.cycle.edition
    edition.layout = {**edition.layout, **parts}
    edition.save()


def test_the_catalogue_the_examples_and_the_page_have_the_same_codes(county: County, client_of: ClientOf) -> None:
    page = html(client_of(county.filler).get(address(county)))
    assert re.findall(r'<article [^>]*id="rule-([^"]+)"', page) == CODES
    assert set(EXAMPLES) == set(CODES)


def test_every_example_is_described_and_only_the_failing_one_has_messages() -> None:
    pairs = rule_examples.example_pairs()
    assert list(pairs) == list(EXAMPLES)
    for code, pair in pairs.items():
        assert pair.failing.messages, code
        assert pair.passing.messages == (), code
        assert pair.failing.lines != pair.passing.lines, code
        assert pair.failing.lines != ("与合格的表相同。",), code


def test_a_rule_is_shown_with_its_sentence_example_and_message(county: County, client_of: ClientOf) -> None:
    page = html(client_of(county.filler).get(address(county)))
    assert article(page, "B7") == (
        "B7 资金总额等于财政部门下达的预算控制数。 须改正 适当性 · 预算控制数：由财政部门导入 示例"
        " 不符合 预算控制数：545.13 万元"
        " 资金总额 550.13 万元，比财政部门下达的预算控制数 545.13 万元多 5.00 万元。"
        "请按控制数核对资金总额；对控制数有疑问的，请联系财政局对口的业务股室。"
        " 符合 预算控制数：550.13 万元"
    )


def test_severity_limit_and_explanation_are_those_of_the_cycles_edition(county: County, client_of: ClientOf) -> None:
    client = client_of(county.filler)
    assert article(html(client.get(address(county))), "B6").startswith(
        "B6 资金总额与上年批复数相差不超过 30%。 提醒 需说明 适当性"
    )
    put(county, rules={"B6": "advice", "K2": "warning"}, limits={"B6": "20"}, explained=["B6"])
    page = html(client.get(address(county)))
    assert article(page, "B6").startswith("B6 资金总额与上年批复数相差不超过 20%。 建议 适当性")
    assert article(page, "K2").startswith("K2 有项目支出的，有成本指标与它对应。 提醒 适当性")
    assert article(page, "T7").startswith("T7 指标不少于 8 行。 不启用 完整性")


def test_a_rule_without_an_example_is_shown_without_one(
    county: County, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rule_examples, "EXAMPLES", {"B2": (EXAMPLES["B2"][0], VALID_EXAMPLE)})
    rule_examples.example_pairs.cache_clear()
    page = html(client_of(county.filler).get(address(county)))
    rule_examples.example_pairs.cache_clear()
    assert article(page, "B1").endswith("表样：资金总额按收入性质分列")
    assert article(page, "B2").endswith("符合 与合格的表相同。")


def test_the_rules_are_grouped_by_subject(county: County, client_of: ClientOf) -> None:
    page = words(client_of(county.filler).get(address(county)))
    numbers = Counter(code[0] for code in CODES)
    assert " ".join(f"{title} {numbers[letter]}" for letter, title in GROUPS.items()) in page


def test_managers_see_failed_rules(county: County, client_of: ClientOf) -> None:
    now = timezone.now()
    RuleFailure.objects.create(
        code="K1", error="secret", fingerprint="f", filing=county.started(), count=3, first_at=now, last_at=now
    )
    page = client_of(county.manager).get(address(county))
    assert "规则自身出错 1" in words(page)
    when = timezone.localtime(now).strftime("%Y-%m-%d %H:%M")
    assert f"K1 3 {when} {county.cycle.year}年 县档案馆" in words(page)
    assert 'href="/admin/filings/rulefailure/"' in html(page)
    assert "secret" not in html(page)
    assert "规则自身出错" not in words(client_of(county.filler).get(address(county)))


def test_the_menu_links_to_the_rules_of_the_newest_cycle(county: County, client_of: ClientOf) -> None:
    client = client_of(county.filler)
    assert 'href="/rules/"' in html(client.get("/"))
    old = Cycle.objects.get()
    Cycle.objects.create(
        year=old.year - 1,
        edition=old.edition,
        opens_on=old.opens_on,
        deadline=old.deadline,
        stages=old.stages,
        started_at=timezone.now(),
    )
    assert client.get("/rules/")["Location"] == address(county)
    Cycle.objects.all().delete()
    assert "没有已启动的申报批次" in words(client.get("/rules/", follow=True))


def test_a_user_without_a_post_is_refused_with_the_reason(county: County, client_of: ClientOf) -> None:
    county.filler.memberships.all().delete()
    for page in ("/rules/", address(county)):
        answer = client_of(county.filler).get(page)
        assert (answer.status_code, "您的账号尚未任职" in words(answer)) == (403, True)
