"""The studio through its own views: who enters, who publishes, and what a course needs before its review."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.models import WorkflowState
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from mycelia.access import api as access
from mycelia.content.models import CatalogueRoot, CoursePage, Lesson
from mycelia.delivery.models import Package
from mycelia.kernel.policy import Actor, Role
from tests.factories.access import make_holder
from tests.factories.content import make_course
from tests.factories.learning import enrol
from tests.factories.packages import build_zip
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db


def _signed_in(person) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def author():
    return make_holder(Role.AUTHOR)


@pytest.fixture
def curator():
    return make_holder(Role.CURATOR)


def _form(owner, *, lessons=None, **fields):
    body = streamfield([("key_point", {"text": "Remember this."})])
    lesson = {"title": "One", "minutes": "5", "required": "on", "package": "", "body": body}
    values = {
        "title": "A course by hand",
        "slug": "a-course-by-hand",
        "summary": "What it is about and why it is worth the time it takes.",
        "objectives": "Explain it.",
        "duration_minutes": "10",
        "language": "en",
        "accountable": str(owner.pk),
        "review_date": "2031-01-01",
        "sources": "Own experience",
        "lessons": inline_formset([lesson] if lessons is None else lessons),
        "comments": inline_formset([]),
        **fields,
    }
    return nested_form_data(values)


def _add_url():
    return reverse("wagtailadmin_pages:add", args=["content", "coursepage", CatalogueRoot.objects.get().pk])


def _edit_url(course):
    return reverse("wagtailadmin_pages:edit", args=[course.pk])


def _submitted(author, **fields):
    response = _signed_in(author).post(_add_url(), {**_form(author, **fields), "action-submit": "1"})
    assert response.status_code == 302
    return CoursePage.objects.get(slug="a-course-by-hand")


def _approve(person, course):
    task_state = course.current_workflow_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[course.pk, "approve", task_state.pk])
    return _signed_in(person).post(url)


@pytest.mark.parametrize("role", [Role.AUTHOR, Role.CURATOR, Role.TALENT_ADMINISTRATOR])
def test_studio_opens_to_its_roles(role):
    assert _signed_in(make_holder(role)).get("/studio/").status_code == 200


@pytest.mark.parametrize("role", [None, Role.FINANCE_ANALYST, Role.EXECUTIVE, Role.IT_ADMINISTRATOR])
@pytest.mark.parametrize("path", ["/studio/", "/studio/images/", "/studio/pages/1/", "/studio/package_chooser/create/"])
def test_studio_is_closed_to_everybody_else(role, path):
    person = make_holder(role) if role else make_person()
    assert _signed_in(person).get(path).status_code == 403


def test_studio_asks_strangers_to_sign_in():
    assert Client().get("/studio/").status_code == 302


def test_studio_groups_follow_the_role_when_it_ends(author):
    client = _signed_in(author)
    client.get("/studio/")
    assert author.groups.filter(name="Authors").exists()
    for assignment in access.history_of(author.pk):
        access.revoke_role(actor=Actor.system("tests"), assignment=assignment)
    assert client.get("/studio/").status_code == 403


def test_studio_groups_given_by_hand_are_taken_away(author):
    author.groups.add(Group.objects.get(name="Curators"))
    _signed_in(author).get("/studio/")
    assert list(author.groups.values_list("name", flat=True)) == ["Authors"]


def test_studio_pages_allow_no_inline_script_but_widget_starters(author):
    response = _signed_in(author).get(_add_url())
    policy = response["Content-Security-Policy"]
    scripts = next(part for part in policy.split(";") if part.strip().startswith("script-src"))
    assert "unsafe" not in scripts
    assert "nonce-" in scripts
    assert "frame-ancestors 'self'" in policy


def test_author_submits_and_curator_approves(author, curator):
    course = _submitted(author)
    assert not course.live
    _approve(curator, course)
    course.refresh_from_db()
    assert course.live
    assert course.lessons.get().title == "One"


def test_author_cannot_publish(author):
    _signed_in(author).post(_add_url(), {**_form(author), "action-publish": "1"})
    assert not CoursePage.objects.filter(live=True).exists()


def test_curator_cannot_publish_by_hand(curator):
    _signed_in(curator).post(_add_url(), {**_form(curator), "action-publish": "1"})
    course = CoursePage.objects.get()
    _signed_in(curator).post(_edit_url(course), {**_form(curator), "action-publish": "1"})
    course.refresh_from_db()
    assert not course.live


def test_superuser_cannot_publish_by_hand():
    person = make_person(is_superuser=True, is_staff=True)
    course = make_course(publish=False)
    _signed_in(person).post(_edit_url(course), {**_form(person), "action-publish": "1"})
    course.refresh_from_db()
    assert not course.live


def test_bulk_publish_publishes_nothing(curator):
    course = make_course(publish=False)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    _signed_in(curator).post(f"{url}?id={course.pk}", {"include_descendants": "on"})
    course.refresh_from_db()
    assert not course.live


def test_curator_cannot_approve_their_own_course(curator):
    course = _submitted(curator)
    _approve(curator, course)
    course.refresh_from_db()
    assert not course.live
    assert WorkflowState.objects.get().status == WorkflowState.STATUS_IN_PROGRESS


def test_curator_who_edited_the_version_cannot_approve_it(author, curator):
    course = _submitted(author)
    _signed_in(curator).post(
        _edit_url(course), _form(author, summary="Rewritten by the curator, who then looks at it.")
    )
    _approve(curator, CoursePage.objects.get())
    course.refresh_from_db()
    assert not course.live
    fresh_eyes = make_holder(Role.CURATOR)
    _approve(fresh_eyes, CoursePage.objects.get())
    assert not CoursePage.objects.get().live, "the first approval was of the version before the edit"
    _approve(fresh_eyes, CoursePage.objects.get())
    course.refresh_from_db()
    assert course.live


def test_author_cannot_approve(author):
    course = _submitted(author)
    _approve(make_holder(Role.AUTHOR), course)
    course.refresh_from_db()
    assert not course.live


def test_author_cannot_edit_somebody_elses_course(author):
    course = _submitted(make_holder(Role.AUTHOR))
    response = _signed_in(author).get(_edit_url(course))
    assert response.status_code == 302


def test_draft_may_be_unfinished(author):
    form = _form(author, summary="", objectives="", lessons=[], review_date="", sources="")
    assert _signed_in(author).post(_add_url(), form).status_code == 302
    assert CoursePage.objects.get().summary == ""


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"lessons": []}, "Add at least one lesson."),
        ({"summary": "Short."}, "Say a little more in the summary"),
        ({"sources": ""}, "Name where the content comes from."),
        ({"review_date": ""}, "Choose the day by which somebody checks"),
        ({"accountable": ""}, "Choose who answers for this course."),
        ({"slug": "attempts"}, "used by the product itself"),
    ],
)
def test_review_needs_a_complete_course(author, fields, message):
    response = _signed_in(author).post(_add_url(), {**_form(author, **fields), "action-submit": "1"})
    assert message in response.content.decode()
    assert not CoursePage.objects.exists()


def test_review_needs_something_in_every_lesson(author):
    empty = {"title": "Empty", "minutes": "5", "required": "on", "package": "", "body": streamfield([])}
    response = _signed_in(author).post(_add_url(), {**_form(author, lessons=[empty]), "action-submit": "1"})
    assert "The lesson “Empty” is empty" in response.content.decode()


def test_live_course_cannot_be_deleted_and_says_why(curator):
    course = make_course()
    url = reverse("wagtailadmin_pages:delete", args=[course.pk])
    _signed_in(curator).post(url)
    assert CoursePage.objects.filter(pk=course.pk).exists()


def test_curator_unpublishes(curator):
    course = make_course()
    _signed_in(curator).post(reverse("wagtailadmin_pages:unpublish", args=[course.pk]))
    course.refresh_from_db()
    assert not course.live


def test_author_cannot_unpublish(author):
    course = make_course()
    _signed_in(author).post(reverse("wagtailadmin_pages:unpublish", args=[course.pk]))
    course.refresh_from_db()
    assert course.live


def test_package_is_uploaded_in_the_chooser(author):
    url = reverse("package_chooser:create")
    response = _signed_in(author).post(url, {"file": SimpleUploadedFile("p.zip", build_zip().read())})
    assert response.json()["step"] == "chosen"
    assert Package.objects.get().uploaded_by == author


def test_package_that_is_no_zip_is_refused_at_the_field(author):
    url = reverse("package_chooser:create")
    response = _signed_in(author).post(url, {"file": SimpleUploadedFile("p.zip", BytesIO(b"no zip").read())})
    assert "not a zip archive" in response.json()["htmlFragment"]
    assert not Package.objects.exists()


@pytest.mark.parametrize("mode", ["", "lesson-1", "lesson-99", "lesson-x"])
def test_preview_shows_the_draft_and_may_be_framed_by_the_studio(author, mode):
    course = _submitted(author)
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[course.pk])
    client = _signed_in(author)
    client.post(url, _form(author))
    response = client.get(f"{url}?mode={mode}")
    assert response.status_code == 200
    assert "frame-ancestors 'self'" in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert ("Remember this." in response.content.decode()) == (mode == "lesson-1")


@pytest.mark.parametrize(
    "name", ["../secrets/secret_key", "documents/x.pdf", "images/none.png", "images/", "images/a.svg"]
)
def test_media_sends_pictures_only(author, name):
    assert _signed_in(author).get(f"/media/{name}").status_code == 404


def test_media_asks_strangers_to_sign_in():
    assert Client().get("/media/images/a.png").status_code == 302


@pytest.mark.parametrize("role", [None, Role.AUTHOR, Role.CURATOR, Role.TALENT_ADMINISTRATOR])
def test_studio_api_publishes_nothing(role):
    person = make_holder(role) if role else make_person(is_superuser=True, is_staff=True)
    course = make_course(publish=False)
    _signed_in(person).post(f"/studio/api/main/pages/{course.pk}/action/publish/")
    course.refresh_from_db()
    assert not course.live


@pytest.mark.parametrize("role", [None, Role.AUTHOR, Role.CURATOR, Role.TALENT_ADMINISTRATOR])
@pytest.mark.parametrize(
    "path", ["api/main/pages/{}/action/delete/", "pages/{}/delete/", "bulk/wagtailcore/page/delete/?id={}"]
)
def test_course_that_was_live_is_deleted_by_no_way(role, path):
    person = make_holder(role) if role else make_person(is_superuser=True, is_staff=True)
    course = make_course()
    enrol(make_person(), course)
    CoursePage.objects.get(pk=course.pk).unpublish()
    _signed_in(person).post(f"/studio/{path.format(course.pk)}")
    assert CoursePage.objects.filter(pk=course.pk).exists()


def _keys(course):
    rows = {str(lesson.key) for lesson in course.lessons.all()}
    drafts = {one["key"] for revision in course.revisions.all() for one in revision.content["lessons"]}
    return rows | drafts


def _copy_by_hand(course):
    course.copy(update_attrs={"slug": "a-copy"}, keep_live=False)


def _copy_by_form(course):
    form = {"new_title": "A copy", "new_slug": "a-copy", "new_parent_page": str(CatalogueRoot.objects.get().pk)}
    _signed_in(make_holder(Role.CURATOR)).post(reverse("wagtailadmin_pages:copy", args=[course.pk]), form)


def _copy_by_api(course):
    _signed_in(make_holder(Role.CURATOR)).post(
        f"/studio/api/main/pages/{course.pk}/action/copy/",
        {"slug": "a-copy", "keep_live": False},
        content_type="application/json",
    )


@pytest.mark.parametrize("copy", [_copy_by_hand, _copy_by_form, _copy_by_api])
def test_copied_course_shares_no_identity_with_its_source(author, copy):
    course = _submitted(author)
    draft = course.get_latest_revision_as_object()
    draft.lessons.add(Lesson(title="Only in the draft", sort_order=9, body=[]))
    draft.save_revision()
    copy(CoursePage.objects.get(pk=course.pk))
    made = CoursePage.objects.get(slug="a-copy")
    assert made.key != course.key
    assert not _keys(made) & _keys(CoursePage.objects.get(pk=course.pk))
    copied = made.get_latest_revision_as_object()
    assert [lesson.title for lesson in copied.lessons.all()] == ["One", "Only in the draft"]
    assert copied.lessons.first().key == made.lessons.get().key
    assert copied.key == made.key


@pytest.mark.parametrize("by_form", [True, False])
def test_copying_publishes_nothing_even_for_a_superuser(by_form):
    course, client = make_course(), _signed_in(make_person(is_superuser=True, is_staff=True))
    if by_form:
        form = {"new_title": "A copy", "new_slug": "a-copy", "new_parent_page": str(CatalogueRoot.objects.get().pk)}
        client.post(reverse("wagtailadmin_pages:copy", args=[course.pk]), {**form, "publish_copies": "on"})
    else:
        url = f"/studio/api/main/pages/{course.pk}/action/copy/"
        client.post(url, {"slug": "a-copy", "keep_live": True}, content_type="application/json")
    assert CoursePage.objects.filter(live=True).count() == 1
