"""Deciding on findings: who may, once only, traceable both ways, and no cost saved twice."""

import re
from datetime import date, timedelta
from decimal import Decimal
from html import unescape

import pytest
from django.db import IntegrityError, transaction

from mycelia.audit.models import AuditEntry
from mycelia.business_case import api
from mycelia.business_case.api import Acceptance, Lifecycle, LineKind, SystemPurpose
from mycelia.business_case.calc.readiness.keeping import kept, recalled
from mycelia.business_case.errors import DecidedAlready, InvalidEntry, NotInBlueprint, SavedTwice
from mycelia.business_case.models import BenefitLine, CostLine, FindingDecision, WorkItem
from mycelia.business_case.pages.blueprint_frame import address
from mycelia.business_case.types import BenefitCategory, Estimate, FindingRule
from mycelia.kernel import clock
from mycelia.kernel.errors import PermissionDenied
from mycelia.kernel.policy import Role
from tests.business_case.test_pages import HOSTILE, sign_in
from tests.factories.blueprint import SYSTEM, make_link, make_system, make_system_terms
from tests.factories.business_case import make_actor, make_case
from tests.factories.case_edits import remove
from tests.factories.people import make_person, make_unit

pytestmark = pytest.mark.django_db


def tomorrow():
    return clock.today() + timedelta(days=1)


def quiet(**fields):
    """Register a system about which only what `fields` say is found."""
    sound = {
        "owner_id": make_person().pk,
        "users_active": 390,
        "counted_on": clock.today(),
        "contract_end": date(2190, 1, 1),
        **fields,
    }
    return make_system(**sound)


def flows_of(case):
    model = api.case_model(case)
    return api.line_flows(model, model.preferred.key)


def finding_of(rule, case=None):
    return next(one.finding for one in api.readiness(SYSTEM, case) if one.finding.rule is rule)


def accept(finding, case, proposal=0, actor=SYSTEM, **fields):
    stated = {"title": "It", "amount": Decimal(100), "days": 5, **fields}
    return api.accept_finding(
        actor=actor, finding=finding, case=case, acceptance=Acceptance(proposal, **stated), source="Check: found"
    )


def test_platforms_own_use_and_people_without_a_unit_are_counted_by_the_platform():
    quiet(name="Mycelia", is_platform=True, users_licensed=50)
    make_person()
    found = {one.finding.rule: one.finding for one in api.readiness(SYSTEM)}
    assert found[FindingRule.COST_WITHOUT_USERS].evidence[0].facts[1].value == 0
    assert found[FindingRule.PEOPLE_WITHOUT_UNIT].fact("without_unit") == 2


def test_accepted_saving_becomes_a_benefit_from_its_month_on_and_is_traceable_both_ways():
    quiet(users_active=250)
    case, finding = make_case(), finding_of(FindingRule.UNUSED_LICENCES)
    decision = accept(finding, case, amount=Decimal("4500.00"), first_month=13, title="Fewer licences")
    line = BenefitLine.objects.get()
    assert (line.category, line.description, line.source) == (BenefitCategory.CUSTOM, "Fewer licences", "Check: found")
    assert line.inputs == {"yearly_amount": Estimate.fixed("4500.00")}
    flows = flows_of(case).benefits[0]
    assert flows.by_year() == (0, 0, Decimal(4500), Decimal(4500))
    standing = api.standing_of(SYSTEM, finding.key)
    assert (standing.decision, standing.item_id, standing.is_open) == (decision, line.pk, False)
    assert api.finding_behind(case, LineKind.BENEFIT, line.key) == finding.key
    assert api.finding_behind(make_case(), LineKind.BENEFIT, line.key) == ""
    entry = AuditEntry.objects.get(action="business_case.finding_accepted")
    assert (entry.object_id, entry.details["case"], entry.details["item"]) == (finding.key, case.slug, line.key)


