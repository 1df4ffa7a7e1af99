"""Findings in plain sentences: what is so, why it matters, and what could follow."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from mycelia.business_case.pages import formats
from mycelia.business_case.pages.blueprint_words import (
    COLUMNS,
    ELEMENTS,
    LIFECYCLES,
    MATURITIES,
    MOMENTS,
    PROTOCOLS,
    PURPOSES,
)
from mycelia.business_case.pages.vocabulary import CATEGORIES
from mycelia.business_case.types import (
    DecisionKind,
    Element,
    EvidenceRow,
    Fact,
    FindingRule,
    Lifecycle,
    Moment,
    Proposal,
    ProposalKind,
    Protocol,
    ReadinessFinding,
    RowKind,
    Severity,
    SystemPurpose,
)

SEVERITIES = {Severity.HIGH: _lazy("High"), Severity.MEDIUM: _lazy("Medium"), Severity.LOW: _lazy("Low")}
SEVERITY_TONES = {Severity.HIGH: "danger", Severity.MEDIUM: "warning", Severity.LOW: "neutral"}
DECISIONS = {
    DecisionKind.ACCEPTED: _lazy("Accepted"),
    DecisionKind.DISMISSED: _lazy("Dismissed"),
    DecisionKind.DEFERRED: _lazy("Deferred"),
}
RULES = {
    FindingRule.OVERLAP: _lazy("Overlap"),
    FindingRule.UNUSED_LICENCES: _lazy("Unused licences"),
    FindingRule.COST_WITHOUT_USERS: _lazy("Cost without users"),
    FindingRule.RETIRED_COSTS: _lazy("Retired, still paid"),
    FindingRule.MORE_USERS_THAN_LICENCES: _lazy("More users than licences"),
    FindingRule.SEVERAL_MASTERS: _lazy("Several masters"),
    FindingRule.NO_MASTER: _lazy("No master"),
    FindingRule.MASTER_LEAVES: _lazy("Master leaves"),
    FindingRule.MISSING_LINK: _lazy("Missing link"),
    FindingRule.RETIRED_LINKED: _lazy("Retired, still linked"),
    FindingRule.END_OF_LIFE: _lazy("End of life"),
    FindingRule.CONTRACT_END: _lazy("End of contract"),
    FindingRule.UNOWNED: _lazy("Nobody answers for it"),
    FindingRule.INCOMPLETE: _lazy("Not known"),
    FindingRule.STALE_COUNT: _lazy("Old count"),
    FindingRule.PEOPLE_WITHOUT_UNIT: _lazy("People without a unit"),
    FindingRule.ELEMENT_GAP: _lazy("Gap to the target"),
    FindingRule.ELEMENT_NOT_ASSESSED: _lazy("Not assessed"),
}
SENTENCES = {
    FindingRule.OVERLAP: _lazy("%(count)s systems are in use for one purpose: %(purpose)s. Most people use %(kept)s."),
    FindingRule.UNUSED_LICENCES: _lazy("%(unused)s of %(licensed)s licences of %(name)s are not used."),
    FindingRule.COST_WITHOUT_USERS: _lazy("Nobody uses %(name)s, and it is paid for."),
    FindingRule.RETIRED_COSTS: _lazy("%(name)s is retired, and it is still paid for."),
    FindingRule.MORE_USERS_THAN_LICENCES: _lazy(
        "%(active)s people use %(name)s, but only %(licensed)s are licensed: %(over)s too few."
    ),
    FindingRule.SEVERAL_MASTERS: _lazy("“%(name)s” has several masters %(moment)s: %(names)s."),
    FindingRule.NO_MASTER: _lazy("No system masters “%(name)s” %(moment)s."),
    FindingRule.MASTER_LEAVES: _lazy("“%(name)s” is mastered by %(system)s %(moment)s, which is: %(lifecycle)s."),
    FindingRule.MISSING_LINK: _lazy(
        "%(consumer)s works with “%(name)s” from %(master)s %(moment)s, but no link carries it there."
    ),
    FindingRule.RETIRED_LINKED: _lazy("%(retired)s is retired, but the link %(source)s → %(target)s remains."),
    FindingRule.END_OF_LIFE: _lazy("%(name)s reaches its end of life on %(ends_on)s, before %(horizon)s."),
    FindingRule.CONTRACT_END: _lazy("The contract of %(name)s ends on %(ends_on)s, before %(horizon)s."),
    FindingRule.UNOWNED: _lazy("Nobody answers for %(name)s."),
    FindingRule.INCOMPLETE: _lazy("Not known of %(name)s: %(columns)s."),
    FindingRule.STALE_COUNT: _lazy("The users of %(name)s were last counted on %(counted_on)s."),
    FindingRule.PEOPLE_WITHOUT_UNIT: _lazy("%(without_unit)s of %(people)s people are in no unit of the organisation."),
    FindingRule.ELEMENT_GAP: _lazy("%(name)s is %(gap)s steps below its target."),
    FindingRule.ELEMENT_NOT_ASSESSED: _lazy("%(name)s has no maturity for today, or none to be reached."),
}
PAST_SENTENCES = {
    FindingRule.END_OF_LIFE: _lazy("%(name)s has been past its end of life since %(ends_on)s, and is in use."),
    FindingRule.CONTRACT_END: _lazy("The contract of %(name)s ended on %(ends_on)s, and it is in use."),
}
OWNER_GONE = _lazy("%(owner)s, who answered for %(name)s, no longer has an active account.")
CONSEQUENCES = {
    FindingRule.OVERLAP: _lazy("Keep one, move what the others hold, and stop paying for them."),
    FindingRule.UNUSED_LICENCES: _lazy("Reduce the licences at the next renewal."),
    FindingRule.COST_WITHOUT_USERS: _lazy("End it, or find out why nobody uses it."),
    FindingRule.RETIRED_COSTS: _lazy("End the contract and claim back what was paid since."),
    FindingRule.MORE_USERS_THAN_LICENCES: _lazy("Buy the missing licences, or close unused accounts."),
    FindingRule.SEVERAL_MASTERS: _lazy("Decide on one master and make the others work with a copy."),
    FindingRule.NO_MASTER: _lazy("Choose the system where it is kept up."),
    FindingRule.MASTER_LEAVES: _lazy("Move it to a system that stays before this one goes."),
    FindingRule.MISSING_LINK: _lazy("Build the link, or stop working with a copy there."),
    FindingRule.RETIRED_LINKED: _lazy("Take the link down."),
    FindingRule.END_OF_LIFE: _lazy("Replace it in time; plan the migration."),
    FindingRule.CONTRACT_END: _lazy("Decide before that day: renew, renegotiate or leave."),
    FindingRule.UNOWNED: _lazy("Name somebody who answers for it."),
    FindingRule.INCOMPLETE: _lazy("Find it out and enter it: without it, nothing can be costed or compared."),
    FindingRule.STALE_COUNT: _lazy("Count again."),
    FindingRule.PEOPLE_WITHOUT_UNIT: _lazy("Complete the people file: no report by unit shows them."),
    FindingRule.ELEMENT_GAP: _lazy("Plan the steps to the target, with somebody who answers for them."),
    FindingRule.ELEMENT_NOT_ASSESSED: _lazy("Assess it, with evidence."),
}
WORDS: dict[str, Any] = {
    "purpose": (SystemPurpose, PURPOSES),
    "lifecycle": (Lifecycle, LIFECYCLES),
    "moment": (Moment, MOMENTS),
    "protocol": (Protocol, PROTOCOLS),
}
ELEMENT_RULES = frozenset({FindingRule.ELEMENT_GAP, FindingRule.ELEMENT_NOT_ASSESSED})


def sentence(finding: ReadinessFinding) -> str:
    """Return what was found in one plain sentence."""
    values = {fact.name: _value(fact) for fact in finding.facts}
    if finding.rule in ELEMENT_RULES or finding.evidence[0].kind is RowKind.ELEMENT:
        values["name"] = element_name(values["name"])
    if finding.rule is FindingRule.INCOMPLETE:
        columns = str(finding.fact("columns")).split()
        values["columns"] = ", ".join(str(COLUMNS[column]) for column in columns)
    return str(_template(finding)) % values


def saving(finding: ReadinessFinding) -> str:
    """Return what would be saved a year, with its currency; empty when nothing is known to be."""
    facts = {fact.name: fact.value for fact in finding.facts}
    amount = facts.get("saving")
    if not amount:
        return ""
    return _("%(amount)s a year") % {"amount": formats.money(Decimal(str(amount)), str(facts["currency"]))}


def proposal_words(proposal: Proposal) -> str:
    """Return what a finding can become, in words."""
    if proposal.kind is ProposalKind.WORK_ITEM or proposal.category is None:
        return _("Work item of the roadmap")
    kind = _("Cost") if proposal.kind is ProposalKind.COST else _("Benefit")
    return f"{kind}: {CATEGORIES[proposal.category]}"


def element_name(value: str) -> str:
    """Return the name of an element that is stored as a code."""
    return str(ELEMENTS[Element(value)])


def row_name(row: EvidenceRow) -> str:
    """Return what a row of evidence is called."""
    if row.kind is RowKind.ELEMENT:
        return element_name(row.key)
    return _("Counted by the platform") if row.kind is RowKind.PEOPLE else row.name


def row_facts(row: EvidenceRow) -> tuple[tuple[str, str], ...]:
    """Return the values of a row as (column, value)."""
    return tuple((str(COLUMNS[fact.name]), _value(fact) or _("not known")) for fact in row.facts)


def _template(finding: ReadinessFinding) -> Any:
    facts = {fact.name: fact.value for fact in finding.facts}
    if facts.get("is_past"):
        return PAST_SENTENCES[finding.rule]
    if finding.rule is FindingRule.UNOWNED and facts.get("owner"):
        return OWNER_GONE
    return SENTENCES[finding.rule]


def _value(fact: Fact) -> str:
    value = fact.value
    if value is None or value == "":
        return ""
    if fact.name in WORDS:
        known, words = WORDS[fact.name]
        return str(words[known(value)])
    if fact.name.startswith("maturity_"):
        return f"{value} – {MATURITIES[int(str(value))]}"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return formats.day(value)
    if isinstance(value, Decimal) and fact.unit:
        return formats.money(value, fact.unit)
    if isinstance(value, int | Decimal):
        return formats.number(Decimal(value))
    return str(value)
