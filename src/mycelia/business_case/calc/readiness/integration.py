"""Links that are missing, and links to what is retired."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping

from mycelia.business_case.calc.readiness.making import WORK, facts, finding_key, system_row
from mycelia.business_case.types import (
    CostCategory,
    EvidenceRow,
    Fact,
    FindingRule,
    Landscape,
    Lifecycle,
    LinkDirection,
    LinkPicture,
    ModelPicture,
    Moment,
    Proposal,
    ProposalKind,
    Protocol,
    ReadinessFinding,
    RowKind,
    Severity,
    SystemPicture,
)

SIGN_ON = frozenset({Protocol.OIDC, Protocol.SAML})
"""These carry who somebody is, and nothing that is learnt or written."""
CARRYING = frozenset(Protocol) - SIGN_ON - {Protocol.NONE}


def link_findings(landscape: Landscape) -> Iterator[ReadinessFinding]:
    """Find models that are used away from their master without a link, and links that lead to a retired system."""
    systems = {system.key: system for system in landscape.systems}
    for link in landscape.links:
        if {link.source, link.target} <= systems.keys():
            yield from _retired(link, systems)
    for model in landscape.models:
        yield from _missing(model, landscape.links, systems)


def reached(start: str, links: tuple[LinkPicture, ...], within: frozenset[str]) -> frozenset[str]:
    """Return the systems that what `start` holds can get to, over links that carry it, through systems that hold it.

    Args:
        start: Key of the master.
        links: All links; those for sign-on only and those without a protocol carry nothing.
        within: Keys of the systems that hold the model; a way leads through no other.
    """
    ways: dict[str, set[str]] = {}
    for link in links:
        if link.protocol in CARRYING:
            ways.setdefault(link.source, set()).add(link.target)
            if link.direction is LinkDirection.BOTH:
                ways.setdefault(link.target, set()).add(link.source)
    found, waiting = {start}, deque([start])
    while waiting:
        for following in ways.get(waiting.popleft(), set()) & within - found:
            found.add(following)
            waiting.append(following)
    return frozenset(found)


def _missing(
    model: ModelPicture, links: tuple[LinkPicture, ...], systems: Mapping[str, SystemPicture]
) -> Iterator[ReadinessFinding]:
    told: set[tuple[str, str]] = set()
    for moment in Moment:
        masters = [key for key in model.masters(moment) if _counts(systems.get(key), moment)]
        consumers = [key for key in model.consumers(moment) if _counts(systems.get(key), moment)]
        if len(masters) != 1:
            continue
        can_reach = reached(masters[0], links, frozenset([*masters, *consumers]))
        for consumer in consumers:
            pair = (masters[0], consumer)
            if consumer not in can_reach and pair not in told:
                told.add(pair)
                yield _missing_link(model, moment, systems[masters[0]], systems[consumer])


def _counts(system: SystemPicture | None, moment: Moment) -> bool:
    if system is None:
        return False
    return system.is_live if moment is Moment.TODAY else system.lifecycle is not Lifecycle.RETIRED


def _missing_link(
    model: ModelPicture, moment: Moment, master: SystemPicture, consumer: SystemPicture
) -> ReadinessFinding:
    model_row = EvidenceRow(RowKind.MODEL, model.key, model.name, (Fact("moment", moment),))
    return ReadinessFinding(
        key=finding_key(FindingRule.MISSING_LINK, model.key, f"from {master.key}", f"to {consumer.key}"),
        rule=FindingRule.MISSING_LINK,
        severity=Severity.MEDIUM if moment is Moment.TODAY else Severity.LOW,
        facts=facts(name=model.name, moment=moment, master=master.name, consumer=consumer.name),
        evidence=(model_row, *(system_row(system, ("lifecycle", "owner")) for system in (master, consumer))),
        proposals=(Proposal(ProposalKind.COST, CostCategory.INTEGRATION), WORK),
    )


def _retired(link: LinkPicture, systems: Mapping[str, SystemPicture]) -> Iterator[ReadinessFinding]:
    ends = [systems[link.source], systems[link.target]]
    retired = [system for system in ends if system.lifecycle is Lifecycle.RETIRED]
    if not retired:
        return
    row = EvidenceRow(RowKind.LINK, link.key, f"{ends[0].name} → {ends[1].name}", (Fact("protocol", link.protocol),))
    yield ReadinessFinding(
        key=finding_key(FindingRule.RETIRED_LINKED, link.key),
        rule=FindingRule.RETIRED_LINKED,
        severity=Severity.MEDIUM,
        facts=facts(retired=retired[0].name, source=ends[0].name, target=ends[1].name),
        evidence=(row, *(system_row(system, ("lifecycle",)) for system in retired)),
        proposals=(WORK,),
    )
