"""The rule of natural drift: left alone, customers and vendors drift apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from asking import FINE, NOT_KNOWN, Answer, Claim, Missing, Question, Told, WiderQuestion, ask, at_least, at_most, found, is_below, told, unassessed
from definitions import parse_day
from scores import exactly
from snapshot import Snapshot

PRINCIPLE = "natural_drift"


def questions(seen: Snapshot, panel: list[str]) -> list[Question | WiderQuestion]:
    asked = [
        ask("silence", "fault", panel, lambda name: silence(seen, name), "engagements"),
        ask("falling_use", "fault", panel, lambda name: falling_use(seen, name), "signals", "active_users"),
        ask("person_gone", "fault", panel, lambda name: person_gone(seen, name), "stakeholders"),
        ask("single_threaded", "sign", panel, lambda name: single_threaded(seen, name), "stakeholders"),
        ask("unread_mail", "sign", panel, lambda name: unread_mail(seen, name), "signals", "emails_opened"),
    ]
    return [*asked, unseen_drift(seen, panel, *asked[:2])]


def how_healthy(seen: Snapshot, name: str) -> list[Told]:
    days = seen.settings.days(PRINCIPLE)["score_days"]
    return told(score=seen.score(name), score_change=seen.change(name, days))


def silence(seen: Snapshot, name: str) -> Answer:
    """Days since both spoke since it came or came back, or else since that, are acceptable up to two limits."""
    if not seen.facts("engagements"):
        return NOT_KNOWN
    limits = seen.settings.days(PRINCIPLE)
    limit = max(limits["max_cadences"] * seen.contact_days(name), limits["min_silent_days"])
    contacts = [parse_day(row["date"]) for row in seen.facts_of("engagements", name) if took_part(row, seen.tiers[name])]
    last_contact = max((day for day in contacts if day >= seen.came(name)), default=None)
    last = last_contact or seen.came(name)
    days = (seen.day - last).days
    if days <= limit:
        return FINE
    evidence = [at_most("days_silent", days, limit), *told(last_contact=last_contact), *how_healthy(seen, name)]
    return found(last + timedelta(days=limit + 1), *evidence)


def took_part(row: dict, tier: str) -> bool:
    """Did the customer? Where that is not told, with people, and in tech touch whatever it was."""
    if row.get("two_way") is not None:
        return row["two_way"]
    return row["channel"] == "human" or tier == "tech_touch"


def values(seen: Snapshot, name: str, signal: str, last: date, days: int) -> list[Fraction]:
    """Of a signal, of so many days up to the last."""
    first = last - timedelta(days=days - 1)
    rows = [row for row in seen.facts_of("signals", name) if row["signal"] == signal]
    return [exactly(row["value"]) for row in rows if first <= parse_day(row["observed_on"]) <= last]


def falling_use(seen: Snapshot, name: str) -> Answer:
    kept, least = use_kept(seen, name), 1 - seen.settings[PRINCIPLE]["max_fall"]
    if kept is None:
        return NOT_KNOWN
    return found(None, at_least("use_kept", kept, least), *how_healthy(seen, name)) if is_below(kept, least) else FINE


def use_kept(seen: Snapshot, name: str) -> Fraction | None:
    """By the first of two signals of which both means are known, of who was there all the time."""
    limits = seen.settings.days(PRINCIPLE)
    before = seen.day - timedelta(days=limits["use_lag_days"])
    if seen.came(name) > before - timedelta(days=limits["use_days"] - 1):
        return None
    for signal in ("active_users", "logins"):
        now, then = (values(seen, name, signal, last, limits["use_days"]) for last in (seen.day, before))
        if now and then and sum(then) > 0:
            return mean(now) / mean(then)
    return None


def mean(numbers: list[Fraction]) -> Fraction:
    return sum(numbers, Fraction(0)) / len(numbers)


def person_gone(seen: Snapshot, name: str) -> Answer:
    """The role that has been vacant for longest is told."""
    rows = seen.facts_of("stakeholders", name)
    if not rows:
        return NOT_KNOWN
    vacant = []
    for role in ("executive_sponsor", "champion"):
        left = [row.get("left_on") for row in rows if row["role"] == role]
        if left and None not in left:
            vacant.append((max(parse_day(day) for day in left), role))
    limit = seen.settings.days(PRINCIPLE)["max_vacant_days"]
    if not vacant:
        return FINE
    since, role = min(vacant, key=lambda each: each[0])
    days = (seen.day - since).days
    if days <= limit:
        return FINE
    return found(since + timedelta(days=limit + 1), *told(role=role), at_most("days_vacant", days, limit))


def single_threaded(seen: Snapshot, name: str) -> Answer:
    rows = seen.facts_of("stakeholders", name)
    if not rows:
        return NOT_KNOWN
    people = len({row["person_id"] for row in rows if row.get("left_on") is None})
    least = seen.settings.days(PRINCIPLE)["min_people"]
    return FINE if people >= least else found(None, at_least("people", people, least))


def unread_mail(seen: Snapshot, name: str) -> Answer | None:
    """Not asked where too few were sent."""
    limits = seen.settings.days(PRINCIPLE)
    sent, opened = (values(seen, name, signal, seen.day, limits["mail_days"]) for signal in ("emails_sent", "emails_opened"))
    if sent and sum(sent) < limits["min_mails"]:
        return None
    if not sent or not opened:
        return NOT_KNOWN
    share, least = sum(opened, Fraction(0)) / sum(sent), seen.settings[PRINCIPLE]["min_opened"]
    return found(None, at_least("opened_share", share, least)) if is_below(share, least) else FINE


def unseen_drift(seen: Snapshot, panel: list[str], silent: Question, less: Question) -> WiderQuestion:
    """Of those who drift, the share that the score does not show; one in the worst band is seen, others need both scores."""
    limits = seen.settings[PRINCIPLE]
    if not silent.assessed | less.assessed:
        return unassessed("unseen_drift", panel, "not_known", "engagements")
    drifting = silent.found | less.found
    changes = {name: seen.change(name, int(limits["score_days"])) for name in drifting}
    known = {name for name in drifting if seen.is_worst(name) or changes[name] is not None}
    asked = WiderQuestion("unseen_drift", drifting, known, missing=Missing("not_known", "signals"))
    unseen = {name for name in known if not seen.is_worst(name) and changes[name] > -limits["score_fall"]}
    if not seen.is_enough(known, drifting) or (share := Fraction(seen.sum(unseen), seen.sum(known))) <= limits["max_unseen"]:
        return asked
    return replace(asked, claims=[Claim("low", unseen, (at_most("unseen_share", share, limits["max_unseen"]),))])
