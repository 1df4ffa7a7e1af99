"""Everything of a case as the file it is exported to."""

from __future__ import annotations

from mycelia.business_case.models import Case, Comment, Version
from mycelia.business_case.queries.document import stored_document
from mycelia.business_case.types import CaseFile, CommentRecord, VersionRecord
from mycelia.business_case.types.case_file import FORMAT, FORMAT_VERSION


def case_file(case: Case) -> CaseFile:
    """Return everything that was entered for a case, its versions and its comments."""
    versions = Version.objects.filter(case=case).select_related("presentation").order_by("number")
    comments = Comment.objects.filter(case=case).order_by("written_at", "pk")
    return CaseFile(
        format=FORMAT,
        format_version=FORMAT_VERSION,
        case=stored_document(case),
        versions=tuple(_version(version) for version in versions),
        comments=tuple(_comment(comment) for comment in comments),
    )


def _version(version: Version) -> VersionRecord:
    presentation = getattr(version, "presentation", None)
    return VersionRecord(
        number=version.number,
        title=version.title,
        made_by=version.made_by_name,
        made_at=version.made_at,
        digest=version.digest,
        snapshot=version.snapshot,
        presented_by=presentation.presented_by_name if presentation else "",
        presented_at=presentation.presented_at if presentation else None,
    )


def _comment(comment: Comment) -> CommentRecord:
    return CommentRecord(
        item=comment.item,
        text=comment.text,
        written_by=comment.written_by_name,
        written_at=comment.written_at,
        resolved_by=comment.resolved_by_name,
        resolved_at=comment.resolved_at,
    )
