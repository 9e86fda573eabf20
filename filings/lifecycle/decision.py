"""The decision that the draft of a review makes."""

from filings.choices import Grade
from filings.lifecycle.request import ActionInput
from filings.reviewing.draft_content import DraftContent


def entered(content: DraftContent) -> ActionInput:
    """Return the arguments of workflow.perform. A grade that does not exist is left out."""
    return ActionInput(
        reason=content.reason,
        remarks=content.new_remarks(),
        settled=content.settled_states,
        grade=Grade(content.grade) if content.grade in list(Grade) else None,
        scores=content.entered_scores,
        exception_reason=content.exception_reason,
        from_first_stage=content.from_first_stage,
        whole_form=content.whole_form,
    )
