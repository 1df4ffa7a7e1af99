"""Taking a person out of the records: search, what there is, the question, and the proof."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from mycelia.kernel.policy import require
from mycelia.kernel.requests import actor_of
from mycelia.records import api
from mycelia.records.forms.erasure import ConfirmationForm, OthersForm, PersonSearchForm
from mycelia.records.pages import erasure as pages
from mycelia.ui.api import render_page


@never_cache
@require_safe
def erasures(request: HttpRequest) -> HttpResponse:
    """Look for the person."""
    require(actor_of(request), api.ErasePersons())
    page = pages.search_page(PersonSearchForm(request.GET))
    return render_page(request, "records/erasure_search.html", page)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def erasure(request: HttpRequest, person_id: int) -> HttpResponse:
    """Show what leads to a person; erase them when it is confirmed; afterwards the same page is the proof."""
    actor = actor_of(request)
    require(actor, api.ErasePersons())
    person = pages.person_named(person_id)
    if person is None:
        raise Http404
    if request.method != "POST":
        others = OthersForm(request.GET if "others" in request.GET else None)
        form = ConfirmationForm(initial={"others": request.GET.get("others", "")})
        page = pages.erasure_page(actor, person, others, form, search="search" in request.GET)
        status = 422 if others.is_bound and not others.is_valid() else 200
        return render_page(request, "records/erasure.html", page, status=status)
    form = ConfirmationForm(request.POST)
    if not form.is_valid() or not form.confirms(person.email, person.employee_number):
        page = pages.erasure_page(actor, person, OthersForm(request.POST), form)
        return render_page(request, "records/erasure.html", page, status=422)
    done = api.erase_person(actor=actor, person=person, also=form.cleaned_data["others"])
    words = _(
        "Pseudonymised: %(statements)d statements and %(documents)d documents; %(attachments)d attachments removed."
    )
    counts = {"statements": done.statements, "documents": done.documents, "attachments": done.attachments}
    messages.success(request, words % counts)
    return redirect("records:erasure", person_id)
