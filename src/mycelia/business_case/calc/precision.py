"""The precision all money arithmetic runs in, whatever the caller's own decimal context is."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Context

PRECISE = Context(prec=60, rounding=ROUND_HALF_EVEN)
"""Sixty digits: a sum of rounded quotients of 15-digit amounts is still exact to far below one cent."""
