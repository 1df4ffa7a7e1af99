"""Nothing in the raw tables leads to a person who was erased."""

from __future__ import annotations

import hashlib
import json
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from mycelia.audit.models import AuditEntry
from mycelia.kernel.policy import Actor
from mycelia.records import api
from mycelia.records.actions.documents import put_document
from mycelia.records.actions.storing import store_sent
from mycelia.records.models import Attachment, Interning, PersonAccount, Statement
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
CONTENT = b"signed by Ada"
ATTACHMENT = {
    "usageType": "a:essay",
    "display": {"en": "Ada Byron's essay"},
    "contentType": "text/plain",
    "length": len(CONTENT),
    "sha2": hashlib.sha256(CONTENT).hexdigest(),
}


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
    assert all(trace in _everything() for trace in traces)
    done = _erase(ada, also=[ELSEWHERE])
    assert (done.statements, done.documents, done.attachments) == (10, 6, 1)
    left = _everything()
    assert [trace for trace in traces if trace in left] == []
    assert not PersonAccount.objects.filter(person=ada).exists()
    assert not Attachment.objects.exists()


def test_erased_statements_remain_whole_and_found_under_one_pseudonym(ada, account):
    _fill(account)
    before = Statement.objects.count()
    _erase(ada, also=[ELSEWHERE])
    assert Statement.objects.count() == before
    payloads = [json.loads(bytes(one)) for one in Statement.objects.values_list("payload", flat=True)]
    accounts = {p["actor"]["account"]["name"] for p in payloads if "account" in p["actor"]}
    assert len(accounts) == 1
    pseudonym = AgentKey("account", accounts.pop(), settings.MYCELIA_PUBLIC_URL)
    assert pseudonym.value.startswith("erased-")
    assert len(api.statements(StatementFilter(agent=pseudonym)).statements) == 7
    assert len(api.statements(StatementFilter(agent=pseudonym, related_agents=True)).statements) == 10
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
    monkeypatch.setattr("mycelia.records.actions.erasure.PART", 3)
    before = Interning.objects.get().generation
    api.store([make_statement(actor=account) for _ in range(8)])
    assert _erase(ada).statements == 8
    assert Interning.objects.get().generation != before
    assert account["account"]["name"] not in _everything()


def test_erasure_is_logged_without_saying_who_it_was(ada, account):
    _fill(account)
    _erase(ada)
    entry = AuditEntry.objects.get(action="records.erase")
    assert entry.details == {"statements": 9, "documents": 6, "attachments": 1}
    assert EMAIL.lower() not in json.dumps(entry.details).lower()


def test_erasure_of_somebody_without_records_changes_nothing(ada):
    api.store([make_statement(actor=BOB)])
    assert _erase(ada).statements == 0


def test_erasure_command_asks_first(ada, account, capsys):
    _fill(account)
    with pytest.raises(CommandError, match="--yes"):
        call_command("records_erasure", EMAIL)
    assert EMAIL.lower() in _everything()
    call_command("records_erasure", "E-770077", "--yes", "--json", "--also-account", ELSEWHERE.home_page, "u-4711")
    assert json.loads(capsys.readouterr().out)["statements"] == 10
    with pytest.raises(CommandError, match="nobody"):
        call_command("records_erasure", "nobody@example.com", "--yes")
