"""Strict validation of xAPI 1.0.3 and 2.0.0 statements."""

from mycelia.records.calc.validation.statements import VERSIONS, check_statement

__all__ = ["VERSIONS", "check_statement"]
