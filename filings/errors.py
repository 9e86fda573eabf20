"""All exceptions of the program, and those of refused actions and saves, which are defined here.

The others are defined by the package that raises them. The message of those marked * is a Chinese sentence for the
user; other messages are for programmers.

    name (base)                     raised in; when                              caught in
    ------------------------------- -------------------------------------------- ----------------------------------
    StepRefused(Exception) *        lifecycle, drafts, importing, controls,      views, which show it
                                    cycles, views; nothing has changed
      NotAllowed(StepRefused) *     lifecycle; role or department                views, with status 403
      NotReady(StepRefused) *       lifecycle.demands; errors in the table       views, with the findings
      NotAnswered(StepRefused) *    lifecycle.demands; remarks not answered      views, with the remarks
      NotExplained(StepRefused) *   lifecycle.demands; warnings not explained    views, with the warnings
      NotReasoned(StepRefused) *    lifecycle.demands; adjusted rows without a   views, at the rows
                                    reason
      NotTicked(StepRefused) *      lifecycle.demands; statements not ticked     views, with the statements
      NeedsReason(StepRefused) *    lifecycle.demands; approval against policy   views, which ask for a reason
      AnswerTooLong(StepRefused) *  drafts.remark_answers; one of the answers    views, next to the answer
      AlreadyDone(StepRefused) *    lifecycle; a repeated click                  views, as a success
      StepConflict(StepRefused) *   lifecycle.workflow; changed by another user  views
      ClaimedByAnother(StepRefused) *
                                    lifecycle.claims; another reviewer has it    views, which ask to confirm
      NewerAnswer(StepRefused) *    drafts.remark_answers; changed in another    views, with the newer answer
                                    window
    CannotRead(ValueError) *        formats.readers; unreadable upload           views.imports, views.setup, management
      NotText(CannotRead) *         formats.text; no text or too much of it      views.imports, management
    CannotPrint(ValueError) *       formats, lifecycle.issuing; not printable    views, admin, lifecycle, management
    NotSigned(ValueError) *         signing, or the signer of a setting; a copy  lifecycle
                                    could not be signed
      SigningFileError(NotSigned) * signing; unusable SIGNING_FILE or key        lifecycle, perf_targets.checks
    AlreadyMade(Exception)          signing.demonstration_ca; its folder exists  make_test_ca
    NotATable(ValueError) *         table.reading, importing; no filing table    views.imports, management
    NotASeal(ValueError) *          formats.pdf.seal_upload; no usable picture   admin.organisations, cycles.seals
    InvalidWorkbook(ValueError) *   formats, controls, cycles; unusable list     views.bureau, views.setup
    InvalidEntry(ValueError) *      library.entries; invalid entry               views.filing.collect, load_library
    PolicyError(ValueError) *       policy; invalid review policy                forms.setup, cycles.starting
    ContactError(ValueError) *      cycles.contacts; invalid contact lines       forms.setup
    EditionError(ValueError)        document; invalid data of an edition         admin.editions, load_editions
    NotCanonical(ValueError)        document.canonical_json; not canonical       formats, views.imports
    EditionNotStored(Exception)     editions.store; base of the next two
      EditionInUse(EditionNotStored)
                                    submitted filings use the edition            load_editions
      EditionTaken(EditionNotStored)
                                    code and version exist                       admin.editions
    FileDamaged(Exception)          lifecycle.stored_files; damaged or missing   views
    AllBusy(Exception)              verification.turns; others inspect files     views.verification, with status 503
    UndeclaredTransition(Exception) lifecycle.workflow; not in the action table  nowhere: a fault of the program
    InvalidResult(Exception)        readers.sandbox; invalid reader output       readers.sandbox.child
    _AlreadySaved(Exception)        drafts.save_changes; rolls back a repeat     drafts.save_changes
    _NothingChanged(Exception)      drafts.save_changes; rolls back a save       drafts.save_changes
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from filings.document.place import Place
from filings.document.text import prose
from filings.local_time import moment
from filings.models import Remark
from filings.rules.finding import RuleFinding

_MOST_NAMES = 5


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


class NotAnswered(StepRefused):
    """A returned table that cannot be resubmitted: the rows of `remarks` are unchanged, and they have no answer.

    `names` are the rows' names, in the order of `remarks`.
    """

    def __init__(self, remarks: Sequence[Remark], names: Sequence[str]) -> None:
        listed = "、".join(f"「{name}」" for name in dict.fromkeys(names))
        super().__init__(f"退回意见尚有 {len(remarks)} 条未办理：{listed}。请逐条修改，或者写明不改的理由，再提交。")
        self.remarks = tuple(remarks)


class NotExplained(StepRefused):
    """The table cannot be submitted because `findings` need an explanation."""

    def __init__(self, findings: tuple[RuleFinding, ...]) -> None:
        super().__init__(f"有 {len(findings)} 项提醒尚未说明，请逐项说明后提交。")
        self.findings = findings


class NotReasoned(StepRefused):
    """An adjustment cannot be submitted because `refusals` lack a reason: a sentence by the place of each row.

    `names` are the rows' names, in the same order.
    """

    def __init__(self, refusals: Mapping[Place, str], names: Sequence[str]) -> None:
        listed = "、".join(f"「{name}」" for name in names[:_MOST_NAMES])
        more = f"等 {len(names)} 行" if len(names) > _MOST_NAMES else ""
        super().__init__(f"有 {len(names)} 行调整尚未写明原因：{listed}{more}。请逐行选择原因，再提交。")
        self.refusals = dict(refusals)


class NotTicked(StepRefused):
    """The table cannot be signed because the head has not ticked `statements`."""

    def __init__(self, statements: tuple[str, ...]) -> None:
        listed = "、".join(f"「{text}」" for text in statements)
        super().__init__(f"尚有 {len(statements)} 项未勾选确认：{listed}。")
        self.statements = statements


class NeedsReason(StepRefused):
    """An approval that leaves `points` open, which the cycle's policy allows with a reason. Each is a sentence."""

    def __init__(self, points: tuple[str, ...]) -> None:
        super().__init__(f"尚有 {len(points)} 项未办结：{''.join(points)}确需通过的，请写明理由。")
        self.points = points


