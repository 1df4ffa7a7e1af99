"""The readiness check: a frozen picture of the blueprint with real usage, and what is found in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from mycelia.business_case.types.blueprint import (
    Element,
    Lifecycle,
    LinkDepth,
    LinkDirection,
    Moment,
    Protocol,
    SystemPurpose,
)
from mycelia.business_case.types.platform_record import PlatformRecord
from mycelia.business_case.types.vocabulary import BenefitCategory, CostCategory


@dataclass(frozen=True)
class SystemPicture:
    """One system as the check sees it; meanings as in `SystemTerms`.

    Attributes:
        owner: Name; empty when there is none.
        owner_is_active: Whether that person's account still works.
    """

    key: str
    name: str
    purpose: SystemPurpose
    lifecycle: Lifecycle
    owner: str = ""
    owner_is_active: bool = True
    users_licensed: int | None = None
    users_active: int | None = None
    counted_on: date | None = None
    yearly_cost: Decimal | None = None
    exit_cost: Decimal | None = None
    currency: str = "EUR"
    contract_end: date | None = None
    end_of_life: date | None = None
    is_platform: bool = False

    @property
    def is_live(self) -> bool:
        """Return whether people use it: pilot, active, or sunset and not yet retired."""
        return self.lifecycle in (Lifecycle.PILOT, Lifecycle.ACTIVE, Lifecycle.SUNSET)


@dataclass(frozen=True)
class LinkPicture:
    """One link; `source` and `target` are keys of systems."""

    key: str
    source: str
    target: str
    protocol: Protocol
    direction: LinkDirection
    depth: LinkDepth


@dataclass(frozen=True)
class ModelPicture:
    """One content model with the keys of the systems that master it and that work with it."""

    key: str
    name: str
    masters_today: tuple[str, ...] = ()
    masters_target: tuple[str, ...] = ()
    consumers_today: tuple[str, ...] = ()
    consumers_target: tuple[str, ...] = ()

    def masters(self, moment: Moment) -> tuple[str, ...]:
        """Return the masters of a state."""
        return self.masters_today if moment is Moment.TODAY else self.masters_target

    def consumers(self, moment: Moment) -> tuple[str, ...]:
        """Return the systems that work with a copy in a state."""
        return self.consumers_today if moment is Moment.TODAY else self.consumers_target


@dataclass(frozen=True)
class ElementPicture:
    """One element; maturity from 1 to 5, None where nobody has assessed it."""

    element: Element
    maturity_today: int | None = None
    maturity_target: int | None = None
    owner: str = ""
    owner_is_active: bool = True
    has_evidence: bool = False


@dataclass(frozen=True)
class Usage:
    """What the platform itself counts.

    Attributes:
        people: Active accounts.
        learners: Those of them who did something in a course within the last 90 days.
        without_unit: Active accounts that are in no unit today.
    """

    people: int
    learners: int
    without_unit: int


@dataclass(frozen=True)
class Landscape:
    """Everything the check looks at, as it stood on `as_of`; dates count until `horizon`.

    `record` is what briefs tell of the platform besides; None where it was not looked at, which takes a while.
    """

    as_of: date
    horizon: date
    systems: tuple[SystemPicture, ...] = ()
    links: tuple[LinkPicture, ...] = ()
    models: tuple[ModelPicture, ...] = ()
    elements: tuple[ElementPicture, ...] = ()
    usage: Usage | None = None
    record: PlatformRecord | None = None


class FindingRule(StrEnum):
    """What can be found; the order is that of a reader's interest within one severity."""

    OVERLAP = "overlap"
    UNUSED_LICENCES = "unused_licences"
    COST_WITHOUT_USERS = "cost_without_users"
    RETIRED_COSTS = "retired_costs"
    MORE_USERS_THAN_LICENCES = "more_users_than_licences"
    SEVERAL_MASTERS = "several_masters"
    NO_MASTER = "no_master"
    MASTER_LEAVES = "master_leaves"
    MISSING_LINK = "missing_link"
    RETIRED_LINKED = "retired_linked"
    END_OF_LIFE = "end_of_life"
    CONTRACT_END = "contract_end"
    UNOWNED = "unowned"
    INCOMPLETE = "incomplete"
    STALE_COUNT = "stale_count"
    PEOPLE_WITHOUT_UNIT = "people_without_unit"
    ELEMENT_GAP = "element_gap"
    ELEMENT_NOT_ASSESSED = "element_not_assessed"


