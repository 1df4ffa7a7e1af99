"""What every entry of the organisation's register has: a name that stays, and a count of its changes."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Any
from uuid import uuid4

from django.db import models
from django.db.models import Q


def register_key() -> str:
    """Return a name that no other entry has."""
    return str(uuid4())


class Registered(models.Model):
    """An entry of the register.

    `key` is stable across export and import. `revision` counts the changes: an edit states the revision it saw, and a
    stale one is refused. `is_synthetic` marks what was invented for an example and is shown with the entry.
    """

    key = models.CharField(max_length=64, default=register_key, editable=False, unique=True)
    revision = models.PositiveIntegerField(default=1)
    is_synthetic = models.BooleanField(default=False)
    changed_at = models.DateTimeField()

    class Meta:
        abstract = True


def one_of(field: str, words: Iterable[StrEnum], name: str, *, or_empty: bool = False) -> models.CheckConstraint:
    """Return the constraint that a column holds one of the words of an enumeration."""
    values: list[Any] = [*([""] if or_empty else []), *(word.value for word in words)]
    return models.CheckConstraint(condition=Q(**{f"{field}__in": values}), name=f"business_case_{name}")
