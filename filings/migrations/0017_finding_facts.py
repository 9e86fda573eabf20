from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("filings", "0016_closed_cycles"),)

    operations = (
        migrations.AddField("finding", "facts", models.TextField("事实", default=""), preserve_default=False),
    )
