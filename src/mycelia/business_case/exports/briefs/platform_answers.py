"""Answers from what the platform recorded of itself: roles, courses, reviews, rules, and what it does not record."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mycelia.business_case.exports.briefs.evidence import AUDIT, RETENTION, ROLES, SYSTEMS
from mycelia.business_case.exports.briefs.questions import Sentence
from mycelia.business_case.exports.dossier import Dossier
from mycelia.business_case.pages import formats
from mycelia.business_case.types import CourseRecord, PlatformRecord, ReviewRecord, SystemPurpose
from mycelia.kernel.policy import Role

Answer = tuple[Sentence, ...]
Told = Callable[[PlatformRecord], Answer]


def governance(dossier: Dossier) -> Answer:
    """Who holds which role, how reviews go, how long records are kept, and what is logged."""
    return (
        *_of_record(dossier, _roles, _reviews, _overdue, _kept),
        Sentence(_("Consent is not measured yet: the platform would have to keep who agreed to what, and when.")),
    )


def course_lifecycle(dossier: Dossier) -> Answer:
    """How many courses stand where in their life, and when the next is to be checked."""
    return _of_record(dossier, _states)


def phones(_dossier: Dossier) -> Answer:
    """Nothing tells what is done on a phone."""
    return (
        Sentence(
            _(
                "What is done on phones is not measured yet: whatever is recorded of learning would have to say on "
                "what kind of device it was done."
            )
        ),
    )


def authors(dossier: Dossier) -> Answer:
    """Who may write and review, what they did, and what courses lack of owner, source and review date."""
    return (
        *_of_record(dossier, _writers, _editors, _reviews, _lacking),
        Sentence(
            _(
                "Whether authors are trained for it is not measured yet: a role would have to depend on a credential "
                "that expires."
            )
        ),
    )


def social(dossier: Dossier) -> Answer:
    """Which systems are there for it; the platform records nothing of it."""
    return (
        *_systems(dossier, SystemPurpose.COLLABORATION),
        Sentence(
            _(
                "What people learn from each other is not measured yet: discussions, questions with accepted answers "
                "and mentoring would have to be recorded."
            )
        ),
    )


def support(dossier: Dossier) -> Answer:
    """What there is to be found; whether it is found is not recorded."""
    return (
        *_systems(dossier, SystemPurpose.PERFORMANCE_SUPPORT),
        *_systems(dossier, SystemPurpose.KNOWLEDGE_BASE),
        *_of_record(dossier, _found_by_search),
        Sentence(
            _(
                "Whether help is found is not measured yet: searches, and the questions that nothing answered, would "
                "have to be kept."
            )
        ),
    )


def knowledge(dossier: Dossier) -> Answer:
    """Who puts knowledge into courses, who takes it from them, and what hangs on single people."""
    return (
        *_of_record(dossier, _given_and_taken, _at_risk),
        Sentence(
            _("What experts answer is not measured yet: questions and accepted answers would have to be recorded.")
        ),
    )


def personas(dossier: Dossier) -> Answer:
    """How many people it is for; who they are is not described."""
    return (
        *_of_record(dossier, lambda record: _scope(dossier, record)),
        Sentence(
            _(
                "Personas are not measured yet: groups of learners with their tasks, devices and times would have to "
                "be described or found in what people do."
            )
        ),
    )


def accessibility(dossier: Dossier) -> Answer:
    """What is checked before a review, and what nobody checks."""
    return (
        *_of_record(dossier, _checked),
        Sentence(
            _(
                "Captions, packages made elsewhere and use with assistive technology are not measured yet: their "
                "checks, and a conformance report of the release, would have to be kept."
            )
        ),
    )


def _of_record(dossier: Dossier, *told: Told) -> Answer:
    record = dossier.sheet.landscape.record if dossier.sheet.landscape else None
    return () if record is None else tuple(sentence for each in told for sentence in each(record))


def _systems(dossier: Dossier, purpose: SystemPurpose) -> Answer:
    found = dossier.sheet.landscape
    if found is None or not found.systems:
        return ()
    count = sum(system.purpose is purpose and system.is_live for system in found.systems)
    source = _("blueprint, as recorded on %(day)s") % {"day": formats.day(found.as_of)}
    return (Sentence(_live(purpose, count) % {"count": count}, source, SYSTEMS),)


def _live(purpose: SystemPurpose, count: int) -> str:
    """Return in words what so many live systems of one of three purposes are there for."""
    if purpose is SystemPurpose.COLLABORATION:
        return ngettext(
            "%(count)s live system is there for working together.",
            "%(count)s live systems are there for working together.",
            count,
        )
    if purpose is SystemPurpose.PERFORMANCE_SUPPORT:
        return ngettext("%(count)s live system gives help at work.", "%(count)s live systems give help at work.", count)
    return ngettext("%(count)s live system holds knowledge.", "%(count)s live systems hold knowledge.", count)


def _roles(record: PlatformRecord) -> Answer:
    counts = dict(record.roles)
    named = ", ".join(f"{role.label} {counts[role]}" for role in Role if role in counts)
    if not named:
        return ()
    words = _("People by assigned role: %(named)s; whatever no role permits is denied.")
    return (Sentence(words % {"named": named}, _in_force(record), ROLES),)


def _writers(record: PlatformRecord) -> Answer:
    counts = dict(record.roles)
    words = _("Who may write courses: %(authors)s; who may review and approve them: %(curators)s.")
    values = {"authors": counts.get(Role.AUTHOR, 0), "curators": counts.get(Role.CURATOR, 0)}
    return (Sentence(words % values, _in_force(record), ROLES),)


def _in_force(record: PlatformRecord) -> str:
    return _("roles in force on %(day)s") % {"day": formats.day(record.as_of)}


def _reviews(record: PlatformRecord) -> Answer:
    reviews = record.reviews or ReviewRecord()
    source = _("review workflow of the studio, %(since)s to %(day)s") % _year(record)
    if reviews.median_hours is None:
        words = _("Courses that wait for review: %(waiting)s; none was decided within the year.")
        return (Sentence(words % {"waiting": reviews.waiting}, source),)
    words = _(
        "Courses that wait for review: %(waiting)s; decided within the year: %(decided)s, half within %(hours)s hours."
    )
    hours = formats.number(Decimal(str(reviews.median_hours)), places=1)
    values = {"waiting": reviews.waiting, "decided": reviews.decided, "hours": hours}
    told = Sentence(words % values, source)
    if reviews.waiting_since is None:
        return (told,)
    return told, Sentence(_("The oldest waits since %(day)s.") % {"day": formats.day(reviews.waiting_since)}, source)


def _overdue(record: PlatformRecord) -> Answer:
    if (courses := _published(record)) is None:
        return ()
    words = _("%(overdue)s of %(live)s published courses are past the day by which somebody has to check them.")
    return (Sentence(words % {"overdue": courses.overdue, "live": courses.live}, _catalogue(record)),)


def _kept(record: PlatformRecord) -> Answer:
    day = {"day": formats.day(record.as_of)}
    entries = {"count": formats.number(Decimal(record.audit_entries))}
    logged = _("The log that nobody can alter unseen holds %(count)s entries.") % entries
    return (
        Sentence(_retention(record.retention_months), _("retention rule on %(day)s") % day, RETENTION),
        Sentence(logged, _("audit log on %(day)s") % day, AUDIT),
    )


def _retention(months: int | None) -> str:
    if months is None:
        return _("No rule ends how long records of learning are kept.")
    words = ngettext(
        "Records of learning are kept for %(months)s month.",
        "Records of learning are kept for %(months)s months.",
        months,
    )
    return words % {"months": months}


def _states(record: PlatformRecord) -> Answer:
    courses = record.courses
    if courses is None:
        return ()
    words = _("Courses: %(live)s published, %(drafts)s never published, %(withdrawn)s withdrawn.")
    values = {"live": courses.live, "drafts": courses.drafts, "withdrawn": courses.withdrawn}
    told = Sentence(words % values, _catalogue(record))
    if courses.next_review is None:
        return (told,)
    following = _("The next is to be checked by %(day)s.") % {"day": formats.day(courses.next_review)}
    return told, Sentence(following, _catalogue(record))


def _editors(record: PlatformRecord) -> Answer:
    words = _("Who worked on courses within the year: %(editors)s.")
    source = _("versions saved in the studio, %(since)s to %(day)s") % _year(record)
    return (Sentence(words % {"editors": record.editors}, source),)


def _lacking(record: PlatformRecord) -> Answer:
    if (courses := _published(record)) is None:
        return ()
    words = _(
        "Of %(live)s published courses %(unowned)s have nobody active who answers for them, %(unsourced)s no source "
        "and %(undated)s no review date."
    )
    return (Sentence(words % _lacks(courses), _catalogue(record)),)


def _lacks(courses: CourseRecord) -> dict[str, int]:
    names = ("live", "unowned", "unsourced", "undated")
    return {name: getattr(courses, name) for name in names}


def _given_and_taken(record: PlatformRecord) -> Answer:
    words = _("Within the year: who worked on courses %(editors)s, who completed one %(people)s.")
    source = _("versions saved in the studio and completions, %(since)s to %(day)s") % _year(record)
    values = {"editors": record.editors, "people": formats.number(Decimal(record.completers))}
    return (Sentence(words % values, source),)


def _at_risk(record: PlatformRecord) -> Answer:
    if (courses := _published(record)) is None:
        return ()
    words = ngettext(
        "%(owners)s person answers for %(most)s of %(live)s published courses; nobody active for %(unowned)s, which "
        "are at risk.",
        "%(owners)s people answer for %(live)s published courses, one of them for %(most)s; nobody active for "
        "%(unowned)s, which are at risk.",
        courses.owners,
    )
    values = {"owners": courses.owners, "most": courses.most_of_one, "live": courses.live, "unowned": courses.unowned}
    return (Sentence(words % values, _catalogue(record)),)


def _found_by_search(record: PlatformRecord) -> Answer:
    if record.courses is None:
        return ()
    words = _("%(live)s published courses are found by the search on every page.")
    return (Sentence(words % {"live": record.courses.live}, _catalogue(record)),)


def _scope(dossier: Dossier, record: PlatformRecord) -> Answer:
    words = _("It is made for %(people)s people: everybody active in %(unit)s.")
    unit = dossier.sheet.unit_name or _("the whole company")
    values = {"people": formats.number(Decimal(record.people_in_scope)), "unit": unit}
    return (Sentence(words % values, _("people file on %(day)s") % {"day": formats.day(record.as_of)}),)


def _checked(record: PlatformRecord) -> Answer:
    courses, reviews = record.courses, record.reviews or ReviewRecord()
    if courses is None:
        return ()
    words = _(
        "What authors send to review has to have alternative text on every picture; %(decided)s reviews were decided "
        "within the year, and %(live)s courses are published."
    )
    source = _("checks and reviews of the studio, %(since)s to %(day)s") % _year(record)
    return (Sentence(words % {"decided": reviews.decided, "live": courses.live}, source),)


def _published(record: PlatformRecord) -> CourseRecord | None:
    """Return what is recorded of the courses; None where none is published."""
    return record.courses if record.courses is not None and record.courses.live else None


def _catalogue(record: PlatformRecord) -> str:
    return _("courses of the platform on %(day)s") % {"day": formats.day(record.as_of)}


def _year(record: PlatformRecord) -> dict[str, str]:
    return {"since": formats.day(record.since), "day": formats.day(record.as_of)}
