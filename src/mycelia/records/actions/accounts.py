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
    agents = _agents(wanted)
    missing = [person for person in wanted if person not in agents]
    if missing:
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO records_personaccount (person_id, name, home_page)"
                " SELECT person, name, %s FROM unnest(%s::bigint[], %s::uuid[]) AS new (person, name)"
                " ON CONFLICT (person_id) DO NOTHING",
                [settings.MYCELIA_PUBLIC_URL, missing, [uuid4() for _ in missing]],
            )
        agents |= _agents(missing)
    return agents


def _agents(people: Collection[int]) -> dict[int, Json]:
    accounts = PersonAccount.objects.filter(person_id__in=people)
    return {account.person_id: _agent(account) for account in accounts}


def _agent(account: PersonAccount) -> Json:
    return {"objectType": "Agent", "account": {"homePage": account.home_page, "name": str(account.name)}}
