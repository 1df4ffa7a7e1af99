"""Who reads a brief of a case."""

from __future__ import annotations

from enum import StrEnum


class Stakeholder(StrEnum):
    """Those who decide whether a learning ecosystem is bought, built and kept."""

    IT = "it"
    HR = "hr"
    FINANCE = "finance"
    MANAGEMENT = "management"
    LEARNERS = "learners"
