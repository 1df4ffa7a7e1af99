"""Statements leave and come back whole."""

from __future__ import annotations

import gzip
import hashlib
import json
from base64 import b64encode
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from mycelia.kernel import clock
from mycelia.kernel.policy import Actor
from mycelia.records import api
from mycelia.records.actions import importing
from mycelia.records.actions.storing import store_sent
from mycelia.records.calc.transfer import definition_line
from mycelia.records.errors import ImportStopped
from mycelia.records.models import ActivityDefinition, Attachment, Statement, StatementAttachment
from tests.factories.records import ADA, make_statement

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("test")
CONTENT = b"\x00\xffbytes of an attachment"
SHA2 = hashlib.sha256(CONTENT).hexdigest()
ATTACHMENT = {"usageType": "a:b", "display": {"en": "x"}, "contentType": "a/b", "length": len(CONTENT), "sha2": SHA2}
BOB, EVE = ({"objectType": "Agent", "mbox": f"mailto:{name}@example.com"} for name in ("bob", "eve"))
VOIDED = {"id": "http://adlnet.gov/expapi/verbs/voided"}
TABLES = (
    "statementattachment",
    *("statement", "statementkey", "statementagent", "statementactivity", "statementreference", "voiding"),
    *("attachment", "activity", "document", "agent", "iri"),
)


def _fill():
    """Store something of everything, in two months."""
    target = str(uuid4())
    with clock.frozen(datetime(2026, 3, 31, 23, 59, tzinfo=UTC)):
        api.store(
            [
                make_statement(id=target),
                b'{ "actor":{"mbox":"mailto:a@b"},\n"verb":{"id":"a:b"},"object":{"id":"a:c"} }',
            ]
        )
        with_attachment = make_statement(attachments=[ATTACHMENT])
        by_url = {**ATTACHMENT, "fileUrl": "https://example.com/file"}
        brought = make_statement(attachments=[by_url])
        store_sent([with_attachment, brought], authority=ADA, version="2.0.0", attachments={SHA2: CONTENT})
        store_sent([make_statement(attachments=[by_url])], authority=BOB, version="2.0.0")
    with clock.frozen(datetime(2026, 4, 1, tzinfo=UTC)):
        api.store([make_statement(verb=VOIDED, object={"objectType": "StatementRef", "id": target})])
        named = {"id": "a:named", "definition": {"name": {"en": "Named"}}}
        group = {"objectType": "Group", "member": [ADA]}
        inner = {"objectType": "SubStatement", "actor": ADA, "verb": {"id": "a:v"}, "object": {"id": "a:inner"}}
        api.store([make_statement(object=named), make_statement(actor=group), make_statement(object=inner)])
        api.store([make_statement(object={**named, "definition": {"name": {"de": "Not known"}}})], defines=False)
    return target


def _empty():
    with connection.cursor() as cursor:
        for name in TABLES:
            cursor.execute(f"DELETE FROM records_{name}")


