"""What became of the rows of a portfolio, as data."""

import json
from dataclasses import dataclass
from typing import Any, final

from customer_success._errors import Problem


@final
@dataclass(frozen=True, slots=True, repr=False)
class LoadReport:
    """What became of every row of every table: ``rows_read = accepted + rejected + blank``."""

    tables: list[dict[str, Any]]
    """A dict for each table that was given: ``table``, ``rows_read``, ``accepted``, ``rejected``, ``blank``."""
    rows_read: int
    """All rows of all tables."""
    accepted: int
    """Rows that are in the portfolio."""
    rejected: int
    """Rows with a problem, and duplicates that were left out."""
    blank: int
    """Rows without any value."""
    problems: list[Problem]
    """Why rows were rejected, as far as they are kept."""
    problems_total: int
    """How many problems there are."""
    warnings: list[Problem]
    """What looks wrong and rejects no row, as far as it is kept."""
    warnings_total: int
    """How many warnings there are."""
    _report: str

    @classmethod
    def _from(cls, report: str) -> "LoadReport":
        """Make the report of its canonical JSON."""
        data: dict[str, Any] = json.loads(report)
        for name in ("problems", "warnings"):
            data[name] = [Problem(**problem) for problem in data[name]]
        return cls(**data, _report=report)

    def to_json(self) -> str:
        """The canonical JSON of the report."""
        return self._report

    def __repr__(self) -> str:
        """The counts of rows."""
        counts = f"{self.rows_read} rows read, {self.accepted} accepted, {self.rejected} rejected, {self.blank} blank"
        return f"<LoadReport: {counts}>"
