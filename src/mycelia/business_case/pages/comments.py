"""What people say about a case and its lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.paginator import Page
from django.urls import reverse
from django.utils.translation import gettext as _

from mycelia.business_case.forms.comment import CommentForm
from mycelia.business_case.models import Case, Comment
from mycelia.business_case.pages import formats
from mycelia.business_case.pages.editing import trail
from mycelia.business_case.pages.restored import with_origin
from mycelia.business_case.pages.sections import COMMENTS, Tab, case_tabs
from mycelia.business_case.types import CaseModel
from mycelia.ui.api import Breadcrumb

WHOLE = "terms"
"""The item that stands for the case as a whole."""


@dataclass(frozen=True)
class CommentEntry:
    """One comment; `change_url` resolves it, or opens it again."""

    about: str
    about_url: str
    text: str
    written: str
    resolved: str
    change_url: str


@dataclass(frozen=True)
class CommentsPage:
    """Context of `/case/<slug>/comments/`."""

    title: str
    lead: str
    breadcrumbs: tuple[Breadcrumb, ...]
    tabs: tuple[Tab, ...]
    about: str
    all_url: str
    entries: tuple[CommentEntry, ...]
    pages: Page
    query: str
    form: CommentForm


def item_names(model: CaseModel) -> dict[str, str]:
    """Return the name of everything that can be commented, by key: the case as a whole first, then its parts."""
    lines = {
        **{one.key: one.description for one in model.costs},
        **{one.key: one.description for one in model.benefits},
    }
    items = {item.key: item.title for item in model.roadmap.items}
    options = {option.key: option.name for option in model.options if option.name}
    inputs = {one.key: one.title for one in model.named}
    return {WHOLE: str(_("The case as a whole")), **lines, **items, **options, **inputs}


def comments_page(case: Case, pages: Page, names: Mapping[str, str], *, item: str, form: CommentForm) -> CommentsPage:
    """Return one page of comments; `item` is the one they are narrowed to, or empty."""
    address = reverse("business_case:comments", args=[case.slug])
    return CommentsPage(
        title=_("Comments"),
        lead=_("Questions and answers beside the numbers they are about."),
        breadcrumbs=trail(case, _("Comments")),
        tabs=case_tabs(case.slug, COMMENTS),
        about=_named(names, item) if item else "",
        all_url=address,
        entries=tuple(comment_entry(case, comment, names, address) for comment in pages),
        pages=pages,
        query=f"item={item}" if item else "",
        form=form,
    )


def comment_entry(case: Case, comment: Comment, names: Mapping[str, str], address: str) -> CommentEntry:
    """Return a comment as it is read; `address` is that of the comments page."""
    is_open = comment.resolved_at is None
    change = "comment_resolution" if is_open else "comment_reopening"
    return CommentEntry(
        about=_named(names, comment.item),
        about_url=f"{address}?item={comment.item}",
        text=comment.text,
        written=with_origin(f"{comment.written_by_name}, {formats.instant(comment.written_at)}", comment),
        resolved="" if is_open else _resolved(comment),
        change_url=reverse(f"business_case:{change}", args=[case.slug, comment.pk]),
    )


def _resolved(comment: Comment) -> str:
    told = {"name": comment.resolved_by_name, "instant": formats.instant(comment.resolved_at or comment.written_at)}
    words = _("resolved by %(name)s, %(instant)s") % told
    return with_origin(words, comment) if comment.resolved_by_id is None else words


def _named(names: Mapping[str, str], key: str) -> str:
    return names.get(key) or _("something that was removed")
