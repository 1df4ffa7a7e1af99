"""Taking a person out of what is kept about forwarding."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from mycelia.records.calc.erasures import Erasure
from mycelia.records.models import Destination

_HUSH = """
    UPDATE records_deadletter SET reason = '' WHERE reason <> '' AND statement_id IN (
        SELECT s.statement_id FROM records_statement s
        JOIN unnest(%s::timestamptz[], %s::bigint[]) AS p (stored, sequence)
        ON s.stored = p.stored AND s.sequence = p.sequence)
"""


def forget_refusals(stored: Sequence[datetime], sequences: Sequence[int]) -> None:
    """Forget what other stores said about statements: they may have repeated them."""
    with connection.cursor() as cursor:
        cursor.execute(_HUSH, [list(stored), list(sequences)])


def rename_in_filters(erasure: Erasure) -> None:
    """Have destinations that were for the person, or for an activity whose IRI leads to them, go on for the new one."""
    known = [list(key) for key in erasure.keys]
    Destination.objects.filter(agent__in=known).update(agent=list(erasure.pseudonym))
    Destination.objects.filter(authority__in=known).update(authority=list(erasure.pseudonym))
    for destination in Destination.objects.exclude(activity=""):
        if destination.activity != erasure.iri(destination.activity):
            Destination.objects.filter(pk=destination.pk).update(activity=erasure.iri(destination.activity))
