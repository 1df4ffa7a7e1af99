"""The pages of the blueprint, from real sessions."""

from decimal import Decimal
from html import unescape

import pytest

from mycelia.business_case import api
from mycelia.business_case.api import Element, ElementTerms, Moment, Part, Protocol, SystemPurpose
from mycelia.business_case.models import ContentModel, ElementState, ModelPlacement, System, SystemLink
from mycelia.business_case.pages.blueprint_frame import address
from mycelia.kernel.policy import Role
from tests.business_case.removing import asked, removed
from tests.business_case.test_pages import HOSTILE, sign_in
from tests.factories.blueprint import SYSTEM, make_content_model, make_link, make_system
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db
READERS = (Role.IT_ADMINISTRATOR, Role.FINANCE_ANALYST, Role.EXECUTIVE, Role.TALENT_ADMINISTRATOR)
EDITORS = READERS[:2]
NOWHERE = 2_000_000_001


def landscape():
    system, other = make_system(name="Moodle"), make_system(name="Wiki", purpose=SystemPurpose.KNOWLEDGE_BASE)
    link = make_link(system, other, Protocol.LTI)
    model = make_content_model("Media", (system, Moment.TODAY, Part.MASTER), (other, Moment.TODAY, Part.CONSUMER))
    return system, link, model


def reading(system):
    return [address("elements"), address("systems"), address("system", system.pk), address("models")]


def editing(system, link, model):
    return [
        address("system_new"),
        address("system_terms", system.pk),
        address("system_removal", system.pk),
        address("link_new", system.pk),
        address("link", link.pk),
        address("link_removal", link.pk),
        address("model_new"),
        address("model", model.pk),
        address("model_removal", model.pk),
        address("element", Element.CULTURE),
    ]


@pytest.mark.parametrize("role", [role for role in Role if role not in READERS])
def test_everyone_else_is_refused_every_address(client, role):
    system, link, model = landscape()
    sign_in(client, *([] if role in (Role.LEARNER, Role.MANAGER) else [role]))
    for one in [*reading(system), *editing(system, link, model)]:
        assert client.get(one).status_code == 403, one
    for one in editing(system, link, model):
        assert client.post(one).status_code == 403, one


@pytest.mark.parametrize("role", READERS[2:])
def test_reader_reads_and_is_refused_every_form(client, role):
    system, link, model = landscape()
    sign_in(client, role)
    for one in reading(system):
        assert client.get(one).status_code == 200, one
    for one in editing(system, link, model):
        assert client.get(one).status_code == 403, one
        assert client.post(one).status_code == 403, one
    page = client.get(address("system", system.pk)).content.decode()
    assert address("system_terms", system.pk) not in page


@pytest.mark.parametrize("role", EDITORS)
def test_editor_opens_every_form_and_missing_things_are_not_found(client, role):
    system, link, model = landscape()
    sign_in(client, role)
    for one in [*reading(system), *editing(system, link, model)]:
        assert client.get(one).status_code == 200, one
    for name in ("system", "system_terms", "system_removal", "link_new", "link", "link_removal", "model"):
        assert client.get(address(name, NOWHERE)).status_code == 404, name


def system_form(**fields):
    return {
        "name": "Moodle",
        "purpose": "learning_platform",
        "lifecycle": "active",
        "currency": "eur",
        "yearly_cost": "12000",
        **fields,
    }


def test_system_is_added_with_its_owner_and_shown(client):
    owner = make_person("ada@example.com", given_name="Ada", family_name="Byron")
    sign_in(client, Role.IT_ADMINISTRATOR)
    sent = system_form(owner="ada@example.com", elements=["technology", "content"])
    answer = client.post(address("system_new"), sent)
    system = System.objects.get()
    assert (answer.status_code, answer.url) == (302, address("system", system.pk))
    assert (system.owner, system.currency, system.elements) == (owner, "EUR", ["content", "technology"])
    page = unescape(client.get(answer.url).content.decode()).replace("\N{NO-BREAK SPACE}", " ")
    for text in ("Ada Byron", "EUR 12,000", "Content, Technology", "No link yet"):
        assert text in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"purpose": "juggling"},
        {"yearly_cost": "-1"},
        {"yearly_cost": "1.234"},
        {"yearly_cost": "1e30"},
        {"users_active": "many"},
        {"contract_end": "31.13.2026"},
        {"owner": "Nobody Here"},
        {"lifecycle": "dead"},
        {"elements": ["fire"]},
        {"name": "x" * 121},
        {"name": "a\0b"},
    ],
)
def test_invalid_system_comes_back_with_422_and_what_was_typed(client, wrong):
    sign_in(client, Role.IT_ADMINISTRATOR)
    answer = client.post(address("system_new"), system_form(vendor="Typed", **wrong))
    assert answer.status_code == 422
    assert "Typed" in answer.content.decode()
    assert not System.objects.exists()


