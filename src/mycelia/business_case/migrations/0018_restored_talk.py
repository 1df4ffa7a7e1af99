"""Comments, ledger files and decisions on findings that came from a file say so, for good."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

MARKED = ("comment", "findingdecision", "ledgerfile")
REFUSE = "".join(
    f"CREATE TRIGGER business_case_{model}_mark_stays BEFORE UPDATE OF restored_at, restored_by_name"
    f" ON business_case_{model} FOR EACH ROW"
    " WHEN ((OLD.restored_at, OLD.restored_by_name) IS DISTINCT FROM (NEW.restored_at, NEW.restored_by_name))"
    " EXECUTE FUNCTION business_case_refuse_changed_record();\n"
    for model in MARKED
)
ALLOW = "".join(f"DROP TRIGGER business_case_{model}_mark_stays ON business_case_{model};\n" for model in MARKED)


def mark(model):
    person = models.ForeignKey(
        blank=True,
        null=True,
        on_delete=django.db.models.deletion.SET_NULL,
        related_name="+",
        to="people.person",
    )
    return [
        migrations.AddField(model, "restored_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField(model, "restored_by", person),
        migrations.AddField(model, "restored_by_name", models.CharField(blank=True, default="", max_length=200)),
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("business_case", "0017_sources_of_adoption_and_durations"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        *(operation for model in MARKED for operation in mark(model)),
        migrations.RunSQL(REFUSE, ALLOW),
    ]
