"""Days and amounts for random books: a few of each, used again and again, on and next to boundaries."""

from __future__ import annotations

import random
from datetime import date, timedelta

FIRST_DAY = date(1900, 1, 1)
LAST_DAY = date(2200, 12, 31)
MINOR_DIGITS = {"USD": 2, "EUR": 2, "JPY": 0, "KWD": 3}

# Their order by UTF-8 bytes differs from the order by UTF-16 units, by alphabet, by number and regardless of case.
ID_STEMS = ["a", "B", "b", "c2", "c10", "c1", "z", "Zoë", "Zoe\u0308", "ä", "é", "ß", "株式会社", "Ωmega", "\uff5a", "\U0001f600", "a-b", "a b"]

PRODUCTS = [None, "core", "addon", "Core", "モジュール", "é"]
BILLING_MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
TERMS = [1, 2, 4, 5, 7, 8, 9, 12, 18, 24, 36, 60]


def clamp(day: date) -> date:
    return min(max(day, FIRST_DAY), LAST_DAY)


def shift(day: date, by: int) -> date:
    """The day so many days later, kept within the days there are."""
    number = day.toordinal() + by
    return date.fromordinal(min(max(number, FIRST_DAY.toordinal()), LAST_DAY.toordinal()))


def month_start(day: date) -> date:
    return day.replace(day=1)


def next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


class Draws:
    """Draws days and amounts of one book."""

    def __init__(self, rng: random.Random, days: int):
        self.rng = rng
        self.days = days
        self.currency = rng.choice(["USD", "USD", "EUR", "JPY", "KWD"])
        self.extra_digits = rng.choice([0, 0, 0, 0, 1, 2, 3, 4, 5, 6])
        self.digits = MINOR_DIGITS[self.currency] + self.extra_digits
        self.tolerance = rng.choice([0, 0, 1, 2, 5, 14, 30, 31, 45, 90])  # days of a gap that may be filled
        self.window = rng.choice([None, None, 0, 1, 10, 30, 31, 90, 365])  # days after which a return counts as new
        self.first = self.first_day_of_window()
        self.last = shift(self.first, days)
        self.anchors = [self.anchor() for _ in range(rng.randint(3, 8))]
        self.amounts = [self.any_units() for _ in range(rng.randint(2, 4))]

    # --- days --------------------------------------------------------------------------------------------------

    def first_day_of_window(self) -> date:
        """Mostly around the leap year 2020; also 2000 (a leap year), 2100 and 1900 (none), and both ends of time."""
        rng = self.rng
        era = rng.random()
        if era < 0.62:
            return shift(date(2019, 1, 1), rng.randrange(900))
        if era < 0.72:
            return shift(date(1999, 6, 1), rng.randrange(250))
        if era < 0.78:
            return shift(date(2099, 6, 1), rng.randrange(250))
        if era < 0.84:
            return FIRST_DAY
        if era < 0.90:
            return shift(LAST_DAY, -self.days)
        return shift(FIRST_DAY, rng.randrange((LAST_DAY - FIRST_DAY).days - self.days))

    def random_day(self) -> date:
        return shift(self.first, self.rng.randint(0, (self.last - self.first).days))

    def anchor(self) -> date:
        """A day of the window on or next to a boundary."""
        day = self.random_day()
        end_of_february = date(day.year, 3, 1) - timedelta(days=1)
        return self.rng.choice(
            [
                day,
                month_start(day),
                clamp(next_month(day) - timedelta(days=1)),
                clamp(next_month(day)),
                shift(month_start(day), 1),
                clamp(end_of_february),
                shift(end_of_february, 1),
                clamp(date(day.year, 12, 31)),
                self.first,
                self.last,
            ]
        )

    def day(self) -> date:
        """A day that other contracts of the book probably use too."""
        chance = self.rng.random()
        if chance < 0.65:
            return self.rng.choice(self.anchors)
        if chance < 0.75:
            return shift(self.rng.choice(self.anchors), self.rng.choice([-1, 1]))
        return self.random_day()

    def later(self, start: date) -> date | None:
        """A day after `start`; None where there is none left."""
        for _ in range(4):
            day = self.day()
            if day > start:
                return day
        step = self.rng.choice([1, 1, 2, 28, 29, 30, 31, 90, 365, 366, 1000])
        day = shift(start, step)
        return day if day > start else None

    # --- money -------------------------------------------------------------------------------------------------

    def any_units(self) -> int:
        """An amount in smallest units: round sums, single units, and everything between."""
        whole = 10**self.digits
        return self.rng.choice(
            [
                self.rng.choice([1, 2, 3, 5, 7]),
                whole * self.rng.choice([1, 50, 100, 200]),
                whole * 100 + 1,
                self.rng.randint(1, 1000 * whole),
                self.rng.randint(1, 1000000 * whole),
            ]
        )

    def units(self) -> int:
        """An amount that other contracts of the book probably have too."""
        return self.rng.choice(self.amounts) if self.rng.random() < 0.8 else self.any_units()

    def decimal(self, units: int) -> str:
        """Units as a decimal string; trailing zeros after the point say nothing, so they come and go."""
        text = str(units).zfill(self.digits + 1)
        whole, decimals = text[: len(text) - self.digits], text[len(text) - self.digits :]
        for _ in range(self.rng.choice([0, 0, 1, 20])):
            decimals = decimals.removesuffix("0")
        return f"{whole}.{decimals}" if decimals else whole

    def money(self, units: int) -> dict:
        """The columns of a contract that brings exactly so many units a month, in one of the forms there are."""
        form = self.rng.choice(["mrr", "mrr", "billing_period", "term_months"])
        if form == "billing_period":
            billing_period = self.rng.choice(list(BILLING_MONTHS))
            return {"amount": self.decimal(units * BILLING_MONTHS[billing_period]), "billing_period": billing_period}
        if form == "term_months":
            term = self.rng.choice(TERMS)
            return {"amount": self.decimal(units * term), "term_months": term}
        return {"mrr": self.decimal(units)}

    def rounded_money(self) -> dict:
        """The columns of a contract whose monthly or yearly amount has to be rounded, often exactly from a half."""
        rng = self.rng
        few = rng.randint(0, 30)
        return rng.choice(
            [
                {"amount": self.decimal(6 + 12 * few), "billing_period": "year"},  # half a unit a month
                {"amount": self.decimal(3 + 6 * few), "billing_period": "half_year"},  # likewise
                {"amount": self.decimal(6 + 12 * few), "billing_period": "day"},  # likewise: 365/12
                {"amount": self.decimal(1 + 2 * few), "term_months": 2},  # likewise
                {"amount": self.decimal(2 + 4 * few), "term_months": 4},  # likewise
                {"amount": self.decimal(1 + 2 * few), "term_months": 24},  # half a unit a year
                {"amount": self.decimal(1 + 2 * few), "term_months": 8},  # likewise
                {"amount": self.decimal(few), "billing_period": "year"},  # may be nothing a month, something a year
                {"amount": self.decimal(self.any_units()), "billing_period": rng.choice(["day", "week", *BILLING_MONTHS])},
                {"amount": self.decimal(self.any_units()), "term_months": rng.choice(TERMS)},
                {"amount": self.decimal(self.any_units()), "billing_period": rng.choice(["day", "week"])},
            ]
        )
