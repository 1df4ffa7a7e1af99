"""A simulation under way says when it was last heard of, so that one whose worker died is told from one that runs."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("business_case", "0020_named_inputs")]

    operations = [
        migrations.AddField(model_name="simulationrun", name="told_at", field=models.DateTimeField(null=True)),
    ]
