"""`mycelia import package`."""

from __future__ import annotations

import json

import pytest
from django.core.management import CommandError, call_command

from mycelia.content.models import CoursePage
from mycelia.delivery.models import Package
from tests.factories.content import make_course
from tests.factories.packages import build_zip

pytestmark = pytest.mark.django_db


@pytest.fixture
def package(tmp_path):
    path = tmp_path / "package.zip"
    path.write_bytes(build_zip().read())
    return path


def test_package_becomes_the_last_lesson_of_the_draft(package, capsys):
    course = make_course()
    call_command("import_package", package, course=course.slug, json=True)
    done = json.loads(capsys.readouterr().out)
    draft = CoursePage.objects.get(pk=course.pk).get_latest_revision_as_object()
    assert str(draft.lessons.last().key) == done["lesson"]
    assert draft.lessons.last().package == Package.objects.get()
    assert course.lessons.count() == 2, "the live course waits for its review"


def test_package_published_is_live_at_once(package):
    course = make_course()
    call_command("import_package", package, course=course.slug, publish=True, lesson="Play")
    assert course.lessons.last().title == "Play"


def test_course_is_created_on_request(package):
    call_command("import_package", package, course="new-one", create=True, title="New one")
    course = CoursePage.objects.get(slug="new-one")
    assert not course.live
    assert course.get_latest_revision_as_object().lessons.count() == 1


@pytest.mark.parametrize(
    ("options", "status"),
    [({"course": "nope"}, 1), ({"course": "x", "create": True}, 2), ({"course": "x", "title": "X"}, 2)],
)
def test_wrong_course_is_refused(package, options, status):
    with pytest.raises(CommandError) as refused:
        call_command("import_package", package, **options)
    assert refused.value.returncode == status
    assert not CoursePage.objects.exists()


def test_missing_file_is_wrong_usage(tmp_path):
    with pytest.raises(CommandError) as refused:
        call_command("import_package", tmp_path / "none.zip", course="x")
    assert refused.value.returncode == 2


def test_file_that_is_no_package_is_refused_in_words(tmp_path, capsys):
    wrong = tmp_path / "wrong.zip"
    wrong.write_text("no zip")
    with pytest.raises(CommandError, match="not a zip archive"):
        call_command("import_package", wrong, course=make_course().slug, json=True)
    assert json.loads(capsys.readouterr().out)["error"] == "package_not_a_zip"


def test_import_package_published_without_what_the_catalogue_needs_is_refused_whole(package):
    with pytest.raises(CommandError, match="objectives, summary"):
        call_command("import_package", package, course="bare", create=True, title="Bare", publish=True)
    assert not CoursePage.objects.filter(slug="bare").exists()
