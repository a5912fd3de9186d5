"""How far customers have come, and why they stay: section 9, phases.

Both are told of those who pay at the close of a day, from dated evidence that was known then.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from contracts import contracts_that_count, known_contracts
from definitions import ModelError, format_money, parse_day, parse_optional_day
from facts import known_facts
from lines import Unit, View, mrr_of, view
from renewals import first_due
from standings import due, standing
from stays import stay

LIFECYCLE_COLUMNS = "customer_id phase since days evidence onboarded_on onboarding_due_on advocate_on mrr".split()
LOYALTY_COLUMNS = "customer_id loyalty attitudinal against behavioural missing nps tenure_days mrr".split()
ASKED_FOR = ("request", "bug", "promise")  # feedback that wants an answer
SPOKEN = ("promoter", "advocated", "praised")  # signs that say what a customer thinks; others can have other reasons


def those_who_pay(book: dict, definitions: dict, as_of: str) -> tuple[View, list[Unit]]:
    """What is looked at, and the customers who pay at the close of the day, in the order of their names."""
    seen = view(book, definitions, [], "customer", as_of)
    seen.check_sums(parse_day(as_of))
    return seen, [unit for unit in seen.units if unit.paying(parse_day(as_of))]


def of_customer(rows: Iterable[dict], name: str, **wanted) -> list[dict]:
    """The rows of a customer that have what is wanted."""
    return [row for row in rows if row["customer_id"] == name and all(row.get(column) == value for column, value in wanted.items())]


def answers(surveys: list[dict], name: str) -> list[tuple[date, int]]:
    """Days and scores of the answered NPS surveys of a customer."""
    asked = of_customer(surveys, name, kind="nps")
    return [(parse_day(row["date"]), int(row["score"])) for row in asked if row.get("score") is not None]


# ---------------------------------------------------------------------------------------------------------------
# Phases
# ---------------------------------------------------------------------------------------------------------------


def lifecycle(book: dict, definitions: dict, as_of: str, *, milestone="onboarded") -> list[dict]:
    """A row per customer who pays: onboarding, adoption or advocacy, since when, and what says so."""
    day = parse_day(as_of)
    seen, units = those_who_pay(book, definitions, as_of)
    tables = {name: known_facts(book, name, day) for name in ("milestones", "surveys", "advocacy")}
    is_kept = any(is_heard_of(row, day) for row in book.get("milestones") or [] if row["milestone"] == milestone)
    rows = []
    for unit in units:
        first = unit.first_paying_day()
        steps = of_customer(tables["milestones"], unit.name, milestone=milestone)
        step = steps[0] if steps else {}
        onboarded_on, advocacy = parse_optional_day(step.get("reached_on")), became_advocate(tables, unit.name)
        phase, came, evidence = None, None, None
        if is_kept and onboarded_on is None:  # whatever it says
            phase, came, evidence = "onboarding", first, "first_payment"
        elif advocacy is not None:
            phase, came, evidence = "advocacy", *advocacy
        elif onboarded_on is not None:
            phase, came, evidence = "adoption", onboarded_on, "milestone"
        since = None if came is None else max(first, came, onboarded_on or first)
        cells = [
            unit.name, phase, None if since is None else since.isoformat(), None if since is None else (day - since).days, evidence,
            step.get("reached_on"), step.get("due_on"), None if advocacy is None else advocacy[0].isoformat(),
            format_money(mrr_of(unit.close(day)), seen.digits),
        ]  # fmt: skip
        rows.append(dict(zip(LIFECYCLE_COLUMNS, cells, strict=True)))
    return rows


def is_heard_of(step: dict, day: date) -> bool:
    """Does a row of milestones say something by the close of the day? A plan does, and the day on which one was reached
    from then on; what is not reached may be reached later."""
    return step.get("due_on") is not None or (step.get("reached_on") is not None and parse_day(step["reached_on"]) <= day)


def became_advocate(tables: dict[str, list[dict]], name: str) -> tuple[date, str] | None:
    """The earliest day on which it was an advocate, of those that still count; and by what. What it did for the company
    lasts until an answer of 6 or less, and what it only promised until one below 9."""
    scores = answers(tables["surveys"], name)
    detracted, hesitated = (max((day for day, score in scores if score < least), default=date.min) for least in (7, 9))
    done = [parse_day(row["date"]) for row in of_customer(tables["advocacy"], name)]
    found = [(day, "advocacy") for day in done if day > detracted]
    found += [(day, "promoter") for day, score in scores if score >= 9 and day > hesitated]
    return min(found, default=None)  # of one day, by the alphabet


# ---------------------------------------------------------------------------------------------------------------
# Loyalty
# ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Window:
    """The days that are looked at."""

    last: date
    days: int

    @property
    def before(self) -> date:
        return self.last - timedelta(days=self.days)

    def holds(self, text: str | None) -> bool:
        return text is not None and self.before < parse_day(text) <= self.last


def loyalty(book: dict, definitions: dict, as_of: str, *, window_days=365, answer_days=30) -> list[dict]:
    """A row per customer who pays: does it stay because it wants to, or because it always has?"""
    if not 1 <= window_days <= 3660 or not 1 <= answer_days <= 3660:
        raise ModelError("invalid_argument")
    window = Window(parse_day(as_of), window_days)
    seen, units = those_who_pay(book, definitions, as_of)
    tables = {name: known_facts(book, name, window.last) for name in ("surveys", "feedback", "advocacy")}
    rows = []
    for unit in units:
        recent = [(day, score) for day, score in answers(tables["surveys"], unit.name) if day > window.before]
        latest = max((day for day, _ in recent), default=None)
        nps = min((score for day, score in recent if day == latest), default=None)
        attitudinal, against = what_it_says(unit, tables, window, answer_days, nps)
        behavioural = what_it_does(book, seen, unit, window)
        missing = ["surveys"] * (nps is None) + [name for name in ("advocacy", "feedback") if not tables[name]]
        cells = [
            unit.name, loyalty_of(nps, attitudinal, against, behavioural), attitudinal, against, behavioural, missing, nps,
            (window.last - unit.first_paying_day()).days, format_money(mrr_of(unit.close(window.last)), seen.digits),
        ]  # fmt: skip
        rows.append(dict(zip(LOYALTY_COLUMNS, cells, strict=True)))
    return rows


def loyalty_of(nps: int | None, attitudinal: list[str], against: list[str], behavioural: list[str]) -> str | None:
    """What it says decides. What it got, bought or waits for does not, and that it stays is a reason only where it is
    known what it thinks."""
    if "detractor" not in against:
        if any(sign in SPOKEN for sign in attitudinal):
            return "attitudinal"
        if nps is None:
            return None
    return "behavioural" if behavioural else "neither"


def what_it_says(unit: Unit, tables: dict[str, list[dict]], window: Window, answer_days: int, nps: int | None) -> tuple[list[str], list[str]]:
    """What speaks for a customer's liking the product, and what against it."""
    feedback = of_customer(tables["feedback"], unit.name)
    until = window.last - timedelta(days=answer_days)
    open_ones = [row for row in feedback if row["kind"] in ASKED_FOR and row.get("answered_on") is None and row.get("released_on") is None]
    then, now = window.before, window.last
    signs = {
        "promoter": nps is not None and nps >= 9,
        "advocated": any(window.holds(row["date"]) for row in of_customer(tables["advocacy"], unit.name)),
        "praised": any(row["kind"] == "praise" and window.holds(row["date"]) for row in feedback),
        "request_released": any(row["kind"] == "request" and window.holds(row.get("released_on")) for row in feedback),
        "bought_more": unit.paying(then) and mrr_of(unit.close(now)) > mrr_of(unit.close(then)),
    }
    objections = {
        "detractor": nps is not None and nps <= 6,
        "unanswered": any(window.holds(row["date"]) and parse_day(row["date"]) <= until for row in open_ones),
    }
    return those_that_hold(signs), those_that_hold(objections)


