"""The picture of a case: actual values, and how many queries it takes."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from mycelia.business_case import api
from mycelia.business_case.api import BenefitCategory, SourceKind
from mycelia.kernel import clock
from mycelia.kernel.policy import Role
from tests.factories.business_case import (
    SYSTEM,
    make_actor,
    make_case,
    make_complete_case,
    make_kpi_terms,
    make_line_terms,
    make_objective,
)
from tests.factories.case_edits import add_benefit_line, add_cost_line
from tests.factories.content import make_course
from tests.factories.learning import complete
from tests.factories.people import make_person, make_unit

pytestmark = pytest.mark.django_db


def platform_kpi(case, **terms):
    objective = make_objective(case)
    stated = {"source_kind": SourceKind.PLATFORM, "metric_id": "any_completions_by_date", **terms}
    return api.add_kpi(actor=SYSTEM, objective=objective, terms=make_kpi_terms(**stated))


def test_sheet_sums_lines_by_year():
    case = make_complete_case()
    add_cost_line(case, make_line_terms(amounts=(50, 0, 5)))
    sheet = api.case_sheet(case)
    assert sheet.flows.costs == (Decimal(53_200), Decimal(666_715), Decimal(636_777), Decimal(647_783))
    assert round(api.case_sheet(make_complete_case()).figures.npv) == 5_496_170


def test_actual_of_nothing_recorded_is_zero_people_as_of_now():
    case = make_case()
    platform_kpi(case)
    moment = datetime(2026, 3, 1, 12, tzinfo=UTC)
    with clock.frozen(moment):
        actual = api.case_sheet(case).objectives[0].kpis[0].actual
    assert (actual.value, actual.as_of, actual.metric_id) == (Decimal(0), moment, "any_completions_by_date")


def test_actual_counts_nothing_after_the_day_of_the_target():
    case = make_case()
    kpi = platform_kpi(case, target_date=date(2026, 6, 30), metric_since=date(2026, 2, 1))
    query = api.actual_query(kpi, case, datetime(2027, 1, 1, tzinfo=UTC))
    assert query.until == datetime(2026, 7, 1, tzinfo=UTC) - timedelta(microseconds=1)
    assert query.since == datetime(2026, 2, 1, tzinfo=UTC)


def test_metric_that_needs_a_course_is_not_computed_without_one():
    case = make_case()
    platform_kpi(case, metric_id="course_completions_by_date")
    platform_kpi(case, metric_id="no_such_metric")
    assert [objective.kpis[0].actual for objective in api.case_sheet(case).objectives] == [None, None]


def test_number_of_queries_does_not_depend_on_the_number_of_lines(django_assert_max_num_queries):
    case = make_complete_case()
    for _ in range(15):
        add_cost_line(case, make_line_terms())
        add_benefit_line(case, make_line_terms(BenefitCategory.CUSTOM))
        make_objective(case)
    with django_assert_max_num_queries(13):
        api.case_sheet(case)


def test_actual_rises_when_a_learner_completes_the_course_and_counts_each_person_once():
    course, other = make_course(title="Golf"), make_course()
    case = make_case()
    kpi = platform_kpi(case, metric_id="course_completions_by_date", course_id=course.pk, target_date=date(2199, 1, 1))
    learner = make_person(given_name="Lena", family_name="Okafor")
    complete(make_person(), other)
    assert api.case_sheet(case).objectives[0].kpis[0].actual.value == 0
    complete(learner, course)
    complete(learner, course)
    shown = api.case_sheet(case).objectives[0].kpis[0]
    assert (shown.actual.value, shown.metric_subject) == (Decimal(1), "Golf")
    record = api.actual_record(SYSTEM, case, kpi)
    assert [(row.count) for row in record.months] == [1]
    assert [row.name for row in record.people] == ["Lena Okafor", "Lena Okafor"]


def test_actual_of_a_unit_counts_its_own_people_only():
    north, south = make_unit("north"), make_unit("south")
    course, case = make_course(), make_case(scope_unit_id=north.pk)
    platform_kpi(case, metric_id="course_completions_by_date", course_id=course.pk, target_date=date(2199, 1, 1))
    for unit in (north, south, make_unit("north-west", parent=north)):
        complete(make_person(unit=unit), course)
    assert api.case_sheet(case).objectives[0].kpis[0].actual.value == 2


def test_names_behind_an_actual_are_shown_only_to_those_who_may_see_the_people():
    course, case = make_course(), make_case()
    kpi = platform_kpi(case, metric_id="course_completions_by_date", course_id=course.pk, target_date=date(2199, 1, 1))
    complete(make_person(unit=make_unit()), course)
    record = api.actual_record(make_actor(Role.FINANCE_ANALYST), case, kpi)
    assert (record.value.value, record.people) == (Decimal(1), ())
