"""Checking a chain of entries one by one, in constant memory."""

from __future__ import annotations

from mycelia.audit.calc.hashing import entry_hash
from mycelia.audit.types import GENESIS, ChainedEntry, Problem, Verification

MAXIMUM_PROBLEMS = 1000


class ChainCheck:
    """Fed with entries in order of sequence, finds what was altered, removed, added or reordered.

    After an altered entry the check goes on from the hash that is stored, so that one alteration is one problem.
    """

    def __init__(self, expected: str | None = None) -> None:
        """Start before the first entry.

        Args:
            expected: Hexadecimal hash noted earlier, kept outside the database; it must occur in the chain, which
                proves everything up to it unchanged. None expects nothing.
        """
        self._expected = None if expected is None else expected.strip().lower()
        self._expected_seen = False
        self._entries = 0
        self._sequence = 0
        self._hash = GENESIS
        self._problems: list[Problem] = []

    def add(self, entry: ChainedEntry) -> None:
        """Check the next entry against the one before it."""
        self._entries += 1
        if entry.sequence != self._sequence + 1:
            self._report(entry.sequence, "gap", f"entries {self._sequence + 1} to {entry.sequence - 1} are missing")
        elif entry.previous_hash != self._hash:
            self._report(entry.sequence, "link", "does not follow from the entry before it")
        if entry_hash(entry) != entry.entry_hash:
            self._report(entry.sequence, "altered", "content and hash do not belong together")
        self._sequence, self._hash = entry.sequence, entry.entry_hash
        self._expected_seen = self._expected_seen or entry.entry_hash.hex() == self._expected

    def finish(self, *, head_sequence: int | None, head_hash: bytes | None) -> Verification:
        """Compare the end of the chain with the head row.

        Args:
            head_sequence: Sequence in the head row; None when there is no head row.
            head_hash: Hash in the head row, 32 bytes.
        """
        if (head_sequence or 0) != self._sequence or (head_hash or GENESIS) != self._hash:
            self._report(
                self._sequence, "head", f"the log ends at {self._sequence}, the head row says {head_sequence or 0}"
            )
        if self._expected is not None and not self._expected_seen:
            self._report(self._sequence, "expected", "the hash noted earlier does not occur in the log")
        return Verification(self._entries, self._hash.hex() if self._entries else "", tuple(self._problems))

    def _report(self, sequence: int, code: str, explanation: str) -> None:
        if len(self._problems) < MAXIMUM_PROBLEMS:
            self._problems.append(Problem(sequence, code, explanation))
