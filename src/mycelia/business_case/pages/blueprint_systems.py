"""The register of systems, and one system with what hangs on it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.paginator import Page
from django.utils.translation import gettext as _

from mycelia.business_case.forms import SystemFilterForm
from mycelia.business_case.models import ModelPlacement, System, SystemLink
from mycelia.business_case.pages import formats
from mycelia.business_case.pages.blueprint_frame import Tab, address, tabs, to_systems, trail
from mycelia.business_case.pages.blueprint_words import (
    DEPTHS,
    DIRECTIONS,
    ELEMENTS,
    LIFECYCLE_TONES,
    LIFECYCLES,
    MOMENTS,
    PARTS,
    PROTOCOLS,
    PURPOSES,
)
from mycelia.business_case.types import (
    Element,
    Lifecycle,
    LinkDepth,
    LinkDirection,
    Moment,
    Part,
    Protocol,
    SystemPurpose,
)
from mycelia.ui.api import Breadcrumb


@dataclass(frozen=True)
class SystemEntry:
    """One row of the register. Texts are empty where nothing is known."""

    name: str
    url: str
    purpose: str
    vendor: str
    owner: str
    is_owner_gone: bool
    state: str
    tone: str
    users: str
    use_percent: int | None
    cost: str
    ends: str
    is_ended: bool
    links: int
    is_platform: bool


@dataclass(frozen=True)
class SystemsPage:
    """Context of the register."""

    title: str
    lead: str
    tabs: tuple[Tab, ...]
    systems: tuple[SystemEntry, ...]
    pages: Page
    filter_form: SystemFilterForm
    is_narrowed: bool
    query: str
    is_synthetic: bool
    may_edit: bool
    new_url: str
    import_url: str
    here: str


@dataclass(frozen=True)
class LinkEntry:
    """One link as it is read from one of its systems."""

    other: str
    other_url: str
    icon: str
    way: str
    protocol: str
    depth: str
    note: str
    edit_url: str


@dataclass(frozen=True)
class SystemPage:
    """Context of one system."""

    title: str
    lead: str
    breadcrumbs: tuple[Breadcrumb, ...]
    state: str
    tone: str
    is_synthetic: bool
    facts: tuple[tuple[str, str], ...]
    money: tuple[tuple[str, str], ...]
    links: tuple[LinkEntry, ...]
    parts: tuple[tuple[str, str], ...]
    may_edit: bool
    edit_url: str
    link_url: str


@dataclass(frozen=True)
class Count:
    """The users of the platform itself, as it counts them."""

    users: int
    counted_on: date


def systems_page(
    pages: Page,
    form: SystemFilterForm,
    *,
    query: str,
    may_edit: bool,
    today: date,
    platform: Count,
) -> SystemsPage:
    """Return one page of the register."""
    return SystemsPage(
        title=_("Systems"),
        lead=_("What learning runs on: what each system is for, who answers for it, and what it costs."),
        tabs=tabs("systems"),
        systems=tuple(system_entry(system, today=today, platform=platform) for system in pages),
        pages=pages,
        filter_form=form,
        is_narrowed=any(form.chosen().values()),
        query=query,
        is_synthetic=any(system.is_synthetic for system in pages),
        may_edit=may_edit,
        new_url=address("system_new"),
        import_url=address("systems_import"),
        here=address("systems"),
    )


def system_entry(system: System, *, today: date, platform: Count) -> SystemEntry:
    """Return one row; the platform's own users are those it counts."""
    active = _active(system, platform)
    end = _earlier(system.contract_end, system.end_of_life)
    lifecycle = Lifecycle(system.lifecycle)
    return SystemEntry(
        name=system.name,
        url=address("system", system.pk),
        purpose=str(PURPOSES[SystemPurpose(system.purpose)]),
        vendor=system.vendor,
        owner=system.owner.full_name if system.owner else "",
        is_owner_gone=bool(system.owner and not system.owner.is_active),
        state=str(LIFECYCLES[lifecycle]),
        tone=LIFECYCLE_TONES[lifecycle],
        users=_users(active, system.users_licensed),
        use_percent=_use_percent(active, system.users_licensed),
        cost=_cost(system.yearly_cost, system.currency),
        ends=formats.day(end) if end else "",
        is_ended=bool(end and end < today and lifecycle is not Lifecycle.RETIRED),
        links=getattr(system, "link_count", 0),
        is_platform=system.is_platform,
    )


