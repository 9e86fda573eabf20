"""Drafts: what is being filled in, cell by cell, forgiving whatever is typed. Steps of the way live in workflow.py."""

from filings.drafts.changes import CellConflict, Change, Refusal, Saved
from filings.drafts.content import Draft, document, load, raw
from filings.drafts.create import put, start
from filings.drafts.restore_points import keep
from filings.drafts.saving import save

__all__ = [
    "CellConflict",
    "Change",
    "Draft",
    "Refusal",
    "Saved",
    "document",
    "keep",
    "load",
    "put",
    "raw",
    "save",
    "start",
]
