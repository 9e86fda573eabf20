"""The line in the note of a target that shows how it was parsed. Scripts read its parts from data attributes."""

from dataclasses import dataclass

from django.template.loader import render_to_string

from filings.choices import TargetKind
from filings.document import target
from filings.document.place import Place
from filings.document.target import Target
from filings.rules.targets.vague_targets import vague_words
from filings.views.table.annotated import anchor


@dataclass(frozen=True)
class TargetHint:
    """The parts of a parsed target, all empty for a blank one. `is_vague` offers examples of measurable wording."""

    kind: str = ""
    comparator: str = ""
    number: str = ""
    unit: str = ""
    text: str = ""
    is_vague: bool = False


def hint_of(text: str) -> TargetHint:
    parsed = target.parse(text)
    if parsed is None:
        return TargetHint()
    return TargetHint(
        parsed.kind,
        parsed.comparator or "",
        parsed.number or "",
        parsed.unit or "",
        summary(parsed),
        parsed.kind is TargetKind.PHRASE and bool(vague_words(parsed.text)),
    )


def hint_html(place: Place, text: str) -> str:
    """Write the line for a target after a save."""
    context = {"id": anchor(place), "hint": hint_of(text)}
    return render_to_string("filings/editor/table/_target_hint.html", context).strip()


def summary(parsed: Target) -> str:
    """Format the parts of a target: 识别为 ≥ 90 %, or 定性."""
    match parsed.kind:
        case TargetKind.NUMBER:
            parts = (parsed.comparator, parsed.number, parsed.unit or "（无单位）")
            return " ".join(filter(None, ("识别为", *parts)))
        case TargetKind.RANGE:
            return " ".join(filter(None, ("识别为", f"{parsed.low} ～ {parsed.high}", parsed.unit)))
        case TargetKind.DATE:
            dates = " ～ ".join(filter(None, (parsed.low, parsed.high))).replace("--", "")
            return f"识别为时间 {parsed.comparator or ''}{dates}"
        case TargetKind.PLACEHOLDER:
            return "待填"
    return "定性"
