"""One frozen dataclass per page."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from mycelia.audit import api, registry
from mycelia.audit.forms import AuditFilterForm
from mycelia.audit.models import AuditEntry
from mycelia.ui.api import Breadcrumb

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One entry as it is shown."""

    sequence: int
    recorded_at: datetime
    actor: str
    action: str
    object_label: str
    object_url: str | None
    details: str
    entry_hash: str


@dataclass(frozen=True, slots=True)
class AuditPage:
    """A part of the log, newest first."""

    title: str
    lead: str
    breadcrumbs: tuple[Breadcrumb, ...]
    form: AuditFilterForm
    rows: tuple[AuditRow, ...]
    is_narrowed: bool
    is_first: bool
    first_url: str
    older_url: str


def audit_page(form: AuditFilterForm) -> AuditPage:
    """Return the entries that match, with names and links where higher layers know them."""
    wanted = form.wanted
    found = list(api.entries(wanted)[: PAGE_SIZE + 1])
    shown, rest = found[:PAGE_SIZE], found[PAGE_SIZE:]
    query = _query(form)
    entries, head = api.head()
    return AuditPage(
        title=_("Audit log"),
        lead=_("Who did what. Nothing here can be changed or removed; %(count)s entries, the last hash is %(hash)s…")
        % {"count": entries, "hash": head[:12]},
        breadcrumbs=(Breadcrumb(_("Platform"), _platform_url()), Breadcrumb(_("Audit log"))),
        form=form,
        rows=_rows(shown),
        is_narrowed=bool(query),
        is_first=wanted.before is None,
        first_url=f"?{urlencode(query)}",
        older_url=f"?{urlencode({**query, 'before': shown[-1].sequence})}" if rest else "",
    )


def _rows(entries: Sequence[AuditEntry]) -> tuple[AuditRow, ...]:
    about_people = {int(e.object_id) for e in entries if e.object_type == "people.Person" and e.object_id.isdecimal()}
    names = registry.names_of({e.actor_id for e in entries if e.actor_id is not None} | about_people)
    return tuple(_row(entry, names) for entry in entries)


def _row(entry: AuditEntry, names: Mapping[int, str]) -> AuditRow:
    return AuditRow(
        sequence=entry.sequence,
        recorded_at=entry.recorded_at,
        actor=_actor(entry, names),
        action=entry.action,
        object_label=_object(entry, names),
        object_url=registry.link_to(entry.object_type, entry.object_id),
        details=json.dumps(entry.details, ensure_ascii=False, indent=2) if entry.details else "",
        entry_hash=bytes(entry.entry_hash).hex(),
    )


def _actor(entry: AuditEntry, names: Mapping[int, str]) -> str:
    if entry.actor_kind == "person" and entry.actor_id is not None:
        return names.get(entry.actor_id) or _("person %(number)s") % {"number": entry.actor_id}
    return _("system: %(label)s") % {"label": entry.actor_label} if entry.actor_label else _("nobody signed in")


def _object(entry: AuditEntry, names: Mapping[int, str]) -> str:
    if entry.object_type == "people.Person" and entry.object_id.isdecimal():
        return names.get(int(entry.object_id)) or f"{entry.object_type} {entry.object_id}"
    return f"{entry.object_type.rpartition('.')[2]} {entry.object_id}"


def _query(form: AuditFilterForm) -> dict[str, str]:
    given = {name: form.data.get(name, "") for name in form.fields if name != "before"}
    return {name: str(value) for name, value in given.items() if value}


def _platform_url() -> str | None:
    try:
        return reverse("access:platform")
    except NoReverseMatch:
        return None
