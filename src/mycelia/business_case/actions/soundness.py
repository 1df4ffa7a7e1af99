"""Whether a case can be computed, before and after an edit."""

from __future__ import annotations

from mycelia.business_case.calc import check_model
from mycelia.business_case.errors import CaseUnsound
from mycelia.business_case.models import Case
from mycelia.business_case.queries import case_model
from mycelia.business_case.types import CaseModel, Problem


def problems_of(case: Case) -> frozenset[Problem]:
    """Return what is wrong with a case as it is."""
    return frozenset(check_model(case_model(case)))


def refuse_new_problems(case: Case, before: frozenset[Problem]) -> CaseModel | None:
    """Refuse what makes the case impossible to compute; what was wrong before does not stop other edits.

    Returns:
        The case as it is computed with; None where what was wrong before still is.

    Raises:
        CaseUnsound: Something is wrong that was not before.
    """
    model = case_model(case)
    problems = check_model(model)
    new = [problem for problem in problems if problem not in before]
    if new:
        raise CaseUnsound(new)
    return None if problems else model
