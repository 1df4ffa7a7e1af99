"""`mycelia case export CASE --format xlsx --out FILE`: write what was presented, or the case as it stands."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from mycelia.business_case import api
from mycelia.business_case.exports.briefs.questions import Stakeholder
from mycelia.business_case.exports.catalogue import DOCUMENTS
from mycelia.business_case.exports.record_tables import RECORD_TABLES, table_of
from mycelia.business_case.exports.source import Exported
from mycelia.business_case.exports.tables import TABLES
from mycelia.business_case.models import Case
from mycelia.kernel.errors import MyceliaError
from mycelia.kernel.policy import Actor


class Command(BaseCommand):
    """Export a case as workbook, brief, table or JSON."""

    help = (
        "Write a business case to a file: xlsx (workbook with live formulas), pptx (ten slides), pdf (a brief for one "
        "stakeholder), csv (one table), zip (all tables) or json (everything; a case can be restored from it)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("case", help="short name of the case, such as demo")
        parser.add_argument("--format", choices=("xlsx", "pptx", "pdf", "csv", "zip", "json"), default="pdf")
        parser.add_argument("--table", choices=(*TABLES, *RECORD_TABLES), default="lines", help="which table, for csv")
        parser.add_argument(
            "--brief", choices=tuple(Stakeholder), default=Stakeholder.MANAGEMENT, help="for whom, for pdf"
        )
        parser.add_argument("--out", type=Path, required=True, help="file to write")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            case = api.case_for(Actor.system("case export"), options["case"])
            content = _content(case, options)
            options["out"].write_bytes(content)
        except MyceliaError as refused:
            raise CommandError(str(refused)) from refused
        except OSError as failed:
            raise CommandError(f"{options['out']}: {failed.strerror}") from failed
        self.stdout.write(f"{options['out']} ({len(content)} bytes)")


def _content(case: Case, options: dict[str, Any]) -> bytes:
    exported = Exported(case)
    if options["format"] == "csv":
        return table_of(exported, options["table"])
    names = {
        "xlsx": "workbook.xlsx",
        "pptx": "slides.pptx",
        "pdf": f"brief-{options['brief']}.pdf",
        "zip": "tables.zip",
        "json": "case.json",
    }
    return DOCUMENTS[names[options["format"]]].write(exported)
