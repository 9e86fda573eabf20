"""Validation of editions: whether one can be filled in, stored and printed.

Written by hand instead of as a JSON schema, because most checks span several parts (keys, widths, spans). The messages
are for programmers; `admin/editions/messages.py` translates them by their beginnings.
"""

import re

from filings.choices import Severity
from filings.document.edition import FURTHER_COLUMNS, AmountLine, Column, Edition, EditionError, Field, Node, Section
from filings.document.money import UNITS

KINDS = ("field", "budget", "tasks", "duties", "goal", "indicators", "opinion")
INDICATOR_COLUMNS = ("first_level", "second_level", "name", "target")
SPLIT_TARGET_COLUMNS = ("first_level", "second_level", "name", "comparator", "target", "unit")
TASK_COLUMNS = ("name", "content", "amount")
MOST_DECIMALS = 6
# Limits of the database columns.
LONGEST_KEY, LONGEST_LABEL, LARGEST_VERSION = 60, 100, 9999
_LIMIT = re.compile(r"\d{1,9}(?:\.\d{1,4})?", re.ASCII)
_UNPRINTABLE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\ud800-\udfff]")


def validate(edition: Edition) -> None:
    """Raise EditionError with the first reason why an edition cannot be used."""
    _check_texts(edition)
    _check_keys(edition)
    if not (edition.sections and edition.tree and (edition.splits or edition.has("tasks"))):
        raise EditionError("an edition has sections, a tree of indicators, and splits of the total or tasks")
    if not isinstance(edition.version, int) or edition.version not in range(1, LARGEST_VERSION + 1):
        raise EditionError(f"the version is a number from 1 to {LARGEST_VERSION}")
    if edition.unit not in UNITS or edition.decimals not in range(MOST_DECIMALS + 1):
        raise EditionError(f"the unit is one of {', '.join(UNITS)}, and decimals are 0 to {MOST_DECIMALS}")
    if any(section.kind not in KINDS for section in edition.sections):
        raise EditionError(f"a section's kind is one of {', '.join(KINDS)}")
    _check_columns(edition)
    if any(severity not in (*Severity, "off") for severity in edition.rules.values()):
        raise EditionError("a rule's severity is error, warning, advice or off")
    if not all(isinstance(limit, str) and _LIMIT.fullmatch(limit) for limit in edition.limits.values()):
        raise EditionError("a rule's limit is a plain number, as text")


def _check_columns(edition: Edition) -> None:
    keys = tuple(column.key for column in edition.columns)
    if tuple(key for key in keys if key not in FURTHER_COLUMNS) not in (INDICATOR_COLUMNS, SPLIT_TARGET_COLUMNS):
        raise EditionError(f"the indicator table's columns are {', '.join(INDICATOR_COLUMNS)}, and further ones")
    if len({*keys}) != len(keys) or keys[:3] != INDICATOR_COLUMNS[:3]:
        raise EditionError("a column is there twice, or stands before the names of the indicators")
    tasks = tuple(column.key for column in edition.task_columns)
    if edition.has("tasks") and tasks != tuple(key for key in TASK_COLUMNS if key != "content" or key in tasks):
        raise EditionError(f"the columns of the tasks are {', '.join(TASK_COLUMNS)}; the second may be left out")
    for columns in (edition.columns, edition.task_columns):
        spans = [column.span for column in columns]
        if columns and (not all(isinstance(span, int) and span > 0 for span in spans)):
            raise EditionError("a column spans one of the grid's columns or several")
        if columns and 1 + sum(spans) != len(edition.widths):
            raise EditionError("the widths are one for the labels and one for each column's span")
    if sum(edition.widths) != 100:
        raise EditionError("the widths are one for the labels and one for each column's span, and add up to 100")


def _check_texts(edition: Edition) -> None:
    """Check that keys and printed texts are strings, short enough to store and printable."""
    nodes = [node for first in edition.tree for node in (first, *first.children)]
    fields = [*edition.header, *edition.footer]
    named: list[AmountLine | Node | Field | Column | Section] = [
        *edition.lines,
        *nodes,
        *fields,
        *edition.columns,
        *edition.task_columns,
        *edition.sections,
    ]
    keys = [edition.code, edition.unit, *(item.key for item in named), *(node.canonical for node in nodes)]
    split_texts = [text for split in edition.splits for text in (split.label, split.lead)]
    aliased: list[AmountLine | Node] = [*edition.lines, *nodes]
    aliases = [alias for item in aliased for alias in item.aliases]
    printed = [*(item.stamp for item in fields), *(section.words for section in edition.sections), *split_texts]
    labels = [edition.name, edition.title, *(item.label for item in named), *printed]
    for most, texts in ((LONGEST_KEY, keys), (LONGEST_LABEL, [*labels, *aliases])):
        for text in texts:
            if not isinstance(text, str) or len(text) > most or _UNPRINTABLE.search(text):
                raise EditionError(f"no text of at most {most} characters that can be printed: {str(text)[:20]!r}")


def _check_keys(edition: Edition) -> None:
    nodes = [node.key for first in edition.tree for node in (first, *first.children)]
    for keys in ([line.key for line in edition.lines], nodes, edition.field_keys):
        if len(set(keys)) != len(keys):
            raise EditionError("two budget lines, two nodes or two fields of the edition have one key")
        if not all(keys):
            raise EditionError("a budget line, a node or a field of the edition is without a key")
