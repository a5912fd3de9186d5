"""Facts: what is known of customers beside their contracts, at the close of a day.

The sections "What is measured" and "When a fact is known" of the page on scorecards. A table that is not in the book
has no rows.
"""

from __future__ import annotations

from datetime import date

from definitions import parse_day, parse_optional_day

# The day of a row of each table.
ROW_DAYS = {
    "signals": "observed_on",
    "engagements": "date",
    "surveys": "date",
    "feedback": "date",
    "advocacy": "date",
    "cases": "opened_on",
    "actions": "opened_on",
    "milestones": "reached_on",
    "outcomes": "observed_on",
    "stakeholders": "since",
}
EVENTS = ("engagements", "surveys", "feedback", "advocacy", "cases", "actions")
STATES = ("milestones", "outcomes", "stakeholders")

# The first of these columns that a row has is the day from which it is known; a row that has none always was.
KNOWN_FROM = {
    "signals": ("recorded_on", "observed_on"),
    "engagements": ("date",),
    "surveys": ("date",),
    "advocacy": ("date",),
    "feedback": ("date",),
    "cases": ("opened_on",),
    "actions": ("opened_on",),
    "milestones": (),
    "outcomes": ("agreed_on",),
    "stakeholders": ("since",),
    "practices": ("since",),
}
# Columns of days that are known from themselves on, each with the columns that are known with it.
KNOWN_LATER = {
    "feedback": {"answered_on": (), "released_on": ()},
    "cases": {"closed_on": ("resolved_by_self", "satisfaction")},
    "actions": {"closed_on": ("result",)},
    "milestones": {"reached_on": ()},
    "outcomes": {"observed_on": ("current", "experience"), "achieved_on": ()},
    "stakeholders": {"left_on": ("moved_to_customer_id",)},
}


def known_from(table: str, row: dict) -> date:
    """The day from which a row is known; the first of all days for one that always was."""
    days = [row[column] for column in KNOWN_FROM[table] if row.get(column) is not None]
    return parse_day(days[0]) if days else date.min


def as_known(table: str, row: dict, day: date) -> dict:
    """A known row as it reads at the close of the day: what is known later is absent."""
    known = dict(row)
    for own_day, others in KNOWN_LATER.get(table, {}).items():
        if row.get(own_day) is not None and parse_day(row[own_day]) > day:
            known |= dict.fromkeys((own_day, *others))
    return known


def known_facts(book: dict, table: str, day: date) -> list[dict]:
    """The rows of a table of facts that are known at the close of the day, as they read then."""
    return [as_known(table, row, day) for row in book.get(table) or [] if known_from(table, row) <= day]


def days_of_facts(book: dict) -> list[date]:
    """The days on which rows or cells became known; plans are none."""
    days = []
    for table in KNOWN_FROM:
        for row in book.get(table) or []:
            days += [known_from(table, row)] if known_from(table, row) > date.min else []
            days += [parse_day(row[column]) for column in KNOWN_LATER.get(table, {}) if row.get(column) is not None]
    return days


def row_day(table: str, row: dict) -> date | None:
    """The row's day."""
    return parse_optional_day(row.get(ROW_DAYS[table]))


def cell(table: str, row: dict, column: str):
    """What a row has in a column, or in one of the numbers beside those of the tables."""
    if (table, column) == ("outcomes", "progress"):
        return progress(row)
    if (table, column) == ("cases", "days_to_close"):
        return days_between(row, "opened_on", "closed_on")
    if (table, column) == ("feedback", "days_to_answer"):
        return days_between(row, "date", "answered_on")
    return row.get(column)


def progress(row: dict) -> float | None:
    """How much of the way from the baseline to the target is done."""
    baseline, target, current = (row.get(column) for column in ("baseline", "target", "current"))
    if baseline is None or target is None or current is None or baseline == target:
        return None
    return (float(current) - float(baseline)) / (float(target) - float(baseline))


def days_between(row: dict, first: str, last: str) -> int | None:
    if row.get(first) is None or row.get(last) is None:
        return None
    return (parse_day(row[last]) - parse_day(row[first])).days
