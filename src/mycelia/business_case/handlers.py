"""What the business case does when something happens in it."""

from __future__ import annotations

from mycelia.business_case import api, tasks
from mycelia.business_case.events import CaseChanged, CasePresented
from mycelia.business_case.models import Case
from mycelia.business_case.types import Stakeholder
from mycelia.kernel.events import subscribe
from mycelia.kernel.policy import Actor


@subscribe(CaseChanged)
def on_case_changed(event: CaseChanged) -> None:
    """Simulate anew what somebody looked at, once the changes pause."""
    api.simulate_again(case_id=event.case_id, queue=tasks.queue_soon)


@subscribe(CasePresented)
def on_case_presented(event: CasePresented) -> None:
    """Make the briefs at once: whoever presented a case wants one next, and each stakeholder theirs."""
    case = Case.objects.get(pk=event.case_id)
    asker = Actor.system("presentation")
    api.ask_export(actor=asker, case=case, file_name=tasks.BRIEF, queue=tasks.queue_export)
    for reader in Stakeholder:
        api.ask_presented_brief(actor=asker, case=case, reader=reader, queue=tasks.queue_export)
