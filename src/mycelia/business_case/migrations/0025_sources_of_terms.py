"""Who says how high discount rate, inflation and tax are. Cases of before state nobody, and say so at the gate."""

from django.db import migrations, models

TERMS = ("rate", "inflation", "tax")
CONFIDENCES = ("", "high", "medium", "low")


def stated(term):
    source = models.CharField(blank=True, default="", max_length=300, verbose_name="source")
    confidence = models.CharField(blank=True, default="", max_length=8, verbose_name="confidence")
    known = models.Q(**{f"{term}_confidence__in": list(CONFIDENCES)})
    return [
        migrations.AddField("case", f"{term}_source", source),
        migrations.AddField("case", f"{term}_confidence", confidence),
        migrations.AddConstraint(
            "case", models.CheckConstraint(condition=known, name=f"business_case_{term}_confidence")
        ),
    ]


class Migration(migrations.Migration):
    dependencies = [("business_case", "0024_saved_learner_time")]

    operations = [operation for term in TERMS for operation in stated(term)]