def _content():
    """All that a store gives out, and what it is found by, without its own numbers."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT stored, statement_id, occurred, registration, is_voiding, version, object_kind, payload"
            " FROM records_statement ORDER BY stored, sequence"
        )
        rows = [(*row[:-1], json.loads(bytes(row[-1]))) for row in cursor.fetchall()]
        for text, table in (("agent", "agent"), ("activity", "iri")):
            value = "value" if table == "agent" else "iri"
            cursor.execute(
                f"SELECT s.statement_id, t.{value}, l.is_direct FROM records_statement{text} l"
                f" JOIN records_statement s USING (stored, sequence) JOIN records_{table} t ON t.id = l.{text}_id"
                " ORDER BY 1, 2"
            )
            rows += cursor.fetchall()
        cursor.execute("SELECT target_id FROM records_voiding")
        rows += cursor.fetchall()
    rows += list(Attachment.objects.values_list("sha2", "length_bytes"))
    rows += sorted(StatementAttachment.objects.values_list("stored", "attachment_id"))
    rows += sorted((a.activity.iri, bytes(a.definition)) for a in ActivityDefinition.objects.select_related("activity"))
    return rows


def _import(*lines, name="file"):
    sent = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
    return api.import_statements(actor=SYSTEM, lines=lambda: sent, name=name, progress=lambda *_: None)


def _run(capsys, *arguments):
    try:
        call_command(*arguments)
        status = 0
    except SystemExit as end:
        status = end.code
    except CommandError as error:
        return error.returncode, str(error)
    return status, capsys.readouterr().out


@pytest.mark.parametrize("name", ["all.ndjson", "all.ndjson.gz"])
def test_export_imported_elsewhere_is_the_same_store(tmp_path, capsys, name):
    target = _fill()
    before = _content()
    file = tmp_path / name
    status, out = _run(capsys, "records_export", str(file), "--json")
    assert (status, json.loads(out)["statements"]) == (0, 10)
    _empty()
    assert not Statement.objects.exists()
    status, out = _run(capsys, "records_import", str(file), "--json")
    assert (status, json.loads(out)["new"]) == (0, 10)
    assert _content() == before
    assert api.voided_statement(target).is_voided
    assert bytes(Attachment.objects.get().content) == CONTENT
    again = tmp_path / "again.ndjson"
    _run(capsys, "records_export", str(again))
    exported = gzip.decompress(file.read_bytes()) if name.endswith("gz") else file.read_bytes()
    assert again.read_bytes() == exported


def test_bytes_of_a_file_go_out_with_its_statements_and_stored_ones_with_none_that_only_name_them():
    described = {**ATTACHMENT, "fileUrl": "https://example.com/file"}
    store_sent([make_statement(attachments=[ATTACHMENT])], authority=ADA, version="2.0.0", attachments={SHA2: CONTENT})
    mine = [make_statement(id=str(uuid4()), authority=BOB, attachments=[one]) for one in (ATTACHMENT, described)]
    said = [{"$attached": {"statement": one["id"], "sha2": [SHA2]}} for one in mine]
    _import(*mine, *said)
    assert StatementAttachment.objects.count() == 1
    brings = {"$attachment": {"sha2": SHA2, "content": b64encode(CONTENT).decode()}}
    others = [make_statement(id=str(uuid4()), authority=EVE, attachments=[one]) for one in (ATTACHMENT, described)]
    plain = make_statement(id=str(uuid4()))
    _import(brings, plain, *others, {"$attached": {"statement": plain["id"], "sha2": [SHA2]}})
    assert StatementAttachment.objects.count() == 2
    _import(brings, {"$attached": {"statement": others[1]["id"], "sha2": [SHA2]}})
    assert StatementAttachment.objects.count() == 3


def test_import_again_changes_nothing(tmp_path, capsys):
    _fill()
    file = tmp_path / "all.ndjson"
    _run(capsys, "records_export", str(file))
    before = _content()
    status, out = _run(capsys, "records_import", str(file), "--json")
    assert (status, json.loads(out)["new"], json.loads(out)["statements"]) == (0, 0, 10)
    assert _content() == before


def test_import_that_was_cut_off_is_finished_by_repeating_it():
    lines = [json.dumps(make_statement(result={"response": str(number)})).encode() for number in range(2500)]
    _import(*lines[:1700])
    outcome = _import(*lines)
    assert (outcome.statements, outcome.new) == (2500, 800)
    assert Statement.objects.count() == 2500


def test_import_of_statements_from_elsewhere_keeps_their_moment_and_authority():
    sent = make_statement(id=str(uuid4()), stored="2019-05-01T10:00:00Z", authority=ADA)
    assert _import(sent, b"", b"  \n").new == 1
    payload = json.loads(api.statement(Statement.objects.get().statement_id).payload)
    assert (payload["stored"], payload["authority"]) == ("2019-05-01T10:00:00Z", ADA)
    assert Statement.objects.get().stored == datetime(2019, 5, 1, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", "JSON"),
        (b"[]", "must be an object"),
        (b"\xff", "JSON"),
        (b'{"actor": 1}', "actor"),
        ({"$attachment": {"sha2": SHA2, "content": b64encode(b"other").decode()}}, "hash"),
        ({"$attachment": {}}, "as an export writes it"),
        ({"$definition": {"id": "a:b", "definition": {"x": 1}}}, "$definition"),
        ({"$mycelia": {"format": 99}}, "as an export writes it"),
        (make_statement(stored="0001-01-01T00:00:00Z"), "stored"),
        (make_statement(stored="2999-01-01T00:00:00Z"), "must lie between"),
    ],
)
def test_import_with_a_wrong_line_writes_nothing_and_names_it(line, reason):
    outcome = _import(make_statement(), line)
    assert [one.line for one in outcome.problems] == [2]
    assert reason in outcome.problems[0].reason
    assert not Statement.objects.exists()


def test_import_command_says_every_wrong_line_and_ends_with_one(tmp_path, capsys):
    file = tmp_path / "wrong.ndjson"
    file.write_bytes(b'{"a":1}\n\n{}\n')
    status, out = _run(capsys, "records_import", str(file))
    assert status == 1
    assert "line 1:" in out
    assert "line 3:" in out
    assert "Nothing was stored." in out
    status, out = _run(capsys, "records_import", str(tmp_path / "none"), "--json")
    assert (status, json.loads(out)["error"]) == (1, "file_not_usable")
    (tmp_path / "torn.gz").write_bytes(gzip.compress(b'{"a":1}\n' * 100)[:-9])
    assert _run(capsys, "records_import", str(tmp_path / "torn.gz"))[0] == 1


def test_statement_that_stands_twice_in_a_part_is_the_same_as_the_specification_compares():
    sent = make_statement(id=str(uuid4()), timestamp="2026-01-01T12:00:00Z", result={"duration": "PT1M0.123S"})
    other = sent | {"id": sent["id"].upper(), "timestamp": "2026-01-01T13:00:00+01:00"}
    other |= {"result": {"duration": "PT1M0.12S"}, "actor": {**ADA, "mbox": "mailto:ada@EXAMPLE.com"}}
    assert _import(sent, other, sent).new == 1
    fresh = make_statement(id=str(uuid4()))
    with pytest.raises(ImportStopped):
        _import(fresh, fresh | {"result": {"success": True}})
    assert Statement.objects.count() == 1


def test_definitions_of_a_part_are_learnt_apart_from_its_statements(monkeypatch):
    activity = "https://example.com/courses/9"
    lines = make_statement(id=str(uuid4())), json.loads(definition_line(activity, b'{"name":{"en":"Nine"}}'))
    with monkeypatch.context() as patched, pytest.raises(RuntimeError):
        patched.setattr(importing, "learn_definitions", _stopped)
        _import(*lines)
    assert (Statement.objects.count(), ActivityDefinition.objects.filter(activity__iri=activity).count()) == (1, 0)
    assert _import(*lines).new == 0
    assert api.canonical_activity(activity)["definition"]["name"] == {"en": "Nine"}


def _stopped(*_given):
    raise RuntimeError("stopped")


def test_import_of_a_different_statement_with_a_stored_identifier_stops():
    known = make_statement(id=str(uuid4()))
    api.store([known])
    with pytest.raises(ImportStopped) as caught:
        _import(make_statement(), {**known, "result": {"success": True}})
    assert caught.value.data["statement_id"] == known["id"]
    assert Statement.objects.count() == 1


def test_export_never_overwrites_and_leaves_no_half_file(tmp_path, capsys):
    _fill()
    file = tmp_path / "all.ndjson"
    file.write_bytes(b"mine")
    assert _run(capsys, "records_export", str(file))[0] == 1
    assert file.read_bytes() == b"mine"
    assert _run(capsys, "records_export", str(tmp_path / "absent" / "x"))[0] == 1
    assert [one.name for one in tmp_path.iterdir()] == ["all.ndjson"]
