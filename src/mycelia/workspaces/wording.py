"""Sentences that say what is left, by when and why."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mycelia.learning.types import CourseStanding, EnrolmentSource, Remaining
from mycelia.workspaces.types import Standing

MINUTES_PER_HOUR = 60
NEAR_DAYS = 14
TONES = {
    Standing.OVERDUE: "danger",
    Standing.STUCK: "warning",
    Standing.ON_TRACK: "success",
    Standing.NOTHING_OPEN: "neutral",
}


def lessons_left(remaining: Remaining) -> str:
    """Return what remains, in lessons."""
    if remaining.lessons_left == remaining.lessons_total:
        count = remaining.lessons_total
        return ngettext("%(count)s lesson", "%(count)s lessons", count) % {"count": count}
    facts = {"left": remaining.lessons_left, "total": remaining.lessons_total}
    return ngettext("%(left)s of %(total)s lessons left", "%(left)s of %(total)s lessons left", facts["left"]) % facts


def minutes(count: int) -> str:
    """Return how long something takes, as one would say it."""
    if count < MINUTES_PER_HOUR:
        return ngettext("about %(count)s minute", "about %(count)s minutes", count) % {"count": count}
    hours, rest = divmod(count, MINUTES_PER_HOUR)
    return _("about %(hours)s h %(minutes)s min") % {"hours": hours, "minutes": rest}


def due(day: date | None, today: date) -> str:
    """Return by when, near days counted and far ones as a date; empty without a due day."""
    if day is None:
        return ""
    days = (day - today).days
    if days == 0:
        return _("due today")
    if days < 0:
        return ngettext("%(count)s day overdue", "%(count)s days overdue", -days) % {"count": -days}
    if days <= NEAR_DAYS:
        return ngettext("due in %(count)s day", "due in %(count)s days", days) % {"count": days}
    return _("due on %(day)s") % {"day": date_format(day, "j F")}


def due_tone(day: date | None, today: date) -> str:
    """Return the tone of a due day: danger when it has passed, warning when it is near."""
    if day is None or (day - today).days > NEAR_DAYS:
        return "neutral"
    return "danger" if day < today else "warning"


def why(course: CourseStanding, today: date) -> str:
    """Return why this is the thing to do next."""
    if course.due_on is not None and course.due_on < today:
        return _("It was due on %(day)s.") % {"day": date_format(course.due_on, "j F")}
    if course.remaining.lessons_left == 1 and course.started:
        return _("One more lesson and it is done.")
    if course.started:
        return _("You are in the middle of it.")
    if course.source is EnrolmentSource.ASSIGNED:
        return _("It was assigned to you.")
    return _("You put it on your list.")


def place(course: CourseStanding) -> str:
    """Return where in the course to go on; empty when no lesson is left."""
    lesson = course.remaining.next_lesson
    if lesson is None:
        return ""
    words = _("Go on with “%(lesson)s”.") if course.started else _("It begins with “%(lesson)s”.")
    return words % {"lesson": lesson.title}


def ago(day: date, today: date) -> str:
    """Return how long ago a day was."""
    days = (today - day).days
    if days <= 0:
        return _("today")
    if days == 1:
        return _("yesterday")
    if days <= NEAR_DAYS:
        return ngettext("%(count)s day ago", "%(count)s days ago", days) % {"count": days}
    return date_format(day, "j F Y" if day.year != today.year else "j F")


def standing(value: Standing) -> str:
    """Return how somebody stands, in words."""
    words = {
        Standing.OVERDUE: _("Overdue"),
        Standing.STUCK: _("Stuck"),
        Standing.ON_TRACK: _("On track"),
        Standing.NOTHING_OPEN: _("Nothing open"),
    }
    return words[value]


def open_summary(overdue_count: int, near_count: int, open_count: int) -> str:
    """Return the state of a learner's desk in one sentence."""
    if overdue_count:
        return ngettext("One course is past its date.", "%(count)s courses are past their date.", overdue_count) % {
            "count": overdue_count
        }
    if near_count:
        return ngettext(
            "One course is due within two weeks.", "%(count)s courses are due within two weeks.", near_count
        ) % {"count": near_count}
    if open_count:
        return _("Nothing is pressing.")
    return _("Nothing is waiting for you.")


def team_summary(count: int, attention: int) -> str:
    """Return the state of a team in one sentence."""
    if not attention:
        return ngettext("Your one report is on track.", "All %(count)s of your reports are on track.", count) % {
            "count": count
        }
    return ngettext(
        "%(attention)s of %(count)s people needs a word.", "%(attention)s of %(count)s people need a word.", attention
    ) % {"attention": attention, "count": count}
