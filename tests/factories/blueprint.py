"""Systems, links and content models for tests."""

from __future__ import annotations

from decimal import Decimal
from itertools import count
from typing import Any

from mycelia.business_case import api
from mycelia.business_case.api import (
    ContentModelTerms,
    LinkTerms,
    Moment,
    Part,
    Placement,
    Protocol,
    SystemPurpose,
    SystemTerms,
)
from mycelia.business_case.models import ContentModel, System, SystemLink
from mycelia.kernel.policy import Actor

SYSTEM = Actor.system("test")
_numbers = count(1)


def make_system_terms(**terms: Any) -> SystemTerms:
    """Return the terms of an active learning platform."""
    stated = {
        "name": f"System {next(_numbers)}",
        "purpose": SystemPurpose.LEARNING_PLATFORM,
        "yearly_cost": Decimal(12_000),
        "users_licensed": 400,
        "users_active": 250,
        **terms,
    }
    return SystemTerms(**stated)


def make_system(**terms: Any) -> System:
    """Register a system."""
    return api.register_system(actor=SYSTEM, terms=make_system_terms(**terms))


def make_link(source: System, target: System, protocol: Protocol = Protocol.API, **terms: Any) -> SystemLink:
    """Link two systems."""
    stated = LinkTerms(source_id=source.pk, target_id=target.pk, protocol=protocol, **terms)
    return api.link_systems(actor=SYSTEM, terms=stated)


def make_content_model(name: str = "", *parts: tuple[System, Moment, Part]) -> ContentModel:
    """Add a content model in which systems have these parts."""
    placements = tuple(Placement(system.pk, moment, part) for system, moment, part in parts)
    terms = ContentModelTerms(name or f"Model {next(_numbers)}", placements=placements)
    return api.add_content_model(actor=SYSTEM, terms=terms)
