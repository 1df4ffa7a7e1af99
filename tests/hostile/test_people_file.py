"""Attacks with people files: what is sent is data, never markup, formula, path or command."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mycelia.kernel.tasks import run_pending
from mycelia.people.calc.reading import read_people_file
from mycelia.people.models import ImportRun, Person
from tests.people.conftest import Company, administrator, company, talent  # noqa: F401
from tests.people.files import HEADER, people_file, row

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>"


def _send(client: Client, content: bytes, name: str = "people.csv") -> ImportRun:
    assert client.post("/talent/import/", {"file": SimpleUploadedFile(name, content)}).status_code == 302
    run_pending()
    return ImportRun.objects.latest("pk")


def test_markup_in_names_problems_and_file_name_is_shown_as_text(talent: Client) -> None:  # noqa: F811
    run = _send(talent, people_file(f"N1,a@example.com,{SCRIPT},X,{SCRIPT},,"), f"{SCRIPT}.csv".replace("/", ""))
    assert SCRIPT not in talent.get(f"/talent/import/{run.pk}/").content.decode()
    run = _send(talent, people_file(f"N1,a@example.com,{SCRIPT},X,HQ,,"))
    assert SCRIPT not in talent.get(f"/talent/import/{run.pk}/").content.decode()
    assert SCRIPT not in talent.get("/talent/import/").content.decode()


def test_formulas_in_cells_are_harmless_in_every_download(talent: Client) -> None:  # noqa: F811
    formula = "=HYPERLINK(1)"
    run = _send(talent, people_file(f"{formula},a@example.com,{formula},+1,HQ,,"))
    changes = talent.get(f"/talent/import/{run.pk}/changes.csv").content.decode()
    assert f",{formula}" not in changes
    assert f"'{formula}" in changes
    run = _send(talent, people_file(f"N1,a@example.com,A,B,{formula},,"))
    assert f"'{formula}" in talent.get(f"/talent/import/{run.pk}/problems.csv").content.decode()


def test_file_name_with_a_path_or_line_break_is_only_a_label(talent: Client) -> None:  # noqa: F811
    run = _send(talent, people_file(row("N1")), "../../etc/passwd\r\nSet-Cookie: a=b.csv")
    assert "/" not in run.file_name
    answer = talent.get(f"/talent/import/{run.pk}/changes.csv")
    assert answer["Content-Disposition"] == f'attachment; filename="import-{run.pk}-changes.csv"'


def test_sql_in_cells_is_stored_as_text(talent: Client) -> None:  # noqa: F811
    name = "x'); DROP TABLE people_person; --\\."
    run = _send(talent, people_file(f'N1,a@example.com,"{name}",\\N,HQ,,'))
    talent.post(f"/talent/import/{run.pk}/application/", {"plan": run.plan_digest, "deactivations": 0})
    run_pending()
    person = Person.objects.get(employee_number="N1")
    assert (person.given_name, person.family_name) == (name, "\\N")


def test_a_row_cannot_give_authority(talent: Client) -> None:  # noqa: F811
    for column in ("is_superuser", "is_staff", "password", "role"):
        problems = read_people_file(people_file(row("N1") + ",true", header=f"{HEADER},{column}")).problems
        assert [problem.code for problem in problems] == ["unknown_column"]


@pytest.mark.parametrize(
    "content",
    [
        b'"' * 100_000,
        b"," * 19_000 + b"\n" + b"," * 19_000,
        (HEADER + "\n" + '"a' * 9000).encode(),
        (HEADER + "\n" + "\u202e\u200b" * 50).encode(),
        HEADER.encode() + b"\n" + b"\x00" * 5000,
        b"\xff\xfe" + b"\xd8" * 999,
        b"\xef\xbb\xbf" * 50,
    ],
)
def test_garbage_is_answered_with_problems_and_never_an_error(talent: Client, content: bytes) -> None:  # noqa: F811
    run = _send(talent, content)
    assert run.problem_count > 0
    assert talent.get(f"/talent/import/{run.pk}/").status_code == 200
    assert talent.get(f"/talent/import/{run.pk}/problems.csv").status_code == 200


def test_an_import_needs_the_token_of_its_page(administrator: Person, company: Company) -> None:  # noqa: F811
    client = Client(enforce_csrf_checks=True, HTTP_HOST="localhost:8000")
    client.force_login(administrator, backend="django.contrib.auth.backends.ModelBackend")
    answer: Any = client.post("/talent/import/", {"file": SimpleUploadedFile("p.csv", people_file(row("N1")))})
    assert answer.status_code == 403
    assert not ImportRun.objects.exists()


def test_somebody_deactivated_by_an_import_is_signed_out(talent: Client, company: Company) -> None:  # noqa: F811
    client = Client(HTTP_HOST="localhost:8000")
    client.force_login(company.report, backend="django.contrib.auth.backends.ModelBackend")
    url = f"/talent/people/{company.report.pk}/"
    assert client.get(url).status_code == 200
    from mycelia.kernel.policy import Actor
    from mycelia.people.api import import_people

    rows = (row("BOSS", email="boss@example.com"), row("MID", unit="SALES", manager="BOSS"))
    import_people(Actor.system("t"), people_file(*rows), True, 1)
    assert client.get(url).status_code == 302
