"""Values of packages, attempts and tracking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID


class PackageKind(StrEnum):
    """The kinds of package that can be played."""

    SCORM_12 = "scorm12"


class ItemKind(StrEnum):
    """Whether a part of a package talks to the platform (a SCO) or is only shown (an asset)."""

    SCO = "sco"
    ASSET = "asset"


class LessonStatus(StrEnum):
    """The vocabulary of `cmi.core.lesson_status`, from least to most.

    References:
        SCORM 1.2 Run-Time Environment, 3.4.4, cmi.core.lesson_status.
    """

    NOT_ATTEMPTED = "not attempted"
    BROWSED = "browsed"
    INCOMPLETE = "incomplete"
    FAILED = "failed"
    COMPLETED = "completed"
    PASSED = "passed"

    @property
    def is_complete(self) -> bool:
        """Return whether the part counts as done; a failed one does not."""
        return self in {LessonStatus.COMPLETED, LessonStatus.PASSED}


class EntryKind(StrEnum):
    """What a journal entry tells."""

    LAUNCHED = "launched"
    VIEWED = "viewed"
    INITIALIZED = "initialized"
    SAVED = "saved"
    COMMITTED = "committed"
    FINISHED = "finished"
    CLOSED = "closed"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class PackageItem:
    """One part of a package in the order of its manifest.

    Args:
        identifier: The item's identifier, unique in the package.
        title: Its title, never empty.
        section: Titles of the groups it stands in, outermost first.
        href: Path inside the package, with query and fragment, ready to be appended to the package's address.
        kind: SCO or asset.
        mastery_score: Raw score from which the part is passed, if the manifest names one.
        launch_text: What the manifest hands to the part (`adlcp:datafromlms`).
        prerequisites: The manifest's script of prerequisites, kept, not enforced.
        max_time_allowed: SCORM timespan, empty where unlimited.
        time_limit_action: SCORM vocabulary, empty where none.
        visible: False for a part the manifest keeps out of menus.
    """

    identifier: str
    title: str
    href: str
    kind: ItemKind
    section: tuple[str, ...] = ()
    mastery_score: Decimal | None = None
    launch_text: str = ""
    prerequisites: str = ""
    max_time_allowed: str = ""
    time_limit_action: str = ""
    visible: bool = True


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a package says about itself."""

    kind: PackageKind
    identifier: str
    title: str
    items: tuple[PackageItem, ...]
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PackageLimits:
    """What an uploaded package may be at most; the one place these numbers are stated.

    Args:
        upload_bytes: Size of the zip file.
        unpacked_bytes: Size of all files together once unpacked.
        file_bytes: Size of one file once unpacked.
        files: Number of files and folders.
        ratio: Unpacked size over packed size, checked above `ratio_from_bytes` of unpacked content.
        ratio_from_bytes: Below this size the ratio does not matter.
        path_characters: Length of a path inside the zip.
        path_depth: Folders within folders.
        manifest_bytes: Size of the manifest.
        manifest_depth: Elements within elements of the manifest.
        manifest_items: Parts the manifest names.
        directory_bytes: Size of the zip's own directory of entries.
    """

    upload_bytes: int = 500 * 1024 * 1024
    unpacked_bytes: int = 2 * 1024 * 1024 * 1024
    file_bytes: int = 1024 * 1024 * 1024
    files: int = 10_000
    ratio: int = 100
    ratio_from_bytes: int = 10 * 1024 * 1024
    path_characters: int = 240
    path_depth: int = 16
    manifest_bytes: int = 5 * 1024 * 1024
    manifest_depth: int = 40
    manifest_items: int = 5_000
    directory_bytes: int = 10 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One message from the player as the fold reads it.

    Args:
        session: One launch of one part; version 7, so that sessions sort by their start on the server's clock.
        sequence: Position within the session, 0 for the launch itself.
        item: Identifier of the part that was launched.
        elements: Data model elements that changed since the message before, unchecked.
        elapsed_seconds: How long the part has been on the screen in this session, by the browser's clock.
    """

    session: UUID
    sequence: int
    kind: EntryKind
    item: str
    received_at: datetime
    elements: Mapping[str, str] = field(default_factory=dict)
    elapsed_seconds: int | None = None

    @property
    def position(self) -> tuple[UUID, int]:
        """Return what entries are ordered by, whatever order they arrived in."""
        return (self.session, self.sequence)


@dataclass(frozen=True, slots=True)
class ItemState:
    """Where a learner stands in one part of a package.

    `status` is what the part last said and is handed back to it; `record` is what it has proven and never falls.
    `initialized` says that it has ever talked to the platform, `finished` and `exit` how it last ended.
    Times are hundredths of a second, the grain of SCORM 1.2; `running_time` is the newest session's, reported by the
    part (`time_reported`) or measured by the browser.
    """

    launches: int = 0
    initialized: bool = False
    finished: bool = False
    exit: str = ""
    status: LessonStatus | None = None
    record: LessonStatus = LessonStatus.NOT_ATTEMPTED
    elements: Mapping[str, str] = field(default_factory=dict)
    score_scaled: Decimal | None = None
    completed_in: UUID | None = None
    completed_at: datetime | None = None
    banked_time: int = 0
    running_time: int = 0
    time_reported: bool = False

    @property
    def total_time(self) -> int:
        """Return hundredths of a second over all sessions."""
        return self.banked_time + self.running_time

    @property
    def location(self) -> str:
        """Return the bookmark the part left."""
        return self.elements.get("cmi.core.lesson_location", "")

    @property
    def suspend_text(self) -> str:
        """Return the state the part left for itself (`cmi.suspend_data`)."""
        return self.elements.get("cmi.suspend_data", "")


@dataclass(frozen=True, slots=True)
class AttemptState:
    """Where a learner stands in a whole package; a pure function of the journal.

    Args:
        items: State by item identifier; parts never launched are absent.
        position: The newest entry folded, None before the first.
        current_item: The part launched last, where a learner resumes.
        completed_items: How many parts are done.
        completed: Whether every part is done; never falls back.
        passed: None until a part reports passed or failed.
        score_scaled: Mean of the parts' scores, 0 to 1, rounded down.
        total_time: Hundredths of a second.
        away: Whether the learner has said good-bye since the last launch.
    """

    items: Mapping[str, ItemState] = field(default_factory=dict)
    position: tuple[UUID, int] | None = None
    current_item: str = ""
    completed_items: int = 0
    completed: bool = False
    completed_at: datetime | None = None
    passed: bool | None = None
    score_scaled: Decimal | None = None
    total_time: int = 0
    away: bool = False


@dataclass(frozen=True, slots=True)
class PartsLeft:
    """How much of a package that was begun remains: `left` of `total` parts, 0 to `total`."""

    left: int
    total: int


@dataclass(frozen=True, slots=True)
class Commit:
    """A message from the player, parsed at the edge; `verbatim` is what goes into the journal."""

    session: UUID
    sequence: int
    kind: EntryKind
    elements: Mapping[str, str]
    elapsed_seconds: int | None
    verbatim: str


@dataclass(frozen=True, slots=True)
class CommitReceipt:
    """What the player is told about one message: it is in the journal.

    `superseded` says that the same attempt has since been opened in another window.
    """

    session: UUID
    sequence: int
    superseded: bool


@dataclass(frozen=True, slots=True)
class Launch:
    """All a player needs to run one part of a package."""

    attempt_id: UUID
    session: UUID
    item: str
    title: str
    is_sco: bool
    frame_url: str
    package_url: str
    elements: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ReplayResult:
    """Whether an attempt's stored state equals the one its journal gives."""

    attempt_id: UUID
    entries: int
    differences: tuple[str, ...]
    repaired: bool
