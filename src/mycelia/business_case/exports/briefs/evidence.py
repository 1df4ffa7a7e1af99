"""Pages on which a reader of a brief who may open them sees how what a sentence counts stands today."""

from __future__ import annotations

from django.urls import reverse

from mycelia.access.api import AssignRoles
from mycelia.audit.api import ReadAuditLog
from mycelia.business_case.permissions import ReadBlueprint
from mycelia.kernel.policy import Actor, Rule, allowed
from mycelia.records.api import RuleOverRetention

ROLES, AUDIT, RETENTION = "access:roles", "audit:entries", "records:retention"
SYSTEMS, BLUEPRINT = "business_case:blueprint_systems", "business_case:blueprint_elements"
_RULES: dict[str, Rule] = {
    ROLES: AssignRoles(),
    AUDIT: ReadAuditLog(),
    RETENTION: RuleOverRetention(),
    SYSTEMS: ReadBlueprint(),
    BLUEPRINT: ReadBlueprint(),
}


def evidence_urls(actor: Actor) -> dict[str, str]:
    """Return the addresses of the pages that the actor may open, by name."""
    return {name: reverse(name) for name, rule in _RULES.items() if allowed(actor, rule)}
