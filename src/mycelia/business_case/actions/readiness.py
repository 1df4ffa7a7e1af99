"""Deciding on findings: accept one into a case, dismiss it, defer it, or take a decision back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from mycelia.audit import api as audit
from mycelia.business_case.actions.items import add_item
from mycelia.business_case.actions.record import opened_for_change
from mycelia.business_case.calc.readiness import kept
from mycelia.business_case.errors import DecidedAlready, DecidedMeanwhile, InvalidEntry, NotInBlueprint, SavedTwice
from mycelia.business_case.events import BlueprintChanged
from mycelia.business_case.models import Case, FindingDecision, Option, System
from mycelia.business_case.permissions import EditBlueprint
from mycelia.business_case.queries.readiness import decision_mark, finding_then, item_exists
from mycelia.business_case.types import (
    Acceptance,
    BenefitCategory,
    BenefitLine,
    CostCategory,
    CostLine,
    DecisionKind,
    Estimate,
    IsolationMethod,
    Proposal,
    ProposalKind,
    ReadinessFinding,
    Recurrence,
    Timing,
    WorkItem,
)
from mycelia.kernel import clock
from mycelia.kernel.events import publish
from mycelia.kernel.policy import Actor, require

LONGEST_DAYS = 2_000
LARGEST_AMOUNT = Decimal("9999999999999.99")
SOURCE_LENGTH = 300
YEARLY_INPUT = {BenefitCategory.RETIRED_SYSTEMS: "yearly_cost", BenefitCategory.CUSTOM: "yearly_amount"}
"""The input of each builder that a yearly saving fills."""
Part = CostLine | BenefitLine | WorkItem


@transaction.atomic
def accept_finding(
    *,
    actor: Actor,
    finding: ReadinessFinding,
    case: Case,
    acceptance: Acceptance,
    source: str,
    seen: str | None = None,
) -> FindingDecision:
    """Turn a finding into a cost, a benefit or a work item of a case, once.

    Args:
        actor: May edit the blueprint and the case.
        finding: As the check finds it now.
        case: Where it becomes a part.
        acceptance: What it becomes.
        source: The finding in a sentence, for the line's source.
        seen: The mark of the decision that was looked at, as for every decision; None for a command.

    Raises:
        PermissionDenied: The actor may not edit the blueprint or the case.
        InvalidEntry: The acceptance breaks a stated rule; `field` says which.
        DecidedAlready: It became a part of a case before, here or in another session.
        DecidedMeanwhile: Somebody decided on it since.
        SavedTwice: The case would save more of a system's cost than it costs.
        CaseUnsound: The case would be impossible to compute.
    """
    require(actor, EditBlueprint())
    changed = opened_for_change(actor, case)
    decision = _opened(finding, seen)
    proposal = _chosen(finding, acceptance, changed)
    if proposal.kind is ProposalKind.BENEFIT:
        _refuse_saved_twice(finding, changed)
    item_key = _added(actor, changed, proposal, acceptance, source)
    decision.kind, decision.case = DecisionKind.ACCEPTED.value, changed
    decision.item_kind, decision.item_key = proposal.kind.value, item_key
    return _decided(actor, decision, finding, case=changed.slug, item=item_key)


@transaction.atomic
def dismiss_finding(
    *, actor: Actor, finding: ReadinessFinding, reason: str, seen: str | None = None
) -> FindingDecision:
    """Say that a finding needs nothing, and why.

    Raises:
        PermissionDenied: The actor may not edit the blueprint.
        InvalidEntry: No reason is given.
        DecidedAlready: It is part of a case.
        DecidedMeanwhile: Somebody decided on it since it was looked at.
    """
    require(actor, EditBlueprint())
    if not reason.strip():
        raise InvalidEntry(_("Say why it needs nothing, so that the next reader need not ask."), field="reason")
    decision = _opened(finding, seen)
    decision.kind, decision.reason = DecisionKind.DISMISSED.value, reason.strip()[:SOURCE_LENGTH]
    return _decided(actor, decision, finding)


@transaction.atomic
def defer_finding(
    *, actor: Actor, finding: ReadinessFinding, until: date, reason: str = "", seen: str | None = None
) -> FindingDecision:
    """Put a finding off until a day, when it is open again.

    Raises:
        PermissionDenied: The actor may not edit the blueprint.
        InvalidEntry: The day is not in the future.
        DecidedAlready: It is part of a case.
        DecidedMeanwhile: Somebody decided on it since it was looked at.
    """
    require(actor, EditBlueprint())
    if until <= clock.today():
        raise InvalidEntry(_("Choose a day in the future."), field="until")
    decision = _opened(finding, seen)
    decision.kind, decision.until = DecisionKind.DEFERRED.value, until
    decision.reason = reason.strip()[:SOURCE_LENGTH]
    return _decided(actor, decision, finding)


@transaction.atomic
def reopen_finding(*, actor: Actor, finding_key: str, seen: str | None = None) -> None:
    """Take a decision back, so that the finding is open again.

    Raises:
        PermissionDenied: The actor may not edit the blueprint.
        NotInBlueprint: Nothing was decided.
        DecidedAlready: It is part of a case; that part is removed there first.
        DecidedMeanwhile: Somebody decided otherwise since it was looked at.
    """
    require(actor, EditBlueprint())
    decision = FindingDecision.objects.select_for_update().filter(finding_key=finding_key).first()
    if decision is None:
        raise NotInBlueprint(finding=finding_key)
    _refuse_unseen(decision, seen)
    if decision.kind == DecisionKind.ACCEPTED and item_exists(decision):
        raise DecidedAlready(_("It is part of a case. Remove that part there first; then it is open again."))
    _record(actor, "finding_reopened", decision)
    decision.delete()


def _opened(finding: ReadinessFinding, seen: str | None) -> FindingDecision:
    """Return the locked decision on a finding, emptied, or a new one, as in place of one that a file told of."""
    decision = FindingDecision.objects.select_for_update(of=("self",)).filter(finding_key=finding.key).first()
    if decision is not None and decision.kind == DecisionKind.ACCEPTED and item_exists(decision):
        raise DecidedAlready(finding=finding.key)
    _refuse_unseen(decision, seen)
    if decision is not None and decision.is_restored:
        decision.delete()
        decision = None
    if decision is None:
        return FindingDecision(finding_key=finding.key)
    decision.reason, decision.until, decision.case = "", None, None
    decision.item_kind = decision.item_key = ""
    return decision


def _refuse_unseen(decision: FindingDecision | None, seen: str | None) -> None:
    if seen is not None and seen != decision_mark(decision):
        raise DecidedMeanwhile


def _decided(actor: Actor, decision: FindingDecision, finding: ReadinessFinding, **details: Any) -> FindingDecision:
    decision.finding = kept(finding)
    decision.decided_by_id, decision.decided_by_name = actor.person_id, actor.label
    decision.decided_at = clock.now()
    try:
        with transaction.atomic():
            decision.save()
    except IntegrityError as refused:
        raise DecidedAlready(
            _("Somebody else decided on this finding in the same moment. Nothing of yours was added."),
            finding=finding.key,
        ) from refused
    _record(actor, f"finding_{decision.kind}", decision, **details)
    return decision


def _record(actor: Actor, action: str, decision: FindingDecision, **details: Any) -> None:
    audit.record(
        actor=actor,
        action=f"business_case.{action}",
        object_type="blueprint.finding",
        object_id=decision.finding_key,
        details={
            "rule": decision.finding["rule"],
            **({"reason": decision.reason} if decision.reason else {}),
            **({"until": decision.until.isoformat()} if decision.until else {}),
            **details,
        },
    )
    publish(BlueprintChanged("finding", decision.finding_key))


def _chosen(finding: ReadinessFinding, acceptance: Acceptance, case: Case) -> Proposal:
    if not 0 <= acceptance.proposal < len(finding.proposals):
        raise InvalidEntry(_("Choose what it becomes."), field="proposal")
    if not acceptance.title.strip():
        raise InvalidEntry(_("Say in a few words what it is."), field="title")
    proposal = finding.proposals[acceptance.proposal]
    if proposal.kind is ProposalKind.WORK_ITEM:
        if acceptance.days is None or not 0 <= acceptance.days <= LONGEST_DAYS:
            raise InvalidEntry(_("Say how many working days it takes, from 0 to 2,000."), field="days")
        return proposal
    amount = acceptance.amount
    if amount is None or not amount.is_finite() or not 0 < amount <= LARGEST_AMOUNT:
        raise InvalidEntry(_("Enter an amount above 0 in %(currency)s.") % {"currency": case.currency}, field="amount")
    if not 0 <= acceptance.first_month <= case.horizon_months:
        raise InvalidEntry(_("The case does not have that month."), field="first_month")
    return proposal


def _refuse_saved_twice(finding: ReadinessFinding, case: Case) -> None:
    """Refuse when the accepted findings of a case would save more of a system's cost than it costs."""
    wanted = {saving.system: saving.amount for saving in finding.savings}
    accepted = FindingDecision.objects.filter(case=case, item_kind=ProposalKind.BENEFIT).exclude(
        finding_key=finding.key
    )
    for decision in accepted:
        if item_exists(decision):
            for saving in finding_then(decision).savings:
                if saving.system in wanted:
                    wanted[saving.system] += saving.amount
    costs = dict(System.objects.filter(key__in=wanted).values_list("key", "yearly_cost"))
    for key, amount in wanted.items():
        if amount > (costs.get(key) or Decimal(0)):
            raise SavedTwice(system=key)


