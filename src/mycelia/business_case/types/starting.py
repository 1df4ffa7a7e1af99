"""A guided start: questions with ranges, and the first honest case that follows from the answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from mycelia.business_case.types.builders import InputKind
from mycelia.business_case.types.estimates import Estimate
from mycelia.business_case.types.items import ItemValue


@dataclass(frozen=True)
class Question:
    """One number that a template asks for, with a default to begin from.

    Attributes:
        name: Stable name within its template.
        label, unit, help: For readers; translatable.
        low, likely, high: The default, as a PERT estimate in the question's unit; shares are fractions.
        source: Where the default is published; empty for a placeholder, which has to be replaced or confirmed.
    """

    name: str
    label: object
    unit: object
    low: Decimal
    likely: Decimal
    high: Decimal
    kind: InputKind = InputKind.COUNT
    source: str = ""
    help: object = ""


@dataclass(frozen=True)
class Answer:
    """What was answered, and who says so; without a source it is a placeholder."""

    estimate: Estimate
    source: str

    @property
    def is_placeholder(self) -> bool:
        """Return whether nobody stands behind the number."""
        return not self.source.strip()


Answers = Mapping[str, Answer]
Composer = Callable[[Answers, str], tuple[ItemValue, ...]]
"""From the answers and the key of the option to the items of the case, in an order in which they can be added."""


@dataclass(frozen=True)
class Template:
    """A kind of case that can be begun from a handful of numbers."""

    key: str
    title: object
    lead: object
    questions: tuple[Question, ...]
    compose: Composer
