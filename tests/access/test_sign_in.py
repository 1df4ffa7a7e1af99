from __future__ import annotations

import json
import re

import pytest
from django.core import mail
from django.utils.http import int_to_base36

from mycelia.access import api
from mycelia.audit import api as audit
from mycelia.audit.models import AuditEntry
from mycelia.kernel.policy import Actor, Role
from tests.factories.access import make_holder
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db
PASSWORD = "a long sentence for tests"


def _sign_in(client, email, password=PASSWORD):
    return client.post("/accounts/login/", {"login": email, "password": password})


def _actions() -> list[str]:
    return list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))


def test_sign_in_and_out_by_email_whatever_its_case_is_audited(client):
    person = make_person("ada@example.com", password=PASSWORD)
    assert _sign_in(client, "ADA@example.com").status_code == 302
    client.post("/accounts/logout/")
    entries = AuditEntry.objects.order_by("pk")
    assert [(e.action, e.actor_id, e.object_id) for e in entries] == [
        ("access.session.create", person.pk, str(person.pk)),
        ("access.session.destroy", person.pk, str(person.pk)),
    ]
    assert client.get("/").status_code == 302


def test_sign_out_of_the_studio_needs_a_form_and_is_audited(client):
    client.force_login(make_holder(Role.AUTHOR), backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get("/studio/logout/")
    assert (answer.status_code, answer.cookies) == (307, {})
    assert client.get("/studio/").status_code == 200
    client.post("/studio/logout/", follow=True)
    assert _actions()[-1] == "access.session.destroy"
    assert client.get("/studio/").status_code == 302


@pytest.mark.parametrize("email", ["ada@example.com", "nobody@example.com"])
def test_refused_sign_in_is_audited_without_password_and_unknown_email(client, email):
    person = make_person("ada@example.com", password=PASSWORD)
    assert _sign_in(client, email, "wrong password, surely").status_code in {200, 422}
    entry = AuditEntry.objects.get()
    assert entry.action == "access.session.refuse"
    assert (entry.object_id == str(person.pk)) is (email == "ada@example.com")
    written = json.dumps([entry.object_id, entry.details, entry.actor_label])
    assert "wrong" not in written
    assert "nobody" not in written
    assert audit.verify().is_intact


def test_sign_in_of_somebody_deactivated_is_refused(client):
    make_person("ada@example.com", password=PASSWORD, is_active=False)
    _sign_in(client, "ada@example.com")
    assert "access.session.create" not in _actions()
    assert client.get("/").status_code == 302


def test_session_of_somebody_deactivated_ends(client):
    person = make_person("ada@example.com", password=PASSWORD)
    client.force_login(person)
    person.is_active = False
    person.save()
    assert client.get("/platform/records/").status_code == 302


def test_sign_in_after_many_failures_is_held_back(client):
    make_person("ada@example.com", password=PASSWORD)
    for _ in range(12):
        _sign_in(client, "ada@example.com", "wrong password, surely")
    _sign_in(client, "ada@example.com")
    assert "access.session.create" not in _actions()


def test_sign_up_and_change_of_email_are_closed(client):
    person = make_person("ada@example.com")
    new = {"email": "new@example.com", "password1": PASSWORD}
    client.post("/accounts/signup/", new)
    client.force_login(person)
    answer = client.post("/accounts/email/", {"email": "new@example.com", "action_add": "1"})
    assert answer.status_code == 404
    assert type(person).objects.filter(email="new@example.com").count() == 0


def test_sign_in_link_sets_a_password_once(client):
    administrator, person = make_holder(Role.IT_ADMINISTRATOR), make_person("ada@example.com")
    client.force_login(administrator)
    page = client.post(f"/platform/roles/people/{person.pk}/sign-in-link/").content.decode()
    (link,) = re.findall(r'value="https?://[^/"]+(/accounts/password/reset/key/[^"]+)"', page)
    client.logout()
    form = client.get(link, follow=True)
    path = form.request["PATH_INFO"]
    client.post(path, {"password1": PASSWORD, "password2": PASSWORD})
    assert _sign_in(client, "ada@example.com").status_code == 302
    client.logout()
    again = client.get(link, follow=True)
    assert "password1" not in again.content.decode()
    assert {"access.sign_in_link.create", "access.password.change"} <= set(_actions())


@pytest.mark.parametrize("email", ["ada@example.com", "nobody@example.com"])
def test_password_reset_where_no_mail_is_sent_says_whom_to_ask(client, settings, email):
    settings.MYCELIA_SENDS_MAIL = False
    make_person("ada@example.com", password=PASSWORD)
    entrance = client.get("/accounts/login/").content.decode()
    assert "/accounts/password/reset/" not in entrance
    assert "Ask your IT administrator for a sign-in link" in entrance
    page = client.get("/accounts/password/reset/").content.decode()
    assert "Ask your IT administrator" in page
    assert 'name="email"' not in page
    answer = client.post("/accounts/password/reset/", {"email": email})
    assert (answer.status_code, mail.outbox) == (503, [])
    assert "IT administrator" in answer.content.decode()


def test_sign_in_offers_a_new_password_where_mail_is_sent(client, settings):
    settings.MYCELIA_SENDS_MAIL = True
    assert "/accounts/password/reset/" in client.get("/accounts/login/").content.decode()
    assert 'name="email"' in client.get("/accounts/password/reset/").content.decode()


def test_password_reset_answers_alike_for_known_and_unknown(client, settings):
    settings.MYCELIA_SENDS_MAIL = True
    make_person("ada@example.com", password=PASSWORD)
    answers = [client.post("/accounts/password/reset/", {"email": f"{name}@example.com"}) for name in ("ada", "nobody")]
    assert {(a.status_code, a.headers["Location"]) for a in answers} == {(302, "/accounts/password/reset/done/")}
    assert len(mail.outbox) == 2


def test_password_reset_without_a_mail_server_says_whom_to_ask(client, settings):
    settings.MYCELIA_SENDS_MAIL = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    answer = client.post("/accounts/password/reset/", {"email": "ada@example.com"})
    assert answer.status_code == 503
    assert "IT administrator" in answer.content.decode()


def test_change_of_password_is_audited(client):
    person = make_person("ada@example.com", password=PASSWORD)
    _sign_in(client, "ada@example.com")
    new = "another long sentence"
    client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert "access.password.change" in _actions()
    person.refresh_from_db()
    assert person.check_password(new)


@pytest.mark.parametrize("path", ["", "totp/activate/", "webauthn/", "webauthn/add/"])
def test_pages_of_second_factors_are_reachable(client, path):
    make_person("ada@example.com", password=PASSWORD)
    _sign_in(client, "ada@example.com")
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert client.get(f"/accounts/2fa/{path}").status_code == 200


def test_second_factor_can_be_added_after_a_link_to_choose_a_password(client):
    person = make_person("ada@example.com", password=PASSWORD)
    client.get(f"/accounts/password/reset/key/{int_to_base36(person.pk)}-abc-def/")
    _sign_in(client, "ada@example.com")
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert client.get("/accounts/2fa/totp/activate/").status_code == 200


def test_second_factor_cannot_be_added_without_entering_the_password_again(client):
    make_person("ada@example.com", password=PASSWORD)
    _sign_in(client, "ada@example.com")
    assert "/reauthenticate/" in client.get("/accounts/2fa/totp/activate/").headers["Location"]


def test_studio_has_no_sign_in_of_its_own(client):
    make_person("ada@example.com", password=PASSWORD)
    client.post("/studio/login/", {"username": "ada@example.com", "password": PASSWORD})
    assert "access.session.create" not in _actions()


def test_actor_of_the_request_is_made_only_when_asked_for(client, django_assert_num_queries):
    from django.contrib.auth.models import AnonymousUser
    from django.http import HttpRequest

    from mycelia.access.middleware import ActorMiddleware

    request = HttpRequest()
    request.user = AnonymousUser()
    with django_assert_num_queries(0):
        ActorMiddleware(lambda _request: None)(request)  # type: ignore[arg-type, return-value]
    assert request.actor.kind == "anonymous"
    assert isinstance(request.actor, Actor)
    assert api.actor_for(request.user).grants == ()
