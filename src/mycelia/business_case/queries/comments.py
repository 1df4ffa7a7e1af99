"""Comments on items, and links under which versions can be read."""

from __future__ import annotations

import hashlib

from django.db.models import QuerySet

from mycelia.business_case.errors import CaseNotFound, NotPartOfCase
from mycelia.business_case.models import Case, Comment, ShareLink, Version
from mycelia.kernel import clock


def comments_of(case: Case, *, item: str = "", only_open: bool = False) -> QuerySet[Comment]:
    """Return the comments on a case, or on one of its items, the newest first; for a page at a time."""
    found = Comment.objects.filter(case=case)
    if item:
        found = found.filter(item=item)
    return found.filter(resolved_at__isnull=True) if only_open else found


def comment_of(case: Case, comment_id: int) -> Comment:
    """Return one comment of a case.

    Raises:
        NotPartOfCase: The case has no such comment.
    """
    comment = Comment.objects.select_related("case").filter(case=case, pk=comment_id).first()
    if comment is None:
        raise NotPartOfCase(case=case.slug, comment=comment_id)
    return comment


def shares_of(case: Case) -> QuerySet[ShareLink]:
    """Return every link to a version of the case, the newest first, those that are closed included."""
    return ShareLink.objects.filter(version__case=case).select_related("version__case").defer("version__snapshot")


def shared_version(word: str) -> Version:
    """Return the version that a link opens.

    Raises:
        CaseNotFound: No link has this word, or it has expired or was revoked; which of them is not told.
    """
    digest = hashlib.sha256(word.encode()).hexdigest()
    links = ShareLink.objects.filter(word_digest=digest, revoked_at__isnull=True, expires_at__gt=clock.now())
    link = links.select_related("version__case").first()
    if link is None:
        raise CaseNotFound
    return link.version
