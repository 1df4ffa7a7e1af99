"""The case on ten slides: native charts and tables that can be edited, titles that state what was found."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from mycelia.business_case.exports.dossier import Dossier
from mycelia.business_case.exports.slides import figures, judgement
from mycelia.business_case.exports.slides.deck import Deck

SLIDES: tuple[Callable[[Deck, Dossier, str], None], ...] = (
    figures.ask,
    figures.options,
    figures.cash_flow,
    judgement.value_range,
    judgement.tornado,
    judgement.roadmap,
    judgement.kpis,
    judgement.assumptions,
    figures.costs,
    judgement.decision,
)


def slides(dossier: Dossier) -> bytes:
    """Return the case as a PPTX file."""
    deck = Deck(dossier, label_of(dossier), _("DRAFT") if dossier.is_draft else "")
    for write in SLIDES:
        write(deck, dossier, source_of(dossier))
    return deck.finish()


def label_of(dossier: Dossier) -> str:
    """Return what stands at the foot of every slide."""
    parts = [dossier.name, dossier.standing]
    if dossier.is_synthetic:
        parts.append(_("Synthetic figures: an example, not a forecast"))
    return " · ".join(parts)


def source_of(dossier: Dossier) -> str:
    """Return where all numbers come from, for the notes."""
    digest = _("Fingerprint (SHA-256): %(digest)s.") % {"digest": dossier.digest} if dossier.digest else ""
    made = {"draws": f"{dossier.simulation.draws:,}", "seed": dossier.simulation.seed}
    drawn = _("Ranges: %(draws)s draws, seed %(seed)s.") % made
    return " ".join(filter(None, (f"{dossier.standing}.", drawn, digest)))
