"""Undoing and redoing what a person did to a case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import msgspec
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from mycelia.business_case.actions.order import keys_in_order, put_in_order
from mycelia.business_case.actions.reading_rows import replay_readings
from mycelia.business_case.actions.record import opened_for_change, record_edits, record_reading_change
from mycelia.business_case.actions.rows import Rows
from mycelia.business_case.actions.soundness import problems_of, refuse_new_problems
from mycelia.business_case.errors import ItemMovedOn, NothingToUndo, NotPartOfCase
from mycelia.business_case.models import Case, Change
from mycelia.business_case.queries.items import item_of
from mycelia.business_case.types import VALUE_TYPES, Entry, ItemKind, ItemState, ItemValue, ReadingChange, Removal, bare
from mycelia.kernel import clock
from mycelia.kernel.policy import Actor

MOST_KEPT = 100
"""So many changes of one person in one case can be undone."""


def remember(actor: Actor, case: Case, entries: Sequence[Entry]) -> None:
    """Keep what a person did, so that it can be undone; what was undone before can no longer be redone."""
    if entries:
        _keep(actor, case, entries=[msgspec.to_builtins(entry) for entry in entries])


def remember_order(actor: Actor, case: Case, kind: ItemKind, before: list[str], after: list[str]) -> None:
    """Keep how a person changed the order of items."""
    _keep(actor, case, order={"kind": str(kind), "before": before, "after": after})


def remember_readings(actor: Actor, case: Case, change: ReadingChange) -> None:
    """Keep which readings of a KPI a person put in place of which."""
    _keep(actor, case, readings=msgspec.to_builtins(change))


@transaction.atomic
def undo_change(*, actor: Actor, case: Case) -> tuple[Entry, ...]:
    """Take back the last thing the actor did to the case, and return what happened to each item; none for readings.

    Raises:
        PermissionDenied: The actor may not edit the case.
        NothingToUndo: The actor did nothing that could be undone.
        ItemMovedOn: Somebody changed an item or a reading since; nothing is undone.
        ItemInUse: Other items need one that would go.
        CaseUnsound: The case would be impossible to compute.
    """
    opened = opened_for_change(actor, case)
    change = _changes(actor, opened).filter(state="done").last()
    if change is None:
        raise NothingToUndo
    return _replay(actor, opened, change, forward=False)


@transaction.atomic
def redo_change(*, actor: Actor, case: Case) -> tuple[Entry, ...]:
    """Do again what the actor undid last; see `undo_change`."""
    opened = opened_for_change(actor, case)
    change = _changes(actor, opened).filter(state="undone").first()
    if change is None:
        raise NothingToUndo(_("There is nothing to do again: you undid nothing, or changed something since."))
    return _replay(actor, opened, change, forward=True)


def _changes(actor: Actor, case: Case) -> Any:
    person: Any = actor.person_id
    return Change.objects.filter(case=case, person_id=person).order_by("pk")


def _keep(actor: Actor, case: Case, **what: Any) -> None:
    if actor.person_id is None:
        return
    mine = _changes(actor, case)
    mine.filter(state="undone").update(state="discarded")
    Change.objects.create(case=case, person_id=actor.person_id, changed_at=clock.now(), **what)
    kept = list(mine.order_by("-pk").values_list("pk", flat=True)[:MOST_KEPT])
    mine.exclude(pk__in=kept).delete()


def _replay(actor: Actor, case: Case, change: Change, *, forward: bool) -> tuple[Entry, ...]:
    if change.readings is not None:
        return _replay_readings(actor, case, change, forward=forward)
    if change.order is not None:
        _replay_order(case, change.order, forward=forward)
        entries: list[Entry] = []
    else:
        before = problems_of(case)
        entries = _replay_entries(Rows(actor, case), change, forward=forward)
        refuse_new_problems(case, before)
    change.state = "done" if forward else "undone"
    change.save(update_fields=["state", "entries"])
    done = [entry if forward else _reversed(entry) for entry in entries]
    record_edits(actor, case, done, order=change.order["kind"] if change.order else "")
    return tuple(done)


def _replay_readings(actor: Actor, case: Case, change: Change, *, forward: bool) -> tuple[Entry, ...]:
    kept = msgspec.convert(change.readings, ReadingChange, strict=False)
    turned = kept if forward else kept.reversed()
    replay_readings(case, turned)
    change.state = "done" if forward else "undone"
    change.save(update_fields=["state"])
    record_reading_change(actor, case, turned, "redone" if forward else "undone")
    return ()


def _replay_entries(rows: Rows, change: Change, *, forward: bool) -> list[Entry]:
    stored = [msgspec.convert(entry, Entry) for entry in change.entries]
    turned = stored if forward else stored[::-1]
    written = [_replayed(rows, entry, forward=forward) for entry in turned]
    kept = written if forward else written[::-1]
    change.entries = [msgspec.to_builtins(entry) for entry in kept]
    return kept


def _replayed(rows: Rows, entry: Entry, *, forward: bool) -> Entry:
    """Write one entry, or its reverse, and return it with the item's new revision."""
    there, target = (entry.before, entry.after) if forward else (entry.after, entry.before)
    current = _current(rows, entry)
    if (None if current is None else bare(current.value)) != _value_of(entry.kind, there):
        raise ItemMovedOn(_("Somebody changed this since. Nothing was undone or done again."), current=current)
    done = _written(rows, entry, current, target)
    if target is None and done:
        return replace(entry, revision=done[-1].revision, readings=done[-1].readings)
    if current is None and entry.readings:
        rows.put_back_readings(entry)
    return replace(entry, revision=done[-1].revision if done else entry.revision)


def _value_of(kind: ItemKind, stored: dict[str, Any] | None) -> ItemValue | None:
    """Return a kept value, with the defaults of fields that were added since."""
    return None if stored is None else bare(msgspec.convert(stored, VALUE_TYPES[kind], strict=False))


def _current(rows: Rows, entry: Entry) -> ItemState | None:
    try:
        return item_of(rows.case, entry.kind, entry.key)
    except NotPartOfCase:
        return None


def _written(rows: Rows, entry: Entry, current: ItemState | None, target: dict[str, Any] | None) -> list[Entry]:
    if current is not None and target is None:
        return rows.remove(Removal(entry.kind, entry.key, current.revision))
    value: ItemValue = msgspec.convert(target, VALUE_TYPES[entry.kind], strict=False)
    if current is not None:
        return rows.alter(value, current.revision)
    return rows.add(value, revision=entry.revision, position=entry.position)


def _replay_order(case: Case, order: dict[str, Any], *, forward: bool) -> None:
    there, target = (order["before"], order["after"]) if forward else (order["after"], order["before"])
    kind = ItemKind(order["kind"])
    if keys_in_order(case, kind) != there:
        raise ItemMovedOn(_("Somebody changed the order, or added or removed one, since. Nothing was changed."))
    put_in_order(case, kind, target)


def _reversed(entry: Entry) -> Entry:
    return replace(entry, before=entry.after, after=entry.before)
