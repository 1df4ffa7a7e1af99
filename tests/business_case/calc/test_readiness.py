"""The readiness check on registers worked by hand."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mycelia.business_case.calc.readiness import check_readiness, horizon_of, kept, recalled
from mycelia.business_case.calc.readiness.integration import reached
from mycelia.business_case.calc.readiness.making import finding_key
from mycelia.business_case.calc.readiness.usage import unused_saving
from mycelia.business_case.types import (
    BenefitCategory,
    CostCategory,
    Element,
    ElementPicture,
    FindingRule,
    Landscape,
    Lifecycle,
    LinkDepth,
    LinkDirection,
    LinkPicture,
    ModelPicture,
    Moment,
    ProposalKind,
    Protocol,
    Severity,
    SystemPicture,
    SystemPurpose,
    Usage,
)

TODAY = date(2026, 6, 1)
HORIZON = date(2029, 6, 1)


def system(key="lms", **fields):
    """Return a system about which there is nothing to find."""
    sound = {
        "name": key.upper(),
        "purpose": SystemPurpose.LEARNING_PLATFORM,
        "lifecycle": Lifecycle.ACTIVE,
        "owner": "Ada Byron",
        "users_licensed": 100,
        "users_active": 95,
        "counted_on": date(2026, 5, 1),
        "yearly_cost": Decimal(10_000),
        "exit_cost": Decimal(2_000),
        "contract_end": date(2030, 1, 1),
    }
    return SystemPicture(key, **{**sound, **fields})


def link(source, target, protocol=Protocol.API, direction=LinkDirection.FORWARD):
    return LinkPicture(f"{source}-{target}", source, target, protocol, direction, LinkDepth.SCHEDULED)


def found(*systems, **parts):
    return check_readiness(Landscape(TODAY, HORIZON, systems, **parts))


def rules(*systems, **parts):
    return [finding.rule for finding in found(*systems, **parts)]


def only(*systems, **parts):
    (finding,) = found(*systems, **parts)
    return finding


def test_sound_register_has_no_findings():
    media = system("media", purpose=SystemPurpose.MEDIA)
    model = ModelPicture("m", "Media", ("media",), ("media",), ("lms",), ("lms",))
    element = ElementPicture(Element.CULTURE, 3, 4, "Ada Byron")
    assert (
        found(
            system(),
            media,
            links=(link("media", "lms"),),
            models=(model,),
            elements=(element,),
            usage=Usage(100, 90, 0),
        )
        == ()
    )
    assert found() == ()


def test_unused_licences_cost_their_share():
    """12,000 a year for 400 licences of which 250 are used: 150 unused, 12,000 x 150 / 400 = 4,500."""
    finding = only(system(users_licensed=400, users_active=250, yearly_cost=Decimal(12_000)))
    assert finding.rule is FindingRule.UNUSED_LICENCES
    assert (finding.fact("unused"), finding.fact("saving")) == (150, Decimal("4500.00"))
    assert finding.severity is Severity.MEDIUM
    assert [(one.system, one.amount) for one in finding.savings] == [("lms", Decimal("4500.00"))]
    first = finding.proposals[0]
    assert (first.category, first.amount, first.is_yearly) == (BenefitCategory.CUSTOM, Decimal("4500.00"), True)


@pytest.mark.parametrize(
    ("licensed", "active", "rule"),
    [
        (100, 86, None),
        (100, 85, FindingRule.UNUSED_LICENCES),
        (100, 100, None),
        (100, 101, FindingRule.MORE_USERS_THAN_LICENCES),
        (0, 0, FindingRule.COST_WITHOUT_USERS),
        (100, 0, FindingRule.COST_WITHOUT_USERS),
    ],
)
def test_border_of_what_counts_as_unused(licensed, active, rule):
    assert rules(system(users_licensed=licensed, users_active=active)) == ([rule] if rule else [])


def test_missing_licences_are_priced_like_the_others():
    """110 people on 100 licences for 10,000: ten more at 100 each are 1,000 a year."""
    finding = only(system(users_active=110))
    assert finding.proposals[0].category is CostCategory.LICENCES
    assert finding.proposals[0].amount == Decimal("1000.00")


@given(st.integers(1, 10**6), st.integers(0, 10**6), st.decimals(0, 10**9, places=2))
def test_saving_is_never_negative_and_never_above_the_cost(licensed, active, cost):
    saving = unused_saving(system(users_licensed=licensed, users_active=active, yearly_cost=cost))
    assert saving is None if active >= licensed else 0 <= saving <= cost


def test_system_without_users_saves_its_cost_once_and_not_again_as_unused_licences():
    finding = only(system(users_active=0))
    assert (finding.rule, finding.severity) == (FindingRule.COST_WITHOUT_USERS, Severity.HIGH)
    assert finding.proposals[0].category is BenefitCategory.RETIRED_SYSTEMS
    assert finding.proposals[0].amount == Decimal(10_000)


def test_retired_system_that_costs_is_found_and_nothing_else_of_it():
    retired = system(lifecycle=Lifecycle.RETIRED, owner="", contract_end=None, users_active=None)
    assert rules(retired) == [FindingRule.RETIRED_COSTS]


def test_overlap_keeps_the_most_used_and_saves_the_others():
    """A 60 users 10,000; B 95 users 7,000; C 20 users 3,000: keep B, save 13,000 a year, leave for 2,000 + 2,000."""
    systems = (
        system("a", users_licensed=60, users_active=60),
        system("b", yearly_cost=Decimal(7_000)),
        system("c", users_licensed=20, users_active=20, yearly_cost=Decimal(3_000)),
    )
    finding = only(*systems)
    assert (finding.rule, finding.fact("kept"), finding.fact("saving")) == (FindingRule.OVERLAP, "B", Decimal(13_000))
    assert [row.name for row in finding.evidence] == ["B", "A", "C"]
    benefit, cost, work = finding.proposals
    assert (benefit.category, benefit.amount) == (BenefitCategory.RETIRED_SYSTEMS, Decimal(13_000))
    assert (cost.category, cost.amount, cost.is_yearly) == (CostCategory.MIGRATION, Decimal(4_000), False)
    assert work.kind is ProposalKind.WORK_ITEM


def test_overlap_over_two_currencies_adds_nothing_up():
    other = system("c", users_active=90, currency="USD")
    finding = only(system("a"), system("b", users_active=92), other)
    assert finding.fact("saving") is None
    assert finding.proposals[0].amount is None
    assert len(finding.savings) == 2


@pytest.mark.parametrize(
    "fields",
    [
        {"purpose": SystemPurpose.MEDIA},
        {"lifecycle": Lifecycle.PLANNED, "users_active": None},
        {"lifecycle": Lifecycle.SUNSET},
    ],
)
def test_no_overlap_with_another_purpose_a_plan_or_what_is_ending(fields):
    assert FindingRule.OVERLAP not in rules(system("a"), system("b", **fields))


def test_two_systems_for_something_else_do_not_overlap():
    other = SystemPurpose.OTHER
    assert rules(system("a", purpose=other), system("b", purpose=other)) == []


@pytest.mark.parametrize(
    ("field", "day", "rule", "severity"),
    [
        ("contract_end", date(2026, 9, 1), FindingRule.CONTRACT_END, Severity.HIGH),
        ("contract_end", date(2026, 5, 1), FindingRule.CONTRACT_END, Severity.HIGH),
        ("contract_end", date(2027, 6, 1), FindingRule.CONTRACT_END, Severity.LOW),
        ("contract_end", HORIZON, FindingRule.CONTRACT_END, Severity.LOW),
        ("contract_end", date(2029, 6, 2), None, None),
        ("end_of_life", date(2028, 1, 1), FindingRule.END_OF_LIFE, Severity.MEDIUM),
        ("end_of_life", date(2026, 7, 1), FindingRule.END_OF_LIFE, Severity.HIGH),
        ("end_of_life", date(2029, 6, 2), None, None),
    ],
)
def test_dates_count_until_the_horizon(field, day, rule, severity):
    findings = found(system(**{field: day}))
    assert [(one.rule, one.severity) for one in findings] == ([(rule, severity)] if rule else [])


def test_date_that_has_passed_says_so():
    assert only(system(contract_end=date(2026, 5, 31))).fact("is_past") is True
    assert only(system(contract_end=TODAY)).fact("is_past") is False


def test_plan_has_no_dates_or_counts_to_be_missed():
    plan = system(
        lifecycle=Lifecycle.PLANNED, contract_end=None, users_active=None, users_licensed=None, yearly_cost=None
    )
    assert rules(plan) == []


def test_end_of_a_system_that_is_being_left_anyway_matters_less():
    leaving = system(lifecycle=Lifecycle.SUNSET, end_of_life=date(2026, 7, 1))
    assert only(leaving).severity is Severity.LOW


def model(**parts):
    return ModelPicture("m", "Knowledge", **{"masters_today": ("a",), "masters_target": ("a",), **parts})


A, B = system("a"), system("b", purpose=SystemPurpose.MEDIA)


@pytest.mark.parametrize(
    ("parts", "rule", "moment"),
    [
        ({"masters_today": ("a", "b")}, FindingRule.SEVERAL_MASTERS, Moment.TODAY),
        ({"masters_target": ("a", "b")}, FindingRule.SEVERAL_MASTERS, Moment.TARGET),
        ({"masters_today": ()}, FindingRule.NO_MASTER, Moment.TODAY),
        ({"masters_target": ()}, FindingRule.NO_MASTER, Moment.TARGET),
    ],
)
def test_exactly_one_master_for_each_state(parts, rule, moment):
    finding = only(A, B, models=(model(**parts),))
    assert (finding.rule, finding.fact("moment")) == (rule, moment)


def test_master_that_ends_is_found_in_the_target_and_retired_one_today_too():
    ending = replace(A, lifecycle=Lifecycle.SUNSET)
    retired = replace(A, lifecycle=Lifecycle.RETIRED, yearly_cost=None)
    assert [(one.rule, one.fact("moment")) for one in found(ending, models=(model(),))] == [
        (FindingRule.MASTER_LEAVES, Moment.TARGET)
    ]
    assert sorted(one.fact("moment") for one in found(retired, models=(model(),))) == ["target", "today"]


def test_copy_without_a_link_is_found_once_for_both_states():
    used = model(consumers_today=("b",), consumers_target=("b",))
    finding = only(A, B, models=(used,))
    assert (finding.rule, finding.severity) == (FindingRule.MISSING_LINK, Severity.MEDIUM)
    assert finding.proposals[0].category is CostCategory.INTEGRATION
    later = only(A, B, models=(model(consumers_target=("b",)),))
    assert (later.severity, later.fact("moment"), later.key) == (Severity.LOW, Moment.TARGET, finding.key)


@pytest.mark.parametrize(
    ("links", "is_missing"),
    [
        ((link("a", "b"),), False),
        ((link("b", "a"),), True),
        ((link("b", "a", direction=LinkDirection.BOTH),), False),
        ((link("a", "b", Protocol.SAML),), True),
        ((link("a", "b", Protocol.OIDC),), True),
        ((link("a", "b", Protocol.NONE),), True),
        ((link("a", "b", Protocol.FILE),), False),
    ],
)
def test_only_a_link_that_carries_in_that_direction_counts(links, is_missing):
    assert (rules(A, B, links=links, models=(model(consumers_today=("b",)),)) != []) is is_missing


def test_way_leads_only_through_systems_that_hold_the_model():
    links = (link("a", "c"), link("c", "b"))
    assert reached("a", links, frozenset("abc")) == {"a", "b", "c"}
    assert reached("a", links, frozenset("ab")) == {"a"}


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")), max_size=20))
def test_reach_is_the_transitive_closure(pairs):
    """Against Warshall's algorithm."""
    links = tuple(link(source, target) for source, target in pairs if source != target)
    closure = {(one, one) for one in "abcdef"} | {(one.source, one.target) for one in links}
    for middle in "abcdef":
        closure |= {(a, c) for a, b in closure if b == middle for d, c in closure if d == middle}
    assert reached("a", links, frozenset("abcdef")) == {target for source, target in closure if source == "a"}


