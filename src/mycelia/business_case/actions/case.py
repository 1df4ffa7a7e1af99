"""Creating and changing the terms of a case."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from mycelia.audit import api as audit
from mycelia.business_case.actions.columns import References, columns_of
from mycelia.business_case.actions.items import change_item
from mycelia.business_case.actions.rules import refuse_invalid_terms, require_scope
from mycelia.business_case.errors import InvalidTerms, SlugTaken
from mycelia.business_case.events import CaseChanged
from mycelia.business_case.models import Case, CaseCalendar, CaseDrivers, Option
from mycelia.business_case.permissions import CreateCase
from mycelia.business_case.types import CaseTerms
from mycelia.kernel import clock
from mycelia.kernel.events import publish
from mycelia.kernel.policy import Actor, require

RESERVED = frozenset({"blueprint", "new", "shared"})
"""Words that are addresses already."""
_ATTEMPTS = 5


@transaction.atomic
def create_case(*, actor: Actor, terms: CaseTerms, slug: str = "") -> Case:
    """Begin a case as an empty draft.

    Args:
        actor: A finance analyst whose scope covers the case's unit.
        terms: What the case is about and how it is computed.
        slug: Short name for its address; made from the name when left out.

    Raises:
        PermissionDenied: The actor may not begin a case for that part of the organisation.
        InvalidTerms: A term breaks a stated rule.
        SlugTaken: The short name is in use, or was taken in the same moment.
    """
    require(actor, CreateCase())
    case = inserted_case(actor, terms, slug)
    _begin(case)
    audit.record(
        actor=actor,
        action="business_case.case_created",
        object_type="case",
        object_id=case.slug,
        details={"name": case.name},
    )
    publish(CaseChanged(case_id=case.pk))
    return case


def inserted_case(actor: Actor, terms: CaseTerms, slug: str) -> Case:
    """Insert the bare row of a case; see `create_case`."""
    refuse_invalid_terms(terms)
    moment = clock.now()
    case = Case(slug=slug or free_slug(terms.name), created_at=moment, changed_at=moment)
    _apply(case, terms)
    require_scope(actor, case.scope_unit_id)
    _refuse_unstorable(case)
    if case.slug in RESERVED or Case.objects.filter(slug=case.slug).exists():
        raise SlugTaken(slug=case.slug)
    _insert(case, may_rename=not slug)
    return case


def change_case(*, actor: Actor, case: Case, terms: CaseTerms) -> Case:
    """Change the terms of a case as it was read; its figures follow.

    Raises:
        PermissionDenied: The actor may not edit the case, or not move it to that part of the organisation.
        ItemMovedOn: Somebody changed the terms since they were read.
        InvalidTerms: A term breaks a stated rule.
        HorizonCutsAmounts: The new length would drop amounts.
        CaseUnsound: Something of the case lies outside the new terms.
    """
    change_item(actor=actor, case=case, value=terms, seen_revision=case.revision)
    case.refresh_from_db()
    return case


def free_slug(name: str) -> str:
    """Return a short name made from a case's name that no other case has."""
    stem = slugify(name)[:60] or "case"
    taken = {*RESERVED, *Case.objects.filter(slug__startswith=stem).values_list("slug", flat=True)}
    candidates = (stem if n == 1 else f"{stem}-{n}" for n in range(1, len(taken) + 2))
    return next(slug for slug in candidates if slug not in taken)


def _begin(case: Case) -> None:
    """Give a new case what every case has: its two first options, its drivers and its calendar."""
    Option.objects.create(case=case, name=str(_("Do nothing")), is_baseline=True, position=1)
    Option.objects.create(case=case, name=str(_("Proposal")), is_preferred=True, position=2)
    CaseDrivers.objects.create(case=case)
    CaseCalendar.objects.create(case=case)


def _refuse_unstorable(case: Case) -> None:
    try:
        case.clean_fields(exclude=[field.name for field in Case._meta.fields if field.is_relation])
    except ValidationError as invalid:
        name, words = next(iter(invalid.message_dict.items()))
        column: Any = Case._meta.get_field(name)
        text = _("%(field)s: %(reason)s Nothing was saved.") % {"field": column.verbose_name, "reason": words[0]}
        raise InvalidTerms(text, fields=sorted(invalid.message_dict)) from invalid


def _insert(case: Case, *, may_rename: bool) -> None:
    """Save a new case, under another short name where somebody began one of that name in the same moment."""
    for _attempt in range(_ATTEMPTS):
        try:
            with transaction.atomic():
                case.save(force_insert=True)
            return
        except IntegrityError:
            if not Case.objects.filter(slug=case.slug).exists():
                raise
            if not may_rename:
                break
            case.slug = free_slug(case.name)
    raise SlugTaken(slug=case.slug)


def _apply(case: Case, terms: CaseTerms) -> None:
    for name, stated in columns_of(terms, References(case)).items():
        setattr(case, name, stated)
