"""A source that may void only what it vouches for itself has its voiding statements noted with its authority.

What was voided before stays voided: who may void what was not asked then. Going back, every voiding statement voids
what it names, as it did.
"""

import django.db.models.deletion
from django.db import migrations, models

EVERYTHING_VOIDED = """
    INSERT INTO records_voiding (target_id) SELECT target_id FROM records_ownvoiding ON CONFLICT DO NOTHING
"""


class Migration(migrations.Migration):
    dependencies = [("records", "0013_statement_attachments")]
    operations = [
        migrations.CreateModel(
            name="OwnVoiding",
            fields=[
                ("statement_id", models.UUIDField(primary_key=True, serialize=False)),
                ("target_id", models.UUIDField()),
                (
                    "authority",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="records.agent",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(models.F("target_id"), models.F("authority"), name="records_ownvoiding_target")
                ],
            },
        ),
        migrations.RunSQL(migrations.RunSQL.noop, EVERYTHING_VOIDED),
    ]
