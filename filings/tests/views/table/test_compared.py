"""Tables of changes on pages: signs, words, runs, money, and which versions are compared."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.template.loader import render_to_string
from pytest_django import DjangoAssertNumQueries

from filings.choices import Action
from filings.document.content import DutyRow, FilingDocument, IndicatorRow
from filings.document.differences.changes import MoneyDifference
from filings.models import Filing
from filings.tests.county import County, step
from filings.tests.founding import EDITION, founding_document
from filings.tests.last_year import with_last_year
from filings.tests.views.pages import html, words
from filings.views.access import filing_or_404
from filings.views.table.changes import money_phrase
from filings.views.table.compared import (
    NamedVersion,
    changes_against_last_year,
    changes_since_last_version,
    comparison_context,
)
from filings.views.visible_version import visible_version


class Rendered:
    """A rendered template with the `content` of a response."""

    def __init__(self, before: FilingDocument, after: FilingDocument, *, linked: bool = True) -> None:
        versions = (NamedVersion(name, document, EDITION) for name, document in (("甲", before), ("乙", after)))
        self.compared = comparison_context(*versions, linked=linked)
        self.content = render_to_string("filings/table/_compared.html", {"compared": self.compared}).encode()


def row(key: str, name: str, target: str) -> IndicatorRow:
    return IndicatorRow(key, "OUT.QTY", "产出指标", "数量指标", name, target)


def pair() -> tuple[FilingDocument, FilingDocument]:
    before = founding_document()
    before = replace(before, indicators=(row("k1", "培训干部", "28人"), row("k2", "接收档案", "500卷")))
    rows = (row("k1", "培训干部", "30人"), row("k3", "查档人次", "≥9人次"))
    amounts = {**before.amounts, "INC.GENERAL": "560.13"}
    return before, replace(before, amounts=amounts, indicators=rows)


def test_changes_have_signs_words_and_runs() -> None:
    page = Rendered(*pair())
    assert words(page) == (
        "变化 新增 1 行，删除 1 行，修改 2 行 原表：甲 现表：乙"
        " 资金 另有 6 行没有变化 变化 内容"
        " ～ 修改 一般公共预算 删去 550.13 新增 560.13 增加 10.00 万元（＋1.8%）"
        " 绩效指标 变化 内容"
        " ～ 修改 培训干部 产出指标 / 数量指标 指标值： 删去 28 新增 30 人"
        " － 删除 接收档案 产出指标 / 数量指标 指标值： 删去 500卷"
        " ＋ 新增 查档人次 产出指标 / 数量指标 指标值： 新增 ≥9人次"
    )
    assert '<del><span class="visually-hidden">删去</span>28</del><ins>' in html(page)
    assert html(page).count('href="#at-indicators-k1"') == 1
    assert "#at-indicators-k2" not in html(page)


def test_rows_link_to_the_table_only_if_it_is_on_the_page() -> None:
    assert "href=" not in html(Rendered(*pair(), linked=False))


def test_equal_tables_have_no_changes() -> None:
    document = founding_document()
    assert words(Rendered(document, document)) == "变化 没有变化 原表：甲 现表：乙 两张表的内容相同。"


def test_typed_text_is_text() -> None:
    before = founding_document()
    after = replace(before, indicators=(row("k", "<script>x</script>", "<b>1人"), *before.indicators))
    page = Rendered(before, after)
    assert ("<script>" in html(page), "<b>" in html(page)) == (False, False)
    assert "＋ 新增 <script>x</script> 产出指标 / 数量指标 指标值： 新增 <b>1人" in words(page)


def test_a_long_equal_text_is_shortened_with_its_length() -> None:
    before = replace(founding_document(), duties=(DutyRow("d", "（一）" + "管理全县档案。" * 40 + "旧"),))
    after = replace(before, duties=(DutyRow("d", "（一）" + "管理全县档案。" * 40 + "新"),))
    assert "……（223 字相同）……" in words(Rendered(before, after))


@pytest.mark.parametrize(
    ("before", "after", "phrase"),
    [
        ("100", "110", "增加 10.00 万元（＋10.0%）"),
        ("100", "99.5", "减少 0.50 万元（－0.5%）"),
        ("0", "5", "增加 5.00 万元"),
        ("5", "5", "金额不变"),
    ],
)
def test_money_is_a_phrase(before: str, after: str, phrase: str) -> None:
    assert money_phrase(MoneyDifference(Decimal(before), Decimal(after))) == phrase


def resubmitted(county: County) -> Filing:
    """A filing returned at its second revision and submitted again; the first one was withdrawn unseen."""
    filing = step(Action.WITHDRAW, county.signing(), county.filler)
    filing.indicators.filter(key="i0").update(target="≥600卷")
    filing = step(Action.SIGN, step(Action.SUBMIT, filing, county.filler), county.head)
    filing = step(
        Action.RETURN, filing, county.supervisor_reviewer, reason="请改。", remarks=(("indicators[i0]", "改"),)
    )
    filing.indicators.filter(key="i0").update(target="≥700卷")
    filing = step(Action.WITHDRAW, step(Action.SUBMIT, filing, county.filler), county.filler)
    filing.indicators.filter(key="i0").update(target="≥800卷")
    return step(Action.SIGN, step(Action.SUBMIT, filing, county.filler), county.head)


@pytest.mark.django_db
def test_a_version_is_compared_with_the_one_reviewed_before(
    county: County, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    filing = resubmitted(county)
    version = visible_version(county.supervisor_reviewer, filing_or_404(county.supervisor_reviewer, filing.pk))
    with django_assert_num_queries(1):
        compared = changes_since_last_version(version)
    assert compared is not None
    assert [compared[name].partition("（")[0] for name in ("before", "after")] == ["第 2 版", "第 4 版"]
    cells = [(cell.before, cell.after) for change in compared["comparison"].changes for cell in change.cells]
    assert cells == [("≥600卷", "≥800卷")]


@pytest.mark.django_db
def test_a_first_version_has_nothing_to_compare(county: County) -> None:
    version = visible_version(county.supervisor_reviewer, county.in_review())
    assert (changes_since_last_version(version), changes_against_last_year(version)) == (None, None)


@pytest.mark.django_db
def test_a_draft_is_compared_with_last_years_approved_table(
    county: County, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    filing = with_last_year(county)
    filing.indicators.create(key="new", rank="5", node=filing.cycle.edition.nodes.get(key="OUT.QTY"), name="接收档案")
    version = visible_version(county.filler, filing)
    assert version.document
    with django_assert_num_queries(1):
        compared = changes_against_last_year(version)
    assert compared is not None
    assert compared["before"] == f"{county.cycle.year - 1} 年批复的表"
    assert [(change.kind.value, change.name) for change in compared["comparison"].indicators] == [
        ("changed", "接收档案"),
        ("removed", "控制成本"),
        ("removed", "查阅人次"),
    ]
