"""The organisation's blueprint: its systems, what they hold, how they hang together, and the six elements."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class SystemPurpose(StrEnum):
    """What a system is there for; two live systems of one purpose overlap, except of OTHER."""

    LEARNING_PLATFORM = "learning_platform"
    KNOWLEDGE_BASE = "knowledge_base"
    AUTHORING = "authoring"
    MEDIA = "media"
    ASSESSMENT = "assessment"
    LIVE_SESSIONS = "live_sessions"
    COLLABORATION = "collaboration"
    SKILLS = "skills"
    HUMAN_RESOURCES = "human_resources"
    IDENTITY = "identity"
    ANALYTICS = "analytics"
    PERFORMANCE_SUPPORT = "performance_support"
    OTHER = "other"


class Lifecycle(StrEnum):
    """Where a system stands in its life; `calc.lifecycle` says what may follow what."""

    PLANNED = "planned"
    PILOT = "pilot"
    ACTIVE = "active"
    SUNSET = "sunset"
    RETIRED = "retired"


class Protocol(StrEnum):
    """How two systems talk; NONE is work by hand that no protocol carries."""

    XAPI = "xapi"
    CMI5 = "cmi5"
    SCORM = "scorm"
    LTI = "lti"
    OIDC = "oidc"
    SAML = "saml"
    SCIM = "scim"
    API = "api"
    FILE = "file"
    NONE = "none"


class LinkDirection(StrEnum):
    """Which way a link carries: from its source to its target, or both ways."""

    FORWARD = "forward"
    BOTH = "both"


class LinkDepth(StrEnum):
    """How close two systems are, from copying by hand to one inside the other."""

    MANUAL = "manual"
    SCHEDULED = "scheduled"
    IMMEDIATE = "immediate"
    EMBEDDED = "embedded"


class Element(StrEnum):
    """The six elements of a learning ecosystem."""

    STRATEGY = "strategy"
    PROCESS = "process"
    CULTURE = "culture"
    CONTENT = "content"
    DELIVERY = "delivery"
    TECHNOLOGY = "technology"


class Moment(StrEnum):
    """Of which state something is said: as it is, or as it is meant to be."""

    TODAY = "today"
    TARGET = "target"


class Part(StrEnum):
    """What a system does with a content model: it is where the model is kept up, or it works with a copy."""

    MASTER = "master"
    CONSUMER = "consumer"


LOWEST_MATURITY = 1
HIGHEST_MATURITY = 5


@dataclass(frozen=True)
class SystemTerms:
    """What a person states about a system; None is unknown.

    Attributes:
        yearly_cost: In `currency`, not negative; what it costs to sustain.
        exit_cost: In `currency`, not negative; what it costs once to leave it.
        users_licensed, users_active: People; active are those who used it within `counted_on`'s last 90 days.
        counted_on: The day the users were counted.
        is_platform: It is Mycelia itself, whose active users are counted by the platform.
    """

    name: str
    purpose: SystemPurpose
    description: str = ""
    vendor: str = ""
    owner_id: int | None = None
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
class LinkTerms:
    """What a person states about the link from one system to another, by primary key."""

    source_id: int
    target_id: int
    protocol: Protocol
    direction: LinkDirection = LinkDirection.FORWARD
    depth: LinkDepth = LinkDepth.SCHEDULED
    note: str = ""


@dataclass(frozen=True)
class Placement:
    """One system's part in a content model, today or in the target state."""

    system_id: int
    moment: Moment
    part: Part


@dataclass(frozen=True)
class ContentModelTerms:
    """What a person states about a content model, with every system's part in it."""

    name: str
    description: str = ""
    placements: tuple[Placement, ...] = ()
    is_synthetic: bool = False


@dataclass(frozen=True)
class ElementTerms:
    """What a person states about one of the six elements; maturity 1 to 5, None is not assessed."""

    today: str = ""
    target: str = ""
    maturity_today: int | None = None
    maturity_target: int | None = None
    owner_id: int | None = None
    notes: str = ""
    evidence: str = ""
    is_synthetic: bool = False
