"""Nothing in the raw tables leads to a person who was erased."""

from __future__ import annotations

import hashlib
import json
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection, connections, transaction

from mycelia.audit.models import AuditEntry
from mycelia.kernel.policy import Actor
from mycelia.records import api
from mycelia.records.actions.documents import put_document
from mycelia.records.actions.storing import store_sent
from mycelia.records.calc.documents import Preconditions
from mycelia.records.calc.validation import check_statement
from mycelia.records.models import Agent, Attachment, Interning, Iri, PersonAccount, Statement
from mycelia.records.queries.documents import document
from mycelia.records.types import AgentKey, DocumentContext, DocumentKind, StatementFilter
from tests.factories.people import make_person
from tests.factories.records import make_statement

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("test")
EMAIL = "Ada.Byron@example.com"
MAILBOX = f"mailto:{EMAIL}"
SHA1 = hashlib.sha1(MAILBOX.encode()).hexdigest()
BOB = {"mbox": "mailto:bob@example.com"}
ELSEWHERE = AgentKey("account", "u-4711", "https://lms.example.com")
VOIDED = {"id": "http://adlnet.gov/expapi/verbs/voided"}
OTHER_MAIL = "byron@home.example.org"
OTHERS = [
    ELSEWHERE,
    AgentKey("mbox", f"mailto:{OTHER_MAIL}"),
    AgentKey("openid", "https://ada.example.net/"),
    AgentKey("mbox_sha1sum", "ab" * 20),
]
OTHER_SHA1 = hashlib.sha1(f"mailto:{OTHER_MAIL}".encode()).hexdigest()
LESSON = f"https://lms.example.com/users/{EMAIL}/lessons/1"
ESCAPED = LESSON.replace("@", "%40").lower()
CONTENT = b"signed by Ada"
INNER = b"handed in by Ada within"
ATTACHMENT = {
    "usageType": "a:essay",
    "display": {"en": "Ada Byron's essay"},
    "contentType": "text/plain",
    "length": len(CONTENT),
    "sha2": hashlib.sha256(CONTENT).hexdigest(),
}


def _attachment(content):
    return {**ATTACHMENT, "length": len(content), "sha2": hashlib.sha256(content).hexdigest()}


@pytest.fixture
def ada():
    return make_person(EMAIL, employee_number="E-770077", given_name="Ada", family_name="Byron")


@pytest.fixture
def account(ada):
    return api.agent_for(ada.pk)


def _named(person):
    return api.Named(person.pk, person.email, person.employee_number, person.full_name)


def _erase(person, **also):
    return api.erase_person(actor=SYSTEM, person=_named(person), **also)


