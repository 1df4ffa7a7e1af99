"""The answers: each sentence from data, with its source; what nobody has measured is said plainly."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from mycelia.business_case.exports.briefs import actual_answers, case_answers, landscape_answers, platform_answers
from mycelia.business_case.exports.briefs.questions import QUESTIONS, Sentence, Stakeholder
from mycelia.business_case.exports.dossier import Dossier

Answer = Callable[[Dossier], tuple[Sentence, ...]]


def _together(*parts: Answer) -> Answer:
    return lambda dossier: tuple(sentence for part in parts for sentence in part(dossier))


ANSWERS: dict[str, Callable[[Dossier], tuple[Sentence, ...]]] = {
    "IT-1": landscape_answers.integration,
    "IT-2": _together(platform_answers.governance, landscape_answers.process),
    "IT-3": _together(landscape_answers.lifecycle, platform_answers.course_lifecycle, case_answers.overdue),
    "IT-4": landscape_answers.content_models,
    "IT-5": platform_answers.phones,
    "HR-1": landscape_answers.delivery,
    "HR-2": platform_answers.authors,
    "HR-3": case_answers.measurement,
    "HR-4": landscape_answers.culture,
    "HR-5": platform_answers.social,
    "HR-6": case_answers.completions,
    "HR-7": platform_answers.support,
    "HR-8": landscape_answers.content,
    "FIN-1": case_answers.cost_to_implement,
    "FIN-2": case_answers.needs,
    "FIN-3": case_answers.duration,
    "FIN-4": _together(case_answers.cost_to_sustain, actual_answers.so_far),
    "FIN-5": landscape_answers.readiness,
    "MGT-1": platform_answers.knowledge,
    "MGT-2": landscape_answers.culture,
    "MGT-3": case_answers.productivity,
    "MGT-4": _together(case_answers.net_benefit, case_answers.overdue, actual_answers.decided),
    "MGT-5": case_answers.kpis,
    "ECO-1": landscape_answers.blueprint,
    "ECO-2": landscape_answers.usage,
    "ECO-3": case_answers.checkable,
    "USR-1": platform_answers.personas,
    "USR-2": case_answers.adoption,
    "USR-3": platform_answers.accessibility,
    "USR-4": case_answers.learner_time,
}


def answers(dossier: Dossier, reader: Stakeholder) -> tuple[tuple[str, str, tuple[Sentence, ...]], ...]:
    """Return identifier, question and answer of everything a stakeholder asks, in order."""
    return tuple((code, str(question), _answer(dossier, code)) for code, question in QUESTIONS[reader].items())


def _answer(dossier: Dossier, code: str) -> tuple[Sentence, ...]:
    return ANSWERS[code](dossier) or (Sentence(_("Not measured yet.")),)
