"""A guided start: questions with ranges, and the first honest case that follows from the answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from mycelia.business_case.types.builders import InputKind
from mycelia.business_case.types.estimates import FULL_ADOPTION, Adoption, Estimate
from mycelia.business_case.types.lines import THROUGHOUT, Driver, EvidenceGrade, Recurrence, Timing
from mycelia.business_case.types.vocabulary import BenefitCategory, CostCategory, Direction


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


@dataclass(frozen=True)
class CostSketch:
    """A cost that follows from answers; the rest means what it means in `CostLine`.

    Attributes:
        price, quantity: Names of questions; without a quantity it is one.
    """

    key: str
    category: CostCategory
    description: object
    price: str
    quantity: str = ""
    unit: object = ""
    driver: Driver = Driver.NONE
    recurrence: Recurrence = Recurrence.ONE_OFF
    timing: Timing = THROUGHOUT


@dataclass(frozen=True)
class BenefitSketch:
    """A benefit that follows from answers, the rest means what it means in `BenefitLine`.

    Attributes:
        inputs: Names of questions by name of an input of the builder.
        timing: From when on; the month after everybody has it, unless stated.
        is_direct: Whether nothing else can have caused it; else the answers on isolation and confidence reduce it.
        saves_learner_time: Whether what it saves is time of learners.
    """

    key: str
    category: BenefitCategory
    description: object
    inputs: Mapping[str, str]
    evidence_grade: EvidenceGrade = EvidenceGrade.EXPERT
    ramp_months: int = 0
    timing: Timing | None = None
    follows_case_adoption: bool = False
    is_direct: bool = False
    saves_learner_time: bool = False


@dataclass(frozen=True)
class GoalSketch:
    """An objective with the draft of its KPI, which still lacks baseline, target, owner and source."""

    key: str
    title: object
    kpi: object
    unit: object
    direction: Direction


@dataclass(frozen=True)
class Template:
    """A kind of case that can be begun from a handful of numbers.

    Attributes:
        adoption: Share of the people in scope who use it from when it is live, as nobody has confirmed it yet; complete
            at once where nothing depends on it.
        adoption_source: Where that comes from; translatable.
        build_title, build_days: The work between planning and the pilot, and how many days it takes.
        content_hours: Name of the question for the hours of content; empty where none is made.
    """

    key: str
    title: object
    lead: object
    questions: tuple[Question, ...]
    build_title: object
    build_days: Estimate
    costs: tuple[CostSketch, ...]
    benefits: tuple[BenefitSketch, ...]
    goal: GoalSketch
    content_hours: str = ""
    adoption: Adoption = FULL_ADOPTION
    adoption_source: object = ""
