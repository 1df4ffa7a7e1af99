"""Taking in a file of statements: checked wholly first, then written in parts, each once however often it is sent."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from uuid import UUID

from django.db import transaction

from mycelia.audit import api as audit
from mycelia.kernel import clock
from mycelia.kernel.policy import Actor, require
from mycelia.records.actions.attachments import attach_stored, keep_attachments
from mycelia.records.actions.definitions import learn_definitions
from mycelia.records.actions.interning import intern_iris, keep_texts
from mycelia.records.actions.orphans import attachments_come_first
from mycelia.records.actions.partitions import ensure_partition
from mycelia.records.actions.rewinding import go_back
from mycelia.records.actions.storing import platform_authority, write
from mycelia.records.calc.comparison import is_same
from mycelia.records.calc.preparation import stamp
from mycelia.records.calc.transfer import (
    AttachedLine,
    AttachmentLine,
    DefinitionLine,
    HeaderLine,
    Line,
    OwnVoidingLine,
    read_line,
)
from mycelia.records.errors import ImportStopped, InvalidStatement, StatementConflict
from mycelia.records.permissions import MoveStatements
from mycelia.records.types import Prepared, Stamp

PART = 1000
MAXIMUM_PROBLEMS = 100
Lines = Callable[[], Iterable[bytes]]
Progress = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class Problem:
    """A line that cannot be taken in, counted from 1."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a file: its statements, those that were new, and what is wrong with it if nothing was written."""

    statements: int = 0
    new: int = 0
    problems: tuple[Problem, ...] = ()


def import_statements(*, actor: Actor, lines: Lines, name: str, progress: Progress) -> Imported:
    """Check every line of a file, then write its statements unless one is wrong.

    Of each part of a thousand lines the statements are one transaction, and the definitions another. After a stop the
    same file can be taken in again: what is stored already is compared and left alone.

    Args:
        actor: Who does it.
        lines: Opens the file and returns its lines; called twice.
        name: Of the file, for the log.
        progress: Told the phase, "check" or "write", and how many lines are done.

    Raises:
        PermissionDenied: The actor may not.
        ImportStopped: A different statement with an identifier of the file is stored; what stood in the parts before
            is stored.
    """
    require(actor, MoveStatements())
    given = stamp(stored=clock.now(), authority=platform_authority(), version="1.0.3")
    problems = tuple(islice(_problems(lines(), given, progress), MAXIMUM_PROBLEMS))
    if problems:
        return Imported(problems=problems)
    with attachments_come_first():
        outcome = _write_all(lines(), given, progress)
    details = {"file": name, "statements": outcome.statements, "new": outcome.new}
    audit.record(actor=actor, action="records.import", object_type="records.Statement", object_id=name, details=details)
    return outcome


def _problems(lines: Iterable[bytes], given: Stamp, progress: Progress) -> Iterator[Problem]:
    for number, line in _numbered(lines):
        if number % PART == 0:
            progress("check", number)
        try:
            read_line(line, number, given)
        except InvalidStatement as error:
            yield Problem(number, str(error.data["path"]) + ": " + str(error.data["reason"]))


def _numbered(lines: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
    """Yield the lines that are not empty, with their numbers."""
    for number, line in enumerate(lines, start=1):
        stripped = line.strip()
        if stripped:
            yield number, stripped


def _write_all(lines: Iterable[bytes], given: Stamp, progress: Progress) -> Imported:
    numbered, total, new, defines = _numbered(lines), 0, 0, True
    brought, own_only = set[str](), set[bytes]()
    while part := list(islice(numbered, PART)):
        read = [read_line(line, number, given) for number, line in part]
        defines = defines and not any(isinstance(one, HeaderLine) for one in read)
        try:
            statements = _once(one for one in read if isinstance(one, Prepared))
            new += _write_part(read, statements, defines, brought, own_only)
            _learn([one for one in read if isinstance(one, DefinitionLine)])
        except StatementConflict as error:
            raise ImportStopped(
                first_line=part[0][0], last_line=part[-1][0], statement_id=str(error.data["statement_id"]), new=new
            ) from error
        total += len(statements)
        progress("write", part[-1][0])
    return Imported(total, new)


def _once(statements: Iterable[Prepared]) -> list[Prepared]:
    """Return the statements of a part, one that stands there twice only once.

    Raises:
        StatementConflict: Two with the same identifier are different.
    """
    found: dict[bytes, Prepared] = {}
    for one in statements:
        first = found.setdefault(one.identifier, one)
        if first is not one and first.payload != one.payload and not is_same(one, first.payload):
            raise StatementConflict(statement_id=str(UUID(bytes=one.identifier)))
    return list(found.values())


@transaction.atomic
def _write_part(
    read: Sequence[Line], statements: Sequence[Prepared], defines: bool, brought: set[str], own_only: set[bytes]
) -> int:
    """Write a part and return how many statements were new.

    `brought` gains the SHA-2 of its attachments, `own_only` the identifiers of those that void only their source's.
    """
    for moment in {one.stored.replace(day=1, hour=0, minute=0, second=0, microsecond=0) for one in statements}:
        ensure_partition(moment)
    attachments = {one.sha2: one.content for one in read if isinstance(one, AttachmentLine)}
    keep_attachments(attachments)
    brought.update(attachments)
    own_only.update(one.statement_id.bytes for one in read if isinstance(one, OwnVoidingLine))
    new = write(statements, {}, defines=defines, brought=brought, own_only=own_only) if statements else 0
    attach_stored([one for one in read if isinstance(one, AttachedLine)], brought=brought)
    if new:
        go_back(min(one.stored for one in statements))
    return new


@transaction.atomic
def _learn(lines: Sequence[DefinitionLine]) -> None:
    """Learn what a part says of activities, apart from its statements: no writer interns IRIs after agents."""
    known = {one.activity: [one.definition] for one in lines}
    if known:
        keep_texts()
        learn_definitions(known, intern_iris(list(known)))