def system_page(
    system: System,
    links: Iterable[SystemLink],
    placements: Iterable[ModelPlacement],
    *,
    may_edit: bool,
    platform: Count,
) -> SystemPage:
    """Return the page of one system."""
    lifecycle = Lifecycle(system.lifecycle)
    return SystemPage(
        title=system.name,
        lead=system.description,
        breadcrumbs=trail(to_systems(), last=system.name),
        state=str(LIFECYCLES[lifecycle]),
        tone=LIFECYCLE_TONES[lifecycle],
        is_synthetic=system.is_synthetic,
        facts=_facts(system, platform),
        money=_money(system, platform),
        links=tuple(_link(system, link) for link in links),
        parts=tuple(_part(placement) for placement in placements),
        may_edit=may_edit,
        edit_url=address("system_terms", system.pk),
        link_url=address("link_new", system.pk),
    )


def totals_by_currency(systems: Sequence[System]) -> str:
    """Return what live systems cost a year, one amount for each currency, since nothing is converted."""
    sums: dict[str, Decimal] = {}
    for system in systems:
        if system.yearly_cost is not None:
            sums[system.currency] = sums.get(system.currency, Decimal(0)) + system.yearly_cost
    return " + ".join(formats.money(amount, currency) for currency, amount in sorted(sums.items()))


def _active(system: System, platform: Count) -> int | None:
    return platform.users if system.is_platform else system.users_active


def _facts(system: System, platform: Count) -> tuple[tuple[str, str], ...]:
    active = _active(system, platform)
    counted = platform.counted_on if system.is_platform else system.counted_on
    source = _("counted by the platform") if system.is_platform else _("entered in the register")
    elements = ", ".join(str(ELEMENTS[Element(one)]) for one in system.elements)
    return (
        (_("Purpose"), str(PURPOSES[SystemPurpose(system.purpose)])),
        (_("Vendor"), system.vendor or _("not known")),
        (_("Owner"), _owner(system)),
        (_("Users active"), _("not known") if active is None else f"{formats.number(Decimal(active))}, {source}"),
        (_("Counted on"), formats.day(counted) if counted else _("not known")),
        (_("Users licensed"), _number(system.users_licensed)),
        (_("Elements it serves"), elements or _("none named")),
    )


def _money(system: System, platform: Count) -> tuple[tuple[str, str], ...]:
    return (
        (_("Cost a year"), _cost(system.yearly_cost, system.currency) or _("not known")),
        (_("Cost a year for each active user"), _cost_of_a_user(system, _active(system, platform))),
        (_("Cost to leave"), _cost(system.exit_cost, system.currency) or _("not known")),
        (_("Contract ends"), formats.day(system.contract_end) if system.contract_end else _("not known")),
        (_("End of life"), formats.day(system.end_of_life) if system.end_of_life else _("none announced")),
    )


def _cost_of_a_user(system: System, active: int | None) -> str:
    if system.yearly_cost is None or not active:
        return _("not known")
    return f"{system.currency}{formats.NO_BREAK_SPACE}{formats.number(system.yearly_cost / active, places=2)}"


def _owner(system: System) -> str:
    if system.owner is None:
        return _("nobody yet")
    if system.owner.is_active:
        return system.owner.full_name
    return _("%(name)s, whose account is deactivated") % {"name": system.owner.full_name}


def _link(system: System, link: SystemLink) -> LinkEntry:
    leads_out = link.source_id == system.pk
    other = link.target if leads_out else link.source
    both = link.direction == LinkDirection.BOTH
    return LinkEntry(
        other=other.name,
        other_url=address("system", other.pk),
        icon="arrows-left-right" if both else "arrow-right" if leads_out else "arrow-left",
        way=str(DIRECTIONS[LinkDirection.BOTH]) if both else _("to it") if leads_out else _("from it"),
        protocol=str(PROTOCOLS[Protocol(link.protocol)]),
        depth=str(DEPTHS[LinkDepth(link.depth)]),
        note=link.note,
        edit_url=address("link", link.pk),
    )


def _part(placement: ModelPlacement) -> tuple[str, str]:
    part, moment = PARTS[Part(placement.part)], MOMENTS[Moment(placement.moment)]
    return placement.model.name, f"{part}, {moment}"


def _users(active: int | None, licensed: int | None) -> str:
    if active is None and licensed is None:
        return ""
    if licensed is None:
        return _number(active)
    return _("%(active)s of %(licensed)s") % {
        "active": "?" if active is None else formats.number(Decimal(active)),
        "licensed": formats.number(Decimal(licensed)),
    }


def _use_percent(active: int | None, licensed: int | None) -> int | None:
    return None if active is None or not licensed else min(100, active * 100 // licensed)


def _cost(amount: Decimal | None, currency: str) -> str:
    return "" if amount is None else formats.money(amount, currency)


def _number(count: int | None) -> str:
    return _("not known") if count is None else formats.number(Decimal(count))


def _earlier(first: date | None, second: date | None) -> date | None:
    days = [day for day in (first, second) if day is not None]
    return min(days) if days else None
