"""What the page of an attempt's record shows."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.paginator import Page
from django.urls import reverse
from django.utils.translation import gettext as _

from mycelia.delivery.journal import items_of, state_of
from mycelia.delivery.models import Attempt, TrackingEntry
from mycelia.delivery.pages import standing_label, standing_of
from mycelia.delivery.types import AttemptState, ItemState, PackageItem
from mycelia.kernel.policy import Actor
from mycelia.ui.api import Breadcrumb

_SHOWN_CHARACTERS = 120


@dataclass(frozen=True, slots=True)
class PartRecord:
    """One part of the package and how the learner stands in it."""

    title: str
    standing: str
    status: str
    score: str
    time: str
    bookmark: str


@dataclass(frozen=True, slots=True)
class MessageRow:
    """One message of the journal."""

    received_at: datetime
    part: str
    kind: str
    sequence: int
    elements: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class AttemptRecordPage:
    """An attempt as it was recorded."""

    title: str
    lead: str
    breadcrumbs: tuple[Breadcrumb, ...]
    facts: tuple[tuple[str, str], ...]
    parts: tuple[PartRecord, ...]
    messages: tuple[MessageRow, ...]
    rows: Page[TrackingEntry]
    player_url: str | None


def attempt_record_page(actor: Actor, attempt: Attempt, rows: Page[TrackingEntry]) -> AttemptRecordPage:
    """Return the record of an attempt with one page of its journal."""
    items, state = items_of(attempt.package), state_of(attempt)
    titles = {item.identifier: item.title for item in items}
    own = actor.person_id == attempt.learner_id
    return AttemptRecordPage(
        title=attempt.activity_name,
        lead=_("What this attempt recorded: every message of the lesson, and what follows from them."),
        breadcrumbs=(Breadcrumb(_("Learn"), "/learn/"), Breadcrumb(_("Record of an attempt"))),
        facts=_facts(attempt, state),
        parts=tuple(_part(item, state.items.get(item.identifier, ItemState())) for item in items),
        messages=tuple(_message(row, titles) for row in rows),
        rows=rows,
        player_url=reverse("delivery:player", args=[attempt.pk]) if own else None,
    )


def _facts(attempt: Attempt, state: AttemptState) -> tuple[tuple[str, str], ...]:
    judged = {True: _("passed"), False: _("not passed"), None: _("not judged")}
    completed = attempt.completed_at
    return (
        (_("Learner"), attempt.learner.full_name),
        (_("Package"), attempt.package.title),
        (_("Started"), f"{attempt.started_at:%Y-%m-%d %H:%M} UTC"),
        (_("Completed"), f"{completed:%Y-%m-%d %H:%M} UTC" if completed else _("not yet")),
        (_("Result"), judged[state.passed]),
        (_("Score"), _percent(state.score_scaled)),
        (_("Time spent"), _time(state.total_time)),
        (_("Registration"), str(attempt.registration)),
    )


def _time(hundredths: int) -> str:
    minutes, seconds = divmod(hundredths // 100, 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return _("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": minutes}
    return _("%(minutes)d min %(seconds)d s") % {"minutes": minutes, "seconds": seconds}


def _percent(score: Decimal | None) -> str:
    return _("none reported") if score is None else f"{(score * 100).normalize():f} %"


def _part(item: PackageItem, state: ItemState) -> PartRecord:
    standing = standing_of(state if state.launches else None)
    return PartRecord(
        title=item.title,
        standing=standing_label(standing),
        status=state.record.value,
        score="" if state.score_scaled is None else _percent(state.score_scaled),
        time=_time(state.total_time) if state.launches else "",
        bookmark=_short(state.location),
    )


def _message(row: TrackingEntry, titles: dict[str, str]) -> MessageRow:
    elements: dict[str, Any] = json.loads(row.message).get("elements") or {}
    return MessageRow(
        received_at=row.received_at,
        part=titles.get(row.item, row.item),
        kind=row.kind,
        sequence=row.sequence,
        elements=tuple((name, _short(value)) for name, value in _sorted(elements)),
    )


def _sorted(elements: dict[str, str]) -> Sequence[tuple[str, str]]:
    return sorted(elements.items())


def _short(text: str) -> str:
    printable = "".join(c if c.isprintable() else "\ufffd" for c in text)
    return printable if len(printable) <= _SHOWN_CHARACTERS else f"{printable[:_SHOWN_CHARACTERS]}…"
