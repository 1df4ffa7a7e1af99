"""Why a case cannot be computed, in words, at the field where it is entered."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _lazy

from mycelia.business_case.types import Problem, ProblemKind

WORDS = {
    ProblemKind.NEGATIVE: _lazy("A number here is never negative."),
    ProblemKind.NOT_A_NUMBER: _lazy("This is not a number."),
    ProblemKind.NOT_POSITIVE: _lazy("This number has to be above 0."),
    ProblemKind.NOT_A_SHARE: _lazy("A share is at most 100 %."),
    ProblemKind.MISSING: _lazy("A number is missing."),
    ProblemKind.UNKNOWN_INPUT: _lazy("This kind of benefit does not ask for that number."),
    ProblemKind.UNKNOWN_NAMED_INPUT: _lazy("This input of the case no longer exists."),
    ProblemKind.OUT_OF_ORDER: _lazy("Low, likely and high are out of order."),
    ProblemKind.UNBOUNDED_SHARE: _lazy("A share cannot be lognormal: it has no upper end."),
    ProblemKind.EMPTY_LIST: _lazy("The list has no values."),
    ProblemKind.OUTSIDE_HORIZON: _lazy("This month lies outside the case."),
    ProblemKind.ENDS_BEFORE_START: _lazy("It ends before it starts."),
    ProblemKind.UNKNOWN_ITEM: _lazy("This work item no longer exists."),
    ProblemKind.ITEM_OF_OTHER_OPTION: _lazy("This work item belongs to another option."),
    ProblemKind.ADOPTION_OF_OTHER_OPTION: _lazy(
        "People take it up once a work item of one option is finished, so only lines of that option can follow."
    ),
    ProblemKind.UNKNOWN_OPTION: _lazy("This option no longer exists."),
    ProblemKind.UNKNOWN_PHASE: _lazy("This phase no longer exists."),
    ProblemKind.CYCLE: _lazy("These work items wait for each other in a circle."),
    ProblemKind.DUPLICATE_KEY: _lazy("Two items have the same key."),
    ProblemKind.NO_BASELINE: _lazy("The case has no option of doing nothing."),
    ProblemKind.SEVERAL_BASELINES: _lazy("The case has several options of doing nothing."),
    ProblemKind.IMPOSSIBLE_RATE: _lazy("This rate is not possible."),
    ProblemKind.IMPOSSIBLE_HORIZON: _lazy("A case runs for 1 to 120 months."),
    ProblemKind.IMPOSSIBLE_DATE: _lazy("This day is not possible."),
    ProblemKind.NO_WORKING_DAY: _lazy("At least one day of the week has to be a working day."),
    ProblemKind.TOO_LARGE: _lazy("This number is too large."),
    ProblemKind.TOO_FINE: _lazy("This number has too many decimal places."),
    ProblemKind.TOO_WIDE: _lazy("The range is too wide to be drawn from; bring its ends closer together."),
    ProblemKind.TOO_MANY_AMOUNTS: _lazy("There are more amounts than the case has years."),
    ProblemKind.STEPS_OUT_OF_ORDER: _lazy("The months of the steps have to ascend."),
    ProblemKind.UNKNOWN_CORRELATED_INPUT: _lazy("This input no longer exists."),
    ProblemKind.IMPOSSIBLE_CORRELATION: _lazy("A correlation lies between -1 and 1, both excluded."),
    ProblemKind.CORRELATED_TWICE: _lazy("These two inputs are correlated already."),
}


def problem_in_words(problem: Problem) -> str:
    """Return what is wrong, as a sentence."""
    return str(WORDS[problem.kind])
