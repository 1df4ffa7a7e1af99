"""Chance that repeats itself."""

from __future__ import annotations

import random


def seeded(*parts: object) -> random.Random:
    """Return a source of chance that is the same for the same parts, on every machine and Python."""
    return random.Random("/".join(str(part) for part in parts))  # noqa: S311 - invents people, guards nothing
