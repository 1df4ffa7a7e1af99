"""Readings of KPIs can be undone; on the way back what is kept of them is given up, which nothing else can replay."""

from django.db import migrations, models


def forget_readings(apps, schema_editor):
    """Drop the steps that hold readings: without their column they would say nothing."""
    apps.get_model("business_case", "Change").objects.filter(readings__isnull=False).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("business_case", "0021_simulations_tell"),
    ]

    operations = [
        migrations.AddField(model_name="change", name="readings", field=models.JSONField(null=True)),
        migrations.RunPython(migrations.RunPython.noop, forget_readings),
    ]
