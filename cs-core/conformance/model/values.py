"""How long customers take to get value (section 8, retention models): by the definitions, one customer at a time."""

from __future__ import annotations

import math
from datetime import date, timedelta
from fractions import Fraction

from contracts import last_seen
from definitions import ModelError, format_money, parse_day, periods, ratio
from lines import Unit, group_names, mrr_of, view
from phases import is_heard_of
from resampling import wilson_interval
from renewals import first_term_end
from stays import estimate, interval

TIME_TO_VALUE_COLUMNS = "customer_id state started_on reached_on days due_on term_end share_of_term mrr".split()
VALUE_LANDMARK_COLUMNS = "timing customers events survival survival_low survival_high restricted_mean_days p_value".split()
VALUE_INCIDENCE_COLUMNS = "event time at_risk events incidence incidence_low incidence_high".split()
ONBOARDING_COLUMNS = (
    "period_start period_end customers pending completed completed_late completion_rate completion_rate_low completion_rate_high"
).split()


class Way:
    """How far a unit has come at the close of a day."""

    def __init__(self, unit: Unit, book: dict, milestone: str, day: date):
        self.unit, self.day = unit, day
        self.start = unit.first_paying_day()
        self.is_there = self.start is not None and self.start <= day
        if not self.is_there:
            return
        gone = [other for other in unit.days() if self.start < other <= day and not unit.paying(other)]
        self.left = min(gone) if gone else None
        rows = [row for row in book.get("milestones") or [] if (row["customer_id"], row["milestone"]) == (unit.name, milestone)]
        row = rows[0] if rows else {}
        reached = None if row.get("reached_on") is None else parse_day(row["reached_on"])
        self.due = None if row.get("due_on") is None else parse_day(row["due_on"])
        # Known from its own day.
        self.reached = reached if reached is not None and reached <= day else None
        self.value_on = self.reached if self.reached is not None and (self.left is None or self.reached < self.left) else None

    @property
    def state(self) -> str:
        return "reached" if self.value_on else "churned" if self.left else "waiting"

    @property
    def days(self) -> int:
        return max(0, ((self.value_on or self.left or self.day) - self.start).days)


def is_kept(book: dict, milestone: str, day: date) -> bool:
    """Is anything known of the milestone, of any customer?"""
    return any(is_heard_of(row, day) for row in book.get("milestones") or [] if row["milestone"] == milestone)


def ways(units: list[Unit], book: dict, milestone: str, day: date) -> list[Way]:
    return [way for way in (Way(unit, book, milestone, day) for unit in units) if way.is_there]


def known_ways(units: list[Unit], book: dict, milestone: str, day: date) -> list[Way]:
    """Of a milestone of which nothing is known nobody is told to be on the way."""
    return ways(units, book, milestone, day) if is_kept(book, milestone, day) else []


def time_to_value(book: dict, definitions: dict, as_of: str, *, milestone="first_value") -> list[dict]:
    """A row per customer who pays or has paid."""
    day = last_seen(book, as_of)
    as_of = day.isoformat()  # what was known later is not looked at
    seen = view(book, definitions, [], "customer", as_of)
    seen.check_sums(day)
    rows = []
    for way in known_ways(seen.units, book, milestone, day):
        term_end = first_term_end(book, seen.switches, way.unit.name, way.start, seen.known_on)
        term = None if term_end is None else (term_end - way.start).days
        text = {"reached_on": way.value_on, "due_on": way.due, "term_end": term_end}
        told = {name: None if value is None else value.isoformat() for name, value in text.items()}
        row = {
            "customer_id": way.unit.name,
            "state": way.state,
            "started_on": way.start.isoformat(),
            "days": way.days,
            "share_of_term": None if term is None else ratio(way.days, term),
            "mrr": format_money(mrr_of(way.unit.close(day)), seen.digits),
        } | told
        rows.append({name: row[name] for name in TIME_TO_VALUE_COLUMNS})
    return rows


def value_landmark(book: dict, definitions: dict, as_of: str, *, milestone="first_value", landmark_days=90, horizon_days=365) -> list[dict]:
    """Those who had value at the close of their landmark day, and the others who still paid then."""
    if not 1 <= landmark_days <= 3660 or not 1 <= horizon_days <= 3660:
        raise ModelError("invalid_argument")
    day = last_seen(book, as_of)
    as_of = day.isoformat()  # what was known later is not looked at
    seen = view(book, definitions, [], "customer", as_of)
    seen.check_sums(day)
    stays: dict[str, list[tuple[int, bool]]] = {"early": [], "late": []}
    for way in known_ways(seen.units, book, milestone, day):
        landmark = way.start + timedelta(days=landmark_days)
        if landmark > day or (way.left is not None and way.left <= landmark):
            continue
        is_early = way.reached is not None and way.reached <= landmark
        days = ((way.left or day) - landmark).days
        stays["early" if is_early else "late"].append((min(days, horizon_days), way.left is not None and days <= horizon_days))
    p_value = log_rank(stays["early"], stays["late"]) if all(stays.values()) else None
    rows = []
    for timing, mine in stays.items():
        within = estimate(mine)
        last = within[-1] if within else {"survival": 1.0, "survival_low": 1.0, "survival_high": 1.0}
        is_seen = bool(mine) and (within[-1]["time"] >= horizon_days or last["survival"] == 0)
        area, share, before = 0.0, 1.0, 0
        for row in within:
            area, share, before = area + share * (row["time"] - before), row["survival"], row["time"]
        told = [last["survival"], last["survival_low"], last["survival_high"], area + share * (horizon_days - before)]
        told = told if is_seen else [None] * 4
        rows.append(dict(zip(VALUE_LANDMARK_COLUMNS, (timing, len(mine), sum(left for _, left in mine), *told, p_value))))
    return rows


