"""The guided start of a case."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from mycelia.business_case.calc.starting import TEMPLATES, template_called
from mycelia.business_case.forms.fields import FieldGroup
from mycelia.business_case.forms.starting import QuestionFields, StartForm
from mycelia.business_case.models import StartDraft
from mycelia.business_case.pages import formats
from mycelia.business_case.pages.editing import trail
from mycelia.business_case.types import Template
from mycelia.ui.api import Breadcrumb


@dataclass(frozen=True)
class DraftEntry:
    """A guided start that was not finished."""

    title: str
    saved: str
    url: str
    discard_url: str


@dataclass(frozen=True)
class ChoicePage:
    """Context of `/case/new/`; each choice is title, lead, address and how many questions it asks."""

    title: str
    lead: str
    breadcrumbs: tuple[Breadcrumb, ...]
    drafts: tuple[DraftEntry, ...]
    choices: tuple[tuple[str, str, str, int], ...]
    empty_url: str
    restoration_url: str


@dataclass(frozen=True)
class StartPage:
    """Context of `/case/new/<template>/`."""

    title: str
    lead: str
    breadcrumbs: tuple[Breadcrumb, ...]
    form: StartForm
    groups: tuple[FieldGroup, ...]
    questions: tuple[QuestionFields, ...]
    here: str
    cancel_url: str
    kept_at: str
    discard_url: str


def choice_page(drafts: Iterable[StartDraft]) -> ChoicePage:
    """Return the choice of templates, after what the reader has begun already."""
    return ChoicePage(
        title=_("New business case"),
        lead=_("A first honest case in fifteen minutes: a handful of ranges, each with its source."),
        breadcrumbs=trail(None, _("New business case")),
        drafts=tuple(
            _draft(draft, template) for draft in drafts if (template := template_called(draft.template)) is not None
        ),
        choices=tuple(
            (str(one.title), str(one.lead), reverse("business_case:start", args=[one.key]), len(one.questions))
            for one in TEMPLATES
        ),
        empty_url=reverse("business_case:new_empty"),
        restoration_url=reverse("business_case:restoration"),
    )


def start_page(form: StartForm, draft: StartDraft | None) -> StartPage:
    """Return the questions of one template; `draft` is what was kept of the answers."""
    key = form.template.key
    return StartPage(
        title=str(form.template.title),
        lead=_(
            "Every number is a range. The ones already there are placeholders to begin from: keep, change, and say who "
            "stands behind them. A case with placeholders can be worked on, but not presented."
        ),
        breadcrumbs=trail(None, str(form.template.title)),
        form=form,
        groups=form.groups(),
        questions=tuple(form.questions()),
        here=reverse("business_case:start", args=[key]),
        cancel_url=reverse("business_case:new"),
        kept_at="" if draft is None else formats.instant(draft.saved_at),
        discard_url="" if draft is None else reverse("business_case:start_removal", args=[key]),
    )


def _draft(draft: StartDraft, template: Template) -> DraftEntry:
    name = str(draft.typed.get("name", "")).strip()
    return DraftEntry(
        title=name or str(template.title),
        saved=_("%(template)s, kept %(instant)s")
        % {"template": template.title, "instant": formats.instant(draft.saved_at)},
        url=reverse("business_case:start", args=[template.key]),
        discard_url=reverse("business_case:start_removal", args=[template.key]),
    )
