"""What tests of the record store may use."""

from __future__ import annotations

import pytest

from mycelia.records.actions import uses


@pytest.fixture(autouse=True)
def _counts_of_this_test_alone() -> None:
    """Requests that earlier tests counted are not written down here."""
    uses.start_anew()
