"""States of an enrolled department: the status of its filing, or not started."""

from collections.abc import Mapping

from filings import labels

NOT_STARTED = "not_started"
STATES: Mapping[str, str] = {NOT_STARTED: "未开始", **labels.STATUS}


def state_label(state: str, stage: str = "") -> str:
    """Format a state with the stage of the review, as in 业务股室审核中."""
    return f"{labels.STAGE.get(stage, '')}{STATES[state]}"
