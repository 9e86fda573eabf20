from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("filings", "0018_divide_messages"),)

    operations = (migrations.AddField("cycle", "contacts", models.TextField("联系方式", blank=True, default="")),)
