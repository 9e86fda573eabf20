"""Describe the differences between two editions as Chinese phrases, for the admin log and the preview of a copy."""

from collections.abc import Iterator, Mapping

from filings.admin.editions import parts
from filings.admin.editions.assembly import nodes_in
from filings.admin.editions.parts import Data
from filings.admin.editions.rules import OFF, severity_label
from filings.document.edition import Edition
from filings.document.text import line


def differences(before: Edition, after: Edition) -> list[str]:
    """List one phrase for each part that differs; codes and versions are ignored."""
    old, new = parts.data_of(before), parts.data_of(after)
    changes = [
        *_texts(old, new),
        *_rows(_lines(old), _lines(new), "预算行"),
        *_rows(list(nodes_in(old["tree"])), list(nodes_in(new["tree"])), "指标"),
        *_rules(old, new),
    ]
    return changes or (["有其他改动"] if _nameless(old) != _nameless(new) else [])


def _texts(old: Data, new: Data) -> Iterator[str]:
    names = {part.name for part in (*parts.text_parts(old), *parts.width_parts(old))}
    for part in (*parts.text_parts(new), *parts.width_parts(new)):
        former, now = part.value(old) if part.name in names else "", part.value(new)
        if former != now:
            is_width = part.path[0] == "widths"
            caption = f"{part.caption}的列宽" if is_width else part.caption
            yield _changed(caption, str(former), str(now))


def _rows(old: list[Data], new: list[Data], kind: str) -> Iterator[str]:
    before, after = ({row["key"]: row for row in rows} for rows in (old, new))
    for key, row in before.items():
        if key not in after:
            yield f"删去{kind}「{line(row['label'])}」"
    for key, row in after.items():
        former = before.get(key)
        if former is None:
            yield f"新增{kind}「{line(row['label'])}」"
            continue
        if former["label"] != row["label"]:
            yield _changed(kind, former["label"], row["label"])
        names = ("aliases", "canonical", "required", "side")
        if [former.get(name) for name in names] != [row.get(name) for name in names]:
            yield f"{kind}「{line(row['label'])}」的其他叫法、类别或必填"
    remaining = [key for key in before if key in after]
    if remaining != [key for key in after if key in before]:
        yield f"{kind}的次序"


def _rules(old: Data, new: Data) -> Iterator[str]:
    severities: Mapping[str, str] = old["rules"]
    for code, severity in new["rules"].items():
        former = severities.get(code, OFF)
        if former != severity:
            yield _changed(f"规则 {code}", severity_label(former), severity_label(severity))
    for code, limit in new["limits"].items():
        if old["limits"].get(code) != limit:
            yield _changed(f"规则 {code} 的数", old["limits"].get(code, ""), limit)
    for code in sorted({*old["explained"]} ^ {*new["explained"]}):
        asks = "要求说明" if code in new["explained"] else "不再要求说明"
        yield f"规则 {code} {asks}"


def _changed(subject: str, former: str, now: str) -> str:
    return f"{subject}：「{line(former)}」改为「{line(now)}」"


def _lines(data: Data) -> list[Data]:
    lines = [{**row, "side": split["side"]} for split in data["splits"] for row in split["lines"]]
    return [data["total"], *lines]


def _nameless(data: Data) -> Data:
    return {key: value for key, value in data.items() if key not in ("code", "version", "name")}
