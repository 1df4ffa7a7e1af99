"""What every part of a case has: a name that stays, a revision that counts its changes, and a place among its kind."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

KEY_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$"


def new_key() -> str:
    """Return a name that no other item has."""
    return str(uuid4())


class Item(models.Model):
    """A part of a case that is edited, compared, commented and exported on its own.

    `key` is stable across export and import and unique within the case. `revision` counts the changes: an edit
    states the revision it saw, and a stale one is refused.
    """

    key = models.CharField(max_length=64, default=new_key, editable=False)
    revision = models.PositiveIntegerField(default=1)
    position = models.PositiveIntegerField(_("place"), default=0)

    class Meta:
        abstract = True


def item_constraints(name: str) -> list[models.BaseConstraint]:
    """Return the constraints of an item's table; `name` is that of the table in their names."""
    return [
        models.UniqueConstraint(fields=["case", "key"], name=f"business_case_{name}_key_once"),
        models.CheckConstraint(condition=Q(key__regex=KEY_PATTERN), name=f"business_case_{name}_key"),
    ]