class Severity(StrEnum):
    """How much a finding matters, most first."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class RowKind(StrEnum):
    """What an evidence row is a row of."""

    SYSTEM = "system"
    LINK = "link"
    MODEL = "model"
    ELEMENT = "element"
    PEOPLE = "people"


FactValue = str | int | Decimal | date | bool | None


@dataclass(frozen=True)
class Fact:
    """One named value behind a finding; `name` is that of the register's column, `unit` a currency or empty."""

    name: str
    value: FactValue
    unit: str = ""


@dataclass(frozen=True)
class EvidenceRow:
    """One row of the register, or of what the platform counts, with the values a finding rests on."""

    kind: RowKind
    key: str
    name: str
    facts: tuple[Fact, ...] = ()


class ProposalKind(StrEnum):
    """What a finding becomes in a case."""

    COST = "cost"
    BENEFIT = "benefit"
    WORK_ITEM = "work_item"


@dataclass(frozen=True)
class Saving:
    """What one system would no longer cost a year.

    Attributes:
        paid_until: Last day of its contract, until which it costs all the same; None where the register has none.
    """

    system: str
    amount: Decimal
    currency: str
    paid_until: date | None = None


@dataclass(frozen=True)
class Proposal:
    """A suggested line of a case; the person who accepts it may change every amount.

    Attributes:
        amount: A year where `is_yearly`, else once; None when the register does not know it.
    """

    kind: ProposalKind
    category: CostCategory | BenefitCategory | None = None
    amount: Decimal | None = None
    currency: str = ""
    is_yearly: bool = False


@dataclass(frozen=True)
class ReadinessFinding:
    """Something the check found.

    Attributes:
        key: The same for the same rule and subjects in every run, so that a decision stays with it.
        facts: The values of its sentence, by name.
        savings: What each system would no longer cost, so that no cost is saved twice in one case.
        proposals: What it can become, the suggested one first; empty when it is put right in the register itself.
    """

    key: str
    rule: FindingRule
    severity: Severity
    facts: tuple[Fact, ...]
    evidence: tuple[EvidenceRow, ...]
    savings: tuple[Saving, ...] = ()
    proposals: tuple[Proposal, ...] = ()

    @property
    def paid_until(self) -> date | None:
        """Return the last day on which anything is still paid that is to be saved; None where no contract runs."""
        return max((one.paid_until for one in self.savings if one.paid_until is not None), default=None)

    def fact(self, name: str) -> FactValue:
        """Return one value of the sentence.

        Raises:
            KeyError: There is none of that name.
        """
        return {fact.name: fact.value for fact in self.facts}[name]


class DecisionKind(StrEnum):
    """What a person made of a finding."""

    ACCEPTED = "accepted"
    DISMISSED = "dismissed"
    DEFERRED = "deferred"


@dataclass(frozen=True)
class Acceptance:
    """What a finding is to become in a case, as the person who accepts it has it.

    Attributes:
        proposal: Place of the chosen proposal among the finding's.
        title: Description of the line, or title of the work item.
        amount: In the case's currency; a year where the proposal is yearly, else once. None for a work item.
        first_month: Column from which the amount counts: 0 is the start.
        days: Working days a work item takes.
    """

    proposal: int
    title: str
    amount: Decimal | None = None
    first_month: int = 1
    days: int | None = None
