"""Pages about statements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

import msgspec
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mycelia.kernel.policy import Actor, allowed
from mycelia.records import api
from mycelia.records.calc.description import Description, describe
from mycelia.records.forms.statements import RecordsFilterForm
from mycelia.records.types import AgentKey, StoredStatement
from mycelia.ui.api import Breadcrumb


@dataclass(frozen=True, slots=True)
class RecordRow:
    """One statement in the list."""

    statement_id: UUID
    who: str
    words: Description
    stored: datetime
    occurred: datetime


@dataclass(frozen=True, slots=True)
class RecordsPage:
    """A part of the records, newest first."""

    title: str
    lead: str
    breadcrumbs: tuple[Breadcrumb, ...]
    form: RecordsFilterForm
    rows: tuple[RecordRow, ...]
    is_narrowed: bool
    is_first: bool
    first_url: str
    older_url: str


@dataclass(frozen=True, slots=True)
class RecordPage:
    """One statement in words and as it is stored."""

    title: str
    lead: str
    breadcrumbs: tuple[Breadcrumb, ...]
    row: RecordRow
    registration: UUID | None
    is_voided: bool
    origin_url: str | None
    authority: str
    version: str
    raw: str


def records_page(actor: Actor, form: RecordsFilterForm) -> RecordsPage:
    """Return the statements that match and that the actor may see."""
    wanted = form.wanted
    found = api.statements(wanted)
    sees_all = allowed(actor, api.ReadEveryStatement())
    query = {name: form.data[name] for name in form.fields if name != "after" and form.data.get(name)}
    older = "" if found.more is None else f"{found.more.stored.isoformat()}~{found.more.sequence}"
    return RecordsPage(
        title=_("Learning records") if sees_all else _("My learning records"),
        lead=_("Everything people did here and in connected tools, as xAPI statements.")
        if sees_all
        else _("What was recorded about your learning, word for word."),
        breadcrumbs=_trail(actor, _("Learning records")),
        form=form,
        rows=_rows(found.statements),
        is_narrowed=bool(query),
        is_first=wanted.after is None,
        first_url=f"?{urlencode(query)}",
        older_url=f"?{urlencode({**query, 'after': older})}" if older else "",
    )


def record_page(actor: Actor, found: StoredStatement) -> RecordPage:
    """Return one statement the actor may see."""
    (row,) = _rows([found])
    statement = msgspec.json.decode(found.payload)
    return RecordPage(
        title=f"{row.who} {row.words.verb} {row.words.object_name}",
        lead="",
        breadcrumbs=_trail(actor, _("Learning records"), _("Statement")),
        row=row,
        registration=found.registration,
        is_voided=found.is_voided,
        origin_url=api.origin_of(found.registration),
        authority=describe({**statement, "actor": statement["authority"]}, "").actor,
        version=statement["version"],
        raw=msgspec.json.format(found.payload, indent=2).decode(),
    )


def actor_of(found: StoredStatement) -> AgentKey | None:
    """Return the agent a statement is about; None for an anonymous group."""
    return describe(msgspec.json.decode(found.payload), "").actor_account


def _rows(found: Sequence[StoredStatement]) -> tuple[RecordRow, ...]:
    language = get_language() or "en"
    described = [describe(msgspec.json.decode(one.payload), language) for one in found]
    accounts = {words.actor_account for words in described if words.actor_account is not None}
    names = api.people_behind(accounts)
    return tuple(_row(one, words, names) for one, words in zip(found, described, strict=True))


def _row(found: StoredStatement, words: Description, names: Mapping[AgentKey, str]) -> RecordRow:
    who = words.actor if words.actor_account is None else names.get(words.actor_account, words.actor)
    return RecordRow(found.statement_id, who, words, found.stored, found.occurred)


def _trail(actor: Actor, *labels: str) -> tuple[Breadcrumb, ...]:
    is_operator = allowed(actor, api.ReadEveryStatement())
    first = (Breadcrumb(_("Platform"), reverse("access:platform")),) if is_operator else ()
    middle = Breadcrumb(labels[0], reverse("records:statements") if len(labels) > 1 else None)
    return (*first, middle, *(Breadcrumb(label) for label in labels[1:]))
