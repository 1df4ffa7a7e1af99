"""Which records of a case came from a file."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from mycelia.business_case.models import Case, Comment, FindingDecision, LedgerFile, MonthClose, StageGate, Version
from mycelia.business_case.types import RestoredMark, RestoredMarks


def restored_marks(case: Case) -> RestoredMarks:
    """Return what this installation knows of the records of a case that came from a file; in seven queries."""
    comments = Comment.objects.filter(case=case)
    said = ("item", "written_at", "text")
    return RestoredMarks(
        versions=_marks(Version.objects.filter(case=case), "number"),
        closes=_marks(MonthClose.objects.filter(case=case), "column"),
        gates=_marks(StageGate.objects.filter(case=case), "number"),
        comments=_marks(comments, *said),
        resolutions=_marks(comments.filter(resolved_at__isnull=False, resolved_by__isnull=True), *said),
        ledgers=_marks(LedgerFile.objects.filter(case=case), "imported_at", "name", "digest"),
        findings=_marks(FindingDecision.objects.filter(case=case), "finding_key"),
    )


def _marks(rows: QuerySet[Any], *names: str) -> dict[Any, RestoredMark]:
    restored = rows.filter(restored_at__isnull=False).values_list(*names, "restored_by_name", "restored_at")
    return {tuple(key) if len(key) > 1 else key[0]: RestoredMark(name, at) for *key, name, at in restored}
