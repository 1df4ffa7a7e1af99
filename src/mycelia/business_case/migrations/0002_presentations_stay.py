"""What was presented never changes: the database refuses it."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION business_case_refuse_changed_presentation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a presentation never changes' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER business_case_presentation_stays
    BEFORE UPDATE OF case_id, number, presented_by_name, presented_at, snapshot, digest OR DELETE
    ON business_case_presentation
    FOR EACH ROW EXECUTE FUNCTION business_case_refuse_changed_presentation();
"""

ALLOW = """
DROP TRIGGER business_case_presentation_stays ON business_case_presentation;
DROP FUNCTION business_case_refuse_changed_presentation();
"""


class Migration(migrations.Migration):
    dependencies = [("business_case", "0001_case")]

    operations = [migrations.RunSQL(REFUSE, ALLOW)]
