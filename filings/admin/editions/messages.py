"""Chinese messages for editions that validation refuses, whose own reasons are English and meant for programmers."""

import re

from filings.document.edition import EditionError
from filings.document.edition_validation import LARGEST_VERSION, LONGEST_LABEL, MOST_DECIMALS

# By the beginning of the reason, the message; the first match is used.
MESSAGES = (
    ("the edition is no JSON", "这段文字不是完整的 JSON，请核对括号、引号和逗号。"),
    ("the edition's data lack", "表样缺少一部分，或者某一部分的写法不对。"),
    ("an edition has sections", "表样要有栏目、指标，还要有预算行或任务。"),
    ("the version is", f"版次是 1 到 {LARGEST_VERSION} 的整数。"),
    ("the unit is", f"金额单位无法识别，或者小数位数不在 0 到 {MOST_DECIMALS} 之间。"),
    ("a section's kind", "有一个栏目的种类无法识别。"),
    ("the indicator table's columns", "指标表的列不齐，或者次序有误。"),
    ("a column is there twice", "指标表有一列重复，或者排在指标名称之前。"),
    ("the columns of the tasks", "任务表的列不齐，或者次序有误。"),
    ("a column spans", "有一列占的格数不是正整数。"),
    ("the widths are", "列宽的个数与列数不符，或者合计不是 100。"),
    ("a rule's severity", "有一条规则的程度不是须改正、提醒、建议、关闭之一。"),
    ("a rule's limit", "有一条规则的数不是普通的数：最多 9 位整数、4 位小数。"),
    ("no text of at most", f"有一处文字太长（最多 {LONGEST_LABEL} 个字），或者含有打印不出的字符。"),
    ("two budget lines", "有两个预算行、两个指标或两个栏目的键相同。"),
    ("a budget line, a node", "有一个预算行、指标或栏目没有键。"),
)
_TEXT = re.compile(r"that can be printed: ['\"](.*)['\"]$", re.DOTALL)


def message(error: EditionError) -> str:
    """Return the message for a refused edition, with the text at fault if there is one."""
    reason = str(error)
    base = next((text for beginning, text in MESSAGES if reason.startswith(beginning)), None)
    if base is None:
        return "这样修改后，表样无法打印或填写，未保存。请恢复刚才的改动，逐处修改后保存。"
    quoted = _TEXT.search(reason)
    return f"{base}文字是「{quoted[1]}」。" if quoted else base
