"""Twelve months of learning: campaigns with due dates, what people chose themselves, and where they got stuck."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from mycelia.demo.design.accounts import ACCOUNTS, LEARNER
from mycelia.demo.design.company import YEAR_DAYS
from mycelia.demo.design.randomness import seeded
from mycelia.demo.types import Colleague, Company, CourseOutline, Learning, Source

ESSENTIAL_SLUG = "information-security-essentials"
FIRST_DAYS = timedelta(days=30)
_SHOWN = frozenset(account.email for account in ACCOUNTS)


@dataclass(frozen=True, slots=True)
class Campaign:
    """A course assigned to an audience `started` days before the history ends, to be done within `allowed` days."""

    slug: str
    started: int
    allowed: int
    audience: Callable[[Colleague, frozenset[str]], bool]


def _everybody(person: Colleague, leaders: frozenset[str]) -> bool:
    return True


def _leads(person: Colleague, leaders: frozenset[str]) -> bool:
    return person.number in leaders


def _units(*prefixes: str) -> Callable[[Colleague, frozenset[str]], bool]:
    return lambda person, leaders: person.stays[-1].unit_code.startswith(prefixes)


CAMPAIGNS = (
    Campaign(ESSENTIAL_SLUG, 300, 45, _everybody),
    Campaign("a-good-first-ninety-days", 230, 60, _leads),
    Campaign("testable-learning-objectives", 200, 60, _units("PPL-LEA")),
    Campaign("data-protection-for-learning-teams", 150, 40, _units("PPL", "SAL-SUP", "FIN-QUA")),
    Campaign("feedback-people-can-use", 120, 60, _leads),
    Campaign("accessible-documents-and-courses", 80, 70, _units("SAL-MAR", "SAL-SUP", "ENG-FIR", "PPL-LEA")),
    Campaign("reading-data-without-fooling-yourself", 60, 75, _units("FIN-CON", "FIN-QUA", "ENG-LAB")),
    Campaign("difficult-conversations", 25, 45, _leads),
    Campaign("coaching-on-the-job", 18, 40, _units("SAL-SER", "OPS-ASM", "OPS-MAI")),
)
# Lena's shelf: slug, source, days ago enrolled, due in days, lessons done (None: completed).
_LEARNERS_SHELF: tuple[tuple[str, Source, int, int | None, int | None], ...] = (
    (ESSENTIAL_SLUG, "assigned", 300, -255, None),
    ("feedback-people-can-use", "self", 110, None, None),
    ("data-protection-for-learning-teams", "assigned", 45, -5, 0),
    ("accessible-documents-and-courses", "assigned", 24, 6, 2),
    ("reading-data-without-fooling-yourself", "self", 12, None, 1),
)


def design_history(company: Company, courses: Sequence[CourseOutline], *, seed: int = 2) -> Iterator[Learning]:
    """Yield who learned what and when, over the year before `company.as_of`; nothing lies after that day.

    Args:
        company: Whose people learn.
        courses: All published courses, the most popular first; campaigns for absent courses are left out.
        seed: Chooses another year of the same kind.
    """
    shelf = {course.slug: course for course in courses}
    weights = [1 / (rank + 3) for rank in range(len(courses))]
    leaders = frozenset(
        stay.manager_number
        for person in company.people
        for stay in person.stays[-1:]
        if stay.manager_number is not None
    )
    for person in company.people:
        randomness = seeded(seed, person.number)
        if person.email == LEARNER.email:
            yield from _learners_history(person, shelf, company.as_of)
            continue
        diligence = _diligence(randomness, person, seed)
        assigned = list(_assigned(person, leaders, shelf, company.as_of))
        chosen = _chosen(randomness, person, courses, weights, {slug for slug, *_ in assigned}, company.as_of)
        for slug, source, enrolled_on, due_on in [*assigned, *chosen]:
            yield _learning(randomness, person, shelf[slug], (source, enrolled_on, due_on), diligence, company.as_of)


def _diligence(randomness: random.Random, person: Colleague, seed: int) -> float:
    if person.email in _SHOWN:
        return 1.0
    team = seeded(seed, "team", person.stays[-1].manager_number).betavariate(6, 1.8)
    return 0.5 * team + 0.5 * randomness.betavariate(5, 1.3)


def _assigned(
    person: Colleague, leaders: frozenset[str], shelf: dict[str, CourseOutline], as_of: date
) -> Iterator[tuple[str, Source, date, date | None]]:
    for campaign in CAMPAIGNS:
        if campaign.slug not in shelf or not campaign.audience(person, leaders):
            continue
        start = as_of - timedelta(days=campaign.started)
        due = start + timedelta(days=campaign.allowed)
        if campaign.slug == ESSENTIAL_SLUG and person.joined_on > start:
            start, due = person.joined_on, person.joined_on + FIRST_DAYS
        if _works_here(person, start) and start < as_of:
            yield campaign.slug, "assigned", start, due


def _chosen(
    randomness: random.Random,
    person: Colleague,
    courses: Sequence[CourseOutline],
    weights: Sequence[float],
    taken: set[str],
    as_of: date,
) -> list[tuple[str, Source, date, date | None]]:
    if not courses:
        return []
    count = randomness.choices((0, 1, 2, 3, 4), (18, 30, 28, 16, 8))[0]
    picks = {course.slug for course in randomness.choices(courses, weights, k=count)} - taken
    days = [(slug, as_of - timedelta(days=randomness.randint(2, YEAR_DAYS))) for slug in sorted(picks)]
    return [(slug, "self", day, None) for slug, day in days if _works_here(person, day)]


def _works_here(person: Colleague, day: date) -> bool:
    return person.joined_on <= day and (person.left_on is None or day < person.left_on)


def _learning(
    randomness: random.Random,
    person: Colleague,
    course: CourseOutline,
    enrolment: tuple[Source, date, date | None],
    diligence: float,
    as_of: date,
) -> Learning:
    source, enrolled_on, due_on = enrolment
    lessons = len(course.lesson_keys)
    finishes = randomness.random() < (diligence if source == "assigned" else diligence * 0.85)
    wanted = lessons if finishes else randomness.choice(range(lessons))
    last_day = min(as_of, person.left_on or as_of)
    moments = _moments(randomness, enrolled_on, wanted, source)
    done = tuple(moment for moment in moments if moment.date() < last_day)
    completed_at = done[-1] if finishes and len(done) == lessons else None
    enrolled_at = _at(enrolled_on, 6 * 60 + 30)
    return Learning(person.number, course.slug, source, enrolled_at, due_on, done, completed_at)


def _moments(randomness: random.Random, start: date, count: int, source: Source) -> list[datetime]:
    day = start + timedelta(days=int(randomness.expovariate(1 / (16 if source == "assigned" else 3))))
    moments = []
    minute = randomness.randint(7 * 60, 15 * 60)
    for _ in range(count):
        moments.append(_at(_working_day(day), minute))
        if randomness.random() < 0.55:
            minute += randomness.randint(3, 9)
        else:
            day, minute = day + timedelta(days=randomness.randint(1, 9)), randomness.randint(7 * 60, 15 * 60)
    return sorted(moments)


def _working_day(day: date) -> date:
    return day + timedelta(days=max(0, 7 - day.weekday())) if day.weekday() > 4 else day


def _at(day: date, minute: int) -> datetime:
    return datetime.combine(day, time(minute // 60, minute % 60), tzinfo=UTC)


def _learners_history(person: Colleague, shelf: dict[str, CourseOutline], as_of: date) -> Iterator[Learning]:
    for slug, source, ago, due_in, done in _LEARNERS_SHELF:
        if slug not in shelf:
            continue
        start = as_of - timedelta(days=ago)
        lessons = len(shelf[slug].lesson_keys)
        moments = tuple(_at(start + timedelta(days=3 + i // 2), 540 + 7 * i) for i in range(lessons))
        finished = moments[: lessons if done is None else done]
        yield Learning(
            person.number,
            slug,
            source,
            _at(start, 400),
            None if due_in is None else as_of + timedelta(days=due_in),
            finished,
            finished[-1] if done is None else None,
        )
