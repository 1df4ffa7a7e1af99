"""Reads whose SQL is worked out once, for the few that every page makes.

Building and compiling a query set takes Django several times as long as PostgreSQL takes to answer it. The query is
still written as a query set, so that a renamed field fails when it is first used; only its text is kept.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)
Row = tuple[Any, ...]


class PreparedQuery:
    """A query set of plain rows (`values_list`), compiled when it is first used.

    Args:
        build: Takes the parameters by name and returns the query set. It is called once, with stand-ins, so it must
            pass each on unchanged as a parameter of the query and must not decide anything by it.
        samples: One stand-in for each parameter, of its type and different from any other value in the query.
            A list stands for the whole array, as in `= ANY(%s)`.

    Example:
        >>> def build(key):
        ...     return Person.objects.filter(pk=key).values_list("email")
        >>> emails = PreparedQuery(build, key=-1)  # doctest: +SKIP
        >>> emails.rows(key=7)  # doctest: +SKIP
        [('lena@example.com',)]
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]], **samples: Any) -> None:
        self._build = build
        self._samples = samples
        self._compiled: tuple[str, tuple[tuple[str | None, Any], ...]] | None = None

    def rows(self, **values: Any) -> list[Row]:
        """Return the rows for these values, as the database driver gives them."""
        statement, slots = self._compiled or self._compile()
        parameters = [fixed if name is None else values[name] for name, fixed in slots]
        with connection.cursor() as cursor:
            cursor.execute(statement, parameters)
            found: list[Row] = cursor.fetchall()
        return found

    def _compile(self) -> tuple[str, tuple[tuple[str | None, Any], ...]]:
        statement, parameters = self._build(**self._samples).query.sql_with_params()
        slots = tuple((self._name_of(value), value) for value in parameters)
        absent = self._samples.keys() - {name for name, _ in slots}
        if absent:
            raise LookupError(f"not a parameter of the query: {', '.join(sorted(absent))}")
        self._compiled = (statement, slots)
        return self._compiled

    def _name_of(self, value: Any) -> str | None:
        same = (name for name, sample in self._samples.items() if type(value) is type(sample) and value == sample)
        return next(same, None)


class PreparedObjects(Generic[M]):
    """A query set of whole objects, compiled when it is first used; see `PreparedQuery`.

    Args:
        build: Returns a query set without `values`, `only`, `defer`, `select_related` or annotations.
        samples: As for a `PreparedQuery`.
    """

    def __init__(self, build: Callable[..., QuerySet[M]], **samples: Any) -> None:
        self._query = PreparedQuery(build, **samples)
        self._build, self._samples = build, samples
        self._shape: tuple[type[M], list[str], dict[int, Any]] | None = None

    def all(self, **values: Any) -> list[M]:
        """Return the objects for these values."""
        model, names, converters = self._shape or self._find_shape()
        return [
            model.from_db(connection.alias, names, _converted(row, converters)) for row in self._query.rows(**values)
        ]

    def _find_shape(self) -> tuple[type[M], list[str], dict[int, Any]]:
        query = self._build(**self._samples)
        compiler = query.query.get_compiler(connection=connection)
        compiler.as_sql()
        columns = [expression for expression, _, _ in compiler.select]
        names = [column.target.attname for column in columns]
        self._shape = (query.model, names, compiler.get_converters(columns))
        return self._shape


def _converted(row: Row, converters: dict[int, Any]) -> list[Any]:
    values = list(row)
    for place, (convert, expression) in converters.items():
        for each in convert:
            values[place] = each(values[place], expression, connection)
    return values
