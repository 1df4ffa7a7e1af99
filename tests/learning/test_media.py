"""Pictures, videos and files in lessons."""

from __future__ import annotations

import re
from contextlib import closing
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from tests.factories.content import make_course
from tests.factories.learning import enrol
from tests.factories.people import make_person

pytestmark = [
    pytest.mark.django_db,
    # Wagtail leaves the closing of a rendition's temporary file to the garbage collector.
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]


def _document(name: str):
    return get_document_model().objects.create(title=name, file=ContentFile(b"x", name=name))


def _lesson_html(client, *blocks) -> str:
    person, course = make_person(), make_course()
    lesson = course.lessons.first()
    lesson.body = [{"type": kind, "value": value, "id": str(uuid4())} for kind, value in blocks]
    lesson.save()
    enrol(person, course)
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client.get(f"/learn/{course.slug}/{lesson.key}/").content.decode()


def _picture():
    return get_image_model().objects.create(title="A tree", file=get_test_image_file())


def test_picture_has_its_text_its_size_and_is_sent(client):
    value = {"image": _picture().pk, "alt": 'A "tall" tree', "decorative": False, "caption": "In May"}
    html = _lesson_html(client, ("image", value))
    assert 'alt="A &quot;tall&quot; tree"' in html
    assert 'width="640"' in html
    assert "In May" in html
    source = re.search(r'<img src="(/media/[^"]+)"', html)
    assert source
    response = client.get(source[1])
    assert response.status_code == 200
    assert response["Content-Type"] == "image/webp"
    assert b"".join(response)


def test_decorative_picture_is_silent(client):
    value = {"image": _picture().pk, "alt": "ignored", "decorative": True, "caption": ""}
    assert 'alt=""' in _lesson_html(client, ("image", value))


def test_video_has_captions_and_transcript(client):
    value = {
        "file": _document("talk.mp4").pk,
        "title": "A talk",
        "captions": _document("talk.vtt").pk,
        "transcript": "<p>Words <script>alert(1)</script></p>",
    }
    html = _lesson_html(client, ("video", value))
    assert '<track kind="captions"' in html
    assert "Read the transcript" in html
    assert "alert(" not in html


def test_file_is_offered_with_kind_and_size_and_sent(client):
    document = _document("list.pdf")
    html = _lesson_html(client, ("document", {"document": document.pk, "description": "To print"}))
    assert "PDF" in html
    assert document.url in html
    with closing(client.get(document.url)) as response:
        assert response.status_code == 200
        assert b"".join(response.streaming_content)


def test_documents_ask_strangers_to_sign_in(client):
    assert client.get(_document("list.pdf").url).status_code == 302


def test_every_other_block_is_shown(client):
    html = _lesson_html(
        client,
        ("heading", {"text": "A heading"}),
        ("example", {"title": "An example", "html": "<p>Told.</p>"}),
        ("quote", {"text": "Words", "source": "Somebody"}),
        ("checklist", {"title": "Steps", "items": ["First", "Second"]}),
        ("reflection", {"question": "What do you think?"}),
    )
    for text in ("A heading", "An example", "Told.", "Somebody", "Second", "What do you think?"):
        assert text in html
