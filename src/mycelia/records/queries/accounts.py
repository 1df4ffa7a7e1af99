"""From accounts back to people."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from django.conf import settings

from mycelia.people.api import names_of
from mycelia.records.models import PersonAccount
from mycelia.records.types import AgentKey


def account_of(person_id: int) -> AgentKey | None:
    """Return the account a person's statements stand under; None while they have none."""
    account = PersonAccount.objects.filter(person_id=person_id).first()
    return None if account is None else AgentKey("account", str(account.name), account.home_page)


def account_named(name: str) -> AgentKey:
    """Return the account with a name, on this installation when no person has it."""
    account = PersonAccount.objects.filter(name=name).first() if _is_uuid(name) else None
    return AgentKey("account", name, settings.MYCELIA_PUBLIC_URL if account is None else account.home_page)


def people_behind(keys: Collection[AgentKey]) -> Mapping[AgentKey, str]:
    """Return the names of people by their accounts; what is unknown, or elsewhere, is left out."""
    wanted = [key.value for key in keys if key.kind == "account" and _is_uuid(key.value)]
    accounts = PersonAccount.objects.filter(name__in=wanted)
    by_person = {a.person_id: AgentKey("account", str(a.name), a.home_page) for a in accounts}
    return {by_person[person]: name for person, name in names_of(list(by_person)).items() if by_person[person] in keys}


def _is_uuid(name: str) -> bool:
    try:
        UUID(name)
    except ValueError:
        return False
    return True