def test_second_of_one_name_says_so_at_the_field(client):
    make_system(name="Moodle")
    sign_in(client, Role.IT_ADMINISTRATOR)
    answer = client.post(address("system_new"), system_form(name="moodle"))
    assert answer.status_code == 422
    assert "There is one like this already" in answer.content.decode()


def test_form_opened_before_somebody_elses_change_shows_both_values(client):
    system = make_system(name="Moodle")
    sign_in(client, Role.IT_ADMINISTRATOR)
    first = system_form(vendor="Theirs", users_licensed="400", users_active="250", revision="1")
    assert client.post(address("system_terms", system.pk), first).status_code == 302
    answer = client.post(address("system_terms", system.pk), {**first, "vendor": "Mine"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Theirs" in page
    assert "Mine" in page
    assert 'name="revision" value="2"' in page
    assert System.objects.get().vendor == "Theirs"
    for revision in ("", "x", "9" * 40):
        again = {**first, "vendor": "Mine", "revision": revision}
        assert client.post(address("system_terms", system.pk), again).status_code == 409
    assert (
        client.post(address("system_terms", system.pk), {**first, "vendor": "Mine", "revision": "2"}).status_code == 302
    )
    assert System.objects.get().vendor == "Mine"


def test_conflict_names_each_part_of_a_system_and_speaks_the_words_of_the_form(client):
    system, link, model = landscape()
    sign_in(client, Role.IT_ADMINISTRATOR)
    part = f"today_{system.pk}"
    theirs = {"name": "Media", "description": "Theirs", "revision": "1"}
    assert client.post(address("model", model.pk), theirs).status_code == 302
    answer = client.post(address("model", model.pk), {"name": "Media", part: "consumer", "revision": "1"})
    shown = {(two.label, two.mine, two.theirs) for two in answer.context["page"].differences}
    assert answer.status_code == 409
    assert shown == {("What belongs to it", "–", "Theirs"), ("Moodle, today", "Works with a copy", "–")}
    sent = {"source": system.pk, "target": link.target_id, "protocol": "lti", "direction": "forward"}
    changed = {**sent, "depth": "embedded", "revision": "1"}
    assert client.post(address("link", link.pk), changed).status_code == 302
    answer = client.post(address("link", link.pk), {**changed, "source": link.target_id, "target": system.pk})
    shown = {(two.label, two.mine, two.theirs) for two in answer.context["page"].differences}
    assert shown == {("From", "Wiki", "Moodle"), ("To", "Moodle", "Wiki")}


def test_what_was_typed_into_an_entry_that_was_removed_meanwhile_is_kept_and_can_be_added_again(client):
    system, link, model = landscape()
    other = link.target
    sign_in(client, Role.IT_ADMINISTRATOR)
    ends = {"source": system.pk, "target": other.pk}
    typed_link = {**ends, "protocol": "lti", "direction": "forward", "depth": "embedded", "note": "Typed"}
    typed = {
        "link": (link, typed_link, SystemLink),
        "model": (model, {"name": "Typed", f"today_{system.pk}": "master"}, ContentModel),
        "system_terms": (system, system_form(vendor="Typed"), System),
    }
    for name, (entry, sent, kind) in typed.items():
        here, count = address(name, entry.pk), kind.objects.count()
        entry.delete()
        answer = client.post(here, {**sent, "revision": "1"})
        page = answer.context["page"]
        assert (answer.status_code, "Typed" in answer.content.decode()) == (409, True), name
        assert "Somebody removed this while you were editing it" in answer.content.decode(), name
        assert kind.objects.count() == count - 1
        assert client.post(page.action, sent).status_code == 302, name
        assert kind.objects.count() == count
        assert client.get(here).status_code == 404


def test_link_whose_system_was_removed_meanwhile_is_kept_as_it_was_typed(client):
    system, link, _model = landscape()
    other, here, pk = link.target, address("link", link.pk), system.pk
    sent = {"source": pk, "target": other.pk, "protocol": "lti", "direction": "forward", "depth": "embedded"}
    system.delete()
    sign_in(client, Role.IT_ADMINISTRATOR)
    answer = client.post(here, {**sent, "note": "Typed", "revision": "1"})
    assert (answer.status_code, "Typed" in answer.content.decode()) == (409, True)
    assert client.post(answer.context["page"].action, sent).status_code == 422
    third = make_system(name="Third")
    assert client.post(address("link_new", pk), {**sent, "source": third.pk}).status_code == 302
    assert SystemLink.objects.get().source == third


def test_entry_that_changed_since_the_question_stays_and_is_shown_again(client):
    system, link, model = landscape()
    sign_in(client, Role.IT_ADMINISTRATOR)
    questions = {name: address(f"{name}_removal", one.pk) for name, one in (("link", link), ("model", model))}
    questions["system"] = address("system_removal", system.pk)
    seen = {name: asked(client, one) for name, one in questions.items()}
    for one, column in ((link, "note"), (model, "description"), (system, "vendor")):
        setattr(one, column, "Theirs")
        one.revision += 1
        one.save()
    for name, one in questions.items():
        for sent in (seen[name], {}, seen["system" if name == "link" else "link"]):
            answer = client.post(one, sent)
            assert (answer.status_code, answer.context["page"].has_moved_on) == (409, True), name
        answer = client.post(one, seen[name])
        assert [two.theirs for two in answer.context["page"].changed] == ["Theirs"], name
        assert client.post(one, {"asked": answer.context["page"].asked}).status_code == 302, name
    assert not SystemLink.objects.exists()
    assert not ContentModel.objects.exists()


def test_system_whose_links_or_parts_changed_since_the_question_stays(client):
    system, _link, model = landscape()
    sign_in(client, Role.IT_ADMINISTRATOR)
    here = address("system_removal", system.pk)
    seen = asked(client, here)
    assert client.get(here).context["page"].what_goes == ("its link Moodle → Wiki", "its part in “Media”")
    make_link(system, make_system(), Protocol.XAPI)
    assert client.post(here, seen).status_code == 409
    seen = asked(client, here)
    api.remove_content_model(actor=SYSTEM, model=model)
    assert client.post(here, seen).status_code == 409
    assert removed(client, here).status_code == 302


def test_state_that_cannot_follow_is_not_offered_and_refused(client):
    system = make_system(name="Moodle")
    sign_in(client, Role.IT_ADMINISTRATOR)
    page = client.get(address("system_terms", system.pk)).content.decode()
    assert 'value="sunset"' in page
    assert 'value="retired"' not in page
    sent = system_form(lifecycle="retired", revision="1")
    assert client.post(address("system_terms", system.pk), sent).status_code == 422


def test_link_is_added_changed_and_removed_by_its_forms(client):
    system, other = make_system(name="Moodle"), make_system(name="Wiki", purpose=SystemPurpose.KNOWLEDGE_BASE)
    sign_in(client, Role.FINANCE_ANALYST)
    sent = {"source": system.pk, "target": other.pk, "protocol": "lti", "direction": "forward", "depth": "embedded"}
    assert client.post(address("link_new", system.pk), sent).status_code == 302
    link = SystemLink.objects.get()
    assert "LTI" in client.get(address("system", other.pk)).content.decode()
    assert client.post(address("link_new", system.pk), {**sent, "target": system.pk}).status_code == 422
    assert client.post(address("link_new", system.pk), {**sent, "target": NOWHERE}).status_code == 422
    changed = client.post(address("link", link.pk), {**sent, "protocol": "xapi", "revision": "1"})
    assert changed.status_code == 302
    assert SystemLink.objects.get().protocol == "xapi"
    assert client.post(address("link_removal", link.pk)).status_code == 409
    assert removed(client, address("link_removal", link.pk)).status_code == 302
    assert not SystemLink.objects.exists()


def test_content_model_form_places_systems_today_and_in_the_target(client):
    system, other = make_system(name="Moodle"), make_system(name="Wiki", purpose=SystemPurpose.KNOWLEDGE_BASE)
    sign_in(client, Role.IT_ADMINISTRATOR)
    sent = {"name": "Knowledge", f"today_{system.pk}": "master", f"target_{other.pk}": "master"}
    assert client.post(address("model_new"), sent).status_code == 302
    assert set(ModelPlacement.objects.values_list("system__name", "moment", "part")) == {
        ("Moodle", "today", "master"),
        ("Wiki", "target", "master"),
    }
    assert "moves" in client.get(address("models")).content.decode()
    model = ContentModel.objects.get()
    assert client.post(address("model", model.pk), {"name": "Knowledge", "revision": "1"}).status_code == 302
    assert "Nothing masters it today." in client.get(address("models")).content.decode()
    assert client.post(address("model_new"), {"name": "Media", f"today_{system.pk}": "owner"}).status_code == 422


def test_several_masters_are_shown_as_a_conflict(client):
    system, other = make_system(), make_system(purpose=SystemPurpose.MEDIA)
    make_content_model("Media", (system, Moment.TODAY, Part.MASTER), (other, Moment.TODAY, Part.MASTER))
    sign_in(client, Role.EXECUTIVE)
    assert "Several systems master it today." in client.get(address("models")).content.decode()


def test_element_form_saves_and_the_overview_reads_it_out(client):
    sign_in(client, Role.IT_ADMINISTRATOR)
    sent = {"today": "By hand", "target": "By rule", "maturity_today": "1", "maturity_target": "4", "revision": "0"}
    assert client.post(address("element", Element.PROCESS), sent).status_code == 302
    assert ElementState.objects.get().maturity_target == 4
    page = client.get(address("elements")).content.decode()
    for text in ("Today 1 – Ad hoc, target 4 – Measured", "3 to go", "By hand", "By rule"):
        assert text in page
    for wrong in ("0", "6", "two"):
        answer = client.post(address("element", Element.PROCESS), {**sent, "maturity_today": wrong, "revision": "1"})
        assert answer.status_code == 422


def test_empty_pages_say_what_to_do_to_editors_and_readers(client):
    sign_in(client, Role.EXECUTIVE)
    for name, text in (("elements", "assesses the elements"), ("systems", "adds the systems"), ("models", "First add")):
        assert text in client.get(address(name)).content.decode()
    sign_in(client, Role.IT_ADMINISTRATOR)
    assert "Add the first one" in client.get(address("systems")).content.decode()
    assert "Begin with one element" in client.get(address("elements")).content.decode()


def test_filters_narrow_the_list_and_nonsense_is_left_out(client):
    make_system(name="Moodle")
    make_system(name="Wiki", purpose=SystemPurpose.KNOWLEDGE_BASE)
    sign_in(client, Role.EXECUTIVE)
    narrowed = client.get(address("systems"), {"q": "wik", "state": "active"}).content.decode()
    assert "Wiki" in narrowed
    assert "Moodle" not in narrowed
    assert "No system matches" in client.get(address("systems"), {"state": "retired"}).content.decode()
    for nonsense in ({"state": "x"}, {"q": "\0"}, {"page": "x"}, {"purpose": "' or 1"}):
        assert client.get(address("systems"), nonsense).status_code == 200


def test_what_people_entered_is_never_markup(client):
    system = make_system(name=HOSTILE[:60], vendor=HOSTILE, description=HOSTILE)
    make_content_model(HOSTILE, (system, Moment.TODAY, Part.MASTER))
    api.assess_element(actor=SYSTEM, element=Element.CULTURE, terms=ElementTerms(today=HOSTILE, notes=HOSTILE))
    sign_in(client, Role.IT_ADMINISTRATOR)
    for one in [*reading(system), address("system_terms", system.pk)]:
        page = client.get(one).content.decode()
        assert "<script>alert" not in page, one
        assert "&lt;script&gt;" in page, one


def test_platform_counts_its_own_users(client):
    system = make_system(name="Mycelia", is_platform=True, users_licensed=None)
    sign_in(client, Role.EXECUTIVE)
    page = unescape(client.get(address("system", system.pk)).content.decode())
    assert "0, counted by the platform" in page


def test_number_of_queries_does_not_grow_with_the_register(client, django_assert_max_num_queries):
    sign_in(client, Role.EXECUTIVE)
    hub = make_system(name="Hub", yearly_cost=Decimal(1))
    make_content_model("M0", (hub, Moment.TODAY, Part.MASTER))
    counts = {}
    for one in reading(hub):
        client.get(one)
        with django_assert_max_num_queries(25) as few:
            client.get(one)
        counts[one] = len(few)
    for number in range(12):
        system = make_system(owner_id=make_person().pk)
        make_link(hub, system)
        make_content_model(f"M{number + 1}", (hub, Moment.TODAY, Part.MASTER), (system, Moment.TODAY, Part.CONSUMER))
    for one in reading(hub):
        with django_assert_max_num_queries(counts[one]):
            client.get(one)
