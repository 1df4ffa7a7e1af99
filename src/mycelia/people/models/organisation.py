"""The organisation: units in a tree, and the lists employment refers to."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _


class OrganisationUnit(models.Model):
    """A node of the organisation tree.

    `path` is materialised by `people.actions`: "/" + the primary keys from the root down + "/", so that a subtree
    is a prefix. A unit is never its own parent; deeper cycles are refused when paths are made.
    """

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=200)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    path = models.CharField(max_length=400, editable=False)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="people_unit_not_own_parent"
            ),
            # A path that does not end in the unit itself would widen somebody's scope.
            models.CheckConstraint(
                condition=Q(path__endswith=Concat(Value("/"), Cast("id", models.CharField(max_length=20)), Value("/"))),
                name="people_unit_path_ends_in_itself",
            ),
        ]
        indexes = [models.Index(fields=["path"], name="people_unit_path", opclasses=["varchar_pattern_ops"])]

    def __str__(self) -> str:
        return self.name


class Location(models.Model):
    """A place of work; `country` is ISO 3166-1 alpha-2, empty when unknown."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=200)
    country = models.CharField(_("country"), max_length=2, blank=True, default="")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class CostCentre(models.Model):
    """Where finance books a person's time."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=200)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name if self.name == self.code else f"{self.code} {self.name}"


class Position(models.Model):
    """A job as the organisation names it."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    title = models.CharField(_("title"), max_length=200)

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title
