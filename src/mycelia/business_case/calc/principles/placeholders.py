"""Numbers that nobody has confirmed."""

from __future__ import annotations

from mycelia.business_case.types import CaseModel, Finding, Principle, WorkItem


def placeholders(model: CaseModel) -> tuple[Finding, ...]:
    """Return a refusal for each line, duration, adoption and used input that is a default nobody has confirmed."""
    used = {estimate.named for _, estimate in model.fields()}
    stated = [("driver", model.drivers.is_placeholder)]
    stated += [(f"input/{one.key}", one.is_placeholder) for one in model.named if one.key in used]
    stated += [(f"item/{item.key}", _rests_on_default(item)) for item in model.roadmap.items]
    stated += [(f"cost/{line.key}", line.is_placeholder) for line in model.costs]
    stated += [(f"benefit/{line.key}", line.is_placeholder) for line in model.benefits]
    return tuple(
        Finding(Principle.PLACEHOLDER, subject, "is_placeholder", refuses=True)
        for subject, is_placeholder in stated
        if is_placeholder
    )


def _rests_on_default(item: WorkItem) -> bool:
    """Return whether a duration that nobody has confirmed still matters."""
    return item.is_placeholder and item.finished_on is None and not item.is_milestone