def test_link_to_a_retired_system_is_found():
    retired = replace(B, lifecycle=Lifecycle.RETIRED, yearly_cost=None)
    finding = only(A, retired, links=(link("a", "b"),))
    assert (finding.rule, finding.fact("retired")) == (FindingRule.RETIRED_LINKED, "B")


@pytest.mark.parametrize("fields", [{"owner": ""}, {"owner_is_active": False}])
def test_unowned_system_and_element_are_found(fields):
    assert rules(system(**fields)) == [FindingRule.UNOWNED]
    element = ElementPicture(Element.CULTURE, 3, 3, **{"owner": "Ada Byron", **fields})
    assert rules(elements=(element,)) == [FindingRule.UNOWNED]


@pytest.mark.parametrize(
    ("fields", "columns"),
    [
        ({"yearly_cost": None}, "yearly_cost"),
        ({"users_licensed": None, "contract_end": None}, "users_licensed contract_end"),
        ({"is_platform": True, "users_licensed": None, "contract_end": None}, None),
        ({"lifecycle": Lifecycle.SUNSET, "contract_end": None}, "contract_end end_of_life"),
    ],
)
def test_empty_columns_are_named(fields, columns):
    findings = found(system(**fields))
    assert [one.fact("columns") for one in findings] == ([columns] if columns else [])