def _added(actor: Actor, case: Case, proposal: Proposal, acceptance: Acceptance, source: str) -> str:
    """Add the line or work item to the proposed option and return its key."""
    option = Option.objects.filter(case=case, is_baseline=False).order_by("-is_preferred", "position").first()
    value = _part(proposal, acceptance, option.key if option else None, source[:SOURCE_LENGTH])
    return add_item(actor=actor, case=case, value=value).key


def _part(proposal: Proposal, acceptance: Acceptance, option: str | None, source: str) -> Part:
    """Return what a finding becomes; a benefit is the yearly input of its builder, a cost one piece at its price."""
    title, timing = acceptance.title.strip(), Timing(start_month=acceptance.first_month)
    estimate = Estimate.fixed(acceptance.amount or 0)
    if isinstance(proposal.category, CostCategory):
        recurrence = Recurrence.YEARLY if proposal.is_yearly else Recurrence.ONE_OFF
        return CostLine(
            "", proposal.category, title, option, price=estimate, recurrence=recurrence, timing=timing, source=source
        )
    if isinstance(proposal.category, BenefitCategory):
        inputs = {YEARLY_INPUT[proposal.category]: estimate}
        direct = IsolationMethod.DIRECT
        return BenefitLine(
            "", proposal.category, title, option, inputs=inputs, timing=timing, isolation_method=direct, source=source
        )
    return WorkItem("", title, Estimate.fixed(acceptance.days or 0), option=option)
