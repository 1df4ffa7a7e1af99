"""What a file changes, against what is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from mycelia.people.calc.cycles import cycles
from mycelia.people.sentences import sentence
from mycelia.people.types import (
    ChangeKind,
    Directory,
    KnownEmployment,
    KnownPerson,
    PersonValues,
    Placement,
    StepKind,
)
from tests.people.files import COMPANY, HEADER, TODAY, people_file, plan_of, reasons, row

START = date(2025, 1, 1)


def known(number: str, key: int, *, manager: str = "", unit: str = "HQ", active: bool = True) -> KnownPerson:
    values = PersonValues(number, f"{number.lower()}@example.com", "Name", number, "en")
    employment = KnownEmployment(key * 10, START, None, Placement(unit, manager_number=manager))
    return KnownPerson(key, values, active, (employment,))


def company(*people: KnownPerson) -> Directory:
    return replace(COMPANY, people={person.values.employee_number: person for person in people})


def test_plan_of_a_new_person_opens_an_employment_today() -> None:
    plan = plan_of(people_file(row("E1")))
    (change,) = plan.changes
    assert (change.kind, change.line, change.person_id) == (ChangeKind.CREATED, 2, None)
    assert change.employment is not None
    assert (change.employment.kind, change.employment.valid_from) == (StepKind.OPEN, TODAY)


def test_plan_of_what_is_known_already_is_empty() -> None:
    plan = plan_of(
        people_file(row("E1"), row("E2", manager="E1")), company(known("E1", 1), known("E2", 2, manager="E1"))
    )
    assert plan.is_empty
    assert plan.unchanged == 2


def test_plan_of_a_move_replaces_the_employment_and_shows_old_and_new() -> None:
    plan = plan_of(people_file(row("E1", unit="SALES", valid_from="2026-07-01")), company(known("E1", 1)))
    (change,) = plan.changes
    assert change.employment is not None
    assert (change.employment.kind, change.employment.employment_id) == (StepKind.REPLACE, 10)
    assert [(f.field, f.old, f.new) for f in change.fields] == [
        ("valid_from", "", "2026-07-01"),
        ("unit", "Headquarters", "Sales"),
    ]


def test_plan_of_a_change_on_the_first_day_corrects_the_employment() -> None:
    plan = plan_of(people_file(row("E1", unit="SALES", valid_from=str(START))), company(known("E1", 1)))
    assert plan.changes[0].employment is not None
    assert plan.changes[0].employment.kind is StepKind.CORRECT


def test_plan_of_a_row_from_before_the_current_employment_is_refused() -> None:
    plan = plan_of(people_file(row("E1", unit="SALES", valid_from="2024-12-31")), company(known("E1", 1)))
    assert reasons(plan) == [("too_early", 2, "valid_from")]


def test_plan_without_a_date_is_refused_when_a_later_change_is_planned() -> None:
    person = known("E1", 1)
    later = KnownEmployment(11, date(2026, 9, 1), None, Placement("SALES"))
    first = replace(person.employments[0], valid_to=later.valid_from)
    directory = company(replace(person, employments=(first, later)))
    assert plan_of(people_file(row("E1")), directory).is_empty
    assert reasons(plan_of(people_file(row("E1", unit="SALES")), directory)) == [("too_early", 2, "valid_from")]


def test_plan_keeps_the_planned_end_of_an_employment() -> None:
    person = known("E1", 1)
    ending = replace(person, employments=(replace(person.employments[0], valid_to=date(2026, 12, 1)),))
    (change,) = plan_of(people_file(row("E1", unit="SALES")), company(ending)).changes
    assert change.employment is not None
    assert change.employment.valid_to == date(2026, 12, 1)


def test_plan_of_somebody_deactivated_reactivates_them() -> None:
    person = known("E1", 1, active=False)
    gone = replace(person, employments=(replace(person.employments[0], valid_to=date(2026, 1, 1)),))
    (change,) = plan_of(people_file(row("E1")), company(gone)).changes
    assert change.kind is ChangeKind.REACTIVATED
    assert change.employment is not None
    assert change.employment.kind is StepKind.OPEN


def test_plan_of_a_column_that_is_missing_keeps_what_is_known() -> None:
    header = "employee_number,email,given_name,family_name,unit_code"
    directory = company(known("E1", 1), known("E2", 2, manager="E1"))
    assert plan_of(people_file("E2,e2@example.com,Name,E2,HQ", header=header), directory).is_empty


def test_plan_of_an_empty_manager_cell_takes_the_manager_away() -> None:
    plan = plan_of(people_file(row("E2")), company(known("E1", 1), known("E2", 2, manager="E1")))
    assert [(f.field, f.old, f.new) for f in plan.changes[0].fields][1:] == [("manager", "Name E1 (E1)", "")]


def test_plan_of_a_full_file_lists_whoever_is_missing() -> None:
    directory = company(known("E1", 1), known("E2", 2))
    assert plan_of(people_file(row("E1")), directory).is_empty
    plan = plan_of(people_file(row("E1")), directory, full=True)
    assert [(c.kind, c.values.employee_number) for c in plan.changes] == [(ChangeKind.DEACTIVATED, "E2")]
    assert plan.employed == 2


def test_plan_of_a_full_file_spares_accounts_that_were_never_employed() -> None:
    account = replace(known("ADMIN", 9), employments=())
    assert plan_of(people_file(row("E1")), company(known("E1", 1), account), full=True).is_empty


def test_plan_of_a_full_file_spares_people_whose_row_is_bad() -> None:
    plan = plan_of(people_file(row("E1"), "E2,nonsense,N,N,HQ,,"), company(known("E1", 1), known("E2", 2)), full=True)
    assert reasons(plan) == [("bad_email", 3, "email")]


def test_plan_of_an_email_that_belongs_to_another_is_refused() -> None:
    plan = plan_of(people_file(row("E2", email="E1@EXAMPLE.com")), company(known("E1", 1)))
    assert reasons(plan) == [("email_taken", 2, "email")]
    assert plan.problems[0].details == {"number": "E1"}


def test_plan_of_two_people_who_swap_emails_is_possible() -> None:
    content = people_file(row("E1", email="e2@example.com"), row("E2", email="e1@example.com"))
    plan = plan_of(content, company(known("E1", 1), known("E2", 2)))
    assert plan.problems == ()
    assert plan.count(ChangeKind.CHANGED) == 2


def test_plan_of_an_unknown_unit_is_refused() -> None:
    assert reasons(plan_of(people_file(row("E1", unit="NOPE")))) == [("unknown_unit", 2, "unit_code")]


def test_plan_of_managers_reports_unknown_own_inactive_and_leaving_ones() -> None:
    directory = company(known("OFF", 1, active=False), known("OUT", 2), known("E4", 4))
    content = people_file(
        row("E1", manager="NOBODY"), row("E2", manager="E2"), row("E3", manager="OFF"), row("E4", manager="OUT")
    )
    assert reasons(plan_of(content, directory, full=True)) == [
        ("unknown_manager", 2, "manager_employee_number"),
        ("own_manager", 3, "manager_employee_number"),
        ("inactive_manager", 4, "manager_employee_number"),
        ("leaving_manager", 5, "manager_employee_number"),
    ]


def test_plan_of_a_circle_of_managers_names_its_people_at_every_row() -> None:
    content = people_file(
        row("E1", manager="E3"), row("E2", manager="E1"), row("E3", manager="E2"), row("E4", manager="E1")
    )
    plan = plan_of(content)
    assert [code for code, _, _ in reasons(plan)] == ["manager_cycle"] * 3
    assert [line for _, line, _ in reasons(plan)] == [2, 3, 4]
    assert sentence(plan.problems[0]).count("→") == 3
    assert "Name E2 (E2)" in sentence(plan.problems[0])


def test_plan_of_a_circle_through_people_who_are_not_in_the_file_is_found() -> None:
    directory = company(known("BOSS", 1), known("MID", 2, manager="BOSS"))
    assert reasons(plan_of(people_file(row("BOSS", manager="MID")), directory)) == [
        ("manager_cycle", 2, "manager_employee_number")
    ]


def test_plan_of_new_labels_adds_them_once_and_matches_them_by_name_or_code() -> None:
    header = HEADER + ",position,location,cost_centre"
    directory = replace(COMPANY, positions={"DEV": "Developer"}, locations={"RTM": "Rotterdam"})
    rows = (row("E1") + ",developer,rtm,4100", row("E2") + ",dev,ROTTERDAM,4100", row("E3") + ",Analyst,,4100")
    plan = plan_of(people_file(*rows, header=header), directory)
    assert [(e.list, e.code) for e in plan.new_entries] == [("position", "Analyst"), ("cost_centre", "4100")]
    placements = [change.employment.placement for change in plan.changes if change.employment]
    assert [p.position_code for p in placements] == ["DEV", "DEV", "Analyst"]
    assert [p.location_code for p in placements] == ["RTM", "RTM", ""]


def test_plan_reports_everything_wrong_with_a_row_at_once() -> None:
    plan = plan_of(people_file("E1,nonsense,N,N,NOPE,NOBODY,"))
    assert {code for code, _, _ in reasons(plan)} == {"bad_email", "unknown_unit", "unknown_manager"}


def test_plan_with_a_problem_has_no_changes() -> None:
    plan = plan_of(people_file(row("E1"), row("E2", unit="NOPE")))
    assert (plan.changes, plan.new_units, plan.new_entries) == ((), (), ())


def test_plan_digest_tells_different_effects_apart_and_equal_ones_not() -> None:
    one, same = plan_of(people_file(row("E1"), row("E2"))), plan_of(people_file(row("E1"), row("E2")))
    other = plan_of(people_file(row("E1"), row("E3")))
    assert one.digest == same.digest != other.digest


_managers = st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh"), max_size=8)


@given(_managers)
def test_cycles_are_exactly_the_nodes_that_come_back_to_themselves(points_to: dict[str, str]) -> None:
    def comes_back(start: str) -> bool:
        node: str | None = start
        for _ in range(len(points_to) + 1):
            node = points_to.get(node) if node is not None else None
            if node == start:
                return True
        return False

    found = [node for circle in cycles(points_to) for node in circle]
    assert sorted(found) == sorted(node for node in points_to if comes_back(node))
    assert len(found) == len(set(found))


def test_cycles_of_a_chain_of_a_hundred_thousand_is_found_without_recursion() -> None:
    chain = {str(n): str(n + 1) for n in range(100_000)} | {"100000": "0"}
    assert [len(circle) for circle in cycles(chain)] == [100_001]
