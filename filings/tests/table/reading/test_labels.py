"""Labels in their normal form, and the sections and columns that they name."""

import pytest

from filings.table.reading.labels import LONGEST, heading_of, normal_label, section_of


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("*2022年一、指标值（包含数字及文字描述）：", "指标值"),
        ("2022年指标值", "指标值"),
        ("一、产 出\n指标", "产出指标"),
        ("★指标值", "指标值"),
        ("（一）年度目标：", "年度目标"),
        ("年度预算申请（万元）", "年度预算申请"),
        ("①单位职责", "单位职责"),
        ("", ""),
        ("很" * (LONGEST + 1), ""),
    ],
)
def test_the_normal_form_of_a_label(text: str, label: str) -> None:
    assert normal_label(text) == label


@pytest.mark.parametrize(
    ("text", "section"),
    [
        ("年度总体绩效目标", ("goal", "")),
        ("绩效目标", ("goal", "")),
        ("年初设定目标", None),
        ("中期目标（2019年—2021年）", ("other", "")),
        ("部门预算资金（万元）", ("budget", "")),
        ("资金来源", ("budget", "")),
        ("部门基本职能", ("duties", "")),
        ("部门概况", ("duties", "")),
        ("2022年绩效指标", ("indicators", "")),
        ("*部门名称", ("field", "department")),
        ("主管部门及代码", ("field", "supervisor")),
        # Names of budget lines begin no section.
        ("资金总额", None),
        ("财政拨款", None),
        ("负责全县档案工作的目标", None),
    ],
)
def test_a_label_begins_a_section(text: str, section: tuple[str, str] | None) -> None:
    assert section_of(text) == section


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("*指标值", "target"),
        ("预期指标值", "target"),
        ("目标值及单位", "target"),
        ("本年度绩效指标值", "target"),
        ("上年指标值", "last_value"),
        ("中期指标值", ""),
        ("实际完成值", ""),
        ("指标方向", "comparator"),
        ("绩效度量单位", "unit"),
        ("一级目标", "first_level"),
        ("三级指标名称", "name"),
        ("标准分值", "weight"),
        ("28人", None),
        ("数量指标", None),
    ],
)
def test_a_heading_names_a_column(text: str, key: str | None) -> None:
    assert heading_of(text) == key


@pytest.mark.parametrize(
    "part", ["部门", "本年", "年度", "绩效", "指标", "目标", "资金", "来源", "预算", "职责", "任务", "完成", "(", "1."]
)
def test_a_repeated_part_is_soon_no_label(part: str) -> None:
    """A nested repetition in a pattern would take for ever."""
    for text in (f"{part * LONGEST}x", f"{part * 100_000}x"):
        assert (section_of(text), heading_of(text)) == (None, None)
