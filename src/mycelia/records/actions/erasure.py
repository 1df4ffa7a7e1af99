"""Pseudonymising everything that was recorded about a person."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from uuid import uuid4

from django.db import connection, transaction

from mycelia.audit import api as audit
from mycelia.kernel.policy import Actor, require
from mycelia.records.actions.erased_activities import forget_iris, iris_instead, numbers_instead, rewrite_definitions
from mycelia.records.actions.erased_documents import rewrite_documents
from mycelia.records.actions.erased_routes import rename_in_filters
from mycelia.records.actions.erased_statements import rewrite_statements
from mycelia.records.actions.orphans import remove_given_up
from mycelia.records.calc.erasures import Erasure
from mycelia.records.models import PersonAccount
from mycelia.records.permissions import ErasePersons
from mycelia.records.queries.identifiers import Named, erasure_of, numbers_of
from mycelia.records.types import AgentKey


@dataclass(frozen=True, slots=True)
class Erased:
    """How much was pseudonymised."""

    statements: int
    documents: int
    attachments: int


def erase_person(*, actor: Actor, person: Named, also: Collection[AgentKey] = ()) -> Erased:
    """Take a person out of every statement and document; a pseudonym that leads nowhere stands in their place.

    Statements are rewritten in parts, and writers go on meanwhile; the last part, which also forgets the identifiers,
    makes them wait. Repeating it after a stop goes on. Copies outside (exports, backups, detached months) are not
    reached.

    Args:
        actor: Who does it.
        person: Whom; found under their account here, their address in any form, and their number here.
        also: Further identifiers of theirs, as other systems have sent them.

    Raises:
        PermissionDenied: The actor may not.
    """
    require(actor, ErasePersons())
    erasure = erasure_of(person, also, pseudonym=f"erased-{uuid4()}")
    first = rewrite_statements(erasure, numbers_of(erasure.keys), iris_instead(erasure))
    removed = remove_given_up(first.hashes)
    with transaction.atomic():
        return _finish(actor, person, erasure, Erased(first.statements, 0, removed))


def _finish(actor: Actor, person: Named, erasure: Erasure, so_far: Erased) -> Erased:
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE records_statementkey IN SHARE ROW EXCLUSIVE MODE")
    ids, instead = numbers_of(erasure.keys), iris_instead(erasure)
    rest, activities = rewrite_statements(erasure, ids, instead), numbers_instead(instead)
    documents = rewrite_documents(erasure, ids, activities)
    rewrite_definitions(erasure, activities)
    rename_in_filters(erasure)
    forget_iris(activities)
    _forget(ids)
    PersonAccount.objects.filter(person_id=person.person_id).delete()
    removed = remove_given_up(rest.hashes)
    done = Erased(so_far.statements + rest.statements, documents, so_far.attachments + removed)
    audit.record(
        actor=actor,
        action="records.erase",
        object_type="people.Person",
        object_id=person.person_id,
        details=asdict(done),
    )
    return done


def _forget(ids: Sequence[int]) -> None:
    """Remove the identifiers, and have every process forget the numbers it remembers.

    What stood under the authority of one and was voided by it is voided for good by now.
    """
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM records_ownvoiding WHERE authority_id = ANY(%s)", [list(ids)])
        cursor.execute("DELETE FROM records_agent WHERE id = ANY(%s)", [list(ids)])
        cursor.execute("UPDATE records_interning SET generation = %s", [secrets.randbits(52)])
