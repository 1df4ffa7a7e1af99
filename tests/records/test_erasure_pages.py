"""Taking a person out of the records by page: search, what there is, the question, the proof."""

from __future__ import annotations

import json

import pytest
from django.utils.html import escape

from mycelia.audit.models import AuditEntry
from mycelia.kernel.policy import Role
from mycelia.records import api
from mycelia.records.actions.documents import put_document
from mycelia.records.calc.documents import Preconditions
from mycelia.records.models import PersonAccount, Statement
from mycelia.records.types import AgentKey, DocumentContext, DocumentKind
from tests.factories.access import make_holder
from tests.factories.people import make_person
from tests.factories.records import make_statement

pytestmark = pytest.mark.django_db
URL = "/platform/records/erasure/"
EMAIL = "Ada.Byron@example.com"
ELSEWHERE = {"homePage": "https://lms.example.com", "name": "u-4711"}


@pytest.fixture
def administrator(client):
    person = make_holder(Role.IT_ADMINISTRATOR)
    client.force_login(person)
    return person


@pytest.fixture
def ada():
    return make_person(EMAIL, employee_number="E-770077", given_name="Ada", family_name="Byron")


@pytest.fixture
def recorded(ada):
    account = api.agent_for(ada.pk)
    api.store([make_statement(actor=account), make_statement(actor={"mbox": f"mailto:{EMAIL}"})])
    api.store([make_statement(actor={"account": ELSEWHERE})])
    place = DocumentContext(DocumentKind.STATE, activity="a:b", agent=AgentKey("mbox", f"mailto:{EMAIL}"))
    put_document(place, "notes", content_type="text/plain", content=b"x", version="1.0.3")
    return account


def _text(answer):
    return " ".join(answer.content.decode().split())


def _count(text, term):
    return text.split(f"<dt>{term}</dt><dd>")[1].split("<")[0]


@pytest.mark.parametrize("words", ["ada byr", "ADA.BYRON@EXAMPLE.COM", "E-770077"])
def test_person_is_found_by_name_address_or_number(client, administrator, ada, words):
    make_person("bob@example.com", given_name="Bob", family_name="Ross")
    text = _text(client.get(URL, {"text": words}))
    assert f'href="{URL}{ada.pk}/"' in text
    assert "Bob Ross" not in text


@pytest.mark.parametrize("words", ["nobody@example.com", "%", "x" * 201, "' OR 1=1"])
def test_search_that_finds_nobody_says_so(client, administrator, ada, words):
    answer = client.get(URL, {"text": words})
    assert answer.status_code == 200
    assert "Ada Byron" not in answer.content.decode()


def test_nobody_is_listed_before_somebody_is_looked_for(client, administrator, ada):
    assert "Whom?" in _text(client.get(URL))
    assert EMAIL not in _text(client.get(URL))


def test_what_there_is_is_counted_before_anything_is_changed(client, administrator, ada, recorded):
    text = _text(client.get(f"{URL}{ada.pk}/"))
    assert _count(text, "Statements that name one") == "2"
    assert _count(text, "State and profile documents") == "1"
    assert _count(text, "Account that leads to them") == "yes"
    more = _text(client.get(f"{URL}{ada.pk}/", {"others": "https://lms.example.com u-4711"}))
    assert _count(more, "Statements that name one") == "3"
    assert Statement.objects.count() == 3


def test_person_is_erased_when_confirmed_and_the_page_is_the_proof(client, administrator, ada, recorded):
    sent = {"typed": " ada.byron@EXAMPLE.com ", "others": "https://lms.example.com u-4711"}
    text = _text(client.post(f"{URL}{ada.pk}/", sent, follow=True))
    assert "Pseudonymised: 3 statements and 1 documents" in text
    assert "Nothing leads to this person" in text
    assert "Take them out of the records" not in text
    for term in ("Identifiers of theirs that occur", "Statements that name one", "State and profile documents"):
        assert _count(text, term) == "0"
    proof = _text(client.get(f"{URL}{ada.pk}/", {"search": "text", "others": sent["others"]}))
    assert "neither their e-mail nor an account name of theirs stands anywhere" in proof
    assert _count(proof, "Statements that name one") == "0"
    assert not PersonAccount.objects.filter(person=ada).exists()
    entry = AuditEntry.objects.get(action="records.erase")
    assert (entry.actor_id, entry.object_id) == (administrator.pk, str(ada.pk))
    assert EMAIL.lower() not in json.dumps(entry.details).lower()


def test_address_in_the_text_of_other_peoples_statements_is_found(client, administrator, ada):
    (statement,) = api.store([make_statement(result={"response": f"ask {EMAIL.upper()}"})])
    place = DocumentContext(DocumentKind.ACTIVITY_PROFILE, activity="a:b")
    new = Preconditions(if_none_match="*")
    put_document(place, "p", content_type="a/b", content=b"\xff " + EMAIL.encode(), version="2.0.0", given=new)
    text = _text(client.get(f"{URL}{ada.pk}/", {"search": "text"}))
    assert str(statement) in text
    assert "In 1 documents" in text


@pytest.mark.parametrize("typed", ["", "bob@example.com", "Ada Byron"])
def test_erasure_that_is_not_confirmed_changes_nothing(client, administrator, ada, recorded, typed):
    assert client.post(f"{URL}{ada.pk}/", {"typed": typed}).status_code == 422
    assert PersonAccount.objects.filter(person=ada).exists()
    assert not AuditEntry.objects.filter(action="records.erase").exists()


@pytest.mark.parametrize(
    "others",
    [
        "nonsense",
        "a" * 39,
        "openid ada",
        "mailto:",
        "https://lms.example.com",
        "\n".join(f"a://b {n}" for n in range(21)),
    ],
)
def test_identifier_that_is_none_is_refused_and_said(client, administrator, ada, recorded, others):
    for answer in (
        client.get(f"{URL}{ada.pk}/", {"others": others}),
        client.post(f"{URL}{ada.pk}/", {"others": others, "typed": EMAIL}),
    ):
        assert answer.status_code == 422
        said = escape(others.splitlines()[0]) if len(others) < 100 else "At most 20 identifiers."
        assert said in answer.content.decode()
    assert PersonAccount.objects.filter(person=ada).exists()


def test_every_kind_of_identifier_is_counted(client, administrator, ada):
    agents = [{"openid": "https://ada.example.net/"}, {"mbox_sha1sum": "ab" * 20}, {"mbox": "mailto:b@example.org"}]
    api.store([make_statement(actor=one) for one in agents])
    others = f"OpenID https://ada.example.net/\n{'AB' * 20}\nmailto:b@example.org"
    text = _text(client.get(f"{URL}{ada.pk}/", {"others": others}))
    assert _count(text, "Statements that name one") == "3"
    assert _count(text, "Activities whose address or description names them") == "0"


def test_nobody_is_not_found(client, administrator):
    assert client.get(f"{URL}999999/").status_code == 404
    assert client.post(f"{URL}999999/", {"typed": "x"}).status_code == 404


@pytest.mark.parametrize("role", [Role.TALENT_ADMINISTRATOR, Role.EXECUTIVE, None])
def test_erasure_pages_are_for_it_administrators(client, ada, recorded, role):
    client.force_login(ada if role is None else make_holder(role))
    assert client.get(URL, {"text": "ada"}).status_code == 403
    assert client.get(f"{URL}{ada.pk}/").status_code == 403
    assert client.post(f"{URL}{ada.pk}/", {"typed": EMAIL}).status_code == 403
    assert PersonAccount.objects.filter(person=ada).exists()
