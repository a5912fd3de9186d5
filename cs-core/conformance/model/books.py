"""Small, awkward, valid books of contracts, and calls on them, made from a seed.

Most mistakes with contracts sit on boundaries: the last day of a month, 29 February, a contract that ends on the
day another starts, half a cent, a gap one day too long, a notice on the day before a signature. Random dates and
amounts seldom hit them. So every book first draws a few days and a few amounts and then uses them again and again,
so that things fall on the same day and cancel out.

    draws.py    days and amounts
    stories.py  contracts and pauses
    maker.py    whole books and definitions
    refused.py  calls that must be refused, or just not
    renewing.py contracts that fall due, and what follows them
    books.py    random_book, random_call and their like

The generator knows nothing of movements; it only promises that the book is valid: every date lies in
1900-01-01..2200-12-31, start_date < end_date, start_date < term_end, from_date < to_date, money is not negative and
has at most currency digits + extra_digits decimals of the definitions that it is loaded with, (contract_id,
recorded_on) and (customer_id, recorded_on) are unique, ids are not empty, a contract keeps its customer, who is in
the table customers if there is one, a pause is of a contract that is there, and a row has either `mrr` or `amount`
with one of `billing_period`, `term_months`.
"""

from __future__ import annotations

import random
from datetime import date

from draws import LAST_DAY, clamp, next_month, shift
from maker import Maker
from refused import refused
from renewing import Renewing, refused_renewal

RENEWAL_OPERATIONS = ["renewal_lines", "renewals", "committed"]
OPERATIONS = ["movements", "journal", "retention", "cohorts", "flow_retention"]
WINDOWS = ["period", "period", "1 months", "2 months", "3 months", "3 months", "6 months", "9 months", "12 months", "13 months", "1200 months"]


def random_book(seed: int, *, customers: int = 3, days: int = 400) -> tuple[dict, dict, str, str]:
    """(book, definitions, start, end): the same for the same arguments.

    `customers`: at most so many customers have contracts. `days`: the length of the window that most dates lie in.
    """
    maker = Maker(random.Random(seed), customers, days)
    book, (start, end) = maker.book(), maker.asked_range(far=20_000)
    return book, maker.definitions(), start.isoformat(), end.isoformat()


def random_call(seed: int, *, customers: int = 4, days: int = 300) -> dict:
    """{"book", "definitions", "operation", "arguments"}: the same for the same arguments.

    The book is valid with `definitions`. The arguments are named as in Python; absent ones have their default.
    `definitions` among them are the operation's own. About three calls in a hundred provoke a refusal.
    """
    rng = random.Random(f"call {seed}")
    maker = Maker(rng, customers, days, crowd=rng.random() < 0.01)
    call = {"book": maker.book(), "definitions": maker.definitions(), "operation": rng.choice(OPERATIONS)}
    if maker.crowd and rng.random() < 0.6:
        call["operation"] = "retention"
    start, end = maker.asked_range(far=500)
    arguments = {"start": start.isoformat(), "end": end.isoformat()}
    if call["operation"] == "cohorts":
        del arguments["start"]
    if call["operation"] == "retention" and rng.random() < 0.8:
        arguments["window"] = rng.choice(WINDOWS)
    if call["operation"] != "journal" and rng.random() < 0.6:
        arguments["by"] = _by(rng, call["book"], call["operation"])
    if rng.random() < 0.25:
        arguments["level"] = "parent"
    elif rng.random() < 0.1:
        arguments["level"] = "customer"
    if rng.random() < 0.5:
        known_on = _known_on(rng, maker, call["book"], end)
        arguments["known_on"] = known_on.isoformat()
        if rng.random() < 0.6:  # ask for what led up to that day
            arguments["end"] = max(shift(known_on, rng.choice([1, 1, 2, 31])), date(1900, 1, 2)).isoformat()
            if "start" in arguments:
                arguments["start"] = shift(date.fromisoformat(arguments["end"]), -rng.choice([1, 40, 100, 200])).isoformat()
    if rng.random() < 0.1:
        # Of more digits than the book was loaded with, or as many; now and then of fewer.
        other = maker.definitions()
        other["extra_digits"] = rng.choice([maker.extra_digits, rng.randint(maker.extra_digits, 6), 6])
        if rng.random() < 0.05:
            other["extra_digits"] = rng.randint(0, maker.extra_digits)
        arguments["definitions"] = other
    call["arguments"] = arguments
    return refused(rng, call) if rng.random() < 0.03 else call