def test_cost_falls_once_in_its_year_and_work_becomes_an_item_of_the_roadmap():
    quiet(end_of_life=clock.today() + timedelta(days=300))
    case, finding = make_case(), finding_of(FindingRule.END_OF_LIFE)
    accept(finding, case, amount=Decimal(900), first_month=1)
    assert flows_of(case).costs[0].by_year() == (0, Decimal(900), 0, 0)
    quiet(owner_id=None, purpose=SystemPurpose.MEDIA)
    accept(finding_of(FindingRule.UNOWNED), case, title="Name an owner", days=3)
    item = WorkItem.objects.get()
    assert (item.title, item.duration_days.likely, item.case) == ("Name an owner", Decimal(3), case)


def test_finding_becomes_a_part_of_a_case_once_only():
    quiet(users_active=250)
    case, other, finding = make_case(), make_case(), finding_of(FindingRule.UNUSED_LICENCES)
    accept(finding, case)
    for again in (case, other):
        with pytest.raises(DecidedAlready):
            accept(finding, again)
    for write in (
        lambda: api.dismiss_finding(actor=SYSTEM, finding=finding, reason="No"),
        lambda: api.defer_finding(actor=SYSTEM, finding=finding, until=tomorrow()),
        lambda: api.reopen_finding(actor=SYSTEM, finding_key=finding.key),
    ):
        with pytest.raises(DecidedAlready):
            write()
    assert BenefitLine.objects.count() == FindingDecision.objects.count() == 1


def test_finding_is_open_again_when_its_line_was_removed():
    quiet(users_active=250)
    case, finding = make_case(), finding_of(FindingRule.UNUSED_LICENCES)
    accept(finding, case)
    remove(BenefitLine.objects.get())
    assert api.standing_of(SYSTEM, finding.key).is_open
    accept(finding, case)
    assert BenefitLine.objects.count() == FindingDecision.objects.count() == 1


def test_undo_opens_the_finding_and_redo_settles_it_again():
    quiet(users_active=250)
    actor, case = make_actor(Role.FINANCE_ANALYST), make_case()
    finding = finding_of(FindingRule.UNUSED_LICENCES)
    accept(finding, case, actor=actor)
    api.undo_change(actor=actor, case=case)
    assert api.standing_of(SYSTEM, finding.key).is_open
    api.redo_change(actor=actor, case=case)
    standing = api.standing_of(SYSTEM, finding.key)
    assert (standing.is_open, standing.item_id) == (False, BenefitLine.objects.get().pk)


def test_cost_of_a_system_is_not_saved_twice_in_one_case():
    small, large = quiet(users_active=250), quiet(users_active=390)
    case = make_case()
    accept(finding_of(FindingRule.UNUSED_LICENCES), case)
    overlap = finding_of(FindingRule.OVERLAP)
    assert [one.system for one in overlap.savings] == [small.key]
    with pytest.raises(SavedTwice):
        accept(overlap, case)
    assert large.key not in {one.system for one in overlap.savings}
    accept(overlap, case, proposal=1)
    assert (CostLine.objects.count(), BenefitLine.objects.count()) == (1, 1)


def test_overlap_is_accepted_into_another_case_than_the_licences():
    quiet(users_active=250)
    quiet(users_active=390)
    accept(finding_of(FindingRule.UNUSED_LICENCES), make_case())
    accept(finding_of(FindingRule.OVERLAP), make_case())
    assert BenefitLine.objects.count() == 2


