"""What the library raises: errors as data, with stable codes and the place of the fault."""

import json
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: what, where, and how to mend it."""

    code: str
    """The stable name of the fault."""
    message: str
    """One sentence for a person."""
    path: str
    """Where, as one path: ``contracts[12].mrr`` or ``definitions.period``."""
    table: str | None
    """The input table."""
    row: int | None
    """The record in its table, from 1."""
    line: int | None
    """The line of the file, from 1, for CSV only."""
    column: str | None
    """The column."""
    value: str | None
    """The value at fault, cut to 64 characters."""
    help: str | None
    """How to mend it."""


class CustomerSuccessError(Exception):
    """The base of all errors of the library."""

    problems: list[Problem]
    """The faults, the first one first."""
    problems_total: int
    """How many faults there are, kept or not."""

    def __init__(self, report: str) -> None:
        """Make the error of a canonical error report."""
        data: dict[str, Any] = json.loads(report)
        super().__init__(data["message"])
        self.problems = [Problem(**problem) for problem in data["problems"]]
        self.problems_total = data["problems_total"]
        self._report = report

    def to_json(self) -> str:
        """The canonical JSON of the error, the same in every language."""
        return self._report

    def __reduce__(self) -> tuple[type["CustomerSuccessError"], tuple[str]]:
        """Errors cross processes whole."""
        return type(self), (self._report,)

    @property
    def _first(self) -> Problem:
        return self.problems[0]

    @property
    def code(self) -> str:
        """The stable name of the first fault."""
        return self._first.code

    @property
    def message(self) -> str:
        """The sentence of the first fault."""
        return self._first.message

    @property
    def path(self) -> str:
        """The place of the first fault."""
        return self._first.path

    @property
    def table(self) -> str | None:
        """The input table of the first fault."""
        return self._first.table

    @property
    def row(self) -> int | None:
        """The record of the first fault, from 1."""
        return self._first.row

    @property
    def line(self) -> int | None:
        """The line of the first fault, for CSV only."""
        return self._first.line

    @property
    def column(self) -> str | None:
        """The column of the first fault."""
        return self._first.column

    @property
    def value(self) -> str | None:
        """The value of the first fault."""
        return self._first.value

    @property
    def help(self) -> str | None:
        """How to mend the first fault."""
        return self._first.help


class InvalidInput(CustomerSuccessError, ValueError):
    """The data cannot be read as what it claims to be."""


class InvalidArgument(CustomerSuccessError, ValueError):
    """The call is wrong."""


class InternalError(CustomerSuccessError):
    """A bug of the library."""