def _everything():
    """Every value of every table of the app, as text; bytes as they are read."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND relname LIKE 'records_%'")
        tables = [name for (name,) in cursor.fetchall()]
        found = []
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                found += [
                    bytes(v).decode("utf-8", "replace") if isinstance(v, memoryview | bytes) else str(v) for v in row
                ]
    return "\n".join(found).lower()


def _fill(account):
    """Record the person in every place and form they can stand in."""
    _fill_statements(account)
    _fill_documents(account)
    _fill_activities()


def _fill_activities():
    """Have their address in the IRIs of activities and, with their name, in what is known of one."""
    definition = {"name": {"en": "Talk with Ada  BYRON", "id": "Ada Byron"}, "description": {"en": f"Ask {EMAIL}"}}
    api.store([make_statement(actor={"mbox": MAILBOX}, object={"id": "a:talk", "definition": definition})])
    parent = {"contextActivities": {"parent": [{"id": ESCAPED, "definition": {"type": "a:lesson"}}]}}
    lesson = {"id": LESSON, "definition": {"name": {"en": "Lesson"}}}
    api.store([make_statement(actor=BOB, object=lesson, context=parent), make_statement(object={"id": ESCAPED})])
    place = DocumentContext(DocumentKind.ACTIVITY_PROFILE, activity=LESSON)
    new = Preconditions(if_none_match="*")
    put_document(place, "profile", content_type="text/plain", content=b"plain", version="1.0.3", given=new)
    hashed = [{"mbox_sha1sum": OTHER_SHA1}, {"mbox_sha1sum": "AB" * 20}, {"openid": "https://ada.example.net/"}]
    api.store([make_statement(actor=one) for one in hashed])
    store_sent([make_statement(actor=BOB, object=_planned())], authority=BOB, version="1.0.3", attachments=_sent(INNER))


def _planned():
    verb, essay = {"id": "a:v"}, _attachment(INNER)
    inner = {"actor": {"mbox": MAILBOX}, "verb": verb, "object": {"id": "a:x"}}
    return {"objectType": "SubStatement", **inner, "attachments": [essay]}


def _sent(content):
    return {hashlib.sha256(content).hexdigest(): content}


def _fill_statements(account):
    group = {"objectType": "Group", "name": "Ada Byron's group", "member": [{**BOB}, {"mbox": MAILBOX}]}
    inner = {"objectType": "SubStatement", "actor": {"mbox": MAILBOX}, "verb": {"id": "a:v"}, "object": {"id": "a:x"}}
    essay = make_statement(actor=account, attachments=[ATTACHMENT])
    store_sent([essay], authority=BOB, version="1.0.3", attachments={ATTACHMENT["sha2"]: CONTENT})
    foreign = {"objectType": "Agent", "account": {"homePage": ELSEWHERE.home_page, "name": ELSEWHERE.value}}
    employee = {"account": {"homePage": settings.MYCELIA_PUBLIC_URL, "name": "E-770077"}}
    api.store([make_statement(actor={"mbox": MAILBOX, "name": "Ada Byron"}, object={"objectType": "Agent", **account})])
    api.store(
        [make_statement(actor={"mbox_sha1sum": SHA1}), make_statement(actor=employee), make_statement(actor=foreign)]
    )
    api.store([make_statement(actor=group), make_statement(actor=BOB, object=inner)])
    api.store([make_statement(actor=BOB, context={"instructor": {"mbox": MAILBOX.replace("Ada", "ADA")}})])
    extensions = {"a:who": {"mail": EMAIL.upper(), "list": ["by Ada Byron"]}, f"https://example.com/{EMAIL}": 1}
    api.store([make_statement(actor=account, result={"response": f"I am {EMAIL}", "extensions": extensions})])
    api.store([make_statement(actor=BOB)], authority={"mbox": MAILBOX})


def _fill_documents(account):
    for agent in (
        AgentKey("mbox", MAILBOX),
        AgentKey("account", account["account"]["name"], account["account"]["homePage"]),
    ):
        for name, content in (
            (f"notes of {EMAIL}", b'{"me": "Ada Byron"}'),
            ("text", b"Ada Byron"),
            ("raw", b"\xff\xfe"),
        ):
            place = DocumentContext(DocumentKind.STATE, activity="a:state", agent=agent)
            put_document(place, name, content_type="text/plain", content=content, version="1.0.3")


def test_nothing_in_the_tables_leads_to_a_person_who_was_erased(ada, account):
    _fill(account)
    name = account["account"]["name"]
    traces = [EMAIL.lower(), "ada byron", name, SHA1, "e-770077", "u-4711", "signed by ada", ATTACHMENT["sha2"]]
    traces += [
        OTHER_SHA1,
        "ab" * 20,
        "ada.example.net",
        EMAIL.lower().replace("@", "%40"),
        "by ada within",
        *_sent(INNER),
    ]
    assert [trace for trace in traces if trace not in _everything()] == []
    done = _erase(ada, also=OTHERS)
    assert (done.statements, done.documents, done.attachments) == (17, 7, 2)
    left = _everything()
    assert [trace for trace in traces if trace in left] == []
    assert not PersonAccount.objects.filter(person=ada).exists()
    assert not Attachment.objects.exists()


def test_proof_counts_all_that_erasure_takes_away(ada, account):
    _fill(account)
    traces = api.traces_of(actor=SYSTEM, person=_named(ada), also=OTHERS)
    assert (traces.statements, traces.documents, traces.activities, traces.has_account) == (17, 7, 3, True)
    mentions = api.mentions_of(actor=SYSTEM, person=_named(ada), also=OTHERS)
    assert (len(mentions.statements), mentions.documents, mentions.activities) == (15, 2, 3)
    _erase(ada, also=OTHERS)
    assert api.traces_of(actor=SYSTEM, person=_named(ada), also=OTHERS).are_none
    assert not api.mentions_of(actor=SYSTEM, person=_named(ada), also=OTHERS).statements
    _fill_activities()
    again = api.traces_of(actor=SYSTEM, person=_named(ada))
    assert (again.activities, again.statements, again.documents) == (3, 4, 1)
    assert api.mentions_of(actor=SYSTEM, person=_named(ada)).activities == 3


def test_activities_whose_iri_held_the_person_are_one_and_found(ada, account):
    _fill(account)
    _erase(ada, also=OTHERS)
    (iri,) = Iri.objects.filter(iri__contains="/lessons/1").values_list("iri", flat=True)
    assert iri.startswith("https://lms.example.com/users/erased-")
    assert len(api.statements(StatementFilter(activity=iri)).statements) == 2
    payloads = [json.loads(one.payload) for one in api.statements(StatementFilter(activity=iri)).statements]
    assert {one["object"]["id"] for one in payloads} == {iri}
    assert api.canonical_activity(iri)["definition"] == {"name": {"en": "Lesson"}, "type": "a:lesson"}
    assert api.canonical_activity("a:talk")["definition"]["name"] == {"en": "Talk with …", "id": "…"}
    place = DocumentContext(DocumentKind.ACTIVITY_PROFILE, activity=iri)
    assert document(place, "profile").content == b"plain"


def test_attachment_that_another_person_handed_in_as_well_stays(ada, account):
    bob = make_person("bob@example.com", given_name="Bob", family_name="Ross")
    for actor in (account, api.agent_for(bob.pk)):
        essay = make_statement(actor=actor, attachments=[{**ATTACHMENT, "sha2": ATTACHMENT["sha2"].upper()}])
        store_sent([essay], authority=BOB, version="1.0.3", attachments={ATTACHMENT["sha2"]: CONTENT})
    assert _erase(ada).attachments == 0
    assert bytes(Attachment.objects.get().content) == CONTENT
    assert _erase(bob).attachments == 1
    assert not Attachment.objects.exists()


def test_attachment_that_another_source_merely_names_goes_with_the_person(ada, account):
    essay = make_statement(actor=account, attachments=[ATTACHMENT])
    store_sent([essay], authority=BOB, version="1.0.3", attachments={ATTACHMENT["sha2"]: CONTENT})
    named = make_statement(attachments=[ATTACHMENT | {"fileUrl": "https://example.com/"}])
    store_sent([named], authority={"mbox": "mailto:eve@example.com"}, version="1.0.3")
    assert _erase(ada).attachments == 1
    assert not Attachment.objects.exists()


def test_erased_statements_remain_whole_and_found_under_one_pseudonym(ada, account):
    _fill(account)
    before = Statement.objects.count()
    _erase(ada, also=OTHERS)
    assert Statement.objects.count() == before
    payloads = [json.loads(bytes(one)) for one in Statement.objects.values_list("payload", flat=True)]
    for payload in payloads:
        check_statement(payload, version="1.0.3")
    accounts = {p["actor"]["account"]["name"] for p in payloads if "account" in p["actor"]}
    assert len(accounts) == 1
    pseudonym = AgentKey("account", accounts.pop(), settings.MYCELIA_PUBLIC_URL)
    assert pseudonym.value.startswith("erased-")
    assert len(api.statements(StatementFilter(agent=pseudonym)).statements) == 11
    assert len(api.statements(StatementFilter(agent=pseudonym, related_agents=True)).statements) == 15
    assert api.statements(StatementFilter(agent=AgentKey("mbox", MAILBOX), related_agents=True)).statements == ()


def test_other_people_stay_as_they_are(ada, account):
    bob = make_person("bob@example.com", given_name="Bob", family_name="Ross")
    (kept,) = api.store([make_statement(actor=api.agent_for(bob.pk), result={"response": "Bob Ross"})])
    payload = bytes(api.statement(kept).payload)
    _fill(account)
    _erase(ada)
    assert bytes(api.statement(kept).payload) == payload
    assert PersonAccount.objects.filter(person=bob).exists()


def test_voided_stays_voided_after_erasure(ada, account):
    target = uuid4()
    api.store([make_statement(id=str(target), actor=account)])
    api.store([make_statement(actor=account, verb=VOIDED, object={"objectType": "StatementRef", "id": str(target)})])
    _erase(ada)
    assert api.voided_statement(target).is_voided


def test_erasure_goes_on_over_parts_and_changes_the_generation(ada, account, monkeypatch):
    monkeypatch.setattr("mycelia.records.actions.erased_statements.PART", 3)
    before = Interning.objects.get().generation
    api.store([make_statement(actor=account) for _ in range(8)])
    assert _erase(ada).statements == 8
    assert Interning.objects.get().generation != before
    assert account["account"]["name"] not in _everything()


def test_erasure_is_logged_without_saying_who_it_was(ada, account):
    _fill(account)
    _erase(ada)
    entry = AuditEntry.objects.get(action="records.erase")
    assert entry.details == {"statements": 13, "documents": 7, "attachments": 2}
    assert EMAIL.lower() not in json.dumps(entry.details).lower()


def test_erasure_of_somebody_without_records_changes_nothing(ada):
    api.store([make_statement(actor=BOB)])
    assert _erase(ada).statements == 0


def _options():
    mail, hashed = f"mailto:{OTHER_MAIL}", "AB" * 20
    openid = ("--also-openid", "https://ada.example.net/")
    return ("--also-account", ELSEWHERE.home_page, "u-4711", "--also-mbox", mail, "--also-sha1", hashed, *openid)


def test_erasure_command_asks_first(ada, account, capsys):
    _fill(account)
    with pytest.raises(CommandError, match="--yes"):
        call_command("records_erasure", EMAIL)
    assert EMAIL.lower() in _everything()
    call_command("records_erasure", "E-770077", "--yes", "--json", *_options())
    assert json.loads(capsys.readouterr().out)["statements"] == 17
    with pytest.raises(CommandError, match="nobody"):
        call_command("records_erasure", "nobody@example.com", "--yes")


def test_document_in_flight_waits_for_an_erasure_and_follows_it(ada):
    place = DocumentContext(DocumentKind.STATE, activity="a:state", agent=AgentKey("mbox", MAILBOX))
    other = connections.create_connection("default")
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("LOCK TABLE records_statementkey IN SHARE ROW EXCLUSIVE MODE")
        with pytest.raises(OperationalError, match="lock timeout"), transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '100ms'")
            put_document(place, "notes", content_type="text/plain", content=b"x", version="1.0.3")
        assert not Agent.objects.filter(value=MAILBOX).exists()
        other.rollback()
    finally:
        other.close()
    put_document(place, "notes", content_type="text/plain", content=b"x", version="1.0.3")
    assert _erase(ada).documents == 1
