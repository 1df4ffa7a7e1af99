"""The words for what is stored as a code."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mycelia.business_case.types import (
    AdoptionKind,
    BenefitCategory,
    CaseState,
    Confidence,
    CostCategory,
    Direction,
    Discounting,
    Driver,
    EvidenceGrade,
    GateDecision,
    InputKind,
    IsolationMethod,
    ItemKind,
    LineKind,
    MissingPart,
    Proof,
    Recurrence,
    SourceKind,
    VersionChange,
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
DISCOUNTINGS = {
    Discounting.YEAR_END: _("a year, at year's end"),
    Discounting.MID_MONTH: _("a year, at the middle of each month"),
}
SOURCE_KINDS = {
    SourceKind.PLATFORM: _("Computed by the platform"),
    SourceKind.MANUAL: _("Entered by hand, with evidence"),
    SourceKind.SERIES: _("A series of readings, each with evidence"),
}
DRIVERS = {
    Driver.NONE: _("nothing else"),
    Driver.HEADCOUNT: _("people in scope"),
    Driver.ACTIVE_LEARNERS: _("active learners"),
    Driver.CONTENT_HOURS: _("hours of content"),
}
RECURRENCES = {
    Recurrence.ONE_OFF: _("once"),
    Recurrence.MONTHLY: _("every month"),
    Recurrence.YEARLY: _("a year, spread over its months"),
}
ADOPTIONS = {
    AdoptionKind.FULL: _("complete at once"),
    AdoptionKind.BASS: _("by example (Bass curve)"),
    AdoptionKind.LOGISTIC: _("S-shaped (logistic curve)"),
    AdoptionKind.STEPS: _("in steps"),
}
GRADES = {
    EvidenceGrade.EXPERIMENT: _("Controlled experiment"),
    EvidenceGrade.COMPARISON: _("Comparison with others"),
    EvidenceGrade.BEFORE_AFTER: _("Before and after"),
    EvidenceGrade.EXPERT: _("Judgement of experts"),
    EvidenceGrade.VENDOR: _("Claim of a vendor"),
    EvidenceGrade.NONE: _("None yet"),
}
"""How strongly a benefit is supported; strongest first."""
ISOLATIONS = {
    IsolationMethod.CONTROL_GROUP: _("Control group"),
    IsolationMethod.TREND_LINE: _("Trend line"),
    IsolationMethod.FORECASTING: _("Forecasting model"),
    IsolationMethod.PARTICIPANT_ESTIMATE: _("Estimate of participants"),
    IsolationMethod.MANAGER_ESTIMATE: _("Estimate of managers"),
    IsolationMethod.EXPERT_ESTIMATE: _("Estimate of experts"),
    IsolationMethod.DIRECT: _("Direct: nothing else moves it"),
}
INPUTS = {
    "people": _("People"),
    "hours_per_person_month": _("Hours saved a person and month"),
    "hourly_cost": _("Cost of an hour, fully loaded"),
    "productive_share": _("Share of the time put to productive use"),
    "hires_per_year": _("People hired a year"),
    "weeks_saved": _("Weeks saved until proficient"),
    "weekly_cost": _("Cost of a week, fully loaded"),
    "productivity_gap": _("Share of productivity missing until then"),
    "headcount": _("People in scope"),
    "leavers_rate_per_year": _("Share who leave a year"),
    "relative_reduction": _("Share of them avoided"),
    "cost_per_leaver": _("Cost of replacing one"),
    "incidents_per_year": _("Incidents a year"),
    "expected_loss": _("Expected loss of one"),
    "yearly_cost": _("Cost a year"),
    "trips_per_year": _("Trips or classroom days a year"),
    "cost_per_trip": _("Cost of one"),
    "share_avoided": _("Share avoided"),
    "units_per_year": _("Units a year"),
    "error_rate": _("Share with an error"),
    "cost_per_error": _("Cost of an error"),
    "revenue_per_year": _("Revenue a year"),
    "uplift": _("Uplift"),
    "contribution_margin": _("Contribution margin"),
    "yearly_amount": _("Amount a year"),
}
"""The inputs of the builders."""
INPUT_KINDS = {
    InputKind.COUNT: _("Number of something"),
    InputKind.MONEY: _("Amount of money"),
    InputKind.SHARE: _("Share, in percent"),
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
ITEM_KINDS = {
    ItemKind.TERMS: _("Terms"),
    ItemKind.DRIVERS: _("Drivers"),
    ItemKind.CALENDAR: _("Calendar of the roadmap"),
    ItemKind.OPTION: _("Option"),
    ItemKind.PHASE: _("Phase"),
    ItemKind.WORK_ITEM: _("Work item"),
    ItemKind.COST: _("Cost"),
    ItemKind.BENEFIT: _("Benefit"),
    ItemKind.OBJECTIVE: _("Objective"),
    ItemKind.KPI: _("KPI"),
    ItemKind.CORRELATION: _("Correlation"),
    ItemKind.INPUT: _("Input"),
}
VERSION_CHANGES = {
    VersionChange.ADDED: _("added"),
    VersionChange.REMOVED: _("removed"),
    VersionChange.CHANGED: _("changed"),
}
LINE_KINDS = {LineKind.COST: _("cost"), LineKind.BENEFIT: _("benefit")}

REASONS = {
    MissingPart.OBJECTIVES: _("The case has no strategic objective."),
    MissingPart.COSTS: _("The case has no cost with an amount."),
    MissingPart.BENEFITS: _("The case has no benefit with an amount."),
    MissingPart.KPI: _("It has no KPI, so nobody could tell whether it is met."),
    MissingPart.BASELINE_VALUE: _("The baseline is unknown: where does it stand today?"),
    MissingPart.BASELINE_DATE: _("The baseline has no date: when was it measured?"),
    MissingPart.BASELINE_EVIDENCE: _("The baseline has no evidence: where is it written?"),
    MissingPart.TARGET_VALUE: _("There is no target: what is to be reached?"),
    MissingPart.TARGET_DATE: _("The target has no date: by when?"),
    MissingPart.OWNER: _("Nobody owns it: who answers for it?"),
    MissingPart.OWNER_INACTIVE: _("Its owner has no active account here: who answers for it now?"),
    MissingPart.SOURCE: _("It has no source: where will the actual value come from?"),
    MissingPart.SOURCE_METRIC: _("The platform cannot compute it: its metric or course is not chosen."),
    MissingPart.SOURCE_EVIDENCE: _("Somebody enters or uploads it, but no evidence is named."),
    MissingPart.CONFIRMATION: _("It still is a default that nobody has confirmed."),
    MissingPart.ADOPTION_CONFIRMATION: _("How people take it up still is a default that nobody has confirmed."),
    MissingPart.DURATION_CONFIRMATION: _("How long it takes still is a default that nobody has confirmed."),
    MissingPart.INPUT_CONFIRMATION: _("This number still is a default that nobody has confirmed."),
    MissingPart.ISOLATION: _("Nothing says how the effect is told from everything else that moved."),
    MissingPart.CONFIDENCE_FACTOR: _("It rests on participants' estimates, not reduced by how sure they are."),
    MissingPart.OWN_MOVEMENT: _("Another benefit claims the same movement of the same KPI."),
    MissingPart.POSSIBLE_MOVEMENT: _("It claims more than its KPI is to move from baseline to target."),
    MissingPart.SUPPORT: _("Nothing supports it: it has neither evidence nor a source."),
    MissingPart.MONTHS: _("It never runs within the case, so it counts for nothing."),
    MissingPart.ADOPTION_MONTHS: _("Nobody takes it up within the case."),
    MissingPart.RATE_SOURCE: _("The discount rate has no source: who says that it is this high?"),
    MissingPart.INFLATION_SOURCE: _("The inflation has no source: who says that it is this high?"),
    MissingPart.TAX_SOURCE: _("The tax rate has no source: who says that it is this high?"),
}
"""Why a case cannot be presented, in one sentence each."""

REMEDIES = {
    MissingPart.OBJECTIVES: _("Add an objective"),
    MissingPart.COSTS: _("Add a cost"),
    MissingPart.BENEFITS: _("Add a benefit"),
    MissingPart.KPI: _("Add a KPI"),
    MissingPart.BASELINE_VALUE: _("Enter the baseline"),
    MissingPart.BASELINE_DATE: _("Enter the date of the baseline"),
    MissingPart.BASELINE_EVIDENCE: _("Name the evidence for the baseline"),
    MissingPart.TARGET_VALUE: _("Enter the target"),
    MissingPart.TARGET_DATE: _("Enter the date of the target"),
    MissingPart.OWNER: _("Name an owner"),
    MissingPart.OWNER_INACTIVE: _("Name another owner"),
    MissingPart.SOURCE: _("Choose a source"),
    MissingPart.SOURCE_METRIC: _("Choose metric and course"),
    MissingPart.SOURCE_EVIDENCE: _("Name the evidence"),
    MissingPart.CONFIRMATION: _("Confirm or change it"),
    MissingPart.ADOPTION_CONFIRMATION: _("Confirm or change the adoption"),
    MissingPart.DURATION_CONFIRMATION: _("Confirm or change the duration"),
    MissingPart.INPUT_CONFIRMATION: _("Confirm or change the number"),
    MissingPart.ISOLATION: _("Choose how it is isolated"),
    MissingPart.CONFIDENCE_FACTOR: _("Enter how sure they are"),
    MissingPart.OWN_MOVEMENT: _("Say how much of it is this line's"),
    MissingPart.POSSIBLE_MOVEMENT: _("Claim no more than the KPI moves"),
    MissingPart.SUPPORT: _("Name the evidence or a source"),
    MissingPart.MONTHS: _("Change when it runs"),
    MissingPart.ADOPTION_MONTHS: _("Change when adoption begins"),
    MissingPart.RATE_SOURCE: _("Name the source of the discount rate"),
    MissingPart.INFLATION_SOURCE: _("Name the source of the inflation"),
    MissingPart.TAX_SOURCE: _("Name the source of the tax rate"),
}
"""What fixes each reason: the words of the link to its form."""
