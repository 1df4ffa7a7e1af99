"""What is needed to carry a case out."""

from __future__ import annotations

from decimal import Decimal

from mycelia.business_case.calc.estimates import expected
from mycelia.business_case.calc.needs import content_moves, role_needs, system_needs, unstaffed
from mycelia.business_case.models import Case
from mycelia.business_case.permissions import ReadCase
from mycelia.business_case.queries.model import case_model
from mycelia.business_case.queries.readiness import landscape, readiness
from mycelia.business_case.types import Needs, Severity
from mycelia.kernel.policy import Actor, require


def needs_of(actor: Actor, case: Case | None) -> Needs:
    """Return people, systems, content and prerequisites; without a case only what the blueprint says.

    Raises:
        PermissionDenied: The actor may not read the blueprint, or not the case.
    """
    standings = readiness(actor, case)
    picture = landscape(case)
    prerequisites = tuple(one.finding for one in standings if one.is_open and one.finding.severity is Severity.HIGH)
    systems, moves = system_needs(picture), content_moves(picture)
    if case is None:
        return Needs(systems=systems, moves=moves, prerequisites=prerequisites)
    require(actor, ReadCase(), case)
    model = case_model(case)
    needs = role_needs(model.roadmap, model.preferred.key)
    people = tuple(need for need in needs if not need.unit)
    return Needs(
        roles=people,
        things=tuple(need for need in needs if need.unit),
        person_days=sum((need.days for need in people), Decimal(0)),
        unstaffed=unstaffed(model.roadmap, model.preferred.key),
        systems=systems,
        moves=moves,
        content_hours=expected(model.drivers.content_hours),
        prerequisites=prerequisites,
    )
