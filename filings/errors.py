"""All exceptions of the program, and those of refused actions and saves, which are defined here.

The others are defined by the package that raises them. The message of those marked * is a Chinese sentence for the
user; other messages are for programmers.

    name (base)                     raised in; when                              caught in
    ------------------------------- -------------------------------------------- ----------------------------------
    StepRefused(Exception) *        lifecycle, drafts, importing, controls,      views, which show it
                                    cycles, views; nothing has changed
      NotAllowed(StepRefused) *     lifecycle; role or department                views, with status 403
      NotReady(StepRefused) *       lifecycle.demands; errors in the table       views, with the findings
      AlreadyDone(StepRefused) *    lifecycle; a repeated click                  views, as a success
      StepConflict(StepRefused) *   lifecycle.workflow; changed by another user  views
    CannotRead(ValueError) *        formats.readers; unreadable upload           views.imports, views.setup, management
      NotText(CannotRead) *         formats.text; no text or too much of it      views.imports, management
    CannotPrint(ValueError) *       formats, lifecycle.issuing; not printable    views, admin, lifecycle, management
    NotATable(ValueError) *         table.reading, importing; no filing table    views.imports, management
    NotASeal(ValueError) *          formats.pdf.seal; no usable picture          admin.organisations, cycles.seals
    InvalidWorkbook(ValueError) *   formats, controls, cycles; unusable list     views.bureau, views.setup
    InvalidEntry(ValueError) *      library.entries; invalid entry               views.filing.collect, load_library
    PolicyError(ValueError) *       policy; invalid review policy                forms.setup, cycles.starting
    EditionError(ValueError)        document; invalid data of an edition         admin.editions, load_editions
    NotCanonical(ValueError)        document.canonical_json; not canonical       formats, views.imports
    EditionNotStored(Exception)     editions.store; base of the next two
      EditionInUse(EditionNotStored)
                                    submitted filings use the edition            load_editions
      EditionTaken(EditionNotStored)
                                    code and version exist                       admin.editions
    FileClash(Exception)            lifecycle.issuing; stored bytes differ       nowhere: a fault of the storage
    FileDamaged(Exception)          lifecycle.issuing; issued file is damaged    views.filing.downloads
    UndeclaredTransition(Exception) lifecycle.workflow; not in the action table  nowhere: a fault of the program
    InvalidResult(Exception)        readers.sandbox; invalid reader output       readers.sandbox.child
    _AlreadySaved(Exception)        drafts.save_changes; rolls back a repeat     drafts.save_changes
"""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format

from filings.rules.finding import RuleFinding


class StepRefused(Exception):
    """An action or save that was not performed; nothing has changed.

    `reason` is a Chinese sentence that gives the reason and what to do.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NotAllowed(StepRefused):
    """The user may not perform the action."""


class NotReady(StepRefused):
    """The document cannot be submitted because of `findings`."""

    def __init__(self, findings: tuple[RuleFinding, ...]) -> None:
        super().__init__(f"表中有 {len(findings)} 处问题须先改正，才能提交。")
        self.findings = findings


class AlreadyDone(StepRefused):
    """The same user has just performed the action: a second click, to be shown as done."""

    def __init__(self) -> None:
        super().__init__("这一步您已经办过了，不需要再办。")


class StepConflict(StepRefused):
    """Another user has changed the filing since the page was opened."""

    def __init__(self, by_name: str, at: datetime) -> None:
        when = date_format(timezone.localtime(at), "Y-m-d H:i")
        super().__init__(f"{by_name}在 {when} 改动了这份申报表，您看到的不是最新内容；请刷新页面后再办。")
        self.by_name = by_name
        self.at = at
