"""`mycelia doctor`: what is wrong with this installation, and what to do."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from mycelia.config.observability.doctor import Finding, Verdict, examine

_SIGNS = {Verdict.GOOD: "ok     ", Verdict.WARNING: "warning", Verdict.WRONG: "WRONG  "}


class Command(BaseCommand):
    help = "Check this installation and its surroundings; exit status 1 when something is wrong."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print the findings as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        findings = examine()
        if options["json"]:
            self.stdout.write(json.dumps([asdict(finding) for finding in findings], indent=2))
        else:
            self._print(findings)
        if any(finding.verdict is Verdict.WRONG for finding in findings):
            raise SystemExit(1)

    def _print(self, findings: tuple[Finding, ...]) -> None:
        for finding in findings:
            self.stdout.write(f"{_SIGNS[finding.verdict]}  {finding.subject}: {finding.text}")
            if finding.remedy:
                self.stdout.write(f"         -> {finding.remedy}")
