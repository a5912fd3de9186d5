"""Small, awkward, valid books of contracts, made from a seed.

Most mistakes with contracts sit on boundaries: the last day of a month, 29 February, a contract that ends on the
day another starts, half a cent. Random dates and amounts seldom hit them. So every book first draws a few days
and a few amounts and then uses them again and again, so that things fall on the same day and cancel out.

The generator knows nothing of movements; it only promises that the book is valid:
every date lies in 1900-01-01..2200-12-31, start_date < end_date, start_date < term_end, money is not negative and
has at most currency digits + extra_digits decimals, (contract_id, recorded_on) is unique, ids are not empty, a
contract keeps its customer, and a row has either `mrr` or `amount` with one of `billing_period`, `term_months`.
"""

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


def random_book(seed: int, *, customers: int = 3, days: int = 400) -> tuple[dict, dict, str, str]:
    """(book, definitions, start, end): the same for the same arguments.

    `customers`: at most so many customers have contracts. `days`: the length of the window that most dates lie in.
    """
    return _Maker(random.Random(seed), customers, days).make()


def _clamp(day: date) -> date:
    return min(max(day, FIRST_DAY), LAST_DAY)


def _shift(day: date, by: int) -> date:
    """The day so many days later, kept within the days there are."""
    number = day.toordinal() + by
    return date.fromordinal(min(max(number, FIRST_DAY.toordinal()), LAST_DAY.toordinal()))


def _month_start(day: date) -> date:
    return day.replace(day=1)


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


