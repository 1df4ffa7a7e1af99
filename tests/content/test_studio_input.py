"""What cannot be read is refused by the studio with a reason, never with a failure of the server."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from PIL import Image, UnidentifiedImageError
from wagtail.images.models import Image as WagtailImage
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from mycelia.content.models import CatalogueRoot
from mycelia.content.studio_urls import is_malformed_input, studio_door
from mycelia.kernel.errors import InvalidInput
from mycelia.kernel.policy import Role
from tests.factories.access import make_holder
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def author():
    return make_holder(Role.AUTHOR)


@pytest.fixture
def studio(author) -> Client:
    client = Client()
    client.force_login(author, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _half_a_picture() -> bytes:
    kept = BytesIO()
    Image.effect_noise((64, 64), 50).convert("RGB").save(kept, "JPEG")
    return kept.getvalue()[: len(kept.getvalue()) // 2]


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.png", b"\x89PNG\r\n\x1a\n" + b"garbage" * 40), ("a.jpg", _half_a_picture())],
    ids=["garbage", "truncated"],
)
@pytest.mark.parametrize("path", ["/studio/images/add/", "/studio/images/multiple/add/"])
def test_picture_that_cannot_be_read_is_refused(studio, name, content, path):
    field = "files[]" if "multiple" in path else "file"
    sent = {"title": "A picture", field: SimpleUploadedFile(name, content, "image/png")}
    answer = studio.post(path, sent, headers={"X-Requested-With": "XMLHttpRequest"})
    assert answer.status_code in {200, 422}
    assert not WagtailImage.objects.exists()


@pytest.mark.parametrize("chooser", ["package_chooser", "person_chooser"])
@pytest.mark.parametrize("rest", ["chosen/abc/", "chosen-multiple/?id=abc"])
def test_choice_of_nothing_there_is_is_refused(studio, chooser, rest):
    assert studio.get(f"/studio/{chooser}/{rest}").status_code in {404, 422}


def _form(owner, **fields):
    lesson = {"title": "One", "minutes": "5", "package": "", "body": streamfield([("key_point", {"text": "Remember"})])}
    values = {
        "title": "A course",
        "slug": "a-course",
        "summary": "What it is about and why it is worth the time it takes.",
        "objectives": "Explain it.",
        "duration_minutes": "10",
        "language": "en",
        "accountable": str(owner.pk),
        "review_date": "2031-01-01",
        "sources": "Own experience",
        "lessons": inline_formset([lesson]),
        "comments": inline_formset([]),
    }
    return {**nested_form_data(values), **fields}


@pytest.mark.parametrize("field", ["accountable", "lessons-TOTAL_FORMS", "lessons-0-body-count", "lessons-0-package"])
def test_course_form_with_words_for_numbers_is_refused(studio, author, field):
    url = reverse("wagtailadmin_pages:add", args=["content", "coursepage", CatalogueRoot.objects.get().pk])
    assert studio.post(url, _form(author, **{field: "abc"})).status_code in {200, 422}


def test_course_form_without_its_counts_is_refused(studio, author):
    url = reverse("wagtailadmin_pages:add", args=["content", "coursepage", CatalogueRoot.objects.get().pk])
    sent = {name: value for name, value in _form(author).items() if not name.endswith("-count")}
    assert studio.post(url, sent).status_code in {200, 422}


def test_catalogue_has_no_draft_to_look_at():
    client = Client()
    client.force_login(make_holder(Role.CURATOR), backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(f"/studio/pages/{CatalogueRoot.objects.get().pk}/view_draft/")
    assert answer.status_code in {302, 403}


def test_door_refuses_what_a_library_cannot_read():
    def view(request) -> HttpResponse:
        raise UnidentifiedImageError("cannot identify image file")

    request = RequestFactory().get("/")
    request.user = make_person(is_superuser=True)
    with pytest.raises(InvalidInput):
        studio_door(view)(request)


@pytest.mark.parametrize(
    "raising",
    [
        "raise ValueError('ours')",
        "raise OSError(28, 'No space left on device')",
        "raise SyntaxError('ours')",
    ],
)
def test_failure_of_our_own_is_not_taken_for_malformed_input(raising):
    with pytest.raises((ValueError, OSError, SyntaxError)) as caught:
        exec(raising, {"__name__": "mycelia.content.somewhere"})
    assert not is_malformed_input(caught.value)


@pytest.mark.parametrize("name", ["original_images/" + "a/" * 3000 + "b.png", "original_images/" + "a" * 300 + ".png"])
def test_media_with_a_name_no_file_can_have_is_not_found(studio, name):
    assert studio.get(f"/media/{name}").status_code == 404
