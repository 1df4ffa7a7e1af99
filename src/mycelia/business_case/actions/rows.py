"""Writing one edit into the rows of a case, and telling what it did."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import Any

import msgspec
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import RestrictedError
from django.utils.translation import gettext as _

from mycelia.business_case import types
from mycelia.business_case.actions.columns import References, columns_of
from mycelia.business_case.actions.named_inputs import rows_using, spread_numbers
from mycelia.business_case.actions.record import next_position
from mycelia.business_case.actions.rules import refuse_invalid, require_scope
from mycelia.business_case.errors import InvalidTerms, ItemInUse, ItemMovedOn
from mycelia.business_case.models import Case, ItemDependency, ItemResource, KpiReading, NamedInput
from mycelia.business_case.models.item import new_key
from mycelia.business_case.queries.items import MODELS, item_of, row_of, state_of
from mycelia.business_case.types import (
    SINGLE,
    Addition,
    Alteration,
    Edit,
    Entry,
    Estimate,
    FieldDifference,
    ItemKind,
    ItemState,
    ItemValue,
    Reading,
    Removal,
    bare,
    filled,
    kind_of,
)
from mycelia.kernel.policy import Actor


class Rows:
    """The rows of one case, locked, while edits of one actor are written into them."""

    def __init__(self, actor: Actor, case: Case) -> None:
        self.actor, self.case = actor, case
        self.references = References(case)

    @cached_property
    def _numbers(self) -> dict[str, Estimate]:
        """The numbers of the case's named inputs, by key."""
        return {row.key: row.estimate for row in NamedInput.objects.filter(case=self.case)}

    def _filled(self, value: ItemValue) -> ItemValue:
        """Return a value with the numbers of the named inputs that it uses, whatever it said they were."""
        try:
            return filled(value, self._numbers)
        except KeyError as unknown:
            text = _("The case has no input “%(key)s”. Nothing was saved.") % {"key": str(unknown.args[0])[:80]}
            raise InvalidTerms(text) from unknown

    def apply(self, edit: Edit) -> list[Entry]:
        """Write one edit and return what it did, nothing when it changes nothing."""
        if isinstance(edit, Addition):
            return self.add(edit.value)
        if isinstance(edit, Alteration):
            return self.alter(edit.value, edit.seen_revision)
        return self.remove(edit)

    def state(self, kind: ItemKind, key: str) -> ItemState:
        """Return an item as it is stored; see `item_of`, which reads again what is known here."""
        if kind is ItemKind.TERMS:
            return item_of(self.case, kind)
        return state_of(row_of(self.case, kind, key), kind, self.references.maps())

    def add(self, value: ItemValue, *, revision: int = 1, position: int | None = None) -> list[Entry]:
        """Insert an item."""
        kind, key = kind_of(value), key_of(value)
        if kind in SINGLE:
            raise InvalidTerms(_("Every case has this once already; change it instead. Nothing was saved."))
        if self.references.has_key(key):
            raise InvalidTerms(_("Another item of the case has this key. Nothing was saved."), key=key)
        refuse_invalid(value, self.case)
        others = self._make_way(value)
        place = position if position is not None else next_position(self.case, MODELS[kind])
        self._insert(value, revision=revision, position=place)
        return [*others, self._entry(kind, key, None)]

    def insert(self, value: ItemValue, *, position: int | None = None) -> None:
        """Insert an item of a case that is being restored: which option does nothing is as stated."""
        if self.references.has_key(key_of(value)):
            raise InvalidTerms(_("Two items of the case have the key “%(key)s”.") % {"key": key_of(value)[:80]})
        refuse_invalid(value, self.case, before=value)
        place = position if position is not None else next_position(self.case, MODELS[kind_of(value)])
        self._insert(value, revision=1, position=place)

    def _insert(self, value: ItemValue, *, revision: int, position: int) -> None:
        kind, key = kind_of(value), key_of(value)
        row = MODELS[kind](case=self.case, key=key, revision=revision, position=position)
        self.write(row, value)
        self.references.added(kind, key, row.pk)

    def alter(self, value: ItemValue, seen_revision: int) -> list[Entry]:
        """Replace what an item states."""
        kind, key, value = kind_of(value), key_of(value), self._filled(value)
        before = self._seen(kind, key, seen_revision, value)
        if isinstance(value, types.CaseTerms) and value.scope_unit_id != self.case.scope_unit_id:
            require_scope(self.actor, value.scope_unit_id)
        refuse_invalid(value, self.case, before.value)
        if before.value == value:
            return []
        others = self._make_way(value)
        row = self.case if kind is ItemKind.TERMS else row_of(self.case, kind, key)
        row.revision = before.revision + 1
        self.write(row, value)
        entry = self._entry(kind, key, before)
        return [*others, entry] if entry.before != entry.after else []

    def remove(self, edit: Removal) -> list[Entry]:
        """Delete an item; an objective takes its KPIs along."""
        before = self._seen(edit.kind, edit.key, edit.seen_revision, None)
        if edit.kind in SINGLE or (isinstance(before.value, types.Option) and before.value.is_baseline):
            raise InvalidTerms(_("Every case has this; it cannot be removed. Nothing was changed."))
        row = row_of(self.case, edit.kind, edit.key)
        if isinstance(row, NamedInput):
            self._refuse_used(row)
        gone = [self._removed(self.state(ItemKind.KPI, kpi.key)) for kpi in _kpis_of(edit.kind, row)]
        last = self._removed(before)
        self._delete(row)
        for entry in gone:
            self.references.removed(entry.kind, entry.key)
        self.references.removed(edit.kind, edit.key)
        return [*gone, last]

    def put_back_readings(self, entry: Entry) -> None:
        """Store the readings of a KPI that was removed and is there again."""
        kpi: Any = self.references.id_of(ItemKind.KPI, entry.key)
        KpiReading.objects.bulk_create(
            KpiReading(kpi_id=kpi, read_on=one.read_on, value=one.value, evidence=one.evidence)
            for one in entry.readings
        )

    def _refuse_used(self, row: NamedInput) -> None:
        users = sorted({str(user) for user in rows_using(self.case, row.key)})
        if users:
            raise ItemInUse(users)
        self._numbers.pop(row.key, None)

    def _delete(self, row: Any) -> None:
        try:
            with transaction.atomic():
                row.delete()
        except RestrictedError as used:
            raise ItemInUse(sorted({str(_named(other)) for other in used.restricted_objects})) from used

    def _seen(self, kind: ItemKind, key: str, seen_revision: int, stated: ItemValue | None) -> ItemState:
        current = self.state(kind, key)
        if current.revision != seen_revision:
            raise ItemMovedOn(current=current, stated=stated, differences=differences(stated, current.value))
        return current

    def _make_way(self, value: ItemValue) -> list[Entry]:
        """Prefer no other option than the one that is to be preferred."""
        if not isinstance(value, types.Option) or not value.is_preferred:
            return []
        others = MODELS[ItemKind.OPTION].objects.filter(case=self.case, is_preferred=True).exclude(key=value.key)
        states = [self.state(ItemKind.OPTION, other.key) for other in others]
        return [
            entry
            for state in states
            if isinstance(state.value, types.Option)
            for entry in self.alter(replace(state.value, is_preferred=False), state.revision)
        ]

    def write(self, row: Any, value: ItemValue) -> None:
        """Store what a value states in a row.

        Raises:
            InvalidTerms: A field is too long, or a number is not possible.
        """
        for name, stated in columns_of(self._filled(value), self.references).items():
            setattr(row, name, stated)
        try:
            row.clean_fields(exclude=[field.name for field in row._meta.fields if field.is_relation])
            with transaction.atomic():
                row.save()
                if isinstance(value, types.NamedInput):
                    spread_numbers(self.case, value.key, value.estimate)
        except ValidationError as invalid:
            raise InvalidTerms(_first_words(row, invalid), fields=sorted(invalid.message_dict)) from invalid
        except IntegrityError as refused:
            raise InvalidTerms(_("A number of this item is not possible. Nothing was saved.")) from refused
        if isinstance(value, types.WorkItem):
            self.write_links(row, value)
        if isinstance(value, types.NamedInput):
            self._numbers[value.key] = value.estimate

    def write_links(self, row: Any, value: types.WorkItem) -> None:
        """Store what a work item depends on and needs, in place of what it did."""
        row.dependencies.all().delete()
        row.resources.all().delete()
        for link in dict.fromkeys(value.depends_on):
            needed: Any = self.references.id_of(ItemKind.WORK_ITEM, link.key)
            ItemDependency.objects.create(item=row, depends_on_id=needed, lag_days=link.lag_days)
        for need in value.resources:
            ItemResource.objects.create(item=row, role=need.role, quantity=need.quantity, unit=need.unit)

    def _entry(self, kind: ItemKind, key: str, before: ItemState | None) -> Entry:
        after = self.state(kind, key)
        was = None if before is None else plain(before.value)
        return Entry(kind, key, was, plain(after.value), after.revision, after.position)

    def _removed(self, state: ItemState) -> Entry:
        readings = _readings_of(self.case, state.key) if state.kind is ItemKind.KPI else ()
        return Entry(state.kind, state.key, plain(state.value), None, state.revision + 1, state.position, readings)


