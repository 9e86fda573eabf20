"""Indexes for lists that read the few filings that wait, and a user's messages, unread ones first."""

import django.db.models.lookups
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("filings", "0013_approvals_review_once_a_round"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="message",
            name="message_list",
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(condition=models.Q(("action", "sign")), fields=["by"], name="event_signed_by"),
        ),
        migrations.AddIndex(
            model_name="filing",
            index=models.Index(
                condition=models.Q(("status__in", ["signing", "in_review"])),
                fields=["status"],
                name="filing_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                models.F("user"),
                models.OrderBy(django.db.models.lookups.IsNull(models.F("read_at"), True), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                name="message_unread_first",
            ),
        ),
    ]
