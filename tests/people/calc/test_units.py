"""Units in people files: made only when named and placed, renamed, never moved."""

from __future__ import annotations

from mycelia.people.types import Directory, KnownUnit
from tests.people.files import COMPANY, people_file, plan_of, reasons

HEADER = "employee_number,email,given_name,family_name,unit_code,unit_name,parent_unit_code"


def _file(*units: str) -> bytes:
    return people_file(*(f"E{n},e{n}@example.com,A,B,{unit}" for n, unit in enumerate(units)), header=HEADER)


def test_units_named_and_placed_are_made_parents_first() -> None:
    plan = plan_of(_file("B,Deep,A", "A,Middle,HQ", "B,,"))
    assert plan.new_units == (KnownUnit("A", "Middle", "HQ"), KnownUnit("B", "Deep", "A"))


def test_units_of_an_empty_company_may_have_one_top() -> None:
    assert [u.code for u in plan_of(_file("HQ,Headquarters,", "S,Sales,HQ"), Directory()).new_units] == ["HQ", "S"]
    assert reasons(plan_of(_file("HQ,Headquarters,", "S,Sales,"), Directory())) == [
        ("second_root", 3, "parent_unit_code")
    ]


def test_units_without_parent_are_refused_once_there_is_a_top() -> None:
    assert reasons(plan_of(_file("NEW,New,"))) == [("unit_without_parent", 2, "parent_unit_code")]


def test_units_with_an_unknown_parent_are_refused() -> None:
    assert reasons(plan_of(_file("NEW,New,NOPE"))) == [("unknown_parent_unit", 2, "parent_unit_code")]


def test_units_in_a_circle_are_refused_with_the_chain() -> None:
    plan = plan_of(_file("A,A,B", "B,B,A"))
    assert reasons(plan) == [("unit_cycle", 2, "parent_unit_code")]
    assert plan.problems[0].details == {"chain": "A → B → A"}


def test_units_named_differently_by_two_rows_are_refused() -> None:
    assert reasons(plan_of(_file("A,Alpha,HQ", "A,Beta,HQ"))) == [("unit_contradiction", 3, "unit_name")]


def test_units_that_are_known_can_be_renamed_and_not_moved() -> None:
    plan = plan_of(_file("SALES,Revenue,HQ"))
    assert plan.renamed_units == (KnownUnit("SALES", "Revenue", "HQ"),)
    assert reasons(plan_of(_file("HQ,Headquarters,SALES"))) == [("unit_elsewhere", 2, "parent_unit_code")]


def test_units_repeated_as_known_change_nothing() -> None:
    plan = plan_of(_file("SALES,Sales,HQ"), COMPANY)
    assert (plan.new_units, plan.renamed_units) == ((), ())
