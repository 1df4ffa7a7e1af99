"""Numbers of the demo case that several of its lines are computed with, each stated once."""

from __future__ import annotations

from dataclasses import replace

from mycelia.business_case.types import Confidence, Estimate, InputKind, NamedInput

THREE = Estimate.triangular


def named_inputs(people: int) -> tuple[NamedInput, ...]:
    """Return the named inputs of the case."""
    scope = THREE(round(people * 0.97), people, round(people * 1.04))
    return (
        NamedInput("people", "People in scope", scope, unit="people", source="People file (invented)",
                   confidence=Confidence.HIGH),
        NamedInput("work-hour", "Hour of work, fully loaded", Estimate.fixed(41), InputKind.MONEY,
                   source="Personnel costs of the year (invented)", confidence=Confidence.HIGH),
        NamedInput("design-hour", "Hour of a learning designer", Estimate.fixed(42), InputKind.MONEY,
                   source="Personnel costs of the year (invented)", confidence=Confidence.HIGH),
        NamedInput("position", "Month of a position in administration", Estimate.fixed(5400), InputKind.MONEY,
                   source="Cost centre plan (invented)", confidence=Confidence.HIGH),
    )  # fmt: skip


def of(key: str) -> Estimate:
    """Return the estimate of a line that is a named input; the case knows its numbers."""
    return Estimate(named=key)


def scope_of(people: int) -> Estimate:
    """Return the people in scope, as drivers state them."""
    return replace(named_inputs(people)[0].estimate, named="people")
