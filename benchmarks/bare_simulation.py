"""The arithmetic of the large case as a bare NumPy script, written from the definition of the model alone.

It shares no code with the engine: working days are counted by plain addition, dates and months come from
`numpy.datetime64`, values from NumPy's and SciPy's own distributions, flows line by line, rates by halving intervals.
It knows just what the large case uses: a five-day week, no lags, no holidays, one-off, monthly and yearly costs,
builders, Bass and logistic adoption, a linear ramp, year-end discounting.
"""

from __future__ import annotations

import numpy as np
from scipy.special import betaincinv, ndtr

MONTHS = 12


def simulate(model, draws: int, seed: int) -> dict:
    """Return the distributions of the figures, of cumulative flows and of the finish."""
    rng = np.random.default_rng(seed)
    parts = [_part(model, min(10_000, draws - first), rng) for first in range(0, draws, 10_000)]
    costs, benefits, paid, paid_discounted, rates, finish = (np.concatenate([p[i] for p in parts]) for i in range(6))
    cumulative = np.concatenate([part[6] for part in parts])
    figures = {
        "npv": benefits - costs,
        "roi": (benefits - costs) / costs,
        "bcr": benefits / costs,
        "payback_months": paid,
        "discounted_payback_months": paid_discounted,
        "irr": rates,
    }
    result = {name: (np.nanmean(each), np.nanpercentile(each, (10, 50, 90))) for name, each in figures.items()}
    result["probability_of_loss"] = np.mean(figures["npv"] < 0)
    result["histogram"] = np.histogram(figures["npv"], bins=40)
    result["fan"] = np.percentile(cumulative, (10, 25, 50, 75, 90), axis=0), cumulative.mean(axis=0)
    result["finish"] = np.percentile(finish, (50, 80, 95), axis=0)
    return result


def _part(model, n: int, rng):
    x = _values(model, n, rng)
    counts = _working_days(model, x, n)
    horizon = model.horizon_months
    column = {key: _column(model, days, horizon) for key, days in counts.items()}
    months = np.arange(horizon + 1)
    years = np.ceil(months / MONTHS)
    people = (1 + float(model.drivers.headcount_growth_per_year)) ** np.maximum((months - 0.5) / MONTHS, 0)
    case_curve = _curve(model.drivers.adoption, x, "driver", column[model.drivers.adoption_milestone], months)
    costs, benefits = np.zeros((n, horizon + 1)), np.zeros((n, horizon + 1))
    for line in model.costs:
        costs += _cost(model, line, x, column, months, years, people, case_curve)
    for line in model.benefits:
        benefits += _benefit(model, line, x, column, months, years, case_curve)
    discount = (1 + float(model.rate_per_year)) ** -years
    net = benefits - costs
    yearly = np.stack([net[:, years == year].sum(axis=1) for year in range(int(years[-1]) + 1)], axis=1)
    finish = np.stack([*counts.values(), np.max(list(counts.values()), axis=0)], axis=1)
    cumulative = net.cumsum(axis=1)
    discounted = net * discount
    return (
        costs @ discount,
        benefits @ discount,
        _payback(net, cumulative),
        _payback(discounted, discounted.cumsum(axis=1)),
        _rate(yearly),
        finish,
        cumulative,
    )


def _values(model, n: int, rng) -> dict:
    """Draw every input; the correlated ones by normal scores."""
    inputs = dict(model.inputs())
    names = sorted({name for each in model.correlations for name in (each.first, each.second)})
    matrix = np.eye(len(names))
    for each in model.correlations:
        i, j = names.index(each.first), names.index(each.second)
        matrix[i, j] = matrix[j, i] = float(each.rho)
    grades = ndtr(rng.standard_normal((n, len(names))) @ np.linalg.cholesky(matrix).T)
    drawn = {name: _at_grade(inputs[name], grades[:, i]) for i, name in enumerate(names)}
    return {name: drawn[name] if name in drawn else _drawn(each, n, rng) for name, each in inputs.items()}


def _numbers(estimate):
    return (None if each is None else float(each) for each in (estimate.low, estimate.likely, estimate.high))


def _drawn(estimate, n: int, rng):
    low, likely, high = _numbers(estimate)
    if estimate.shape == "fixed":
        return likely
    if estimate.shape == "triangular":
        return rng.triangular(low, likely, high, n)
    if estimate.shape == "lognormal":
        middle, width = np.log(low * high) / 2, np.log(high / low) / (2 * 1.2815515655446004)
        return rng.lognormal(middle, width, n)
    width = high - low
    return low + width * rng.beta(1 + 4 * (likely - low) / width, 1 + 4 * (high - likely) / width, n)


def _at_grade(estimate, grades):
    low, likely, high = _numbers(estimate)
    width = high - low
    if estimate.shape == "pert":
        return low + width * betaincinv(1 + 4 * (likely - low) / width, 1 + 4 * (high - likely) / width, grades)
    peak = (likely - low) / width
    rising = low + np.sqrt(grades * width * (likely - low))
    return np.where(grades < peak, rising, high - np.sqrt((1 - grades) * width * (high - likely)))


