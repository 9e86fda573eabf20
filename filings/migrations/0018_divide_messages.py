"""Fill the facts of stored findings: the message without its closing advice, a clause outside quotes with 请."""

import re

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

QUOTED = re.compile("「[^」]*」|（[^）]*）")
ADVICE = re.compile("(?<=[。？])请|，请")
BATCH = 1000


def facts(message: str) -> str:
    plain = QUOTED.sub(lambda quoted: "·" * len(quoted[0]), message)
    advice = ADVICE.search(plain)
    if advice is None:
        return message
    last = plain.rfind("。", 0, advice.start()) + 1
    if message.startswith("如果", last):
        return message[:last]
    return message[: advice.start()] + ("。" if advice[0] == "，请" else "")


def fill_facts(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    findings = apps.get_model("filings", "Finding").objects
    pending = []
    for finding in findings.filter(facts="").only("message").iterator(chunk_size=BATCH):
        finding.facts = facts(finding.message)
        pending.append(finding)
        if len(pending) == BATCH:
            findings.bulk_update(pending, ["facts"])
            pending.clear()
    findings.bulk_update(pending, ["facts"])


class Migration(migrations.Migration):
    dependencies = (("filings", "0017_finding_facts"),)

    operations = (migrations.RunPython(fill_facts, migrations.RunPython.noop),)