@pytest.mark.parametrize(
    ("proposal", "fields", "field"),
    [
        (9, {}, "proposal"),
        (-1, {}, "proposal"),
        (0, {"title": "  "}, "title"),
        (0, {"amount": None}, "amount"),
        (0, {"amount": Decimal(0)}, "amount"),
        (0, {"amount": Decimal(-1)}, "amount"),
        (0, {"amount": Decimal("NaN")}, "amount"),
        (0, {"amount": Decimal("1e14")}, "amount"),
        (0, {"first_month": 37}, "first_month"),
        (0, {"first_month": -1}, "first_month"),
        (1, {"days": None}, "days"),
        (1, {"days": 2001}, "days"),
    ],
)
def test_invalid_acceptance_is_refused_and_adds_nothing(proposal, fields, field):
    quiet(users_active=250)
    case, finding = make_case(), finding_of(FindingRule.UNUSED_LICENCES)
    with pytest.raises(InvalidEntry) as refused:
        accept(finding, case, proposal, **fields)
    assert refused.value.field == field
    assert not FindingDecision.objects.exists()
    assert not BenefitLine.objects.exists()
    assert not WorkItem.objects.exists()


def test_dismissal_needs_a_reason_and_can_be_taken_back():
    quiet(users_active=250)
    finding = finding_of(FindingRule.UNUSED_LICENCES)
    with pytest.raises(InvalidEntry):
        api.dismiss_finding(actor=SYSTEM, finding=finding, reason="  ")
    api.dismiss_finding(actor=SYSTEM, finding=finding, reason="Season starts in May")
    assert not api.standing_of(SYSTEM, finding.key).is_open
    api.reopen_finding(actor=SYSTEM, finding_key=finding.key)
    assert api.standing_of(SYSTEM, finding.key).is_open
    with pytest.raises(NotInBlueprint):
        api.reopen_finding(actor=SYSTEM, finding_key=finding.key)


def test_deferred_finding_is_open_again_on_its_day(monkeypatch):
    quiet(users_active=250)
    finding = finding_of(FindingRule.UNUSED_LICENCES)
    for past in (clock.today(), clock.today() - timedelta(days=1)):
        with pytest.raises(InvalidEntry):
            api.defer_finding(actor=SYSTEM, finding=finding, until=past)
    api.defer_finding(actor=SYSTEM, finding=finding, until=tomorrow())
    assert not api.standing_of(SYSTEM, finding.key).is_open
    day = tomorrow()
    monkeypatch.setattr(clock, "today", lambda: day)
    assert api.standing_of(SYSTEM, finding.key).is_open


def test_decision_says_when_the_evidence_changed_and_stays_when_the_finding_goes():
    system = quiet(name="Moodle", users_active=250)
    finding = finding_of(FindingRule.UNUSED_LICENCES)
    api.dismiss_finding(actor=SYSTEM, finding=finding, reason="Season")
    assert not api.standing_of(SYSTEM, finding.key).has_changed
    fewer = make_system_terms(name="Moodle", users_active=200)
    api.change_system(actor=SYSTEM, system=system, terms=fewer)
    assert api.standing_of(SYSTEM, finding.key).has_changed
    api.change_system(actor=SYSTEM, system=system, terms=make_system_terms(name="Moodle", users_active=399))
    standing = api.standing_of(SYSTEM, finding.key)
    assert (standing.is_current, standing.is_open, standing.finding) == (False, False, finding)


def test_database_keeps_an_accepted_decision_with_its_case():
    quiet(users_active=250)
    accept(finding_of(FindingRule.UNUSED_LICENCES), make_case())
    for change in ({"case": None}, {"item_key": ""}, {"kind": "dismissed"}, {"until": date(2030, 1, 1)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            FindingDecision.objects.update(**change)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.FINANCE_ANALYST])
def test_nobody_but_an_analyst_turns_a_finding_into_a_line(role):
    quiet(users_active=250)
    finding, case, actor = finding_of(FindingRule.UNUSED_LICENCES), make_case(), make_actor(role)
    with pytest.raises(PermissionDenied):
        accept(finding, case, actor=actor)
    assert not BenefitLine.objects.exists()
    if role is Role.IT_ADMINISTRATOR:
        api.dismiss_finding(actor=actor, finding=finding, reason="Known")
    else:
        with pytest.raises(PermissionDenied):
            api.dismiss_finding(actor=actor, finding=finding, reason="Known")


