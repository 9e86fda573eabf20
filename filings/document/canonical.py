"""Canonical JSON of a document and its SHA-256: the one text that is frozen, hashed, attached to a PDF and compared.

Keys sorted, UTF-8, no spaces, numbers as text. The shape is wide enough for every edition; `SCHEMA` names it.
"""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from filings.document.content import DutyRow, FilingDocument, IndicatorRow, TaskRow

SCHEMA = "1"


class NotCanonical(ValueError):
    """A text that is no canonical JSON of a document, with the reason."""


def dumps(document: FilingDocument) -> str:
    """The canonical JSON of a document."""
    return json.dumps(_data(document), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(document: FilingDocument) -> str:
    """SHA-256 of the canonical JSON, in hex."""
    return sha256(dumps(document).encode()).hexdigest()


def loads(text: str) -> FilingDocument:
    """The document that `dumps` wrote. Raises NotCanonical for any other text, be it only another white space."""
    try:
        data = json.loads(text)
        if data["schema"] != SCHEMA:
            raise NotCanonical(f"schema {data['schema']!r} is not {SCHEMA!r}")
        document = _document(data)
    except (KeyError, TypeError, AttributeError, ValueError, RecursionError) as error:
        raise NotCanonical(f"no document in canonical JSON: {error}") from error
    if not _holds_texts_only(data) or dumps(document) != text:
        raise NotCanonical("the JSON is not in canonical form")
    return document


def _holds_texts_only(data: object) -> bool:
    if isinstance(data, dict):
        return all(map(_holds_texts_only, data.values()))
    return all(map(_holds_texts_only, data)) if isinstance(data, list) else isinstance(data, str)


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
