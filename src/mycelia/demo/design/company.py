"""Puts invented people on the chairs, with a year of arrivals, moves and departures."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta

from mycelia.demo.design import accounts
from mycelia.demo.design.names import address_part, draw_name
from mycelia.demo.design.organisation import COMPANY_NAME, SITE_BY_CODE, SITES
from mycelia.demo.design.randomness import seeded
from mycelia.demo.design.slots import Slot, lay_out
from mycelia.demo.types import Account, Colleague, Company, Stay

YEAR_DAYS = 365
SMALLEST = 120
NEW_HIRES, MOVERS, LEAVERS = 0.11, 0.08, 0.06


class CompanyTooSmall(ValueError):
    """Fewer people were asked for than the organisation has named chairs."""


def design_company(*, people: int, as_of: date, seed: int = 2) -> Company:
    """Return the company of this size as it stands on a day; the same arguments give the same company.

    Args:
        people: Everybody who worked here within the year, those who left included; at least 120.
        as_of: The day history ends; every date is relative to it.
        seed: Chooses another company of the same kind.

    Raises:
        CompanyTooSmall: `people` is below 120.
    """
    if people < SMALLEST:
        raise CompanyTooSmall(f"the demo company needs at least {SMALLEST} people, not {people}")
    randomness = seeded(seed, people)
    units, slots = lay_out(people)
    named = _named_chairs(slots)
    fates = _fates(randomness, slots, set(named))
    taken: set[str] = {account.email for account in accounts.ACCOUNTS}
    colleagues = []
    for index, slot in enumerate(slots):
        stays = _stays(randomness, slots, index, fates.get(index, "stays"), as_of)
        colleagues.append(_colleague(randomness, index, slot, stays, named.get(index), taken))
    return Company(COMPANY_NAME, as_of, SITES, tuple(units), tuple(colleagues))


def number_of(index: int) -> str:
    """Return the employee number of a chair's first holder."""
    return f"C{index + 1:05d}"


def _named_chairs(slots: Sequence[Slot]) -> dict[int, Account]:
    manager = _chair(slots, "Service technician") - 1
    return {
        0: accounts.EXECUTIVE,
        manager: accounts.MANAGER,
        manager + 1: accounts.LEARNER,
        _chair(slots, "Head of learning"): accounts.CURATOR,
        _chair(slots, "Learning designer"): accounts.AUTHOR,
        _chair(slots, "Talent partner"): accounts.TALENT,
        _chair(slots, "Financial analyst"): accounts.FINANCE,
        _chair(slots, "Systems administrator"): accounts.IT,
    }


def _chair(slots: Sequence[Slot], position: str) -> int:
    return next(index for index, slot in enumerate(slots) if slot.position == position)


def _fates(randomness: random.Random, slots: Sequence[Slot], named: set[int]) -> dict[int, str]:
    ordinary = [index for index, slot in enumerate(slots) if not slot.leads and index not in named]
    randomness.shuffle(ordinary)
    fates: dict[int, str] = {}
    for fate, share in (("hired", NEW_HIRES), ("moved", MOVERS), ("left", LEAVERS)):
        count = round(share * len(slots))
        fates |= dict.fromkeys(ordinary[:count], fate)
        del ordinary[:count]
    return fates


def _stays(randomness: random.Random, slots: Sequence[Slot], index: int, fate: str, as_of: date) -> tuple[Stay, ...]:
    slot = slots[index]
    change = as_of - timedelta(days=randomness.randint(20, YEAR_DAYS - 20))
    years = randomness.uniform(3, 18) if slot.leads else randomness.triangular(1.2, 22, 3)
    joined = change if fate == "hired" else as_of - timedelta(days=int(years * 365.25))
    if fate == "left":
        return (_stay(slot, joined, change),)
    if fate == "moved":
        earlier = _earlier_chair(randomness, slots, index)
        return (_stay(earlier, joined, change), _stay(slot, change, None))
    return (_stay(slot, joined, None),)


def _earlier_chair(randomness: random.Random, slots: Sequence[Slot], index: int) -> Slot:
    division = slots[index].unit_code[:3]
    others = [
        slot
        for slot in slots
        if not slot.leads and slot.unit_code[:3] == division and slot.unit_code != slots[index].unit_code
    ]
    return randomness.choice(others)


def _stay(slot: Slot, valid_from: date, valid_to: date | None) -> Stay:
    return Stay(
        valid_from=valid_from,
        valid_to=valid_to,
        unit_code=slot.unit_code,
        position=slot.position,
        site_code=slot.site_code,
        cost_centre_code=cost_centre_code(slot.unit_code, slot.site_code),
        manager_number=None if slot.manager is None else number_of(slot.manager),
    )


def cost_centre_code(unit_code: str, site_code: str) -> str:
    """Return where a unit's time is booked: division, department and site.

    Example:
        >>> cost_centre_code("SAL-SER-03", "DUN")
        'SAL-SER.DUN'
    """
    return f"{'-'.join(unit_code.split('-')[:2])}.{site_code}"


def _colleague(
    randomness: random.Random, index: int, slot: Slot, stays: tuple[Stay, ...], account: Account | None, taken: set[str]
) -> Colleague:
    site = SITE_BY_CODE[slot.site_code]
    given, family = draw_name(randomness, site.name_pools)
    if account is not None:
        return Colleague(number_of(index), account.email, account.given_name, account.family_name, "en", stays)
    email = _free_address(f"{address_part(given)}.{address_part(family)}", taken)
    return Colleague(number_of(index), email, given, family, site.language, stays)


def _free_address(local_part: str, taken: set[str]) -> str:
    number = 1
    while (email := f"{local_part}{number if number > 1 else ''}@{accounts.DOMAIN}") in taken:
        number += 1
    taken.add(email)
    return email
