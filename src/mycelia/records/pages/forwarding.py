"""Pages about the stores that statements are forwarded to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.translation import gettext as _

from mycelia.kernel import clock
from mycelia.records import api
from mycelia.records.actions.trial import Finding
from mycelia.records.errors import StatementNotFound
from mycelia.records.forms.forwarding import DestinationForm
from mycelia.records.models import DeadLetter, Destination
from mycelia.records.pages.delivery_chart import delivery_chart
from mycelia.records.queries.forwarding import COUNTED_TO
from mycelia.records.types import BROKEN_AFTER, AgentKey, Pause, Waiting
from mycelia.ui.api import Breadcrumb, Chart

PAGE_SIZE = 50
WINDOW = timedelta(hours=24)
_NOTHING = (0, 0, 0)


@dataclass(frozen=True, slots=True)
class DestinationRow:
    """One destination; the last three counts are of the last 24 hours, in whole hours."""

    destination: Destination
    tone: str
    state: str
    explanation: str
    waiting: str
    oldest: datetime | None
    dead: int
    delivered: int
    refused: int
    failures: int


@dataclass(frozen=True, slots=True)
class DestinationsPage:
    """The destinations."""

    title: str
    lead: str
    breadcrumbs: tuple[Breadcrumb, ...]
    rows: tuple[DestinationRow, ...]


@dataclass(frozen=True, slots=True)
class DestinationPage:
    """One destination: how it stands, what it gets, what it refused.

    Args:
        what: What is sent, as pairs of words and value.
        findings: What trying the connection found; None where it was not tried.
        chart: Of the last 24 hours; None where nothing happened.
        letters: One page of the dead letters.
        next_id: The statement that comes next, where the store keeps failing and it may be the cause.
    """

    title: str
    lead: str
    breadcrumbs: tuple[Breadcrumb, ...]
    row: DestinationRow
    what: tuple[tuple[str, str], ...]
    findings: tuple[Finding, ...] | None
    chart: Chart | None
    letters: Page[DeadLetter]
    next_id: UUID | None
    query: str = ""


@dataclass(frozen=True, slots=True)
class DestinationFormPage:
    """Setting up or changing a destination."""

    title: str
    lead: str
    breadcrumbs: tuple[Breadcrumb, ...]
    form: DestinationForm
    findings: tuple[Finding, ...] | None
    action_url: str
    back_url: str
    submit: str


@dataclass(frozen=True, slots=True)
class ConfirmationPage:
    """Confirming that a destination is removed, or begins anew."""

    title: str
    breadcrumbs: tuple[Breadcrumb, ...]
    row: DestinationRow


@dataclass(frozen=True, slots=True)
class SettingAsidePage:
    """Confirming that a statement is set aside which holds up the others."""

    title: str
    lead: str
    breadcrumbs: tuple[Breadcrumb, ...]
    destination: Destination
    statement_id: UUID
    raw: str


@dataclass(frozen=True, slots=True)
class DeadLetterPage:
    """One refused statement and why; `raw` is None where it is no longer in the store."""

    title: str
    lead: str
    breadcrumbs: tuple[Breadcrumb, ...]
    destination: Destination
    letter: DeadLetter
    raw: str | None


def destinations_page() -> DestinationsPage:
    """Return every destination with how far it lags."""
    found = list(api.destinations())
    lately, lag = api.delivered_lately([one.pk for one in found], WINDOW), api.lags(found)
    return DestinationsPage(
        title=_("Forwarding"),
        lead=_("Other record stores that get a copy of statements, as soon as they are stored here."),
        breadcrumbs=_trail(),
        rows=tuple(_row(one, lag[one.pk], one.dead, lately.get(one.pk, _NOTHING)) for one in found),  # type: ignore[attr-defined]
    )


def destination_page(
    found: Destination, number: str = "1", findings: tuple[Finding, ...] | None = None
) -> DestinationPage:
    """Return one destination with a page of its dead letters."""
    letters = Paginator(api.dead_letters(found), PAGE_SIZE).get_page(number)
    lately = api.delivered_lately([found.pk], WINDOW).get(found.pk, _NOTHING)
    return DestinationPage(
        title=found.name,
        lead=found.endpoint,
        breadcrumbs=_trail(Breadcrumb(found.name)),
        row=_row(found, api.waiting(found), letters.paginator.count, lately),
        what=_what(found),
        findings=findings,
        chart=delivery_chart(api.delivered_by_hour(found, WINDOW), clock.today()),
        letters=letters,
        next_id=_next_id(found),
    )


def _next_id(found: Destination) -> UUID | None:
    coming = api.next_statement(found) if found.consecutive_failures else None
    return None if coming is None else coming.statement_id


def creation_page(form: DestinationForm, findings: tuple[Finding, ...] | None = None) -> DestinationFormPage:
    """Return the form for a new destination."""
    title = _("Forward to another store")
    lead = _("Statements are sent in the order they were stored, from the first that matches; none is left out.")
    return DestinationFormPage(
        title,
        lead,
        _trail(Breadcrumb(title)),
        form,
        findings,
        action_url=reverse("records:destination_creation"),
        back_url=reverse("records:destinations"),
        submit=_("Start forwarding"),
    )


def settings_page(
    found: Destination, form: DestinationForm, findings: tuple[Finding, ...] | None = None
) -> DestinationFormPage:
    """Return the form for changing a destination."""
    back = reverse("records:destination", args=[found.pk])
    return DestinationFormPage(
        _("Change %(name)s") % {"name": found.name},
        _("A change holds from the next statement on; what was passed over is not gone back for."),
        _trail(Breadcrumb(found.name, back), Breadcrumb(_("Change"))),
        form,
        findings,
        action_url=reverse("records:destination_settings", args=[found.pk]),
        back_url=back,
        submit=_("Save"),
    )


def removal_page(found: Destination) -> ConfirmationPage:
    """Return what will no longer be there."""
    return _confirmation(found, _("Remove %(name)s") % {"name": found.name})


def beginning_page(found: Destination) -> ConfirmationPage:
    """Return what will be sent again."""
    return _confirmation(found, _("Send everything to %(name)s again") % {"name": found.name})


def _confirmation(found: Destination, title: str) -> ConfirmationPage:
    back = Breadcrumb(found.name, reverse("records:destination", args=[found.pk]))
    dead = api.dead_letters(found).count()
    return ConfirmationPage(title, _trail(back, Breadcrumb(title)), _row(found, api.waiting(found), dead, _NOTHING))


def dead_letter_page(found: Destination, letter: DeadLetter) -> DeadLetterPage:
    """Return a dead letter with its statement as it is stored now."""
    back = Breadcrumb(found.name, reverse("records:destination", args=[found.pk]))
    title = _("Refused statement")
    return DeadLetterPage(
        title, str(letter.statement_id), _trail(back, Breadcrumb(title)), found, letter, _raw(letter.statement_id)
    )


def setting_aside_page(found: Destination, statement_id: UUID) -> SettingAsidePage:
    """Return the statement that would be set aside.

    Raises:
        StatementNotFound: There is none with that identifier.
    """
    title = _("Set a statement aside")
    back = Breadcrumb(found.name, reverse("records:destination", args=[found.pk]))
    raw = _formatted(api.any_statement(statement_id).payload)
    return SettingAsidePage(title, str(statement_id), _trail(back, Breadcrumb(title)), found, statement_id, raw)


def _raw(statement_id: UUID) -> str | None:
    try:
        return _formatted(api.any_statement(statement_id).payload)
    except StatementNotFound:
        return None


def _formatted(payload: bytes) -> str:
    return msgspec.json.format(payload, indent=2).decode()


def _row(found: Destination, lag: Waiting, dead: int, lately: Sequence[int]) -> DestinationRow:
    tone, state, explanation = _state(found, lag)
    words = _("over %(most)s") % {"most": f"{COUNTED_TO:,}"} if lag.is_more else f"{lag.count:,}"
    return DestinationRow(found, tone, state, explanation, words, lag.oldest, dead, *lately)


def _state(found: Destination, lag: Waiting) -> tuple[str, str, str]:
    """Return tone, state and what to do about it."""
    if found.pause_reason == Pause.ADMINISTRATOR:
        return "neutral", _("Paused"), _("Nothing is sent until it is resumed; what comes meanwhile waits.")
    if found.pause_reason:
        return "danger", *_stopped(Pause(found.pause_reason))
    if found.consecutive_failures >= BROKEN_AFTER:
        words = _(
            "The last %(count)d attempts failed. It is tried again by itself, at least every hour unless the store asks"
            " for longer, and nothing is lost. Where the next statement is the cause, set it aside."
        )
        return "danger", _("Keeps failing"), words % {"count": found.consecutive_failures}
    if found.consecutive_failures:
        words = _("The last attempt failed; it is tried again by itself. Failed in a row: %(count)d.")
        return "warning", _("Trying again"), words % {"count": found.consecutive_failures}
    if lag.count:
        return "info", _("Sending"), _("The worker takes up what waits within a minute.")
    return "success", _("Up to date"), _("Everything stored until half a second ago was sent.")


def _stopped(reason: Pause) -> tuple[str, str]:
    return {
        Pause.CREDENTIAL_REFUSED: (
            _("Stopped: credential refused"),
            _("The store refuses key and secret. Correct them, or have them permitted there, and resume."),
        ),
        Pause.EVERYTHING_REFUSED: (
            _("Stopped: everything refused"),
            _("It refused one statement after the other. See why below, put it right, resume, and send them again."),
        ),
        Pause.SECRET_LOST: (
            _("Stopped: secret unreadable"),
            _("MYCELIA_SECRET_KEY has changed, so the secret cannot be read. Enter it again, and resume."),
        ),
    }[reason]


def _what(found: Destination) -> tuple[tuple[str, str], ...]:
    wanted = api.wanted_by(found)
    parts = (
        (_("Source"), "" if wanted.authority is None else _source(wanted.authority)),
        (_("Person"), "" if wanted.agent is None else _person(wanted.agent, found.related_agents)),
        (_("Verb"), found.verb),
        (_("Activity"), _related(found.activity, found.related_activities) if found.activity else ""),
        (_("Stored after"), "" if found.since is None else f"{found.since:%Y-%m-%d %H:%M:%S} UTC"),
    )
    return tuple((name, value) for name, value in parts if value) or ((_("Which"), _("Every statement")),)


def _source(authority: AgentKey) -> str:
    if authority.value == api.platform_authority()["account"]["name"]:
        return _("This platform itself")
    return next((one.name for one in api.credentials() if one.key == authority.value), authority.value)


def _person(agent: AgentKey, is_related: bool) -> str:
    name = api.people_behind([agent]).get(agent, agent.value.removeprefix("mailto:"))
    return _related(name, is_related)


def _related(value: str, is_related: bool) -> str:
    return _("%(value)s, also where only related") % {"value": value} if is_related else value


def _trail(*last: Breadcrumb) -> tuple[Breadcrumb, ...]:
    return (
        Breadcrumb(_("Platform"), reverse("access:platform")),
        Breadcrumb(_("Learning records"), reverse("records:statements")),
        Breadcrumb(_("Forwarding"), reverse("records:destinations") if last else None),
        *last,
    )
