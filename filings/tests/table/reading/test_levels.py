"""Which class two labels mean: the form's own words are sure, other forms' are to be checked, the rest is nobody's."""

from dataclasses import replace

import pytest

from filings.document.edition import Edition, Node
from filings.table.reading.levels import (
    Level,
    canonical_of,
    is_first_level,
    is_second_level,
    level_of,
)
from filings.tests.table.cells import HUNAN, STANDARD


@pytest.mark.parametrize(
    ("edition", "first", "second", "node"),
    [
        (HUNAN, "产出指标", "数量指标", "OUT.QTY"),
        (HUNAN, "产出指标（50分）", "数 量\n指标", "OUT.QTY"),
        (HUNAN, "效益", "经济效益指标", "BEN.ECON"),
        (STANDARD, "成本指标", "经济成本指标", "COST.ECON"),
        (STANDARD, "满意度指标", "满意度", "SAT.SERV"),
    ],
)
def test_the_forms_own_words_are_sure(edition: Edition, first: str, second: str, node: str) -> None:
    assert level_of(first, second, edition) == Level(node)


@pytest.mark.parametrize(
    ("edition", "first", "second", "node", "warning"),
    [
        (HUNAN, "成本指标", "经济成本指标", "OUT.COST", "表中写的是「成本指标 / 经济成本指标」，归入「成本指标」。"),
        (HUNAN, "成本指标", "", "OUT.COST", "表中写的是「成本指标」，归入「成本指标」。"),
        (HUNAN, "满意度", "", "BEN.SAT", "表中写的是「满意度」，归入「社会公众或服务对象满意度」。"),
        (HUNAN, "满意度指标", "企业满意度", "BEN.SAT",
         "表中写的是「满意度指标 / 企业满意度」，归入「社会公众或服务对象满意度」。"),
        (HUNAN, "", "时效", "OUT.TIME", "表中写的是「时效」，归入「时效指标」。"),
        (STANDARD, "产出指标", "成本指标", "COST.ECON", "表中写的是「产出指标 / 成本指标」，归入「经济成本指标」。"),
        (STANDARD, "效益指标", "环境效益", "BEN.ECO", ""),
    ],
)  # fmt: skip
def test_a_class_that_stands_elsewhere_is_taken_and_told(
    edition: Edition, first: str, second: str, node: str, warning: str
) -> None:
    assert level_of(first, second, edition) == Level(node, warning)


@pytest.mark.parametrize(
    ("first", "second", "warning"),
    [
        ("产出指标", "创新指标", "没有认出「产出指标 / 创新指标」是哪一类指标，请归类。"),
        ("效益指标", "生态效益指标", "没有认出「效益指标 / 生态效益指标」是哪一类指标，请归类。"),
        ("产出指标", "", "没有认出「产出指标」是哪一类指标，请归类。"),
        ("", "", "这一行没有写类别，请归类。"),
        ("待归类：产出指标", "数量指标", "这一行待归类，请归类。"),
    ],
)
def test_what_means_no_class_is_left_to_people(first: str, second: str, warning: str) -> None:
    assert level_of(first, second, HUNAN) == Level(None, warning)


@pytest.mark.parametrize(
    ("label", "key"),
    [
        ("产出数量指标", "OUT.QTY"),
        ("进 度", "OUT.TIME"),
        ("经济效率", "BEN.ECON"),
        ("环境效益指标（5分）", "BEN.ECO"),
        ("帮扶对象满意度指标", "SAT.SERV"),
        ("提高满意度的工作机制", None),
        ("广大人民群众和各类服务对象的普遍满意度", "SAT.SERV"),
        ("通过全年各项工作，使人民群众和服务对象达到普遍满意度", None),
        ("创新", None),
        ("", None),
    ],
)
def test_canonical_keys_compare_across_forms(label: str, key: str | None) -> None:
    assert canonical_of(label) == key


def test_labels_are_told_apart_by_their_level() -> None:
    labels = ("产出", "效果指标", "成本指标", "数量", "社会成本指标", "覆盖率")
    assert [is_first_level(label, HUNAN) for label in labels] == [True, True, True, False, False, False]
    assert [is_second_level(label, HUNAN) for label in labels] == [False, False, True, True, True, False]


def test_a_label_that_two_classes_have_is_left_to_people() -> None:
    output, benefit, *_ = HUNAN.tree
    tree = [
        replace(first, children=(*first.children, Node(f"{first.key}.NEW", f"{first.key}.NEW", "创新指标")))
        for first in (output, benefit)
    ]
    edition = replace(HUNAN, tree=tuple(tree))
    warning = "没有认出「其他 / 创新指标」是哪一类指标，请归类。"
    assert level_of("其他", "创新指标", edition) == Level(None, warning)
    assert level_of(benefit.label, "创新指标", edition) == Level(f"{benefit.key}.NEW")
