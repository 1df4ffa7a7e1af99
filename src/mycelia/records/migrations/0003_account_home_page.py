from django.conf import settings
from django.db import migrations, models


def keep_address(apps, schema_editor):
    accounts = apps.get_model("records", "PersonAccount").objects.all()
    accounts.update(home_page=settings.MYCELIA_PUBLIC_URL)


class Migration(migrations.Migration):
    dependencies = [("records", "0002_partitions")]
    operations = [
        migrations.AddField("personaccount", "home_page", models.TextField(default=""), preserve_default=False),
        migrations.RunPython(keep_address, migrations.RunPython.noop, elidable=True),
    ]
