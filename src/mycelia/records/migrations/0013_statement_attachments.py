"""Bytes go out with the statements they came with, not with every one that names what they hash to.

Who sent what was not written down before. Bytes came along with every statement that names them without a `fileUrl`;
where all have one, the first statement stored is taken to have brought them, because others learn a hash only
afterwards. Other statements of the same sources keep them too.
"""

import django.db.models.deletion
import msgspec
from django.db import migrations, models

PART = 1000
NAMING = """
    SELECT stored, sequence, authority_id, payload FROM records_statement
    WHERE position(convert_to('"attachments"', 'UTF8') IN payload) > 0
"""
NOTED = """
    CREATE TEMPORARY TABLE named_attachment (
        stored timestamptz, sequence bigint, authority_id integer, sha2 text, has_url boolean) ON COMMIT DROP
"""
NOTE = """
    INSERT INTO named_attachment
    SELECT * FROM unnest(%s::timestamptz[], %s::bigint[], %s::integer[], %s::text[], %s::boolean[])
"""
ATTACH = """
    WITH brought AS (
        SELECT stored, sequence, authority_id, sha2 FROM (
            SELECT n.*, row_number() OVER (PARTITION BY n.sha2 ORDER BY n.stored, n.sequence) AS place,
                bool_and(has_url) OVER (PARTITION BY n.sha2) AS is_unsure
            FROM named_attachment n JOIN records_attachment a USING (sha2)) n
        WHERE NOT has_url OR (is_unsure AND place = 1))
    INSERT INTO records_statementattachment (stored, sequence, sha2)
    SELECT stored, sequence, sha2 FROM brought
    UNION
    SELECT n.stored, n.sequence, n.sha2 FROM named_attachment n
    WHERE EXISTS (SELECT FROM brought b WHERE b.sha2 = n.sha2 AND b.authority_id = n.authority_id)
"""


def attach(apps, schema_editor):
    """Note with which statements the bytes that are stored go out."""
    connection = schema_editor.connection
    with connection.cursor() as notes:
        notes.execute("SELECT EXISTS (SELECT FROM records_attachment)")
        if not notes.fetchone()[0]:
            return
        notes.execute(NOTED)
        with connection.chunked_cursor() as found:
            found.execute(NAMING)
            while rows := found.fetchmany(PART):
                named = [one for row in rows for one in _named(*row)]
                notes.execute(NOTE, [list(column) for column in zip(*named, strict=True)] or [[]] * 5)
        notes.execute(ATTACH)


def _named(stored, sequence, authority_id, payload):
    statement = msgspec.json.decode(bytes(payload))
    inner = statement["object"] if statement["object"].get("objectType") == "SubStatement" else {}
    for attachment in (*statement.get("attachments", ()), *inner.get("attachments", ())):
        yield stored, sequence, authority_id, attachment["sha2"].lower(), "fileUrl" in attachment


class Migration(migrations.Migration):
    dependencies = [("records", "0012_forwarding_rewinds")]

    operations = [
        migrations.CreateModel(
            name="StatementAttachment",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "stored",
                        "sequence",
                        "attachment",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("stored", models.DateTimeField()),
                ("sequence", models.BigIntegerField()),
                (
                    "attachment",
                    models.ForeignKey(
                        db_column="sha2",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="records.attachment",
                    ),
                ),
            ],
        ),
        migrations.RunSQL(
            "ALTER TABLE records_attachment ALTER COLUMN content SET STORAGE EXTERNAL",
            "ALTER TABLE records_attachment ALTER COLUMN content SET STORAGE EXTENDED",
        ),
        migrations.RunPython(attach, migrations.RunPython.noop),
    ]
