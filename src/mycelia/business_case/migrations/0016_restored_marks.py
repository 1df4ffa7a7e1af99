"""What came from a file says so, and the mark never changes: the database refuses it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

MARKED = ("version", "presentation", "monthclose", "stagegate")
REFUSE = """
CREATE TRIGGER business_case_version_mark_stays BEFORE UPDATE OF restored_at, restored_by_name
    ON business_case_version FOR EACH ROW EXECUTE FUNCTION business_case_refuse_changed_version();
CREATE TRIGGER business_case_presentation_mark_stays BEFORE UPDATE OF restored_at, restored_by_name
    ON business_case_presentation FOR EACH ROW EXECUTE FUNCTION business_case_refuse_changed_presentation();
CREATE TRIGGER business_case_monthclose_mark_stays BEFORE UPDATE OF restored_at, restored_by_name
    ON business_case_monthclose FOR EACH ROW EXECUTE FUNCTION business_case_refuse_changed_record();
CREATE TRIGGER business_case_stagegate_mark_stays BEFORE UPDATE OF restored_at, restored_by_name
    ON business_case_stagegate FOR EACH ROW EXECUTE FUNCTION business_case_refuse_changed_record();
"""

ALLOW = """
DROP TRIGGER business_case_version_mark_stays ON business_case_version;
DROP TRIGGER business_case_presentation_mark_stays ON business_case_presentation;
DROP TRIGGER business_case_monthclose_mark_stays ON business_case_monthclose;
DROP TRIGGER business_case_stagegate_mark_stays ON business_case_stagegate;
"""


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
        ("business_case", "0015_start_drafts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        *(operation for model in MARKED for operation in mark(model)),
        migrations.RunSQL(REFUSE, ALLOW),
    ]
