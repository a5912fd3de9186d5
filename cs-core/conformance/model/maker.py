"""Whole random books: contracts with their pauses, customers with their versions and parents, and definitions."""

from __future__ import annotations

import random
from datetime import date, timedelta

from draws import FIRST_DAY, ID_STEMS, LAST_DAY, clamp, month_start, next_month, shift
from stories import Stories

SEGMENTS = ["smb", "Smb", "大企業", "é", None]
REGIONS = ["eu", "us", None]


class Maker(Stories):
    def __init__(self, rng: random.Random, customers: int, days: int, *, crowd: bool = False):
        """`crowd`: about as many customers as are no small sample, most of them there from early on."""
        super().__init__(rng, days)
        self.crowd = crowd
        self.customers = 0 if rng.random() < 0.01 else rng.randint(1, customers)
        if crowd:
            self.customers = rng.randint(29, 34)
        more = [f"customer {n}" for n in range(self.customers)]  # enough ids for larger books too
        self.ids = rng.sample(ID_STEMS + more, self.customers + 2)

    def book(self) -> dict:
        rng = self.rng
        contracts = []
        for customer_id in self.ids[: self.customers]:
            contracts += self.member(customer_id) if self.crowd else self.contracts_of(customer_id)
        if rng.random() < 0.4:
            contracts = self.with_revisions(contracts)
        rng.shuffle(contracts)

        book = {"currency": self.currency, "contracts": [self.sparse(row) for row in contracts]}
        if rng.random() < 0.6:
            book["customers"] = self.customer_rows()
        if rng.random() < 0.5:
            pauses = [pause for row in contracts if rng.random() < 0.5 for pause in self.pauses_of(row)]
            book["pauses"] = [self.sparse(row) for row in pauses]
        return book

    def member(self, customer_id: str) -> list[dict]:
        """One contract, mostly from the first day and without end."""
        start = self.first if self.rng.random() < 0.95 else self.start()
        end = self.later(start) if self.rng.random() < 0.15 else None
        return [self.contract(customer_id, start, end, self.product(), self.money(self.units()))]

    def sparse(self, row: dict) -> dict:
        """Absent values appear both as None and as a missing key."""
        return {key: value for key, value in row.items() if value is not None or self.rng.random() < 0.3}

    # --- customers ---------------------------------------------------------------------------------------------

    def customer_rows(self) -> list[dict]:
        """The table customers. Some have no contract; some have several versions, of which at most one is undated."""
        rng = self.rng
        columns = rng.sample(["segment", "region", "tier", "employees", "vip", "since"], rng.randint(1, 4))
        has_parents, has_versions = rng.random() < 0.7, rng.random() < 0.5
        rows = []
        for number, customer_id in enumerate(self.ids):
            days = self.recording_days(rng.choice([1, 1, 2, 3])) if has_versions else [None]
            for recorded_on in days:
                row = {"customer_id": customer_id, "recorded_on": recorded_on}
                row |= {column: self.attribute(column) for column in columns}
                if has_parents and number > 0 and rng.random() < 0.7:
                    row["parent_id"] = rng.choice(self.ids[:number])  # whatever the versions, never a cycle
                rows.append(row)
        rng.shuffle(rows)
        return [self.sparse(row) for row in rows]

    def attribute(self, column: str):
        rng = self.rng
        return {
            "segment": rng.choice(SEGMENTS),
            "region": rng.choice(REGIONS),
            "tier": rng.choice([None, 1, 2, 10]),
            "employees": rng.choice([None, 5, 1000]),
            "vip": rng.choice([None, True, False]),
            "since": rng.choice([None, self.first.isoformat(), self.last.isoformat()]),
        }[column]

    # --- what is asked -----------------------------------------------------------------------------------------

    def definitions(self) -> dict:
        """Switches; those at their default are mostly left out."""
        rng = self.rng
        switches = {
            "period": rng.choice(["month", "month", "quarter", "year"]),
            "fiscal_year_start": rng.choice([1, rng.randint(1, 12)]),
            "extra_digits": self.extra_digits,
            "sampling": rng.choice(["daily", "daily", "period_end"]),
            "gap_tolerance_days": self.tolerance,
            "churn_date": rng.choice(["contract_end", "notice"]),
            "discounts": rng.choice(["net", "net", "list"]),
            "paused": rng.choice(["counts", "zero", "zero"]),
            "free_counts": rng.choice([False, False, True]),
            "reactivation_window_days": self.window,
            "reactivation_as": rng.choice(["reactivation", "reactivation", "expansion", "new"]),
            "same_period_new_and_churn": rng.choice(["both", "neither"]),
            "weeks_per_month": rng.choice(["52/12", "365/84", "4"]),
            "days_per_month": rng.choice(["365/12", "30", "61/2"]),
            "exclude_kinds": rng.choice([None, None, [], [], ["trial"], ["usage", "one_time"], ["subscription"]]),
        }
        defaults = {
            "period": "month", "fiscal_year_start": 1, "extra_digits": 0, "sampling": "daily", "gap_tolerance_days": 0,
            "churn_date": "contract_end", "discounts": "net", "paused": "counts", "free_counts": False,
            "reactivation_as": "reactivation", "same_period_new_and_churn": "both", "weeks_per_month": "52/12",
            "days_per_month": "365/12",
        }  # fmt: skip
        # An absent value is the default: a limit of no days, and every kind that is excluded.
        return {
            name: value
            for name, value in switches.items()
            if value is not None and (value != defaults.get(name) or rng.random() < 0.2)
        }

    def asked_range(self, far: int) -> tuple[date, date]:
        """start < end: mostly around the book, sometimes inside one month, sometimes where nothing is, up to `far`
        days away."""
        rng = self.rng
        what = rng.choices(
            ["around", "inside", "anchors", "one month", "one day", "before", "after", "edge"],
            weights=[12, 3, 3, 2, 1, 1, 1, 1],
        )[0]
        if what == "around":
            start, end = shift(self.first, -rng.randint(0, 60)), shift(self.last, rng.randint(1, 400))
        elif what == "inside":
            start, end = sorted([self.random_day(), self.random_day()])
        elif what == "anchors":
            start, end = sorted([rng.choice(self.anchors), rng.choice(self.anchors)])
        elif what == "one month":
            start = month_start(self.random_day())
            end = rng.choice([next_month(start), next_month(start) - timedelta(days=1), start + timedelta(days=1)])
            start = rng.choice([start, end - timedelta(days=1)])
        elif what == "one day":
            start = self.day()
            end = start + timedelta(days=1)
        elif what == "before":
            start = shift(self.first, -rng.randint(400, far))
            end = shift(start, rng.randint(1, 700))
        elif what == "after":
            start = shift(self.last, rng.randint(30, far))
            end = shift(start, rng.randint(1, 700))
        elif rng.random() < 0.5:
            start, end = FIRST_DAY, shift(FIRST_DAY, rng.randint(1, 500))
        else:
            start, end = shift(LAST_DAY, -rng.randint(1, 500)), LAST_DAY

        # Clamped at an edge, or drawn equal: make it the day before the end.
        start, end = clamp(start), clamp(end)
        if start >= end:
            end = max(end, FIRST_DAY + timedelta(days=1))
            start = end - timedelta(days=1)
        return start, end
