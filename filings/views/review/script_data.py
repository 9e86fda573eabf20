"""Messages of the review page's scripts."""

from collections.abc import Mapping

from filings.views.saving_messages import saving_messages


def script_messages() -> Mapping[str, str]:
    """Messages by name. Scripts fill in the names in braces."""
    return {
        **saving_messages(),
        "other_window": "您在另一个窗口 {time} 写的内容已合并到本页。",
        "other_window_replaced": (
            "您在另一个窗口 {time} 写的内容已合并到本页；两边都改过的文字一并保留，请整理；其他的以本页为准。"
        ),
        "decide_unsaved": "内容尚未保存，请保存后再办理。",
        "no_findings": "没有更多的核对结果或改动",
        "write_remark": "写意见",
        "no_finding": "请先按 n 选中一项核对结果，再写成意见",
        "no_answer": "请先按 n 选中一条单位已答复、尚未认定的意见，再按 y 认可",
        "unsettled": "待认定 {count}",
        "no_row": "请先选中一行（按 n 或点击一格），再写意见",
        "open_elsewhere": "{names} 正在查看这份申报表。",
        "claimed_meanwhile": "{name} 刚认领了这份申报表，请刷新页面后再办。",
        "outdated": "这份申报表刚有变动，请刷新页面后再办；您写的意见已保存。",
        "internal": "仅内部可见",
        "nothing_to_return": "尚未写意见。请写总体意见，或在表中逐条写。",
        "reopened_rows": "退回后单位可以修改：{rows}，以及按审核规则与它们关联的各栏。",
        "reopened_whole": "退回后整张表都可以修改。",
        "pass_with_remarks": "已写意见 {count} 条，通过后随审核记录保存，不退回单位修改。",
    }
