"""What differs between two editions, in sentences: for the history of one, and beside the preview of a copy."""

from collections.abc import Iterator, Mapping

from filings.admin import edition_parts
from filings.admin.edition_parts import Data
from filings.admin.edition_rules import OFF, severity_words
from filings.admin.edition_whole import nodes_in
from filings.document.edition import Edition
from filings.document.text import line


def differences(before: Edition, after: Edition) -> list[str]:
    """One sentence for each part that differs; codes and versions aside."""
    old, new = edition_parts.data_of(before), edition_parts.data_of(after)
    found = [
        *_texts(old, new),
        *_rows(_lines(old), _lines(new), "预算行"),
        *_rows(list(nodes_in(old["tree"])), list(nodes_in(new["tree"])), "指标"),
        *_rules(old, new),
    ]
    return found or (["有其他改动"] if _nameless(old) != _nameless(new) else [])


def _texts(old: Data, new: Data) -> Iterator[str]:
    before = {part.name: part for _title, parts in edition_parts.groups(old) for part in parts}
    before |= {part.name: part for part in edition_parts.widths(old)}
    after = [part for _title, parts in edition_parts.groups(new) for part in parts]
    for part in (*after, *edition_parts.widths(new)):
        was, now = part.value(old) if part.name in before else "", part.value(new)
        if was != now:
            is_width = part.path[0] == "widths"
            caption = f"{part.caption}的列宽" if is_width else part.caption
            yield _changed(str(caption), str(was), str(now))


def _rows(old: list[Data], new: list[Data], kind: str) -> Iterator[str]:
    before, after = ({row["key"]: row for row in rows} for rows in (old, new))
    for key, row in before.items():
        if key not in after:
            yield "删去{kind}「{label}」".format(kind=kind, label=line(row["label"]))
    for key, row in after.items():
        was = before.get(key)
        if was is None:
            yield "新增{kind}「{label}」".format(kind=kind, label=line(row["label"]))
            continue
        if was["label"] != row["label"]:
            yield _changed(kind, was["label"], row["label"])
        names = ("aliases", "canonical", "required", "side")
        if [was.get(name) for name in names] != [row.get(name) for name in names]:
            yield "{kind}「{label}」的其他叫法、类别或必填".format(kind=kind, label=line(row["label"]))
    kept = [key for key in before if key in after]
    if kept != [key for key in after if key in before]:
        yield f"{kind}的次序"


def _rules(old: Data, new: Data) -> Iterator[str]:
    severities: Mapping[str, str] = old["rules"]
    for code, severity in new["rules"].items():
        was = severities.get(code, OFF)
        if was != severity:
            yield _changed(f"规则 {code}", str(severity_words(was)), str(severity_words(severity)))
    for code, limit in new["limits"].items():
        if old["limits"].get(code) != limit:
            yield _changed(f"规则 {code} 的数", old["limits"].get(code, ""), limit)
    for code in sorted({*old["explained"]} ^ {*new["explained"]}):
        asks = "要求说明" if code in new["explained"] else "不再要求说明"
        yield f"规则 {code} {asks}"


def _changed(what: str, was: str, now: str) -> str:
    return f"{what}：「{line(was)}」改为「{line(now)}」"


def _lines(data: Data) -> list[Data]:
    splits = [{**one, "side": split["side"]} for split in data["splits"] for one in split["lines"]]
    return [data["total"], *splits]


def _nameless(data: Data) -> Data:
    return {key: value for key, value in data.items() if key not in ("code", "version", "name")}
