"""The same model with its inputs known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from mycelia.business_case.types import Adoption, CaseModel, Estimate


def fixed_at(model: CaseModel, values: Mapping[str, float]) -> CaseModel:
    """The model with each of these inputs fixed at its value; all others stay as they are."""

    def at(name: str, estimate: Estimate) -> Estimate:
        return Estimate.fixed(Decimal(repr(float(values[name])))) if name in values else estimate

    def curve(name: str, adoption: Adoption) -> Adoption:
        return replace(
            adoption,
            ceiling=at(f"{name}/adoption_ceiling", adoption.ceiling),
            tempo=at(f"{name}/adoption_tempo", adoption.tempo),
        )

    def parts(name: str, record, fields):
        return {field: at(f"{name}/{field}", getattr(record, field)) for field in fields}

    drivers = replace(
        model.drivers,
        **parts("driver", model.drivers, ("headcount", "content_hours")),
        adoption=curve("driver", model.drivers.adoption),
    )
    costs = [replace(line, **parts(f"cost/{line.key}", line, ("quantity", "price", "spread"))) for line in model.costs]
    benefits = [
        replace(
            line,
            **parts(f"benefit/{line.key}", line, ("isolation", "confidence_factor", "spread")),
            inputs={name: at(f"benefit/{line.key}/inputs/{name}", each) for name, each in line.inputs.items()},
            adoption=None if line.adoption is None else curve(f"benefit/{line.key}", line.adoption),
        )
        for line in model.benefits
    ]
    items = [
        replace(item, duration_days=at(f"item/{item.key}/duration", item.duration_days)) for item in model.roadmap.items
    ]
    roadmap = replace(model.roadmap, items=tuple(items))
    return replace(model, drivers=drivers, costs=tuple(costs), benefits=tuple(benefits), roadmap=roadmap)
