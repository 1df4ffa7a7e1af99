"""Putting two people's changes of one item together."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from mycelia.business_case.calc.merging import merged
from mycelia.business_case.types import BenefitCategory, BenefitLine, Estimate, Timing

ONE, TWO, THREE = (Estimate.fixed(Decimal(n)) for n in (1, 2, 3))
LINE = BenefitLine("b", BenefitCategory.TIME_SAVED, "Search", inputs={"people": ONE, "hourly_cost": ONE})
VALUES = st.builds(
    BenefitLine,
    key=st.just("b"),
    category=st.just(BenefitCategory.TIME_SAVED),
    description=st.sampled_from("abc"),
    inputs=st.fixed_dictionaries({name: st.sampled_from([ONE, TWO, THREE]) for name in ("people", "hourly_cost")}),
    timing=st.builds(Timing, start_month=st.integers(0, 2), end_month=st.integers(3, 5)),
    source=st.sampled_from("xyz"),
)


def test_inputs_and_timing_are_put_together_part_by_part() -> None:
    mine = replace(LINE, inputs={"people": TWO, "hourly_cost": ONE}, timing=Timing(2))
    theirs = replace(LINE, inputs={"people": ONE, "hourly_cost": THREE}, timing=Timing(0, 9), source="Survey")
    assert merged(LINE, mine, theirs) == replace(
        LINE, inputs={"people": TWO, "hourly_cost": THREE}, timing=Timing(2, 9), source="Survey"
    )


def test_inputs_of_another_category_are_not_mixed() -> None:
    other = {"yearly_amount": TWO}
    theirs = replace(LINE, category=BenefitCategory.CUSTOM, inputs=other)
    mine = replace(LINE, inputs={"people": TWO, "hourly_cost": ONE})
    assert merged(LINE, mine, theirs) is None
    assert merged(LINE, replace(LINE, description="Find"), theirs) == replace(theirs, description="Find")


@given(base=VALUES, mine=VALUES, theirs=VALUES)
def test_nobodys_change_is_lost(base: BenefitLine, mine: BenefitLine, theirs: BenefitLine) -> None:
    together = merged(base, mine, theirs)
    both = [n for n in ("description", "source") if len({getattr(v, n) for v in (base, mine, theirs)}) == 3]
    if together is None:
        assert merged(base, mine, theirs, prefers_mine=True) is not None
        return
    assert not both
    for name in ("description", "source", "timing", "inputs"):
        old, own, other, new = (getattr(value, name) for value in (base, mine, theirs, together))
        assert own == old or new == own or isinstance(new, Timing | dict)
        assert other == old or new == other or isinstance(new, Timing | dict)
    assert merged(base, theirs, mine) == together
    assert merged(base, mine, base) == mine
