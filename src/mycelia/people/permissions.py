"""Who may see and change people."""

from __future__ import annotations

from django.db.models import Q
from django.db.models.expressions import RawSQL

from mycelia.kernel import clock
from mycelia.kernel.policy import EVERYTHING, NOTHING, Actor, ObjectRule, Role, Rule
from mycelia.people.models import Employment, OrganisationUnit, Person

# UNION, not UNION ALL: a circle of managers on record ends the recursion instead of running for ever.
REPORTS_SQL = """
WITH RECURSIVE reports(person_id) AS (
    SELECT person_id FROM people_employment
    WHERE manager_id = %s AND valid_from <= %s AND (valid_to IS NULL OR valid_to > %s)
  UNION
    SELECT e.person_id FROM people_employment e JOIN reports r ON e.manager_id = r.person_id
    WHERE e.valid_from <= %s AND (e.valid_to IS NULL OR e.valid_to > %s)
)
SELECT person_id FROM reports
"""


class ListPeople(Rule):
    """See the list of people; which of them, `SeePerson` says."""

    code = "people.list"
    roles = frozenset({Role.TALENT_ADMINISTRATOR})


class ImportPeople(Rule):
    """Import people files: for talent administrators of the whole company, because a file may name anybody."""

    code = "people.import"
    roles = frozenset({Role.TALENT_ADMINISTRATOR})

    def permits(self, actor: Actor) -> bool:
        """Return whether the actor is a talent administrator of the whole company."""
        return None in actor.unit_paths(*self.roles)


class ManageOrganisation(ImportPeople):
    """Create, rename and move units: the same authority as a file, which can do it too."""

    code = "people.organisation"


class SeePerson(ObjectRule[Person]):
    """See a person's page.

    Everybody sees themselves; a manager sees their reports, direct and indirect; a talent administrator sees
    the people whose latest unit lies in their part of the organisation.
    """

    code = "people.see"

    def scope(self, actor: Actor) -> Q:
        """Return the people the actor may see."""
        if actor.person_id is None:
            return NOTHING
        seen = Q(pk=actor.person_id) | _administered(actor)
        return seen | _reports(actor.person_id) if actor.has(Role.MANAGER) else seen


class ManagePerson(ObjectRule[Person]):
    """Hire, move and let go: talent administrators, within their part of the organisation."""

    code = "people.manage"

    def scope(self, actor: Actor) -> Q:
        """Return the people the actor may change."""
        return _administered(actor)


class StaffUnit(ObjectRule[OrganisationUnit]):
    """Place people in a unit: talent administrators, within their part of the organisation."""

    code = "people.staff_unit"

    def scope(self, actor: Actor) -> Q:
        """Return the units the actor may place people in."""
        paths = actor.unit_paths(Role.TALENT_ADMINISTRATOR)
        return EVERYTHING if None in paths else _below(paths, "path")


def _administered(actor: Actor) -> Q:
    paths = actor.unit_paths(Role.TALENT_ADMINISTRATOR)
    if None in paths:
        return EVERYTHING
    if not paths:
        return NOTHING
    begun = Employment.objects.filter(valid_from__lte=clock.today())
    latest = begun.order_by("person_id", "-valid_from").distinct("person_id").values("pk")
    placed = Employment.objects.filter(_below(paths, "unit__path"), pk__in=latest)
    return Q(pk__in=placed.values("person_id"))


def _below(paths: tuple[str | None, ...], field: str) -> Q:
    within = NOTHING
    for path in paths:
        within |= Q(**{f"{field}__startswith": path})
    return within


def _reports(person_id: int) -> Q:
    day = clock.today()
    return Q(pk__in=RawSQL(REPORTS_SQL, [person_id, day, day, day, day]))  # noqa: S611
