"""What somebody has begun to answer of a guided start."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from mycelia.business_case.models import StartDraft
from mycelia.business_case.types import Template
from mycelia.kernel.policy import Actor


def start_drafts_of(actor: Actor) -> QuerySet[StartDraft]:
    """Return the actor's own drafts, at most one for each template, the latest first."""
    person: Any = actor.person_id
    return StartDraft.objects.filter(person_id=person)


def start_draft_of(actor: Actor, template: Template) -> StartDraft | None:
    """Return the actor's draft for a template."""
    return start_drafts_of(actor).filter(template=template.key).first()
