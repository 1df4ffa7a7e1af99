"""The identifiers of the product's own statements hold a secret of this installation, so that nobody takes them first.

It is kept with the statements, not with the installation's key, which may be replaced: what was told under an
identifier must be found under it again.
"""

import secrets

from django.db import migrations, models


def make_secret(apps, schema_editor):
    apps.get_model("records", "IdentifierSecret").objects.create(pk=True, secret=secrets.token_bytes(32))


class Migration(migrations.Migration):
    dependencies = [("records", "0014_own_voiding")]
    operations = [
        migrations.CreateModel(
            name="IdentifierSecret",
            fields=[
                ("id", models.BooleanField(default=True, editable=False, primary_key=True, serialize=False)),
                ("secret", models.BinaryField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", True)), name="records_identifiersecret_single")
                ]
            },
        ),
        migrations.RunPython(make_secret, migrations.RunPython.noop),
    ]
