"""Values of the record store."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple, TypeAlias
from uuid import UUID

from msgspec import Struct

Json: TypeAlias = dict[str, Any]
"""A decoded JSON object."""


class ObjectKind(StrEnum):
    """What a statement is about."""

    ACTIVITY = "Activity"
    AGENT = "Agent"
    GROUP = "Group"
    SUB_STATEMENT = "SubStatement"
    STATEMENT_REFERENCE = "StatementRef"


class Scope(StrEnum):
    """What a credential covers, named as the specification names it.

    References:
        xAPI 1.0.3 Part Three 4.2, scope names.
    """

    STATEMENTS_WRITE = "statements/write"
    STATEMENTS_READ_MINE = "statements/read/mine"
    STATEMENTS_READ = "statements/read"
    STATE = "state"
    DEFINE = "define"
    PROFILE = "profile"
    ALL_READ = "all/read"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Client:
    """Who sends requests to `/xapi/`.

    Args:
        name: Readable.
        authority: The agent who vouches for what they send.
        scopes: What they may do.
        credential_id: The credential they used; None for a token that stands for a person alone.
        origins: The web origins that browsers may send from; "*" is every one.
        requests_per_minute: How often they may ask; None is as often as the installation lets everybody.
    """

    name: str
    authority: Json
    scopes: frozenset[Scope]
    credential_id: int | None = None
    origins: frozenset[str] = frozenset()
    requests_per_minute: int | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """What a credential is good for.

    Args:
        scopes: What it covers, at least one.
        origins: Web origins that browsers may use it from, such as "https://lms.example.com"; "*" is every one,
            none is no browser at all.
        expires_at: When it ends; None is never.
        requests_per_minute: How often it may ask; None is the installation's limit.
    """

    scopes: frozenset[Scope]
    origins: frozenset[str] = frozenset()
    expires_at: datetime | None = None
    requests_per_minute: int | None = None


@dataclass(frozen=True, slots=True)
class NewCredential:
    """A credential just made or rotated; the only place where its secret is ever readable."""

    credential_id: int
    name: str
    key: str
    secret: str = field(repr=False)
    scopes: tuple[Scope, ...]


class AgentKey(NamedTuple):
    """What identifies an agent or an identified group: the kind of identifier, its value, an account's home page."""

    kind: str
    value: str
    home_page: str = ""


class Extract(Struct, frozen=True, gc=False):
    """What of a statement is indexed.

    `agents` and `activities` say for each whether it stands directly in the statement (actor or object, the members
    of groups included) or is only related to it. `registration` and `target_id` are the 16 octets of a UUID.
    """

    verb: str
    object_kind: ObjectKind
    actor: AgentKey | None
    authority: AgentKey | None
    registration: bytes | None
    agents: dict[AgentKey, bool]
    activities: dict[str, bool]
    target_id: bytes | None
    is_voiding: bool

    def is_known(self, iris: Container[str], agents: Container[AgentKey]) -> bool:
        """Return whether all its texts are among some."""
        return (
            self.verb in iris
            and (self.actor is None or self.actor in agents)
            and (self.authority is None or self.authority in agents)
            and all(text in iris for text in self.activities)
            and all(key in agents for key in self.agents)
        )


class Prepared(Struct, frozen=True, gc=False):
    """A valid statement ready to be written: completed, indexed by `extract`.

    `identifier` is the 16 octets of its UUID; `has_own_timestamp` says whether it was sent with one. `definitions`
    are those of its activities, by IRI and as JSON, where whoever sends it may define them.
    """

    identifier: bytes
    stored: datetime
    occurred: datetime
    has_own_timestamp: bool
    version: str
    payload: bytes
    extract: Extract
    definitions: tuple[tuple[str, bytes], ...] = ()


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the store adds to every statement of a batch.

    Args:
        stored: The moment of storing, aware, in UTC; `written` is its text.
        sent_under: The version of the specification the batch is sent under.
        version: The version given to a statement that names none.
        authority: The agent who vouches for them, with what of it is indexed.
        addition: The end of a statement that brings neither, from the comma to the last brace.
        defines: Whether their definitions of activities add to what is known of these.
    """

    stored: datetime
    written: str
    sent_under: str
    version: str
    authority: Json
    authority_key: AgentKey | None
    authority_members: dict[AgentKey, bool]
    addition: bytes
    defines: bool


class Cursor(NamedTuple):
    """A place in the order of the store; reading goes on after it."""

    stored: datetime
    sequence: int


@dataclass(frozen=True, slots=True)
class StatementFilter:
    """Which statements to read; None does not narrow.

    Args:
        agent: Actor or object; with `related_agents` also authority, instructor, team and those of a sub-statement.
        verb: IRI.
        activity: IRI of the object; with `related_activities` also those of the context and of a sub-statement.
        registration: The learner's run through something.
        since: Only stored after this moment.
        until: Only stored at or before this moment.
        ascending: Oldest first.
        limit: At most this many, 1 to 1000.
        after: Go on after this place.
        settled_only: Leave out what might still be preceded by a write under way, so that a reader who goes on from
            the last cursor never misses one.
        authority: Only what came under this authority.
        includes_voided: Also those that are voided, as a copy of the store needs them.
        acting_only: Only where `agent` is the actor, not what refers to such a statement.
    """

    agent: AgentKey | None = None
    verb: str | None = None
    activity: str | None = None
    registration: UUID | None = None
    related_agents: bool = False
    related_activities: bool = False
    since: datetime | None = None
    until: datetime | None = None
    ascending: bool = False
    limit: int = 100
    after: Cursor | None = None
    settled_only: bool = False
    authority: AgentKey | None = None
    includes_voided: bool = False
    acting_only: bool = False


@dataclass(frozen=True, slots=True)
class StoredStatement:
    """A statement as it was stored; `payload` is its JSON in UTF-8, byte for byte what is served."""

    statement_id: UUID
    stored: datetime
    sequence: int
    occurred: datetime
    registration: UUID | None
    is_voided: bool
    payload: bytes

    @property
    def cursor(self) -> Cursor:
        """Return the statement's place in the order of the store."""
        return Cursor(self.stored, self.sequence)


