"""What a reader calls an input of the simulation, and what a simulation wants its reader to know."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _lazy

from mycelia.business_case.calc import BUILDERS
from mycelia.business_case.pages import formats
from mycelia.business_case.pages.vocabulary import INPUTS
from mycelia.business_case.types import InputKind, Notice, NoticeKind

PARTS = {
    "quantity": _lazy("Quantity"),
    "price": _lazy("Price"),
    "spread": _lazy("Spread"),
    "isolation": _lazy("Isolation"),
    "confidence_factor": _lazy("Confidence"),
    "adoption_ceiling": _lazy("Adoption, in the end"),
    "adoption_tempo": _lazy("Tempo of adoption"),
    "duration": _lazy("Duration"),
    "headcount": _lazy("People in scope"),
    "content_hours": _lazy("Hours of content"),
}
SHARES = {"share", "isolation", "confidence_factor", "adoption_ceiling"} | {
    each.name for builder in BUILDERS.values() for each in builder.inputs if each.kind is InputKind.SHARE
}
"""Last parts of the names of inputs that are shares."""
FIGURES = {
    "npv": _lazy("net present value"),
    "roi": _lazy("return on investment"),
    "bcr": _lazy("benefit-cost ratio"),
    "payback_months": _lazy("payback"),
    "discounted_payback_months": _lazy("discounted payback"),
    "irr": _lazy("internal rate of return"),
}
NOTICES = {
    NoticeKind.SIGN_UNCERTAIN: _lazy(
        "With so few draws even the sign of the mean net present value is uncertain (error %(amount)s): draw more."
    ),
    NoticeKind.LOSS_UNCERTAIN: _lazy("The probability of a loss is uncertain by %(share)s: draw more."),
    NoticeKind.MEAN_UNCERTAIN: _lazy("The mean of the %(name)s is uncertain by %(share)s of itself: draw more."),
    NoticeKind.NOTHING_UNCERTAIN: _lazy(
        "No input of this option is uncertain, so every draw is the same. Give estimates as ranges to see risk."
    ),
    NoticeKind.CORRELATION_REPAIRED: _lazy(
        "The stated correlations contradict each other; the nearest that do not were used, changed by up to %(amount)s."
    ),
    NoticeKind.CORRELATION_IGNORED: _lazy("Shares of the variance are those of inputs that do not move together."),
    NoticeKind.CORRELATED_FIXED: _lazy(
        "A correlation names “%(name)s”, which is fixed or unused and so moves with nothing."
    ),
    NoticeKind.FIGURE_UNDEFINED: _lazy("The %(name)s does not exist in %(share)s of the draws."),
    NoticeKind.SENSITIVITY_UNCERTAIN: _lazy(
        "The shares of the variance are uncertain by up to %(share)s: take them as an order, not as exact numbers."
    ),
    NoticeKind.FINISH_BEYOND_HORIZON: _lazy("In %(share)s of the draws the roadmap ends after the case does."),
    NoticeKind.LINE_NEVER_RUNS: _lazy(
        "In %(share)s of the draws the roadmap leaves “%(name)s” no month within the case, so it counts for nothing."
    ),
}


def input_name(name: str, label: str) -> str:
    """Return an input in words.

    Args:
        name: As in `CaseModel.inputs`.
        label: What its line or item is called, or itself if it has a name; empty for a driver.

    Example:
        >>> input_name("cost/k/price", "Licences")
        'Licences: Price'
    """
    if name.startswith("input/"):
        return label
    part = name.rpartition("/")[2]
    words = str(INPUTS[part] if "/inputs/" in name else PARTS[part])
    return f"{label}: {words}" if label else words


def input_amount(name: str, value: float) -> str:
    """Return a value of an input: a share in percent, everything else as a number."""
    return formats.share(value, places=1) if name.rpartition("/")[2] in SHARES else formats.quantity(value)


def notice_in_words(notice: Notice) -> str:
    """Return what a reader of a simulation has to know."""
    amount = notice.amount or 0.0
    name = input_name(notice.name, notice.label) if notice.label else FIGURES.get(notice.name, notice.name)
    told = {"name": name, "amount": formats.quantity(amount), "share": formats.share(amount, places=1)}
    return str(NOTICES[notice.kind]) % told
