"""A company small enough to be built in a test, with one object of every kind an address can name."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from io import BytesIO
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.test import TestCase

from mycelia.access import api as access
from mycelia.business_case import api as business_case
from mycelia.business_case.types import ItemKind
from mycelia.content import api as content
from mycelia.content.types import CourseText, LessonText
from mycelia.kernel.policy import Actor, Role
from mycelia.learning import api as learning
from mycelia.people import api as people
from mycelia.people.tasks import check_import
from mycelia.records import api as records
from mycelia.records.actions.storing import platform_authority, store_sent
from mycelia.records.types import Scope, Terms
from tests.factories.access import make_holder
from tests.factories.blueprint import make_content_model, make_link, make_system
from tests.factories.business_case import make_complete_case
from tests.factories.delivery import make_package
from tests.factories.people import make_person, make_unit
from tests.factories.records import make_statement
from tests.factories.stores import make_dead_letter, make_destination

SYSTEM = Actor.system("tests")

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d494844520000000100000001080600000"
    "01f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
ESSAY = {
    "usageType": "http://example.com/usage/essay",
    "display": {"en": "Essay"},
    "contentType": "text/plain",
    "length": 5,
    "sha2": sha256(b"essay").hexdigest(),
    "fileUrl": "https://example.com/essay",
}


@dataclass(frozen=True, slots=True)
class Company:
    """People by role, and what addresses refer to by parameter, or by "beginning parameter" where one means several."""

    people: dict[str, Any]
    references: dict[str, Any] = field(default_factory=dict)


def build_company() -> Company:
    """Return a company in which the learner reports to the manager and everything personal is the learner's."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        staff = _people()
        references = _course(staff) | _case() | _blueprint() | _studio() | _platform(staff)
    return Company(staff, references)


def _people() -> dict[str, Any]:
    unit, manager = make_unit("SALES", name="Sales"), make_person("manager@example.com")
    staff = {
        role.value: make_holder(role, email=f"{role.value}@example.com")
        for role in Role
        if role not in {Role.LEARNER, Role.MANAGER}
    }
    learner = make_person("learner@example.com", unit=unit, manager=manager, given_name="Lena", family_name="Ort")
    return {"learner": learner, "manager": manager, **staff}


def _course(staff: dict[str, Any]) -> dict[str, Any]:
    options = [
        {"text": "Yes", "correct": True, "feedback": "So it is."},
        {"text": "No", "correct": False, "feedback": ""},
    ]
    blocks = ({"type": "question", "prompt": "Is it so?", "options": options},)
    text = CourseText(
        slug="open-questions",
        title="Open questions",
        summary="How to ask them.",
        objectives=("Ask one",),
        sources=("Own work",),
        topics=("Coaching",),
        lessons=(LessonText("First", blocks=blocks), LessonText("Second", package_id=make_package().id)),
        accountable_id=staff["author"].pk,
    )
    page = content.create_course(actor=SYSTEM, text=text, publish=True)
    lessons = content.outline_by_slug("open-questions").lessons
    learner = access.actor_for(staff["learner"])
    enrolment = learning.enrol(actor=learner, learner_id=staff["learner"].pk, slug="open-questions")
    attempt = learning.start_package(actor=learner, enrolment=enrolment, key=lessons[1].key, return_path="/learn/")
    return {
        "catalog/<slug:slug> slug": "open-questions",
        "learn/<course_slug:slug> slug": "open-questions",
        "key": lessons[1].key,
        "activities/courses/<uuid:key> key": page.key,
        "block_id": content.lesson_blocks(page.pk, lessons[0].key)[0].id,
        "learn/<course_slug:slug>/<uuid:key>/answers key": lessons[0].key,
        "attempt_id": attempt,
        "page": page.pk,
        "package": lessons[1].package_id,
    }


def _case() -> dict[str, Any]:
    case = make_complete_case("growth")
    objective = case.objectives.get()
    row = b"date,amount,reference,category\n2026-01-01,1,A-1,licences\n"
    business_case.import_ledger(actor=SYSTEM, case=case, content=row, file_name="bookings.csv")
    comment = business_case.add_comment(actor=SYSTEM, case=case, item="terms", text="Why?")
    version = business_case.freeze_case(actor=SYSTEM, case=case, title="First")
    link, _word = business_case.share_version(actor=SYSTEM, version=version)
    business_case.present_case(actor=SYSTEM, case=make_complete_case("told"))
    return {
        "briefs/<slug:slug> slug": "told",
        "comment_id": comment.pk,
        "file_id": case.ledger_files.get().pk,
        "case/<slug:slug>/versions/<int:number> number": version.number,
        "case/<slug:slug>/versions/shares/<int:link_id> link_id": link.pk,
        "case/<slug:slug> slug": "growth",
        "template": "onboarding",
        "case/<slug:slug>/<line_kind:kind> kind": "costs",
        "case/<slug:slug>/<part:part> part": "options",
        "case/<slug:slug>/<part:part>/<str:key> key": business_case.items_of(case, ItemKind.OPTION)[1].key,
        "case/<slug:slug>/options/<str:key> key": business_case.items_of(case, ItemKind.OPTION)[1].key,
        "objective_id": objective.pk,
        "kpi_id": objective.kpis.get().pk,
        "line_id": case.cost_lines.get().pk,
        "export_file": "lines.csv",
    }


def _blueprint() -> dict[str, Any]:
    system = make_system(name="Old platform")
    return {
        "element": "culture",
        "system_id": system.pk,
        "link_id": make_link(system, make_system(name="Wiki")).pk,
        "model_id": make_content_model("Media").pk,
        "finding": business_case.readiness(SYSTEM)[0].finding.key,
    }


def _studio() -> dict[str, Any]:
    model = apps.get_model
    collection = model("wagtailcore.Collection").objects.first()
    picture = ImageFile(BytesIO(PIXEL), name="picture.png")
    image = model("wagtailimages.Image").objects.create(title="Picture", collection=collection, file=picture)
    document = model("wagtaildocs.Document")(title="Paper", collection=collection)
    document.file.save("paper.txt", ContentFile(b"paper"), save=True)
    return {
        "collection": collection.pk,
        "image_id": image.pk,
        "document": document.pk,
        "document name": document.filename,
        "workflow": model("wagtailcore.Workflow").objects.first().pk,
        "task": model("wagtailcore.Task").objects.first().pk,
        "topic": model("content.Topic").objects.first().pk,
        "group": model("auth.Group").objects.first().pk,
        "site": model("wagtailcore.Site").objects.first().pk,
    }


def _platform(staff: dict[str, Any]) -> dict[str, Any]:
    administrator = access.actor_for(staff["talent_administrator"])
    run = people.upload_people_file(
        actor=administrator, content=b"employee_number\n", file_name="people.csv", full=False, job=check_import
    )
    people.check_run(run.pk)
    statement = make_statement(actor=records.agent_for(staff["learner"].pk), id=str(uuid4()), attachments=[ESSAY])
    (statement_id,) = store_sent(
        [statement], authority=platform_authority(), version="1.0.3", attachments={ESSAY["sha2"]: b"essay"}
    ).statement_ids
    terms = Terms(frozenset({Scope.STATE}))
    return {
        "run_id": run.pk,
        "credential_id": records.create_credential(actor=SYSTEM, name="LMS", terms=terms).credential_id,
        "statement_id": statement_id,
        "sha2": ESSAY["sha2"],
        "destination_id": make_dead_letter(make_destination("http://127.0.0.1:9/xapi/"), statement_id),
        "assignment_id": access.assignments().get(role="finance_analyst").pk,
        "person_id": staff["learner"].pk,
    }