def test_analyst_of_a_unit_decides_nothing_of_the_whole_company():
    quiet(users_active=250)
    finding, unit = finding_of(FindingRule.UNUSED_LICENCES), make_unit()
    actor = make_actor(Role.FINANCE_ANALYST, unit_path=unit.path)
    with pytest.raises(PermissionDenied):
        accept(finding, make_case(scope_unit_id=unit.pk), actor=actor)


def form(**fields):
    return {"proposal": "0", "title": "Fewer licences", "amount": "4500", "first_month": "1", "days": "", **fields}


def test_analyst_accepts_on_the_page_and_the_finding_leads_to_the_line(client):
    quiet(name="Moodle", users_active=250)
    finding, case = finding_of(FindingRule.UNUSED_LICENCES), make_case(currency="EUR", name="One place")
    sign_in(client, Role.FINANCE_ANALYST)
    page = unescape(client.get(address("readiness")).content.decode()).replace("\N{NO-BREAK SPACE}", " ")
    for text in ("150 of 400 licences of Moodle are not used.", "EUR 4,500 a year", "2 open findings"):
        assert text in page
    there = f"{address('acceptance', finding.key)}?case={case.slug}"
    assert 'value="4500.00"' in client.get(there).content.decode()
    answer = client.post(there, form())
    assert (answer.status_code, answer.url) == (302, f"{address('finding', finding.key)}?case={case.slug}")
    page = unescape(client.get(answer.url).content.decode())
    line = f"/case/{case.slug}/benefits/{BenefitLine.objects.get().pk}/derivation/"
    assert line in page
    assert "a benefit of “One place”" in page
    assert address("finding", finding.key) in client.get(line).content.decode()
    again = client.post(there, form())
    assert again.status_code == 409
    assert BenefitLine.objects.count() == 1


@pytest.mark.parametrize(
    ("contract_end", "month"),
    [(date(2026, 6, 30), 7), (date(2026, 6, 15), 7), (date(2026, 7, 1), 8), (date(2025, 3, 31), 1), (None, 1)],
)
def test_saving_begins_in_the_month_after_the_contract_unless_somebody_changes_it(client, contract_end, month):
    quiet(name="Moodle", users_active=250, contract_end=contract_end)
    finding, case = finding_of(FindingRule.UNUSED_LICENCES), make_case(start=date(2026, 1, 1))
    sign_in(client, Role.FINANCE_ANALYST)
    there = f"{address('acceptance', finding.key)}?case={case.slug}"
    page = client.get(there).content.decode()
    assert re.search(rf'name="first_month" value="{month}"', page)
    assert ("a saving counts from month" in page) is (contract_end is not None)
    said = client.post(there, form(first_month=str(month)), follow=True).content.decode()
    assert "but paid for until" not in said
    assert BenefitLine.objects.get().start_month == month


def test_no_month_is_suggested_where_the_contract_outlives_the_case(client):
    quiet(users_active=250, contract_end=date(2030, 6, 30))
    finding, case = finding_of(FindingRule.UNUSED_LICENCES), make_case(start=date(2026, 1, 1))
    sign_in(client, Role.FINANCE_ANALYST)
    page = client.get(f"{address('acceptance', finding.key)}?case={case.slug}").content.decode()
    assert 'name="first_month"' in page
    assert 'name="first_month" value=' not in page
    assert "nothing of it is saved" in page


def test_saving_that_begins_while_the_contract_runs_is_taken_and_warned_of(client):
    quiet(users_active=250, contract_end=date(2026, 6, 30))
    finding, case = finding_of(FindingRule.UNUSED_LICENCES), make_case(start=date(2026, 1, 1))
    sign_in(client, Role.FINANCE_ANALYST)
    there = f"{address('acceptance', finding.key)}?case={case.slug}"
    said = client.post(there, form(first_month="3"), follow=True).content.decode()
    assert "It is saved from month 3 on, but paid for until 30 June 2026: month 7 is the first one." in said
    assert BenefitLine.objects.get().start_month == 3


