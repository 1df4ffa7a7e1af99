"""The part of the blueprint that a case refers to, in the file of the case. Systems are named by their keys."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from mycelia.business_case.types.blueprint import (
    Element,
    Lifecycle,
    LinkDepth,
    LinkDirection,
    Moment,
    Part,
    Protocol,
    SystemPurpose,
)
from mycelia.business_case.types.readiness import ProposalKind


@dataclass(frozen=True)
class SystemRecord:
    """A system; meanings as in `SystemTerms`. `owner` is an e-mail address, empty for nobody."""

    key: str
    name: str
    purpose: SystemPurpose
    description: str = ""
    vendor: str = ""
    owner: str = ""
    lifecycle: Lifecycle = Lifecycle.ACTIVE
    users_licensed: int | None = None
    users_active: int | None = None
    counted_on: date | None = None
    yearly_cost: Decimal | None = None
    exit_cost: Decimal | None = None
    currency: str = "EUR"
    contract_end: date | None = None
    end_of_life: date | None = None
    elements: tuple[Element, ...] = ()
    is_platform: bool = False
    is_synthetic: bool = False


@dataclass(frozen=True)
class LinkRecord:
    """A link between two systems of the file."""

    key: str
    source: str
    target: str
    protocol: Protocol
    direction: LinkDirection = LinkDirection.FORWARD
    depth: LinkDepth = LinkDepth.SCHEDULED
    note: str = ""


@dataclass(frozen=True)
class PartRecord:
    """One system's part in a content model."""

    system: str
    moment: Moment
    part: Part


@dataclass(frozen=True)
class ContentModelRecord:
    """A content model with every system's part in it."""

    key: str
    name: str
    description: str = ""
    parts: tuple[PartRecord, ...] = ()
    is_synthetic: bool = False


@dataclass(frozen=True)
class ElementRecord:
    """One of the six elements; meanings as in `ElementTerms`. `owner` is an e-mail address, empty for nobody."""

    element: Element
    today: str = ""
    target: str = ""
    maturity_today: int | None = None
    maturity_target: int | None = None
    owner: str = ""
    notes: str = ""
    evidence: str = ""
    is_synthetic: bool = False


@dataclass(frozen=True)
class FindingRecord:
    """A finding that was accepted into the case, and the item it became.

    Attributes:
        finding: As it was when it was decided.
        item: Key of the line or work item.
    """

    finding: dict[str, Any]
    item_kind: ProposalKind
    item: str
    decided_by: str
    decided_at: datetime


@dataclass(frozen=True)
class BlueprintRecord:
    """What the accepted findings of a case are about, whole: with the links and parts between those systems."""

    systems: tuple[SystemRecord, ...] = ()
    links: tuple[LinkRecord, ...] = ()
    models: tuple[ContentModelRecord, ...] = ()
    elements: tuple[ElementRecord, ...] = ()
    findings: tuple[FindingRecord, ...] = ()
