"""A slow reference model of recurring-revenue movements.

This file restates the specification page "Semantics" (cited as "section n") in the plainest Python that gives
the right numbers, so that a fast implementation can be compared with it. It reads like the page: a book of
contracts becomes, per customer, a line of amounts by product and day; each day's close is compared with the
close before; the differences are the movements; a table is those movements summed by period.

Money is an integer count of the smallest unit (the minor unit of the currency divided by 10 ** extra_digits);
before the one rounding per contract it is a Fraction. There are no floats anywhere.

Modelled: sections 1, 2 and 3 with the switches named in MODELLED. Every other switch must have its default,
and so must the arguments `by`, `level` and `known_on`; anything else raises NotImplementedError, never a guess.
The book is taken to be valid: what the model relies on is asserted.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Iterator

ONE_DAY = timedelta(days=1)
FIRST_DAY = date(1900, 1, 1)  # section 1: the days there are
LAST_DAY = date(2200, 12, 31)

MINOR_DIGITS = {"USD": 2, "EUR": 2, "JPY": 0, "KWD": 3}  # ISO 4217
KINDS = ("subscription", "trial", "one_time", "usage")
PERIOD_MONTHS = {"month": 1, "quarter": 3, "year": 12}

# The journal's kind of a movement -> the money column and the customer column it is summed in.
TABLE_COLUMNS = {
    "new": ("new_mrr", "new_customers"),
    "reactivation": ("reactivation_mrr", "reactivated_customers"),
    "expansion": ("expansion_mrr", "expanded_customers"),
    "contraction": ("contraction_mrr", "contracted_customers"),
    "churn": ("churned_mrr", "churned_customers"),
}
PRODUCT_COLUMNS = ("upsell_mrr", "cross_sell_mrr", "downsell_mrr", "product_churn_mrr")


# ---------------------------------------------------------------------------------------------------------------
# Definitions
# ---------------------------------------------------------------------------------------------------------------

DEFAULTS = {
    "period": "month",
    "fiscal_year_start": 1,
    "sampling": "daily",
    "gap_tolerance_days": 0,
    "churn_date": "contract_end",
    "discounts": "net",
    "paused": "counts",
    "fx": "single",
    "free_counts": False,
    "exclude_kinds": ["trial", "one_time", "usage"],
    "reactivation_window_days": None,
    "reactivation_as": "reactivation",
    "same_period_new_and_churn": "both",
    "weeks_per_month": "52/12",
    "days_per_month": "365/12",
    "extra_digits": 0,
}
MODELLED = {"period", "fiscal_year_start", "exclude_kinds", "weeks_per_month", "days_per_month", "extra_digits"}


def read_definitions(given: dict) -> dict:
    """All switches with their values: the given ones, and the default of every other one."""
    switches = dict(DEFAULTS)
    for name, value in given.items():
        assert name in DEFAULTS, f"unknown switch {name}"
        if value is None:  # absent
            continue
        if name not in MODELLED and value != DEFAULTS[name]:
            raise NotImplementedError(f"{name}={value!r}")
        switches[name] = value
    assert switches["period"] in PERIOD_MONTHS
    assert 1 <= switches["fiscal_year_start"] <= 12
    assert 0 <= switches["extra_digits"] <= 6
    assert all(kind in KINDS for kind in switches["exclude_kinds"])
    return switches


def only_defaults(by, level, known_on) -> None:
    """Arguments of the operations that are not modelled yet."""
    if by is not None or level != "customer" or known_on is not None:
        raise NotImplementedError("by, level and known_on")


# ---------------------------------------------------------------------------------------------------------------
# Section 1: days and periods
# ---------------------------------------------------------------------------------------------------------------


def parse_day(text: str) -> date:
    """A civil date between 1900-01-01 and 2200-12-31."""
    day = date.fromisoformat(text)
    assert FIRST_DAY <= day <= LAST_DAY, text
    return day


def parse_optional_day(text: str | None) -> date | None:
    return None if text is None else parse_day(text)


def period_start(day: date, switches: dict) -> date:
    """First day of the period that holds `day`.

    Counted in months: quarters and years start in the fiscal month and every 3 or 12 months from there.
    The result may lie before 1900-01-01 and period ends after 2200-12-31: whole periods are whole.
    """
    length = PERIOD_MONTHS[switches["period"]]
    month = day.year * 12 + (day.month - 1)
    month -= (month - (switches["fiscal_year_start"] - 1)) % length
    return date(month // 12, month % 12 + 1, 1)


def period_end(start: date, switches: dict) -> date:
    """First day after the period that starts on `start`."""
    month = start.year * 12 + (start.month - 1) + PERIOD_MONTHS[switches["period"]]
    return date(month // 12, month % 12 + 1, 1)


def periods(start: str, end: str, switches: dict) -> list[tuple[date, date]]:
    """The range start..end (end exclusive) widened to whole periods, as [first day, first day after)."""
    first_day, end_day = parse_day(start), parse_day(end)
    assert first_day < end_day, "start < end"
    result = []
    period = period_start(first_day, switches)
    while period < end_day:
        result.append((period, period_end(period, switches)))
        period = period_end(period, switches)
    return result


def every_day(first: date, last: date) -> Iterator[date]:
    """Every day from first to last, both included."""
    for number in range(first.toordinal(), last.toordinal() + 1):
        yield date.fromordinal(number)


# ---------------------------------------------------------------------------------------------------------------
# Section 1: money
# ---------------------------------------------------------------------------------------------------------------


def parse_money(text: str) -> Fraction:
    """An exact, non-negative decimal without exponent."""
    assert isinstance(text, str) and re.fullmatch(r"[0-9]+(\.[0-9]+)?", text), text
    return Fraction(text)


def money_digits(book: dict, switches: dict) -> int:
    """Decimals of every amount: those of the currency plus `extra_digits`."""
    return MINOR_DIGITS[book["currency"]] + switches["extra_digits"]


def round_to_units(amount: Fraction, digits: int) -> int:
    """The one rounding: to a whole number of units, half to even (as Python's round does on a Fraction)."""
    return round(amount * 10**digits)


def format_money(units: int, digits: int) -> str:
    """Units as a decimal string with exactly `digits` decimals."""
    assert units >= 0, "every amount of these tables is a balance or a magnitude"
    if digits == 0:
        return str(units)
    text = str(units).zfill(digits + 1)
    return f"{text[:-digits]}.{text[-digits:]}"


def monthly_amount(row: dict, digits: int, switches: dict) -> Fraction:
    """A contract's unrounded monthly amount: `mrr` as given, or `amount` spread over the period it pays for."""
    if row.get("mrr") is not None:
        assert row.get("amount") is None, "mrr or amount, not both"
        monthly = parse_money(row["mrr"])
        assert (monthly * 10**digits).denominator == 1, "mrr has more digits than the currency"
        return monthly

    amount = parse_money(row["amount"])
    billing_period, term_months = row.get("billing_period"), row.get("term_months")
    assert (billing_period is None) != (term_months is None), "exactly one of billing_period and term_months"
    if term_months is not None:
        assert isinstance(term_months, int) and term_months > 0
        return amount / term_months
    if billing_period == "day":
        return amount * Fraction(switches["days_per_month"])
    if billing_period == "week":
        return amount * Fraction(switches["weeks_per_month"])
    return amount / {"month": 1, "quarter": 3, "half_year": 6, "year": 12}[billing_period]


# ---------------------------------------------------------------------------------------------------------------
# Section 2, steps 1 to 4: which contracts count, until when, and with what amount
# ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Contract:
    """A contract as it counts: in force on start <= day < end (end None: open), amounts in units."""

    contract_id: str
    customer_id: str
    product: str | None  # the absent product is a product of its own
    start: date
    end: date | None
    mrr: int
    arr: int

    def in_force(self, day: date) -> bool:
        """Is the contract seen by the close of the day? (section 1)"""
        return self.start <= day and (self.end is None or day < self.end)


def latest_revisions(rows: list[dict]) -> list[dict]:
    """One row per contract: the latest recorded; a contract whose latest row is withdrawn does not exist.

    Section 7. A row without `recorded_on` is a revision recorded before every dated one.
    """
    revisions = defaultdict(dict)
    for row in rows:
        assert row["contract_id"] and row["customer_id"]
        recorded_on = parse_optional_day(row.get("recorded_on")) or date.min
        of_contract = revisions[row["contract_id"]]
        assert recorded_on not in of_contract, "(contract_id, recorded_on) is a key"
        of_contract[recorded_on] = row

    latest = []
    for of_contract in revisions.values():
        assert len({row["customer_id"] for row in of_contract.values()}) == 1, "a contract keeps its customer"
        row = of_contract[max(of_contract)]
        if not row.get("withdrawn"):
            latest.append(row)
    return latest


def end_that_counts(row: dict) -> date | None:
    """Section 2, step 2: `end_date`; else, not renewing, `term_end`; else none. Absent auto_renew is true."""
    end_date, term_end = parse_optional_day(row.get("end_date")), parse_optional_day(row.get("term_end"))
    if end_date is not None:
        return end_date
    if row.get("auto_renew") is False:
        return term_end
    return None


def contracts_that_count(book: dict, switches: dict) -> list[Contract]:
    """Sections 1 and 2: the contracts of the book that are looked at, with what they bring and until when."""
    digits = money_digits(book, switches)
    known_customers = None
    if book.get("customers") is not None:
        known_customers = {row["customer_id"] for row in book["customers"]}

    contracts = []
    for row in latest_revisions(book["contracts"]):
        assert known_customers is None or row["customer_id"] in known_customers
        kind = row.get("kind") or "subscription"
        assert kind in KINDS
        if kind in switches["exclude_kinds"]:
            continue
        assert (row.get("currency") or book["currency"]) == book["currency"], "fx='single'"
        start, end = parse_day(row["start_date"]), end_that_counts(row)
        assert end is None or start < end
        monthly = monthly_amount(row, digits, switches)
        contracts.append(
            Contract(
                contract_id=row["contract_id"],
                customer_id=row["customer_id"],
                product=row.get("product"),
                start=start,
                end=end,
                mrr=round_to_units(monthly, digits),
                # From the unrounded amount: 2,000 a year is 2,000.00, not 12 x 166.67 (section 1).
                arr=round_to_units(12 * monthly, digits),
            )
        )
    return contracts


# ---------------------------------------------------------------------------------------------------------------
# Section 2, step 5: a customer's line
# ---------------------------------------------------------------------------------------------------------------


@dataclass
class Line:
    """One customer, day by day."""

    customer_id: str
    contracts: list[Contract]

    def in_force(self, day: date) -> list[Contract]:
        return [contract for contract in self.contracts if contract.in_force(day)]

    def composition(self, day: date) -> dict[str | None, int]:
        """MRR by product at the close of the day: overlapping contracts add up."""
        by_product = defaultdict(int)
        for contract in self.in_force(day):
            by_product[contract.product] += contract.mrr
        return dict(by_product)

    def mrr(self, day: date) -> int:
        """MRR at the close of the day. The customer is paying if it is above 0."""
        return sum(contract.mrr for contract in self.in_force(day))

    def arr(self, day: date) -> int:
        """ARR at the close of the day: every contract in force brings its own rounded yearly amount."""
        return sum(contract.arr for contract in self.in_force(day))

    def changed_on(self, day: date) -> list[Contract]:
        """The contracts that start or end on the day, those at MRR 0 included."""
        return [contract for contract in self.contracts if contract.start == day or contract.end == day]


def customer_lines(contracts: list[Contract]) -> list[Line]:
    """A line per customer, in the order of the ids' UTF-8 bytes."""
    of_customer = defaultdict(list)
    for contract in contracts:
        of_customer[contract.customer_id].append(contract)
    return [Line(customer_id, of_customer[customer_id]) for customer_id in sorted(of_customer, key=by_bytes)]


def by_bytes(text: str) -> bytes:
    return text.encode("utf-8")


# ---------------------------------------------------------------------------------------------------------------
# Section 3: movements
# ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Movement:
    """What happened to one customer between one sampled close and the next; dated at the later one."""

    day: date
    customer_id: str
    kind: str
    amount: int
    mrr_before: int
    mrr_after: int
    products: dict[str, int]  # one entry per PRODUCT_COLUMNS
    contract_ids: list[str]


def classify(before: int, after: int, seen: bool) -> tuple[str, int] | None:
    """The table of section 3: kind and magnitude of the change, or None where the total stays.

    `seen`: the customer was paying at some earlier sampled close.
    """
    if before == after:
        return None
    if before == 0:
        return ("reactivation" if seen else "new"), after
    if after == 0:
        return "churn", before
    if after > before:
        return "expansion", after - before
    return "contraction", before - after


def split_by_product(before: dict, after: dict) -> dict[str, int]:
    """Section 3: the change of a customer that pays before and after, told product by product; zeros for others."""
    split = dict.fromkeys(PRODUCT_COLUMNS, 0)
    if sum(before.values()) == 0 or sum(after.values()) == 0:
        return split
    for product in before.keys() | after.keys():
        old, new = before.get(product, 0), after.get(product, 0)
        if old == 0:
            split["cross_sell_mrr"] += new
        elif new == 0:
            split["product_churn_mrr"] += old
        elif new > old:
            split["upsell_mrr"] += new - old
        else:
            split["downsell_mrr"] += old - new
    return split


def customer_movements(line: Line, last_day: date, *, skip_quiet_days: bool = True) -> list[Movement]:
    """Every movement of one customer from its first day to `last_day`, whatever range is asked: whether a
    customer was seen before depends on its whole history.

    The line is sampled at the close of every day (sampling "daily"), so the changes of one day are netted.
    On a quiet day nothing starts or ends, and its close is the close of the day before: skipping it saves time
    and changes nothing, which the tests check by not skipping.
    """
    busy_days = {contract.start for contract in line.contracts} | {contract.end for contract in line.contracts}
    result = []
    before: dict[str | None, int] = {}  # before its first contract a customer has nothing
    seen = False
    for day in every_day(min(contract.start for contract in line.contracts), last_day):
        if skip_quiet_days and day not in busy_days:
            continue
        after = line.composition(day)
        products = split_by_product(before, after)
        change = classify(sum(before.values()), sum(after.values()), seen)
        if change is None and any(products.values()):
            change = ("product_mix", 0)  # a swap at equal MRR
        if change is not None:
            kind, amount = change
            result.append(
                Movement(
                    day=day,
                    customer_id=line.customer_id,
                    kind=kind,
                    amount=amount,
                    mrr_before=sum(before.values()),
                    mrr_after=sum(after.values()),
                    products=products,
                    contract_ids=sorted((c.contract_id for c in line.changed_on(day)), key=by_bytes),
                )
            )
        seen = seen or sum(after.values()) > 0
        before = after
    return result


def book_movements(lines: list[Line], first_day: date, end_day: date) -> list[Movement]:
    """The movements of all customers dated first_day <= day < end_day, by date, customer and kind."""
    found = []
    for line in lines:
        for movement in customer_movements(line, end_day - ONE_DAY):
            if first_day <= movement.day:
                found.append(movement)
    return sorted(found, key=lambda m: (m.day, by_bytes(m.customer_id), m.kind))


# ---------------------------------------------------------------------------------------------------------------
# The operations
# ---------------------------------------------------------------------------------------------------------------


def movements(book: dict, definitions: dict, start: str, end: str, *, by=None, level="customer", known_on=None) -> list[dict]:
    """A row per period: where it opens, what moved, where it closes.

    Opening and closing are read off the lines, not carried forward from the flows, so that
    opening + flows = closing is a statement about the model and not built into it.
    """
    only_defaults(by, level, known_on)
    switches = read_definitions(definitions)
    lines = customer_lines(contracts_that_count(book, switches))
    asked = periods(start, end, switches)
    found = book_movements(lines, asked[0][0], asked[-1][1])
    digits = money_digits(book, switches)
    return [movements_row(lines, found, first_day, end_day, digits) for first_day, end_day in asked]


def movements_row(lines: list[Line], found: list[Movement], first_day: date, end_day: date, digits: int) -> dict:
    """One row of `movements`: the period first_day <= day < end_day."""
    opening_day, closing_day = first_day - ONE_DAY, end_day - ONE_DAY  # section 1: looked at their close
    opening = [line.mrr(opening_day) for line in lines]
    closing = [line.mrr(closing_day) for line in lines]
    in_period = [movement for movement in found if first_day <= movement.day < end_day]

    flow = dict.fromkeys((money for money, _ in TABLE_COLUMNS.values()), 0)
    movers = {customers: set() for _, customers in TABLE_COLUMNS.values()}
    for movement in in_period:
        if movement.kind in TABLE_COLUMNS:  # a product_mix moves no money in or out
            money_column, customer_column = TABLE_COLUMNS[movement.kind]
            flow[money_column] += movement.amount
            movers[customer_column].add(movement.customer_id)  # distinct customers, however often they moved
    split = {column: sum(movement.products[column] for movement in in_period) for column in PRODUCT_COLUMNS}

    def money(units: int) -> str:
        return format_money(units, digits)

    return {
        "period_start": first_day.isoformat(),
        "period_end": end_day.isoformat(),
        "opening_mrr": money(sum(opening)),
        "new_mrr": money(flow["new_mrr"]),
        "reactivation_mrr": money(flow["reactivation_mrr"]),
        "expansion_mrr": money(flow["expansion_mrr"]),
        "contraction_mrr": money(flow["contraction_mrr"]),
        "churned_mrr": money(flow["churned_mrr"]),
        "fx_mrr": money(0),  # one currency
        "closing_mrr": money(sum(closing)),
        "provisional_mrr": money(0),  # no known_on
        "closing_arr": money(sum(line.arr(closing_day) for line in lines)),
        "upsell_mrr": money(split["upsell_mrr"]),
        "cross_sell_mrr": money(split["cross_sell_mrr"]),
        "downsell_mrr": money(split["downsell_mrr"]),
        "product_churn_mrr": money(split["product_churn_mrr"]),
        "opening_customers": sum(1 for mrr in opening if mrr > 0),
        "new_customers": len(movers["new_customers"]),
        "reactivated_customers": len(movers["reactivated_customers"]),
        "expanded_customers": len(movers["expanded_customers"]),
        "contracted_customers": len(movers["contracted_customers"]),
        "churned_customers": len(movers["churned_customers"]),
        "closing_customers": sum(1 for mrr in closing if mrr > 0),
    }


def journal(book: dict, definitions: dict, start: str, end: str, *, level="customer", known_on=None) -> list[dict]:
    """A row per movement dated in the widened range, by date, customer and kind."""
    only_defaults(None, level, known_on)
    switches = read_definitions(definitions)
    lines = customer_lines(contracts_that_count(book, switches))
    asked = periods(start, end, switches)
    digits = money_digits(book, switches)
    return [journal_row(movement, digits) for movement in book_movements(lines, asked[0][0], asked[-1][1])]


def journal_row(movement: Movement, digits: int) -> dict:
    return {
        "date": movement.day.isoformat(),
        "customer_id": movement.customer_id,
        "kind": movement.kind,
        "amount": format_money(movement.amount, digits),
        "mrr_before": format_money(movement.mrr_before, digits),
        "mrr_after": format_money(movement.mrr_after, digits),
        **{column: format_money(movement.products[column], digits) for column in PRODUCT_COLUMNS},
        "contract_ids": movement.contract_ids,
    }
