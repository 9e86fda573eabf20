"""States of an enrolled department: the status of its filing, or not started."""

from collections.abc import Mapping

from filings import labels
from filings.choices import Status

NOT_STARTED = "not_started"
STATES: Mapping[str, str] = {NOT_STARTED: "未开始", **labels.STATUS}
# The department holds the table, or should have begun it.
HELD_BY_DEPARTMENT = (NOT_STARTED, Status.DRAFT, Status.SIGNING, Status.RETURNED)


def state_label(state: str, stage: str = "") -> str:
    """Format a state with the stage of the review, as in 业务股室审核中."""
    return f"{labels.STAGE.get(stage, '')}{STATES[state]}"
