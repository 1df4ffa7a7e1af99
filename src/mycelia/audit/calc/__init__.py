"""Pure rules of the audit log: the hash of an entry and the check of a chain."""

from mycelia.audit.calc.chain import ChainCheck
from mycelia.audit.calc.hashing import canonical_form, entry_hash

__all__ = ["ChainCheck", "canonical_form", "entry_hash"]
