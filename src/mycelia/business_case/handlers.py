"""What the business case does when something happens in it."""

from __future__ import annotations

from mycelia.business_case import api, tasks
from mycelia.business_case.events import CaseChanged
from mycelia.kernel.events import subscribe


@subscribe(CaseChanged)
def on_case_changed(event: CaseChanged) -> None:
    """Simulate anew what somebody looked at, once the changes pause."""
    api.simulate_again(case_id=event.case_id, queue=tasks.queue_soon)
