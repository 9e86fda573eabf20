"""Edit drafts cell by cell. Any text is stored as typed; workflow actions are in the lifecycle package."""

from filings.drafts.changes import CellConflict, Change, Refusal, SaveResult
from filings.drafts.content import Draft, document, load, raw
from filings.drafts.create import start
from filings.drafts.restore_points import keep_restore_point
from filings.drafts.save_changes import save
from filings.drafts.set_back import set_back

__all__ = [
    "CellConflict",
    "Change",
    "Draft",
    "Refusal",
    "SaveResult",
    "document",
    "keep_restore_point",
    "load",
    "raw",
    "save",
    "set_back",
    "start",
]
