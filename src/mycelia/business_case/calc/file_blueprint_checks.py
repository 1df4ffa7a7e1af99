"""What has to hold within the part of the blueprint that is in a case's file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from mycelia.business_case.calc.readiness import recalled
from mycelia.business_case.types import HIGHEST_MATURITY, LOWEST_MATURITY, FileFault
from mycelia.business_case.types.file_blueprint import BlueprintRecord, ElementRecord, SystemRecord

LARGEST_AMOUNT = Decimal("9999999999999.99")
LARGEST_COUNT = 2_000_000_000
_CURRENCY = re.compile(r"[A-Z]{3}")
Faults = Iterator[FileFault]


def blueprint_faults(blueprint: BlueprintRecord | None) -> Faults:
    """Yield everything that cannot be; nothing where the file has no such part."""
    if blueprint is None:
        return
    yield from _keys(blueprint)
    for place, system in enumerate(blueprint.systems):
        yield from _system_faults(f"$.blueprint.systems[{place}]", system)
    known = {system.key for system in blueprint.systems}
    for place, link in enumerate(blueprint.links):
        if not {link.source, link.target} <= known or link.source == link.target or len(link.note) > 200:
            yield FileFault(f"$.blueprint.links[{place}]", "a link leads from one system of the file to another")
    for place, model in enumerate(blueprint.models):
        places = [(part.system, part.moment) for part in model.parts]
        if not {part.system for part in model.parts} <= known or len(set(places)) != len(places):
            yield FileFault(f"$.blueprint.models[{place}].parts", "a system of the file has one part in each state")
        yield from _name(f"$.blueprint.models[{place}].name", model.name)
    for place, element in enumerate(blueprint.elements):
        yield from _element_faults(f"$.blueprint.elements[{place}]", element)
    yield from _finding_faults(blueprint)


def _keys(blueprint: BlueprintRecord) -> Faults:
    for part, keys in (
        ("systems", [each.key for each in blueprint.systems]),
        ("links", [each.key for each in blueprint.links]),
        ("models", [each.key for each in blueprint.models]),
        ("elements", [each.element for each in blueprint.elements]),
    ):
        count = Counter(keys)
        for place, key in enumerate(keys):
            if count[key] > 1 or not 0 < len(key) <= 64:
                yield FileFault(f"$.blueprint.{part}[{place}]", "a key has 1 to 64 characters and stands once")


def _system_faults(path: str, system: SystemRecord) -> Faults:
    yield from _name(f"{path}.name", system.name)
    if not _CURRENCY.fullmatch(system.currency):
        yield FileFault(f"{path}.currency", "three capital letters")
    for field in ("yearly_cost", "exit_cost"):
        amount: Decimal | None = getattr(system, field)
        if amount is not None and not (amount.is_finite() and 0 <= amount <= LARGEST_AMOUNT):
            yield FileFault(f"{path}.{field}", f"a number from 0 to {LARGEST_AMOUNT}")
    for field in ("users_licensed", "users_active"):
        count: int | None = getattr(system, field)
        if count is not None and not 0 <= count <= LARGEST_COUNT:
            yield FileFault(f"{path}.{field}", f"a whole number from 0 to {LARGEST_COUNT}")
    if len(system.vendor) > 120:
        yield FileFault(f"{path}.vendor", "at most 120 characters")


def _element_faults(path: str, element: ElementRecord) -> Faults:
    for field in ("maturity_today", "maturity_target"):
        level: int | None = getattr(element, field)
        if level is not None and not LOWEST_MATURITY <= level <= HIGHEST_MATURITY:
            yield FileFault(f"{path}.{field}", f"a whole number from {LOWEST_MATURITY} to {HIGHEST_MATURITY}")


def _finding_faults(blueprint: BlueprintRecord) -> Faults:
    seen: set[str] = set()
    for place, record in enumerate(blueprint.findings):
        path = f"$.blueprint.findings[{place}]"
        try:
            key = recalled(record.finding).key
        except (KeyError, ValueError, TypeError, ArithmeticError):
            yield FileFault(f"{path}.finding", "no finding of the readiness check")
            continue
        if key in seen or not 0 < len(key) <= 64:
            yield FileFault(f"{path}.finding", "a finding has a key and is decided on once")
        if not 0 < len(record.item) <= 64:
            yield FileFault(f"{path}.item", "the key of the item that it became")
        seen.add(key)


def _name(path: str, name: str) -> Faults:
    if not 0 < len(name.strip()) <= 120 or len(name) > 120:
        yield FileFault(path, "1 to 120 characters")