def test_saving_of_several_systems_begins_after_the_last_of_their_contracts():
    quiet(users_active=400, contract_end=date(2027, 1, 1))
    for end in (date(2026, 3, 31), date(2026, 9, 30)):
        quiet(users_active=390, contract_end=end)
    found = finding_of(FindingRule.OVERLAP)
    assert found.paid_until == date(2026, 9, 30)
    assert recalled(kept(found)) == found


@pytest.mark.parametrize(
    "wrong",
    [{"proposal": "7"}, {"title": ""}, {"amount": ""}, {"amount": "-5"}, {"first_month": "99"}, {"amount": "x"}],
)
def test_invalid_acceptance_comes_back_with_422(client, wrong):
    quiet(users_active=250)
    finding, case = finding_of(FindingRule.UNUSED_LICENCES), make_case()
    sign_in(client, Role.FINANCE_ANALYST)
    answer = client.post(f"{address('acceptance', finding.key)}?case={case.slug}", form(**wrong))
    assert answer.status_code == 422
    assert not BenefitLine.objects.exists()


def test_amount_in_another_currency_is_asked_for_and_not_taken_over(client):
    quiet(users_active=250, currency="CHF")
    finding, case = finding_of(FindingRule.UNUSED_LICENCES), make_case(currency="EUR")
    sign_in(client, Role.FINANCE_ANALYST)
    page = client.get(f"{address('acceptance', finding.key)}?case={case.slug}").content.decode()
    assert "Nothing is converted" in page
    assert 'value="4500.00"' not in page


def test_dismissal_deferral_and_reopening_by_their_pages(client):
    quiet(users_active=250)
    finding = finding_of(FindingRule.UNUSED_LICENCES)
    sign_in(client, Role.IT_ADMINISTRATOR)
    assert client.post(address("dismissal", finding.key), {"reason": ""}).status_code == 422
    assert client.post(address("dismissal", finding.key), {"reason": HOSTILE}).status_code == 302
    page = client.get(address("readiness")).content.decode()
    assert "<script>alert" not in page
    assert address("dismissal", finding.key) not in page
    assert address("reopening", finding.key) in page
    assert client.post(address("reopening", finding.key), {"revision": mark_of(finding)}).status_code == 302
    assert client.post(address("deferral", finding.key), {"until": "2020-01-01"}).status_code == 422
    assert client.post(address("deferral", finding.key), {"until": tomorrow().isoformat()}).status_code == 302
    assert FindingDecision.objects.get().until == tomorrow()


def mark_of(finding):
    return api.standing_of(SYSTEM, finding.key).mark


def test_decision_that_somebody_made_meanwhile_is_shown_and_not_replaced_unseen(client):
    quiet(users_active=250)
    finding, case = finding_of(FindingRule.UNUSED_LICENCES), make_case()
    sign_in(client, Role.FINANCE_ANALYST)
    forms = {
        f"{address('acceptance', finding.key)}?case={case.slug}": form(),
        address("dismissal", finding.key): {"reason": "Mine"},
        address("deferral", finding.key): {"until": tomorrow().isoformat(), "reason": "Mine"},
    }
    seen = {here: client.get(here).context["page"].revision for here in forms}
    api.dismiss_finding(actor=SYSTEM, finding=finding, reason="Theirs")
    for here, sent in forms.items():
        answer = client.post(here, {**sent, "revision": seen[here]})
        page = unescape(answer.content.decode())
        assert (answer.status_code, "“Theirs”" in page) == (409, True), here
        assert sent.get("reason", "") in page
        assert "“Theirs”" in unescape(client.get(here).content.decode())
    assert FindingDecision.objects.get().reason == "Theirs"
    again = {"reason": "Mine", "revision": answer.context["page"].revision}
    assert client.post(address("dismissal", finding.key), again).status_code == 302
    assert FindingDecision.objects.get().reason == "Mine"


