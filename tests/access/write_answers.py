"""Writes `url_answers.csv` from what the product answers now, for review: `pytest tests/access/write_answers.py`."""

from __future__ import annotations

import csv

import pytest

from tests.access.addresses import every_address
from tests.access.answers import TABLE, VISITORS, Visitor
from tests.access.company import build_company


@pytest.mark.django_db
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_write_answers() -> None:
    """Visit everything as everybody and write it down."""
    company = build_company()
    visitors = {name: Visitor(company.people.get(name)) for name in VISITORS}
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["pattern", "method", *VISITORS], lineterminator="\n")
        writer.writeheader()
        for address in every_address(company):
            for method in ("GET", "POST"):
                answers = {name: visitor.visit(address, method) for name, visitor in visitors.items()}
                if "405" not in answers.values():
                    break
            writer.writerow({"pattern": address.route, "method": method, **answers})
            file.flush()
