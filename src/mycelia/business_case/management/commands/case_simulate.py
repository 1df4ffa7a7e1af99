"""`mycelia case simulate CASE`: the distributions of a case's figures."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
from django.core.management.base import BaseCommand, CommandError

from mycelia.business_case import api
from mycelia.business_case.calc.case_file import LARGEST_FILE, UnreadableCaseFile, read_case_file
from mycelia.business_case.calc.labels import subjects_of
from mycelia.business_case.errors import CaseNotFound
from mycelia.business_case.types import CaseDocument, Finding, ImpossibleDraws, Simulation, Spread, UnsoundModel
from mycelia.kernel import clock
from mycelia.kernel.policy import Actor

FIGURES = ("npv", "roi", "bcr", "payback_months", "discounted_payback_months", "irr")
USAGE = 2


class Command(BaseCommand):
    """Simulate a case that is stored, or one in a file."""

    help = "Simulate a business case: distributions of its figures, its finish and what they depend on."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("case", help="short name of a case, or the path of one that was exported as JSON")
        parser.add_argument("--draws", type=int, default=10_000, help="100 to 1,000,000 (default 10,000)")
        parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same result (default 1)")
        parser.add_argument("--option", default="", help="key of an option; the preferred one when left out")
        parser.add_argument(
            "--as-of",
            type=date.fromisoformat,
            help="day (2026-11-26) before which nothing that is not finished can have finished; today when left out",
        )
        parser.add_argument("--json", action="store_true", help="print everything as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        document = _document(options["case"])
        document = replace(document, model=api.told_on(document.model, options["as_of"] or clock.today()))
        model = document.model
        option = options["option"] or model.preferred.key
        if option not in {each.key for each in model.options}:
            raise CommandError(f"The case has no option {option}.", returncode=USAGE)
        try:
            result = api.simulate(
                model, option, draws=options["draws"], seed=options["seed"], stopwatch=time.perf_counter
            )
        except ImpossibleDraws as impossible:
            raise CommandError(f"Draws or seed are out of range: {impossible}", returncode=USAGE) from impossible
        except UnsoundModel as unsound:
            listed = "\n".join(f"  {each.subject} {each.field}: {each.kind}" for each in unsound.problems)
            raise CommandError(f"The case cannot be computed:\n{listed}") from unsound
        findings = api.findings_of(document)
        self.stdout.write(_json(result, document, findings) if options["json"] else _text(result, document, findings))


def _document(case: str) -> CaseDocument:
    path = Path(case)
    if path.suffix != ".json" and not path.is_file():
        try:
            return api.stored_document(api.case_for(Actor.system("case simulate"), case))
        except CaseNotFound as missing:
            raise CommandError(f"There is no case and no file named {case}.") from missing
    try:
        with path.open("rb") as file:
            return read_case_file(file.read(LARGEST_FILE + 1)).case
    except OSError as failed:
        raise CommandError(f"{path}: {failed.strerror}") from failed
    except UnreadableCaseFile as unreadable:
        raise CommandError(f"{path}, {unreadable}") from unreadable


def _json(result: Simulation, document: CaseDocument, findings: Sequence[Finding]) -> str:
    """Return everything, with what the case falls short of under "findings"; one that refuses keeps it back."""
    written = msgspec.to_builtins(result)
    named = subjects_of(document.model)
    written["findings"] = [{**msgspec.to_builtins(one), "label": named.get(one.subject, "")} for one in findings]
    finish = None if result.finish is None else {name: written["finish"][name] for name in ("p50", "p80", "p95")}
    return msgspec.json.format(msgspec.json.encode({**written, "finish": finish}), indent=2).decode()


def _text(result: Simulation, document: CaseDocument, findings: Sequence[Finding]) -> str:
    rows = [f"{result.draws} draws, seed {result.seed}, {result.seconds:.2f} s"]
    if result.as_of is not None:
        rows.append(f"told on {result.as_of}: nothing open finishes before it")
    rows += [_row(name, getattr(result, name)) for name in FIGURES]
    rows.append(f"{'probability of loss':<26}{result.probability_of_loss:>14.4f}")
    if result.finish is not None:
        rows.append(f"finish: P50 {result.finish.p50}, P80 {result.finish.p80}, P95 {result.finish.p95}")
    rows += [f"  {swing.name}: {swing.npv_at_low:,.0f} to {swing.npv_at_high:,.0f}" for swing in result.tornado]
    named = subjects_of(document.model)
    rows += [f"  {_told(one, named.get(one.subject, ''))}" for one in findings]
    return "\n".join(rows)


def _told(finding: Finding, label: str) -> str:
    weight = "refused" if finding.refuses else "warning"
    details = ", ".join((f"“{label}”", *finding.related) if label else finding.related)
    return f"{weight}: {finding.subject} {finding.field}: {finding.principle}" + (f" ({details})" if details else "")


def _row(name: str, spread: Spread) -> str:
    cells = (spread.mean, spread.p10, spread.p50, spread.p90, spread.error)
    return f"{name:<26}" + "".join(f"{'-' if cell is None else format(cell, ',.4f'):>18}" for cell in cells)
