"""The opaque accounts under which people's statements are written."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import uuid4

from django.conf import settings
from django.db import connection

from mycelia.records.models import PersonAccount
from mycelia.records.types import Json


def agent_for(person_id: int) -> Json:
    """Return the agent object of a person, for the actor of a statement."""
    return agents_for([person_id])[person_id]


def agents_for(people: Collection[int]) -> Mapping[int, Json]:
    """Return the agent objects of people, giving an account to those who have none."""
    wanted = sorted(set(people))
    names = _names(wanted)
    missing = [person for person in wanted if person not in names]
    if missing:
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO records_personaccount (person_id, name) SELECT * FROM unnest(%s::bigint[], %s::uuid[])"
                " ON CONFLICT (person_id) DO NOTHING",
                [missing, [uuid4() for _ in missing]],
            )
        names |= _names(missing)
    return {person: _agent(names[person]) for person in wanted}


def _names(people: Collection[int]) -> dict[int, str]:
    found = PersonAccount.objects.filter(person_id__in=people).values_list("person_id", "name")
    return {person: str(name) for person, name in found}


def _agent(name: str) -> Json:
    return {"objectType": "Agent", "account": {"homePage": settings.MYCELIA_PUBLIC_URL, "name": name}}
