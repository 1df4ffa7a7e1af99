"""The readiness check: what it finds, and what becomes of a finding."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mycelia.business_case import api
from mycelia.business_case.errors import CaseUnsound, DecidedAlready, DecidedMeanwhile, SavedTwice
from mycelia.business_case.forms.fields import GroupedForm
from mycelia.business_case.forms.readiness import AcceptanceForm, DeferralForm, DismissalForm
from mycelia.business_case.models import Case
from mycelia.business_case.pages.blueprint_frame import EntryFormPage, address, entry_form_page, trail
from mycelia.business_case.pages.needs import needs_page
from mycelia.business_case.pages.readiness import Register, finding_page, readiness_page, stands_decided
from mycelia.business_case.pages.readiness_words import sentence
from mycelia.business_case.permissions import EditCase, ReadCases
from mycelia.business_case.views.blueprint_edges import answer, editor, may_edit
from mycelia.business_case.views.gone import answers_gone_findings
from mycelia.kernel import clock
from mycelia.kernel.policy import Actor, allowed, require
from mycelia.kernel.requests import actor_of
from mycelia.ui.api import render_page

MOST_CASES = 100


@require_safe
def readiness(request: HttpRequest) -> HttpResponse:
    """Show everything the check finds."""
    actor = actor_of(request)
    case = chosen_case(request, actor)
    keys = api.register_keys(actor)
    page = readiness_page(
        api.readiness(actor, case),
        Register(*keys),
        numbers=(request.GET.get("page", "1"), request.GET.get("decided", "1")),
        cases=readable_cases(actor),
        case=case,
        horizon=api.landscape_horizon(case),
        today=clock.today(),
        is_synthetic=api.is_blueprint_synthetic(actor),
        may_decide=may_edit(request),
    )
    return render_page(request, "business_case/readiness.html", page)


@require_safe
@answers_gone_findings
def finding(request: HttpRequest, finding: str) -> HttpResponse:
    """Show one finding with its evidence and its decision."""
    actor = actor_of(request)
    case = chosen_case(request, actor)
    page = finding_page(
        api.standing_of(actor, finding, case),
        Register(*api.register_keys(actor)),
        case=case,
        cases=readable_cases(actor),
        may_decide=may_edit(request),
    )
    return render_page(request, "business_case/finding.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@answers_gone_findings
def acceptance(request: HttpRequest, finding: str) -> HttpResponse:
    """Turn a finding into a part of a case; without a case named, ask which."""
    actor = editor(request)
    case = chosen_case(request, actor)
    if case is None:
        return redirect(address("finding", finding))
    require(actor, EditCase(), case)
    standing = api.standing_of(actor, finding, case)
    form = AcceptanceForm(request.POST or None, finding=standing.finding, case=case)

    def save() -> HttpResponse:
        api.accept_finding(
            actor=actor,
            finding=standing.finding,
            case=case,
            acceptance=form.terms(),
            source=_source(sentence(standing.finding)),
            seen=_seen(request),
        )
        messages.success(request, _("The finding is part of “%(case)s” now.") % {"case": case.name})
        if early := form.warning():
            messages.warning(request, early)
        return redirect(f"{address('finding', finding)}?case={case.slug}")

    title = _("Accept into “%(case)s”") % {"case": case.name}
    return _answer(request, form, save, title, standing, case)


@require_http_methods(["GET", "HEAD", "POST"])
@answers_gone_findings
def dismissal(request: HttpRequest, finding: str) -> HttpResponse:
    """Dismiss a finding, with the reason."""
    actor = editor(request)
    case = chosen_case(request, actor)
    standing = api.standing_of(actor, finding, case)
    form = DismissalForm(request.POST or None)

    def save() -> HttpResponse:
        api.dismiss_finding(
            actor=actor, finding=standing.finding, reason=form.cleaned_data["reason"], seen=_seen(request)
        )
        messages.success(request, _("The finding is dismissed, with your reason."))
        return redirect(_back(case))

    return _answer(request, form, save, _("Dismiss the finding"), standing, case)


@require_http_methods(["GET", "HEAD", "POST"])
@answers_gone_findings
def deferral(request: HttpRequest, finding: str) -> HttpResponse:
    """Put a finding off until a day."""
    actor = editor(request)
    case = chosen_case(request, actor)
    standing = api.standing_of(actor, finding, case)
    form = DeferralForm(request.POST or None)

    def save() -> HttpResponse:
        api.defer_finding(actor=actor, finding=standing.finding, seen=_seen(request), **form.cleaned_data)
        messages.success(request, _("The finding is put off; it opens again on that day."))
        return redirect(_back(case))

    return _answer(request, form, save, _("Defer the finding"), standing, case)


@require_POST
@answers_gone_findings
def reopening(request: HttpRequest, finding: str) -> HttpResponse:
    """Take a decision back."""
    actor = editor(request)
    try:
        api.reopen_finding(actor=actor, finding_key=finding, seen=_seen(request))
    except (DecidedAlready, DecidedMeanwhile) as refused:
        messages.error(request, str(refused))
        return redirect(address("finding", finding))
    messages.success(request, _("The finding is open again."))
    return redirect(address("readiness"))


def chosen_case(request: HttpRequest, actor: Actor) -> Case | None:
    """Return the case that an address names, as far as the actor may read it; None where it names none."""
    slug = request.GET.get("case", "")[:80].replace("\0", "")
    return api.case_for(actor, slug) if slug else None


def readable_cases(actor: Actor) -> list[Case]:
    """Return the cases the actor may read, the latest changed first; none for whoever reads no cases."""
    return list(api.cases_for(actor)[:MOST_CASES]) if allowed(actor, ReadCases()) else []


def _answer(
    request: HttpRequest,
    form: GroupedForm,
    save: Callable[[], HttpResponse],
    title: str,
    standing: api.Standing,
    case: Case | None,
) -> HttpResponse:
    back = address("finding", standing.finding.key) + (f"?case={case.slug}" if case else "")
    decided = stands_decided(standing, readable_cases(actor_of(request)))

    def page() -> EntryFormPage:
        return entry_form_page(
            form,
            title=title,
            lead=sentence(standing.finding) if form.is_bound else f"{sentence(standing.finding)} {decided}".rstrip(),
            breadcrumbs=trail((_("Readiness"), _back(case)), (_("Finding"), back), last=title),
            cancel_url=back,
            revision=standing.mark,
        )

    def refused_or_saved() -> HttpResponse:
        try:
            return save()
        except DecidedMeanwhile as refused:
            form.add_error(None, f"{refused} {decided}".rstrip())
            return render_page(request, "business_case/blueprint_form.html", page(), status=refused.status)
        except (DecidedAlready, SavedTwice, CaseUnsound) as refused:
            form.add_error(None, str(refused))
            return render_page(request, "business_case/blueprint_form.html", page(), status=refused.status)

    return answer(request, form, refused_or_saved, lambda conflict: page())


def _seen(request: HttpRequest) -> str:
    """Return the mark of the decision that was looked at."""
    return request.POST.get("revision", "")


def _back(case: Case | None) -> str:
    return address("readiness") + (f"?case={case.slug}" if case else "")


def _source(text: str) -> str:
    return _("Readiness check: %(sentence)s") % {"sentence": text}


@require_safe
def needs(request: HttpRequest) -> HttpResponse:
    """Show what is needed for a case: the one named, else the latest the reader may read."""
    actor = actor_of(request)
    cases = readable_cases(actor)
    case = chosen_case(request, actor) or (cases[0] if cases else None)
    page = needs_page(api.needs_of(actor, case), cases=cases, case=case, systems=api.register_keys(actor)[0])
    return render_page(request, "business_case/needs.html", page)
