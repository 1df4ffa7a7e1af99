"""Fingerprint of a plan: equal fingerprints mean equal effects on the database."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import msgspec

from mycelia.people.types import ImportPlan

_encoder = msgspec.json.Encoder()


def fingerprint(plan: ImportPlan) -> ImportPlan:
    """Return the plan with its digest filled in."""
    effects = [plan.changes, plan.new_units, plan.renamed_units, plan.new_entries]
    return replace(plan, digest=hashlib.sha256(_encoder.encode(effects)).hexdigest())