def keyed(value: ItemValue) -> ItemValue:
    """Return a value with a key, made up where it has none."""
    has_none = hasattr(value, "key") and not value.key
    return replace(value, key=new_key()) if has_none else value  # type: ignore[arg-type]


def key_of(value: ItemValue) -> str:
    """Return the key of the item that a value states; that of the kind for what a case has once."""
    return str(getattr(value, "key", kind_of(value)))


def plain(value: ItemValue) -> dict[str, Any]:
    """Return a value as it is written in JSON, without the numbers of named inputs, which change on their own."""
    written: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(bare(value)))
    return written


def differences(ours: ItemValue | None, theirs: ItemValue) -> tuple[FieldDifference, ...]:
    """Return the fields that two people state differently."""
    if ours is None:
        return ()
    mine, other = plain(ours), plain(theirs)
    return tuple(FieldDifference(name, mine[name], other.get(name)) for name in mine if mine[name] != other.get(name))


def _kpis_of(kind: ItemKind, row: Any) -> list[Any]:
    return list(row.kpis.all()) if kind is ItemKind.OBJECTIVE else []


def _readings_of(case: Case, kpi: str) -> tuple[Reading, ...]:
    rows = KpiReading.objects.filter(kpi__case=case, kpi__key=kpi)
    return tuple(Reading(row.read_on, row.value, row.evidence) for row in rows)


def _named(other: Any) -> Any:
    """Return the item that a reader knows: a dependency is known by the item that has it."""
    return other.item if isinstance(other, ItemDependency) else other


def _first_words(row: Any, invalid: ValidationError) -> str:
    name, words = next(iter(invalid.message_dict.items()))
    label = row._meta.get_field(name).verbose_name
    return _("%(field)s: %(reason)s Nothing was saved.") % {"field": label, "reason": words[0]}
