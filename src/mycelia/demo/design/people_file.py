"""The demo company as the file an HR system would send."""

from __future__ import annotations

import csv
import io
from datetime import date

from mycelia.demo.types import Colleague, Company, Stay

COLUMNS = (
    "employee_number",
    "email",
    "given_name",
    "family_name",
    "language",
    "unit_code",
    "unit_name",
    "parent_unit_code",
    "manager_employee_number",
    "position",
    "location",
    "cost_centre",
    "valid_from",
)


def people_file(company: Company, *, on: date, limit: int | None = None) -> bytes:
    """Return the people of one day as UTF-8 CSV with a header, managers before their reports.

    Args:
        company: The invented company.
        on: The day the file shows; changes after it are not in the file.
        limit: At most this many rows, from the top of the organisation.
    """
    units = {unit.code: unit for unit in company.units}
    sites = {site.code: site.name for site in company.sites}
    output = io.StringIO(newline="")
    writer = csv.writer(output)
    writer.writerow(COLUMNS)
    for person, stay in stays_on(company, on)[:limit]:
        unit = units[stay.unit_code]
        writer.writerow(
            (
                person.number,
                person.email,
                person.given_name,
                person.family_name,
                person.language,
                unit.code,
                unit.name,
                unit.parent_code or "",
                stay.manager_number or "",
                stay.position,
                sites[stay.site_code],
                stay.cost_centre_code,
                stay.valid_from.isoformat(),
            )
        )
    return output.getvalue().encode()


def stays_on(company: Company, on: date) -> list[tuple[Colleague, Stay]]:
    """Return everybody who works here on a day, each with the stay of that day."""
    return [
        (person, stay)
        for person in company.people
        for stay in person.stays
        if stay.valid_from <= on and (stay.valid_to is None or on < stay.valid_to)
    ]
