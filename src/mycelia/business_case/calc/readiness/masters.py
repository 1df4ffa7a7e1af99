"""Exactly one master for each content model and state, and one that stays."""

from __future__ import annotations

from collections.abc import Iterator

from mycelia.business_case.calc.readiness.making import WORK, facts, finding_key, system_row
from mycelia.business_case.types import (
    CostCategory,
    EvidenceRow,
    Fact,
    FindingRule,
    Landscape,
    Lifecycle,
    ModelPicture,
    Moment,
    Proposal,
    ProposalKind,
    ReadinessFinding,
    RowKind,
    Severity,
    SystemPicture,
)


def master_findings(landscape: Landscape) -> Iterator[ReadinessFinding]:
    """Find models with no master, with several, and with one that is leaving."""
    systems = {system.key: system for system in landscape.systems}
    for model in landscape.models:
        for moment in Moment:
            masters = [systems[key] for key in model.masters(moment) if key in systems]
            if len(masters) > 1:
                yield _several(model, moment, masters)
            elif not masters:
                yield _none(model, moment)
            elif _leaves(masters[0], moment):
                yield _leaving(model, moment, masters[0])


def _leaves(master: SystemPicture, moment: Moment) -> bool:
    gone = (Lifecycle.RETIRED,) if moment is Moment.TODAY else (Lifecycle.SUNSET, Lifecycle.RETIRED)
    return master.lifecycle in gone


def _model_row(model: ModelPicture, moment: Moment, masters: int) -> EvidenceRow:
    shown = (Fact("moment", moment), Fact("masters", masters))
    return EvidenceRow(RowKind.MODEL, model.key, model.name, shown)


def _several(model: ModelPicture, moment: Moment, masters: list[SystemPicture]) -> ReadinessFinding:
    rows = tuple(system_row(system, ("lifecycle", "owner")) for system in masters)
    return ReadinessFinding(
        key=finding_key(FindingRule.SEVERAL_MASTERS, model.key, moment),
        rule=FindingRule.SEVERAL_MASTERS,
        severity=Severity.HIGH,
        facts=facts(name=model.name, moment=moment, names=" · ".join(system.name for system in masters)),
        evidence=(_model_row(model, moment, len(masters)), *rows),
        proposals=(WORK, Proposal(ProposalKind.COST, CostCategory.MIGRATION)),
    )


def _none(model: ModelPicture, moment: Moment) -> ReadinessFinding:
    return ReadinessFinding(
        key=finding_key(FindingRule.NO_MASTER, model.key, moment),
        rule=FindingRule.NO_MASTER,
        severity=Severity.MEDIUM if moment is Moment.TODAY else Severity.HIGH,
        facts=facts(name=model.name, moment=moment),
        evidence=(_model_row(model, moment, 0),),
        proposals=(WORK,),
    )


def _leaving(model: ModelPicture, moment: Moment, master: SystemPicture) -> ReadinessFinding:
    return ReadinessFinding(
        key=finding_key(FindingRule.MASTER_LEAVES, model.key, master.key, moment),
        rule=FindingRule.MASTER_LEAVES,
        severity=Severity.HIGH,
        facts=facts(name=model.name, moment=moment, system=master.name, lifecycle=master.lifecycle),
        evidence=(_model_row(model, moment, 1), system_row(master, ("lifecycle", "contract_end", "end_of_life"))),
        proposals=(
            Proposal(ProposalKind.COST, CostCategory.MIGRATION, master.exit_cost, master.currency),
            WORK,
        ),
    )
