"""The verbs, activity types and extensions the product writes with; all from published vocabularies.

References:
    ADL verb vocabulary (http://adlnet.gov/expapi/verbs/), cmi5 (https://w3id.org/xapi/adl/verbs/ and
    http://adlnet.gov/expapi/verbs/), TinCan registry (http://id.tincanapi.com/verb/), ADL activity types
    (http://adlnet.gov/expapi/activities/). `profile` publishes all of it as an xAPI profile.
"""

from __future__ import annotations

from django.conf import settings

from mycelia.records.types import Json

_ADL = "http://adlnet.gov/expapi/verbs/"
_W3ID = "https://w3id.org/xapi/adl/verbs/"
_TINCAN = "http://id.tincanapi.com/verb/"
_TYPES = "http://adlnet.gov/expapi/activities/"


def _verb(namespace: str, name: str) -> Json:
    return {"id": f"{namespace}{name}", "display": {"en": name.replace("-", " ")}}


class Verbs:
    """What somebody did. Each is a verb object ready for a statement."""

    REGISTERED = _verb(_ADL, "registered")
    LAUNCHED = _verb(_ADL, "launched")
    INITIALIZED = _verb(_ADL, "initialized")
    ATTEMPTED = _verb(_ADL, "attempted")
    EXPERIENCED = _verb(_ADL, "experienced")
    PROGRESSED = _verb(_ADL, "progressed")
    ANSWERED = _verb(_ADL, "answered")
    SUSPENDED = _verb(_ADL, "suspended")
    RESUMED = _verb(_ADL, "resumed")
    COMPLETED = _verb(_ADL, "completed")
    PASSED = _verb(_ADL, "passed")
    FAILED = _verb(_ADL, "failed")
    SCORED = _verb(_ADL, "scored")
    TERMINATED = _verb(_ADL, "terminated")
    EXITED = _verb(_ADL, "exited")
    SATISFIED = _verb(_W3ID, "satisfied")
    ABANDONED = _verb(_W3ID, "abandoned")
    WAIVED = _verb(_W3ID, "waived")
    VOIDED = _verb(_ADL, "voided")
    # The TinCan registry has the opposite of "registered"; ADL has none.
    UNREGISTERED = _verb(_TINCAN, "unregistered")


class ActivityTypes:
    """What it was done to. Each is an IRI for `definition.type`."""

    COURSE = f"{_TYPES}course"
    LESSON = f"{_TYPES}lesson"
    MODULE = f"{_TYPES}module"
    ASSESSMENT = f"{_TYPES}assessment"
    INTERACTION = f"{_TYPES}cmi.interaction"
    FILE = f"{_TYPES}file"
    PROFILE = f"{_TYPES}profile"


class Extensions:
    """What statements say beyond the specification. Each is an IRI, or its path on the installation that writes it."""

    PROGRESS = "https://w3id.org/xapi/cmi5/result/extensions/progress"
    ATTEMPT = "/xapi/extensions/attempt"
    COURSE_REGISTRATION = "/xapi/extensions/course-registration"


def extension(name: str) -> str:
    """Return the IRI of one of the extensions."""
    return f"{settings.MYCELIA_PUBLIC_URL}{name}" if name.startswith("/") else name


verbs = Verbs
activity_types = ActivityTypes
extensions = Extensions