def log_rank(ours: list[tuple[int, bool]], theirs: list[tuple[int, bool]]) -> float:
    """Chi-squared of one degree of freedom: (observed - expected)^2 over the hypergeometric variance."""
    difference, variance = Fraction(0), Fraction(0)
    for time in sorted({time for time, left in ours + theirs if left}):
        mine = sum(1 for other, _ in ours if other >= time)
        all_of_them = mine + sum(1 for other, _ in theirs if other >= time)
        events = sum(1 for other, left in ours + theirs if left and other == time)
        difference += sum(1 for other, left in ours if left and other == time) - Fraction(events * mine, all_of_them)
        if all_of_them > 1:
            share = Fraction(mine, all_of_them)
            variance += share * (1 - share) * Fraction(events * (all_of_them - events), all_of_them - 1)
    return math.erfc(math.sqrt(float(difference**2 / variance) / 2)) if variance else 1.0


def value_incidence(book: dict, definitions: dict, as_of: str, *, milestone="first_value", by=None) -> list[dict]:
    """A row per group, event and distinct number of days."""
    day = last_seen(book, as_of)
    as_of = day.isoformat()  # what was known later is not looked at
    names = group_names(book, by, VALUE_INCIDENCE_COLUMNS)
    if "product" in names:
        raise ModelError("invalid_argument")
    seen = view(book, definitions, names, "customer", as_of)
    seen.check_sums(day)
    rows = []
    for group, units in seen.groups():
        waits = [(way.days, way.state) for way in known_ways(units, book, milestone, day)]
        for event, state in (("churn", "churned"), ("value", "reached")):
            rows += [dict(zip(seen.names, group)) | row for row in incidence(waits, event, state)]
    return rows


def incidence(waits: list[tuple[int, str]], event: str, state: str) -> list[dict]:
    """The sum of S(before) d / n, and the variance that Collett gives it, term by term."""
    before, share, terms, rows = Fraction(1), Fraction(0), [], []
    for time in sorted({time for time, _ in waits}):
        at_risk = sum(1 for other, _ in waits if other >= time)
        any_event = sum(1 for other, kind in waits if other == time and kind != "waiting")
        own = sum(1 for other, kind in waits if other == time and kind == state)
        share += before * Fraction(own, at_risk)
        terms.append((share, before, at_risk, any_event, own))
        variance = Fraction(0)
        for then, survived, n, d, k in terms:
            if n > d:
                variance += (share - then) ** 2 * Fraction(d, n * (n - d))
            variance += survived**2 * Fraction(k * (n - k), n**3) - 2 * (share - then) * survived * Fraction(k, n**2)
        low, high = interval(float(share), float(variance / share**2) if share else 0.0)
        rows.append(dict(zip(VALUE_INCIDENCE_COLUMNS, (event, time, at_risk, own, float(share), low, high))))
        before *= Fraction(at_risk - any_event, at_risk)
    return rows


def onboarding(book: dict, definitions: dict, start: str, end: str, *, milestone="onboarded", window_days=90, by=None, known_on=None) -> list[dict]:
    """A row per group and period in which units first paid."""
    names = group_names(book, by, ONBOARDING_COLUMNS)
    if "product" in names or not 1 <= window_days <= 3660:
        raise ModelError("invalid_argument")
    day = last_seen(book, known_on)
    seen = view(book, definitions, names, "customer", known_on)
    asked = seen.known(periods(start, end, seen.switches))
    seen.check_sums(day)
    rows, is_told = [], is_kept(book, milestone, day)
    for group, units in seen.groups():
        mine = ways(units, book, milestone, day)
        for first_day, end_day in asked:
            rows.append(dict(zip(seen.names, group)) | onboarding_row(first_day, end_day, mine, window_days, day, is_told))
    return rows


def onboarding_row(first_day: date, end_day: date, mine: list[Way], window_days: int, day: date, is_told: bool) -> dict:
    came = [way for way in mine if first_day <= way.start < end_day]
    window = timedelta(days=window_days)
    # Who is still within the window is not judged, whatever became of it so far.
    over = [way for way in came if way.start + window <= day]
    completed = sum(1 for way in over if way.value_on and way.value_on <= way.start + window)
    late = sum(1 for way in over if way.value_on and way.value_on > way.start + window)
    judged, pending = len(over), len(came) - len(over)
    low, high = wilson_interval(completed, judged) if judged and is_told else (None, None)
    return dict(
        zip(
            ONBOARDING_COLUMNS,
            (first_day.isoformat(), end_day.isoformat(), len(came), pending, completed, late, ratio(completed, judged) if is_told else None, low, high),
        )
    )
