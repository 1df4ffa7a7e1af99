"""Setting the brief as a tagged PDF.

Text reaches Typst as JSON and the chart as SVG, both as values: nothing that a person typed is ever read as Typst code.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooSlow
from pathlib import Path
from typing import Any

import msgspec
import structlog
import typst
from django.utils.translation import get_language, override

from mycelia.business_case.errors import BriefUnavailable
from mycelia.business_case.models import Presentation
from mycelia.business_case.pages.brief import brief_of, chart_of, sheet_of
from mycelia.ui.api import chart_svg

TEMPLATE = Path(__file__).parent.parent / "typst" / "brief.typ"
CHART_WIDTH = 680
PATIENCE_SECONDS = 30

log = structlog.get_logger(__name__)
_setters = ThreadPoolExecutor(max_workers=2, thread_name_prefix="brief")


def brief_pdf(presentation: Presentation) -> bytes:
    """Return the brief of a presentation as PDF/UA-1; the same presentation always gives the same bytes.

    Raises:
        BriefUnavailable: It could not be set, or not in time; nothing else is affected.
    """
    sheet = sheet_of(presentation)
    chart = chart_of(sheet)
    text = msgspec.json.encode(brief_of(presentation, sheet, chart)).decode()
    moment = int(presentation.presented_at.timestamp())
    setting = _setters.submit(_set, text, chart, moment, get_language() or "en")
    try:
        return setting.result(timeout=PATIENCE_SECONDS)
    except (TooSlow, typst.TypstError, ValueError) as error:
        log.exception("brief_failed", presentation=presentation.pk, error=str(error))
        raise BriefUnavailable(presentation=presentation.pk) from error


def _set(text: str, chart: Any, moment: int, language: str) -> bytes:
    with override(language):
        drawing = chart_svg(chart, width=CHART_WIDTH).decode()
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
