from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.test import Client

from mycelia.content import api as content
from mycelia.content.models import CoursePage
from mycelia.learning.models import Completion, Enrolment
from mycelia.records import api as records
from tests.factories.content import lesson, make_course
from tests.factories.delivery import make_package
from tests.factories.learning import complete, enrol
from tests.factories.packages import Blueprint, Part
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db

HOSTILE = '<p>Hello <script>alert(1)</script><a href="javascript:alert(2)">link</a><img src=x onerror=alert(3)></p>'
QUESTION = {
    "type": "question",
    "prompt": "Which?",
    "options": [
        {"text": "This", "correct": True, "feedback": "Yes, this."},
        {"text": "That", "correct": False, "feedback": "No, not that."},
    ],
}


@pytest.fixture
def person():
    return make_person()


@pytest.fixture
def client(person):
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _lesson_url(course, number=0):
    return f"/learn/{course.slug}/{list(course.lessons.all())[number].key}/"


@pytest.mark.parametrize("path", ["/catalog/", "/learn/", "/catalog/x/", "/learn/x/"])
def test_pages_ask_strangers_to_sign_in(path):
    response = Client().get(path)
    assert response.status_code == 302
    assert response.url.startswith("/accounts/login/")


def test_catalogue_empty_says_what_happens_next(client):
    assert "still empty" in client.get("/catalog/").content.decode()


def test_catalogue_shows_published_courses_only(client):
    shown, hidden = make_course(), make_course(publish=False)
    html = client.get("/catalog/").content.decode()
    assert shown.title in html
    assert hidden.title not in html


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=feedb", True),
        ("?q=nothing+like+it", False),
        ("?topic=people", True),
        ("?topic=unknown", True),
        ("?time=10", True),
        ("?time=abc&sort=%00&page=-1", True),
        ("?q=%27%3B--%26%7C%21%3A%2A%00", True),
    ],
)
def test_catalogue_filters_and_survives_nonsense(client, query, found):
    make_course(title="Giving feedback", topics=("People",), duration_minutes=9)
    response = client.get(f"/catalog/{query}")
    assert response.status_code == 200
    assert ("Giving feedback" in response.content.decode()) == found


def test_catalogue_with_time_leaves_out_longer_courses(client):
    make_course(title="A long one", duration_minutes=45)
    assert "A long one" not in client.get("/catalog/?time=30").content.decode()


@pytest.mark.parametrize("courses", [1, 12])
def test_catalogue_queries_are_constant(client, person, courses, django_assert_max_num_queries):
    for _ in range(courses):
        enrol(person, make_course(topics=("People",)))
    client.get("/catalog/")
    with django_assert_max_num_queries(11):
        client.get("/catalog/?q=course")


@pytest.mark.parametrize("courses", [1, 12])
def test_my_learning_queries_are_constant(client, person, courses, django_assert_max_num_queries):
    for _ in range(courses):
        enrol(person, make_course())
    client.get("/learn/")
    with django_assert_max_num_queries(8):
        client.get("/learn/")


def test_catalogue_answers_htmx_with_the_same_fragment(client):
    course = make_course()
    response = client.get("/catalog/", headers={"HX-Request": "true"})
    assert course.title in response.content.decode()
    assert "<html" not in response.content.decode()
    assert "HX-Request" in response["Vary"]


def test_course_page_tells_owner_sources_and_review(client, person):
    course = make_course(accountable_id=person.pk, review_date=date(2031, 5, 4), sources=("Somebody (2020).",))
    html = client.get(f"/catalog/{course.slug}/").content.decode()
    for text in (person.full_name, "4 May 2031", "Somebody (2020).", "Explain it.", "Enrol and start"):
        assert text in html


@pytest.mark.parametrize("slug", ["nope", "x" * 300])
def test_course_page_of_nothing_is_404(client, slug):
    assert client.get(f"/catalog/{slug}/").status_code == 404


def test_course_page_of_a_draft_is_404(client):
    assert client.get(f"/catalog/{make_course(publish=False).slug}/").status_code == 404


def test_unpublished_course_leaves_the_catalogue_but_not_its_learners(client, person):
    course = make_course()
    enrol(person, course)
    CoursePage.objects.get(pk=course.pk).unpublish()
    assert client.get(f"/catalog/{course.slug}/").status_code == 404
    assert client.get(f"/learn/{course.slug}/").status_code == 200
    assert client.post(f"{_lesson_url(course)}completion/").status_code == 302


def test_enrolment_leads_to_the_first_lesson(client, person):
    course = make_course()
    response = client.post(f"/learn/{course.slug}/enrolment/")
    assert response.url == _lesson_url(course)
    assert client.get(response.url).status_code == 200
    assert Enrolment.objects.get().learner == person


def test_lesson_of_a_course_not_taken_is_404(client):
    course = make_course()
    enrol(make_person(), course)
    assert client.get(_lesson_url(course)).status_code == 404
    assert client.post(f"{_lesson_url(course)}completion/").status_code == 404
    assert not Completion.objects.exists()