def test_decision_that_was_not_seen_is_not_taken_back(client):
    quiet(users_active=250)
    finding = finding_of(FindingRule.UNUSED_LICENCES)
    sign_in(client, Role.FINANCE_ANALYST)
    api.dismiss_finding(actor=SYSTEM, finding=finding, reason="First")
    page = client.get(address("readiness")).content.decode()
    seen = mark_of(finding)
    assert f'name="revision" value="{seen}"' in page
    api.dismiss_finding(actor=SYSTEM, finding=finding, reason="Second")
    for sent in ({"revision": seen}, {}):
        answer = client.post(address("reopening", finding.key), sent, follow=True)
        assert "Somebody else decided on this finding" in answer.content.decode()
    assert FindingDecision.objects.get().reason == "Second"
    assert client.post(address("reopening", finding.key), {"revision": mark_of(finding)}).status_code == 302
    assert not FindingDecision.objects.exists()


def test_check_looks_as_far_as_the_chosen_case(client):
    quiet(name="Moodle", contract_end=date(2032, 1, 1))
    case = make_case(start=date(2026, 1, 1), horizon_months=120)
    sign_in(client, Role.EXECUTIVE)
    assert "The contract of Moodle" not in client.get(address("readiness")).content.decode()
    assert "The contract of Moodle" in client.get(address("readiness"), {"case": case.slug}).content.decode()
    assert client.get(address("readiness"), {"case": "none-such"}).status_code == 404


def test_it_administrator_reads_no_case_by_way_of_the_check(client):
    quiet(users_active=250)
    case, finding = make_case(name="Secret plan"), finding_of(FindingRule.UNUSED_LICENCES)
    accept(finding, case)
    sign_in(client, Role.IT_ADMINISTRATOR)
    assert client.get(address("readiness"), {"case": case.slug}).status_code == 403
    for one in (address("readiness"), address("finding", finding.key)):
        page = client.get(one).content.decode()
        assert "Secret plan" not in page
        assert case.slug not in page
        assert "a case you may not read" in page
    assert client.post(f"{address('acceptance', finding.key)}?case={case.slug}", form()).status_code == 403


def test_readers_see_findings_without_any_way_to_decide(client):
    quiet(users_active=250)
    finding = finding_of(FindingRule.UNUSED_LICENCES)
    sign_in(client, Role.TALENT_ADMINISTRATOR)
    page = client.get(address("readiness")).content.decode()
    assert address("finding", finding.key) in page
    assert address("dismissal", finding.key) not in page
    for name in ("acceptance", "dismissal", "deferral"):
        assert client.get(address(name, finding.key)).status_code == 403
        assert client.post(address(name, finding.key)).status_code == 403
    assert client.post(address("reopening", finding.key)).status_code == 403


def test_empty_register_says_what_to_do_and_unknown_finding_is_not_found(client):
    sign_in(client, Role.IT_ADMINISTRATOR)
    assert "Nothing to check yet" in client.get(address("readiness")).content.decode()
    for name in ("finding", "dismissal", "deferral"):
        answer = client.get(address(name, "overlap-0"))
        assert answer.status_code == 404
        assert "This finding is gone" in answer.content.decode()
        assert f'href="{address("readiness")}"' in answer.content.decode()
    assert client.post(address("reopening", "overlap-0")).status_code == 404


def test_every_rule_has_its_words(client):
    from mycelia.business_case.pages import readiness_words as words

    assert set(words.RULES) == set(words.SENTENCES) == set(words.CONSEQUENCES) == set(FindingRule)


def test_number_of_queries_does_not_grow_with_the_register(client, django_assert_max_num_queries):
    hub = quiet(name="Hub")
    sign_in(client, Role.FINANCE_ANALYST)
    client.get(address("readiness"))
    with django_assert_max_num_queries(25) as few:
        client.get(address("readiness"))
    for _ in range(12):
        make_link(hub, quiet(users_active=10, owner_id=None, lifecycle=Lifecycle.PILOT))
    with django_assert_max_num_queries(len(few)):
        client.get(address("readiness"))
