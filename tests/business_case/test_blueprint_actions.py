"""Writing the blueprint: who may, what is refused, and two people at once."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from mycelia.audit.models import AuditEntry
from mycelia.business_case import api
from mycelia.business_case.api import (
    ContentModelTerms,
    Element,
    ElementTerms,
    Lifecycle,
    LinkTerms,
    Moment,
    Part,
    Placement,
    Protocol,
    SystemPurpose,
)
from mycelia.business_case.errors import ChangedMeanwhile, ImpossibleLifecycle, InvalidEntry, NotInBlueprint
from mycelia.business_case.models import ElementState, ModelPlacement, System, SystemLink
from mycelia.kernel.errors import PermissionDenied
from mycelia.kernel.policy import Role
from tests.factories.blueprint import SYSTEM, make_content_model, make_link, make_system, make_system_terms
from tests.factories.business_case import make_actor
from tests.factories.people import make_unit

pytestmark = pytest.mark.django_db
EDITORS = (Role.IT_ADMINISTRATOR, Role.FINANCE_ANALYST)


@pytest.mark.parametrize("role", [role for role in Role if role not in EDITORS])
def test_everybody_but_it_and_finance_is_refused_every_write(role):
    actor, system, other = make_actor(role), make_system(), make_system(purpose=SystemPurpose.MEDIA)
    link, model = make_link(system, other), make_content_model()
    writes = [
        lambda: api.register_system(actor=actor, terms=make_system_terms()),
        lambda: api.change_system(actor=actor, system=system, terms=make_system_terms()),
        lambda: api.remove_system(actor=actor, system=system),
        lambda: api.link_systems(actor=actor, terms=LinkTerms(other.pk, system.pk, Protocol.FILE)),
        lambda: api.change_link(actor=actor, link=link, terms=LinkTerms(other.pk, system.pk, Protocol.FILE)),
        lambda: api.remove_link(actor=actor, link=link),
        lambda: api.add_content_model(actor=actor, terms=ContentModelTerms("Media")),
        lambda: api.change_content_model(actor=actor, model=model, terms=ContentModelTerms("Media")),
        lambda: api.remove_content_model(actor=actor, model=model),
        lambda: api.assess_element(actor=actor, element=Element.CULTURE, terms=ElementTerms()),
    ]
    for write in writes:
        with pytest.raises(PermissionDenied):
            write()
    assert (System.objects.count(), SystemLink.objects.count()) == (2, 1)


def test_editor_of_one_unit_may_not_change_what_is_of_the_whole_company():
    actor = make_actor(Role.FINANCE_ANALYST, unit_path=make_unit().path)
    with pytest.raises(PermissionDenied):
        api.register_system(actor=actor, terms=make_system_terms())
    assert list(api.systems_for(actor)) == []


@pytest.mark.parametrize("role", EDITORS)
def test_editor_registers_a_system_and_the_audit_log_says_so(role):
    actor = make_actor(role)
    system = api.register_system(actor=actor, terms=make_system_terms(name=" Moodle ", exit_cost=Decimal("1.50")))
    assert (system.name, system.revision, system.lifecycle) == ("Moodle", 1, Lifecycle.ACTIVE)
    entry = AuditEntry.objects.get(action="business_case.system_registered")
    assert (entry.object_id, entry.details["exit_cost"]) == (str(system.pk), "1.50")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "  "),
        ("currency", "eur"),
        ("currency", "EUR\n"),
        ("yearly_cost", Decimal(-1)),
        ("yearly_cost", Decimal("NaN")),
        ("yearly_cost", Decimal("1.001")),
        ("exit_cost", Decimal("1e15")),
        ("users_licensed", -1),
        ("users_active", 3_000_000_000),
        ("contract_end", date(1800, 1, 1)),
        ("end_of_life", date(2300, 1, 1)),
    ],
)
def test_invalid_term_is_refused_and_names_its_field(field, value):
    with pytest.raises(InvalidEntry) as refused:
        make_system(**{field: value})
    assert refused.value.field == field
    assert not System.objects.exists()


def test_name_is_taken_whatever_its_case():
    make_system(name="Moodle")
    with pytest.raises(InvalidEntry) as refused:
        make_system(name="MOODLE")
    assert refused.value.field == "name"
    assert System.objects.count() == 1


def test_only_one_system_is_the_platform_and_its_users_are_not_entered():
    platform = make_system(is_platform=True, users_active=9)
    assert platform.users_active is None
    with pytest.raises(InvalidEntry) as refused:
        make_system(is_platform=True)
    assert refused.value.field == "is_platform"


def test_system_is_announced_as_ending_before_it_is_retired():
    system = make_system(name="Old")
    with pytest.raises(ImpossibleLifecycle):
        api.change_system(actor=SYSTEM, system=system, terms=make_system_terms(name="Old", lifecycle=Lifecycle.RETIRED))
    for state in (Lifecycle.SUNSET, Lifecycle.RETIRED):
        terms = make_system_terms(name="Old", lifecycle=state)
        assert api.change_system(actor=SYSTEM, system=system, terms=terms).lifecycle == state
    with pytest.raises(ImpossibleLifecycle):
        api.change_system(actor=SYSTEM, system=system, terms=make_system_terms(name="Old"))


def test_stale_edit_is_refused_with_both_values_and_nothing_is_lost():
    system = make_system(name="Moodle")
    theirs = make_system_terms(name="Moodle", vendor="Them")
    api.change_system(actor=SYSTEM, system=system, terms=theirs, seen_revision=1)
    yours = make_system_terms(name="Moodle", vendor="You")
    with pytest.raises(ChangedMeanwhile) as refused:
        api.change_system(actor=SYSTEM, system=system, terms=yours, seen_revision=1)
    assert refused.value.differences == (("vendor", "Them", "You"),)
    assert (System.objects.get().vendor, refused.value.revision) == ("Them", 2)
    api.change_system(actor=SYSTEM, system=system, terms=yours, seen_revision=2)
    assert (System.objects.get().vendor, System.objects.get().revision) == ("You", 3)


def test_removed_system_takes_links_and_parts_with_it_and_cannot_be_changed():
    system, other = make_system(), make_system(purpose=SystemPurpose.MEDIA)
    make_link(system, other)
    make_content_model("Media", (system, Moment.TODAY, Part.MASTER))
    api.remove_system(actor=SYSTEM, system=system)
    assert not SystemLink.objects.exists()
    assert not ModelPlacement.objects.exists()
    with pytest.raises(NotInBlueprint):
        api.remove_system(actor=SYSTEM, system=System(pk=2_000_000_001))


def test_link_of_a_system_with_itself_or_said_twice_is_refused():
    system, other = make_system(), make_system(purpose=SystemPurpose.MEDIA)
    make_link(system, other)
    for source, target, protocol in ((system, system, Protocol.API), (system, other, Protocol.API)):
        with pytest.raises(InvalidEntry):
            make_link(source, target, protocol)
    with pytest.raises(InvalidEntry):
        api.link_systems(actor=SYSTEM, terms=LinkTerms(system.pk, 2_000_000_001, Protocol.API))
    make_link(system, other, Protocol.FILE)
    assert SystemLink.objects.count() == 2


def test_parts_of_a_content_model_are_replaced_and_a_stale_edit_of_them_is_refused():
    system, other = make_system(), make_system(purpose=SystemPurpose.MEDIA)
    model = make_content_model("Media", (system, Moment.TODAY, Part.MASTER))
    moved = ContentModelTerms("Media", placements=(Placement(other.pk, Moment.TODAY, Part.MASTER),))
    api.change_content_model(actor=SYSTEM, model=model, terms=moved, seen_revision=1)
    assert ModelPlacement.objects.get().system == other
    late = ContentModelTerms("Media", placements=(Placement(system.pk, Moment.TARGET, Part.MASTER),))
    with pytest.raises(ChangedMeanwhile):
        api.change_content_model(actor=SYSTEM, model=model, terms=late, seen_revision=1)
    assert ModelPlacement.objects.get().system == other


def test_system_cannot_have_two_parts_in_one_state_of_a_model():
    system = make_system()
    with pytest.raises(InvalidEntry):
        make_content_model("Media", (system, Moment.TODAY, Part.MASTER), (system, Moment.TODAY, Part.CONSUMER))


def test_element_is_assessed_once_and_then_changed():
    first = ElementTerms(today="Ad hoc", maturity_today=1, maturity_target=4)
    api.assess_element(actor=SYSTEM, element=Element.CULTURE, terms=first, seen_revision=0)
    with pytest.raises(ChangedMeanwhile):
        api.assess_element(actor=SYSTEM, element=Element.CULTURE, terms=ElementTerms(), seen_revision=0)
    later = ElementTerms(today="Agreed", maturity_today=3, maturity_target=4)
    api.assess_element(actor=SYSTEM, element=Element.CULTURE, terms=later, seen_revision=1)
    assert (ElementState.objects.get().maturity_today, ElementState.objects.get().revision) == (3, 2)


@pytest.mark.parametrize("level", [0, 6, -1])
def test_maturity_outside_one_to_five_is_refused_by_action_and_database(level):
    with pytest.raises(InvalidEntry):
        api.assess_element(actor=SYSTEM, element=Element.CULTURE, terms=ElementTerms(maturity_today=level))
    api.assess_element(actor=SYSTEM, element=Element.CULTURE, terms=ElementTerms(maturity_today=2))
    with pytest.raises(IntegrityError), transaction.atomic():
        ElementState.objects.update(maturity_today=level if level > 0 else 9)
