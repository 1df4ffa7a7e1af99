"""The engine beside a script that computes the large case from its definition and shares no code with it."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks import bare_simulation
from benchmarks.large_case import large_case
from mycelia.business_case.calc import simulate
from tests.factories.business_case_models import OPTION

DRAWS = 20_000


@pytest.fixture(scope="module")
def both():
    model = large_case()
    return simulate(model, OPTION, draws=DRAWS, seed=1, explains=False), bare_simulation.simulate(model, DRAWS, 2)


@pytest.mark.parametrize("name", ["npv", "roi", "bcr", "payback_months", "discounted_payback_months"])
def test_both_find_the_same_distribution(both, name):
    engine, (mean, percentiles) = getattr(both[0], name), both[1][name]
    assert abs(engine.mean - mean) < 4 * 2**0.5 * engine.error
    width = engine.p90 - engine.p10
    assert np.abs(percentiles - (engine.p10, engine.p50, engine.p90)).max() < 0.03 * width


def test_both_find_the_same_internal_rates(both):
    """Rates are skewed by draws repaid within months, so the middle of the distribution is compared."""
    engine, (_, percentiles) = both[0].irr, both[1]["irr"]
    assert percentiles[:2] == pytest.approx((engine.p10, engine.p50), rel=0.03)


def test_both_find_the_same_fan_and_finish(both):
    engine, bare = both
    lines, mean = bare["fan"]
    scale = lines[4] - lines[0] + 1
    assert (np.abs(lines[2] - engine.fan.p50) / scale).max() < 0.05
    assert (np.abs(mean - engine.fan.mean) / scale).max() < 0.05
    days = np.busday_offset("2026-01-01", bare["finish"][:, -1].astype(int) - 1)
    found = np.array([engine.finish.p50, engine.finish.p80, engine.finish.p95], dtype="datetime64[D]")
    assert np.abs((days - found).astype(int)).max() <= 3
