"""`mycelia import package FILE --course SLUG`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from mycelia.content import api
from mycelia.content.errors import CourseNotFound, InvalidCourse
from mycelia.content.types import CourseText, LessonText
from mycelia.delivery import api as delivery
from mycelia.kernel.errors import MyceliaError
from mycelia.kernel.policy import Actor

ACTOR = "mycelia import package"
NOT_YET = gettext_noop(
    "“%(slug)s” cannot be published yet: a course in the catalogue needs %(fields)s. Nothing was changed; "
    "leave out --publish and complete the draft in the studio."
)


class Command(BaseCommand):
    """Install a course package and add it to a course as its last lesson."""

    help = (
        "Install a course package (SCORM 1.2 zip) and add it as the last lesson of a course's draft, which then goes "
        "through review in the studio. Exit status: 0 done, 1 refused and nothing changed, 2 wrong usage."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("file", type=Path, help="the zip file")
        parser.add_argument("--course", required=True, metavar="SLUG", help="the course's address in the catalogue")
        parser.add_argument("--lesson", metavar="TITLE", help="title of the lesson; the package's own when left out")
        parser.add_argument("--minutes", type=int, default=15, help="how long the lesson takes (15)")
        parser.add_argument("--create", action="store_true", help="create the course as a draft when there is none")
        parser.add_argument("--title", help="with --create: the title of the course")
        parser.add_argument("--publish", action="store_true", help="put it into the catalogue without review")
        parser.add_argument("--json", action="store_true", help="answer with JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Install, add, and say what was done."""
        if not options["file"].is_file():
            raise CommandError(f"There is no file {options['file']}.", returncode=2)
        if bool(options["title"]) != options["create"]:
            raise CommandError("--create and --title belong together.", returncode=2)
        try:
            done = self._import(options)
        except MyceliaError as error:
            self._refuse(error, as_json=options["json"])
        else:
            self.stdout.write(json.dumps(done) if options["json"] else _sentence(done))

    def _import(self, options: dict[str, Any]) -> dict[str, Any]:
        actor = Actor.system(ACTOR)
        self.stderr.write(f"Checking and unpacking {options['file'].name} ...")
        with options["file"].open("rb") as file:
            package = delivery.install_package(actor, file, options["file"].name)
        lesson = LessonText(options["lesson"] or package.title[:160], options["minutes"], package_id=package.pk)
        key, created = _add(actor, options, lesson)
        return {
            "package": str(package.pk),
            "sha256": package.digest,
            "course": options["course"],
            "lesson": str(key),
            "created": created,
            "published": options["publish"],
        }

    def _refuse(self, error: MyceliaError, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps({"error": error.code, "message": str(error)}))
        raise CommandError(str(error), returncode=1)


@transaction.atomic
def _add(actor: Actor, options: dict[str, Any], lesson: LessonText) -> tuple[Any, bool]:
    slug, publish = options["course"], options["publish"]
    try:
        return api.add_lesson(actor=actor, slug=slug, text=lesson, publish=publish), False
    except CourseNotFound:
        if not options["create"]:
            raise
    text = CourseText(slug=slug, title=options["title"], duration_minutes=lesson.minutes)
    api.create_course(actor=actor, text=text)
    try:
        return api.add_lesson(actor=actor, slug=slug, text=lesson, publish=publish), True
    except ValidationError as error:
        missing = ", ".join(sorted(error.message_dict))
        raise InvalidCourse(_(NOT_YET) % {"slug": slug, "fields": missing}) from error


def _sentence(done: dict[str, Any]) -> str:
    what = "in the catalogue" if done["published"] else "in its draft; send it to review in the studio"
    return f"Done: package {done['package']} is the last lesson of “{done['course']}”, {what}."
