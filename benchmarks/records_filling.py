"""Fills the record store with statements of the benchmark's shape: some by the product, the rest copied from them.

Twenty thousand are stored the ordinary way; PostgreSQL then repeats them with new identifiers, moments and numbers,
spread evenly over the past months, until there are as many as asked for.
"""

from __future__ import annotations

import os
import sys

SEED_STATEMENTS, BATCH = 20_000, 1000
_REPEAT = """
    CREATE TEMPORARY TABLE repeated ON COMMIT DROP AS
    SELECT s.stored AS old_stored, s.sequence AS old_sequence, gen_random_uuid() AS statement_id,
        now() - interval '1 minute' - interval '1 day' * %(days)s
            * (%(round)s + row_number() OVER (ORDER BY s.sequence) / %(seed)s::float) / %(rounds)s AS stored,
        nextval('records_statement_sequence') AS sequence
    FROM records_statement s JOIN seeds USING (stored, sequence);
    INSERT INTO records_statementkey SELECT statement_id, stored, sequence FROM repeated;
    INSERT INTO records_statement (stored, sequence, statement_id, occurred, verb_id, actor_id,
        authority_id, registration, is_voiding, object_kind, version, payload)
    SELECT r.stored, r.sequence, r.statement_id, s.occurred, s.verb_id, s.actor_id, s.authority_id, s.registration,
        s.is_voiding, s.object_kind, s.version, s.payload
    FROM repeated r JOIN records_statement s ON s.stored = old_stored AND s.sequence = old_sequence;
    INSERT INTO records_statementagent (stored, sequence, agent_id, verb_id, is_direct)
    SELECT r.stored, r.sequence, l.agent_id, l.verb_id, l.is_direct
    FROM repeated r JOIN records_statementagent l ON l.stored = old_stored AND l.sequence = old_sequence;
    INSERT INTO records_statementactivity (stored, sequence, activity_id, verb_id, is_direct)
    SELECT r.stored, r.sequence, l.activity_id, l.verb_id, l.is_direct
    FROM repeated r JOIN records_statementactivity l ON l.stored = old_stored AND l.sequence = old_sequence;
"""


def fill(size: int, days: int) -> None:
    """Store until there are about `size` statements; nothing when they are there."""
    from django.db import connection, transaction

    from benchmarks.records_statements import encoded
    from mycelia.records import api

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM records_statementkey")
        if cursor.fetchone()[0] >= size:
            return
    for at in range(0, SEED_STATEMENTS, BATCH):
        api.store(encoded(at, BATCH))
    rounds = max(1, size // SEED_STATEMENTS - 1)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS seeds AS SELECT stored, sequence FROM records_statement")
        cursor.execute("SELECT records_make_partition(now() - n * interval '1 month') FROM generate_series(0, 12) AS n")
        for number in range(rounds):
            values = {"days": days, "round": number, "rounds": rounds, "seed": SEED_STATEMENTS}
            with transaction.atomic():
                cursor.execute(_REPEAT, values)
            if number % 10 == 9:
                print(f"filled {(number + 2) * SEED_STATEMENTS:,}", flush=True)
        cursor.execute("DROP TABLE seeds")
        cursor.execute("VACUUM (ANALYZE) records_statement, records_statementagent, records_statementactivity")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mycelia.config.settings")
    import django

    django.setup()
    from benchmarks.records_reading import DAYS

    fill(int(sys.argv[1]), DAYS)
