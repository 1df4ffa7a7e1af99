"""What a stakeholder reads of a presented case on a page: its brief, worked out once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from threading import Lock

from django.utils.translation import get_language

from mycelia.business_case import api
from mycelia.business_case.exports.briefs.content import MONEY_READERS, Brief, brief_of, chart_of
from mycelia.business_case.exports.dossier import Dossier
from mycelia.business_case.exports.source import presented_dossier
from mycelia.business_case.models import Presentation
from mycelia.business_case.pages import formats
from mycelia.business_case.pages.derived import Figure
from mycelia.business_case.pages.figures import PRESENT_VALUES
from mycelia.business_case.types import Stakeholder
from mycelia.ui.api import Chart, shown_in_utc

_LOCKS = tuple(Lock() for _ in range(16))
"""One for some of the presentations: who comes while a brief of the same is computed waits for what all need of it."""


@dataclass(frozen=True)
class ShownBrief:
    """A brief with its chart; `present_value` says how its years are discounted."""

    brief: Brief
    chart: Chart | None
    present_value: str


def shown_brief(presentation: Presentation, reader: Stakeholder) -> ShownBrief:
    """Return one stakeholder's brief of a presentation; as that never changes, each process computes it once."""
    return _shown(presentation.pk, presentation.digest, reader, get_language() or "en")


@lru_cache(maxsize=64)
def _shown(number: int, digest: str, reader: Stakeholder, language: str) -> ShownBrief:
    """Return what is kept under everything it depends on: digest and language are part of what tells it apart."""
    with _LOCKS[number % len(_LOCKS)], shown_in_utc():
        dossier = _dossier(number, digest, language)
        chart = chart_of(dossier, reader)
        brief = brief_of(dossier, reader, chart)
    if reader not in MONEY_READERS:
        told = frozenset({*(figure.value for figure in brief.headline), formats.rate(dossier.sheet.rate_per_year)})
        brief = replace(brief, headline=tuple(_within(figure, told) for figure in brief.headline))
    return ShownBrief(brief, chart, str(PRESENT_VALUES[dossier.model.discounting]))


@lru_cache(maxsize=8)
def _dossier(number: int, digest: str, language: str) -> Dossier:
    """Return what all briefs of a presentation are told from, so that it is simulated for the first reader alone."""
    return presented_dossier(api.presentation_called(number))


def _within(figure: Figure, told: frozenset[str]) -> Figure:
    """Return a figure whose derivation gives no amount that the brief itself does not tell."""
    inputs = tuple((name, value) for name, value in figure.derivation.inputs if value in told)
    return replace(figure, derivation=replace(figure.derivation, inputs=inputs, rows=()))
