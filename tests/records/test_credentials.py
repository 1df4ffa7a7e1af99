from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from mycelia.audit.models import AuditEntry
from mycelia.kernel import clock
from mycelia.kernel.errors import PermissionDenied
from mycelia.kernel.policy import ANONYMOUS, Actor, Role, RoleGrant
from mycelia.records import api
from mycelia.records.calc.terms import is_origin
from mycelia.records.errors import CredentialNotFound, CredentialRefused
from mycelia.records.models import Credential
from mycelia.records.types import Scope, Terms

SYSTEM = Actor.system("tests")
STATE = Terms(frozenset({Scope.STATE}))
pytestmark = pytest.mark.django_db


def _made(**terms):
    return api.create_credential(actor=SYSTEM, name="Course player", terms=Terms(frozenset({Scope.STATE}), **terms))


def _command(*arguments):
    out = StringIO()
    call_command("records_credential", *arguments, stdout=out)
    return json.loads(out.getvalue())


@pytest.mark.parametrize(
    "value",
    ["https://lms.example.com", "http://localhost:8000", "*", "https://xn--bcher-kva.example"],
)
def test_origin_is_what_browsers_send(value):
    assert is_origin(value)


@pytest.mark.parametrize(
    "value",
    [
        *("", "lms.example.com", "https://lms.example.com/", "https://LMS.example.com", "https://a@b.example"),
        *("ftp://a.b", "https://", "https://a.b:x", "https://a.b?c", "null", "https://[", "https://a.b:99999999"),
    ],
)
def test_origin_that_no_browser_sends_is_refused(value):
    assert not is_origin(value)


@pytest.mark.parametrize(
    "terms",
    [
        Terms(frozenset()),
        Terms(frozenset({Scope.ALL}), origins=frozenset({"nowhere"})),
        Terms(frozenset({Scope.ALL}), origins=frozenset(f"https://{n}.example" for n in range(51))),
        Terms(frozenset({Scope.ALL}), expires_at=clock.now()),
        Terms(frozenset({Scope.ALL}), requests_per_minute=0),
        Terms(frozenset({Scope.ALL}), requests_per_minute=10_000_001),
    ],
)
def test_credential_on_useless_terms_is_refused(terms):
    with pytest.raises(CredentialRefused):
        api.create_credential(actor=SYSTEM, name="x", terms=terms)
    assert not Credential.objects.exists()


@pytest.mark.parametrize("name", ["", "   ", "x" * 201, "a\nb", "a\x00b"])
def test_credential_of_a_useless_name_is_refused(name):
    with pytest.raises(CredentialRefused):
        api.create_credential(actor=SYSTEM, name=name, terms=STATE)


@pytest.mark.parametrize("role", [*(role for role in Role if role is not Role.IT_ADMINISTRATOR), None])
def test_credentials_are_for_it_administrators_alone(role):
    made = _made()
    grants = () if role is None else (RoleGrant(role),)
    somebody = ANONYMOUS if role is None else Actor(1, "somebody", grants)
    for act in (
        lambda: api.create_credential(actor=somebody, name="x", terms=STATE),
        lambda: api.amend_credential(actor=somebody, credential_id=made.credential_id, name="x", terms=STATE),
        lambda: api.rotate_credential(actor=somebody, credential_id=made.credential_id),
        lambda: api.revoke_credential(actor=somebody, credential_id=made.credential_id),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert Credential.objects.get().withdrawn_at is None


def test_every_change_is_audited_without_secrets():
    made = _made(origins=frozenset({"https://a.example"}))
    number = made.credential_id
    api.amend_credential(actor=SYSTEM, credential_id=number, name="Renamed", terms=Terms(frozenset({Scope.ALL})))
    again = api.rotate_credential(actor=SYSTEM, credential_id=number, overlap=timedelta(hours=2))
    for _ in range(2):
        api.revoke_credential(actor=SYSTEM, credential_id=number)
    entries = list(AuditEntry.objects.filter(object_type="records.Credential").order_by("sequence"))
    assert [entry.action.rpartition(".")[2] for entry in entries] == ["create", "amend", "rotate", "revoke"]
    assert entries[0].details["origins"] == ["https://a.example"]
    assert entries[2].details["overlap_seconds"] == 7200
    written = str([entry.details for entry in entries]) + str(Credential.objects.values())
    assert made.secret not in written
    assert again.secret not in written


def test_secret_is_not_shown_where_a_credential_is_printed():
    made = _made()
    assert made.secret not in repr(made)


def test_credential_withdrawn_cannot_be_changed_any_more():
    number = _made().credential_id
    api.revoke_credential(actor=SYSTEM, credential_id=number)
    with pytest.raises(CredentialNotFound):
        api.rotate_credential(actor=SYSTEM, credential_id=number)
    with pytest.raises(CredentialNotFound):
        api.amend_credential(actor=SYSTEM, credential_id=number, name="x", terms=STATE)


@pytest.mark.parametrize("overlap", [timedelta(seconds=-1), timedelta(days=30, seconds=1)])
def test_rotation_with_an_overlap_out_of_range_is_refused(overlap):
    made = _made()
    with pytest.raises(CredentialRefused):
        api.rotate_credential(actor=SYSTEM, credential_id=made.credential_id, overlap=overlap)


def test_key_and_secret_can_stand_in_any_command():
    """One that began with a hyphen would be taken for an option, such as by the public conformance suites."""
    made = [_made() for _ in range(20)]
    assert all(len(one.secret) == 64 and one.secret.isalnum() and one.key.isalnum() for one in made)
    assert len({one.secret for one in made}) == 20


def test_command_makes_lists_rotates_and_revokes():
    made = _command(
        *("create", "--name", "LMS", "--scope", "state", "--scope", "statements/write"),
        *("--origin", "https://lms.example.com", "--expires", "2099-01-01T00:00:00Z", "--requests-per-minute", "60"),
    )
    assert made["scopes"] == ["statements/write", "state"]
    rotated = _command("rotate", str(made["id"]), "--overlap-hours", "1")
    assert (rotated["key"], rotated["secret"] != made["secret"]) == (made["key"], True)
    (listed,) = _command("list")
    assert listed["origins"] == ["https://lms.example.com"]
    assert listed["expires_at"].startswith("2099-01-01T00:00:00")
    assert listed["requests_per_minute"] == 60
    assert made["secret"] not in str(listed)
    assert _command("revoke", str(made["id"])) == {"id": made["id"], "revoked": True}
    assert _command("list")[0]["withdrawn_at"] is not None


@pytest.mark.parametrize(
    "arguments",
    [
        ("revoke", "999999"),
        ("rotate", "999999"),
        ("create", "--name", "", "--scope", "all"),
        ("create", "--name", "x", "--scope", "all", "--origin", "nowhere"),
        ("create", "--name", "x", "--scope", "all", "--expires", "2001-01-01T00:00:00Z"),
        ("create", "--name", "x", "--scope", "all", "--expires", "tomorrow"),
        ("create", "--name", "x", "--scope", "everything"),
    ],
)
def test_command_that_cannot_be_done_says_so(arguments):
    with pytest.raises(CommandError):
        _command(*arguments)
