"""Benefits that claim the same movement of one KPI, or more of it than there is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import combinations
from types import MappingProxyType

from mycelia.business_case.types import Basis, BenefitLine, CaseModel, Finding, Principle

NO_MOVEMENTS: Mapping[str, Decimal] = MappingProxyType({})


def duplicate_claims(model: CaseModel, movements: Mapping[str, Decimal] = NO_MOVEMENTS) -> tuple[Finding, ...]:
    """Return where benefits claim one KPI's movement more than once, or one of them more than there is.

    Lines that can be in one option and run at the same time are refused when one of them does not say how much of
    the movement it claims, or when together they claim more than there is. Where it is not known how much there is,
    two stated claims are a warning.

    Args:
        model: The case.
        movements: By key of the KPI, how far it is to move from baseline to target, without sign.
    """
    by_kpi: dict[str, list[BenefitLine]] = {}
    for line in model.benefits:
        if line.kpi is not None and not line.is_intangible:
            by_kpi.setdefault(line.kpi, []).append(line)
    return tuple(found for kpi, lines in by_kpi.items() for found in _in_kpi(model, lines, movements.get(kpi)))


def _in_kpi(model: CaseModel, lines: list[BenefitLine], movement: Decimal | None) -> Iterator[Finding]:
    yield from _beyond(lines, movement)
    yield from _twice(model, lines, movement)


def _beyond(lines: list[BenefitLine], movement: Decimal | None) -> Iterator[Finding]:
    """Yield each line that alone claims more than the KPI is to move."""
    for line in lines:
        if movement is not None and line.claimed_movement is not None and line.claimed_movement > movement:
            yield Finding(Principle.CLAIMED_BEYOND, f"benefit/{line.key}", "claimed_movement", refuses=True)


def _twice(model: CaseModel, lines: list[BenefitLine], movement: Decimal | None) -> Iterator[Finding]:
    told: set[str] = set()
    for option in model.options:
        own = [line for line in lines if line.option in (None, option.key)]
        together = {each.key: each for pair in combinations(own, 2) if _overlap(model, *pair) for each in pair}
        if not together or together.keys() <= told:
            continue
        told |= together.keys()
        refuses = _is_refused(list(together.values()), movement)
        if refuses is not None:
            first, *others = together
            subject, related = f"benefit/{first}", tuple(others)
            yield Finding(Principle.CLAIMED_TWICE, subject, "claimed_movement", refuses, related)


def _is_refused(lines: list[BenefitLine], movement: Decimal | None) -> bool | None:
    """Return whether the claims cannot stand together, or only may not; None where they can."""
    claims = [line.claimed_movement for line in lines if line.claimed_movement is not None]
    if len(claims) < len(lines):
        return True
    if movement is None:
        return False
    return True if sum(claims, Decimal(0)) > movement else None


def _overlap(model: CaseModel, one: BenefitLine, other: BenefitLine) -> bool:
    first, second = _months(model, one), _months(model, other)
    return first[0] <= second[1] and second[0] <= first[1]


def _months(model: CaseModel, line: BenefitLine) -> tuple[int, int]:
    """Return the columns a line can run in; one that is tied to the roadmap can run in any."""
    timing = line.timing
    if line.basis is Basis.AMOUNTS or timing.start_milestone or timing.end_milestone:
        return 0, model.horizon_months
    return timing.start_month, model.horizon_months if timing.end_month is None else timing.end_month
