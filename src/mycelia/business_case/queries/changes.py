"""What an item stated at an earlier revision, as far as the changes that can be undone tell."""

from __future__ import annotations

from typing import Any

import msgspec

from mycelia.business_case.models import Case, Change, NamedInput
from mycelia.business_case.types import VALUE_TYPES, ItemKind, ItemValue, filled


def value_at(case: Case, kind: ItemKind, key: str, revision: int) -> ItemValue | None:
    """Return what an item stated at a revision; None where no kept change tells."""
    of_it = [{"kind": str(kind), "key": key}]
    found: Any = None
    for state, entries in Change.objects.filter(case=case, entries__contains=of_it).values_list("state", "entries"):
        for entry in entries:
            if (entry["kind"], entry["key"]) != (str(kind), key):
                continue
            now, before = (entry["after"], entry["before"]) if state == "done" else (entry["before"], entry["after"])
            if entry["revision"] == revision:
                found = now or found
            elif entry["revision"] == revision + 1:
                found = found or before
    return None if found is None else _filled(case, msgspec.convert(found, VALUE_TYPES[kind], strict=False))


def _filled(case: Case, value: ItemValue) -> ItemValue | None:
    """Return a value with the numbers of its named inputs as they are; None where one is gone."""
    try:
        return filled(value, {row.key: row.estimate for row in NamedInput.objects.filter(case=case)})
    except KeyError:
        return None
