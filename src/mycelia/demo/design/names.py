"""Names for invented people, mixed at random within a pool; any likeness is chance."""

from __future__ import annotations

import random
import tomllib
import unicodedata
from functools import cache
from pathlib import Path

_SPECIAL = str.maketrans({"ł": "l", "Ł": "L", "ı": "i", "İ": "I", "ø": "o", "ß": "ss", "đ": "d"})


@cache
def _pools() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(Path(__file__).with_name("names.toml").read_text(encoding="utf-8"))


def draw_name(randomness: random.Random, pools: tuple[str, ...]) -> tuple[str, str]:
    """Return a given and a family name from one of the pools."""
    pool = _pools()[randomness.choice(pools)]
    return randomness.choice(pool["given"]), randomness.choice(pool["family"])


def address_part(name: str) -> str:
    """Return a name as it appears in an e-mail address.

    Example:
        >>> address_part("Małgorzata"), address_part("Hui-Min")
        ('malgorzata', 'huimin')
    """
    plain = unicodedata.normalize("NFKD", name.translate(_SPECIAL)).encode("ascii", "ignore").decode()
    return "".join(letter for letter in plain.lower() if letter.isalnum())
