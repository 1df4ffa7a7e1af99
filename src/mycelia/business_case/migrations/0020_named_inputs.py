"""Numbers that a case states once. On the way back what uses one keeps its numbers, and is a placeholder if it was."""

from dataclasses import replace

import django.db.models.deletion
from django.db import migrations, models

import mycelia.business_case.models.item
import mycelia.business_case.models.stated

FIELDS = {
    "CaseDrivers": ("headcount", "content_hours"),
    "CostLine": ("quantity", "price", "spread"),
    "BenefitLine": ("inputs", "isolation", "confidence_factor", "spread"),
}


def state_apart(apps, schema_editor):
    """Let every line state its numbers itself again."""
    inputs = apps.get_model("business_case", "NamedInput").objects.filter(is_placeholder=True)
    placeholders = set(inputs.values_list("case_id", "key"))
    for model, names in FIELDS.items():
        for row in apps.get_model("business_case", model).objects.all():
            used = {one.named for name in names for one in estimates(getattr(row, name)) if one.named}
            if used:
                for name in names:
                    setattr(row, name, apart(getattr(row, name)))
                row.is_placeholder |= any((row.case_id, key) in placeholders for key in used)
                row.save()


def estimates(stated):
    return list(stated.values()) if isinstance(stated, dict) else [stated]


def apart(stated):
    if isinstance(stated, dict):
        return {name: replace(one, named="") for name, one in stated.items()}
    return replace(stated, named="")


class Migration(migrations.Migration):
    dependencies = [
        ("business_case", "0019_exports"),
    ]

    operations = [
        migrations.AddField(
            model_name="casedrivers",
            name="size_source",
            field=models.CharField(blank=True, default="", max_length=300, verbose_name="source of people and hours"),
        ),
        migrations.CreateModel(
            name="NamedInput",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "key",
                    models.CharField(default=mycelia.business_case.models.item.new_key, editable=False, max_length=64),
                ),
                ("revision", models.PositiveIntegerField(default=1)),
                ("position", models.PositiveIntegerField(default=0, verbose_name="place")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "estimate",
                    mycelia.business_case.models.stated.EstimateField(
                        default=mycelia.business_case.models.stated.none, verbose_name="number"
                    ),
                ),
                ("kind", models.CharField(default="count", max_length=8, verbose_name="kind")),
                ("unit", models.CharField(blank=True, default="", max_length=40, verbose_name="unit")),
                ("source", models.CharField(blank=True, default="", max_length=300, verbose_name="source")),
                ("confidence", models.CharField(default="medium", max_length=8, verbose_name="confidence")),
                ("is_placeholder", models.BooleanField(default=False, verbose_name="placeholder")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="named_inputs",
                        to="business_case.case",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("case", "key"), name="business_case_named_input_key_once"),
                    models.CheckConstraint(
                        condition=models.Q(("key__regex", "^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$")),
                        name="business_case_named_input_key",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True), name="business_case_named_input_has_a_title"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["count", "money", "share"])),
                        name="business_case_named_input_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("confidence__in", ["high", "medium", "low"])),
                        name="business_case_named_input_confidence",
                    ),
                    models.CheckConstraint(
                        condition=models.Func(
                            models.F("estimate"),
                            function="business_case_estimate_holds",
                            output_field=models.BooleanField(),
                        ),
                        name="business_case_named_input_estimate",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "share"), _negated=True),
                            models.Func(
                                models.F("estimate"),
                                function="business_case_share_holds",
                                output_field=models.BooleanField(),
                            ),
                            _connector="OR",
                        ),
                        name="business_case_named_input_share",
                    ),
                ],
            },
        ),
        migrations.RunPython(migrations.RunPython.noop, state_apart),
    ]
