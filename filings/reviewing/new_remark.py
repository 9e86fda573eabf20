"""The input for a remark."""

from dataclasses import dataclass


@dataclass(frozen=True)
class NewRemark:
    """A remark as a reviewer has written it. `code` is a reason code or ''; `finding` the finding's identity or ''.

    `internal` remarks are visible within the bureau only.
    """

    place: str
    text: str
    code: str = ""
    internal: bool = False
    finding: str = ""
