"""Frozen versions of cases, of which presentations are made."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

STOP = "DROP TRIGGER business_case_presentation_stays ON business_case_presentation;"
START = """
CREATE TRIGGER business_case_presentation_stays
    BEFORE UPDATE OF case_id, number, presented_by_name, presented_at, snapshot, digest OR DELETE
    ON business_case_presentation
    FOR EACH ROW EXECUTE FUNCTION business_case_refuse_changed_presentation();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("business_case", "0010_decisions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(STOP, START),
        migrations.AlterField("presentation", "snapshot", models.JSONField(null=True)),
        migrations.AlterField("presentation", "digest", models.CharField(max_length=64, null=True)),
        migrations.CreateModel(
            name="Version",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("made_by_name", models.CharField(max_length=200)),
                ("made_at", models.DateTimeField()),
                ("snapshot", models.JSONField()),
                ("digest", models.CharField(max_length=64)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="business_case.case",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(fields=("case", "number"), name="business_case_version_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True), name="business_case_version_has_a_title"
                    ),
                ],
            },
        ),
        migrations.AddField(
            "presentation",
            "version",
            models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="presentation",
                to="business_case.version",
            ),
        ),
    ]
