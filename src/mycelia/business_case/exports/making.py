"""Making a document that is kept: first the simulation it shows, then the file."""

from __future__ import annotations

from contextlib import suppress

from mycelia.business_case import api, tasks
from mycelia.business_case.exports.catalogue import DOCUMENTS
from mycelia.business_case.exports.source import Exported
from mycelia.business_case.models import Case
from mycelia.kernel.errors import QueueFull
from mycelia.kernel.policy import Actor
from mycelia.ui.api import shown_in_utc

SIMULATED, COMPUTED = 0.8, 0.1
"""What the simulation takes of the whole where there is one, and what reading and computing take, for progress."""


def write_document(case: Case, file_name: str, told: api.Told) -> api.MadeDocument:
    """Return a document with what it was made from.

    Args:
        case: The case.
        file_name: Name of a document of the catalogue.
        told: Told the share that is done, from 0 to 1.

    Raises:
        CaseUnsound: The case contradicts itself and cannot be computed.
        NotPresented: What was presented was asked for, and nothing was.
    """
    document = DOCUMENTS[file_name]
    if document.simulates:
        _simulate(case, told)
    exported = Exported(case, told=lambda share: told(share * SIMULATED))
    with shown_in_utc():
        source = exported.presented_source if api.is_of_presentation(file_name) else exported.source
        told((SIMULATED if document.simulates else 0.0) + COMPUTED)
        return api.MadeDocument(document.write(exported), source)


def _simulate(case: Case, told: api.Told) -> None:
    """Simulate a case whose simulation is not there or no longer true, for its page and for every other document too.

    The run is queued as well, behind this job under the same lock: if this one is killed, it is not lost. Without
    room in the queue, or when it fails, the document computes the ranges by itself, or says what is wrong.
    """
    picture = api.simulation_of(case, api.case_model(case))
    if picture.result is None or picture.is_stale:
        with suppress(QueueFull):
            run = api.ask_simulation(actor=Actor.system("export"), case=case, queue=tasks.queue_now)
            api.run_simulation(run_id=run.pk, told=lambda share: told(share * SIMULATED))
