"""Comments on a case: read, written, resolved, opened again."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from mycelia.business_case import api
from mycelia.business_case.forms.comment import CommentForm
from mycelia.business_case.pages.comments import comments_page, item_names
from mycelia.business_case.views.edges import UNPROCESSABLE, way_back
from mycelia.kernel.requests import actor_of
from mycelia.ui.api import render_page

PER_PAGE = 25


@require_http_methods(["GET", "HEAD", "POST"])
def comments(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what is said of a case, or of one of its items, and take a comment."""
    case = api.case_for(actor_of(request), slug)
    names = item_names(api.case_model(case))
    item = request.GET.get("item", "")
    shown = item if item in names else ""
    form = CommentForm(request.POST or None, items=list(names.items()), initial={"item": shown})
    if form.is_valid():
        api.add_comment(actor=actor_of(request), case=case, **form.cleaned_data)
        narrowed = f"{reverse('business_case:comments', args=[slug])}?item={form.cleaned_data['item']}"
        return redirect(way_back(request) or narrowed)
    pages = Paginator(api.comments_of(case, item=shown), PER_PAGE).get_page(request.GET.get("page"))
    page = comments_page(case, pages, names, item=shown, form=form)
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render_page(request, "business_case/comments.html", page, status=status)


@require_POST
def resolution(request: HttpRequest, slug: str, comment_id: int) -> HttpResponse:
    """Mark a comment as dealt with."""
    case = api.case_for(actor_of(request), slug)
    api.resolve_comment(actor=actor_of(request), comment=api.comment_of(case, comment_id))
    return redirect(way_back(request) or reverse("business_case:comments", args=[slug]))


@require_POST
def reopening(request: HttpRequest, slug: str, comment_id: int) -> HttpResponse:
    """Open a comment again."""
    case = api.case_for(actor_of(request), slug)
    api.reopen_comment(actor=actor_of(request), comment=api.comment_of(case, comment_id))
    return redirect(way_back(request) or reverse("business_case:comments", args=[slug]))
