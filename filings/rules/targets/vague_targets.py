"""Vague targets: phrases instead of something measurable. Contains no rules."""

import re

from filings.document.text import bare, symbols
from filings.rules.rows import ParsedIndicator

VAGUE = (
    *("予以保障", "得到保障", "有效保障", "充分保障", "有力保障", "基本保障", "全力保障", "保障到位"),
    *("持续推进", "稳步推进", "有序推进", "有效推进", "扎实推进", "全面推进", "深入推进", "逐步推进"),
    *("不断提升", "稳步提升", "持续提升", "有效提升", "逐步提升", "明显提升", "显著提升", "进一步提升", "大幅提升"),
    *("不断提高", "稳步提高", "持续提高", "有效提高", "逐步提高", "明显提高", "显著提高", "进一步提高", "大幅提高"),
    *("不断加强", "持续加强", "逐步加强", "有效加强", "进一步加强", "得到加强"),
    *("不断改善", "持续改善", "逐步改善", "有效改善", "明显改善", "显著改善", "进一步改善", "得到改善"),
    *("不断增强", "有效增强", "进一步增强", "不断完善", "逐步完善", "进一步完善", "不断优化", "持续优化"),
    *("有效促进", "有力促进", "积极促进", "有效控制", "有效落实", "全面落实", "正常运转", "平稳运行"),
    *("较为明显", "明显", "显著", "较好", "良好", "较高", "较强", "优良", "优秀", "长期", "持续", "有效", "稳定"),
)
_VAGUE = re.compile("|".join(sorted(VAGUE, key=len, reverse=True)))
_FIGURE = re.compile(
    r"\d|[零一二两三四五六七八九十百千万亿半]+(?:个|次|人|名|户|件|项|场|期|批|份|篇|所|家|座|台|套|亩|公里|天|年|月|元|成|倍)"
)
# As measurable as a number: all or none.
_ALL_OR_NONE = re.compile(r"全覆盖|全部|零|百分之|百分百|不发生|未发生|无(?!法|力|限|形)|杜绝")
_IN_TIME = re.compile(
    r"及时|按时|按期|准时|如期|即时|随时|全年|年内|年底|年末|年度|当年|本年|当月|当日|当天|上半年|下半年|季度"
    r"|[每按][年月季周日天]|长期|常年|时限|时间|期限|期内|月底|月末|[0-9一二三四五六七八九十]月"
)


def vague_words(target_text: str) -> tuple[str, ...]:
    """Find the vague phrases of a target in the order of the text, the longest where they overlap."""
    return tuple(_VAGUE.findall(bare(symbols(target_text))))


def is_vague(row: ParsedIndicator) -> bool:
    """Whether the target is a phrase that could be replaced by something measurable.

    A time is not vague for a timeliness indicator: 年度内及时完成 can be checked against the calendar.
    """
    if not row.is_phrase:
        return False
    text = bare(symbols(row.row.target))
    if _FIGURE.search(text) or _ALL_OR_NONE.search(text):
        return False
    return not (row.canonical == "OUT.TIME" and mentions_time(text))


def mentions_time(text: str) -> bool:
    """Whether a text mentions a time, with or without a date: 按时, 全年, 每季度."""
    return bool(_IN_TIME.search(text))
