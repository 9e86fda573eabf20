"""Canonical JSON of a document and its SHA-256.

Submitted revisions store this text, PDF files attach it, and hashes are computed from it. Keys are sorted, there is no
white space, and all values are strings. One schema, named by `SCHEMA`, covers every edition.

Serialisation is written out field by field instead of using `dataclasses.asdict`, so that renaming an attribute in
Python does not change stored hashes.
"""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from filings.document.content import DutyRow, FilingDocument, IndicatorRow, TaskRow

SCHEMA = "1"


class NotCanonical(ValueError):
    """Raised by `loads` for text that is not the canonical JSON of a document; the message is the reason.

    Caught where files are opened: a PDF attachment or upload that raises it is read as an ordinary file or refused.
    """


def dumps(document: FilingDocument) -> str:
    """Serialise a document as canonical JSON."""
    return json.dumps(_data(document), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(document: FilingDocument) -> str:
    """Compute the SHA-256 of the canonical JSON, in hexadecimal."""
    return sha256(dumps(document).encode()).hexdigest()


def loads(text: str) -> FilingDocument:
    """Parse the output of `dumps`.

    Raises NotCanonical for any other text, even if it differs only in white space.
    """
    try:
        data = json.loads(text)
        if data["schema"] != SCHEMA:
            raise NotCanonical(f"schema {data['schema']!r} is not {SCHEMA!r}")
        document = _document(data)
        is_canonical = _contains_only_strings(data) and dumps(document) == text
    except (KeyError, TypeError, AttributeError, ValueError, RecursionError) as error:
        raise NotCanonical(f"no document in canonical JSON: {error}") from error
    if not is_canonical:
        raise NotCanonical("the JSON is not in canonical form")
    return document


def _contains_only_strings(data: object) -> bool:
    if isinstance(data, dict):
        return all(map(_contains_only_strings, data.values()))
    return all(map(_contains_only_strings, data)) if isinstance(data, list) else isinstance(data, str)


def _data(document: FilingDocument) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "edition": {"code": document.edition, "sha256": document.edition_sha256},
        "year": "" if document.year is None else str(document.year),
        "fields": dict(document.fields),
        "amounts": dict(document.amounts),
        "tasks": [{"key": task.key, "cells": dict(task.cells)} for task in document.tasks],
        "duties": [{"key": duty.key, "text": duty.text} for duty in document.duties],
        "goals": list(document.goals),
        "indicators": [_row_data(row) for row in document.indicators],
    }


def _row_data(row: IndicatorRow) -> dict[str, Any]:
    return {
        "key": row.key,
        "node": row.node or "",
        "first_level": row.first_level,
        "second_level": row.second_level,
        "name": row.name,
        "target": row.target,
        "more": dict(row.more),
    }


def _document(data: Mapping[str, Any]) -> FilingDocument:
    return FilingDocument(
        edition=data["edition"]["code"],
        edition_sha256=data["edition"]["sha256"],
        year=int(data["year"]) if data["year"] else None,
        fields=dict(data["fields"]),
        amounts=dict(data["amounts"]),
        duties=tuple(DutyRow(item["key"], item["text"]) for item in data["duties"]),
        goals=tuple(data["goals"]),
        indicators=tuple(_row(item) for item in data["indicators"]),
        tasks=tuple(TaskRow(item["key"], dict(item["cells"])) for item in data["tasks"]),
    )


def _row(item: Mapping[str, Any]) -> IndicatorRow:
    return IndicatorRow(
        key=item["key"],
        node=item["node"] or None,
        first_level=item["first_level"],
        second_level=item["second_level"],
        name=item["name"],
        target=item["target"],
        more=dict(item["more"]),
    )
