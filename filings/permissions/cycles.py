"""Whether a cycle still admits actions."""

from filings.local_time import moment
from filings.models import Cycle
from filings.permissions.memberships import Access


def may_act_in(cycle: Cycle) -> Access:
    """Whether actions are possible in the cycle: none once a manager has closed it.

    Revoking an approval and publication go on.
    """
    if cycle.closed_at is None:
        return Access(True)
    when = moment(cycle.closed_at)
    return Access(
        False, f"批次「{cycle}」已由{cycle.closed_by_name}于 {when} 结束，不再办理；确需办理的，请管理员重新开启批次。"
    )
