"""The profile of the product's own activity, for everybody to read."""

from __future__ import annotations

from django.http import HttpResponse

from mycelia.records.profile import profile
from mycelia.records.xapi import answers, parameters
from mycelia.records.xapi.calls import Call
from mycelia.records.xapi.edge import Operation, resource

JSON_LD = "application/ld+json"


def _profile(call: Call) -> HttpResponse:
    """Answer with the profile.

    References:
        xAPI Profiles Specification 1.0, Part Three 1.0: a profile is found at its IRI.
    """
    parameters.only(call)
    answer = answers.json(profile())
    answer["Content-Type"] = JSON_LD
    answer["Cache-Control"] = "public, max-age=3600"
    return answer


described = resource({"GET": Operation(_profile, needs_version=False, needs_client=False)})
