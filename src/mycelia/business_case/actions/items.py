"""Every edit of an item of a case: added, altered against the revision that was seen, removed, put in order.

All edits of one call happen together or not at all. The case is locked meanwhile, so that two people's edits take
turns: of different items both stay, of the same item the second is refused with both values.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from mycelia.business_case.actions.changes import remember, remember_order
from mycelia.business_case.actions.order import keys_in_order, put_in_order
from mycelia.business_case.actions.record import opened_for_change, record_edits
from mycelia.business_case.actions.rows import Rows, key_of, keyed
from mycelia.business_case.actions.soundness import problems_of, refuse_new_problems
from mycelia.business_case.calc.merging import merged
from mycelia.business_case.errors import CaseUnsound, InvalidTerms, ItemMovedOn
from mycelia.business_case.models import Case
from mycelia.business_case.queries.changes import value_at
from mycelia.business_case.types import (
    Addition,
    Alteration,
    CaseModel,
    Edit,
    Entry,
    ItemKind,
    ItemState,
    ItemValue,
    Problem,
    Removal,
    bare,
    kind_of,
)
from mycelia.kernel.policy import Actor

MOST_EDITS = 500


@dataclass(frozen=True)
class Change:
    """What came of changing one item.

    Attributes:
        state: The item as it is now.
        is_joint: Whether it states something else than the actor did.
        model: The case as it is computed with now, where it was read and nothing is wrong with it.
    """

    state: ItemState
    is_joint: bool
    model: CaseModel | None


def add_item(*, actor: Actor, case: Case, value: ItemValue) -> ItemState:
    """Add one item; see `edit_items`."""
    return edit_items(actor=actor, case=case, edits=[Addition(value)])[0]


def change_item(*, actor: Actor, case: Case, value: ItemValue, seen_revision: int) -> ItemState:
    """Change one item; see `edit_items`."""
    return edit_items(actor=actor, case=case, edits=[Alteration(value, seen_revision)])[0]


def change_item_together(
    *, actor: Actor, case: Case, value: ItemValue, seen_revision: int, over_revision: int = 0
) -> Change:
    """Change one item, together with what somebody else changed of it since it was seen.

    Args:
        value: The item as the actor states it.
        seen_revision: The one that the actor saw when changing it.
        over_revision: The one whose differing values the actor has seen since and wants replaced; 0 for none.

    Raises:
        ItemMovedOn: Both changed the same field, or what was seen is no longer known; nothing was saved.
        CaseUnsound, NotPartOfCase, PermissionDenied: As `edit_items`.
    """
    try:
        (state,), model = _edited(actor, case, [Alteration(value, seen_revision)])
        return Change(state, False, model)
    except ItemMovedOn as moved:
        if moved.current is None:
            raise
        current, prefers_mine = moved.current, over_revision == moved.current.revision
        moved.seen = value_at(case, kind_of(value), key_of(value), seen_revision)
        together = value if prefers_mine else None
        if moved.seen is not None:
            together = merged(bare(moved.seen), bare(value), bare(current.value), prefers_mine=prefers_mine)
        if together is None:
            raise
        try:
            (state,), model = _edited(actor, case, [Alteration(together, current.revision)])
        except CaseUnsound:
            if prefers_mine:
                raise
            raise moved from None
        return Change(state, bare(together) != bare(value), model)


def remove_item(*, actor: Actor, case: Case, kind: ItemKind, key: str, seen_revision: int) -> None:
    """Remove one item; see `edit_items`."""
    edit_items(actor=actor, case=case, edits=[Removal(kind, key, seen_revision)])


def edit_items(*, actor: Actor, case: Case, edits: Sequence[Edit]) -> tuple[ItemState, ...]:
    """Apply edits in their order, all or none, and return what was added or altered as it is now.

    Raises:
        PermissionDenied: The actor may not edit the case.
        NotPartOfCase: An item does not exist (any more).
        ItemMovedOn: Somebody changed an item since it was seen; the error has both values.
        ItemInUse: Other items need the one that is to go.
        InvalidTerms: A value breaks a stated rule.
        CaseUnsound: The case would be impossible to compute; the error names each line and field.
    """
    return _edited(actor, case, edits)[0]


@transaction.atomic
def _edited(actor: Actor, case: Case, edits: Sequence[Edit]) -> tuple[tuple[ItemState, ...], CaseModel | None]:
    """Apply edits as `edit_items` does; return also what `Change` calls the model."""
    if not 0 < len(edits) <= MOST_EDITS:
        raise InvalidTerms(_("Between 1 and 500 edits go together. Nothing was saved."))
    opened = opened_for_change(actor, case)
    named = [replace(edit, value=keyed(edit.value)) if isinstance(edit, Addition) else edit for edit in edits]
    rows, entries, model = _applied(actor, opened, named)
    if entries:
        remember(actor, rows.case, entries)
        record_edits(actor, rows.case, entries)
    values = [edit.value for edit in named if not isinstance(edit, Removal)]
    return tuple(rows.state(kind_of(value), key_of(value)) for value in values), model


def _applied(actor: Actor, case: Case, edits: Sequence[Edit]) -> tuple[Rows, list[Entry], CaseModel | None]:
    """Apply edits and return what they did, and what `Change` calls the model.

    What was wrong with the case before matters only when something is wrong afterwards, which is rare: then they are
    taken back and applied once more, now that it is known.
    """
    try:
        with transaction.atomic():
            return _checked(Rows(actor, case), edits, frozenset())
    except CaseUnsound:
        fresh = Case.objects.get(pk=case.pk)
        before = problems_of(fresh)
        if not before:
            raise
    return _checked(Rows(actor, fresh), edits, before)


def _checked(
    rows: Rows, edits: Sequence[Edit], before: frozenset[Problem]
) -> tuple[Rows, list[Entry], CaseModel | None]:
    entries = [entry for edit in edits for entry in rows.apply(edit)]
    return rows, entries, refuse_new_problems(rows.case, before) if entries else None


@transaction.atomic
def reorder_items(*, actor: Actor, case: Case, kind: ItemKind, keys: Sequence[str]) -> None:
    """Put the items of a kind into an order.

    Raises:
        PermissionDenied: The actor may not edit the case.
        ItemMovedOn: The keys are not exactly those there are: somebody added or removed one.
    """
    opened = opened_for_change(actor, case)
    before = keys_in_order(opened, kind)
    if sorted(before) != sorted(keys):
        raise ItemMovedOn(_("Somebody added or removed one of these. Nothing was changed; reload to see it."))
    if list(keys) == before:
        return
    put_in_order(opened, kind, keys)
    remember_order(actor, opened, kind, before, list(keys))
    record_edits(actor, opened, [], order=kind)
