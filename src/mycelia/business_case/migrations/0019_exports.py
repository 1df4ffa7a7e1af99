"""Documents that take a while are made in the background, and kept."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("business_case", "0018_restored_talk"),
    ]

    operations = [
        migrations.CreateModel(
            name="Export",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file_name", models.CharField(max_length=40)),
                ("state", models.CharField(default="waiting", max_length=16)),
                ("progress", models.FloatField(default=0)),
                ("failure", models.TextField(blank=True, default="")),
                ("asked_at", models.DateTimeField()),
                ("told_at", models.DateTimeField()),
                ("next_digest", models.CharField(blank=True, default="", max_length=64)),
                ("content", models.BinaryField(null=True)),
                ("content_bytes", models.PositiveIntegerField(default=0)),
                ("digest", models.CharField(blank=True, default="", max_length=64)),
                ("presentation_number", models.PositiveIntegerField(null=True)),
                ("made_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="exports", to="business_case.case"
                    ),
                ),
            ],
            options={
                "ordering": ["case", "file_name"],
                "constraints": [
                    models.UniqueConstraint(fields=("case", "file_name"), name="business_case_export_once"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ("waiting", "running", "done", "failed"))),
                        name="business_case_export_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("content__isnull", True), ("digest", ""), ("made_at__isnull", True)),
                            models.Q(
                                ("content__isnull", False),
                                ("made_at__isnull", False),
                                models.Q(("digest", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="business_case_export_content_says_what_it_is",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "done"), _negated=True), ("content__isnull", False), _connector="OR"
                        ),
                        name="business_case_export_done_has_its_file",
                    ),
                ],
            },
        ),
    ]
