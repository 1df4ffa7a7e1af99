"""Activities whose IRI or description leads to a person who is taken out of the store."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from django.db import connection
from django.db.models import QuerySet

from mycelia.records.actions.interning import intern_iris
from mycelia.records.calc.definitions import merged_definition
from mycelia.records.calc.erasures import Erasure
from mycelia.records.models import ActivityDefinition
from mycelia.records.queries.identifying import identifying_definitions, identifying_iris

_FORGET = """
    DELETE FROM records_iri i WHERE i.id = ANY(%s)
    AND NOT EXISTS (SELECT 1 FROM records_statement s WHERE s.verb_id = i.id)
"""


def iris_instead(erasure: Erasure) -> dict[int, str]:
    """Return the numbers of IRIs that lead to the person, each with the IRI that takes its place.

    Several may get the same one: they differed only in how the person stood in them.
    """
    return {number: erasure.iri(iri) for number, iri in identifying_iris(erasure).items()}


def numbers_instead(instead: Mapping[int, str]) -> dict[int, int]:
    """Return the numbers of IRIs with those of the IRIs that take their places, in the transaction that uses them."""
    numbers = intern_iris(set(instead.values())) if instead else {}
    return {number: numbers[iri] for number, iri in instead.items()}


def rewrite_definitions(erasure: Erasure, activities: Mapping[int, int]) -> None:
    """Take the person out of what is known of activities; what was known of one goes to the one in its place."""
    for number, definition in identifying_definitions(erasure).items():
        ActivityDefinition.objects.filter(activity_id=number).update(definition=definition)
    known = {one.activity_id: bytes(one.definition) for one in _of({*activities, *activities.values()})}
    for old, new in activities.items():
        if old in known:
            known[new] = _merged(known.get(new, b"{}"), known[old])
    _of(set(known)).delete()
    kept = [ActivityDefinition(activity_id=one, definition=known[one]) for one in known if one not in activities]
    ActivityDefinition.objects.bulk_create(kept)


def forget_iris(activities: Mapping[int, int]) -> None:
    """Remove the IRIs that nothing has any more; one that is a verb somewhere stays."""
    with connection.cursor() as cursor:
        cursor.execute(_FORGET, [list(activities)])


def _of(numbers: set[int]) -> QuerySet[ActivityDefinition]:
    return ActivityDefinition.objects.filter(activity_id__in=numbers)


def _merged(known: bytes, more: bytes) -> bytes:
    return msgspec.json.encode(merged_definition(msgspec.json.decode(known), msgspec.json.decode(more)))