def what_it_does(book: dict, seen: View, unit: Unit, window: Window) -> list[str]:
    """What of its staying can be seen, whatever it says."""
    day, first = window.last, unit.first_paying_day()
    ever_since = not stay(unit, day)[1]
    first_term = first_due(book, seen.switches, unit.name, first, day)
    found = standing(book, seen.switches, unit.name, day)
    is_leaving = found.is_noticed and not found.stays
    return those_that_hold(
        {
            "stayed": ever_since and first <= window.before,
            "renewed": ever_since and first_term is not None and first_term <= day,
            "bound": not is_leaving and any(each > day for each in dues(book, seen.switches, unit.name, day)),
        }
    )


def dues(book: dict, switches: dict, name: str, day: date) -> list[date]:
    """The days on which the customer's contracts in force, of those that make a customer, fall due."""
    rows = {row["contract_id"]: row for row in known_contracts(book, day)}
    contracts = [each for each in contracts_that_count(book, switches, day) if each.customer_id == name and each.in_force(day)]
    found = [due(rows[each.contract_id], each.end, day) for each in contracts if each.mrr > 0 or switches["free_counts"]]
    return [each for each in found if each is not None]


def those_that_hold(signs: dict[str, bool]) -> list[str]:
    return [name for name, holds in signs.items() if holds]
