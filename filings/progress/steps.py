"""The values of 办理进度: steps, their states, and the sentences that pages show of them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from filings.clocks.due import Clock
from filings.local_time import short_day

FILLING, SIGNING, APPROVAL, PUBLICATION = "填报", "单位审签", "批复", "公开"


class StepState(StrEnum):
    """State of one step. A step is returned once it has sent the filing back; the filing must pass it again.

    A revoked approval and a withdrawn publication are returned, too.
    """

    DONE = "done"
    NOW = "now"
    AHEAD = "ahead"
    SKIPPED = "skipped"
    RETURNED = "returned"


STATE_WORDS = {
    StepState.DONE: "已办",
    StepState.NOW: "正在办理",
    StepState.AHEAD: "未到",
    StepState.SKIPPED: "不经此环节",
    StepState.RETURNED: "已退回",
}
# Words of the states whose usual word does not fit a step.
WORDS_OF_STEP = {
    (APPROVAL, StepState.RETURNED): "已撤回",
    (PUBLICATION, StepState.RETURNED): "已撤下",
    (PUBLICATION, StepState.SKIPPED): "不予公开",
}


@dataclass(frozen=True)
class ProgressStep:
    """One step. `names` are those who did it, or who can do it now; `office` is the reviewing office or department.

    `at` is when it was done or given back. `waited` counts the working days since the filing is here, `clock` is the
    time limit; both only for the present step of a cycle that is not closed.
    """

    title: str
    state: StepState
    office: str = ""
    names: tuple[str, ...] = ()
    telephone: str = ""
    at: datetime | None = None
    waited: int | None = None
    clock: Clock | None = None
    note: str = ""

    @property
    def state_label(self) -> str:
        return WORDS_OF_STEP.get((self.title, self.state), STATE_WORDS[self.state])

    @property
    def names_label(self) -> str:
        return "、".join(self.names)

    @property
    def office_label(self) -> str:
        """Return the office unless the title names it already."""
        return "" if self.office == self.title else self.office

    @property
    def short_date(self) -> str:
        """Format the day of `at` for lists, with the year unless it is this one."""
        return short_day(self.at) if self.at else ""

    @property
    def waited_label(self) -> str:
        """Format the days waited, as in 已等待 2 个工作日. After a weekend 0 is not only today."""
        if self.waited is None:
            return ""
        verb = "已办理" if self.title == FILLING else "已等待"
        return f"{verb} {self.waited} 个工作日" if self.waited else f"{verb}不满 1 个工作日"

    @property
    def is_now(self) -> bool:
        return self.state == StepState.NOW


@dataclass(frozen=True)
class FilingProgress:
    """All steps of a filing in order. `notes` concern the whole filing, as in an adjustment."""

    steps: tuple[ProgressStep, ...]
    notes: tuple[str, ...] = ()

    @property
    def current(self) -> ProgressStep | None:
        """Return the step at which the filing is; None once it is approved."""
        return next((step for step in self.steps if step.is_now), None)

    @property
    def last_done(self) -> ProgressStep | None:
        """Return the last step done before the present one."""
        done = [step for step in self._up_to_now() if step.state == StepState.DONE]
        return done[-1] if done else None

    @property
    def ahead(self) -> tuple[ProgressStep, ...]:
        """Return the steps after the present one that the filing still has to pass, without those done before."""
        following = self.steps[len(self._up_to_now()) + 1 :]
        return tuple(step for step in following if step.state in (StepState.AHEAD, StepState.RETURNED))

    def _up_to_now(self) -> tuple[ProgressStep, ...]:
        current = self.current
        return self.steps[: self.steps.index(current)] if current else self.steps
