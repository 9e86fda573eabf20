"""Recognise the labels of tables: the normal form of a label, and the section or column that it names.

Offices word the same label in many ways. A label is matched in its normal form, first against the words of
vocabulary.py, then against the patterns below, each of which lists the parts that such a label is made of.
"""

import re
import unicodedata
from collections.abc import Mapping

from filings.table.reading.vocabulary import HEADINGS, LINES, SECTIONS

# Texts beyond this are sentences, not labels.
LONGEST = 40
_MARKS = "*★☆▲△●◆※#"
_BRACKETS = re.compile(r"[(（\[【][^()（）\[\]【】]{0,40}[)）\]】]")
_CIRCLED = re.compile("[①-⑳]")
_NUMBERING = re.compile(r"^(?:[一二三四五六七八九十]{1,2}|\d{1,2})[、.．]")
_YEAR = re.compile(r"(?:19|20)\d\d年(?:度)?", re.ASCII)
_ENDS = ":：、.．。-—"

_WHOSE = "年度|本年|全年|当年|部门|单位|项目|整体|总体|财政"
_OF_MONEY = "申请|安排|资金|情况|规模|收支|构成|来源"
# Patterns of section labels in their normal form: the kind of the section, and the key of a field.
_SECTIONS: Mapping[str, tuple[str, str]] = {
    r"(?:中期|长期|中长期|实施期|规划期|三年)(?:总体|绩效|工作)*目标": ("other", ""),
    rf"(?:{_WHOSE}|支出|绩效|履职|工作|预期|及|和)*目标(?:情况|概述|内容|描述|设定)?": ("goal", ""),
    r"(?:部门|单位|机构|基本|主要|工作|法定|核心)*(?:职能|职责|概况)+(?:概述|简介|简述|描述|情况|说明|介绍)?": (
        "duties",
        "",
    ),
    rf"(?:{_WHOSE}|支出|收入|资金|收支|来源)*(?:预算|资金来源|资金情况|资金构成|支出规模)(?:{_OF_MONEY})*": (
        "budget",
        "",
    ),
    rf"(?:{_WHOSE}|支出|具体|分解|履职)*(?:绩效|考核|目标)+指标(?:体系|情况|设定)?": ("indicators", ""),
    rf"(?:{_WHOSE}|主要|重点|工作|履职)*任务(?:情况|安排|清单)?": ("tasks", ""),
    r"(?:申报|填报|预算|部门|本)*(?:部门|单位)(?:名称|全称)": ("field", "department"),
    r"(?:项目)?(?:实施|承担|用款|使用)单位(?:名称)?": ("field", "department"),
    r"(?:上级|项目)?主管(?:部门|单位)(?:名称|及代码|代码)*": ("field", "supervisor"),
    r".{0,12}意见": ("opinion", ""),
}
_OF_THE_YEAR = "预期|计划|目标|绩效|年初|设定|预算|申报|指标|本年度"
_VALUES = "指标值|目标值|计划值|预期值|标准值"
# Patterns of column headings in their normal form: the key of the column, '' for one that is not read.
_HEADINGS: Mapping[str, str] = {
    r"(?:指标)?一级(?:指标|目标)?(?:名称)?": "first_level",
    r"(?:指标)?二级(?:指标|目标)?(?:名称)?": "second_level",
    r"(?:指标)?三级(?:指标|目标)?(?:名称|内容|及)*|(?:具体|绩效|评价|考核)?指标(?:名称|内容)|具体指标": "name",
    r"(?:上年|上一?年度?|历史|往年|前[一二三]年)度?(?:实际|指标|完成|参考|目标)*值?": "last_value",
    r"(?:中期|长期|中长期|实施期)(?:绩效|指标|目标)*值?": "",
    r"(?:全年|年度|实际)*(?:完成|执行)(?:值|情况|率|结果)|实际值|(?:自评)?得分": "",
    rf"(?:{_WHOSE}|{_OF_THE_YEAR})*(?:{_VALUES})(?:及单位|设定|内容|及计量单位)*": "target",
    r"(?:计算|运算|比较)(?:符号?|方式|关系)|(?:绩效)?指标(?:方向|性质|属性)": "comparator",
    r"(?:绩效)?(?:计量|度量|指标|指标值|数值)单位": "unit",
    r"(?:指标|标准)?(?:权重|分值|标准分)(?:权重|分值)*": "weight",
    r"(?:评分|评价)(?:标准|规则|依据|方法|细则|办法)+": "scoring",
    r"(?:数据|资料|取值|证据)(?:来源|依据)|佐证(?:材料|资料)|偏差原因.{0,16}|设定依据": "",
}


def normal_label(text: str) -> str:
    """Return a label without spaces, marks, numbering, years, brackets and colons; '' for a text too long for one."""
    label = _CIRCLED.sub("", text[: 4 * LONGEST])
    label = "".join(unicodedata.normalize("NFKC", label).split())
    label = _YEAR.sub("", _BRACKETS.sub("", label)).lstrip(_MARKS)
    label = _NUMBERING.sub("", label, count=1).strip(_ENDS)
    return label if len(label) <= LONGEST else ""


def section_of(text: str) -> tuple[str, str] | None:
    """Return the kind of section that a label begins, and the key of a field; None for another text."""
    label = normal_label(text)
    known = _KNOWN_SECTIONS.get(label)
    if known or label in _LINES:
        return known
    return next((section for pattern, section in _SECTION_PATTERNS if pattern.fullmatch(label)), None)


def heading_of(text: str) -> str | None:
    """Return the key of the column that a heading names, '' for a column that is not read; None for another text."""
    label = normal_label(text)
    known = _KNOWN_HEADINGS.get(label)
    if known is not None:
        return known
    return next((key for pattern, key in _HEADING_PATTERNS if pattern.fullmatch(label)), None)


_LINES = frozenset(map(normal_label, LINES))
_KNOWN_SECTIONS = {normal_label(label): section for label, section in SECTIONS.items()}
_KNOWN_HEADINGS = {normal_label(label): key for label, key in HEADINGS.items()}
_SECTION_PATTERNS = [(re.compile(pattern), section) for pattern, section in _SECTIONS.items()]
_HEADING_PATTERNS = [(re.compile(pattern), key) for pattern, key in _HEADINGS.items()]
