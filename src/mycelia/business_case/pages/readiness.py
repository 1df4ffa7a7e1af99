"""The findings of the readiness check, and one of them with its evidence and its decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mycelia.business_case.models import Case, FindingDecision
from mycelia.business_case.pages import formats
from mycelia.business_case.pages.blueprint_frame import Tab, address, tabs, trail
from mycelia.business_case.pages.readiness_words import (
    CONSEQUENCES,
    DECISIONS,
    RULES,
    SEVERITIES,
    SEVERITY_TONES,
    row_facts,
    row_name,
    saving,
    sentence,
)
from mycelia.business_case.pages.restored import with_origin
from mycelia.business_case.pages.roadmap_figures import item_anchor
from mycelia.business_case.queries import Standing
from mycelia.business_case.types import DecisionKind, EvidenceRow, LineKind, ProposalKind, RowKind, Severity
from mycelia.ui.api import Breadcrumb

PER_PAGE = 50


@dataclass(frozen=True)
class EvidenceEntry:
    """One row of evidence; `url` is where it is kept, empty where nothing leads."""

    name: str
    url: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class DecisionEntry:
    """What was decided.

    Attributes:
        part_url: The line or work item the finding became; empty when there is none, or the reader may not see it.
        note: What no longer holds of it, in a sentence; empty when it holds.
    """

    kind: str
    sentence: str
    reason: str
    part: str
    part_url: str
    note: str


@dataclass(frozen=True)
class FindingEntry:
    """One finding as it is read."""

    key: str
    url: str
    rule: str
    severity: str
    tone: str
    sentence: str
    saving: str
    consequence: str
    evidence: tuple[EvidenceEntry, ...]
    decision: DecisionEntry | None
    is_open: bool
    accept_url: str
    dismiss_url: str
    defer_url: str
    reopen_url: str
    mark: str


@dataclass(frozen=True)
class FindingGroup:
    """The open findings of one severity."""

    title: str
    findings: tuple[FindingEntry, ...]


@dataclass(frozen=True)
class CaseChoice:
    """A case the check can look at."""

    slug: str
    name: str
    is_chosen: bool


@dataclass(frozen=True)
class Register:
    """The primary keys behind the keys of evidence, so that each row leads to its entry."""

    systems: Mapping[str, int]
    models: Mapping[str, int]
    links: Mapping[str, int]


@dataclass(frozen=True)
class ReadinessPage:
    """Context of the readiness check."""

    title: str
    lead: str
    tabs: tuple[Tab, ...]
    groups: tuple[FindingGroup, ...]
    pages: Page
    decided: tuple[FindingEntry, ...]
    decided_pages: Page
    query: str
    cases: tuple[CaseChoice, ...]
    horizon: str
    as_of: str
    summary: str
    is_empty: bool
    is_synthetic: bool
    may_decide: bool
    may_accept: bool
    systems_url: str


@dataclass(frozen=True)
class FindingPage:
    """Context of one finding."""

    title: str
    lead: str
    breadcrumbs: tuple[Breadcrumb, ...]
    finding: FindingEntry
    cases: tuple[CaseChoice, ...]
    into_url: str
    may_decide: bool
    may_accept: bool


def readiness_page(
    standings: Sequence[Standing],
    register: Register,
    *,
    numbers: tuple[str, str],
    cases: Sequence[Case],
    case: Case | None,
    horizon: date,
    today: date,
    is_synthetic: bool,
    may_decide: bool,
) -> ReadinessPage:
    """Return the page of all findings.

    Args:
        standings: All findings with their decisions.
        register: What evidence leads to.
        numbers: Which page of the open and of the decided findings is asked for.
        cases: Those the reader may read.
        case: The one that is looked at.
        horizon: The last day that counts.
        today: The day of the check.
        is_synthetic: Whether the register holds what was invented.
        may_decide: Whether the reader decides.
    """
    still_open = [one for one in standings if one.is_open]
    pages = Paginator(still_open, PER_PAGE).get_page(numbers[0])
    decided = Paginator([one for one in standings if one.decision and not one.is_open], PER_PAGE).get_page(numbers[1])

    def entries(shown: Page) -> list[FindingEntry]:
        return [finding_entry(one, register, case, cases) for one in shown]

    return ReadinessPage(
        title=_("Readiness"),
        lead=_("What the register and real usage say has to be settled first, before anything is built."),
        tabs=tabs("readiness"),
        groups=_groups(list(zip(pages, entries(pages), strict=True))),
        pages=pages,
        decided=tuple(entries(decided)),
        decided_pages=decided,
        query=urlencode({"case": case.slug}) if case else "",
        cases=_choices(cases, case),
        horizon=formats.day(horizon),
        as_of=formats.day(today),
        summary=_summary(still_open),
        is_empty=not register.systems,
        is_synthetic=is_synthetic,
        may_decide=may_decide,
        may_accept=may_decide and bool(cases),
        systems_url=address("systems"),
    )


def finding_page(
    standing: Standing, register: Register, *, case: Case | None, cases: Sequence[Case], may_decide: bool
) -> FindingPage:
    """Return the page of one finding."""
    entry = finding_entry(standing, register, case, cases)
    return FindingPage(
        title=entry.sentence,
        lead=entry.consequence,
        breadcrumbs=trail((_("Readiness"), address("readiness")), last=entry.rule),
        finding=entry,
        cases=_choices(cases, case),
        into_url=address("acceptance", entry.key),
        may_decide=may_decide,
        may_accept=may_decide and bool(cases),
    )


def finding_entry(standing: Standing, register: Register, case: Case | None, cases: Sequence[Case]) -> FindingEntry:
    """Return one finding as it is read."""
    finding = standing.finding
    query = f"?{urlencode({'case': case.slug})}" if case else ""
    return FindingEntry(
        key=finding.key,
        url=address("finding", finding.key) + query,
        rule=str(RULES[finding.rule]),
        severity=str(SEVERITIES[finding.severity]),
        tone=SEVERITY_TONES[finding.severity],
        sentence=sentence(finding),
        saving=saving(finding),
        consequence=str(CONSEQUENCES[finding.rule]),
        evidence=tuple(
            EvidenceEntry(row_name(row), _row_url(row, register), row_facts(row)) for row in finding.evidence
        ),
        decision=_decision(standing, {one.pk for one in cases}) if standing.decision else None,
        is_open=standing.is_open,
        accept_url=address("acceptance", finding.key) + query if finding.proposals else "",
        dismiss_url=address("dismissal", finding.key) + query,
        defer_url=address("deferral", finding.key) + query,
        reopen_url=address("reopening", finding.key),
        mark=standing.mark,
    )


def stands_decided(standing: Standing, cases: Sequence[Case]) -> str:
    """Return what was decided on a finding, in a sentence; nothing where nobody has.

    Args:
        cases: Those the reader may read.
    """
    if standing.decision is None:
        return ""
    entry = _decision(standing, {one.pk for one in cases})
    what = f"{entry.kind}: {entry.part}" if entry.part else entry.kind
    return " ".join(filter(None, [what, f"{entry.sentence}.", f"“{entry.reason}”" if entry.reason else "", entry.note]))


def part_url(case: Case, item_kind: str, item_id: int, item_key: str) -> str:
    """Return where a part of a case that a finding became is read."""
    kind = ProposalKind(item_kind)
    if kind is ProposalKind.WORK_ITEM:
        return f"{reverse('business_case:roadmap', args=[case.slug])}#{item_anchor(item_key)}"
    return reverse("business_case:derivation", args=[case.slug, LineKind(kind.value), item_id])


def _choices(cases: Sequence[Case], case: Case | None) -> tuple[CaseChoice, ...]:
    return tuple(CaseChoice(one.slug, one.name, case is not None and one.pk == case.pk) for one in cases)


def _groups(found: Sequence[tuple[Standing, FindingEntry]]) -> tuple[FindingGroup, ...]:
    titles = {
        Severity.HIGH: _("Settle first"),
        Severity.MEDIUM: _("Settle before going live"),
        Severity.LOW: _("Keep in mind"),
    }
    groups = (
        FindingGroup(title, tuple(entry for one, entry in found if one.finding.severity is severity))
        for severity, title in titles.items()
    )
    return tuple(group for group in groups if group.findings)


def _summary(found: Sequence[Standing]) -> str:
    count = len(found)
    high = sum(1 for one in found if one.finding.severity is Severity.HIGH)
    text = ngettext("%(count)s open finding", "%(count)s open findings", count) % {"count": count}
    return _("%(text)s, %(high)s of them to settle first") % {"text": text, "high": high} if high else text


def _evidence(row: EvidenceRow, register: Register) -> EvidenceEntry:
    return EvidenceEntry(row_name(row), _row_url(row, register), row_facts(row))


def _row_url(row: EvidenceRow, register: Register) -> str:
    if row.kind is RowKind.SYSTEM and row.key in register.systems:
        return address("system", register.systems[row.key])
    if row.kind is RowKind.MODEL and row.key in register.models:
        return address("models")
    if row.kind is RowKind.LINK and row.key in register.links:
        return address("system", register.links[row.key]) + "#links"
    return f"{address('elements')}#{row.key}" if row.kind is RowKind.ELEMENT else ""


def _decision(standing: Standing, readable: set[Any]) -> DecisionEntry:
    decision = standing.decision
    assert decision is not None
    case = decision.case if decision.case_id in readable else None
    url = (
        part_url(case, decision.item_kind, standing.item_id, decision.item_key)
        if case and standing.item_id is not None
        else ""
    )
    return DecisionEntry(
        kind=str(DECISIONS[DecisionKind(decision.kind)]),
        sentence=with_origin(
            _("by %(name)s on %(instant)s")
            % {"name": decision.decided_by_name, "instant": formats.instant(decision.decided_at)},
            decision,
        ),
        reason=decision.reason,
        part=_part(decision, case),
        part_url=url,
        note=_note(standing, decision),
    )


def _part(decision: FindingDecision, case: Case | None) -> str:
    if decision.kind == DecisionKind.DEFERRED and decision.until:
        return _("until %(day)s") % {"day": formats.day(decision.until)}
    if decision.kind != DecisionKind.ACCEPTED:
        return ""
    words = {
        ProposalKind.COST: _("a cost of “%(case)s”"),
        ProposalKind.BENEFIT: _("a benefit of “%(case)s”"),
        ProposalKind.WORK_ITEM: _("a work item of “%(case)s”"),
    }
    return words[ProposalKind(decision.item_kind)] % {"case": case.name if case else _("a case you may not read")}


def _note(standing: Standing, decision: FindingDecision) -> str:
    if decision.kind == DecisionKind.ACCEPTED and standing.item_id is None:
        return _("That part of the case was removed, so the finding is open again.")
    if standing.is_open:
        return _("That day has come: it is open again.")
    if not standing.is_current:
        return _("The check no longer finds it.")
    return _("The evidence has changed since.") if standing.has_changed else ""
