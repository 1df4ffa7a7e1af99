"""Answers from what happened since: closed months, and the last decision at a gate."""

from __future__ import annotations

from django.utils.translation import gettext as _

from mycelia.business_case.exports import findings
from mycelia.business_case.exports.briefs.questions import Sentence
from mycelia.business_case.exports.dossier import Dossier

Answer = tuple[Sentence, ...]


def so_far(dossier: Dossier) -> Answer:
    """How costs and proven benefits stand, and what is forecast; nothing before the first month is closed."""
    words = findings.so_far(dossier)
    return (Sentence(words, _("ledger and KPIs at the last closed month")),) if words else ()


def decided(dossier: Dossier) -> Answer:
    """How it stands, and what was decided at the last stage gate."""
    gate = (Sentence(dossier.gate, _("stage gates of the case")),) if dossier.gate else ()
    return (*so_far(dossier), *gate)