class AnswerTooLong(StepRefused):
    """An answer to a remark has too many characters; the others can be saved."""


class AlreadyDone(StepRefused):
    """The same user has just performed the action: a second click, to be shown as done."""

    def __init__(self) -> None:
        super().__init__("您已办理过这一步，不需要重复办理。")


class StepConflict(StepRefused):
    """The filing was changed since the page was opened; `done` is the label of the change.

    The refusal is shown on a page with the present filing: nothing is to be reloaded.
    """

    def __init__(self, by_name: str, at: datetime, done: str) -> None:
        super().__init__(f"{by_name}已于 {moment(at)} {done}，您的操作未办理；请核对申报表现在的内容后再办。")
        self.by_name = by_name
        self.at = at


class ClaimedByAnother(StepRefused):
    """Another reviewer has claimed the filing; taking over needs a confirmation that names `reviewer_id`."""

    def __init__(self, by_name: str, at: datetime, reviewer_id: int) -> None:
        super().__init__(f"{by_name} {moment(at)} 认领了这份申报表。仍由您办理的，请先确认接手。")
        self.reviewer_id = reviewer_id


class NewerAnswer(StepRefused):
    """Another window has stored an answer to a remark that the page has not seen: its `text` and `choice`."""

    def __init__(self, reason: str, text: str, choice: str) -> None:
        super().__init__(reason)
        self.text = text
        self.choice = choice


def checked_text(typed: str, name: str, *, longest: int, blank: str = "") -> str:
    """Normalise a typed text. Raises StepRefused with its `name` if it is too long, with `blank` if it is blank.

    Without `blank`, the text may be blank.
    """
    text = prose(typed)
    if blank and not text:
        raise StepRefused(blank)
    if len(text) > longest:
        raise StepRefused(f"{name}共 {len(text)} 字，请缩短到 {longest} 字以内。")
    return text
