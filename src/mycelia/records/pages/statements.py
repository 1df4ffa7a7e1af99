"""Pages about statements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
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
from mycelia.records.calc.requests import parameters_of, request_line
from mycelia.records.errors import StatementNotFound
from mycelia.records.forms.statements import RecordsFilterForm
from mycelia.records.pages.surroundings import Surroundings, surroundings
from mycelia.records.types import AgentKey, Cursor, StatementPage, StoredStatement
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
class LiveTail:
    """New statements coming in by themselves.

    Args:
        is_possible: Only where the newest stand first.
        is_on: Whether the page asks for new ones.
        toggle_url: The same page with it on, or paused.
        poll_url: What is asked every few seconds; it names the newest statement shown, "" while paused.
    """

    is_possible: bool
    is_on: bool
    toggle_url: str
    poll_url: str


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
    next_url: str
    is_ascending: bool
    live: LiveTail
    summary: str
    request: str


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
    around: Surroundings
    reference_url: str
    raw: str
    request: str


def records_page(actor: Actor, form: RecordsFilterForm) -> RecordsPage:
    """Return the statements that match and that the actor may see."""
    wanted = form.wanted
    found = api.statements(wanted)
    sees_all = allowed(actor, api.ReadEveryStatement())
    query = _query(form, "after", "live")
    live = {"live": "on"} if form.is_live else {}
    onward = {} if found.more is None else {**query, "after": place(found.more)}
    return RecordsPage(
        title=_("Learning records") if sees_all else _("My learning records"),
        lead=_lead(sees_all),
        breadcrumbs=_trail(actor, _("Learning records")),
        form=form,
        rows=_rows(found.statements),
        is_narrowed=bool(query),
        is_first=wanted.after is None,
        first_url=f"?{urlencode({**query, **live})}",
        next_url=f"?{urlencode(onward)}" if onward else "",
        is_ascending=wanted.ascending,
        live=_tail(form, query, found),
        summary=_summary(found),
        request=request_line(parameters_of(wanted)),
    )


def is_newest(form: RecordsFilterForm, seen: str) -> bool:
    """Return whether nothing that matches came after the newest statement somebody has before them."""
    found = api.statements(replace(form.wanted, limit=1)).statements
    return bool(found) and place(found[0].cursor) == seen


def place(cursor: Cursor | None) -> str:
    """Return a place in the order of the store as it stands in addresses; "" for none."""
    return "" if cursor is None else f"{cursor.stored.isoformat()}~{cursor.sequence}"


def record_page(actor: Actor, found: StoredStatement, visible: api.VisibleStatements) -> RecordPage:
    """Return one statement the actor may see; it links to the one it refers to where they may see that too."""
    (row,) = _rows([found])
    statement = msgspec.json.decode(found.payload)
    around = surroundings(found, statement)
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
        around=around,
        reference_url=_reference_url(around.details.reference, visible),
        raw=msgspec.json.format(found.payload, indent=2).decode(),
        request=request_line({"voidedStatementId" if found.is_voided else "statementId": str(found.statement_id)}),
    )


def actor_of(found: StoredStatement) -> AgentKey | None:
    """Return the agent a statement is about; None for an anonymous group."""
    return describe(msgspec.json.decode(found.payload), "").actor_account


def _reference_url(reference: str, visible: api.VisibleStatements) -> str:
    try:
        is_open = bool(reference) and visible.covers(actor_of(api.any_statement(UUID(reference))))
    except StatementNotFound:
        return ""
    return reverse("records:statement", args=[reference]) if is_open else ""


def _query(form: RecordsFilterForm, *without: str) -> dict[str, str]:
    return {name: form.data[name] for name in form.fields if name not in without and form.data.get(name)}


def _lead(sees_all: bool) -> str:
    if sees_all:
        return _("Everything people did here and in connected tools, as xAPI statements.")
    return _("What was recorded about your learning, word for word.")


def _tail(form: RecordsFilterForm, query: Mapping[str, str], found: StatementPage) -> LiveTail:
    wanted = form.wanted
    newest = place(found.statements[0].cursor if found.statements else None)
    return LiveTail(
        is_possible=wanted.after is None and not wanted.ascending,
        is_on=form.is_live,
        toggle_url=f"?{urlencode({**query, **({} if form.is_live else {'live': 'on'})})}",
        poll_url=f"?{urlencode({**query, 'live': 'on', 'seen': newest})}" if form.is_live else "",
    )


def _summary(found: StatementPage) -> str:
    """Return what is said to those who do not see the list change."""
    if not found.statements:
        return _("Nothing matches")
    latest = max(one.stored for one in found.statements)
    words = _("%(count)d statements, the newest stored %(when)s UTC")
    return words % {"count": len(found.statements), "when": f"{latest:%H:%M:%S}"}


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
