"""Who may void what.

References:
    xAPI 1.0.3 Part Two 2.3.2.s2.b4: the whole request is refused with 403 where its source may not void statements.
"""

from __future__ import annotations

import threading

import pytest
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from mycelia.kernel.policy import Actor
from mycelia.records import api
from mycelia.records.actions import erased_statements
from mycelia.records.models import OwnVoiding, StatementKey, Voiding
from mycelia.records.types import AgentKey, Scope
from tests.factories.people import make_person
from tests.xapi import Lrs, a_statement

SYSTEM = Actor.system("tests")
TABLES = ("statement", "statementagent", "statementactivity", "statementreference")


@pytest.fixture
def emptied():
    """Tables that Django does not empty after the test."""
    yield
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"DELETE FROM records_{table}")


def _writer(**terms):
    return Lrs(Scope.STATEMENTS_WRITE, Scope.STATEMENTS_READ, **terms)


def _voiding(statement_id, **changes):
    verb, target = {"id": "http://adlnet.gov/expapi/verbs/voided"}, {"objectType": "StatementRef", "id": statement_id}
    return a_statement(verb=verb, object=target, **changes)


def _sent(lrs, **changes):
    statement = a_statement(**changes)
    assert lrs.post(statement).status_code == 200
    return statement["id"]


def _is_voided(lrs, statement_id):
    found = {name: lrs.get(**{name: statement_id}).status_code for name in ("statementId", "voidedStatementId")}
    listed = {one["id"] for one in lrs.get().json()["statements"]}
    is_voided = found["voidedStatementId"] == 200
    assert found["statementId"] == (404 if is_voided else 200)
    assert (statement_id in listed) is not is_voided
    return is_voided


@pytest.mark.django_db
@pytest.mark.parametrize("version", ["1.0.3", "2.0.0"])
def test_source_voids_what_it_vouches_for(version):
    lrs = _writer(version=version)
    target = _sent(lrs)
    assert lrs.post(_voiding(target)).status_code == 200
    assert _is_voided(lrs, target)


@pytest.mark.django_db
@pytest.mark.parametrize("version", ["1.0.3", "2.0.0"])
def test_source_that_voids_what_another_vouches_for_is_refused_whole(version):
    lrs, beside = _writer(version=version), a_statement()
    (platforms,) = api.store([a_statement()])
    for target in (_sent(Lrs()), str(platforms)):
        answer = lrs.post([beside, _voiding(target)])
        assert (answer.status_code, answer["Content-Type"]) == (403, "application/problem+json")
        assert answer.json()["type"] == "urn:mycelia:problem:voiding_refused"
        assert answer.json()["statement_id"] == target
        put = _voiding(target)
        assert lrs.put(put, statementId=put["id"]).status_code == 403
        assert not _is_voided(lrs, target)
    assert lrs.get(statementId=beside["id"]).status_code == 404


@pytest.mark.django_db
def test_scope_all_voids_every_statement_and_a_token_that_leaves_it_out_does_not():
    target, lrs = _sent(Lrs()), Lrs()
    fields = "grant_type=client_credentials&scope=statements/write"
    form = "application/x-www-form-urlencoded"
    token = lrs.send("POST", "oauth/token", fields, content_type=form).json()["access_token"]
    assert lrs.post(_voiding(target), headers={"Authorization": f"Bearer {token}"}).status_code == 403
    assert lrs.post(_voiding(target)).status_code == 200
    assert _is_voided(lrs, target)


@pytest.mark.django_db
def test_voiding_that_comes_first_holds_for_what_comes_under_the_same_authority_alone():
    own, other = _writer(), _writer(name="Other")
    mine, theirs = a_statement(), a_statement()
    early = _voiding(theirs["id"])
    assert own.post([_voiding(mine["id"]), early]).status_code == 200
    assert own.post(mine).status_code == other.post(theirs).status_code == 200
    assert (_is_voided(own, mine["id"]), _is_voided(own, theirs["id"])) == (True, False)
    assert own.post(early).status_code == 204
    assert own.post(_voiding(theirs["id"])).status_code == 403


