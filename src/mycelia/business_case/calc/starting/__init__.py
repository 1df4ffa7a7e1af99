"""The templates of the guided start, and the case that follows from the answers to one."""

from mycelia.business_case.calc.starting.compliance import COMPLIANCE
from mycelia.business_case.calc.starting.composing import compose
from mycelia.business_case.calc.starting.onboarding import ONBOARDING
from mycelia.business_case.calc.starting.replacement import REPLACEMENT
from mycelia.business_case.types.starting import Template

TEMPLATES: tuple[Template, ...] = (REPLACEMENT, ONBOARDING, COMPLIANCE)


def template_called(key: str) -> Template | None:
    """Return the template with a key; None when there is none."""
    return next((one for one in TEMPLATES if one.key == key), None)


__all__ = ["TEMPLATES", "compose", "template_called"]
