"""Drafts: what is being filled in, row by row, forgiving whatever is typed. Steps of the way live in workflow.py."""

from filings.drafts.content import Draft, document, load, put, raw, start
from filings.drafts.rows import add, move, remove, split
from filings.drafts.saving import Change, Conflict, Refusal, Saved, save

__all__ = [
    "Change",
    "Conflict",
    "Draft",
    "Refusal",
    "Saved",
    "add",
    "document",
    "load",
    "move",
    "put",
    "raw",
    "remove",
    "save",
    "split",
    "start",
]
