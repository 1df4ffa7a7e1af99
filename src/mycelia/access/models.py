"""Who holds which role."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mycelia.kernel.policy import Role

ASSIGNED_ROLES = tuple(role for role in Role if role not in {Role.LEARNER, Role.MANAGER})


class RoleAssignmentQuerySet(models.QuerySet["RoleAssignment"]):
    """Assignments by time."""

    def effective(self, on: date) -> RoleAssignmentQuerySet:
        """Return those in force on a day."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on), valid_from__lte=on)


class RoleAssignment(models.Model):
    """A role given to a person over a unit and everything below it, or over the whole company.

    States by date: announced (`valid_from` lies ahead), in force, ended (`valid_to` reached). The period is
    half-open: it ends when the day `valid_to` begins, so a revocation takes effect at once. Rows are never deleted.
    """

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="role_assignments")
    role = models.CharField(_("role"), max_length=40, choices=[(role.value, role.label) for role in ASSIGNED_ROLES])
    unit = models.ForeignKey("people.OrganisationUnit", models.PROTECT, null=True, blank=True, related_name="+")
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"), null=True, blank=True)
    granted_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, blank=True, related_name="+")

    objects = RoleAssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["role", "person__family_name", "person__given_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "role", "unit"],
                condition=Q(valid_to__isnull=True),
                nulls_distinct=False,
                name="access_assignment_once",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="access_assignment_period"
            ),
            models.CheckConstraint(
                condition=Q(role__in=[role.value for role in ASSIGNED_ROLES]), name="access_assignment_role"
            ),
        ]
        indexes = [models.Index(fields=["role", "valid_from"], name="access_assignment_role_from")]

    def __str__(self) -> str:
        return f"{self.role} {self.person_id}"

    def is_effective(self, on: date) -> bool:
        """Return whether the assignment is in force on a day."""
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)
