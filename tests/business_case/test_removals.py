"""Only what the question showed is removed: changed meanwhile, or still needed, it stays and the page says so."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from django.test import Client

from mycelia.business_case import api
from mycelia.business_case.models import BenefitLine, Case, CostLine, Kpi, Objective
from mycelia.business_case.types import Correlation, Estimate, ItemKind, Option
from mycelia.kernel.policy import Role
from tests.business_case.removing import asked, removed
from tests.factories.access import make_holder
from tests.factories.business_case import SYSTEM, make_case, make_kpi_terms, make_objective
from tests.factories.business_case_models import a_benefit, a_cost, an_item

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Case:
    return make_case("demo")


@pytest.fixture
def kpi(case) -> Kpi:
    return measured(make_objective(case))


def measured(objective: Objective, name: str = "Deals won") -> Kpi:
    return api.add_kpi(actor=SYSTEM, objective=objective, terms=make_kpi_terms(name=name))


def editor() -> Client:
    client = Client()
    client.force_login(make_holder(Role.FINANCE_ANALYST))
    return client


def edit(case: Case, kind: ItemKind, key: str, **stated: object) -> None:
    """Change an item, as somebody else would meanwhile."""
    state = api.item_of(case, kind, key)
    value = replace(state.value, **stated)  # type: ignore[type-var]
    api.change_item(actor=SYSTEM, case=case, value=value, seen_revision=state.revision)


def one_of_each(case: Case) -> list[tuple[ItemKind, str, str, str]]:
    """Add an item of every kind of form; return its kind, its key, where it is removed, and the field of its name."""
    objective = make_objective(case)
    kpi = measured(objective)
    for value in (a_cost("c", price=100), an_item("w", 5), Option("o", "Buy")):
        api.add_item(actor=SYSTEM, case=case, value=value)
    return [
        (ItemKind.KPI, kpi.key, f"kpis/{kpi.pk}", "name"),
        (ItemKind.OBJECTIVE, objective.key, f"objectives/{objective.pk}", "title"),
        (ItemKind.COST, "c", f"costs/{CostLine.objects.get().pk}", "description"),
        (ItemKind.WORK_ITEM, "w", "work-items/w", "title"),
        (ItemKind.OPTION, "o", "options/o", "name"),
    ]


def test_what_changed_since_the_question_is_shown_again_and_removed_only_then(case) -> None:
    client = editor()
    for kind, key, place, field in one_of_each(case):
        address = f"/case/demo/{place}/removal/"
        seen = asked(client, address)
        edit(case, kind, key, **{field: "Theirs"})
        answer = client.post(address, seen)
        page = answer.context["page"]
        assert (answer.status_code, page.has_moved_on) == (409, True), kind
        assert [two.theirs for two in page.changed] == ["Theirs"], kind
        assert api.item_of(case, kind, key)
        assert client.post(address, {"asked": page.asked}).status_code == 302, kind
        assert key not in [state.key for state in api.items_of(case, kind)]


def test_question_that_was_not_asked_removes_nothing(kpi) -> None:
    client, address = editor(), f"/case/demo/kpis/{kpi.pk}/removal/"
    other = measured(kpi.objective, "Other")
    for sent in ({}, {"asked": "none"}, asked(client, f"/case/demo/kpis/{other.pk}/removal/")):
        answer = client.post(address, sent)
        assert (answer.status_code, answer.context["page"].changed) == (409, ())
    assert Kpi.objects.count() == 2


def test_objective_whose_kpis_changed_since_the_question_stays(kpi) -> None:
    client, address = editor(), f"/case/demo/objectives/{kpi.objective_id}/removal/"
    seen = asked(client, address)
    edit(kpi.case, ItemKind.KPI, kpi.key, name="Theirs")
    answer = client.post(address, seen)
    assert (answer.status_code, answer.context["page"].what_goes) == (409, ("Theirs",))
    seen = asked(client, address)
    measured(kpi.objective, "Added")
    assert client.post(address, seen).status_code == 409
    assert removed(client, address).status_code == 302
    assert not Objective.objects.exists()


def test_cost_that_a_correlation_names_stays_and_the_page_says_so(case) -> None:
    for key in ("a", "b"):
        api.add_item(actor=SYSTEM, case=case, value=a_cost(key, price=Estimate.pert(1, 2, 4)))
    pair = Correlation("cost/a/price", "cost/b/price", Decimal("0.5"), key="pair")
    api.add_item(actor=SYSTEM, case=case, value=pair)
    line = CostLine.objects.get(key="a")
    answer = removed(editor(), f"/case/demo/costs/{line.pk}/removal/")
    assert answer.status_code == 409
    named = answer.context["page"].refusal[1]
    assert all(words in named for words in ("Cost a", "Cost b", "This input no longer exists."))
    assert named in answer.content.decode()
    assert CostLine.objects.filter(key="a").exists()


def test_kpi_and_objective_that_a_benefit_claims_stay_and_the_page_says_so(kpi) -> None:
    api.add_item(actor=SYSTEM, case=kpi.case, value=a_benefit("b", kpi=kpi.key))
    assert BenefitLine.objects.get().kpi == kpi
    for place in (f"kpis/{kpi.pk}", f"objectives/{kpi.objective_id}"):
        answer = removed(editor(), f"/case/demo/{place}/removal/")
        assert (answer.status_code, "Benefit b" in answer.content.decode()) == (409, True)
    assert Kpi.objects.exists()


def opened(client: Client, address: str) -> dict[str, str]:
    """Return what a browser would send of the form at an address."""
    page = client.get(address).context["page"]
    shown = {name: page.form[name].value() for name in page.form.fields}
    return {name: "" if value is None else str(value) for name, value in shown.items()} | {"revision": page.revision}


def test_two_people_who_edit_a_kpi_overwrite_nothing_of_each_other(kpi) -> None:
    ours, theirs, address = editor(), editor(), f"/case/demo/kpis/{kpi.pk}/"
    first, second = opened(ours, address), opened(theirs, address)
    assert theirs.post(address, {**second, "target_value": "77"}).status_code == 302
    assert ours.post(address, {**first, "name": "My name"}).status_code == 302
    kpi.refresh_from_db()
    assert (kpi.target_value, kpi.name) == (Decimal(77), "My name")
    answer = theirs.post(address, {**second, "name": "Their name"})
    assert answer.status_code == 409
    assert [(two.mine, two.theirs) for two in answer.context["page"].conflict] == [("Their name", "My name")]
    kpi.refresh_from_db()
    assert (kpi.target_value, kpi.name) == (Decimal(77), "My name")
