"""Let a reviewer decide again on a revision after the approval was revoked, which begins a new round."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("filings", "0012_initials")]

    operations = [
        migrations.RemoveConstraint(model_name="review", name="review_once_at_a_stage"),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.UniqueConstraint(
                fields=("revision", "stage", "by", "round"), name="review_once_at_a_stage"
            ),
        ),
    ]
