"""What sources send, how much of it is refused, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.translation import gettext as _

from mycelia.kernel import clock
from mycelia.records import api
from mycelia.records.actions.uses import ACCEPTED
from mycelia.records.calc.description import last_part
from mycelia.records.forms.sources import SourcesForm, Window
from mycelia.records.models import Credential
from mycelia.records.pages.credentials import outcome_words
from mycelia.records.pages.source_charts import refusals_chart, share, throughput_chart
from mycelia.records.queries.credentials import authority_of
from mycelia.records.queries.traffic import COUNTED_TO
from mycelia.records.types import AgentKey, Step
from mycelia.ui.api import Breadcrumb, Chart

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One source; `reason` is why most of what was refused was, `sent` its statements, "" where none count."""

    name: str
    url: str
    accepted: int
    refused: int
    refused_share: str
    reason: str
    sent: str
    statements_url: str


@dataclass(frozen=True, slots=True)
class SourcesPage:
    """The sources and what became of their requests."""

    title: str
    lead: str
    breadcrumbs: tuple[Breadcrumb, ...]
    form: SourcesForm
    rows: tuple[SourceRow, ...]
    page: Page[Credential | None]
    query: str
    charts: tuple[tuple[str, Chart], ...]
    chosen: Credential | None
    verbs: tuple[tuple[str, int], ...]


def sources_page(credentials: Sequence[Credential], form: SourcesForm, number: str) -> SourcesPage:
    """Return the sources, those that asked most first, with what became of it over time."""
    window, chosen = form.chosen, form.credential
    until = _end_of_step(clock.now(), window.step)
    since = until - window.span
    uses = api.uses_by_source(since)
    page = Paginator(_ranked(credentials, uses), PAGE_SIZE).get_page(number)
    steps = api.steps(since, until, window.step, None if chosen is None else chosen.pk)
    return SourcesPage(
        title=_("Sources"),
        lead=_("What other systems send and ask, how much of it is refused, and why."),
        breadcrumbs=_trail(),
        form=form,
        rows=_rows(list(page), uses, since),
        page=page,
        query=urlencode({name: form.data[name] for name in form.fields if form.data.get(name)}),
        charts=_charts(steps, _outcomes(uses, chosen), window, until),
        chosen=chosen,
        verbs=() if chosen is None else tuple((last_part(i), n) for i, n in api.verbs_sent(_authority(chosen))),
    )


def _end_of_step(now: datetime, step: timedelta) -> datetime:
    """Return the end of the step that is under way; steps begin on whole hours, days of steps at midnight UTC."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + step * ((now - midnight) // step + 1)


def _ranked(credentials: Sequence[Credential], uses: Mapping[int | None, Mapping[str, int]]) -> list[Credential | None]:
    """Return those that asked, most first, then those that could have; None stands for whoever is not known."""
    rows: list[tuple[int, str, Credential | None]] = [
        (-sum(uses.get(one.pk, {}).values()), one.name, one)
        for one in credentials
        if one.pk in uses or one.withdrawn_at is None
    ]
    if None in uses:
        rows.append((-sum(uses[None].values()), "", None))
    return [one for _requests, _name, one in sorted(rows, key=lambda row: row[:2])]


def _rows(
    ranked: Sequence[Credential | None], uses: Mapping[int | None, Mapping[str, int]], since: datetime
) -> tuple[SourceRow, ...]:
    authorities = {one.pk: _authority(one) for one in ranked if one is not None}
    sent = api.statements_sent(authorities.values(), since)
    return tuple(
        _row(one, uses.get(None if one is None else one.pk, {}), 0 if one is None else sent.get(authorities[one.pk], 0))
        for one in ranked
    )


def _row(source: Credential | None, uses: Mapping[str, int], sent: int) -> SourceRow:
    accepted = uses.get(ACCEPTED, 0)
    refused = sum(uses.values()) - accepted
    reason = next((outcome_words(outcome) for outcome in uses if outcome != ACCEPTED), "")
    agent = "" if source is None else urlencode({"agent": source.key, "related_agents": "on"})
    return SourceRow(
        name=_("No known credential") if source is None else source.name,
        url="" if source is None else reverse("records:credential", args=[source.pk]),
        accepted=accepted,
        refused=refused,
        refused_share=share(refused, accepted + refused),
        reason=reason,
        sent=_("over %(most)s") % {"most": f"{COUNTED_TO:,}"} if sent > COUNTED_TO else f"{sent:,}",
        statements_url=f"{reverse('records:statements')}?{agent}" if sent else "",
    )


def _outcomes(uses: Mapping[int | None, Mapping[str, int]], chosen: Credential | None) -> Counter[str]:
    found: Counter[str] = Counter()
    for credential_id, outcomes in uses.items():
        if chosen is None or credential_id == chosen.pk:
            found.update(outcomes)
    return found


def _charts(
    steps: Sequence[Step], outcomes: Counter[str], window: Window, as_of: datetime
) -> tuple[tuple[str, Chart], ...]:
    if not outcomes:
        return ()
    charts = [("throughput", throughput_chart(steps, window, as_of.date()))]
    refusals = [(outcome_words(name), count) for name, count in outcomes.most_common() if name != ACCEPTED]
    if refusals:
        charts.append(("refusals", refusals_chart(refusals, window, as_of.date())))
    return tuple(charts)


def _authority(credential: Credential) -> AgentKey:
    account = authority_of(credential)["account"]
    return AgentKey("account", account["name"], account["homePage"])


def _trail() -> tuple[Breadcrumb, ...]:
    return (
        Breadcrumb(_("Platform"), reverse("access:platform")),
        Breadcrumb(_("Learning records"), reverse("records:statements")),
        Breadcrumb(_("Sources")),
    )
