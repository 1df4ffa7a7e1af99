"""Rules for single numbers and for estimates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto

from mycelia.business_case.types import Adoption, AdoptionKind, Estimate, Problem, ProblemKind, Shape

LARGEST = Decimal(10) ** 13
LONGEST_DAYS = Decimal(3650)
MOST_PLACES = 20
WIDEST = 1000
"""A 90th percentile more than a thousand times the 10th says nothing that could be computed with."""


class Range(Enum):
    """What a number may be: 0 or more, from 0 to 1, or above 0."""

    COUNT = auto()
    SHARE = auto()
    POSITIVE = auto()


@dataclass(frozen=True)
class Field:
    """Where a number is entered, and what it may be."""

    subject: str
    name: str
    range: Range = Range.COUNT
    largest: Decimal = LARGEST

    def problem(self, kind: ProblemKind, *detail: object) -> Problem:
        """Return a problem at this field."""
        return Problem(self.subject, self.name, kind, tuple(str(each) for each in detail))


def number_problems(field: Field, number: Decimal | None) -> Iterator[Problem]:
    """Yield what is wrong with one number."""
    if number is None:
        yield field.problem(ProblemKind.MISSING)
    elif not number.is_finite():
        yield field.problem(ProblemKind.NOT_A_NUMBER)
    elif -int(number.as_tuple().exponent) > MOST_PLACES:
        yield field.problem(ProblemKind.TOO_FINE, MOST_PLACES)
    elif number < 0:
        yield field.problem(ProblemKind.NEGATIVE, number)
    elif field.range is Range.SHARE and number > 1:
        yield field.problem(ProblemKind.NOT_A_SHARE, number)
    elif field.range is Range.POSITIVE and number == 0:
        yield field.problem(ProblemKind.NOT_POSITIVE, number)
    elif number > field.largest:
        yield field.problem(ProblemKind.TOO_LARGE, number, field.largest)


def rate_problems(field: Field, rate: Decimal | None) -> Iterator[Problem]:
    """Yield what is wrong with a rate of change per year: it has to be above -1 and at most 10."""
    if rate is not None and not (rate.is_finite() and -1 < rate <= 10):
        yield field.problem(ProblemKind.IMPOSSIBLE_RATE, rate)


def estimate_problems(field: Field, estimate: Estimate) -> Iterator[Problem]:
    """Yield what is wrong with an estimate."""
    if estimate.shape is Shape.LIST:
        if not estimate.values:
            yield field.problem(ProblemKind.EMPTY_LIST)
        for value in estimate.values:
            yield from number_problems(field, value)
        return
    numbers = _numbers(estimate)
    found = [problem for number in numbers for problem in number_problems(field, number)]
    yield from found
    if not found:
        yield from _shape_problems(field, estimate, [number for number in numbers if number is not None])


def adoption_problems(subject: str, name: str, adoption: Adoption) -> Iterator[Problem]:
    """Yield what is wrong with an adoption curve; its fields begin with `name`, such as "adoption"."""
    yield from estimate_problems(Field(subject, f"{name}_ceiling", Range.SHARE), adoption.ceiling)
    yield from estimate_problems(Field(subject, f"{name}_tempo", Range.POSITIVE, Decimal(100)), adoption.tempo)
    if adoption.kind is AdoptionKind.BASS:
        terms = {"innovation_per_year": (Range.POSITIVE, 100), "imitation_per_year": (Range.COUNT, 100)}
    elif adoption.kind is AdoptionKind.LOGISTIC:
        terms = {"midpoint_months": (Range.COUNT, 1200), "steepness_per_month": (Range.POSITIVE, 100)}
    else:
        terms = {}
    for term, (within, largest) in terms.items():
        field = Field(subject, f"{name}_{term}", within, Decimal(largest))
        yield from number_problems(field, getattr(adoption, term))
    if adoption.kind is AdoptionKind.STEPS:
        yield from _step_problems(Field(subject, f"{name}_steps", Range.SHARE), adoption.steps)


def _step_problems(field: Field, steps: tuple[tuple[int, Decimal], ...]) -> Iterator[Problem]:
    months = [month for month, _ in steps]
    if not steps:
        yield field.problem(ProblemKind.MISSING)
    if months != sorted(set(months)) or any(month < 0 for month in months):
        yield field.problem(ProblemKind.STEPS_OUT_OF_ORDER)
    for _, share in steps:
        yield from number_problems(field, share)


def _numbers(estimate: Estimate) -> list[Decimal | None]:
    match estimate.shape:
        case Shape.FIXED:
            return [estimate.likely]
        case Shape.LOGNORMAL:
            return [estimate.low, estimate.high]
        case _:
            return [estimate.low, estimate.likely, estimate.high]


def _shape_problems(field: Field, estimate: Estimate, numbers: list[Decimal]) -> Iterator[Problem]:
    if numbers != sorted(numbers):
        yield field.problem(ProblemKind.OUT_OF_ORDER, *numbers)
    if estimate.shape is Shape.LOGNORMAL:
        if numbers[0] == 0:
            yield field.problem(ProblemKind.NOT_POSITIVE, numbers[0])
        elif numbers[1] > WIDEST * numbers[0]:
            yield field.problem(ProblemKind.TOO_WIDE, *numbers, WIDEST)
        if field.range is Range.SHARE:
            yield field.problem(ProblemKind.UNBOUNDED_SHARE)
