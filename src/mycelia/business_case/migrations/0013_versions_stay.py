"""Versions, and presentations of them, never change: the database refuses it."""

import django.db.models.deletion
from django.db import migrations, models

REFUSE = """
CREATE TRIGGER business_case_presentation_stays
    BEFORE UPDATE OF case_id, number, version_id, presented_by_name, presented_at OR DELETE
    ON business_case_presentation
    FOR EACH ROW EXECUTE FUNCTION business_case_refuse_changed_presentation();
CREATE FUNCTION business_case_refuse_changed_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a version of a case never changes' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER business_case_version_stays
    BEFORE UPDATE OF case_id, number, title, made_by_name, made_at, snapshot, digest OR DELETE
    ON business_case_version
    FOR EACH ROW EXECUTE FUNCTION business_case_refuse_changed_version();
"""

ALLOW = """
DROP TRIGGER business_case_version_stays ON business_case_version;
DROP FUNCTION business_case_refuse_changed_version();
DROP TRIGGER business_case_presentation_stays ON business_case_presentation;
"""


class Migration(migrations.Migration):
    dependencies = [("business_case", "0012_presentations_of_versions")]

    operations = [
        migrations.RemoveField("presentation", "snapshot"),
        migrations.RemoveField("presentation", "digest"),
        migrations.AlterField(
            "presentation",
            "version",
            models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="presentation",
                to="business_case.version",
            ),
        ),
        migrations.RunSQL(REFUSE, ALLOW),
    ]
