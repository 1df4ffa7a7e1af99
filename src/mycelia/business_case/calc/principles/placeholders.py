"""Numbers that nobody has confirmed."""

from __future__ import annotations

from mycelia.business_case.types import CaseModel, Finding, Principle


def placeholders(model: CaseModel) -> tuple[Finding, ...]:
    """Return a refusal for each line that still is a default nobody has confirmed."""
    lines = [(f"cost/{line.key}", line.is_placeholder) for line in model.costs]
    lines += [(f"benefit/{line.key}", line.is_placeholder) for line in model.benefits]
    return tuple(
        Finding(Principle.PLACEHOLDER, subject, "is_placeholder", refuses=True)
        for subject, is_placeholder in lines
        if is_placeholder
    )
