"""What is wrong with a model, and what a reader of its results has to know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class ProblemKind(StrEnum):
    """Why a model cannot be computed. The comment says what `Problem.detail` holds."""

    NEGATIVE = "negative"  # the number
    NOT_A_NUMBER = "not_a_number"
    NOT_POSITIVE = "not_positive"  # the number
    NOT_A_SHARE = "not_a_share"  # the number
    MISSING = "missing"
    UNKNOWN_INPUT = "unknown_input"  # its name
    UNKNOWN_NAMED_INPUT = "unknown_named_input"  # its key
    OUT_OF_ORDER = "out_of_order"  # low, likely, high
    UNBOUNDED_SHARE = "unbounded_share"
    EMPTY_LIST = "empty_list"
    OUTSIDE_HORIZON = "outside_horizon"  # the column, the last column
    ENDS_BEFORE_START = "ends_before_start"  # first and last column
    UNKNOWN_ITEM = "unknown_item"  # its key
    ITEM_OF_OTHER_OPTION = "item_of_other_option"  # its key
    ADOPTION_OF_OTHER_OPTION = "adoption_of_other_option"  # key of the work item
    UNKNOWN_OPTION = "unknown_option"  # its key
    UNKNOWN_PHASE = "unknown_phase"  # its key
    CYCLE = "cycle"  # keys along it, the first one again at the end
    DUPLICATE_KEY = "duplicate_key"  # the key
    NO_BASELINE = "no_baseline"
    SEVERAL_BASELINES = "several_baselines"  # their keys
    IMPOSSIBLE_RATE = "impossible_rate"  # the rate
    IMPOSSIBLE_HORIZON = "impossible_horizon"  # the months
    IMPOSSIBLE_DATE = "impossible_date"  # the day
    NO_WORKING_DAY = "no_working_day"
    TOO_LARGE = "too_large"  # the number, the limit
    TOO_FINE = "too_fine"  # the most decimal places
    TOO_WIDE = "too_wide"  # 10th and 90th percentile, the largest multiple
    TOO_MANY_AMOUNTS = "too_many_amounts"  # how many, how many years there are
    STEPS_OUT_OF_ORDER = "steps_out_of_order"
    UNKNOWN_CORRELATED_INPUT = "unknown_correlated_input"  # its name
    IMPOSSIBLE_CORRELATION = "impossible_correlation"  # rho
    CORRELATED_TWICE = "correlated_twice"  # both names


@dataclass(frozen=True)
class Problem:
    """One thing that makes a model impossible to compute, at the line and field where it is entered.

    Attributes:
        subject: "case", "driver", "option/KEY", "cost/KEY", "benefit/KEY", "item/KEY", "input/KEY" or
            "correlation/POSITION".
        field: The field of that record, such as "price", "inputs/people" or "timing/start_milestone".
        detail: The values at fault, as text.
    """

    subject: str
    field: str
    kind: ProblemKind
    detail: tuple[str, ...] = ()


class UnsoundModel(ValueError):
    """A model was asked for results that it cannot give.

    Attributes:
        problems: Everything that is wrong with it.
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{each.subject} {each.field}: {each.kind}" for each in self.problems))


class NoticeKind(StrEnum):
    """What a reader of a simulation has to know. The comment says what `name` and `amount` hold."""

    SIGN_UNCERTAIN = "sign_uncertain"  # amount: Monte Carlo error of the mean NPV
    LOSS_UNCERTAIN = "loss_uncertain"  # amount: Monte Carlo error of the probability of loss
    MEAN_UNCERTAIN = "mean_uncertain"  # name of the figure, its error as a share of the mean
    NOTHING_UNCERTAIN = "nothing_uncertain"
    CORRELATION_REPAIRED = "correlation_repaired"  # amount: the largest change of one correlation
    CORRELATION_IGNORED = "correlation_ignored"  # variance shares are those of independent inputs
    CORRELATED_FIXED = "correlated_fixed"  # name of an input that is fixed or unused, so cannot move with another
    FIGURE_UNDEFINED = "figure_undefined"  # name of the figure, share of draws without one
    SENSITIVITY_UNCERTAIN = "sensitivity_uncertain"  # amount: largest error of a variance share
    FINISH_BEYOND_HORIZON = "finish_beyond_horizon"  # amount: share of draws that finish after the horizon
    LINE_NEVER_RUNS = "line_never_runs"  # description of the line, share of draws whose dates leave it no month


@dataclass(frozen=True)
class Notice:
    """One thing that a reader of a simulation has to know.

    Attributes:
        label: What the line or item of a named input is called; empty for a driver.
    """

    kind: NoticeKind
    name: str = ""
    amount: float | None = None
    label: str = ""


class Principle(StrEnum):
    """What a model can be held to: guiding principles of the Phillips ROI Methodology, and what anybody would ask.

    The comment says what `Finding.related` holds.
    """

    ISOLATION = "isolation"
    ESTIMATES_DISCOUNTED = "estimates_discounted"
    NO_EVIDENCE = "no_evidence"
    EXTREME_VALUES = "extreme_values"  # the values that are left out
    WIDE_RANGE = "wide_range"  # the high end
    FULLY_LOADED = "fully_loaded"  # the category of cost that is absent
    FIRST_YEAR_ONLY = "first_year_only"
    INTANGIBLE_MONETISED = "intangible_monetised"
    CLAIMED_TWICE = "claimed_twice"  # keys of the other lines
    CLAIMED_BEYOND = "claimed_beyond"
    PLACEHOLDER = "placeholder"
    AFTER_HORIZON = "after_horizon"  # title of the item, the day it finishes, the last day of the case
    NEVER_RUNS = "never_runs"  # as above of the item it ends with; or its last and its first month
    OUT_OF_ORDER = "out_of_order"  # title of the item that comes before, and the day it was finished, if it is
    OVERDUE = "overdue"  # the day it was to be finished, the day on which it is told


@dataclass(frozen=True)
class Finding:
    """Where a model falls short of what it is held to.

    Attributes:
        subject, field: As in `Problem`.
        refuses: Whether a case with it cannot be presented; else it is a warning.
        related: What else it is about, as text; see `Principle`.
    """

    principle: Principle
    subject: str
    field: str
    refuses: bool
    related: tuple[str, ...] = ()
