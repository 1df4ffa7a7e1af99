"""Statements keep no transaction number: readers look at the transactions under way instead.

Taken back, the column has 0 in every row, which says that nothing can precede it any more.
"""

from django.db import migrations

FORWARD = "ALTER TABLE records_statement DROP COLUMN transaction_id"
BACKWARD = """
    ALTER TABLE records_statement ADD COLUMN transaction_id bigint NOT NULL DEFAULT 0;
    ALTER TABLE records_statement ALTER COLUMN transaction_id SET DEFAULT pg_current_xact_id()::text::bigint
"""


class Migration(migrations.Migration):
    dependencies = [("records", "0009_retention_rule")]
    operations = [
        migrations.RunSQL(FORWARD, BACKWARD, state_operations=[migrations.RemoveField("statement", "transaction_id")]),
    ]
