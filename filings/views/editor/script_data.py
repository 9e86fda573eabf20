"""Data of the fill-in page for its scripts: their messages, and the edition's classes, columns and lines."""

from collections.abc import Iterable, Mapping
from typing import Any

from filings.document.content import UNCLASSIFIED
from filings.document.edition import Column, Edition
from filings.document.text import bare
from filings.drafts.editor import LONGEST, MOST
from filings.rules.money.budget import name_of
from filings.table.reading.vocabulary import (
    HEADINGS,
    KINDS_OF_VALUES,
    NOTHING,
    TASK_HEADINGS,
)
from filings.views.saving_messages import saving_messages


def messages_of_scripts() -> Mapping[str, str]:
    """Messages and labels by name. Scripts fill in the names in braces."""
    return {
        **saving_messages(),
        **_conflict_messages(),
        **_rows_messages(),
        **_pasting_messages(),
        **_amounts_messages(),
        **_panels_messages(),
    }


def edition_data(edition: Edition) -> Mapping[str, Any]:
    """Classes, columns and budget lines with the labels that identify them in pasted tables, and the limits."""
    return {
        "most": MOST,
        "longest": LONGEST,
        "unit": edition.unit,
        "unclassified": UNCLASSIFIED,
        "classes": [
            {"key": node.key, "label": bare(node.label), "aliases": node.aliases} for _, node in edition.leaves()
        ],
        "columns": _columns(edition.columns),
        "further": [column.key for column in edition.further_columns],
        "heads": {label: column for label, column in HEADINGS.items() if column},
        "tasks": [column.key for column in edition.task_columns],
        "task_columns": _columns(edition.task_columns),
        "task_heads": TASK_HEADINGS,
        "nothing": NOTHING,
        "kinds_of_values": KINDS_OF_VALUES,
        "total": edition.total.key,
        "lines": [{"key": line.key, "label": name_of(line), "aliases": line.aliases} for line in edition.lines],
    }


def _columns(columns: Iterable[Column]) -> list[Mapping[str, str]]:
    return [{"key": column.key, "label": bare(column.label)} for column in columns]


def _conflict_messages() -> Mapping[str, str]:
    return {
        "cells_unsaved": "有 {count} 处未保存，待您选择，见表中标注",
        "not_stored": "未保存",
        "not_checked": "网络中断，未核对，请稍后重试",
        "check_expired": "登录已过期，未核对，请重新登录后再核对",
        "not_submitted": "未提交，须改正的内容见核对结果",
        "kept_here": "您填写的内容已存在本机，可以填报时打开本页即可恢复。",
        "not_all_saved": "尚有内容未保存，请先处理上方和表中的提示",
        "too_long": "这里有 {count} 个字，最多 {longest} 个，未保存。请删减后再保存。",
        "keep_mine": "采用本人填写",
        "keep_theirs": "采用对方填写",
        "changed_since": "您填写的是{typed}，现为{now}。",
        "offline_answer": "未保存：网络中断，恢复后自动保存，请勿关闭本页",
        "expired_answer": "未保存：登录已过期，请重新登录，请勿关闭本页",
        "answer_unsaved": "有说明未保存，待您选择",
        "answer_too_long": "有说明过长，未保存",
        "save_my_answer": "采用本人填写",
        "others_saved": "他人刚保存 {count} 处，已更新到本页",
    }


def _rows_messages() -> Mapping[str, str]:
    return {
        "no_room": "已有 {now} 行，最多 {most} 行，不能再加。",
        "duty_added": "已增加第 {number} 条职责",
        "task_added": "已增加第 {number} 项任务",
        "indicator_added": "已在「{where}」增加一行",
        "row_removed": "已删去「{name}」",
        "brought_back": "已恢复到原处",
        "row_moved": "已移到第 {number} 行",
        "cannot_move": "已在首行或末行，未移动",
        "class_changed": "已移到「{where}」",
        "nothing_to_split": "这一条中没有连续的序号，未拆分",
        "duty_split": "已按序号分成 {count} 条",
        "fixed": "已改",
        "several_fixed": "已改 {count} 处",
        "no_examples": "尚无可以参考的写法",
        "example_source": "{name}（{source}）",
        "undone": "已撤销",
        "redone": "已重做",
        "nothing_to_undo": "没有可以撤销的操作",
        "nothing_to_redo": "没有可以重做的操作",
        "cells_skipped": "，有 {count} 处后来又有改动，保持不变",
    }


def _pasting_messages() -> Mapping[str, str]:
    return {
        "too_many_rows": "需粘贴 {count} 行，表中已有 {now} 行，最多 {most} 行。未粘贴，请分开或删减后再粘贴。",
        "duties_pasted": "已按序号贴成 {count} 条",
        "block_pasted": "已粘贴 {cells} 个栏目，新增 {added} 行",
        "table_changed": "表格刚有变化，未粘贴，请重新粘贴",
        "nothing_pasted": "剪贴板中没有可以粘贴的内容",
        "paste_summary": "将贴入 {cells} 个栏目，新增 {added} 行，其中 {over} 个栏目将覆盖已有内容。",
        "paste_unplaced": "有 {count} 处没有对应的栏目，不会贴入：{texts}",
        "paste_summary_safe": "将贴入 {cells} 个栏目，新增 {added} 行。",
        "new_task": "新的任务",
        "new_row": "新行（{where}）",
        "undo": "撤销",
    }


def _amounts_messages() -> Mapping[str, str]:
    return {
        "converted": "＝ {amount} {unit}",
        "short": "比{total}少 {gap} {unit}",
        "over": "比{total}多 {gap} {unit}",
        "holds": "与{total}相符",
        "unreadable_sum": "有金额无法识别",
        "blank_sum": "未填写",
        "set_total": "{total}填 {amount} {unit}",
        "assign_gap": "差额记入「{line}」",
        "amount_set": "「{line}」已改为 {amount} {unit}",
    }


def _panels_messages() -> Mapping[str, str]:
    return {
        "comparator": "符号",
        "no_comparator": "无",
        "rendering_pages": "正在排版…",
        "number": "数值",
        "unit": "单位",
        "pages_unavailable": "暂时无法取得打印样张，请稍后重试。",
        "page_begins": "第 {number} 页从这里开始",
    }
