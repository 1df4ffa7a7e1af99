"""Plan and actual, the ledger, closing months, and stage gates."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mycelia.business_case import api
from mycelia.business_case.errors import LedgerRefused, MonthMovedOn, PresentedMeanwhile
from mycelia.business_case.forms.actuals import GateForm, LedgerForm, ReadingForm
from mycelia.business_case.models import Case
from mycelia.business_case.pages.editing import removal_page
from mycelia.business_case.pages.ledger import early_in_words, ledger_page
from mycelia.business_case.pages.performance import performance_page
from mycelia.business_case.pages.plan_choice import plan_choice
from mycelia.business_case.pages.readings import readings_page, saved_reading_in_words
from mycelia.business_case.pages.roadmap import overdue_titles
from mycelia.business_case.permissions import PresentCase
from mycelia.business_case.types import BookingFault, LedgerPlan, SourceKind
from mycelia.business_case.views.cases import rights_of
from mycelia.business_case.views.edges import UNPROCESSABLE, editable_case, whole_number
from mycelia.business_case.views.gone import answer_gone_file
from mycelia.kernel.policy import require
from mycelia.kernel.requests import actor_of
from mycelia.ui.api import render_page

PER_PAGE = 50
MOST_PLANS = 50
MOST_CHARACTERS = 64


@require_safe
def actuals(request: HttpRequest, slug: str) -> HttpResponse:
    """Show plan, actual and forecast of a case."""
    return _performance(request, api.case_for(actor_of(request), slug), GateForm())


@require_POST
def closure(request: HttpRequest, slug: str) -> HttpResponse:
    """Close the first month that is open."""
    case = editable_case(request, slug)
    try:
        close = api.close_month(actor=actor_of(request), case=case, meant=_month(request))
    except MonthMovedOn as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Month %(number)s is closed.") % {"number": close.column})
    return redirect("business_case:actuals", slug)


@require_POST
def gates(request: HttpRequest, slug: str) -> HttpResponse:
    """Decide whether to continue, change or stop."""
    case = api.case_for(actor_of(request), slug)
    require(actor_of(request), PresentCase(), case)
    form = GateForm(request.POST)
    if not form.is_valid():
        return _performance(request, case, form, status=UNPROCESSABLE)
    seen = whole_number(request.POST.get("presentation", ""))
    try:
        api.decide_gate(actor=actor_of(request), case=case, presentation=seen, **form.cleaned_data)
    except PresentedMeanwhile as refused:
        form.add_error(None, str(refused))
        return _performance(request, case, form, status=refused.status)
    messages.success(request, _("The decision is recorded, with the presentation it was made on."))
    return redirect("business_case:actuals", slug)


@require_http_methods(["GET", "HEAD", "POST"])
def ledger(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what is booked; check a file, or book it."""
    if request.method != "POST":
        case = api.case_for(actor_of(request), slug)
        form = LedgerForm() if rights_of(actor_of(request), case).may_edit else None
        return _ledger(request, case, form)
    case = editable_case(request, slug)
    form = LedgerForm(request.POST, request.FILES)
    if not form.is_valid():
        return _ledger(request, case, form, status=UNPROCESSABLE)
    try:
        return _checked(request, case, form) if "check" in request.POST else _booked(request, case, form)
    except LedgerRefused as refused:
        if not refused.faults:
            form.add_error("file", str(refused))
        return _ledger(request, case, form, faults=refused.faults, status=UNPROCESSABLE)


