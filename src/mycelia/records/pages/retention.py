"""Pages about how long statements are kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mycelia.audit import api as audit
from mycelia.audit.types import AuditFilter
from mycelia.kernel import clock
from mycelia.people.api import names_of
from mycelia.records import api
from mycelia.records.forms.retention import RetentionForm
from mycelia.ui.api import Breadcrumb

LOGGED = 24
_OBJECT = "records.RetentionRule"


@dataclass(frozen=True, slots=True)
class MonthRow:
    """A stored month; `goes` under the rule looked at."""

    month: api.StoredMonth
    goes: bool


@dataclass(frozen=True, slots=True)
class LogRow:
    """One entry of the log: when, who, what."""

    at: datetime
    who: str
    what: str


@dataclass(frozen=True, slots=True)
class RetentionPage:
    """The rule, what it lets go, and what it has removed.

    Args:
        rule: The months of the rule in force; None keeps for ever.
        tried: The months looked at, which are those of the rule unless others are tried.
        is_trial: Whether others are tried.
        is_due: Whether the rule in force lets months go.
    """

    title: str
    lead: str
    breadcrumbs: tuple[Breadcrumb, ...]
    form: RetentionForm
    rule: int | None
    tried: int | None
    is_trial: bool
    is_due: bool
    effect: str
    rule_words: str
    rows: tuple[MonthRow, ...]
    log: tuple[LogRow, ...]


@dataclass(frozen=True, slots=True)
class RemovalPage:
    """What would be removed at once."""

    title: str
    breadcrumbs: tuple[Breadcrumb, ...]
    rows: tuple[MonthRow, ...]
    effect: str


def retention_page(form: RetentionForm) -> RetentionPage:
    """Return the months stored and what the rule does to them, or another rule that is tried."""
    rule = api.retention_months()
    is_trial = form.is_bound and form.is_valid() and form.cleaned_data["months"] != rule
    tried = form.cleaned_data["months"] if is_trial else rule
    rows = _rows(tried)
    return RetentionPage(
        title=_("Retention"),
        lead=_("How long statements are kept, and what has been removed."),
        breadcrumbs=_trail(),
        form=form,
        rule=rule,
        tried=tried,
        is_trial=is_trial,
        is_due=any(_goes(row.month, rule) for row in rows),
        effect=_effect(rows),
        rule_words=_rule_words(rule),
        rows=rows,
        log=_log(),
    )


def removal_page() -> RemovalPage:
    """Return what the rule in force would remove now."""
    rows = tuple(row for row in _rows(api.retention_months()) if row.goes)
    title = _("Remove now")
    return RemovalPage(title, _trail(Breadcrumb(title)), rows, _effect(rows))


def removed_words(removed: dict[str, int]) -> str:
    """Return what was removed."""
    counts = {"months": len(removed), "statements": number_format(sum(removed.values()), force_grouping=True)}
    words = ngettext(
        "%(months)d month was removed, with %(statements)s statements.",
        "%(months)d months were removed, with %(statements)s statements.",
        len(removed),
    )
    return words % counts


def _rows(months: int | None) -> tuple[MonthRow, ...]:
    """Return the months that hold something, and the present one; those made ahead are of no interest yet."""
    now = clock.now()
    months_now = (one for one in api.stored_month_sizes() if one.statements or one.begin <= now)
    return tuple(MonthRow(one, _goes(one, months)) for one in months_now)


def _goes(month: api.StoredMonth, months: int | None) -> bool:
    return months is not None and api.is_over(month.begin, months=months, now=clock.now())


def _effect(rows: Sequence[MonthRow]) -> str:
    """Return in a sentence what goes: from when to when, how many months and statements."""
    going = [row.month for row in rows if row.goes]
    if not going:
        return _("Nothing stored is old enough to be removed.")
    values = {
        "months": len(going),
        "statements": number_format(sum(one.statements for one in going), force_grouping=True),
        "about": "" if all(one.is_exact for one in going) else _("about "),
        "first": f"{going[0].begin:%Y-%m-%d}",
        "end": f"{going[-1].end:%Y-%m-%d}",
    }
    words = ngettext(
        "%(months)d month with %(about)s%(statements)s statements goes: what was stored from %(first)s until before"
        " %(end)s (UTC).",
        "%(months)d months with %(about)s%(statements)s statements go: what was stored from %(first)s until before"
        " %(end)s (UTC).",
        len(going),
    )
    return words % values


def _rule_words(rule: int | None) -> str:
    if rule is None:
        return _("Everything is kept for ever.")
    words = ngettext("Statements are kept for %(months)d month.", "Statements are kept for %(months)d months.", rule)
    return words % {"months": rule}


def _log() -> tuple[LogRow, ...]:
    entries = list(audit.entries(AuditFilter(object_type=_OBJECT))[:LOGGED])
    names = names_of({one.actor_id for one in entries if one.actor_id is not None})
    return tuple(
        LogRow(
            one.recorded_at,
            names.get(one.actor_id or 0) or one.actor_label or _("a person no longer here"),
            _what(one.action, one.object_id, one.details),
        )
        for one in entries
    )


def _what(action: str, month: str, details: Mapping[str, Any]) -> str:
    if action == "records.retention.remove":
        words = _("%(month)s removed: %(statements)s statements")
        return words % {"month": month, "statements": number_format(details["statements"], force_grouping=True)}
    if action == "records.retention.attachments":
        words = _("Attachments removed that no statement refers to any more: %(count)s")
        return words % {"count": number_format(details["attachments"], force_grouping=True)}
    if action == "records.retention.texts":
        words = _("Agents removed that nothing refers to any more: %(agents)s; verbs and activities: %(iris)s")
        return words % {name: number_format(details[name], force_grouping=True) for name in ("agents", "iris")}
    return _("Rule changed. Now: %(rule)s") % {"rule": _rule_words(details["months"])}


def _trail(*last: Breadcrumb) -> tuple[Breadcrumb, ...]:
    return (
        Breadcrumb(_("Platform"), reverse("access:platform")),
        Breadcrumb(_("Learning records"), reverse("records:statements")),
        Breadcrumb(_("Retention"), reverse("records:retention") if last else None),
        *last,
    )