def test_count_older_than_a_year_is_found():
    assert rules(system(counted_on=date(2025, 6, 1))) == []
    assert rules(system(counted_on=date(2025, 5, 31))) == [FindingRule.STALE_COUNT]


@pytest.mark.parametrize(("without", "severity"), [(0, None), (5, Severity.LOW), (6, Severity.MEDIUM)])
def test_people_without_a_unit_are_counted_by_the_platform(without, severity):
    findings = found(usage=Usage(100, 50, without))
    assert [one.severity for one in findings] == ([severity] if severity else [])


@pytest.mark.parametrize(
    ("today", "target", "rule", "severity"),
    [
        (3, 4, None, None),
        (4, 2, None, None),
        (2, 4, FindingRule.ELEMENT_GAP, Severity.MEDIUM),
        (1, 4, FindingRule.ELEMENT_GAP, Severity.HIGH),
        (None, 4, FindingRule.ELEMENT_NOT_ASSESSED, Severity.LOW),
        (1, None, FindingRule.ELEMENT_NOT_ASSESSED, Severity.LOW),
    ],
)
def test_element_two_steps_below_its_target_is_a_gap(today, target, rule, severity):
    element = ElementPicture(Element.CONTENT, today, target, "Ada Byron")
    findings = found(elements=(element,))
    assert [(one.rule, one.severity) for one in findings] == ([(rule, severity)] if rule else [])