def random_stay_call(seed: int) -> dict:
    """The same of `survival`, as of a day on which something happens or becomes known, or around it."""
    call = random_call(seed)
    asked = call["arguments"]
    as_of = asked.get("known_on") or asked["end"]
    kept = {name: asked[name] for name in ("by", "definitions") if name in asked}
    return call | {"operation": "survival", "arguments": {"as_of": as_of} | kept}


def random_renewal_call(seed: int, *, customers: int = 4, days: int = 730) -> dict:
    """The same of `renewal_lines`, `renewals` and `committed`, of books in which contracts fall due."""
    rng = random.Random(f"renewal {seed}")
    maker = Renewing(rng, customers, days)
    book, definitions = maker.book(), maker.definitions()
    call = {"book": book, "definitions": definitions, "operation": rng.choice(RENEWAL_OPERATIONS)}
    arguments: dict = {}
    if rng.random() < 0.1:  # of as many digits as the book was loaded with, or of more
        arguments["definitions"] = maker.definitions() | {"extra_digits": rng.choice([maker.extra_digits, 6])}
    if call["operation"] == "committed":
        as_of = min(maker.day_of_interest(), shift(LAST_DAY, -1))
        arguments |= {"as_of": as_of.isoformat(), "horizon_days": maker.horizon(as_of)}
        if rng.random() < 0.3:
            arguments["loss_probability"] = rng.choice([0, 0.05, 0.1, 0.25, 0.333333, 0.5, 0.5, 1])
    else:
        start, end = maker.asked_range(far=500)
        arguments |= {"start": start.isoformat(), "end": end.isoformat()}
        if rng.random() < 0.5:
            arguments["known_on"] = maker.day_of_interest().isoformat()
    if call["operation"] != "renewal_lines" and rng.random() < 0.6:
        arguments["by"] = _by(rng, book, call["operation"]) if rng.random() < 0.8 else "product"
        by_customer = arguments.get("definitions", definitions).get("renewal_unit") == "customer"
        if by_customer and call["operation"] == "renewals" and "product" in arguments["by"] and rng.random() < 0.9:
            arguments["by"] = "cohort"
    call["arguments"] = arguments
    return refused_renewal(rng, call) if rng.random() < 0.03 else call


def _by(rng: random.Random, book: dict, operation: str) -> str | list[str]:
    """One to three group columns, as a name or a list; only attributes that some customer has."""
    names = {column for row in book.get("customers") or [] for column, value in row.items() if value is not None}
    attributes = sorted(names - {"customer_id", "parent_id", "recorded_on"})
    choices = [*attributes, *attributes, "product", "product", "customer_id"]
    choices += ["parent_id"] if "parent_id" in names else []
    choices += ["cohort", "cohort"] if operation != "cohorts" else []
    by = list(dict.fromkeys(rng.choice(choices) for _ in range(rng.choice([1, 1, 1, 2, 3]))))
    if len(by) == 1 and rng.random() < 0.7:
        return by[0]
    return [] if rng.random() < 0.03 else by


def _known_on(rng: random.Random, maker: Maker, book: dict, end: date) -> date:
    """On, before and after a day on which something happens or becomes known, or a gap becomes too long."""
    rows = [*book["contracts"], *book.get("customers", []), *book.get("pauses", [])]
    columns = ("start_date", "end_date", "term_end", "signed_date", "notice_date", "notice_withdrawn_on", "recorded_on", "from_date", "to_date")
    days = sorted({date.fromisoformat(row[column]) for row in rows for column in columns if row.get(column) is not None})
    days = days or [maker.first]
    ends = {row.get(column) for row in book["contracts"] for column in ("end_date", "term_end", "notice_date")} - {None}
    ends = sorted(date.fromisoformat(day) for day in ends) or days
    pauses = {row.get(column) for row in book.get("pauses", []) for column in ("from_date", "to_date")} - {None}
    pauses = sorted(date.fromisoformat(day) for day in pauses) or days
    close_after_end = shift(clamp(next_month(rng.choice(ends))), -1)
    return rng.choice(
        [
            shift(rng.choice(days), rng.choice([-1, 0, 0, 1])),
            shift(rng.choice(days), rng.choice([-1, 0, 0, 1])),
            shift(rng.choice(ends), maker.tolerance + rng.choice([-2, -1, 0, 1])),
            shift(close_after_end, rng.choice([-1, 0, 0, 1, 5])),
            shift(close_after_end, rng.choice([0, 0, 2, 10])),
            shift(rng.choice(pauses), rng.choice([-1, 0, 0, 1, maker.tolerance - 1])),
            # The closes of a month and of the range, and the days around them.
            shift(rng.choice(days).replace(day=1), rng.choice([-2, -1, 0])),
            shift(end, rng.choice([-1, 0, 30, 400])),
            maker.last,
        ]
    )
