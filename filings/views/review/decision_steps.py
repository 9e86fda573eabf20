"""Result of an approval: the stage, its number, and the next one."""

from dataclasses import dataclass

from filings import labels
from filings.models import Filing


@dataclass(frozen=True)
class DecisionStep:
    """The review stage of a filing: its number from 1, its label, and that of the next stage; '' after the last."""

    number: int
    count: int
    label: str
    next_label: str

    @property
    def is_last(self) -> bool:
        return not self.next_label


def decision_step(filing: Filing) -> DecisionStep:
    stages = [str(stage) for stage in filing.cycle.stages_for(filing.department)]
    index = stages.index(filing.stage)
    following = labels.STAGE[stages[index + 1]] if index + 1 < len(stages) else ""
    return DecisionStep(index + 1, len(stages), labels.STAGE[filing.stage], following)
