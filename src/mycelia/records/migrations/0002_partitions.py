"""The statement table and its two companions, partitioned by month of `stored`, and what makes their partitions.

A partition is made apart and attached, which holds no lock that stops readers or writers. Reading by
(stored, sequence) lets the planner go through the partitions in order and stop early; nothing is sorted.
"""

import django.db.models.deletion
from django.db import migrations, models

FORWARD = """
CREATE SEQUENCE records_statement_sequence AS bigint;

CREATE TABLE records_statement (
    stored timestamptz NOT NULL,
    sequence bigint NOT NULL,
    statement_id uuid NOT NULL,
    occurred timestamptz NOT NULL,
    verb_id integer NOT NULL,
    actor_id integer,
    authority_id integer,
    registration uuid,
    -- The writer's transaction: a reader can tell which rows nothing can precede any more.
    transaction_id bigint NOT NULL DEFAULT pg_current_xact_id()::text::bigint,
    is_voiding boolean NOT NULL,
    object_kind varchar(12) NOT NULL,
    version varchar(8) NOT NULL,
    payload bytea NOT NULL,
    PRIMARY KEY (stored, sequence)
) PARTITION BY RANGE (stored);
CREATE INDEX records_statement_verb ON records_statement (verb_id, stored, sequence);
CREATE INDEX records_statement_registration ON records_statement (registration, stored, sequence)
    WHERE registration IS NOT NULL;
CREATE INDEX records_statement_authority ON records_statement (authority_id, stored, sequence);

CREATE TABLE records_statementagent (
    stored timestamptz NOT NULL,
    sequence bigint NOT NULL,
    agent_id integer NOT NULL,
    verb_id integer NOT NULL,
    is_direct boolean NOT NULL,
    PRIMARY KEY (agent_id, stored, sequence) INCLUDE (verb_id, is_direct)
) PARTITION BY RANGE (stored);

CREATE TABLE records_statementactivity (
    stored timestamptz NOT NULL,
    sequence bigint NOT NULL,
    activity_id integer NOT NULL,
    verb_id integer NOT NULL,
    is_direct boolean NOT NULL,
    PRIMARY KEY (activity_id, stored, sequence) INCLUDE (verb_id, is_direct)
) PARTITION BY RANGE (stored);

CREATE FUNCTION records_make_partition(moment timestamptz) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    first timestamptz := date_trunc('month', moment AT TIME ZONE 'UTC') AT TIME ZONE 'UTC';
    next timestamptz := (date_trunc('month', moment AT TIME ZONE 'UTC') + interval '1 month') AT TIME ZONE 'UTC';
    suffix text := to_char(moment AT TIME ZONE 'UTC', '_YYYY_MM');
    parent text;
BEGIN
    IF to_regclass('records_statement' || suffix) IS NOT NULL THEN
        RETURN false;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('mycelia.records.partitions', 0));
    IF to_regclass('records_statement' || suffix) IS NOT NULL THEN
        RETURN false;
    END IF;
    FOREACH parent IN ARRAY ARRAY['records_statement', 'records_statementagent', 'records_statementactivity'] LOOP
        EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', parent || suffix, parent);
        EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
                       parent, parent || suffix, first, next);
    END LOOP;
    RETURN true;
END $$;

CREATE FUNCTION records_detach_partition(moment timestamptz) RETURNS text[] LANGUAGE plpgsql AS $$
DECLARE
    suffix text := to_char(moment AT TIME ZONE 'UTC', '_YYYY_MM');
    detached text[] := '{}';
    parent text;
BEGIN
    FOREACH parent IN ARRAY ARRAY['records_statement', 'records_statementagent', 'records_statementactivity'] LOOP
        EXECUTE format('ALTER TABLE %I DETACH PARTITION %I', parent, parent || suffix);
        detached := detached || (parent || suffix);
    END LOOP;
    RETURN detached;
END $$;

SELECT records_make_partition(now() + ahead * interval '1 month') FROM generate_series(0, 3) AS ahead;
"""

BACKWARD = """
DROP FUNCTION records_detach_partition(timestamptz);
DROP FUNCTION records_make_partition(timestamptz);
DROP TABLE records_statementactivity;
DROP TABLE records_statementagent;
DROP TABLE records_statement;
DROP SEQUENCE records_statement_sequence;
"""


class Migration(migrations.Migration):
    dependencies = [("records", "0001_tables")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(FORWARD, BACKWARD)],
            state_operations=[
                migrations.CreateModel(
                    name="Statement",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "stored", "sequence", blank=True, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("stored", models.DateTimeField()),
                        ("sequence", models.BigIntegerField()),
                        ("statement_id", models.UUIDField()),
                        ("occurred", models.DateTimeField()),
                        ("object_kind", models.CharField(max_length=12)),
                        ("registration", models.UUIDField(null=True)),
                        ("is_voiding", models.BooleanField()),
                        ("version", models.CharField(max_length=8)),
                        ("transaction_id", models.BigIntegerField()),
                        ("payload", models.BinaryField()),
                        (
                            "actor",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="records.agent",
                            ),
                        ),
                        (
                            "authority",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="records.agent",
                            ),
                        ),
                        (
                            "verb",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="records.iri",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="StatementActivity",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "activity",
                                "stored",
                                "sequence",
                                blank=True,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("stored", models.DateTimeField()),
                        ("sequence", models.BigIntegerField()),
                        ("is_direct", models.BooleanField()),
                        (
                            "activity",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="records.iri",
                            ),
                        ),
                        (
                            "verb",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="records.iri",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="StatementAgent",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "agent",
                                "stored",
                                "sequence",
                                blank=True,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("stored", models.DateTimeField()),
                        ("sequence", models.BigIntegerField()),
                        ("is_direct", models.BooleanField()),
                        (
                            "agent",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="records.agent",
                            ),
                        ),
                        (
                            "verb",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="records.iri",
                            ),
                        ),
                    ],
                ),
            ],
        )
    ]
