"""What a person is known by in the store."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from hashlib import sha1

from django.conf import settings
from django.db import connection

from mycelia.records.calc.comparison import mailbox
from mycelia.records.calc.erasures import Erasure
from mycelia.records.models import PersonAccount
from mycelia.records.types import AgentKey


@dataclass(frozen=True, slots=True)
class Named:
    """What the organisation knows a person by."""

    person_id: int
    email: str
    employee_number: str
    full_name: str


def identifiers_of(person: Named, also: Collection[AgentKey] = ()) -> set[AgentKey]:
    """Return every identifier of a person: their account here, their address in any form, their number here.

    Args:
        person: Whose.
        also: Further ones, as other systems have sent them.
    """
    keys = _usual(person) | set(also)
    keys |= _in_the_store(keys, person.email)
    return keys | {hashed for key in keys if key.kind == "mbox" for hashed in _hashes(key.value)}


def erasure_of(person: Named, also: Collection[AgentKey], pseudonym: str) -> Erasure:
    """Return what disappears with a person, and the account name here that takes their place."""
    keys = identifiers_of(person, also)
    identifiers = {person.email, *account_names(person.person_id)}
    identifiers |= {key.value.removeprefix("mailto:") for key in keys if key.kind != "account"}
    return Erasure(
        keys=frozenset(keys),
        identifiers=frozenset(identifiers),
        names=frozenset({person.full_name}),
        pseudonym=AgentKey("account", pseudonym, settings.MYCELIA_PUBLIC_URL),
    )


def account_names(person_id: int) -> set[str]:
    """Return the opaque names a person's statements are written under."""
    accounts = PersonAccount.objects.filter(person_id=person_id).values_list("name", flat=True)
    return {str(name) for name in accounts}


def numbers_of(keys: Collection[AgentKey]) -> list[int]:
    """Return the numbers under which those of the identifiers are kept that occur."""
    kinds, values, pages = zip(*sorted(keys), strict=True)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT a.id FROM records_agent a JOIN unnest(%s::text[], %s::text[], %s::text[]) AS k (kind, value, page)"
            " ON a.kind = k.kind AND a.value = k.value AND a.home_page = k.page",
            [list(kinds), list(values), list(pages)],
        )
        return [number for (number,) in cursor.fetchall()]


def _usual(person: Named) -> set[AgentKey]:
    here = settings.MYCELIA_PUBLIC_URL
    accounts = PersonAccount.objects.filter(person_id=person.person_id)
    return {
        AgentKey("mbox", f"mailto:{person.email}"),
        *(AgentKey("account", text, here) for text in (person.employee_number, person.email)),
        *(AgentKey("account", str(one.name), one.home_page) for one in accounts),
    }


def _in_the_store(keys: Collection[AgentKey], email: str) -> set[AgentKey]:
    """Return the identifiers in the store that are these in another case, or the address as any account's name."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT kind, value, home_page FROM records_agent WHERE lower(value) = ANY(%s)",
            [[email.lower(), f"mailto:{email.lower()}", *(key.value.lower() for key in keys if key.kind != "account")]],
        )
        return {AgentKey(*row) for row in cursor.fetchall()}


def _hashes(address: str) -> set[AgentKey]:
    """Return the hashes under which a mailbox is known, as written and in small letters."""
    forms = {address, mailbox(address), address.lower()}
    return {AgentKey("mbox_sha1sum", sha1(one.encode(), usedforsecurity=False).hexdigest()) for one in forms}
