"""The rule of time to value: the customer must feel value as early as possible."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import floor

from asking import FINE, NOT_KNOWN, Answer, Claim, Question, WiderQuestion, all_assessed, ask, at_most, found, told, unassessed
from definitions import parse_optional_day
from renewals import first_term_end
from snapshot import Snapshot
from values import is_kept, log_rank, ways

PRINCIPLE = "time_to_value"
MILESTONE = "first_value"

Waits = list[tuple[int, str]]  # days, and what ended them or did not


@dataclass(frozen=True)
class Wait:
    """Of a customer who pays: from the day on which it came, or came back after it left without value, to its value or so far."""

    start: date
    is_first: bool  # whether that is the day on which it first paid
    reached: date | None
    due: date | None
    days: int
    term: int | None  # the days of the term that it began with; of one who came back nobody asks

    @property
    def is_over(self) -> bool:
        """Had it value by the day on which it came back?"""
        return not self.is_first and self.reached is not None and self.reached < self.start

    @property
    def share(self) -> Fraction | None:
        return None if self.term is None else Fraction(self.days, self.term)


def questions(seen: Snapshot, panel: list[str]) -> list[Question | WiderQuestion]:
    waits = {name: wait_of(seen, name) for name in panel}
    limit = seen.settings.days(PRINCIPLE)
    kept, came_after = is_kept(seen.book, MILESTONE, seen.day), seen.since_months(limit["new_months"])

    def is_new(name: str) -> bool:
        return waits[name].start > came_after

    def stuck(name: str) -> Answer | None:
        """Where nothing is known of the milestone, anybody may still wait."""
        if not kept:
            return NOT_KNOWN
        wait = waits[name]
        return None if wait.is_over or not (is_new(name) or wait.reached is None) else too_late(seen, wait, False)

    def late_value(name: str) -> Answer | None:
        if waits[name].is_over or not is_new(name):
            return None
        return too_late(seen, waits[name], True) if kept else NOT_KNOWN

    def missed(name: str) -> Answer | None:
        """Who came back was promised nothing."""
        if kept and not waits[name].is_first:
            return None
        if not is_new(name) and (not kept or waits[name].reached is not None):
            return None
        return promise_missed(seen, waits[name]) if kept else NOT_KNOWN

    return [
        ask("stuck", "fault", panel, stuck, "milestones", MILESTONE),
        ask("late_value", "fault", panel, late_value, "milestones", MILESTONE),
        ask("promise_missed", "sign", panel, missed, "milestones", "due_on"),
        slower_cohorts(seen, panel, kept),
    ]


def wait_of(seen: Snapshot, name: str) -> Wait:
    rows = [row for row in seen.facts_of("milestones", name) if row["milestone"] == MILESTONE]
    row = rows[0] if rows else {}
    reached, due = parse_optional_day(row.get("reached_on")), parse_optional_day(row.get("due_on"))
    first, unit = seen.first(name), seen.units[name]
    left = next((day for day in unit.days() if first < day <= seen.day and not unit.paying(day)), None)
    is_first = left is None or (reached is not None and reached < left)
    start = first if is_first else seen.came(name)
    days = max(0, ((reached or seen.day) - start).days)
    term_end = first_term_end(seen.book, seen.switches, name, start, seen.day) if is_first else None
    return Wait(start, is_first, reached, due, days, None if term_end is None else (term_end - start).days)


def too_late(seen: Snapshot, wait: Wait, is_reached: bool) -> Answer:
    """Longer than so many days, or than such a share of the term; from the earlier of both days on."""
    limits = seen.settings[PRINCIPLE]
    limit = int(limits["max_days"])
    acceptable = limit if wait.term is None else min(limit, floor(limits["max_share_of_term"] * wait.term))
    if (wait.reached is not None) != is_reached or wait.days <= acceptable:
        return FINE
    evidence = [at_most("days_to_value", wait.days, limit)]
    if wait.share is not None:
        evidence.append(at_most("share_of_term", wait.share, limits["max_share_of_term"]))
    return found(wait.start + timedelta(days=acceptable + 1), *evidence)


def promise_missed(seen: Snapshot, wait: Wait) -> Answer:
    if wait.due is None:
        return NOT_KNOWN
    days, limit = ((wait.reached or seen.day) - wait.due).days, seen.settings.days(PRINCIPLE)["max_days_behind_plan"]
    return FINE if days <= limit else found(wait.due + timedelta(days=limit + 1), at_most("days_behind_plan", days, limit))


# ---------------------------------------------------------------------------------------------------------------
# Cohorts
# ---------------------------------------------------------------------------------------------------------------


def slower_cohorts(seen: Snapshot, panel: list[str], kept: bool) -> WiderQuestion:
    limits = seen.settings[PRINCIPLE]
    recent_months, new_months = int(limits["recent_months"]), int(limits["new_months"])
    border, first = seen.since_months(recent_months), seen.since_months(recent_months + new_months)
    recent = {name for name in panel if seen.first(name) > border}
    if not kept:
        return unassessed("slower_cohorts", recent, "not_known", "milestones", MILESTONE)
    all_ways = ways(seen.view.units, seen.book, MILESTONE, seen.day)
    late = [(way.days, way.state) for way in all_ways if way.start > border]
    early = [(way.days, way.state) for way in all_ways if first < way.start <= border]
    if min(len(late), len(early)) < limits["min_customers"]:
        return unassessed("slower_cohorts", recent, "too_few_customers", "customers")
    shares = [share_with_value(waits, int(limits["max_days"])) for waits in (late, early)]
    if None in shares:
        return unassessed("slower_cohorts", recent, "watched_too_briefly", "contracts")
    p_value = log_rank(*([(days, state == "reached") for days, state in waits] for waits in (late, early)))
    if shares[0] >= shares[1] or p_value > float(limits["max_p_value"]):
        return all_assessed("slower_cohorts", recent)
    evidence = [
        *told(value_share=shares[0], earlier_value_share=shares[1], median_days=median(late), earlier_median_days=median(early)),
        at_most("p_value", p_value, limits["max_p_value"]),
    ]  # fmt: skip
    return all_assessed("slower_cohorts", recent, Claim("medium", recent, tuple(evidence)))


def share_with_value(waits: Waits, days: int) -> Fraction | None:
    """After so many days, by the estimator of Aalen and Johansen; absent where nobody was watched so long."""
    is_watched = any(each >= days for each, _ in waits) or all(state != "waiting" for _, state in waits)
    return incidence(waits, days) if is_watched else None


def incidence(waits: Waits, days: int) -> Fraction:
    still, share = Fraction(1), Fraction(0)
    for time in sorted({each for each, _ in waits if each <= days}):
        at_risk = sum(1 for each, _ in waits if each >= time)
        now = [state for each, state in waits if each == time]
        share += still * Fraction(now.count("reached"), at_risk)
        still *= 1 - Fraction(len(now) - now.count("waiting"), at_risk)
    return share


def median(waits: Waits) -> int | None:
    """The days after which half have it."""
    return next((days for days in sorted({each for each, _ in waits}) if incidence(waits, days) >= Fraction(1, 2)), None)