def _working_days(model, x, n: int) -> dict:
    """Return by item how many working days after the start it is finished."""
    done = {}
    for item in model.roadmap.items:
        days = np.rint(x[f"item/{item.key}/duration"]).astype(int)
        before = np.max([done[each.key] for each in item.depends_on], axis=0) if item.depends_on else 0
        done[item.key] = np.zeros(n, dtype=int) + before + days
    return done


def _column(model, days, horizon: int):
    last = np.busday_offset(np.datetime64(model.start), days - 1, roll="forward")
    month = last.astype("datetime64[M]") - np.datetime64(model.start, "M")
    return np.minimum(month.astype(int) + 1, horizon + 1)


def _start(timing, column):
    return timing.start_month + (column[timing.start_milestone] if timing.start_milestone else 0)


def _curve(adoption, x, name: str, since, months):
    u = np.maximum(months - np.reshape(np.maximum(since, 1), (-1, 1)) + 0.5, 0)
    u = u * np.reshape(x[f"{name}/adoption_tempo"], (-1, 1))
    if adoption.kind == "bass":
        p, q = float(adoption.innovation_per_year), float(adoption.imitation_per_year)
        left = np.exp(-(p + q) * u / MONTHS)
        share = (1 - left) / (1 + q / p * left)
    else:
        share = 1 / (1 + np.exp(-float(adoption.steepness_per_month) * (u - float(adoption.midpoint_months))))
    share *= months >= np.reshape(since, (-1, 1))
    return share * np.reshape(x[f"{name}/adoption_ceiling"], (-1, 1))


def _escalated(model, line, years):
    rate = model.inflation_per_year if line.escalation_per_year is None else line.escalation_per_year
    return (1 + float(rate)) ** np.maximum(years - 1, 0)


def _cost(model, line, x, column, months, years, people, curve):
    amount = x[f"cost/{line.key}/quantity"] * x[f"cost/{line.key}/price"] * x[f"cost/{line.key}/spread"]
    profile = _escalated(model, line, years)
    if line.driver in ("headcount", "active_learners"):
        amount, profile = amount * x["driver/headcount"], profile * people
    elif line.driver == "content_hours":
        amount = amount * x["driver/content_hours"]
    start = np.reshape(_start(line.timing, column), (-1, 1))
    runs = months == start if line.recurrence == "one_off" else (months >= start) & (months > 0)
    flow = runs * profile * np.reshape(amount / (MONTHS if line.recurrence == "yearly" else 1), (-1, 1))
    return flow * curve if line.driver == "active_learners" else flow


def _benefit(model, line, x, column, months, years, curve):
    amount = 1 - float(line.risk_adjustment)
    for name in line.inputs:
        amount = amount * x[f"benefit/{line.key}/inputs/{name}"]
    for name in ("isolation", "confidence_factor", "spread"):
        amount = amount * x[f"benefit/{line.key}/{name}"]
    amount = amount if line.category == "time_saved" else amount / MONTHS
    start = _start(line.timing, column)
    begins = np.reshape(start, (-1, 1))
    flow = ((months >= begins) & (months > 0)) * _escalated(model, line, years) * np.reshape(amount, (-1, 1))
    if line.ramp_months:
        flow = flow * np.clip((months - np.maximum(begins, 1) + 0.5) / line.ramp_months, 0, 1)
    if line.follows_case_adoption:
        flow = flow * curve
    elif line.adoption is not None:
        flow = flow * _curve(line.adoption, x, f"benefit/{line.key}", start, months)
    return flow


def _payback(net, cumulative):
    below = cumulative < 0
    last = net.shape[1] - 1
    place = np.where(below.any(axis=1), last - below[:, ::-1].argmax(axis=1), -1)
    rows, at = np.arange(len(net)), np.clip(place, 0, last - 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        months = at - cumulative[rows, at] / net[rows, at + 1]
    return np.where(place == last, np.nan, np.where(place < 0, 0, months))


def _rate(yearly):
    """Return the rate of flows that change sign once between -99 % and 100,000 %, by halving."""

    def value(logs):
        factor, total = np.exp(-logs), yearly[:, -1].copy()
        for year in range(yearly.shape[1] - 2, -1, -1):
            total = total * factor + yearly[:, year]
        return total

    low, high = np.full(len(yearly), np.log(0.01)), np.full(len(yearly), np.log(1001.0))
    at_low = value(low) > 0
    has_one = at_low != (value(high) > 0)
    for _ in range(45):
        middle = (low + high) / 2
        is_left = (value(middle) > 0) == at_low
        low, high = np.where(is_left, middle, low), np.where(is_left, high, middle)
    return np.where(has_one, np.expm1((low + high) / 2), np.nan)
