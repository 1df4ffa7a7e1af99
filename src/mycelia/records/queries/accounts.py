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
    return None if account is None else own_account(str(account.name))


def own_account(name: str) -> AgentKey:
    """Return the account of this installation with a name."""
    return AgentKey("account", name, settings.MYCELIA_PUBLIC_URL)


def people_behind(names: Collection[str]) -> Mapping[str, str]:
    """Return the names of people by the account names of this installation; what is unknown is left out."""
    accounts = PersonAccount.objects.filter(name__in=[name for name in names if _is_uuid(name)])
    by_person = {account.person_id: str(account.name) for account in accounts}
    return {by_person[person]: name for person, name in names_of(list(by_person)).items()}


def _is_uuid(name: str) -> bool:
    try:
        UUID(name)
    except ValueError:
        return False
    return True
