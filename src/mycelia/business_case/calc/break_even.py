"""What would have to be true for the case to come out at exactly zero."""

from __future__ import annotations

from decimal import Decimal, localcontext

from mycelia.business_case.calc.precision import PRECISE


def break_even_share(*, npv: Decimal, present_value: Decimal) -> Decimal | None:
    """Return the multiple of one part of the case at which its net present value is zero, all else unchanged.

    The net present value is linear in any one line, so it is zero where the line is scaled by 1 - NPV / PV.

    Args:
        npv: Net present value of the whole case.
        present_value: Signed present value of the part: benefits positive, costs negative.

    Returns:
        A share, 1 for the plan as it is; None when the part is worth nothing or no amount of it (a negative
        share) brings the case to zero.

    Example:
        >>> break_even_share(npv=Decimal(60), present_value=Decimal(100))
        Decimal('0.4')
        >>> break_even_share(npv=Decimal(60), present_value=Decimal(-40))
        Decimal('2.5')
        >>> break_even_share(npv=Decimal(60), present_value=Decimal(30)) is None
        True
    """
    if present_value == 0:
        return None
    with localcontext(PRECISE):
        share = 1 - npv / present_value
    return share if share >= 0 else None
