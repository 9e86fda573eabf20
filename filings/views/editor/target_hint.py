"""How a target was understood, in a quiet line under it; its parts stand in the markup for whoever corrects it."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

from filings.choices import TargetKind
from filings.document import target
from filings.document.place import Place
from filings.document.target import Target
from filings.rules.targets.vague import vague_words
from filings.views.table.annotated import anchor

_LINE = (
    '<span class="target-hint" id="{}-hint" data-kind="{}" data-comparator="{}" data-number="{}" data-unit="{}">'
    "{}{}</span>"
)
_VAGUE = '<button type="button" class="choice with-scripts" data-show-examples>{}</button>'


def understood_html(at: Place, text: str) -> SafeString:
    """The line under a target; an empty one where nothing is written."""
    read = target.parse(text)
    if read is None:
        return format_html(_LINE, anchor(at), "", "", "", "", "", "")
    parts = (read.kind, read.comparator or "", read.number or "", read.unit or "")
    return format_html(_LINE, anchor(at), *parts, in_words(read), _vague(read))


def _vague(read: Target) -> SafeString:
    """Beside a phrase that says nothing one could measure: how others wrote it."""
    is_vague = read.kind is TargetKind.PHRASE and vague_words(read.text)
    return format_html(_VAGUE, "含糊？看别人怎么写") if is_vague else SafeString()


def in_words(read: Target) -> str:
    """≥ · 90 · %, or 定性."""
    match read.kind:
        case TargetKind.NUMBER:
            return " · ".join(filter(None, (read.comparator, read.number, read.unit or "无单位")))
        case TargetKind.RANGE:
            return " · ".join(filter(None, (f"{read.low} ～ {read.high}", read.unit)))
        case TargetKind.DATE:
            dates = " ～ ".join(filter(None, (read.low, read.high))).replace("--", "")
            return "时间 · {dates}".format(dates=f"{read.comparator or ''}{dates}")
        case TargetKind.PLACEHOLDER:
            return "待填"
    return "定性"
