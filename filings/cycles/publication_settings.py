"""公开办法: change the publication policy of a cycle and the date by which its copies are to be published.

A started or closed cycle may change them at any time: what was chosen from the lists is stored with its label.
"""

import json
from datetime import date
from hashlib import sha256

from django.db import transaction

from filings.errors import StepRefused
from filings.models import Cycle
from filings.policy.publication import PublicationPolicy


def stamp(cycle: Cycle) -> str:
    """Return a text that changes with the settings, to refuse changes made from an outdated page."""
    settings = [cycle.policy.get("publication"), str(cycle.publish_by)]
    return sha256(json.dumps(settings, sort_keys=True).encode()).hexdigest()[:16]


@transaction.atomic
def change(cycle: Cycle, policy: PublicationPolicy, publish_by: date | None, *, expected_stamp: str) -> None:
    """Store the settings. Raises StepRefused if they were changed since the page was opened, or for an early date."""
    stored = Cycle.objects.select_for_update().get(pk=cycle.pk)
    if stamp(stored) != expected_stamp:
        raise StepRefused("您打开以后，公开办法已被他人修改，未保存。请核对现在的内容后再改。")
    if publish_by and publish_by < stored.opens_on:
        raise StepRefused(f"公开期限 {publish_by} 早于批次的开始日期 {stored.opens_on}，请改正。")
    changed = {**stored.policy, "publication": policy.to_json()}
    Cycle.objects.filter(pk=stored.pk).update(policy=changed, publish_by=publish_by)
