"""Answers from the blueprint as it stood: systems, links, content models and elements, counted and not named."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mycelia.business_case.calc.needs import content_moves, system_needs
from mycelia.business_case.calc.readiness import check_readiness
from mycelia.business_case.exports.briefs.evidence import BLUEPRINT, SYSTEMS
from mycelia.business_case.exports.briefs.questions import Sentence
from mycelia.business_case.exports.dossier import Dossier
from mycelia.business_case.pages import formats
from mycelia.business_case.pages.blueprint_words import ELEMENTS, LIFECYCLES, PROTOCOLS
from mycelia.business_case.pages.readiness_words import RULES, SEVERITIES
from mycelia.business_case.types import Element, ElementPicture, Landscape, Lifecycle, LinkDepth, Protocol, Severity

CLOSED = frozenset({Protocol.NONE, Protocol.FILE, Protocol.API})
MOST_RULES = 5
Answer = tuple[Sentence, ...]


def integration(dossier: Dossier) -> Answer:
    """How many links there are, by protocol, and how many are work by hand."""
    found = dossier.sheet.landscape
    if found is None or not found.systems:
        return ()
    if not found.links:
        return (Sentence(_("No link between systems is recorded."), _register(found), SYSTEMS),)
    protocols = Counter(link.protocol for link in found.links)
    named = ", ".join(f"{PROTOCOLS[protocol]} {count}" for protocol, count in protocols.most_common())
    open_links = sum(count for protocol, count in protocols.items() if protocol not in CLOSED)
    manual = sum(link.depth is LinkDepth.MANUAL for link in found.links)
    counted = {"links": len(found.links), "systems": len(found.systems), "open": open_links, "manual": manual}
    words = _("%(systems)s systems have %(links)s links: %(open)s by an open standard, %(manual)s by hand (%(named)s).")
    return (Sentence(words % {**counted, "named": named}, _register(found), SYSTEMS),)


def lifecycle(dossier: Dossier) -> Answer:
    """How many systems stand where, what they cost, and what ends before the case does."""
    found = dossier.sheet.landscape
    if found is None or not found.systems:
        return ()
    states = Counter(system.lifecycle for system in found.systems)
    named = ", ".join(f"{LIFECYCLES[state]} {states[state]}" for state in Lifecycle if states[state])
    ends = [day for system in found.systems for day in (system.contract_end, system.end_of_life) if day]
    ending = sum(found.as_of <= day <= found.horizon for day in ends)
    unknown = sum(system.is_live and system.yearly_cost is None for system in found.systems)
    sentences = [
        Sentence(_("Systems by state: %(named)s.") % {"named": named}, _register(found), SYSTEMS),
        Sentence(
            _("Contracts and supported lives that end before %(day)s: %(count)s.")
            % {"count": ending, "day": formats.day(found.horizon)},
            _register(found),
            SYSTEMS,
        ),
        Sentence(_costs(found), _register(found), SYSTEMS),
    ]
    if unknown:
        words = ngettext(
            "The yearly cost of %(count)s live system is not known yet.",
            "The yearly cost of %(count)s live systems is not known yet.",
            unknown,
        )
        sentences.append(Sentence(words % {"count": unknown}, _register(found), SYSTEMS))
    return tuple(sentences)


def _costs(found: Landscape) -> str:
    """Return what live systems cost a year and to leave, by currency."""
    sustain: Counter[str] = Counter()
    leave: Counter[str] = Counter()
    for system in found.systems:
        if system.is_live:
            sustain[system.currency] += system.yearly_cost or 0  # type: ignore[assignment]
            leave[system.currency] += system.exit_cost or 0  # type: ignore[assignment]
    amounts = [
        _("%(yearly)s a year to sustain and %(exit)s to leave")
        % {
            "yearly": formats.money(Decimal(sustain[currency]), currency),
            "exit": formats.money(Decimal(leave[currency]), currency),
        }
        for currency in sorted(sustain)
    ]
    return _("What is known of live systems costs %(amounts)s.") % {"amounts": "; ".join(amounts)}


def content_models(dossier: Dossier) -> Answer:
    """How many content models have one master."""
    found = dossier.sheet.landscape
    if found is None or not found.models:
        return ()
    single = sum(len(model.masters_today) == 1 for model in found.models)
    target = sum(len(model.masters_target) == 1 for model in found.models)
    words = _("%(single)s of %(all)s content models have exactly one master today, %(target)s in the target.")
    return (
        Sentence(words % {"single": single, "all": len(found.models), "target": target}, _register(found), BLUEPRINT),
    )


def process(dossier: Dossier) -> Answer:
    """How mature the process is."""
    return _maturity(dossier, Element.PROCESS)


def delivery(dossier: Dossier) -> Answer:
    """How mature delivery is."""
    return _maturity(dossier, Element.DELIVERY)


def culture(dossier: Dossier) -> Answer:
    """How mature the culture is; its effect is measured by surveys."""
    known = _maturity(dossier, Element.CULTURE)
    return (*known, Sentence(_("A culture index against a baseline is not measured yet."))) if known else ()


def content(dossier: Dossier) -> Answer:
    """How mature content and its design are."""
    return _maturity(dossier, Element.CONTENT)


def _maturity(dossier: Dossier, element: Element) -> Answer:
    found = dossier.sheet.landscape
    picture = next((one for one in found.elements if one.element is element), None) if found else None
    if found is None or picture is None or picture.maturity_today is None:
        return ()
    aim = _("no target is set") if picture.maturity_target is None else str(picture.maturity_target)
    words = _("%(element)s stands at maturity %(today)s of 5; target: %(target)s.")
    proof = "" if picture.has_evidence else " " + _("No evidence is named for that.")
    text = words % {"element": ELEMENTS[element], "today": picture.maturity_today, "target": aim}
    return (Sentence(text + proof, _register(found), BLUEPRINT),)


def blueprint(dossier: Dossier) -> Answer:
    """How much of the blueprint is assessed."""
    found = dossier.sheet.landscape
    if found is None:
        return ()
    assessed = [one for one in found.elements if one.maturity_today is not None]
    owned = sum(bool(one.owner) for one in found.elements)
    words = _("%(assessed)s of 6 elements are assessed and %(owned)s have an owner; %(systems)s systems are recorded.")
    counted = {"assessed": len(assessed), "owned": owned, "systems": len(found.systems)}
    if not assessed:
        return (Sentence(words % counted, _register(found), BLUEPRINT),)
    named = ", ".join(_step(one) for one in assessed)
    steps = Sentence(_("Maturity today and target, of 5: %(named)s.") % {"named": named}, _register(found), BLUEPRINT)
    return Sentence(words % counted, _register(found), BLUEPRINT), steps


def _step(picture: ElementPicture) -> str:
    aim = "?" if picture.maturity_target is None else str(picture.maturity_target)
    return f"{ELEMENTS[picture.element]} {picture.maturity_today} → {aim}"


def needs(dossier: Dossier) -> Answer:
    """Which systems and content have to change, and what has to be settled first."""
    found = dossier.sheet.landscape
    if found is None or not found.systems:
        return ()
    urgent = sum(finding.severity is Severity.HIGH for finding in check_readiness(found))
    systems, moves = len(system_needs(found)), len(content_moves(found))
    words = _("The blueprint asks for %(systems)s, %(moves)s with another master, and %(urgent)s settled first.")
    counted = {
        "systems": ngettext("%(count)s new system", "%(count)s new systems", systems) % {"count": systems},
        "moves": ngettext("%(count)s content model", "%(count)s content models", moves) % {"count": moves},
        "urgent": ngettext("%(count)s urgent finding", "%(count)s urgent findings", urgent) % {"count": urgent},
    }
    return (Sentence(words % counted, _register(found), BLUEPRINT),)


def usage(dossier: Dossier) -> Answer:
    """How many people learn in it."""
    found = dossier.sheet.landscape
    if found is None or found.usage is None:
        return ()
    words = _("%(learners)s of %(people)s people did something in a course within 90 days.")
    counted = {
        "learners": formats.number(Decimal(found.usage.learners)),
        "people": formats.number(Decimal(found.usage.people)),
    }
    source = _("the platform's own record, %(day)s") % {"day": formats.day(found.as_of)}
    return (Sentence(words % counted, source),)


def readiness(dossier: Dossier) -> Answer:
    """What the readiness check finds."""
    found = dossier.sheet.landscape
    if found is None or not found.systems:
        return ()
    things = check_readiness(found)
    severities = Counter(finding.severity for finding in things)
    source = _("readiness check of the blueprint, %(day)s") % {"day": formats.day(found.as_of)}
    if not severities:
        return (Sentence(_("The readiness check finds nothing."), source),)
    named = ", ".join(f"{SEVERITIES[one]} {severities[one]}" for one in Severity if severities[one])
    words = _("What the readiness check finds, by severity: %(named)s (%(count)s in all).")
    rules = Counter(finding.rule for finding in things).most_common(MOST_RULES)
    kinds = ", ".join(f"{RULES[rule]} {count}" for rule, count in rules)
    return (
        Sentence(words % {"count": sum(severities.values()), "named": named}, source),
        Sentence(_("Most often: %(kinds)s.") % {"kinds": kinds}, source),
    )


def _register(found: Landscape) -> str:
    return _("blueprint, as recorded on %(day)s") % {"day": formats.day(found.as_of)}
