"""`mycelia case export CASE --format pdf --out FILE`: write what was presented, or the case as it stands."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import msgspec
from django.core.management.base import BaseCommand, CommandError

from mycelia.business_case import api
from mycelia.business_case.errors import NotPresented
from mycelia.business_case.models import Case
from mycelia.business_case.pages.brief_document import brief_pdf
from mycelia.kernel.errors import MyceliaError
from mycelia.kernel.policy import Actor


class Command(BaseCommand):
    """Export a case: the brief of its latest presentation as PDF, or all of it as JSON."""

    help = (
        "Write a business case to a file: pdf (the brief of its latest presentation) or json (the case as it stands)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("case", help="short name of the case, such as demo")
        parser.add_argument("--format", choices=("pdf", "json"), default="pdf")
        parser.add_argument("--out", type=Path, required=True, help="file to write")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            case = api.case_for(Actor.system("case export"), options["case"])
            content = _brief(case) if options["format"] == "pdf" else _json(case)
            options["out"].write_bytes(content)
        except MyceliaError as refused:
            raise CommandError(str(refused)) from refused
        except OSError as failed:
            raise CommandError(f"{options['out']}: {failed.strerror}") from failed
        self.stdout.write(f"{options['out']} ({len(content)} bytes)")


def _brief(case: Case) -> bytes:
    latest = api.latest_presentation(case)
    if latest is None:
        raise NotPresented(slug=case.slug)
    return brief_pdf(latest)


def _json(case: Case) -> bytes:
    return msgspec.json.format(msgspec.json.encode(api.case_sheet(case)), indent=2) + b"\n"
