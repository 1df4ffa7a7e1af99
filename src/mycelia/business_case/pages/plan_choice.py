"""Which plan actuals are compared with, in words, and which others there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from mycelia.business_case.models import Case, Version
from mycelia.business_case.pages import formats
from mycelia.business_case.pages.restored import with_origin
from mycelia.business_case.queries.plans import DRAFT, Plan
from mycelia.business_case.types import PlanKind


@dataclass(frozen=True)
class PlanOption:
    """One plan that can be chosen."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class PlanChoice:
    """The plan on a page; `changes_url` compares it with the draft, empty where it is the draft."""

    words: str
    options: tuple[PlanOption, ...]
    changes_url: str


def plan_choice(case: Case, plan: Plan, versions: Sequence[Version]) -> PlanChoice:
    """Return the choice; `versions` are those that can be chosen, the newest first."""
    chosen = DRAFT if plan.version is None else str(plan.version.number)
    options = [*((str(version.number), _label(version)) for version in versions), (DRAFT, _("the draft as it stands"))]
    return PlanChoice(
        words=_words(plan),
        options=tuple(
            PlanOption(value, label, value == chosen)
            for value, label in (*options, (DRAFT, _("the draft as it stands")))
        ),
        changes_url="" if plan.version is None else _changes_url(case, plan.version),
    )


def _words(plan: Plan) -> str:
    if plan.version is None:
        return _("The plan is the draft as it stands: it moves with every change. Present the case to have a plan.")
    named = {"title": plan.version.title, "number": plan.version.number}
    if plan.kind is PlanKind.FROZEN:
        words = _("The plan is version %(number)s, “%(title)s”, frozen on %(day)s. It was not presented.")
        return with_origin(words % {**named, "day": formats.day(plan.version.made_at)}, plan.version)
    presentation = plan.version.presentation
    words = _("The plan is version %(number)s, “%(title)s”, as %(name)s presented it on %(day)s.") % {
        **named,
        "name": presentation.presented_by_name,
        "day": formats.day(presentation.presented_at),
    }
    return with_origin(words, presentation)


def _label(version: Version) -> str:
    label = f"{version.number}: {version.title}"
    return _("%(version)s (presented)") % {"version": label} if hasattr(version, "presentation") else label


def _changes_url(case: Case, version: Version) -> str:
    return f"{reverse('business_case:versions', args=[case.slug])}?before={version.number}&after={DRAFT}"
