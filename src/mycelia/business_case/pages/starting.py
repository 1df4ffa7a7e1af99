"""The guided start of a case."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from mycelia.business_case.calc.starting import TEMPLATES
from mycelia.business_case.forms.fields import FieldGroup
from mycelia.business_case.forms.starting import QuestionFields, StartForm
from mycelia.business_case.pages.editing import trail
from mycelia.ui.api import Breadcrumb


@dataclass(frozen=True)
class ChoicePage:
    """Context of `/case/new/`; each choice is title, lead, address and how many questions it asks."""

    title: str
    lead: str
    breadcrumbs: tuple[Breadcrumb, ...]
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
    cancel_url: str


def choice_page() -> ChoicePage:
    """Return the choice of templates."""
    return ChoicePage(
        title=_("New business case"),
        lead=_("A first honest case in fifteen minutes: a handful of ranges, each with its source."),
        breadcrumbs=trail(None, _("New business case")),
        choices=tuple(
            (str(one.title), str(one.lead), reverse("business_case:start", args=[one.key]), len(one.questions))
            for one in TEMPLATES
        ),
        empty_url=reverse("business_case:new_empty"),
        restoration_url=reverse("business_case:restoration"),
    )


def start_page(form: StartForm) -> StartPage:
    """Return the questions of one template."""
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
        cancel_url=reverse("business_case:new"),
    )
