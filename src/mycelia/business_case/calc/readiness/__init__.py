"""The readiness check: pure rules over a frozen picture of the blueprint and of real usage."""

from mycelia.business_case.calc.readiness.check import check_readiness, horizon_of
from mycelia.business_case.calc.readiness.keeping import kept, kept_facts, recalled

__all__ = ["check_readiness", "horizon_of", "kept", "kept_facts", "recalled"]
