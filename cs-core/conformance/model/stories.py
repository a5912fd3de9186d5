"""Contracts of random books, told as stories: what customers do, on awkward days."""

from __future__ import annotations

import random
from datetime import date

from draws import ID_STEMS, PRODUCTS, Draws, shift


class Stories(Draws):
    """Makes the rows of the table contracts of one book."""

    def __init__(self, rng: random.Random, days: int):
        super().__init__(rng, days)
        self.products = rng.sample(PRODUCTS, rng.randint(1, 3))
        self.some_kinds = rng.random() < 0.5
        self.number_of_contracts = 0

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
            row["plan"] = rng.choice(["basic", "pro"])
        if rng.random() < 0.3:  # mostly signed before the start, sometimes after it
            row["signed_date"] = shift(start, -rng.choice([-20, -1, 0, 1, 10, 40])).isoformat()
        if rng.random() < 0.15:
            row.update(self.notice_columns(self.notice_day(start, end)))
        if rng.random() < 0.25:
            row["list_mrr"] = self.decimal(self.units())
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
        stories = [self.anything, self.swap, self.comeback, self.comeback, self.overlap, self.exchange, self.free, self.notice, self.notice, self.extension]
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
        """Leaves and returns, in particular when a gap is just, or just not, filled, and an absence long enough."""
        rows, start = [], self.start()
        for _ in range(self.rng.choice([2, 2, 3])):
            end = self.later(start)
            rows.append(self.contract(customer_id, start, end, self.product(), self.any_money()))
            if end is None:
                break
            start = shift(end, self.absence())
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

    def absence(self) -> int:
        """A number of days without a contract."""
        edges = [self.tolerance - 1, self.tolerance, self.tolerance + 1]
        if self.window is not None:
            edges += [self.window - 1, self.window, self.window + 1]
        return max(0, self.rng.choice([*edges, 1, 1, 2, 28, 30, 31, 365]))

    def notice(self, customer_id: str) -> list[dict]:
        """Gives notice; and perhaps has signed, just in time or not, what starts just in time or not."""
        rng, start = self.rng, self.start()
        end = self.later(start) if rng.random() < 0.85 else None
        row = self.contract(customer_id, start, end, self.product(), self.any_money())
        notice_date = self.notice_day(start, end)
        row.update(self.notice_columns(notice_date))
        rows = [row]
        if rng.random() < 0.65:
            about = [shift(notice_date, step) for step in (0, 1, 1, 2)]
            if end is not None:
                about += [shift(end, step) for step in (-1, 0, 0, 1, *[self.tolerance + step for step in (-1, 0, 0, 1)])]
            starts = rng.choice(about)
            product = row["product"] if rng.random() < 0.7 else self.product()
            successor = self.contract(customer_id, starts, rng.choice([None, self.later(starts)]), product, self.any_money())
            signed = shift(notice_date, rng.choice([-30, -1, 0, 0, 1])).isoformat()
            successor["signed_date"] = rng.choice([None, signed, signed, signed, signed])
            rows.append(successor)
        return rows

    def extension(self, customer_id: str) -> list[dict]:
        """Does not renew, and ends later (or earlier) than its term, as was announced, taken back, or not said."""
        rng, start = self.rng, self.start()
        term_end, end = self.later(start), self.later(start)
        if term_end is None or end is None:
            return self.anything(customer_id)
        term_end, end = sorted([term_end, end], reverse=rng.random() < 0.2)
        row = self.contract(customer_id, start, end, self.product(), self.any_money())
        row |= {"end_date": end.isoformat(), "term_end": term_end.isoformat(), "auto_renew": rng.choice([False, False, False, True])}
        if rng.random() < 0.7:
            row.update(self.notice_columns(rng.choice([self.notice_day(start, end), shift(start, (term_end - start).days // 2)])))
        return [row]

    def notice_day(self, start: date, end: date | None) -> date:
        """On and next to the start and the end, between them, or on any day."""
        days = [shift(start, step) for step in (-1, 0, 1, 20, 60)]
        if end is not None:
            middle = shift(start, (end - start).days // 2)
            days += [middle, middle, *[shift(end, step) for step in (-30, -1, 0, 1)]]
        return self.rng.choice([self.day(), *days])

    def notice_columns(self, notice_date: date) -> dict:
        withdrawn = shift(notice_date, self.rng.choice([0, 1, 10, 40])).isoformat()
        return {"notice_date": notice_date.isoformat(), "notice_withdrawn_on": self.rng.choice([None, None, None, withdrawn])}

    # --- pauses ------------------------------------------------------------------------------------------------

    def pauses_of(self, contract: dict) -> list[dict]:
        """Pauses that touch the start, the end and each other, and are about as long as a gap that may be filled."""
        rng = self.rng
        ends = [day for day in (contract.get("end_date"), contract.get("term_end")) if day is not None]
        edges = [date.fromisoformat(day) for day in (contract["start_date"], *ends)]
        rows = []
        for _ in range(rng.choice([1, 1, 2, 3])):
            first = shift(rng.choice([*edges, self.day(), self.random_day()]), rng.choice([-self.tolerance, -1, 0, 0, 0, 1]))
            after = shift(first, max(1, rng.choice([self.tolerance - 1, self.tolerance, self.tolerance, self.tolerance + 1, 1, 30, 90])))
            if rng.random() < 0.2:
                after = max(rng.choice(edges), self.day())
            is_open = rng.random() < 0.15
            if first < after or is_open:
                rows.append({"contract_id": contract["contract_id"], "from_date": first.isoformat(), "to_date": None if is_open else after.isoformat()})
                edges += [first, after]
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
            days.add(self.day() if self.rng.random() < 0.5 else shift(self.first, self.rng.randint(-100, self.days + 100)))
        result = [day.isoformat() for day in sorted(days)]
        if self.rng.random() < 0.4:
            result[self.rng.randrange(count)] = None
        self.rng.shuffle(result)
        return result

    def revised(self, contract: dict) -> dict:
        """Another revision of a contract: other days, other money, another product or kind, or no change at all."""
        row = dict(contract)
        what = self.rng.choice(["days", "days", "money", "money", "product", "kind", "notice", "nothing"])
        if what == "days":
            start = self.start() if self.rng.random() < 0.5 else date.fromisoformat(row["start_date"])
            for column in ("end_date", "term_end", "auto_renew", "signed_date", "notice_date", "notice_withdrawn_on"):
                row.pop(column, None)
            row["start_date"] = start.isoformat()
            row.update(self.end_columns(start, self.rng.choice([None, self.later(start)])))
        elif what == "money":
            for column in ("mrr", "list_mrr", "amount", "billing_period", "term_months"):
                row.pop(column, None)
            row.update(self.any_money())
        elif what == "product":
            row["product"] = self.product()
        elif what == "notice":
            row.update(self.notice_columns(self.notice_day(date.fromisoformat(row["start_date"]), None)))
        elif what == "kind":
            row["kind"] = self.rng.choice([None, "subscription", "trial", "usage"])
        return row
