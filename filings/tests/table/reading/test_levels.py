"""Classifying rows by their level labels: own labels are certain, those of other forms get a warning."""

from dataclasses import replace

import pytest

from filings.document.edition import Edition, Node
from filings.table.reading.levels import (
    LevelMatch,
    canonical_of,
    is_first_level,
    is_second_level,
    match_levels,
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
def test_the_editions_own_labels_are_certain(edition: Edition, first: str, second: str, node: str) -> None:
    assert match_levels(first, second, edition) == LevelMatch(node)


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
def test_a_class_of_other_forms_is_matched_with_a_warning(
    edition: Edition, first: str, second: str, node: str, warning: str
) -> None:
    assert match_levels(first, second, edition) == LevelMatch(node, warning)


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
def test_labels_without_a_class_are_left_unclassified(first: str, second: str, warning: str) -> None:
    assert match_levels(first, second, HUNAN) == LevelMatch(None, warning)


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


def test_labels_are_distinguished_by_their_level() -> None:
    labels = ("产出", "效果指标", "成本指标", "数量", "社会成本指标", "覆盖率")
    assert [is_first_level(label, HUNAN) for label in labels] == [True, True, True, False, False, False]
    assert [is_second_level(label, HUNAN) for label in labels] == [False, False, True, True, True, False]


def test_a_label_of_two_classes_is_left_unclassified() -> None:
    output, benefit, *_ = HUNAN.tree
    tree = [
        replace(first, children=(*first.children, Node(f"{first.key}.NEW", f"{first.key}.NEW", "创新指标")))
        for first in (output, benefit)
    ]
    edition = replace(HUNAN, tree=tuple(tree))
    warning = "没有认出「其他 / 创新指标」是哪一类指标，请归类。"
    assert match_levels("其他", "创新指标", edition) == LevelMatch(None, warning)
    assert match_levels(benefit.label, "创新指标", edition) == LevelMatch(f"{benefit.key}.NEW")
