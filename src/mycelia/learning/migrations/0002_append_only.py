"""Let the database refuse any change to a completion."""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION learning_completion_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'completions are written once and never changed or deleted'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER learning_completion_is_final BEFORE UPDATE OR DELETE ON learning_completion
    FOR EACH ROW EXECUTE FUNCTION learning_completion_is_final();
"""
REVERSE = """
DROP TRIGGER learning_completion_is_final ON learning_completion;
DROP FUNCTION learning_completion_is_final();
"""


class Migration(migrations.Migration):
    dependencies = [("learning", "0001_initial")]
    operations = [migrations.RunSQL(FUNCTION, REVERSE)]
