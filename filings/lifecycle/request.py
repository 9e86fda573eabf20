"""The request to perform an action, as it passes through checks, outcomes and records."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from filings import drafts
from filings.checks.assessment import Assessing
from filings.choices import Action
from filings.drafts import Draft
from filings.drafts.assessment import of_draft
from filings.lifecycle import issuing
from filings.models import Filing, Membership, Revision, User


@dataclass(frozen=True)
class ActionRequest:
    """An action with all that its performer has entered.

    `acting` is the membership under which the user acts. `remarks` are pairs (place, text).
    `from_first_stage` lets a returned filing go through all stages again.
    """

    action: Action
    filing: Filing
    by: User
    acting: Membership
    printer: issuing.Printer
    reason: str = ""
    remarks: tuple[tuple[str, str], ...] = ()
    grade: str = ""
    scores: Mapping[str, str] = field(default_factory=dict)
    from_first_stage: bool = False

    @cached_property
    def revision(self) -> Revision:
        """The last submitted revision, which is signed, reviewed and printed."""
        return self.filing.revisions.latest("number")

    @cached_property
    def draft(self) -> Draft:
        return drafts.load(self.filing)

    @cached_property
    def draft_assessment(self) -> Assessing:
        """The findings in the draft, stored with the revision when it is submitted."""
        return of_draft(self.filing, self.draft)
