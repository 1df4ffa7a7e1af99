"""Who says how people take it up and how long work takes, and whether anybody has confirmed it."""

from django.db import migrations, models

STATED = ("casedrivers", "workitem")


def stated(model):
    source = models.CharField(blank=True, default="", max_length=300, verbose_name="source")
    return [
        migrations.AddField(model, "source", source),
        migrations.AddField(model, "is_placeholder", models.BooleanField(default=False, verbose_name="placeholder")),
    ]


class Migration(migrations.Migration):
    dependencies = [("business_case", "0016_restored_marks")]

    operations = [operation for model in STATED for operation in stated(model)]
