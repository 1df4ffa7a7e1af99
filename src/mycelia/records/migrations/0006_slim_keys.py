"""A key says where the statement is and nothing more: a re-sent one is compared with the statement itself.

Numbers of the order come in blocks, so that a process asks for them once in a thousand statements. `records_interning`
holds one arbitrary number that changes whenever interned texts are taken back, so that processes forget theirs.
"""

from django.db import migrations, models

FORWARD = """
ALTER TABLE records_statementkey
    DROP COLUMN occurred, DROP COLUMN has_own_timestamp, DROP COLUMN fingerprint;
ALTER SEQUENCE records_statement_sequence INCREMENT BY 1000;
"""
BACKWARD = """
ALTER SEQUENCE records_statement_sequence INCREMENT BY 1;
ALTER TABLE records_statementkey
    ADD COLUMN occurred timestamptz NOT NULL DEFAULT '-infinity',
    ADD COLUMN has_own_timestamp boolean NOT NULL DEFAULT true,
    ADD COLUMN fingerprint bytea NOT NULL DEFAULT '';
ALTER TABLE records_statementkey
    ALTER COLUMN occurred DROP DEFAULT, ALTER COLUMN has_own_timestamp DROP DEFAULT,
    ALTER COLUMN fingerprint DROP DEFAULT;
"""


def compute_comparison(apps, schema_editor):
    """Fill the columns from the statements; keys of detached months compare as different from everything."""
    from mycelia.records.calc.comparison import fingerprint
    from mycelia.records.calc.preparation import decode

    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT stored, sequence, statement_id, occurred, payload FROM records_statement")
        for stored, sequence, statement_id, occurred, payload in cursor.fetchall():
            statement = decode(bytes(payload), 0)
            cursor.execute(
                "UPDATE records_statementkey SET occurred = %s, has_own_timestamp = %s, fingerprint = %s"
                " WHERE statement_id = %s AND stored = %s AND sequence = %s",
                [
                    *(occurred, statement["timestamp"] != statement["stored"], fingerprint(statement)),
                    *(statement_id, stored, sequence),
                ],
            )


class Migration(migrations.Migration):
    dependencies = [("records", "0005_documents")]
    operations = [
        migrations.RunPython(migrations.RunPython.noop, compute_comparison),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(FORWARD, BACKWARD)],
            state_operations=[
                migrations.RemoveField("statementkey", "fingerprint"),
                migrations.RemoveField("statementkey", "has_own_timestamp"),
                migrations.RemoveField("statementkey", "occurred"),
            ],
        ),
        migrations.CreateModel(
            name="Interning",
            fields=[("generation", models.BigIntegerField(primary_key=True, serialize=False))],
        ),
        migrations.RunSQL(
            "INSERT INTO records_interning VALUES ((random() * 9e15)::bigint)", "DELETE FROM records_interning"
        ),
    ]
