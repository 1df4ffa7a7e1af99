"""What is needed, on roadmaps worked by hand."""

from datetime import date
from decimal import Decimal

import pytest

from mycelia.business_case.calc.needs import content_moves, role_needs, system_needs, unstaffed
from mycelia.business_case.types import (
    CalendarKind,
    Estimate,
    Landscape,
    Lifecycle,
    ModelPicture,
    Resource,
    Roadmap,
    SystemPicture,
    SystemPurpose,
    WorkItem,
)


def item(title, days, *resources, **fields):
    return WorkItem(title, title, days, resources=resources, **fields)


def test_person_days_are_quantity_times_expected_days():
    """Build: 2 engineers x 10 days = 20; test: 1 engineer x (2 + 4 + 12) / 3 = 6; together 26, two at once."""
    roadmap = Roadmap(
        (
            item("Build", Estimate.fixed(10), Resource("Engineer", Decimal(2)), Resource("Author")),
            item("Test", Estimate.triangular(2, 4, 12), Resource("Engineer ", unit="people")),
        )
    )
    engineer, author = role_needs(roadmap, None)
    assert (engineer.role, engineer.days, engineer.peak, engineer.items) == ("Engineer", 26, 2, ("Build", "Test"))
    assert (author.role, author.days) == ("Author", 10)


def test_elapsed_days_count_only_the_days_that_are_worked():
    """14 elapsed days of a five-day week are 10 working days."""
    roadmap = Roadmap((item("Pilot", Estimate.fixed(14), Resource("Author"), calendar=CalendarKind.ELAPSED),))
    assert role_needs(roadmap, None)[0].days == 10


@pytest.mark.parametrize("fields", [{"finished_on": date(2026, 1, 1)}, {"option": "other"}, {"is_milestone": True}])
def test_finished_items_milestones_and_other_options_need_no_days(fields):
    roadmap = Roadmap((item("Done", Estimate.fixed(10), Resource("Author"), **fields),))
    assert sum(need.days for need in role_needs(roadmap, "proposal")) == 0


def test_things_are_kept_apart_from_people_by_their_unit():
    roadmap = Roadmap((item("Move", Estimate.fixed(5), Resource("Server", Decimal(3), "servers"), Resource("Server")),))
    assert [(need.unit, need.peak) for need in role_needs(roadmap, None)] == [("servers", 3), ("", 1)]


def test_work_that_names_nobody_is_told():
    roadmap = Roadmap(
        (
            item("Build", Estimate.fixed(10)),
            item("Ready", Estimate.fixed(0), is_milestone=True),
            item("Test", Estimate.fixed(1), Resource("Author")),
        )
    )
    assert unstaffed(roadmap, None) == ("Build",)


def test_systems_of_the_target_and_models_that_move_are_needed():
    systems = tuple(
        SystemPicture(key, key.upper(), SystemPurpose.OTHER, state)
        for key, state in (
            ("live", Lifecycle.ACTIVE),
            ("plan", Lifecycle.PLANNED),
            ("gone", Lifecycle.RETIRED),
            ("old", Lifecycle.RETIRED),
        )
    )
    models = (
        ModelPicture("m", "Media", ("live",), ("gone",)),
        ModelPicture("n", "News", ("live",), ("live",)),
        ModelPicture("o", "Old", ("live",), ()),
    )
    picture = Landscape(date(2026, 1, 1), date(2029, 1, 1), systems, models=models)
    assert [need.key for need in system_needs(picture)] == ["plan", "gone"]
    assert [(move.name, move.masters_today, move.masters_target) for move in content_moves(picture)] == [
        ("Media", ("LIVE",), ("GONE",))
    ]