@require_http_methods(["GET", "HEAD", "POST"])
def ledger_removal(request: HttpRequest, slug: str, file_id: int) -> HttpResponse:
    """Ask, then take back everything a file booked."""
    case = editable_case(request, slug)
    file = api.ledger_files(case).filter(pk=file_id).first()
    if file is None:
        return answer_gone_file(request, case)
    if request.method == "POST":
        api.remove_ledger_file(actor=actor_of(request), file=file)
        messages.success(request, _("The file and its bookings are removed."))
        return redirect("business_case:ledger", slug)
    count = file.entries.count()
    goes = ngettext("%(count)s booking", "%(count)s bookings", count) % {"count": count}
    title = _("Remove “%(name)s”?") % {"name": file.name}
    message = _("Everything this file booked goes with it. Closed months keep the picture of their close.")
    page = removal_page(case, title=title, message=message, what_goes=(goes,))
    return render_page(request, "business_case/removal.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def readings(request: HttpRequest, slug: str, kpi_id: int) -> HttpResponse:
    """Show the series of a KPI, and take a reading."""
    case = api.case_for(actor_of(request), slug)
    kpi = api.kpi_of(case, kpi_id)
    may_edit = rights_of(actor_of(request), case).may_edit and kpi.source_kind == SourceKind.SERIES
    form = ReadingForm(request.POST or None) if may_edit else None
    if request.method == "POST":
        kpi = api.kpi_of(editable_case(request, slug), kpi_id)
        if form is not None and form.is_valid():
            reading = form.reading()
            before = api.readings_of(kpi).filter(read_on=reading.read_on).first()
            api.record_readings(actor=actor_of(request), kpi=kpi, readings=[reading])
            messages.success(request, saved_reading_in_words(kpi, reading, before))
            return redirect("business_case:kpi_readings", slug, kpi_id)
    pages = Paginator(api.readings_of(kpi), PER_PAGE).get_page(request.GET.get("page"))
    status = UNPROCESSABLE if request.method == "POST" else 200
    page = readings_page(case, kpi, pages, form, api.history_of(actor_of(request), case))
    return render_page(request, "business_case/readings.html", page, status=status)


def _month(request: HttpRequest) -> int:
    text = request.POST.get("month", "")
    if not (text.isascii() and text.isdigit() and len(text) < 4):
        raise MonthMovedOn
    return int(text)


def _checked(request: HttpRequest, case: Case, form: LedgerForm) -> HttpResponse:
    plan = api.check_ledger(case, form.cleaned_data["file"].read())
    return _ledger(request, case, form, plan=plan, status=UNPROCESSABLE if plan.faults else 200)


def _booked(request: HttpRequest, case: Case, form: LedgerForm) -> HttpResponse:
    file = form.cleaned_data["file"]
    plan = api.import_ledger(actor=actor_of(request), case=case, content=file.read(), file_name=file.name)
    booked = ngettext("%(count)s booking is new.", "%(count)s bookings are new.", len(plan.new))
    messages.success(request, booked % {"count": len(plan.new)})
    if early := early_in_words(plan):
        messages.warning(request, early)
    return redirect("business_case:ledger", case.slug)


def _ledger(
    request: HttpRequest,
    case: Case,
    form: LedgerForm | None,
    *,
    plan: LedgerPlan | None = None,
    faults: tuple[BookingFault, ...] = (),
    status: int = 200,
) -> HttpResponse:
    of = request.GET.get("of", "")[:MOST_CHARACTERS].replace("\0", "")
    pages = Paginator(api.ledger_entries(case, of), PER_PAGE).get_page(request.GET.get("page"))
    files, names = list(api.ledger_files(case)[:20]), api.benefit_names(case, api.plan_of(case, "")) if of else {}
    page = ledger_page(case, pages, files, form=form, plan=plan, faults=faults, of=of, names=names)
    return render_page(request, "business_case/ledger.html", page, status=status)


def _performance(request: HttpRequest, case: Case, form: GateForm, status: int = 200) -> HttpResponse:
    rights = rights_of(actor_of(request), case)
    latest = api.latest_presentation(case)
    is_restored = latest is not None and latest.is_restored
    decides = rights.may_present and latest is not None and not is_restored
    plan = api.plan_of(case, request.GET.get("plan", ""))
    page = performance_page(
        case,
        api.performance_of(case, plan=plan),
        plan=plan_choice(case, plan, list(api.plan_versions(case)[:MOST_PLANS])),
        chosen=plan,
        closes=list(api.closes_of(case)[:12]),
        gates=list(api.gates_of(case)[:10]),
        gate_form=form if decides else None,
        presented=latest.number if latest else None,
        must_present_here=rights.may_present and is_restored,
        may_edit=rights.may_edit,
        names=api.benefit_names(case, plan),
        centres=api.costs_by_centre(case, plan=plan),
        overdue=overdue_titles(api.case_model(case)),
    )
    return render_page(request, "business_case/performance.html", page, status=status)
