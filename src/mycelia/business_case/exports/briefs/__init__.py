"""Five briefs from one dossier, each answering the questions of those who read it."""

from mycelia.business_case.exports.briefs.document import brief_pdf
from mycelia.business_case.exports.briefs.questions import Stakeholder

MEDIA_TYPE = "application/pdf"

__all__ = ["MEDIA_TYPE", "Stakeholder", "brief_pdf"]
