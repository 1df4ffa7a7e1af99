"""Columns that hold one of the values of `types` as JSON, and the rules that the database keeps about them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, ClassVar

import msgspec
from django.db import models
from django.db.models import F, Func

from mycelia.business_case.types import FULL_ADOPTION, NONE, ONE, Adoption, Estimate


class _ValueField(models.JSONField):
    """A frozen value in Python, JSON in the database; nothing else gets in."""

    value_type: ClassVar[Any]

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return None if value is None else _decoder(self.value_type).decode(value)

    def get_prep_value(self, value: Any) -> Any:
        return super().get_prep_value(msgspec.to_builtins(value))

    def to_python(self, value: Any) -> Any:
        return value if value is None else msgspec.convert(msgspec.to_builtins(value), self.value_type, strict=False)

    def validate(self, value: Any, model_instance: Any) -> None:
        """Accept any value of the type; whether it makes sense is a rule of `calc` and of the database."""


@cache
def _decoder(value_type: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(value_type | None, strict=False)


class EstimateField(_ValueField):
    """One `Estimate`."""

    value_type = Estimate


class EstimatesField(_ValueField):
    """Several `Estimate`s by name."""

    value_type = Mapping[str, Estimate]


class AdoptionField(_ValueField):
    """One `Adoption`."""

    value_type = Adoption


def one() -> Estimate:
    """Return the number 1, for defaults."""
    return ONE


def none() -> Estimate:
    """Return the number 0, for defaults."""
    return NONE


def full_adoption() -> Adoption:
    """Return adoption that is complete from the start, for defaults."""
    return FULL_ADOPTION


def holds(field: str, rule: str, name: str) -> models.CheckConstraint:
    """Return the constraint that a rule, an SQL function of the migrations, holds for a column."""
    condition = Func(F(field), function=f"business_case_{rule}", output_field=models.BooleanField())
    return models.CheckConstraint(condition=condition, name=f"business_case_{name}")
