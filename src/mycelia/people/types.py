"""What a people file holds, what the directory holds, and the plan that leads from one to the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Problem:
    """One reason why a file cannot be applied.

    Attributes:
        code: Which rule is broken; the sentence for it is in `people.sentences`.
        line: Line in the file, 1 is the header; None when the file as a whole is meant.
        column: Name of the column; empty when the line as a whole is meant.
        value: What stood there, shortened for display.
        details: Further facts the sentence names, such as the line of the first of two equal rows.
    """

    code: str
    line: int | None = None
    column: str = ""
    value: str = ""
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FileRow:
    """One well-formed row. None means the file has no such column; an empty text means an empty cell."""

    line: int
    employee_number: str
    email: str
    given_name: str
    family_name: str
    unit_code: str
    unit_name: str | None = None
    parent_unit_code: str | None = None
    manager_employee_number: str | None = None
    position: str | None = None
    location: str | None = None
    cost_centre: str | None = None
    valid_from: date | None = None
    language: str | None = None

    @property
    def full_name(self) -> str:
        """Return the name as colleagues write it."""
        return f"{self.given_name} {self.family_name}".strip()


@dataclass(frozen=True, slots=True)
class Reading:
    """A file once read.

    Attributes:
        rows: The first row of each employee number; a bad cell is empty here and a problem below.
        problems: Everything that is not well-formed.
        numbers: Line by employee number, rows with problems included, so that nobody named in the file counts
            as missing from it.
        encoding: How the text was encoded; empty when it could not be read.
        delimiter: What separates cells; empty when it could not be read.
    """

    rows: tuple[FileRow, ...] = ()
    problems: tuple[Problem, ...] = ()
    numbers: Mapping[str, int] = field(default_factory=dict)
    encoding: str = ""
    delimiter: str = ""


@dataclass(frozen=True, slots=True)
class Placement:
    """Where somebody stands in the organisation; codes and employee numbers, empty when there is none."""

    unit_code: str
    position_code: str = ""
    location_code: str = ""
    cost_centre_code: str = ""
    manager_number: str = ""


@dataclass(frozen=True, slots=True)
class KnownEmployment:
    """An employment row as the database has it."""

    id: int
    valid_from: date
    valid_to: date | None
    placement: Placement

    def covers(self, day: date) -> bool:
        """Return whether the employment is in force on the day."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True, slots=True)
class PersonValues:
    """What a person is called and reached by."""

    employee_number: str
    email: str
    given_name: str
    family_name: str
    language: str

    @property
    def full_name(self) -> str:
        """Return the name as colleagues write it."""
        return f"{self.given_name} {self.family_name}".strip() or self.email


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A person as the database has them, employments in order of their start."""

    id: int
    values: PersonValues
    is_active: bool
    employments: tuple[KnownEmployment, ...] = ()

    def employed_after(self, day: date) -> bool:
        """Return whether an employment is in force on the day or starts later."""
        return any(e.valid_to is None or e.valid_to > day for e in self.employments)

    def employment_on(self, day: date) -> KnownEmployment | None:
        """Return the employment in force on the day."""
        return next((e for e in self.employments if e.covers(day)), None)


@dataclass(frozen=True, slots=True)
class KnownUnit:
    """A unit of the organisation, or one that the file brings; `parent_code` is empty at the root."""

    code: str
    name: str
    parent_code: str


@dataclass(frozen=True, slots=True)
class Directory:
    """Everything the company knows about its people at one moment.

    Attributes:
        people: By employee number, deactivated people included.
        units: By code.
        positions: Title by code.
        locations: Name by code.
        cost_centres: Name by code.
    """

    people: Mapping[str, KnownPerson] = field(default_factory=dict)
    units: Mapping[str, KnownUnit] = field(default_factory=dict)
    positions: Mapping[str, str] = field(default_factory=dict)
    locations: Mapping[str, str] = field(default_factory=dict)
    cost_centres: Mapping[str, str] = field(default_factory=dict)


class ChangeKind(StrEnum):
    """What an import does to one person."""

    CREATED = "created"
    CHANGED = "changed"
    REACTIVATED = "reactivated"
    DEACTIVATED = "deactivated"


class StepKind(StrEnum):
    """What an import does to a person's employment.

    OPEN starts one after a gap or for the first time, REPLACE ends the last one on the day the next begins,
    CORRECT rewrites the one that begins on that very day.
    """

    OPEN = "open"
    REPLACE = "replace"
    CORRECT = "correct"


@dataclass(frozen=True, slots=True)
class EmploymentStep:
    """One change of employment; `employment_id` is the row that is replaced or corrected."""

    kind: StepKind
    valid_from: date
    valid_to: date | None
    placement: Placement
    employment_id: int | None = None


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field, before and after, as it is shown; `old` is empty for a new person."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class PersonChange:
    """What happens to one person."""

    kind: ChangeKind
    values: PersonValues
    fields: tuple[FieldChange, ...] = ()
    line: int | None = None
    person_id: int | None = None
    employment: EmploymentStep | None = None


@dataclass(frozen=True, slots=True)
class ListEntry:
    """A position, location or cost centre that the file brings."""

    list: str
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What applying a file would do.

    Attributes:
        problems: While there is one, nothing can be applied.
        changes: One for each person who would change.
        unchanged: How many people in the file stay as they are.
        employed: How many active people are employed today, the base of the brake on deactivations.
        new_units: Parents before their children.
        renamed_units: With their new name.
        digest: Fingerprint of everything that would be written; equal digests mean equal effects.
    """

    row_count: int = 0
    problems: tuple[Problem, ...] = ()
    changes: tuple[PersonChange, ...] = ()
    unchanged: int = 0
    employed: int = 0
    new_units: tuple[KnownUnit, ...] = ()
    renamed_units: tuple[KnownUnit, ...] = ()
    new_entries: tuple[ListEntry, ...] = ()
    encoding: str = ""
    delimiter: str = ""
    digest: str = ""

    def count(self, kind: ChangeKind) -> int:
        """Return how many people change in this way."""
        return sum(change.kind is kind for change in self.changes)

    @property
    def is_empty(self) -> bool:
        """Return whether applying would write nothing."""
        return not (self.changes or self.new_units or self.renamed_units or self.new_entries)


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How a file is to be understood, and what its sender has confirmed.

    Attributes:
        full: The file names everybody; whoever is missing is to be deactivated.
        as_of: The day changes take effect where the file gives none.
        confirmed_deactivations: How many people the sender expects to be deactivated; None is no confirmation.
        brake_released: The sender has confirmed that unusually many people leave at once.
    """

    as_of: date
    full: bool = False
    confirmed_deactivations: int | None = None
    brake_released: bool = False


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import has done; `run_id` is None when there was nothing to do."""

    plan: ImportPlan
    run_id: int | None


@dataclass(frozen=True, slots=True)
class PersonRow:
    """What a list shows of a person; texts are empty when unknown or when the person is not employed today."""

    id: int
    name: str
    email: str
    employee_number: str
    is_active: bool
    unit: str
    position: str
    location: str
    manager_id: int | None
    manager: str
