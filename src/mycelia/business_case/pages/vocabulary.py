"""The words for what is stored as a code."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mycelia.business_case.types import (
    BenefitCategory,
    CaseState,
    Confidence,
    CostCategory,
    Direction,
    GateDecision,
    LineKind,
    MissingPart,
    Proof,
    SourceKind,
)

CATEGORIES = {
    CostCategory.LICENCES: _("Licences"),
    CostCategory.INFRASTRUCTURE: _("Infrastructure"),
    CostCategory.INTEGRATION: _("Integration"),
    CostCategory.MIGRATION: _("Migration"),
    CostCategory.CONTENT_DEVELOPMENT: _("Content development"),
    CostCategory.INTERNAL_LABOUR: _("Internal labour"),
    CostCategory.EXTERNAL_SERVICES: _("External services"),
    CostCategory.CHANGE_AND_COMMUNICATION: _("Change and communication"),
    CostCategory.SUPPORT: _("Support"),
    CostCategory.LEARNER_TIME: _("Learner time"),
    CostCategory.CONTINGENCY: _("Contingency"),
    BenefitCategory.TIME_SAVED: _("Time saved"),
    BenefitCategory.TIME_TO_PROFICIENCY: _("Shorter time to proficiency"),
    BenefitCategory.TURNOVER_AVOIDED: _("Turnover avoided"),
    BenefitCategory.INCIDENTS_AVOIDED: _("Compliance incidents avoided"),
    BenefitCategory.RETIRED_SYSTEMS: _("Retired systems"),
    BenefitCategory.TRAVEL_AVOIDED: _("Travel and classroom avoided"),
    BenefitCategory.ERRORS_AVOIDED: _("Errors and scrap avoided"),
    BenefitCategory.REVENUE_UPLIFT: _("Revenue uplift"),
    BenefitCategory.CUSTOM: _("Other benefit"),
}
CONFIDENCES = {Confidence.HIGH: _("High"), Confidence.MEDIUM: _("Medium"), Confidence.LOW: _("Low")}
DIRECTIONS = {Direction.RISE: _("it rises"), Direction.FALL: _("it falls")}
STATES = {CaseState.DRAFT: _("Draft"), CaseState.PRESENTED: _("Presented")}
SOURCE_KINDS = {
    SourceKind.PLATFORM: _("Computed by the platform"),
    SourceKind.MANUAL: _("Entered by hand, with evidence"),
}
DECISIONS = {
    GateDecision.CONTINUE: _("Continue"),
    GateDecision.CHANGE: _("Change"),
    GateDecision.STOP: _("Stop"),
}
PROOFS = {
    Proof.BOOKED: _("Booked in the ledger"),
    Proof.MEASURED: _("Measured by its KPI"),
    Proof.NO_KPI: _("Not proven: it claims no KPI with a baseline"),
    Proof.NO_READING: _("Not proven: its KPI has no value yet"),
    Proof.WEAK_EVIDENCE: _("Not proven: its evidence is a claim, not a measurement"),
    Proof.NO_MOVEMENT: _("Its KPI has not improved on the baseline"),
}
"""How far a planned benefit is realised, and why no further."""
LINE_KINDS = {LineKind.COST: _("cost"), LineKind.BENEFIT: _("benefit")}

REASONS = {
    MissingPart.OBJECTIVES: _("The case has no strategic objective."),
    MissingPart.COSTS: _("The case has no cost with an amount."),
    MissingPart.BENEFITS: _("The case has no benefit with an amount."),
    MissingPart.KPI: _("It has no KPI, so nobody could tell whether it is met."),
    MissingPart.BASELINE_VALUE: _("The baseline is unknown: where does it stand today?"),
    MissingPart.BASELINE_DATE: _("The baseline has no date: when was it measured?"),
    MissingPart.TARGET_VALUE: _("There is no target: what is to be reached?"),
    MissingPart.TARGET_DATE: _("The target has no date: by when?"),
    MissingPart.OWNER: _("Nobody owns it: who answers for it?"),
    MissingPart.OWNER_INACTIVE: _("Its owner's account is deactivated: who answers for it now?"),
    MissingPart.SOURCE: _("It has no source: where will the actual value come from?"),
    MissingPart.SOURCE_METRIC: _("The platform cannot compute it: its metric or course is not chosen."),
    MissingPart.SOURCE_EVIDENCE: _("It is entered by hand, but no evidence is named."),
}
"""Why a case cannot be presented, in one sentence each."""

REMEDIES = {
    MissingPart.OBJECTIVES: _("Add an objective"),
    MissingPart.COSTS: _("Add a cost"),
    MissingPart.BENEFITS: _("Add a benefit"),
    MissingPart.KPI: _("Add a KPI"),
    MissingPart.BASELINE_VALUE: _("Enter the baseline"),
    MissingPart.BASELINE_DATE: _("Enter the date of the baseline"),
    MissingPart.TARGET_VALUE: _("Enter the target"),
    MissingPart.TARGET_DATE: _("Enter the date of the target"),
    MissingPart.OWNER: _("Name an owner"),
    MissingPart.OWNER_INACTIVE: _("Name another owner"),
    MissingPart.SOURCE: _("Choose a source"),
    MissingPart.SOURCE_METRIC: _("Choose metric and course"),
    MissingPart.SOURCE_EVIDENCE: _("Name the evidence"),
}
"""What fixes each reason: the words of the link to its form."""
