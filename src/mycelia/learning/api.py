"""Stub until helper content lands it."""
def completion_count(**kw): return 0
def completion_months(**kw): return []
__all__ = ["completion_count", "completion_months"]
