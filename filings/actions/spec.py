"""Types of the table of actions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto

from filings.choices import Action, Role, Status


class Demand(Enum):
    """A condition of an action besides status and role."""

    ERROR_FREE_DRAFT = auto()
    ERROR_FREE_REVISION = auto()  # checked again with the data of today
    CLOSED_ROWS_UNCHANGED = auto()  # after a return that has reopened some rows only
    REMARKS_ANSWERED = auto()
    ADJUSTED = auto()  # differs from the issued copy that it adjusts
    WARNINGS_EXPLAINED = auto()
    ADJUSTMENT_REASONED = auto()  # every row that it changes
    NOTE_PRINTABLE = auto()
    STATEMENTS_TICKED = auto()  # those of the cycle
    NOTHING_LEFT_OPEN = auto()  # by the policy of the cycle
    NOT_REVIEWED = auto()
    REASON = auto()
    PUBLISHABLE_REASON = auto()  # without personal numbers: the verification page shows it
    REASON_OR_REMARKS = auto()
    CONSISTENT_SCORES = auto()


@dataclass(frozen=True)
class TodoGroup:
    """Filings of one status in 待办. `page` is the URL name of the page where the action is performed."""

    order: int
    status: Status
    title: str
    button: str
    page: str


@dataclass(frozen=True)
class ActionSpec:
    """Declaration of one action.

    `transitions` maps each status in which workflow.perform carries the action out to the statuses that it may lead to.
    It is empty for START, which creates the filing, and for WAIVE, which keeps the status.
    In the statuses of `only_adjusting` the action is in turn only while the filing adjusts a copy in force.
    `demands` maps each condition to the sentence of its refusal; for ERROR_FREE_REVISION and NOTHING_LEFT_OPEN it is
    the advice about what was found; it is empty for those whose refusals name what is missing themselves.
    `out_of_turn` refuses the action in every other status.
    `done` confirms it; `done_in` replaces that sentence where the filing has reached a certain status.
    """

    action: Action
    label: str
    roles: tuple[Role, ...]
    out_of_turn: str
    done: str = ""
    done_in: Mapping[Status, str] = field(default_factory=dict)
    transitions: Mapping[Status, tuple[Status, ...]] = field(default_factory=dict)
    only_adjusting: frozenset[Status] = frozenset()
    demands: Mapping[Demand, str] = field(default_factory=dict)
    todo: tuple[TodoGroup, ...] = ()

    def is_in_turn(self, status: Status, *, adjusting: bool) -> bool:
        return status in self.transitions and (adjusting or status not in self.only_adjusting)

    def confirmation(self, status: Status) -> str:
        """Return the sentence that confirms the action when the filing now has this status."""
        return self.done_in.get(status, self.done)
