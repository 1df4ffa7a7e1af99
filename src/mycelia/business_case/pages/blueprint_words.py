"""The words for what the blueprint stores as a code."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mycelia.business_case.types import (
    Element,
    Lifecycle,
    LinkDepth,
    LinkDirection,
    Moment,
    Part,
    Protocol,
    SystemPurpose,
)

PURPOSES = {
    SystemPurpose.LEARNING_PLATFORM: _("Learning platform"),
    SystemPurpose.KNOWLEDGE_BASE: _("Knowledge base"),
    SystemPurpose.AUTHORING: _("Authoring"),
    SystemPurpose.MEDIA: _("Media library"),
    SystemPurpose.ASSESSMENT: _("Assessment and surveys"),
    SystemPurpose.LIVE_SESSIONS: _("Live sessions"),
    SystemPurpose.COLLABORATION: _("Collaboration"),
    SystemPurpose.SKILLS: _("Skills and talent"),
    SystemPurpose.HUMAN_RESOURCES: _("Human resources"),
    SystemPurpose.IDENTITY: _("Identity and sign-on"),
    SystemPurpose.ANALYTICS: _("Analytics"),
    SystemPurpose.PERFORMANCE_SUPPORT: _("Performance support"),
    SystemPurpose.OTHER: _("Something else"),
}
LIFECYCLES = {
    Lifecycle.PLANNED: _("Planned"),
    Lifecycle.PILOT: _("Pilot"),
    Lifecycle.ACTIVE: _("Active"),
    Lifecycle.SUNSET: _("Sunset"),
    Lifecycle.RETIRED: _("Retired"),
}
LIFECYCLE_TONES = {
    Lifecycle.PLANNED: "info",
    Lifecycle.PILOT: "accent",
    Lifecycle.ACTIVE: "success",
    Lifecycle.SUNSET: "warning",
    Lifecycle.RETIRED: "neutral",
}
PROTOCOLS = {
    Protocol.XAPI: "xAPI",
    Protocol.CMI5: "cmi5",
    Protocol.SCORM: "SCORM",
    Protocol.LTI: "LTI",
    Protocol.OIDC: "OpenID Connect",
    Protocol.SAML: "SAML",
    Protocol.SCIM: "SCIM",
    Protocol.API: _("Programming interface"),
    Protocol.FILE: _("File"),
    Protocol.NONE: _("None, by hand"),
}
DIRECTIONS = {LinkDirection.FORWARD: _("One way"), LinkDirection.BOTH: _("Both ways")}
DEPTHS = {
    LinkDepth.MANUAL: _("Copied by hand"),
    LinkDepth.SCHEDULED: _("On a schedule"),
    LinkDepth.IMMEDIATE: _("As it happens"),
    LinkDepth.EMBEDDED: _("One inside the other"),
}
ELEMENTS = {
    Element.STRATEGY: _("Strategy"),
    Element.PROCESS: _("Process"),
    Element.CULTURE: _("Culture"),
    Element.CONTENT: _("Content"),
    Element.DELIVERY: _("Delivery methods"),
    Element.TECHNOLOGY: _("Technology"),
}
ELEMENT_QUESTIONS = {
    Element.STRATEGY: _("What learning is for, and how anybody knows that it works"),
    Element.PROCESS: _("How learning is asked for, made, approved, kept and ended"),
    Element.CULTURE: _("What people expect of each other when something is to be learnt"),
    Element.CONTENT: _("What there is to learn from, who owns it, and how fresh it is"),
    Element.DELIVERY: _("How it reaches people: courses, sessions, search, peers"),
    Element.TECHNOLOGY: _("The systems, and how they hang together"),
}
ELEMENT_ICONS = {
    Element.STRATEGY: "target-arrow",
    Element.PROCESS: "git-merge",
    Element.CULTURE: "heart-handshake",
    Element.CONTENT: "books",
    Element.DELIVERY: "send",
    Element.TECHNOLOGY: "server-2",
}
MATURITIES = {
    1: _("Ad hoc"),
    2: _("Repeated"),
    3: _("Defined"),
    4: _("Measured"),
    5: _("Improving"),
}
"""Five steps, each with one word; the page explains them beside the table."""

MATURITY_MEANINGS = {
    1: _("Depends on single people; nothing is written down."),
    2: _("Done again in the same way, where somebody remembers how."),
    3: _("Agreed, written down and known to those concerned."),
    4: _("Measured, and steered by what the measure says."),
    5: _("Changed regularly because of what was learnt."),
}
MOMENTS = {Moment.TODAY: _("today"), Moment.TARGET: _("in the target state")}
PARTS = {Part.MASTER: _("Master"), Part.CONSUMER: _("Works with a copy")}
COLUMNS = {
    "name": _("Name"),
    "purpose": _("Purpose"),
    "description": _("Description"),
    "vendor": _("Vendor"),
    "owner": _("Owner"),
    "owner_id": _("Owner"),
    "lifecycle": _("State"),
    "users_licensed": _("Users licensed"),
    "users_active": _("Users active"),
    "counted_on": _("Counted on"),
    "yearly_cost": _("Cost a year"),
    "exit_cost": _("Cost to leave"),
    "currency": _("Currency"),
    "contract_end": _("Contract ends"),
    "end_of_life": _("End of life"),
    "elements": _("Elements"),
    "is_platform": _("This platform"),
    "is_synthetic": _("Synthetic"),
    "source_id": _("From"),
    "target_id": _("To"),
    "protocol": _("Protocol"),
    "direction": _("Direction"),
    "depth": _("Depth"),
    "note": _("What it carries"),
    "placements": _("Systems and their parts"),
    "today": _("Today"),
    "target": _("Target"),
    "maturity_today": _("Maturity today"),
    "maturity_target": _("Maturity to be reached"),
    "notes": _("Notes"),
    "evidence": _("Evidence"),
    "has_evidence": _("Evidence"),
    "masters": _("Masters"),
    "moment": _("State"),
    "people": _("People"),
    "learners": _("Learners"),
    "without_unit": _("Without a unit"),
}
"""What a column of the register is called."""
