"""Which rows of a book are known, and what each contract counts for: sections 2 (steps 1 to 4) and 7.

Everything here takes `known_on`: a day K, or None for a book that is taken as complete.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

from definitions import (
    KINDS,
    LARGEST_MRR,
    ModelError,
    money_digits,
    parse_day,
    parse_money,
    parse_optional_day,
    round_to_units,
)
from facts import days_of_facts

# ---------------------------------------------------------------------------------------------------------------
# Section 7: what was known
# ---------------------------------------------------------------------------------------------------------------


def happened(text: str | None, known_on: date | None) -> bool:
    """Is this a day, and one that is not in the future of `known_on`?"""
    return text is not None and (known_on is None or parse_day(text) <= known_on)


def known_from(row: dict) -> date:
    """The day from which a row of contracts is known: it was recorded, else signed, else in force."""
    return parse_day(row.get("recorded_on") or row.get("signed_date") or row["start_date"])


def as_known(row: dict, known_on: date) -> dict:
    """A row of contracts as it reads on the day `known_on`, when the row itself is known.

    A row with `recorded_on` was written down whole. One without has been filled in since: its notice is known
    from its day, and its end when it was agreed (a term that does not renew), announced (a notice that stands)
    or reached.
    """
    if row.get("recorded_on") is not None:
        return row
    known = dict(row)
    for column in ("notice_date", "notice_withdrawn_on"):
        if not happened(row.get(column), known_on):
            known[column] = None
    agreed = row.get("end_date") == row.get("term_end") and row.get("auto_renew") is False
    announced = known.get("notice_date") is not None and known.get("notice_withdrawn_on") is None
    if not (agreed or announced or happened(row.get("end_date"), known_on)):
        known["end_date"] = None
    return known


def latest(rows: list[dict]) -> dict:
    """The latest recorded of some rows with one key; a row without `recorded_on` is older than any with one."""
    days = [parse_optional_day(row.get("recorded_on")) or date.min for row in rows]
    assert len(set(days)) == len(days), "the key with recorded_on is unique"
    return rows[days.index(max(days))]


def rows_by(rows: list[dict], column: str) -> dict[str, list[dict]]:
    """Rows by the text in a column, in the order in which the texts first appear."""
    result: dict[str, list[dict]] = {}
    for row in rows:
        assert row[column], column
        result.setdefault(row[column], []).append(row)
    return result


def known_contracts(book: dict, known_on: date | None) -> list[dict]:
    """One row per contract that is known: the latest known one. A withdrawn contract is not there."""
    if book.get("customers") is not None:
        ids = {row["customer_id"] for row in book["customers"]}
        assert all(row["customer_id"] in ids for row in book["contracts"])
    result = []
    for revisions in rows_by(book["contracts"], "contract_id").values():
        assert len({row["customer_id"] for row in revisions}) == 1, "a contract keeps its customer"
        known = [row for row in revisions if known_on is None or known_from(row) <= known_on]
        if known and not latest(known).get("withdrawn"):
            row = latest(known)
            result.append(row if known_on is None else as_known(row, known_on))
    return result


def known_customers(book: dict, known_on: date | None) -> dict[str, dict | None]:
    """Every customer with its latest known version; None if none is known. Without a table: made of the contracts."""
    if book.get("customers") is None:
        return {row["customer_id"]: {"customer_id": row["customer_id"]} for row in book["contracts"]}
    result = {}
    for customer_id, versions in rows_by(book["customers"], "customer_id").items():
        known = [row for row in versions if row.get("recorded_on") is None or happened(row["recorded_on"], known_on)]
        result[customer_id] = latest(known) if known else None
    return result


def known_pauses(book: dict, known_on: date | None) -> dict[str, list[tuple[date, date | None]]]:
    """The pauses of each contract, as (first day, first day after or None): known from the first day on, and the
    end of each on that day."""
    result: dict[str, list[tuple[date, date | None]]] = {}
    for row in book.get("pauses") or []:
        first, after = parse_day(row["from_date"]), parse_optional_day(row.get("to_date"))
        assert after is None or first < after
        if happened(row["from_date"], known_on):
            result.setdefault(row["contract_id"], []).append((first, after if happened(row.get("to_date"), known_on) else None))
    assert result.keys() <= {row["contract_id"] for row in book["contracts"]}
    return result


def observed_until(book: dict) -> str | None:
    """The latest day on which something became known, plans aside; None for a book without rows."""
    days = []
    for row in book["contracts"]:
        days.append(known_from(row))
        if row.get("recorded_on") is not None:
            continue  # all that it says was known that day
        notice_date, end_date = parse_optional_day(row.get("notice_date")), parse_optional_day(row.get("end_date"))
        withdrawn_on = parse_optional_day(row.get("notice_withdrawn_on"))
        days += [day for day in (notice_date, withdrawn_on) if day is not None]
        if end_date is None or row["end_date"] == row.get("term_end"):
            continue  # no end, or a planned one
        if notice_date is not None and withdrawn_on is None:
            end_date = min(notice_date, end_date)  # the notice made it known
        days.append(end_date)
    for row in book.get("customers") or []:
        days += [parse_day(row["recorded_on"])] if row.get("recorded_on") is not None else []
    for row in book.get("pauses") or []:
        days += [parse_day(row[column]) for column in ("from_date", "to_date") if row.get(column) is not None]
    days += days_of_facts(book)
    return max(days).isoformat() if days else None


def last_seen(book: dict, asked: str | None) -> date:
    """The last day of which it is known what happened: the one that is asked for, or before it that on which the data ends."""
    days = [parse_day(day) for day in (asked, book.get("observed_until") or observed_until(book)) if day is not None]
    return min(days, default=date.min)


# ---------------------------------------------------------------------------------------------------------------
# Section 2, step 2: the end that counts
# ---------------------------------------------------------------------------------------------------------------


def contract_end(row: dict) -> date | None:
    """`end_date`; else, not renewing, `term_end`; else none. An absent `auto_renew` is true."""
    end_date, term_end = parse_optional_day(row.get("end_date")), parse_optional_day(row.get("term_end"))
    if end_date is not None:
        return end_date
    if row.get("auto_renew") is False:
        return term_end
    return None


def has_successor(row: dict, counting: list[dict], switches: dict) -> bool:
    """Had the customer signed, by the notice, another contract that starts after it and soon enough after the end?"""
    notice_date, end = parse_day(row["notice_date"]), contract_end(row)
    if end is None:
        return False
    tolerance = timedelta(days=switches["gap_tolerance_days"])
    for other in counting:
        if (
            other["customer_id"] == row["customer_id"]
            and other["contract_id"] != row["contract_id"]
            and other.get("signed_date") is not None
            and parse_day(other["signed_date"]) <= notice_date
            and notice_date < parse_day(other["start_date"]) <= end + tolerance
        ):
            return True
    return False


def end_that_counts(row: dict, counting: list[dict], switches: dict) -> date | None:
    """The end of the contract or, with churn_date "notice", the day of a notice that comes earlier and stands."""
    end = contract_end(row)
    if switches["churn_date"] == "contract_end" or row.get("notice_date") is None:
        return end
    if row.get("notice_withdrawn_on") is not None or has_successor(row, counting, switches):
        return end
    notice_date = parse_day(row["notice_date"])
    return notice_date if end is None else min(notice_date, end)


# ---------------------------------------------------------------------------------------------------------------
# Sections 1 and 2, steps 3 and 4: what a contract brings
# ---------------------------------------------------------------------------------------------------------------


def monthly_amount(row: dict, digits: int, switches: dict) -> Fraction:
    """A contract's unrounded monthly amount: `mrr` as given, or `amount` spread over the period it pays for; with
    discounts "list" the list price where there is one."""
    given = row.get("mrr")
    if switches["discounts"] == "list" and row.get("list_mrr") is not None:
        given = row["list_mrr"]
    if given is not None:
        monthly = parse_money(given)
        if (monthly * 10**digits).denominator != 1:
            raise ModelError("too_many_digits")
        return monthly

    amount = parse_money(row["amount"])
    billing_period, term_months = row.get("billing_period"), row.get("term_months")
    if term_months is not None:
        assert isinstance(term_months, int) and term_months > 0
        return amount / term_months
    if billing_period == "day":
        return amount * Fraction(switches["days_per_month"])
    if billing_period == "week":
        return amount * Fraction(switches["weeks_per_month"])
    return amount / {"month": 1, "quarter": 3, "half_year": 6, "year": 12}[billing_period]


def check_price(row: dict) -> None:
    """A price is said in exactly one way."""
    assert (row.get("mrr") is None) != (row.get("amount") is None), "mrr or amount, not both"
    ways = [row.get("billing_period"), row.get("term_months")]
    assert ways.count(None) == (2 if row.get("amount") is None else 1), "exactly one of billing_period and term_months"


@dataclass(frozen=True)
class Carried:
    """What a contract in force carries at a close, in units."""

    product: str | None  # the absent product is a product of its own
    mrr: int
    arr: int
    paused: bool = field(default=False, compare=False)


@dataclass(frozen=True)
class Contract:
    """A contract as it counts: in force on start <= day < end (end None: open)."""

    contract_id: str
    customer_id: str
    product: str | None
    start: date
    end: date | None
    mrr: int
    arr: int
    pauses: tuple[tuple[date, date | None], ...]  # those in which it carries 0

    def in_force(self, day: date) -> bool:
        """Is the contract seen by the close of the day? (section 1)"""
        return self.start <= day and (self.end is None or day < self.end)

    def carried(self, day: date) -> Carried:
        """What it carries at the close of a day on which it is in force."""
        if any(first <= day and (after is None or day < after) for first, after in self.pauses):
            return Carried(self.product, 0, 0, paused=True)
        return Carried(self.product, self.mrr, self.arr)

    def busy_days(self) -> set[date]:
        """The days on which it may start, end or carry something else."""
        days = {self.start, self.end}.union(*self.pauses) - {None}
        return {day for day in days if self.start <= day and (self.end is None or day <= self.end)}


def contracts_that_count(book: dict, switches: dict, known_on: date | None) -> list[Contract]:
    """Sections 1 and 2: the contracts of the book that are looked at, with what they bring and until when."""
    digits = money_digits(book, switches)
    pauses = known_pauses(book, known_on) if switches["paused"] == "zero" else {}
    counting = []
    for row in known_contracts(book, known_on):
        kind = row.get("kind") or "subscription"
        assert kind in KINDS
        if kind not in switches["exclude_kinds"]:
            counting.append(row)

    contracts = []
    for row in counting:
        check_price(row)
        if (row.get("currency") or book["currency"]) != book["currency"]:
            raise ModelError("second_currency")
        monthly = monthly_amount(row, digits, switches)
        mrr = round_to_units(monthly, digits)
        if mrr > LARGEST_MRR:
            raise ModelError("overflow")
        start, end = parse_day(row["start_date"]), end_that_counts(row, counting, switches)
        if end is not None and end <= start:
            continue  # a notice on or before the start: it never counts
        contracts.append(
            Contract(
                contract_id=row["contract_id"],
                customer_id=row["customer_id"],
                product=row.get("product"),
                start=start,
                end=end,
                mrr=mrr,
                # From the unrounded amount: 2,000 a year is 2,000.00, not 12 x 166.67 (section 1).
                arr=round_to_units(12 * monthly, digits),
                pauses=tuple(pauses.get(row["contract_id"], [])),
            )
        )
    return contracts
