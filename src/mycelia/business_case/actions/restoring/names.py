"""People, units and courses by the names that a file gives them."""

from __future__ import annotations

from typing import Any

from mycelia.business_case.models import Case, Kpi


class Names:
    """Finds what a name means here, and remembers those that mean nobody and nothing."""

    def __init__(self) -> None:
        self._unknown: dict[str, None] = {}

    @property
    def unknown(self) -> tuple[str, ...]:
        """Return the names that mean nobody and nothing here, each once."""
        return tuple(self._unknown)

    def person(self, name: str) -> int | None:
        """Return the person of an e-mail address."""
        return self._found(Kpi, "owner", name, email__iexact=name)

    def unit(self, name: str) -> int | None:
        """Return the unit of a code."""
        return self._found(Case, "scope_unit", name, code=name)

    def course(self, name: str) -> int | None:
        """Return the course of a short name."""
        return self._found(Kpi, "metric_course", name, slug=name)

    def _found(self, model: Any, field: str, name: str, **lookup: str) -> int | None:
        if not name:
            return None
        related = model._meta.get_field(field).related_model
        found: int | None = related._default_manager.filter(**lookup).values_list("pk", flat=True).first()
        if found is None:
            self._unknown[name] = None
        return found
