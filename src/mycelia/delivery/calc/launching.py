"""What a part of a package finds in its data model when it starts.

References:
    SCORM 1.2 Run-Time Environment, 3.4.4: cmi.core.entry, cmi.core.lesson_mode, cmi.core.credit, cmi.core.total_time.
"""

from __future__ import annotations

from dataclasses import dataclass

from mycelia.delivery.calc.durations import format_timespan
from mycelia.delivery.calc.elements import STATUS
from mycelia.delivery.types import AttemptState, ItemState, PackageItem


@dataclass(frozen=True, slots=True)
class LearnerName:
    """Who is learning, as the package may show it; `identifier` means nothing outside of this installation."""

    identifier: str
    given: str
    family: str

    @property
    def in_catalogue_order(self) -> str:
        """Return "Family, Given", the form of `cmi.core.student_name`."""
        return ", ".join(part for part in (self.family, self.given) if part)


def entry_word(state: ItemState) -> str:
    """Return how the part is entered: first time, resumed, or after an ordinary end.

    A session that broke off without LMSFinish is resumed as a suspended one.
    """
    if not state.initialized:
        return "ab-initio"
    return "resume" if state.exit == "suspend" or not state.finished else ""


def launch_elements(item: PackageItem, attempt: AttemptState, learner: LearnerName) -> dict[str, str]:
    """Return the data model elements, by name, that the part reads from its first call on."""
    state = attempt.items.get(item.identifier, ItemState())
    given = {
        "cmi.core.student_id": learner.identifier,
        "cmi.core.student_name": learner.in_catalogue_order,
        "cmi.core.credit": "no-credit" if attempt.completed else "credit",
        "cmi.core.lesson_mode": "review" if attempt.completed else "normal",
        "cmi.core.entry": entry_word(state),
        "cmi.core.total_time": format_timespan(state.total_time),
        STATUS: state.status.value if state.status is not None else "",
        "cmi.launch_data": item.launch_text,
        "cmi.student_data.mastery_score": str(item.mastery_score) if item.mastery_score is not None else "",
        "cmi.student_data.max_time_allowed": item.max_time_allowed,
        "cmi.student_data.time_limit_action": item.time_limit_action,
    }
    return {name: value for name, value in {**state.elements, **given}.items() if value != ""}
