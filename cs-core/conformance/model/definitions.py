"""Switches, days, periods and money: section 1 of the specification page "Semantics", and what all of it stands on.

Money is an integer count of the smallest unit (the minor unit of the currency divided by 10 ** extra_digits);
before the one rounding per contract it is a Fraction.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from fractions import Fraction
from typing import Iterator

ONE_DAY = timedelta(days=1)
FIRST_DAY = date(1900, 1, 1)  # section 1: the days there are
LAST_DAY = date(2200, 12, 31)

MINOR_DIGITS = {"USD": 2, "EUR": 2, "JPY": 0, "KWD": 3}  # ISO 4217
LARGEST_MRR = 2**63 - 1
KINDS = ("subscription", "trial", "one_time", "usage")
PERIOD_MONTHS = {"month": 1, "quarter": 3, "year": 12}


class ModelError(Exception):
    """A call that is well formed and must be refused all the same; `code` is the library's."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


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
    "reactivation_window_days": None,  # no limit
    "reactivation_as": "reactivation",
    "same_period_new_and_churn": "both",
    "weeks_per_month": "52/12",
    "days_per_month": "365/12",
    "extra_digits": 0,
    "early_days": 60,
    "renewal_grace_days": 30,
    "renewal_unit": "customer_product",
}
CHOICES = {
    "period": tuple(PERIOD_MONTHS),
    "sampling": ("daily", "period_end"),
    "churn_date": ("contract_end", "notice"),
    "discounts": ("net", "list"),
    "paused": ("counts", "zero"),
    "free_counts": (False, True),
    "reactivation_as": ("reactivation", "expansion", "new"),
    "same_period_new_and_churn": ("both", "neither"),
}
RENEWAL_UNITS = ("customer_product", "customer")  # of renewals alone


def read_definitions(given: dict) -> dict:
    """All switches with their values: the given ones, and the default of every other one."""
    switches = dict(DEFAULTS)
    for name, value in given.items():
        assert name in DEFAULTS, f"unknown switch {name}"
        if value is not None:
            switches[name] = value
    if switches["fx"] != "single":
        raise NotImplementedError(f"fx={switches['fx']!r}")
    for name, choices in CHOICES.items():
        assert switches[name] in choices, name
    assert 1 <= switches["fiscal_year_start"] <= 12
    assert 0 <= switches["extra_digits"] <= 6
    assert switches["renewal_unit"] in RENEWAL_UNITS
    assert all(switches[name] >= 0 for name in ("gap_tolerance_days", "early_days", "renewal_grace_days"))
    assert switches["reactivation_window_days"] is None or switches["reactivation_window_days"] >= 0
    assert all(kind in KINDS for kind in switches["exclude_kinds"])
    return switches


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


def months_later(first: date, months: int) -> date:
    """The first day of the month that is so many months after (or before) the month that starts on `first`."""
    assert first.day == 1
    month = first.year * 12 + (first.month - 1) + months
    return date(month // 12, month % 12 + 1, 1)


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
    return months_later(start, PERIOD_MONTHS[switches["period"]])


def periods_from(start: date, end: date, switches: dict) -> list[tuple[date, date]]:
    """Whole periods as [first day, first day after): from the one that holds `start`, as far as `end` (exclusive)."""
    result = []
    period = period_start(start, switches)
    while period < end:
        result.append((period, period_end(period, switches)))
        period = period_end(period, switches)
    return result


def periods(start: str, end: str, switches: dict) -> list[tuple[date, date]]:
    """The range start..end (end exclusive) widened to whole periods."""
    first_day, end_day = parse_day(start), parse_day(end)
    if first_day >= end_day:
        raise ModelError("invalid_range")
    return periods_from(first_day, end_day, switches)


def every_day(first: date, last: date) -> Iterator[date]:
    """Every day from first to last, both included."""
    for number in range(first.toordinal(), last.toordinal() + 1):
        yield date.fromordinal(number)


# ---------------------------------------------------------------------------------------------------------------
# Section 1: money and ratios
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
    sign = "-" if units < 0 else ""
    if digits == 0:
        return f"{sign}{abs(units)}"
    text = str(abs(units)).zfill(digits + 1)
    return f"{sign}{text[:-digits]}.{text[-digits:]}"


def ratio(part: int, whole: int) -> float | None:
    """One division of exact integers as IEEE doubles; absent, never 0, where there is nothing to divide by."""
    return None if whole == 0 else float(part) / float(whole)


def by_bytes(text: str) -> bytes:
    """Ids and names are ordered by their UTF-8 bytes."""
    return text.encode("utf-8")
