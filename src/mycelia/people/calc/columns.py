"""The columns of a people file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        name: The header's text, in lower case.
        maximum: Longest value, in characters.
        column_required: The file must have the column.
        value_required: No cell of it may be empty.
        example: A value for the example file.
    """

    name: str
    maximum: int
    example: str
    column_required: bool = False
    value_required: bool = False


COLUMNS = (
    Column("employee_number", 40, "E1042", column_required=True, value_required=True),
    Column("email", 254, "ada.moreno@example.com", column_required=True, value_required=True),
    Column("given_name", 100, "Ada", column_required=True, value_required=True),
    Column("family_name", 100, "Moreno", column_required=True),
    Column("unit_code", 40, "SALES-N", column_required=True, value_required=True),
    Column("unit_name", 200, "Sales North"),
    Column("parent_unit_code", 40, "SALES"),
    Column("manager_employee_number", 40, "E1001"),
    Column("position", 200, "Account executive"),
    Column("location", 200, "Rotterdam"),
    Column("cost_centre", 200, "4100"),
    Column("valid_from", 10, "2026-01-01"),
    Column("language", 20, "en"),
)
COLUMN_NAMES = tuple(column.name for column in COLUMNS)
REQUIRED_COLUMNS = frozenset(column.name for column in COLUMNS if column.column_required)
BY_NAME = {column.name: column for column in COLUMNS}
MAXIMUM_ROWS = 200_000
MAXIMUM_BYTES = 50 * 1024 * 1024
