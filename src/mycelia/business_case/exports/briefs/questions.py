"""Who reads a brief, and what they ask; the identifiers are those of the product's mission."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from mycelia.business_case.types import Stakeholder


@dataclass(frozen=True)
class Sentence:
    """One sentence of an answer.

    Attributes:
        source: Where it comes from; empty when nothing is known, which the sentence then says.
        page: Name of the page on which its source stands today, see `evidence`; empty where there is none.
    """

    text: str
    source: str = ""
    page: str = ""


READERS = {
    Stakeholder.IT: _("For IT"),
    Stakeholder.HR: _("For HR and talent"),
    Stakeholder.FINANCE: _("For finance"),
    Stakeholder.MANAGEMENT: _("For management"),
    Stakeholder.LEARNERS: _("For learners"),
}
QUESTIONS: dict[Stakeholder, dict[str, Any]] = {
    Stakeholder.IT: {
        "IT-1": _("How integrated do we want it to be?"),
        "IT-2": _("Which rules govern it?"),
        "IT-3": _("What is the lifecycle of the technology?"),
        "IT-4": _("Which systems and content models do we have?"),
        "IT-5": _("Does it work on phones?"),
    },
    Stakeholder.HR: {
        "HR-1": _("How does content reach learners?"),
        "HR-2": _("Who may author and curate, and are they trained to?"),
        "HR-3": _("How are analytics received?"),
        "HR-4": _("What are learning culture and environment like?"),
        "HR-5": _("What does social learning do?"),
        "HR-6": _("What does formal learning do?"),
        "HR-7": _("Is there help at the moment of need?"),
        "HR-8": _("Is there a learning design concept?"),
    },
    Stakeholder.FINANCE: {
        "FIN-1": _("How much does it cost to implement?"),
        "FIN-2": _("What is needed to implement it?"),
        "FIN-3": _("How long will it take?"),
        "FIN-4": _("What does it cost to sustain?"),
        "FIN-5": _("Was the whole environment checked first?"),
    },
    Stakeholder.MANAGEMENT: {
        "MGT-1": _("How will knowledge and experience be used?"),
        "MGT-2": _("What is the effect on culture?"),
        "MGT-3": _("What is the effect on productivity?"),
        "MGT-4": _("What is the future net benefit?"),
        "MGT-5": _("Are there KPIs?"),
        "ECO-1": _("Is there a blueprint?"),
        "ECO-2": _("Does the ecosystem run?"),
        "ECO-3": _("Can this be checked?"),
    },
    Stakeholder.LEARNERS: {
        "USR-1": _("For whom is it made?"),
        "USR-2": _("What encourages people to take part?"),
        "USR-3": _("Can everybody use it?"),
        "USR-4": _("How should it be used?"),
    },
}
