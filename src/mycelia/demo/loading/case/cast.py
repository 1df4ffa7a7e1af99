"""Who and what the demo cases refer to."""

from __future__ import annotations

from dataclasses import dataclass

from mycelia.kernel.policy import Actor


@dataclass(frozen=True, slots=True)
class CaseCast:
    """Who and what the cases refer to, by primary key; `course_ids` by slug. The executive presents and decides."""

    finance_id: int
    talent_id: int
    service_id: int
    course_ids: dict[str, int]
    staff_count: int
    executive: Actor