class _Maker:
    def __init__(self, rng: random.Random, customers: int, days: int):
        self.rng = rng
        self.days = days
        self.customers = 0 if rng.random() < 0.01 else rng.randint(1, customers)
        self.currency = rng.choice(["USD", "USD", "EUR", "JPY", "KWD"])
        self.extra_digits = rng.choice([0, 0, 0, 0, 1, 2, 3, 4, 5, 6])
        self.digits = MINOR_DIGITS[self.currency] + self.extra_digits
        self.first = self.first_day_of_window()
        self.last = _shift(self.first, days)
        self.anchors = [self.anchor() for _ in range(rng.randint(3, 8))]
        self.amounts = [self.any_units() for _ in range(rng.randint(2, 4))]
        self.products = rng.sample(PRODUCTS, rng.randint(1, 3))
        self.some_kinds = rng.random() < 0.5
        self.number_of_contracts = 0

    def make(self) -> tuple[dict, dict, str, str]:
        more = [f"customer {n}" for n in range(self.customers)]  # enough ids for larger books too
        stems = self.rng.sample(ID_STEMS + more, self.customers + 2)
        contracts = []
        for customer_id in stems[: self.customers]:
            contracts += self.contracts_of(customer_id)
        if self.rng.random() < 0.4:
            contracts = self.with_revisions(contracts)
        self.rng.shuffle(contracts)

        book = {"currency": self.currency, "contracts": [self.sparse(row) for row in contracts]}
        if self.rng.random() < 0.5:
            # Some of these customers have no contract: they count nowhere.
            known = [{"customer_id": customer_id, "segment": self.rng.choice(["smb", "大企業", None])} for customer_id in stems]
            self.rng.shuffle(known)
            book["customers"] = known
        start, end = self.asked_range()
        return book, self.definitions(), start.isoformat(), end.isoformat()

    def sparse(self, row: dict) -> dict:
        """Absent values appear both as None and as a missing key."""
        return {key: value for key, value in row.items() if value is not None or self.rng.random() < 0.3}

    # --- days --------------------------------------------------------------------------------------------------

    def first_day_of_window(self) -> date:
        """Mostly around the leap year 2020; also 2000 (a leap year), 2100 and 1900 (none), and both ends of time."""
        rng = self.rng
        era = rng.random()
        if era < 0.62:
            return _shift(date(2019, 1, 1), rng.randrange(900))
        if era < 0.72:
            return _shift(date(1999, 6, 1), rng.randrange(250))
        if era < 0.78:
            return _shift(date(2099, 6, 1), rng.randrange(250))
        if era < 0.84:
            return FIRST_DAY
        if era < 0.90:
            return _shift(LAST_DAY, -self.days)
        return _shift(FIRST_DAY, rng.randrange((LAST_DAY - FIRST_DAY).days - self.days))

    def random_day(self) -> date:
        return _shift(self.first, self.rng.randint(0, (self.last - self.first).days))

    def anchor(self) -> date:
        """A day of the window on or next to a boundary."""
        day = self.random_day()
        end_of_february = date(day.year, 3, 1) - timedelta(days=1)
        return self.rng.choice(
            [
                day,
                _month_start(day),
                _clamp(_next_month(day) - timedelta(days=1)),
                _clamp(_next_month(day)),
                _shift(_month_start(day), 1),
                _clamp(end_of_february),
                _shift(end_of_february, 1),
                _clamp(date(day.year, 12, 31)),
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
            return _shift(self.rng.choice(self.anchors), self.rng.choice([-1, 1]))
        return self.random_day()

    def later(self, start: date) -> date | None:
        """A day after `start`; None where there is none left."""
        for _ in range(4):
            day = self.day()
            if day > start:
                return day
        step = self.rng.choice([1, 1, 2, 28, 29, 30, 31, 90, 365, 366, 1000])
        day = _shift(start, step)
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
            ]
        )

    # --- contracts ---------------------------------------------------------------------------------------------

    def contract(self, customer_id: str, start: date, end: date | None, product, money: dict) -> dict:
        """A row in force from start to end (None: open), with the end said in one of the ways there are."""
        rng = self.rng
        self.number_of_contracts += 1
        row = {
            "contract_id": f"{rng.choice(ID_STEMS)}#{self.number_of_contracts}",
            "customer_id": customer_id,
            "product": product,
            "start_date": start.isoformat(),
            "currency": rng.choice([None, self.currency]),
            "kind": None,
            **self.end_columns(start, end),
            **money,
        }
        if self.some_kinds:
            row["kind"] = rng.choice([None, None, "subscription", "trial", "one_time", "usage"])
        if rng.random() < 0.2:  # columns that must not matter here
            row["quantity"] = rng.choice([0, 1, 7])
            row["signed_date"] = _shift(start, -rng.randint(0, 40)).isoformat()
            row["notice_date"] = _shift(start, rng.randint(1, 60)).isoformat() if start < LAST_DAY else None
            row["plan"] = rng.choice(["basic", "pro"])
            row["list_mrr"] = row.get("mrr")
        return row

    def end_columns(self, start: date, end: date | None) -> dict:
        """end_date, term_end and auto_renew such that the contract ends on `end`."""
        rng = self.rng
        any_term = self.later(start)
        any_term = any_term.isoformat() if any_term else None
        if end is None:
            return {"term_end": rng.choice([None, any_term]), "auto_renew": rng.choice([None, True])}
        if rng.random() < 0.3:
            return {"term_end": end.isoformat(), "auto_renew": False}
        # With an end_date the term does not matter, be it earlier, later or the same.
        return {
            "end_date": end.isoformat(),
            "term_end": rng.choice([None, any_term, end.isoformat()]),
            "auto_renew": rng.choice([None, True, False]),
        }

    def product(self):
        return self.rng.choice(self.products)

    def any_money(self) -> dict:
        return self.rounded_money() if self.rng.random() < 0.35 else self.money(self.units())

    def start(self) -> date:
        return min(self.day() for _ in range(self.rng.choice([1, 2])))  # early enough for something to follow

    def contracts_of(self, customer_id: str) -> list[dict]:
        stories = [self.anything, self.swap, self.comeback, self.overlap, self.exchange, self.free]
        rows = []
        for _ in range(self.rng.choice([1, 1, 2, 3])):
            rows += self.rng.choice(stories)(customer_id)
        return rows

    def anything(self, customer_id: str) -> list[dict]:
        start = self.start()
        end = self.rng.choice([None, self.later(start)])
        return [self.contract(customer_id, start, end, self.product(), self.any_money())]

    def swap(self, customer_id: str) -> list[dict]:
        """Contracts in a row, each starting on the day the one before ends; often at the same MRR."""
        rows, start, units = [], self.start(), self.units()
        for _ in range(self.rng.choice([2, 2, 3])):
            end = self.later(start)
            money = self.money(units) if self.rng.random() < 0.6 else self.any_money()
            rows.append(self.contract(customer_id, start, end, self.product(), money))
            if end is None:
                break
            start = end
        return rows

    def comeback(self, customer_id: str) -> list[dict]:
        """Leaves and returns: after a day, about a month, about a year."""
        rows, start = [], self.start()
        for _ in range(self.rng.choice([2, 2, 3])):
            end = self.later(start)
            rows.append(self.contract(customer_id, start, end, self.product(), self.any_money()))
            if end is None:
                break
            start = _shift(end, self.rng.choice([1, 1, 2, 27, 28, 29, 30, 31, 364, 365, 366]))
        return rows

    def overlap(self, customer_id: str) -> list[dict]:
        """Several contracts at once; two of them may be equal but for their ids."""
        rows = []
        start = self.start()
        for _ in range(self.rng.choice([2, 2, 3, 4])):
            end = self.rng.choice([None, self.later(start)])
            rows.append(self.contract(customer_id, start, end, self.product(), self.any_money()))
            if self.rng.random() < 0.7:
                start = self.day()
        return rows

    def exchange(self, customer_id: str) -> list[dict]:
        """Two products held for long, and on one day one of them grows by what the other loses."""
        start = self.start()
        day = self.later(start)
        end = self.later(day) if day else None
        if day is None:
            return self.anything(customer_id)
        one, other = self.rng.sample(PRODUCTS, 2)
        small, large = self.units(), self.units()
        return [
            self.contract(customer_id, start, day, one, self.money(small)),
            self.contract(customer_id, start, day, other, self.money(large)),
            self.contract(customer_id, day, end, one, self.money(large)),
            self.contract(customer_id, day, end, other, self.money(small)),
        ]

    def free(self, customer_id: str) -> list[dict]:
        """In force at MRR 0, then perhaps paid."""
        start = self.start()
        end = self.later(start)
        rows = [self.contract(customer_id, start, end, self.product(), self.money(0))]
        if end is not None and self.rng.random() < 0.7:
            rows.append(self.contract(customer_id, end, self.later(end), self.product(), self.any_money()))
        return rows

    # --- revisions ---------------------------------------------------------------------------------------------

    def with_revisions(self, contracts: list[dict]) -> list[dict]:
        """The same contracts, recorded in one or several revisions, of which at most one is undated."""
        rows = []
        for contract in contracts:
            revisions = [contract]
            for _ in range(self.rng.choice([0, 0, 1, 2, 3])):
                revisions.append(self.revised(self.rng.choice(revisions)))
            self.rng.shuffle(revisions)
            for row, recorded_on in zip(revisions, self.recording_days(len(revisions))):
                row["recorded_on"] = recorded_on
                if recorded_on is not None:
                    row["withdrawn"] = self.rng.choice([None, None, False, False, True])
                rows.append(row)
        return rows

    def recording_days(self, count: int) -> list[str | None]:
        """Different days, within and around the window, in no order; perhaps one is absent."""
        days = set()
        while len(days) < count:
            days.add(self.day() if self.rng.random() < 0.5 else _shift(self.first, self.rng.randint(-100, self.days + 100)))
        result = [day.isoformat() for day in sorted(days)]
        if self.rng.random() < 0.4:
            result[self.rng.randrange(count)] = None
        self.rng.shuffle(result)
        return result

    def revised(self, contract: dict) -> dict:
        """Another revision of a contract: other days, other money, another product or kind, or no change at all."""
        row = dict(contract)
        what = self.rng.choice(["days", "days", "money", "money", "product", "kind", "nothing"])
        if what == "days":
            start = self.start() if self.rng.random() < 0.5 else date.fromisoformat(row["start_date"])
            for column in ("end_date", "term_end", "auto_renew", "signed_date", "notice_date"):
                row.pop(column, None)
            row["start_date"] = start.isoformat()
            row.update(self.end_columns(start, self.rng.choice([None, self.later(start)])))
        elif what == "money":
            for column in ("mrr", "list_mrr", "amount", "billing_period", "term_months"):
                row.pop(column, None)
            row.update(self.any_money())
        elif what == "product":
            row["product"] = self.product()
        elif what == "kind":
            row["kind"] = self.rng.choice([None, "subscription", "trial", "usage"])
        return row

    # --- what is asked -----------------------------------------------------------------------------------------

    def definitions(self) -> dict:
        """Switches; those at their default are mostly left out."""
        rng = self.rng
        switches = {
            "period": rng.choice(["month", "month", "quarter", "year"]),
            "fiscal_year_start": rng.choice([1, rng.randint(1, 12)]),
            "extra_digits": self.extra_digits,
        }
        defaults = {"period": "month", "fiscal_year_start": 1, "extra_digits": 0}
        switches = {name: value for name, value in switches.items() if value != defaults[name] or rng.random() < 0.3}
        if rng.random() < 0.5:
            switches["exclude_kinds"] = rng.choice(
                [[], [], ["trial"], ["usage", "one_time"], ["trial", "one_time", "usage"], ["subscription"]]
            )
        return switches

    def asked_range(self) -> tuple[date, date]:
        """start < end: mostly around the book, sometimes inside one month, sometimes where nothing is."""
        rng = self.rng
        what = rng.choices(
            ["around", "inside", "anchors", "one month", "one day", "before", "after", "edge"],
            weights=[12, 3, 3, 2, 1, 1, 1, 1],
        )[0]
        if what == "around":
            start, end = _shift(self.first, -rng.randint(0, 60)), _shift(self.last, rng.randint(1, 400))
        elif what == "inside":
            start, end = sorted([self.random_day(), self.random_day()])
        elif what == "anchors":
            start, end = sorted([rng.choice(self.anchors), rng.choice(self.anchors)])
        elif what == "one month":
            start = _month_start(self.random_day())
            end = rng.choice([_next_month(start), _next_month(start) - timedelta(days=1), start + timedelta(days=1)])
            start = rng.choice([start, end - timedelta(days=1)])
        elif what == "one day":
            start = self.day()
            end = start + timedelta(days=1)
        elif what == "before":
            start = _shift(self.first, -rng.randint(400, 20000))
            end = _shift(start, rng.randint(1, 700))
        elif what == "after":
            start = _shift(self.last, rng.randint(30, 20000))
            end = _shift(start, rng.randint(1, 700))
        elif rng.random() < 0.5:
            start, end = FIRST_DAY, _shift(FIRST_DAY, rng.randint(1, 500))
        else:
            start, end = _shift(LAST_DAY, -rng.randint(1, 500)), LAST_DAY

        # Clamped at an edge, or drawn equal: make it the day before the end.
        start, end = _clamp(start), _clamp(end)
        if start >= end:
            end = max(end, FIRST_DAY + timedelta(days=1))
            start = end - timedelta(days=1)
        return start, end
