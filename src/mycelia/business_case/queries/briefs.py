"""What was presented, as far as the actor is one of its readers; never the draft."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.db.models import F, Q, QuerySet

from mycelia.business_case.errors import BriefNotFound
from mycelia.business_case.models import Case, Export, Presentation
from mycelia.business_case.permissions import BRIEF_RULES
from mycelia.business_case.queries.exports import PRESENTED_BRIEFS
from mycelia.business_case.types import Stakeholder
from mycelia.kernel.errors import PermissionDenied
from mycelia.kernel.policy import NOTHING, Actor


def cases_with_briefs(actor: Actor) -> QuerySet[Case]:
    """Return the cases with a brief for the actor, the latest presented first, as `_presented` does.

    Raises:
        PermissionDenied: There is no brief for somebody like the actor.
    """
    rules = [rule for rule in BRIEF_RULES.values() if rule.permits(actor)]
    if not rules:
        raise PermissionDenied(rule="business_case.read_brief", actor=actor.label)
    shown = _presented().select_related("scope_unit")
    return shown if actor.is_system else shown.filter(reduce(or_, (rule.scope(actor) for rule in rules), NOTHING))


def briefs_of(actor: Actor, cases: Iterable[Case]) -> dict[int, tuple[Stakeholder, ...]]:
    """Return by number of each case whose briefs of it the actor may read, once it is presented."""
    numbers = [case.pk for case in cases]
    found: dict[int, list[Stakeholder]] = {number: [] for number in numbers}
    for reader, rule in BRIEF_RULES.items():
        if rule.permits(actor):
            for number in rule.filter(actor, Case.objects.filter(pk__in=numbers)).values_list("pk", flat=True):
                found[number].append(reader)
    return {number: tuple(readers) for number, readers in found.items()}


def presented_for(actor: Actor, slug: str, reader: Stakeholder) -> Presentation:
    """Return the last presentation of a case, without its snapshot, for one who may read a stakeholder's brief of it.

    Raises:
        PermissionDenied: Such briefs are not for somebody like the actor.
        BriefNotFound: No case of that name within the actor's scope was presented here.
    """
    rule = BRIEF_RULES[reader]
    if not rule.permits(actor):
        raise PermissionDenied(rule=rule.code, actor=actor.label)
    case = rule.filter(actor, _presented().filter(slug=slug)).first()
    if case is None:
        raise BriefNotFound(slug=slug, reader=reader.value)
    light = Presentation.objects.select_related("case", "version").defer("version__snapshot")
    return light.filter(case=case).latest("number")


def presentation_called(number: int) -> Presentation:
    """Return a presentation by its primary key, with its snapshot."""
    return Presentation.objects.select_related("case", "version").get(pk=number)


def brief_file(presentation: Presentation, reader: Stakeholder) -> Export | None:
    """Return the document that a presentation is made into for a stakeholder, or the work on it; no content yet."""
    documents = Export.objects.filter(case_id=presentation.case_id, file_name=PRESENTED_BRIEFS[reader])
    return documents.defer("content").first()


def _presented() -> QuerySet[Case]:
    """Return the cases that were presented here and are about the same part of the organisation still, newest first.

    In columns alone: no snapshot is opened. Each has `last_presented_at` and `presented_name` as of the last
    presentation. One that came with the file of a case was not made here and opens nothing. A case that is about
    another part of the organisation by now is shown to nobody until it is presented again: who reads what was presented
    is not for an edit of the draft to say. A unit that was given another code or name is the same unit.
    """
    mine = Presentation.objects.filter(restored_at__isnull=True).order_by("case_id", "-number").distinct("case_id")
    same_unit = Q(presentations__scope_unit=F("scope_unit")) | Q(
        presentations__scope_unit__isnull=True, scope_unit__isnull=True, presentations__unit_text=F("unit_text")
    )
    presented = Case.objects.filter(same_unit, presentations__in=mine.values("pk"))
    told = presented.annotate(
        last_presented_at=F("presentations__presented_at"), presented_name=F("presentations__case_name")
    )
    return told.order_by("-last_presented_at", "pk")
