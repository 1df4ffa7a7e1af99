"""The organisation's blueprint, as far as the actor may see it."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Lower

from mycelia.business_case.errors import NotInBlueprint
from mycelia.business_case.models import ContentModel, ElementState, System, SystemLink
from mycelia.business_case.models.registered import Registered
from mycelia.business_case.permissions import ReadBlueprint
from mycelia.business_case.types import Element
from mycelia.kernel.policy import Actor, require

R = TypeVar("R", bound=Registered)


def systems_for(actor: Actor, *, text: str = "", lifecycle: str = "", purpose: str = "") -> QuerySet[System]:
    """Return the register of systems by name, each with the number of its links.

    Args:
        actor: Who asks.
        text: Only those in whose name, vendor or description this stands.
        lifecycle: Only those in this state; empty for all.
        purpose: Only those of this purpose; empty for all.

    Raises:
        PermissionDenied: The actor may not read the blueprint.
    """
    require(actor, ReadBlueprint())
    found = System.objects.select_related("owner")
    if text:
        found = found.filter(Q(name__icontains=text) | Q(vendor__icontains=text) | Q(description__icontains=text))
    if lifecycle:
        found = found.filter(lifecycle=lifecycle)
    if purpose:
        found = found.filter(purpose=purpose)
    links = Count("links_out", distinct=True) + Count("links_in", distinct=True)
    return found.annotate(link_count=links).order_by(Lower("name"), "pk")


def system_of(actor: Actor, system_id: int) -> System:
    """Return one system.

    Raises:
        PermissionDenied: The actor may not read the blueprint.
        NotInBlueprint: There is none of that number.
    """
    return _one(actor, System.objects.select_related("owner"), system_id)


def links_for(actor: Actor) -> QuerySet[SystemLink]:
    """Return every link with both of its systems.

    Raises:
        PermissionDenied: The actor may not read the blueprint.
    """
    require(actor, ReadBlueprint())
    return SystemLink.objects.select_related("source", "target")


def links_of(actor: Actor, system: System) -> QuerySet[SystemLink]:
    """Return the links that lead from or to a system.

    Raises:
        PermissionDenied: The actor may not read the blueprint.
    """
    return links_for(actor).filter(Q(source=system) | Q(target=system))


def link_of(actor: Actor, link_id: int) -> SystemLink:
    """Return one link.

    Raises:
        PermissionDenied: The actor may not read the blueprint.
        NotInBlueprint: There is none of that number.
    """
    return _one(actor, SystemLink.objects.select_related("source", "target"), link_id)


def content_models_for(actor: Actor) -> QuerySet[ContentModel]:
    """Return every content model with the systems' parts in it.

    Raises:
        PermissionDenied: The actor may not read the blueprint.
    """
    require(actor, ReadBlueprint())
    return ContentModel.objects.prefetch_related("placements__system")


def content_model_of(actor: Actor, model_id: int) -> ContentModel:
    """Return one content model.

    Raises:
        PermissionDenied: The actor may not read the blueprint.
        NotInBlueprint: There is none of that number.
    """
    return _one(actor, ContentModel.objects.prefetch_related("placements__system"), model_id)


def elements_for(actor: Actor) -> dict[Element, ElementState | None]:
    """Return the six elements in their order; None for one that nobody has assessed.

    Raises:
        PermissionDenied: The actor may not read the blueprint.
    """
    require(actor, ReadBlueprint())
    stored = {state.element: state for state in ElementState.objects.select_related("owner")}
    return {element: stored.get(element.value) for element in Element}


def _one(actor: Actor, entries: QuerySet[R], entry_id: int) -> R:
    require(actor, ReadBlueprint())
    found: Any = entries.filter(pk=entry_id).first()
    if found is None:
        raise NotInBlueprint(number=entry_id)
    return found  # type: ignore[no-any-return]
