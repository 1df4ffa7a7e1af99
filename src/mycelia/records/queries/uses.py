"""What became of the requests of credentials."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db.models import Sum

from mycelia.records.models import CredentialUse


def uses_since(credential_ids: Collection[int], since: datetime) -> Mapping[int, Mapping[str, int]]:
    """Return how many requests came under each credential since a moment, by outcome, the most frequent first.

    The outcome is "accepted" or the code of the refusal; a credential without requests is left out.
    """
    rows = (
        CredentialUse.objects.filter(credential_id__in=credential_ids, since__gte=since)
        .values_list("credential_id", "outcome")
        .annotate(total=Sum("requests"))
        .order_by("-total", "outcome")
    )
    found: dict[int, dict[str, int]] = {}
    for credential_id, outcome, total in rows:
        found.setdefault(credential_id, {})[outcome] = total
    return found
