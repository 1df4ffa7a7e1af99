"""What stands around a statement, in the reader's words."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mycelia.records import api
from mycelia.records.calc.details import AttachmentNote, Details, Extension, Participant, details
from mycelia.records.types import Json, StoredStatement


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Somebody around the statement, as what, and their members or what makes them relevant."""

    name: str
    role: str
    note: str


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """An activity around the statement."""

    relation: str
    name: str
    iri: str


@dataclass(frozen=True, slots=True)
class ExtensionLine:
    """One extension, and of what."""

    extension: Extension
    place: str


@dataclass(frozen=True, slots=True)
class AttachmentLine:
    """One attachment; `url` downloads it, "" where its bytes are not here."""

    note: AttachmentNote
    url: str


@dataclass(frozen=True, slots=True)
class Surroundings:
    """All of it."""

    details: Details
    people: tuple[PersonLine, ...]
    activities: tuple[ActivityLine, ...]
    extensions: tuple[ExtensionLine, ...]
    attachments: tuple[AttachmentLine, ...]


def surroundings(found: StoredStatement, statement: Json) -> Surroundings:
    """Return what stands around a statement the reader may see."""
    told = details(statement, get_language() or "en")
    accounts = {one.key for one in told.participants if one.key is not None}
    names = api.people_behind(accounts)
    going_out = api.attached([found.cursor])[found.cursor]
    relations = _relations()
    places = {"activity": _("activity"), "result": _("result"), "context": _("context")}
    return Surroundings(
        details=told,
        people=tuple(
            _person(one, one.name if one.key is None else names.get(one.key, one.name)) for one in told.participants
        ),
        activities=tuple(ActivityLine(relations[one.relation], one.name, one.iri) for one in told.related),
        extensions=tuple(ExtensionLine(one, places[one.place]) for one in told.extensions),
        attachments=tuple(
            AttachmentLine(one, _download(found.statement_id, one.sha2) if one.sha2 in going_out else "")
            for one in told.attachments
        ),
    )


def _person(one: Participant, name: str) -> PersonLine:
    roles = {
        "member": _("member of the group that did it"),
        "instructor": _("instructor"),
        "team": _("team"),
        "agent": _("concerned"),
        "group": _("group concerned"),
    }
    return PersonLine(name or _("a group without a name"), roles[one.role], ", ".join((*one.members, *one.types)))


def _relations() -> dict[str, str]:
    return {
        "parent": _("Part of"),
        "grouping": _("Grouped under"),
        "category": _("Of the kind"),
        "other": _("Also about"),
    }


def _download(statement_id: UUID, sha2: str) -> str:
    return reverse("records:attachment", args=[statement_id, sha2])
