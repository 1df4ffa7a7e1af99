"""Addresses of the catalogue and of learning."""

from __future__ import annotations

from django.urls import path

from mycelia.learning import addresses  # noqa: F401 - registers the converter
from mycelia.learning.views import activities, catalogue, courses, lessons

app_name = "learning"

urlpatterns = [
    path("catalog/", catalogue.catalogue, name="catalogue"),
    path("catalog/<slug:slug>/", catalogue.course, name="course"),
    path("learn/", courses.home, name="home"),
    path("learn/<course_slug:slug>/", courses.overview, name="overview"),
    path("learn/<course_slug:slug>/enrolment/", courses.enrolment, name="enrolment"),
    path("learn/<course_slug:slug>/withdrawal/", courses.withdrawal, name="withdrawal"),
    path("learn/<course_slug:slug>/<uuid:key>/", lessons.lesson, name="lesson"),
    path("learn/<course_slug:slug>/<uuid:key>/completion/", lessons.completion, name="completion"),
    path("learn/<course_slug:slug>/<uuid:key>/attempt/", lessons.attempt, name="attempt"),
    path("learn/<course_slug:slug>/<uuid:key>/answers/<str:block_id>/", lessons.answer, name="answer"),
    path("activities/courses/<uuid:key>/", activities.course, name="course-activity"),
    path("activities/lessons/<uuid:key>/", activities.lesson, name="lesson-activity"),
]