def mixed():
    return (
        system("a", users_active=40, owner="", contract_end=date(2026, 9, 1)),
        system("b", users_active=0, end_of_life=date(2027, 1, 1)),
        system("c", purpose=SystemPurpose.MEDIA, yearly_cost=None),
    )


@given(st.permutations(mixed()))
def test_order_of_the_register_changes_neither_findings_nor_their_keys(systems):
    assert found(*systems) == found(*mixed())
    assert len({one.key for one in found(*systems)}) == len(found(*systems))


def test_findings_come_by_severity():
    order = [tuple(Severity).index(one.severity) for one in found(*mixed())]
    assert order == sorted(order)
    assert len(set(order)) == 3


def test_finding_is_recalled_as_it_was_kept():
    element = ElementPicture(Element.CONTENT, 1, 4, "Ada Byron")
    used = model(consumers_today=("b",), masters_target=("a", "b"))
    everything = found(*mixed(), models=(used,), links=(link("a", "b"),), elements=(element,), usage=Usage(100, 50, 7))
    assert {type(one.value) for finding in everything for one in finding.facts} >= {str, int, Decimal, date, bool}
    for finding in everything:
        assert recalled(kept(finding)) == finding


def test_key_stays_and_differs_by_rule_and_subject():
    key = finding_key(FindingRule.UNOWNED, "a")
    assert key == finding_key(FindingRule.UNOWNED, "a")
    assert len({key, finding_key(FindingRule.UNOWNED, "b"), finding_key(FindingRule.OVERLAP, "a")}) == 3
    assert len(key) <= 64


@pytest.mark.parametrize(
    ("start", "months", "day"),
    [
        (date(2026, 1, 1), 36, date(2029, 1, 1)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
    ],
)
def test_horizon_is_so_many_months_after_the_start(start, months, day):
    assert horizon_of(start, months) == day
