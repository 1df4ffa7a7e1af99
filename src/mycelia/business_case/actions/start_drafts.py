"""Keeping what is typed into a guided start, so that it can be gone on with after signing out, and throwing it away.

A draft is a person's own scratch paper: nobody else reads it and no figure rests on it, so that it is not audited.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from mycelia.business_case.models import StartDraft
from mycelia.business_case.permissions import CreateCase
from mycelia.business_case.types import Template
from mycelia.kernel import clock
from mycelia.kernel.policy import Actor, require

LONGEST_ANSWER = 4_000


@transaction.atomic
def keep_start(*, actor: Actor, template: Template, typed: Mapping[str, str]) -> StartDraft:
    """Keep what was typed, right or wrong, in place of what was kept before.

    Args:
        typed: By name of a field; each is cut at 4,000 characters.

    Raises:
        PermissionDenied: The actor may not create a case.
    """
    require(actor, CreateCase())
    written = {name: text[:LONGEST_ANSWER].replace("\x00", "") for name, text in typed.items()}
    person: Any = actor.person_id
    draft, _is_new = StartDraft.objects.update_or_create(
        person_id=person, template=template.key, defaults={"typed": written, "saved_at": clock.now()}
    )
    return draft


@transaction.atomic
def discard_start(*, actor: Actor, template: Template) -> None:
    """Throw the actor's draft for a template away; doing so again changes nothing.

    Raises:
        PermissionDenied: The actor may not create a case.
    """
    require(actor, CreateCase())
    person: Any = actor.person_id
    StartDraft.objects.filter(person_id=person, template=template.key).delete()
