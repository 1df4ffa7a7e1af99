"""What becomes of a finding, as typed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mycelia.business_case.calc.timeline import month_after
from mycelia.business_case.forms.fields import DayField, FieldGroup, GroupedForm
from mycelia.business_case.models import Case
from mycelia.business_case.pages import formats
from mycelia.business_case.pages.readiness_words import proposal_words, sentence
from mycelia.business_case.types import Acceptance, ProposalKind, ReadinessFinding


class AcceptanceForm(GroupedForm):
    """What a finding becomes in the case: which kind of part, its words, and its amount or length."""

    proposal = forms.TypedChoiceField(label=_("It becomes"), coerce=int, widget=forms.RadioSelect)
    title = forms.CharField(label=_("In the case it is called"), max_length=200)
    amount = forms.DecimalField(label=_("Amount"), min_value=0, max_digits=15, decimal_places=2, required=False)
    first_month = forms.IntegerField(label=_("Counts from month"), min_value=0)
    days = forms.IntegerField(
        label=_("Working days, for a work item"), min_value=0, max_value=2000, required=False, initial=10
    )

    def __init__(self, *args: Any, finding: ReadinessFinding, case: Case, **options: Any) -> None:
        super().__init__(*args, **options)
        self.finding, self.case = finding, case
        self.initial = {"proposal": 0, "title": sentence(finding)[:200], "first_month": _first_month(finding, case)}
        self.initial |= _amount(finding, case)
        self.choosing("proposal").choices = [
            (place, proposal_words(proposal)) for place, proposal in enumerate(finding.proposals)
        ]
        self.fields["first_month"].help_text = _month_help(finding, case)
        self.fields["amount"].label = _("Amount, %(currency)s") % {"currency": case.currency}
        self.fields["amount"].help_text = _amount_help(finding, case)

    def terms(self) -> Acceptance:
        """Return what was typed; the form is valid."""
        return Acceptance(**self.cleaned_data)

    def warning(self) -> str:
        """Return what to say of a saving that begins while it is still paid for; the form is valid."""
        chosen, paid_until = self.finding.proposals[self.cleaned_data["proposal"]], self.finding.paid_until
        if chosen.kind is not ProposalKind.BENEFIT or paid_until is None:
            return ""
        earliest = month_after(self.case.start, paid_until)
        if self.cleaned_data["first_month"] >= earliest:
            return ""
        words = _(
            "It is saved from month %(month)s on, but paid for until %(day)s: month %(earliest)s is the first one."
        )
        told = {"month": self.cleaned_data["first_month"], "day": formats.day(paid_until), "earliest": earliest}
        return str(words % told)

    def groups(self) -> tuple[FieldGroup, ...]:
        """Return the fields in the order of the page."""
        names = ("proposal", "title", "amount", "first_month", "days")
        return (FieldGroup("", tuple(self[name] for name in names)),)


class DismissalForm(GroupedForm):
    """Why a finding needs nothing."""

    reason = forms.CharField(label=_("Why it needs nothing"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))

    def groups(self) -> tuple[FieldGroup, ...]:
        """Return the fields in the order of the page."""
        return (FieldGroup("", (self["reason"],)),)


class DeferralForm(GroupedForm):
    """Until when a finding is put off."""

    until = DayField(label=_("Open again on"))
    reason = forms.CharField(
        label=_("Why then"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def groups(self) -> tuple[FieldGroup, ...]:
        """Return the fields in the order of the page."""
        return (FieldGroup("", (self["until"], self["reason"])),)


def _first_month(finding: ReadinessFinding, case: Case) -> int | None:
    """Return the suggested month, for a saving the one after its last contract; None when the case ends first."""
    saves = bool(finding.proposals) and finding.proposals[0].kind is ProposalKind.BENEFIT
    if not saves or finding.paid_until is None:
        return 1
    month = month_after(case.start, finding.paid_until)
    return month if month <= case.horizon_months else None


def _month_help(finding: ReadinessFinding, case: Case) -> str:
    months = _("0 is the start, 1 the month from %(start)s, %(last)s the last.")
    told = str(months % {"start": formats.day(case.start), "last": case.horizon_months})
    if finding.paid_until is None:
        return told
    earliest, day = month_after(case.start, finding.paid_until), formats.day(finding.paid_until)
    if earliest > case.horizon_months:
        return (
            told
            + " "
            + str(_("It is paid for until %(day)s, after the case ends: nothing of it is saved.") % {"day": day})
        )
    saved = _("It is paid for until %(day)s: a saving counts from month %(month)s at the earliest.")
    return told + " " + str(saved % {"day": day, "month": earliest})


def _amount(finding: ReadinessFinding, case: Case) -> dict[str, Any]:
    """Return the suggested amount, where the register knows one in the currency of the case."""
    first = finding.proposals[0] if finding.proposals else None
    known = first is not None and first.amount is not None and first.currency == case.currency
    return {"amount": first.amount} if first is not None and known else {}


def _amount_help(finding: ReadinessFinding, case: Case) -> str:
    known = [
        f"{proposal_words(proposal)}: {formats.money(proposal.amount, proposal.currency)}"
        f" {_('a year') if proposal.is_yearly else _('once')}"
        for proposal in finding.proposals
        if proposal.kind is not ProposalKind.WORK_ITEM and proposal.amount is not None
    ]
    if not known:
        return str(_("For a cost or a benefit. The register does not know it; a work item needs none."))
    suffix = ""
    if any(one.currency not in ("", case.currency) for one in finding.proposals):
        suffix = " " + str(_("Nothing is converted: enter the amount in the currency of the case."))
    return str(_("From the register: %(known)s.") % {"known": "; ".join(known)}) + suffix
