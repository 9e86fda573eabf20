"""Posted forms become lists of changes; the budget form checks both splits against the total."""

import pytest
from django.http import QueryDict

from filings.document.bundled_editions import editions
from filings.drafts import Change
from filings.forms.budget import BudgetForm
from filings.forms.draft import DraftForms, identity

EDITION = editions()["hunan-county-2022"]


def query(**fields: str) -> QueryDict:
    data = QueryDict(mutable=True)
    data.update(fields)
    return data


def test_a_text_that_differs_from_the_shown_one_is_a_change() -> None:
    data = query(
        **{
            "amounts-TOTAL": "550.13",
            "initial-amounts-TOTAL": "",
            "amounts-EXP.BASIC": "317.13",
            "initial-amounts-EXP.BASIC": "317.13",
            "texts-goal:0": "一\r\n二",
            "initial-texts-goal:0": "一\n二",
            "duties-TOTAL_FORMS": "1",
            "duties-INITIAL_FORMS": "1",
            "duties-0-key": "d1",
            "duties-0-text": "（一）甲 ",
            "initial-duties-0-text": "（一）甲",
            "indicators-TOTAL_FORMS": "1",
            "indicators-INITIAL_FORMS": "1",
            "indicators-0-key": "i1",
            "indicators-0-name": "人数",
            "initial-indicators-0-name": "",
            "indicators-0-target": "",
            "initial-indicators-0-target": "28人",
            "indicators-0-node": "OUT.QTY",
        }
    )
    assert DraftForms.posted(EDITION, data).changes() == [
        Change("amounts[TOTAL]", "", "550.13"),
        Change("duties[d1].text", "（一）甲", "（一）甲 "),
        Change("indicators[i1].name", "", "人数"),
        Change("indicators[i1].target", "28人", ""),
    ]


def test_a_post_without_management_forms_has_no_rows() -> None:
    data = query(**{"duties-0-key": "d1", "duties-0-text": "甲", "initial-duties-0-text": ""})
    assert DraftForms.posted(EDITION, data).changes() == []


@pytest.mark.parametrize(
    ("amounts", "sentences"),
    [
        ({"TOTAL": "550.13", "INC.GENERAL": "550.13", "EXP.BASIC": "317.13", "EXP.PROJECT": "233万元"}, []),
        (
            {"TOTAL": "550.13", "INC.GENERAL": "550.13", "EXP.BASIC": "317.13", "EXP.PROJECT": "230"},
            [
                "基本支出 317.13 ＋ 项目支出 230.00 ＝ 547.13，比资金总额 550.13 少 3.00 万元。"
                "请核对按支出性质分的各行或资金总额。"
            ],
        ),
        (
            {"TOTAL": "100", "INC.GENERAL": "90", "INC.OTHER": "12", "EXP.BASIC": "一百"},
            [
                "一般公共预算 90.00 ＋ 其他资金 12.00 ＝ 102.00，比资金总额 100.00 多 2.00 万元。"
                "请核对按收入性质分的各行或资金总额。",
                "基本支出无法识别金额，不能核对按支出性质分的合计。请只填数字。",
            ],
        ),
    ],
)
def test_both_splits_must_add_up_to_the_total(amounts: dict[str, str], sentences: list[str]) -> None:
    form = BudgetForm(EDITION, query(**{f"amounts-{line}": text for line, text in amounts.items()}))
    assert form.is_valid() is not bool(sentences)
    assert [str(sentence) for sentence in form.non_field_errors()] == sentences


def test_a_client_id_depends_on_page_and_content() -> None:
    assert identity("abcdef0123", "x") == identity("abcdef0123", "x")
    assert len({identity("abcdef0123", "x"), identity("abcdef0123", "y"), identity("abcdef0124", "x")}) == 3
    assert len(identity("a" * 40, "\ud800") or "") <= 64
    assert [identity(made_up) for made_up in ("", "short", "a" * 41, "汉字汉字汉字汉字", "a b c d e f g")] == [None] * 5
