"""The rule of wild success: what success is to customers, whether they get there, and how it feels on the way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from asking import FINE, NOT_KNOWN, Answer, Question, Told, WiderQuestion, ask, at_least, at_most, found, is_below, told
from definitions import by_bytes, parse_day
from scores import exactly
from snapshot import Snapshot
from touch import experience

PRINCIPLE = "wildly_successful"


def questions(seen: Snapshot, panel: list[str]) -> list[Question | WiderQuestion]:
    off_path = ask("off_path", "fault", panel, lambda name: path(seen, name), "outcomes", "current")
    return [
        ask("undefined_success", "fault", panel, lambda name: undefined_success(seen, name), "outcomes"),
        off_path,
        ask("poor_experience", "fault", panel, lambda name: poor_experience(seen, name), "outcomes", "experience"),
        ask("pleasant_but_unmet", "sign", panel, lambda name: pleasant_but_unmet(seen, off_path, name), "outcomes", "experience"),
        ask("achieved", "won", panel, lambda name: achieved(seen, name), "outcomes", "achieved_on"),
    ]


def agreed(seen: Snapshot, name: str) -> list[dict]:
    """The outcomes that the customer did not refuse."""
    return [row for row in seen.facts_of("outcomes", name) if row.get("agreed_by_customer") is not False]


def undefined_success(seen: Snapshot, name: str) -> Answer:
    """After so many days as a customer one is agreed, or at least not refused."""
    if not seen.facts("outcomes"):
        return NOT_KNOWN
    if agreed(seen, name):
        return FINE
    days, limit = (seen.day - seen.first(name)).days, seen.settings.days(PRINCIPLE)["max_undefined_days"]
    return FINE if days <= limit else found(seen.first(name) + timedelta(days=limit + 1), at_most("days_as_customer", days, limit))


@dataclass(frozen=True)
class Path:
    """How far an outcome is, and how far it would have to be."""

    name: str
    progress: Fraction
    time_spent: Fraction
    needed: Fraction
    due: date
    days_overdue: int

    @property
    def is_off(self) -> bool:
        return is_below(self.progress, self.needed)

    @property
    def behind(self) -> Fraction:
        """How much more of the time is over than of the way."""
        return min(self.time_spent, Fraction(1)) - self.progress


def path_of(seen: Snapshot, row: dict) -> Path | None:
    """None where the outcome tells nothing of it."""
    limits = seen.settings[PRINCIPLE]
    numbers = [row.get(column) for column in ("baseline", "target", "current")]
    if None in numbers or row.get("due_on") is None or row.get("agreed_on") is None:
        return None
    baseline, target, current = map(exactly, numbers)
    start, due = parse_day(row["agreed_on"]), parse_day(row["due_on"])
    if baseline == target or due <= start:
        return None
    progress = (current - baseline) / (target - baseline)
    time_spent = Fraction((seen.day - start).days, (due - start).days)
    overdue = (seen.day - due).days
    if overdue > limits["max_days_overdue"]:
        needed = Fraction(1)
    elif time_spent >= limits["min_time_spent"]:
        needed = min(time_spent, Fraction(1)) * limits["min_pace"]
    else:
        needed = progress  # it is not judged yet
    return Path(row.get("measure") or row["outcome_id"], progress, time_spent, needed, due, overdue)


def path(seen: Snapshot, name: str) -> Answer | None:
    """Of the outcome that is farthest behind; of several the first by its name."""
    if not seen.facts("outcomes"):
        return NOT_KNOWN
    rows = sorted(agreed(seen, name), key=lambda row: by_bytes(row["outcome_id"]))
    if not rows:
        return None
    paths = [path_of(seen, row) for row in rows if row.get("achieved_on") is None]
    known = [each for each in paths if each is not None]
    worst = max((each for each in known if each.is_off), key=lambda each: each.behind, default=None)
    if worst is not None:
        limit = seen.settings.days(PRINCIPLE)["max_days_overdue"]
        since = worst.due + timedelta(days=limit + 1) if worst.days_overdue > limit else None
        return found(since, *evidence_of(worst, limit))
    return FINE if known or len(paths) < len(rows) else NOT_KNOWN


def evidence_of(worst: Path, limit: int) -> list[Told]:
    evidence = [*told(outcome=worst.name), at_least("progress", worst.progress, worst.needed), *told(time_spent=worst.time_spent)]
    return evidence + ([at_most("days_overdue", worst.days_overdue, limit)] if worst.days_overdue > 0 else [])


def last_experience(seen: Snapshot, name: str) -> Fraction | None:
    """What was last observed, unless that is too long ago; the lowest of one day."""
    oldest = seen.day - timedelta(days=seen.settings.days(PRINCIPLE)["max_age_days"])
    recent = [row for row in seen.facts_of("outcomes", name) if row.get("observed_on") is not None and parse_day(row["observed_on"]) >= oldest]
    last = experience(recent)
    return None if last is None else exactly(last)


def poor_experience(seen: Snapshot, name: str) -> Answer | None:
    if not seen.facts("outcomes"):
        return NOT_KNOWN
    if not seen.facts_of("outcomes", name):
        return None
    last, least = last_experience(seen, name), seen.settings[PRINCIPLE]["min_experience"]
    if last is None:
        return NOT_KNOWN
    return FINE if last >= least else found(None, at_least("experience", last, least))


def pleasant_but_unmet(seen: Snapshot, off_path: Question, name: str) -> Answer | None:
    """Emotional value before functional value."""
    if name not in off_path.found:
        return NOT_KNOWN if off_path.answers.get(name) == NOT_KNOWN else None
    last, answer = last_experience(seen, name), off_path.answers[name]
    if last is None:
        return NOT_KNOWN
    return FINE if last < seen.settings[PRINCIPLE]["content_experience"] else found(answer.since, *answer.evidence, *told(experience=last))


def achieved(seen: Snapshot, name: str) -> Answer | None:
    if all(row.get("achieved_on") is None for row in seen.facts("outcomes")):
        return NOT_KNOWN
    rows = agreed(seen, name)
    if not rows:
        return None
    last = last_experience(seen, name)
    is_content = last is None or last >= seen.settings[PRINCIPLE]["content_experience"]
    if any(row.get("achieved_on") is None for row in rows) or not is_content or seen.is_worst(name):
        return FINE
    return found(max(parse_day(row["achieved_on"]) for row in rows), *told(experience=last, score=seen.score(name)))
