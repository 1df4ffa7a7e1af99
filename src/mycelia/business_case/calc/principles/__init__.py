"""What a case is held to before it is presented: the guiding principles of the ROI Methodology, and common sense.

References:
    J. J. Phillips and P. P. Phillips, the twelve guiding principles of the ROI Methodology.
"""

from __future__ import annotations

from mycelia.business_case.calc.principles.claims import duplicate_claims
from mycelia.business_case.calc.principles.phillips import phillips_warnings
from mycelia.business_case.calc.principles.placeholders import placeholders

__all__ = ["duplicate_claims", "phillips_warnings", "placeholders"]
