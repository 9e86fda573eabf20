"""Parse editions from their JSON files in `fixtures/editions/`."""

import json
from collections.abc import Mapping
from typing import Any

from filings.choices import Side
from filings.document import edition_validation
from filings.document.edition import AmountLine, Column, Edition, EditionError, Field, Node, Section, Split


def from_data(data: Mapping[str, Any]) -> Edition:
    """Build and validate an edition from parsed JSON. Raises EditionError for missing or invalid parts."""
    try:
        edition = Edition(
            **{key: data[key] for key in ("code", "version", "name", "title", "unit", "decimals", "notes")},
            header=tuple(Field(**item) for item in data["header"]),
            sections=tuple(Section(**item) for item in data["sections"]),
            total=_line(data["total"]),
            splits=tuple(_split(item) for item in data["splits"]),
            columns=tuple(Column(**item) for item in data["columns"]),
            tree=tuple(_node(item) for item in data["tree"]),
            footer=tuple(Field(**item) for item in data["footer"]),
            widths=tuple(data["widths"]),
            rules=dict(data["rules"]),
            limits=dict(data.get("limits", {})),
            explained=tuple(data.get("explained", ())),
            task_columns=tuple(Column(**item) for item in data.get("task_columns", ())),
        )
        edition_validation.validate(edition)
    except EditionError:
        raise
    except (KeyError, TypeError, ValueError) as error:
        raise EditionError(f"the edition's data lack or misname a part: {error}") from error
    return edition


def from_json(text: str) -> Edition:
    """Parse an edition from JSON text. Raises EditionError."""
    try:
        data = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise EditionError(f"the edition is no JSON: {error}") from error
    return from_data(data)


def _line(data: Mapping[str, Any]) -> AmountLine:
    return AmountLine(data["key"], data["label"], tuple(data.get("aliases", ())))


def _split(data: Mapping[str, Any]) -> Split:
    return Split(Side(data["side"]), data["label"], data["lead"], tuple(_line(item) for item in data["lines"]))


def _node(data: Mapping[str, Any]) -> Node:
    return Node(
        data["key"],
        data["canonical"],
        data["label"],
        tuple(data.get("aliases", ())),
        data.get("required", True),
        tuple(_node(child) for child in data.get("children", ())),
    )
