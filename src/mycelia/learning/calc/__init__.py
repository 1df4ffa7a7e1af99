"""Rules of progress and completion, free of Django, the database and the clock."""

from mycelia.learning.calc.completion import completion, remaining
from mycelia.learning.calc.standing import is_overdue, is_stuck, order_of_work

__all__ = ["completion", "is_overdue", "is_stuck", "order_of_work", "remaining"]
