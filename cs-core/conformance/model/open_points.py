"""Where the library does not do yet what the pages on principles say; each point goes with its function once it does.

What rests on one of them is not compared: a row, or all of a review whose verdicts follow from it.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import copy

from natural_drift import use_kept
from right_customer import unfit_sales
from snapshot import Snapshot
from time_to_value import wait_of

Tables = dict[str, list[dict]]


def worst_band_without_a_score_before(seen: Snapshot, expected: Tables, found: Tables) -> bool:
    """Of those who drift, customers without both scores are left out, whichever band they are in."""
    days = seen.settings.days("natural_drift")["score_days"]
    drifting = {row["subject"] for row in expected["findings"] if row["check"] in ("silence", "falling_use")}
    return any(seen.is_worst(name) and seen.change(name, days) is None for name in drifting)


def use_at_the_threshold(seen: Snapshot, expected: Tables, found: Tables) -> bool:
    """The last acceptable value is acceptable, however means of it are rounded."""
    least, fallen = 1 - seen.settings["natural_drift"]["max_fall"], {row["subject"] for row in found["findings"] if row["check"] == "falling_use"}
    return any(use_kept(seen, name) == least for name in fallen)


def due_beside_a_term_that_is_over(seen: Snapshot, expected: Tables, found: Tables) -> bool:
    """A contract in force that falls due soon is urgent, whatever others of the customer did."""
    return any(min(days) < seen.day <= max(days) for days in seen.dues.values() if days)


def sales_to_those_who_are_left_out(seen: Snapshot, expected: Tables, found: Tables) -> bool:
    """The company counts customers that are left out of the principle, too."""
    panel, others = seen.panel("right_customer"), copy(seen)
    others.paying = panel
    return unfit_sales(seen, panel) != unfit_sales(others, panel)


def value_between_two_absences(seen: Snapshot, expected: Tables, found: Tables) -> bool:
    """Who came back and then got value waited for it, whether or not it left again."""
    return any(wait_of(seen, name).start not in (seen.first(name), seen.came(name)) for name in seen.paying)


def cohorts_that_nobody_watched(seen: Snapshot, expected: Tables, found: Tables) -> bool:
    """Of the share after so many days nothing is known where nobody was watched so long."""
    is_accused = any(row["check"] == "slower_cohorts" for row in found["findings"])
    return is_accused and any(was_watched_too_briefly(row) for row in expected["checks"] if row["check"] == "slower_cohorts")


def incidence_of_all(seen: Snapshot, expected: Tables, found: Tables) -> bool:
    """A share of all has no interval, however the shares that make it are rounded."""
    return any(row["incidence"] != 1 == other["incidence"] for row, other in zip(found["value_incidence"], expected["value_incidence"]))


OPEN: list[Callable[[Snapshot, Tables, Tables], bool]] = [
    worst_band_without_a_score_before, use_at_the_threshold, due_beside_a_term_that_is_over, sales_to_those_who_are_left_out, value_between_two_absences,
    cohorts_that_nobody_watched, incidence_of_all,
]  # fmt: skip


def was_watched_too_briefly(row: dict) -> bool:
    return row["check"] in ("early_churn", "slower_cohorts") and row["missing_reason"] == "watched_too_briefly"


def without_open_rows(tables: Tables, expected: Tables) -> Tables:
    """Neither questions, nor what earlier findings of them became, of groups and cohorts that were watched too briefly; nor
    what became of a principle that failed and is not assessed any more, or is none of the edition."""
    briefly = {row["check"] for row in expected["checks"] if was_watched_too_briefly(row)}
    told = {row["principle"] for row in expected["verdicts"]}
    checks = [row for row in tables["checks"] if row["check"] not in briefly]
    resolved = [row for row in tables["resolved"] if row["check"] not in briefly | {"principle_fails"} and row["principle"] in told]
    return tables | {"checks": checks, "resolved": resolved}
