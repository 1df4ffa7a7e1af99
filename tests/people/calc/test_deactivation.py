"""When people missing from a full file may be deactivated."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mycelia.people.calc.deactivation import BRAKE_PEOPLE, BRAKE_SHARE, Refusal, brakes, refusal

_counts = st.integers(0, 500)


@given(_counts, _counts, st.none() | _counts, st.booleans())
def test_deactivations_pass_only_with_their_exact_number(
    leaving: int, others: int, confirmed: int | None, released: bool
) -> None:
    outcome = refusal(leaving, leaving + others, confirmed=confirmed, brake_released=released)
    if leaving and confirmed != leaving:
        assert outcome is Refusal.UNCONFIRMED
    elif brakes(leaving, leaving + others) and not released:
        assert outcome is Refusal.BRAKE
    else:
        assert outcome is None


@given(_counts, _counts)
def test_brake_holds_above_a_fifth_of_the_company_and_never_for_a_few(leaving: int, others: int) -> None:
    employed = leaving + others
    assert brakes(leaving, employed) == (leaving > BRAKE_PEOPLE and leaving > employed * BRAKE_SHARE)
    assert not brakes(min(leaving, BRAKE_PEOPLE), employed)