def test_lesson_unknown_is_404(client, person):
    course = make_course()
    enrol(person, course)
    assert client.get(f"/learn/{course.slug}/{uuid4()}/").status_code == 404


def test_lessons_done_one_after_the_other_complete_the_course(client, person):
    course = make_course()
    enrol(person, course)
    first = client.post(f"{_lesson_url(course)}completion/")
    assert first.url == _lesson_url(course, 1)
    last = client.post(f"{_lesson_url(course, 1)}completion/")
    assert last.url == f"/learn/{course.slug}/"
    html = client.get(last.url).content.decode()
    assert "You completed this course" in html
    assert "Why this counts as completed" in html


def test_lesson_state_changes_only_by_post(client, person):
    course = make_course()
    enrol(person, course)
    for part in ("completion/", "attempt/", "answers/x/"):
        assert client.get(f"{_lesson_url(course)}{part}").status_code == 405


def test_lesson_text_is_shown_without_what_could_harm(client, person):
    course = make_course(lessons=(lesson("Bad", html="<p>x</p>"),))
    stored = course.lessons.first()
    stored.body = [{"type": "paragraph", "value": {"html": HOSTILE}, "id": str(uuid4())}]
    stored.save()
    enrol(person, course)
    html = client.get(_lesson_url(course)).content.decode()
    assert "alert(" not in html
    assert "<p>Hello <a>link</a></p>" in html


def test_titles_are_escaped_everywhere(client, person):
    course = make_course(title="<b>Bold</b>", lessons=(lesson("<i>x</i>"),))
    enrol(person, course)
    for path in ("/catalog/", f"/catalog/{course.slug}/", "/learn/", f"/learn/{course.slug}/", _lesson_url(course)):
        assert "<b>Bold</b>" not in client.get(path).content.decode()


def _question_course():
    from mycelia.content.types import LessonText

    return make_course(lessons=(LessonText("Ask", 2, (QUESTION,)),))


def test_answer_gives_the_feedback_of_the_option(client, person):
    course = _question_course()
    enrolment = enrol(person, course)
    block = content.lesson_blocks(course.pk, course.lessons.first().key)[0]
    url = f"{_lesson_url(course)}answers/{block.id}/"
    assert "No, not that." in client.post(url, {"option": "1"}).content.decode()
    fragment = client.post(url, {"option": "0"}, headers={"HX-Request": "true"}).content.decode()
    assert "Yes, this." in fragment
    assert "<html" not in fragment
    assert len(list(records.statements_for_registration(enrolment.registration))) == 3


@pytest.mark.parametrize("option", ["", "7", "-1", "x", "9999999", "²"])
def test_answer_that_is_none_is_asked_again(client, person, option):
    course = _question_course()
    enrol(person, course)
    block = content.lesson_blocks(course.pk, course.lessons.first().key)[0]
    response = client.post(f"{_lesson_url(course)}answers/{block.id}/", {"option": option})
    assert response.status_code == 422
    assert "Choose an answer first." in response.content.decode()


def test_package_lesson_opens_the_player(client, person):
    course = make_course(lessons=(lesson("Play", package_id=make_package().pk),))
    enrol(person, course)
    response = client.post(f"{_lesson_url(course)}attempt/")
    assert response.url.startswith("/learn/attempts/")
    assert client.get(response.url).status_code == 200


def test_package_lesson_that_was_begun_says_what_remains(client, person):
    parts = Blueprint(parts=(Part("one"), Part("two"), Part("three")))
    course = make_course(lessons=(lesson("Play", package_id=make_package(parts).pk),))
    enrol(person, course)
    assert "Opens in the player" in client.get(_lesson_url(course)).content.decode()
    client.post(f"{_lesson_url(course)}attempt/")
    assert "3 of 3 parts left. It opens where you left it." in client.get(_lesson_url(course)).content.decode()


def test_withdrawal_asks_then_does(client, person):
    course = make_course()
    enrol(person, course)
    url = f"/learn/{course.slug}/withdrawal/"
    assert "Lessons you finished stay" in client.get(url).content.decode()
    assert Enrolment.objects.get().withdrawn_at is None
    assert client.post(url, {"confirmed": "yes"}).url == "/learn/"
    assert Enrolment.objects.get().withdrawn_at is not None


def test_completion_of_somebody_else_is_not_shown(client):
    course = make_course()
    complete(make_person(), course)
    assert client.get(f"/learn/{course.slug}/").status_code == 404


def test_activity_ids_lead_to_the_course(client):
    course = make_course()
    target = f"/catalog/{course.slug}/"
    assert client.get(f"/activities/courses/{course.key}/").url == target
    assert client.get(f"/activities/lessons/{course.lessons.first().key}/").url == target
    assert client.get(f"/activities/lessons/{uuid4()}/").status_code == 404


def test_search_finds_courses_in_one_query(client, django_assert_max_num_queries):
    make_course(title="Coaching on the job")
    assert "Coaching on the job" in client.get("/search/?q=coach").content.decode()
