"""Setting the brief as a tagged PDF.

Text reaches Typst as JSON and the chart as SVG, both as values: nothing that a person typed is ever read as Typst code.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooSlow
from pathlib import Path

import msgspec
import structlog
import typst
from django.utils.translation import get_language, override

from mycelia.business_case.errors import BriefUnavailable
from mycelia.business_case.exports.briefs.content import brief_of, chart_of
from mycelia.business_case.exports.briefs.questions import Stakeholder
from mycelia.business_case.exports.dossier import Dossier
from mycelia.ui.api import Chart, chart_svg

TEMPLATE = Path(__file__).parents[2] / "typst" / "brief.typ"
CHART_WIDTH = 680
PATIENCE_SECONDS = 30

log = structlog.get_logger(__name__)
_setters = ThreadPoolExecutor(max_workers=2, thread_name_prefix="brief")


def brief_pdf(dossier: Dossier, reader: Stakeholder = Stakeholder.MANAGEMENT) -> bytes:
    """Return one stakeholder's brief as PDF/UA-1; the same dossier always gives the same bytes.

    Raises:
        BriefUnavailable: It could not be set, or not in time; nothing else is affected.
    """
    chart = chart_of(dossier, reader)
    text = msgspec.json.encode(brief_of(dossier, reader, chart)).decode()
    setting = _setters.submit(_set, text, chart, int(dossier.as_of.timestamp()), get_language() or "en")
    try:
        return setting.result(timeout=PATIENCE_SECONDS)
    except (TooSlow, typst.TypstError, ValueError) as error:
        log.exception("brief_failed", case=dossier.slug, reader=reader, error=str(error))
        raise BriefUnavailable(case=dossier.slug) from error


def _set(text: str, chart: Chart | None, moment: int, language: str) -> bytes:
    with override(language):
        drawing = "" if chart is None else chart_svg(chart, width=CHART_WIDTH).decode()
    return bytes(
        typst.compile(
            TEMPLATE,
            root=TEMPLATE.parent,
            format="pdf",
            ignore_system_fonts=True,
            sys_inputs={"brief": text, "chart": drawing},
            pdf_standards=["ua-1"],
            timestamp=moment,
        )
    )