@dataclass(frozen=True, slots=True)
class StatementPage:
    """A part of an answer; `more` is where the next part begins, None at the end."""

    statements: tuple[StoredStatement, ...] = ()
    more: Cursor | None = field(default=None)


class DocumentKind(StrEnum):
    """What a document belongs to."""

    STATE = "state"
    ACTIVITY_PROFILE = "activity_profile"
    AGENT_PROFILE = "agent_profile"


@dataclass(frozen=True, slots=True)
class DocumentContext:
    """Where documents lie: a state has activity and agent, a profile the one it is of.

    `registration` narrows states to one run; None is every state in a list and the one without any for a name.
    """

    kind: DocumentKind
    activity: str | None = None
    agent: AgentKey | None = None
    registration: UUID | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """What somebody keeps under a name: content and its type byte for byte, tag, and the moment of its last change."""

    content_type: str
    content: bytes
    etag: str
    stored: datetime


class Step(NamedTuple):
    """Requests in a step of time that begins at `at`."""

    at: datetime
    accepted: int
    refused: int


BROKEN_AFTER = 5
"""A store that failed so often in a row is tried one by one, to find out whether a statement does it."""


class Pause(StrEnum):
    """Why nothing is sent to a destination until somebody resumes it."""

    ADMINISTRATOR = "administrator"
    CREDENTIAL_REFUSED = "credential_refused"
    EVERYTHING_REFUSED = "everything_refused"
    SECRET_LOST = "secret_lost"  # noqa: S105 -- names a state


@dataclass(frozen=True, slots=True)
class Target:
    """Another record store and how to enter it.

    Args:
        endpoint: What its resources' names are appended to; http or https, ends with a slash.
        version: The version of xAPI it is spoken to in, "1.0.3" or "2.0.0".
        key: User name of HTTP Basic.
        secret: Password of HTTP Basic.
    """

    endpoint: str
    version: str
    key: str
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Route:
    """What is forwarded where; the secret is kept apart.

    Args:
        name: Readable, unique.
        endpoint: As in `Target`.
        version: As in `Target`.
        key: As in `Target`.
        wanted: Which statements; place, limit and order are not part of it.
    """

    name: str
    endpoint: str
    version: str
    key: str
    wanted: StatementFilter = field(default_factory=StatementFilter)


@dataclass(frozen=True, slots=True)
class Answer:
    """What another store answered; headers by name in small letters, the body cut at a limit."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Waiting:
    """How far a destination lags: statements (counted to a limit) and when the first of them was stored."""

    count: int
    is_more: bool
    oldest: datetime | None


class DeliveryHour(NamedTuple):
    """What became of forwarding in the hour that begins at `at`: statements, and attempts that failed."""

    at: datetime
    delivered: int = 0
    refused: int = 0
    failures: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """How a destination stands; counts since it was set up, `waiting` counted to a limit and over it where `is_more`.

    `lag_seconds` is the age of the first statement that waits, 0 where none does.
    """

    destination_id: int
    name: str
    endpoint: str
    pause_reason: str
    waiting: int
    is_more: bool
    lag_seconds: float
    delivered: int
    refused: int
    failures: int
    consecutive_failures: int
    dead_letters: int
    last_success_at: datetime | None
    last_error_at: datetime | None
    last_error: str
    next_attempt_at: datetime | None


@dataclass(frozen=True, slots=True)
class RunReport:
    """What one run for a destination did; `failure` says why not all was sent, "" where nothing failed.

    `is_more` says that its time was over before it had found that nothing waits any more.
    """

    destination_id: int
    delivered: int = 0
    refused: int = 0
    is_busy: bool = False
    is_more: bool = False
    failure: str = ""
