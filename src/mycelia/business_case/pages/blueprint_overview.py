"""The figures above the six elements."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mycelia.business_case.models import ContentModel, System
from mycelia.business_case.pages.blueprint_systems import totals_by_currency
from mycelia.business_case.types import Lifecycle, Moment, Part

LIVE = frozenset({Lifecycle.PILOT, Lifecycle.ACTIVE, Lifecycle.SUNSET})


def overview_stats(systems: Sequence[System], models: Sequence[ContentModel]) -> tuple[tuple[str, str, str], ...]:
    """Return (label, value, detail) of what the register holds; nothing for an empty register."""
    if not systems:
        return ()
    live = [system for system in systems if system.lifecycle in LIVE]
    unowned = sum(1 for system in live if system.owner is None or not system.owner.is_active)
    owned = (
        ngettext("%(count)s without an owner", "%(count)s without an owner", unowned) % {"count": unowned}
        if unowned
        else _("each with an owner")
    )
    single = sum(1 for model in models if _masters(model) == 1)
    return (
        (_("Systems in use"), str(len(live)), owned),
        (_("Cost a year"), totals_by_currency(live) or _("not known"), _unknown_costs(live)),
        (
            _("Content models with one master"),
            _("%(count)s of %(all)s") % {"count": single, "all": len(models)},
            _("today"),
        ),
    )


def _masters(model: ContentModel) -> int:
    return sum(1 for one in model.placements.all() if (one.moment, one.part) == (Moment.TODAY, Part.MASTER))


def _unknown_costs(live: Sequence[System]) -> str:
    unknown = sum(1 for system in live if system.yearly_cost is None)
    if not unknown:
        return _("of all systems in use")
    return ngettext("cost of %(count)s system is unknown", "cost of %(count)s systems is unknown", unknown) % {
        "count": unknown
    }
