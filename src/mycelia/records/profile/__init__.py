"""The product's own activity as an xAPI profile, made from the vocabulary it writes with.

References:
    xAPI Profiles Specification 1.0, Part Two (https://github.com/adlnet/xapi-profiles).
"""

from __future__ import annotations

from django.conf import settings

from mycelia.records.profile.concepts import concepts
from mycelia.records.profile.templates import patterns, templates
from mycelia.records.types import Json
from mycelia.records.vocabulary import ActivityTypes

VERSIONS = (("v1", "2026-11-26T00:00:00Z"),)
"""Every version and when it was made, the newest first; another concept, template or pattern is another version."""


def profile_iri() -> str:
    """Return the address at which the profile is served."""
    return f"{settings.MYCELIA_PUBLIC_URL}/xapi/profile"


def version_iri() -> str:
    """Return the identifier of the newest version of the profile."""
    return f"{profile_iri()}/{VERSIONS[0][0]}"


def profile_category() -> Json:
    """Return the activity that statements of the product have in their category: the profile they follow.

    References:
        xAPI Profiles Specification 1.0, Part Two: a statement names the version of the profile it follows by a
        category activity of that identifier.
    """
    return {"id": version_iri(), "definition": {"type": ActivityTypes.PROFILE}}


def profile() -> Json:
    """Return the profile, a JSON-LD document; two of its extensions are named after this installation."""
    iri, version = profile_iri(), version_iri()
    return {
        "@context": "https://w3id.org/xapi/profiles/context",
        "id": iri,
        "type": "Profile",
        "conformsTo": "https://w3id.org/xapi/profiles#1.0",
        "prefLabel": {"en": "Mycelia"},
        "definition": {"en": "What the learning platform Mycelia says about learners: courses, lessons, questions."},
        "author": {"type": "Organization", "name": "Mycelia", "url": settings.MYCELIA_PUBLIC_URL},
        "versions": [{"id": f"{iri}/{name}", "generatedAtTime": made} for name, made in VERSIONS],
        "concepts": list(concepts(version)),
        "templates": list(templates(iri, version)),
        "patterns": list(patterns(iri, version)),
    }