@pytest.mark.django_db
def test_voiding_that_comes_first_under_the_scope_all_holds_for_whatever_comes():
    target = a_statement()
    Lrs().post(_voiding(target["id"]))
    own = _writer()
    own.post(target)
    assert _is_voided(own, target["id"])


@pytest.mark.django_db
def test_voiding_and_what_it_voids_may_come_in_one_batch():
    lrs, target = _writer(), a_statement()
    assert lrs.post([_voiding(target["id"]), target]).status_code == 200
    assert _is_voided(lrs, target["id"])


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_own", [True, False])
def test_voiding_while_its_target_is_being_stored_holds_by_authority(emptied, is_own):
    lrs, target = _writer(), a_statement()
    account = {"homePage": api.platform_authority()["account"]["homePage"], "name": lrs.credential.key}
    authority = {"account": account} if is_own else None
    _sent(lrs)  # Its texts have numbers, which nobody need wait for.
    written, answered = threading.Event(), threading.Event()

    def store_slowly() -> None:
        try:
            with transaction.atomic():
                api.store([target], authority=authority)
                written.set()
                answered.wait(30)
        finally:
            connection.close()

    writer = threading.Thread(target=store_slowly)
    writer.start()
    try:
        assert written.wait(30)
        assert lrs.post(_voiding(target["id"])).status_code == 200
    finally:
        answered.set()
        writer.join()
    assert _is_voided(lrs, target["id"]) is is_own


@pytest.mark.django_db
def test_export_taken_in_elsewhere_voids_the_same():
    own, other = _writer(), _writer(name="Other")
    mine, theirs = a_statement(), a_statement()
    own.post([_voiding(mine["id"]), _voiding(theirs["id"])])
    own.post(mine)
    other.post(theirs)
    lines = [line for line, _ in api.export_lines(actor=SYSTEM)]
    with connection.cursor() as cursor:
        for table in (*TABLES, "statementkey", "voiding", "ownvoiding"):
            cursor.execute(f"DELETE FROM records_{table}")
    outcome = api.import_statements(actor=SYSTEM, lines=lambda: lines, name="file", progress=lambda *_: None)
    assert (outcome.new, outcome.problems) == (4, ())
    assert (_is_voided(own, mine["id"]), _is_voided(own, theirs["id"])) == (True, False)
    assert not Voiding.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("first", ["voiding", "target"])
def test_what_a_source_voided_stays_voided_when_the_source_is_erased(monkeypatch, first):
    monkeypatch.setattr(erased_statements, "PART", 1)
    ada, lrs, key = make_person("ada@example.com"), _writer(), AgentKey("mbox", "mailto:source@example.com")
    monkeypatch.setattr("mycelia.records.queries.credentials.authority_of", lambda _: {"mbox": key.value})
    target, foreign = a_statement(), a_statement()
    sent = [target, _voiding(target["id"])]
    for one in sent if first == "target" else reversed(sent):
        assert lrs.post(one).status_code == 200
    early = _voiding(foreign["id"])
    lrs.post(early)
    after_each_part = []
    monkeypatch.setattr(
        erased_statements, "forget_refusals", lambda *_: after_each_part.append(_is_voided(lrs, target["id"]))
    )
    api.erase_person(actor=SYSTEM, person=api.Named(ada.pk, "ada@example.com", "", "Ada X"), also=[key])
    assert after_each_part == [True] * 3
    assert _is_voided(lrs, target["id"])
    api.store([foreign])
    assert not _is_voided(lrs, foreign["id"])
    assert early["id"] in {str(one.statement_id) for one in OwnVoiding.objects.all()}


@pytest.mark.django_db(transaction=True)
def test_going_back_a_version_every_voiding_statement_voids_what_it_names(emptied):
    lrs = _writer()
    target = _sent(lrs)
    lrs.post(_voiding(target))
    newest = [node for node in MigrationExecutor(connection).loader.graph.leaf_nodes() if node[0] == "records"]
    MigrationExecutor(connection).migrate([("records", "0013_statement_attachments")])
    try:
        assert [str(one.target_id) for one in Voiding.objects.all()] == [target]
    finally:
        MigrationExecutor(connection).migrate(newest)
    assert _is_voided(lrs, target)
    assert StatementKey.objects.count() == 2
