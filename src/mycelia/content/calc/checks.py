"""What a course must have before it goes to review."""

from __future__ import annotations

from mycelia.content.types import CourseFacts, CourseProblem, ProblemCode

MINIMUM_SUMMARY = 40


def course_problems(course: CourseFacts) -> tuple[CourseProblem, ...]:
    """Return everything that keeps a course from its review, in the order an author meets it.

    Example:
        >>> facts = CourseFacts(summary="", objectives=(), accountable=True, review_date=True, sources=True, lessons=())
        >>> [problem.code.value for problem in course_problems(facts)]
        ['summary_missing', 'objectives_missing', 'lessons_missing']
    """
    found = [
        CourseProblem(code, field)
        for wrong, code, field in (
            (not course.summary.strip(), ProblemCode.SUMMARY_MISSING, "summary"),
            (0 < len(course.summary.strip()) < MINIMUM_SUMMARY, ProblemCode.SUMMARY_SHORT, "summary"),
            (not course.objectives, ProblemCode.OBJECTIVES_MISSING, "objectives"),
            (not course.accountable, ProblemCode.OWNER_MISSING, "accountable"),
            (not course.review_date, ProblemCode.REVIEW_DATE_MISSING, "review_date"),
            (not course.sources, ProblemCode.SOURCES_MISSING, "sources"),
            (not course.lessons, ProblemCode.LESSONS_MISSING, None),
            (
                bool(course.lessons) and not any(lesson.required for lesson in course.lessons),
                ProblemCode.NOTHING_REQUIRED,
                None,
            ),
        )
        if wrong
    ]
    return (*found, *_lesson_problems(course))


def _lesson_problems(course: CourseFacts) -> list[CourseProblem]:
    found = []
    for number, lesson in enumerate(course.lessons, start=1):
        name = lesson.title.strip() or str(number)
        if not lesson.has_package and not lesson.block_count:
            found.append(CourseProblem(ProblemCode.LESSON_EMPTY, None, name))
        found += [CourseProblem(ProblemCode.PICTURE_WITHOUT_TEXT, None, name)] * (lesson.pictures_without_text > 0)
        found += [CourseProblem(ProblemCode.PACKAGE_UNUSABLE, None, name)] * lesson.package_unusable
    return found
