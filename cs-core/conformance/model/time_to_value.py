"""The rule of time to value: the customer must feel value as early as possible."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import floor

from asking import FINE, NOT_KNOWN, Answer, Claim, Missing, Question, WiderQuestion, ask, at_least, at_most, found, told
from definitions import parse_day, parse_optional_day
from renewals import first_term_end
from snapshot import Snapshot
from values import is_kept, log_rank, ways

PRINCIPLE = "time_to_value"
MILESTONE = "first_value"

Waits = list[tuple[int, str]]  # days, and what ended them or did not


@dataclass(frozen=True)
class Wait:
    """Of a customer who pays: from the day on which it came, or came back without value, to its value or so far."""

    start: date
    is_first: bool  # whether that is the day on which it first paid
    reached: date | None
    due: date | None
    days: int
    term: int | None  # the days of the term that it began with; of one who came back nobody asks

    @property
    def share(self) -> Fraction | None:
        return None if self.term is None else Fraction(self.days, self.term)


def questions(seen: Snapshot, panel: list[str]) -> list[Question | WiderQuestion]:
    waits = {name: wait_of(seen, name) for name in panel}
    limit = seen.settings.days(PRINCIPLE)
    kept, came_after = is_kept(seen.book, MILESTONE, seen.day), seen.since_months(limit["new_months"])

    def is_new(name: str) -> bool:
        return seen.came(name) > came_after

    def is_asked(name: str) -> bool:
        return is_new(name) or (kept and waits[name].reached is None)

    def stuck(name: str) -> Answer | None:
        return late(name, False) if is_asked(name) else None

    def late_value(name: str) -> Answer | None:
        return late(name, True) if is_new(name) else None

    def late(name: str, is_reached: bool) -> Answer:
        return too_late(seen, waits[name], is_reached) if kept else NOT_KNOWN

    def missed(name: str) -> Answer | None:
        """Who came back was promised nothing."""
        if not is_asked(name) or not (waits[name].is_first or not kept):
            return None
        return promise_missed(seen, waits[name]) if kept else NOT_KNOWN

    return [
        ask("stuck", "fault", panel, stuck, "milestones", MILESTONE),
        ask("late_value", "fault", panel, late_value, "milestones", MILESTONE),
        ask("promise_missed", "sign", panel, missed, "milestones", "due_on"),
        slower_cohorts(seen, panel, kept),
    ]


def runs(seen: Snapshot, name: str) -> list[tuple[date, date | None]]:
    """On which days it came and left."""
    unit, result, start = seen.units[name], [], None
    for day in (each for each in unit.days() if each <= seen.day):
        if unit.paying(day) and start is None:
            start = day
        elif not unit.paying(day) and start is not None:
            result, start = [*result, (start, day)], None
    return result if start is None else [*result, (start, None)]


def wait_of(seen: Snapshot, name: str) -> Wait:
    rows = [row for row in seen.facts_of("milestones", name) if row["milestone"] == MILESTONE]
    row = rows[0] if rows else {}
    reached, due = parse_optional_day(row.get("reached_on")), parse_optional_day(row.get("due_on"))
    start = next(start for start, end in runs(seen, name) if end is None or (reached is not None and reached < end))
    days, is_first = max(0, ((reached or seen.day) - start).days), start == seen.first(name)
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
    if not kept:
        return WiderQuestion("slower_cohorts", missing=Missing("not_known", "milestones", MILESTONE))
    recent_months, new_months = int(limits["recent_months"]), int(limits["new_months"])
    border, first = seen.since_months(recent_months), seen.since_months(recent_months + new_months)
    all_ways = ways(seen.view.units, seen.book, MILESTONE, seen.day)
    late = [(way.days, way.state) for way in all_ways if way.start > border]
    early = [(way.days, way.state) for way in all_ways if first < way.start <= border]
    if min(len(late), len(early)) < limits["min_customers"]:
        return WiderQuestion("slower_cohorts", missing=Missing("too_few_customers", "customers"))
    shares = [share_with_value(waits, int(limits["max_days"])) for waits in (late, early)]
    if None in shares:
        return WiderQuestion("slower_cohorts", missing=Missing("watched_too_briefly", "milestones", MILESTONE))
    p_value = log_rank(*([(days, state == "reached") for days, state in waits] for waits in (late, early)))
    if shares[0] >= shares[1] or p_value > float(limits["max_p_value"]):
        return WiderQuestion("slower_cohorts")
    evidence = [
        at_least("value_share", *shares), *told(median_days=median(late), earlier_median_days=median(early)), at_most("p_value", p_value, limits["max_p_value"]),
    ]  # fmt: skip
    concerned = {name for name in panel if seen.first(name) > border}
    return WiderQuestion("slower_cohorts", [Claim("medium", concerned, tuple(evidence))])


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
