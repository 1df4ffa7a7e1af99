"""Bodies that are too long, or do not say how long they are, are refused before they are read."""

from __future__ import annotations

import stat
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from mycelia.kernel.policy import Role
from mycelia.people.calc.columns import MAXIMUM_BYTES
from mycelia.records.api import retention_months
from tests.factories.access import make_holder

pytestmark = pytest.mark.django_db
MEGABYTE = 1024 * 1024


class Untouched:
    """A body that must not be read."""

    def read(self, size: int = -1) -> bytes:
        raise AssertionError("the body was read")

    readline = read


def _post(client: Client, path: str, length: int) -> int:
    return client.generic("POST", path, b"", **_body(length)).status_code


def _body(length: int) -> dict[str, object]:
    form = "multipart/form-data; boundary=x"
    return {"CONTENT_LENGTH": str(length), "CONTENT_TYPE": form, "wsgi.input": Untouched()}


@pytest.mark.parametrize("path", ["/accounts/login/", "/studio/images/add/", "/talent/import/", "/nowhere/"])
def test_body_over_the_limit_from_a_stranger_is_refused_unread(path: str) -> None:
    client = Client(enforce_csrf_checks=True, HTTP_COOKIE="mycelia_csrf=" + "a" * 32)
    assert _post(client, path, 80 * MEGABYTE) == 413


def test_body_over_the_limit_of_packages_is_refused_unread(settings: Settings) -> None:
    client = Client()
    client.force_login(make_holder(Role.AUTHOR), backend="django.contrib.auth.backends.ModelBackend")
    length = settings.MYCELIA_PACKAGE_UPLOAD_BYTES + 7 * MEGABYTE
    assert _post(client, "/studio/package_chooser/create/", length) == 413


def test_body_over_the_limit_is_told_to_programs_as_a_problem() -> None:
    wants = {"Accept": "application/json"}
    answer = Client().generic("POST", "/accounts/login/", b"", headers=wants, **_body(80 * MEGABYTE))
    assert (answer.status_code, answer["Content-Type"]) == (413, "application/problem+json")
    assert "6 MB" in answer.json()["title"]


def test_body_without_a_length_is_refused() -> None:
    answer = Client().post("/accounts/login/", {}, headers={"Transfer-Encoding": "chunked"})
    assert answer.status_code == 411


def test_file_within_the_limit_arrives_in_the_data_folder(settings: Settings, tmp_path: Path) -> None:
    client = Client()
    client.force_login(make_holder(Role.AUTHOR), backend="django.contrib.auth.backends.ModelBackend")
    sent = SimpleUploadedFile("a.zip", b"x" * (7 * MEGABYTE))
    assert client.post("/studio/package_chooser/create/", {"file": sent}).status_code == 200
    folder = tmp_path / "home" / "arrivals"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert list(folder.iterdir()) == []


def test_file_arrives_elsewhere_when_the_data_folder_cannot_be_written(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "home").write_text("not a folder")
    client = Client()
    client.force_login(make_holder(Role.AUTHOR), backend="django.contrib.auth.backends.ModelBackend")
    sent = SimpleUploadedFile("a.zip", b"x" * (3 * MEGABYTE))
    assert client.post("/studio/images/add/", {"file": sent, "title": "a"}).status_code in {200, 422}


def test_limit_of_the_import_leaves_room_for_the_largest_people_file(settings: Settings) -> None:
    assert settings.MYCELIA_FILE_BODY_BYTES["/talent/import/"] > MAXIMUM_BYTES + MEGABYTE


@pytest.mark.parametrize(
    ("content_type", "sent"),
    [
        ("application/x-www-form-urlencoded", b"months=1"),
        ("application/x-www-form-urlencoded", b""),
        ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="months"\r\n\r\n1'),
        ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="f"; filename="a"\r\n\r\n1'),
    ],
)
@pytest.mark.parametrize("checks", [True, False])
def test_body_that_breaks_off_changes_nothing(content_type: str, sent: bytes, checks: bool) -> None:
    """Half a form must not be taken for the whole: `months=1` may have been the beginning of `months=120`.

    Django itself answers 403 where it breaks off while the token is looked for.
    """
    client = Client(enforce_csrf_checks=checks)
    client.force_login(make_holder(Role.IT_ADMINISTRATOR), backend="django.contrib.auth.backends.ModelBackend")
    if checks:
        client.cookies["mycelia_csrf"] = "a" * 32
    body = {"CONTENT_LENGTH": str(len(sent) + 2), "CONTENT_TYPE": content_type, "wsgi.input": BytesIO(sent)}
    answer = client.generic("POST", "/platform/records/retention/rule/", b"", **body)
    assert answer.status_code == (403 if checks else 400)
    assert retention_months() is None


def test_body_that_is_whole_is_read_as_ever() -> None:
    client = Client()
    client.force_login(make_holder(Role.IT_ADMINISTRATOR), backend="django.contrib.auth.backends.ModelBackend")
    assert client.post("/platform/records/retention/rule/", {"months": "120"}).status_code == 302
    form = "application/x-www-form-urlencoded"
    assert client.generic("POST", "/platform/records/retention/rule/", b"months=12", form).status_code == 302
    assert retention_months() == 12
