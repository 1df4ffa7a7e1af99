"""Commenting the items of a case."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from mycelia.audit import api as audit
from mycelia.business_case.errors import InvalidTerms, NotPartOfCase
from mycelia.business_case.models import Case, Comment
from mycelia.business_case.permissions import ReadCase
from mycelia.business_case.queries.items import MODELS
from mycelia.kernel import clock
from mycelia.kernel.policy import Actor, require

LONGEST_COMMENT = 4_000


@transaction.atomic
def add_comment(*, actor: Actor, case: Case, item: str, text: str) -> Comment:
    """Comment an item; whoever reads the case may.

    Args:
        actor: Reads the case.
        case: The case.
        item: Key of any item of the case; "terms" for the case as a whole.
        text: Up to 4,000 characters.

    Raises:
        PermissionDenied: The actor may not read the case.
        NotPartOfCase: The case has no such item.
        InvalidTerms: The comment is empty or too long.
    """
    require(actor, ReadCase(), case)
    words = text.strip()
    if not 0 < len(words) <= LONGEST_COMMENT:
        raise InvalidTerms(_("A comment has 1 to 4,000 characters. Nothing was saved."))
    if item != "terms" and not any(model.objects.filter(case=case, key=item).exists() for model in MODELS.values()):
        raise NotPartOfCase(case=case.slug, item=item)
    comment = Comment.objects.create(
        case=case,
        item=item,
        text=words,
        written_by_id=actor.person_id,
        written_by_name=actor.label,
        written_at=clock.now(),
    )
    _audit(actor, comment, "comment_added")
    return comment


@transaction.atomic
def resolve_comment(*, actor: Actor, comment: Comment) -> Comment:
    """Mark a comment as dealt with; doing so again changes nothing.

    Raises:
        PermissionDenied: The actor may not read the case.
    """
    require(actor, ReadCase(), comment.case)
    locked = Comment.objects.select_for_update().get(pk=comment.pk)
    if locked.resolved_at is None:
        locked.resolved_by_id, locked.resolved_by_name = actor.person_id, actor.label
        locked.resolved_at = clock.now()
        locked.save()
        _audit(actor, locked, "comment_resolved")
    return locked


@transaction.atomic
def reopen_comment(*, actor: Actor, comment: Comment) -> Comment:
    """Open a resolved comment again; doing so again changes nothing.

    Raises:
        PermissionDenied: The actor may not read the case.
    """
    require(actor, ReadCase(), comment.case)
    locked = Comment.objects.select_for_update().get(pk=comment.pk)
    if locked.resolved_at is not None:
        locked.resolved_by_id, locked.resolved_by_name, locked.resolved_at = None, "", None
        locked.save()
        _audit(actor, locked, "comment_reopened")
    return locked


def _audit(actor: Actor, comment: Comment, what: str) -> None:
    audit.record(
        actor=actor,
        action=f"business_case.{what}",
        object_type="case",
        object_id=comment.case.slug,
        details={"comment": comment.pk, "item": comment.item},
    )
