"""Adding what a case's file says of the blueprint, where it is not there yet.

The blueprint is the whole organisation's, not the case's: an entry that exists here is never overwritten by a file.
"""

from __future__ import annotations

from datetime import UTC
from typing import Any

from django.db.models import Q

from mycelia.business_case.actions.blueprint_record import saved
from mycelia.business_case.actions.restoring.history import restored_mark
from mycelia.business_case.actions.restoring.names import Names
from mycelia.business_case.models import (
    Case,
    ContentModel,
    ElementState,
    FindingDecision,
    ModelPlacement,
    System,
    SystemLink,
)
from mycelia.business_case.permissions import EditBlueprint
from mycelia.business_case.queries.file_blueprint import element_record, system_record
from mycelia.business_case.types.file_blueprint import (
    BlueprintRecord,
    ContentModelRecord,
    ElementRecord,
    FindingRecord,
    LinkRecord,
    SystemRecord,
)
from mycelia.kernel.policy import Actor


def restore_blueprint(actor: Actor, case: Case, record: BlueprintRecord | None, names: Names) -> tuple[str, ...]:
    """Add what is missing and tie the case to its findings; return the names of what was left as it is."""
    if record is None:
        return ()
    adding = _Adding(actor, names)
    for system in record.systems:
        adding.system(system)
    for link in record.links:
        adding.link(link)
    for model in record.models:
        adding.model(model)
    for element in record.elements:
        adding.element(element)
    for finding in record.findings:
        adding.finding(case, finding)
    return tuple(adding.left)


class _Adding:
    """What of a file has been found or added so far, and what was left."""

    def __init__(self, actor: Actor, names: Names) -> None:
        self._actor, self._names = actor, names
        self._may_add = EditBlueprint().permits(actor)
        self._systems: dict[str, int] = {}
        self.left: dict[str, None] = {}

    def system(self, record: SystemRecord) -> None:
        """Find a system by key or name, or add it; there is one platform."""
        wanted = Q(key=record.key) | Q(name__iexact=record.name)
        if record.is_platform:
            wanted |= Q(is_platform=True)
        found = System.objects.select_related("owner").filter(wanted).order_by("pk").first()
        if found is None and self._may_add:
            found = System(key=record.key)
            saved(self._actor, found, "system_registered", self._stated(record, elements=list(record.elements)))
        elif found is None or system_record(found) != record:
            self.left[record.name] = None
        if found is not None:
            self._systems[record.key] = found.pk

    def link(self, record: LinkRecord) -> None:
        """Add a link that is not there between systems that are."""
        source, target = self._systems.get(record.source), self._systems.get(record.target)
        if source is None or target is None or source == target:
            return
        same = Q(source=source, target=target, protocol=record.protocol)
        if self._may_add and not SystemLink.objects.filter(same | Q(key=record.key)).exists():
            stated = {"source_id": source, "target_id": target, "protocol": record.protocol, "note": record.note}
            stated |= {"direction": record.direction, "depth": record.depth}
            saved(self._actor, SystemLink(key=record.key), "link_added", stated)

    def model(self, record: ContentModelRecord) -> None:
        """Add a content model that is not there, with the parts of systems that are."""
        if ContentModel.objects.filter(Q(key=record.key) | Q(name__iexact=record.name)).exists():
            return
        if not self._may_add:
            self.left[record.name] = None
            return
        model = ContentModel(key=record.key)
        stated = {"name": record.name, "description": record.description, "is_synthetic": record.is_synthetic}
        saved(self._actor, model, "content_model_added", stated)
        ModelPlacement.objects.bulk_create(
            ModelPlacement(model=model, system_id=self._systems[part.system], moment=part.moment, part=part.part)
            for part in record.parts
            if part.system in self._systems
        )

    def element(self, record: ElementRecord) -> None:
        """Assess an element that nobody has assessed here."""
        found = ElementState.objects.select_related("owner").filter(element=record.element).first()
        if found is None and self._may_add:
            saved(self._actor, ElementState(), "element_assessed", self._stated(record), taken_field="today")
        elif found is None or element_record(found) != record:
            self.left[str(record.element)] = None

    def finding(self, case: Case, record: FindingRecord) -> None:
        """Tie the case's line to its finding, unless something was decided about that here."""
        key = record.finding["key"]
        if not self._may_add or FindingDecision.objects.filter(finding_key=key).exists():
            self.left[key] = None
            return
        FindingDecision.objects.create(
            finding_key=key,
            kind="accepted",
            finding=record.finding,
            case=case,
            item_kind=record.item_kind,
            item_key=record.item,
            decided_by_name=record.decided_by[:200],
            decided_at=record.decided_at if record.decided_at.tzinfo else record.decided_at.replace(tzinfo=UTC),
            **restored_mark(self._actor),
        )

    def _stated(self, record: SystemRecord | ElementRecord, **other: Any) -> dict[str, Any]:
        stated = {name: value for name, value in vars(record).items() if name not in ("key", "owner")}
        return {**stated, "owner_id": self._names.person(record.owner), **other}
