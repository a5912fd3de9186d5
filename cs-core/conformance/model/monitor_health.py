"""The rule of monitored health: who has no score, whose evidence is old, and of whom nobody takes care."""

from __future__ import annotations

from datetime import date, timedelta

from asking import FINE, NOT_KNOWN, Answer, Claim, Question, WiderQuestion, all_assessed, ask, at_least, at_most, found, told, unassessed
from definitions import parse_day
from snapshot import Snapshot
from standard_card import tables_of

PRINCIPLE = "monitor_health"


def questions(seen: Snapshot, panel: list[str]) -> list[Question | WiderQuestion]:
    is_kept = any(seen.score(name) is not None for name in panel)
    missing_of_red = "signals" if seen.facts("actions") else "actions"
    return [
        ask("unmonitored", "fault", panel, lambda name: unmonitored(seen, name) if is_kept else NOT_KNOWN, "signals"),
        ask("stale_evidence", "fault", panel, lambda name: stale_evidence(seen, name), "signals"),
        ask("red_without_action", "fault", panel, lambda name: red_without_action(seen, name), missing_of_red),
        ask("red_ignored", "fault", panel, lambda name: red_ignored(seen, name), missing_of_red),
        unvalidated_score(seen, panel),
    ]


def unmonitored(seen: Snapshot, name: str) -> Answer:
    if seen.score(name) is not None or is_early(seen, name):
        return FINE
    days, limit = days_as_customer(seen, name)
    least = seen.card(name).min_coverage
    return found(None, at_least("evidence_coverage", seen.scores()[name].coverage, least), at_most("days_as_customer", days, limit))


def days_as_customer(seen: Snapshot, name: str) -> tuple[int, int]:
    """How many, and after how many there should be a score."""
    return (seen.day - seen.first(name)).days, seen.settings.days(PRINCIPLE)["max_unscored_days"]


def is_early(seen: Snapshot, name: str) -> bool:
    days, limit = days_as_customer(seen, name)
    return days <= limit


def stale_evidence(seen: Snapshot, name: str) -> Answer | None:
    """The line of MRR is always new."""
    days = [each.value.day for each in seen.scores()[name].measured if tables_of(each.measure["value"]) != {"contracts"}]
    newest = max((day for day in days if day is not None), default=None)
    if newest is None:
        return None
    age, limit = (seen.day - newest).days, seen.settings.days(PRINCIPLE)["max_evidence_days"]
    return FINE if age <= limit else found(newest + timedelta(days=limit + 1), at_most("days_since_evidence", age, limit))


def actions_for(seen: Snapshot, name: str) -> list[dict]:
    """Those that name the customer, or one of its findings."""
    return [row for row in seen.facts("actions") if row.get("customer_id") == name or names_finding_of(row, name)]


def names_finding_of(action: dict, name: str) -> bool:
    parts = (action.get("finding_id") or "").split("/", 3)
    return len(parts) == 4 and parts[2:] == ["customer", name]


def red_without_action(seen: Snapshot, name: str) -> Answer | None:
    if seen.band(name) is None:
        return None if is_early(seen, name) else NOT_KNOWN
    if not seen.is_worst(name):
        return None
    if not seen.facts("actions"):
        return NOT_KNOWN
    open_ones, least = sum(seen.is_open(row) for row in actions_for(seen, name)), seen.settings.days(PRINCIPLE)["min_open_actions"]
    return FINE if open_ones >= least else found(None, at_least("open_actions", open_ones, least), *told(score=seen.score(name)))


def red_ignored(seen: Snapshot, name: str) -> Answer | None:
    """Who came, or came back, after the earlier day could not be ignored so long."""
    limit = seen.settings.days(PRINCIPLE)["max_ignored_days"]
    days = limit + 1
    then = seen.day - timedelta(days=days)
    if seen.came(name) > then:
        return None
    if seen.band(name) is None:
        return None if is_early(seen, name) else NOT_KNOWN
    if not seen.is_worst(name):
        return None
    if seen.band(name, days) is None:
        return NOT_KNOWN
    if not seen.is_worst(name, days):
        return None
    if not seen.facts("actions"):
        return NOT_KNOWN
    if any(seen.is_open(row) or parse_day(row["opened_on"]) > then for row in actions_for(seen, name)):
        return FINE
    return found(None, at_most("days_ignored", days, limit), *told(red_on=then, earlier_score=seen.score(name, days), score=seen.score(name)))


def unvalidated_score(seen: Snapshot, panel: list[str]) -> WiderQuestion:
    verdict = seen.settings.validation
    if verdict is None:
        if not seen.facts("practices"):
            return unassessed("unvalidated_score", panel, "not_known", "practices")
        rows = [row for row in seen.facts("practices") if row["topic"] == "score_validated"]
        last = max(rows, key=lambda row: parse_day(row["since"]) if row.get("since") else date.min, default=None)
        verdict = "never" if last is None else "not_shown" if last.get("value") == "not_shown" else "better"
    if verdict == "better":
        return all_assessed("unvalidated_score", panel)
    return all_assessed("unvalidated_score", panel, Claim("medium", set(), tuple(told(validation=verdict))))
