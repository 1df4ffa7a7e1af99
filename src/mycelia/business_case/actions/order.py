"""The order of items among their kind."""

from __future__ import annotations

from collections.abc import Sequence

from mycelia.business_case.models import Case
from mycelia.business_case.queries.items import MODELS
from mycelia.business_case.types import ItemKind


def keys_in_order(case: Case, kind: ItemKind) -> list[str]:
    """Return the keys of the items of a kind as they stand."""
    rows = MODELS[kind].objects.filter(case=case).order_by("position", "pk")
    return [str(key) for key in rows.values_list("key", flat=True)]


def put_in_order(case: Case, kind: ItemKind, keys: Sequence[str]) -> None:
    """Number the items of a kind in the order of the keys; their revisions stay, because nothing stated changed."""
    places = {key: place for place, key in enumerate(keys, start=1)}
    rows = list(MODELS[kind].objects.filter(case=case))
    for row in rows:
        row.position = places[row.key]
    MODELS[kind].objects.bulk_update(rows, ["position"])
