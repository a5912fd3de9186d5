"""Random books of contracts that fall due: some are followed, early, on time or late, some run on, some are gone.

The days of what follows lie on and next to the edges of the two windows, and the links between contracts are right,
wrong, or lead nowhere.
"""

from __future__ import annotations

import random
from datetime import date

from draws import LAST_DAY, clamp, shift
from maker import Maker
from standings import months_after


class Renewing(Maker):
    """Makes books and definitions as Maker does; customers have chains of contracts."""

    def __init__(self, rng: random.Random, customers: int, days: int):
        super().__init__(rng, customers, days)
        self.early = rng.choice([0, 1, 5, 14, 30, 60, 60])
        self.grace = rng.choice([0, 1, 5, 14, 30, 30])
        self.has_list = rng.random() < 0.6  # list prices are told of most contracts
        self.known_ids = ["nobody's#1"]  # of the contracts so far, and one that there is not
        self.edges: list[date] = []  # days on which contracts are due

    def book(self) -> dict:
        """Now and then everything of a customer is withdrawn on one day."""
        rng, book = self.rng, super().book()
        rows = {row["contract_id"]: row for row in book["contracts"]}
        if rows and rng.random() < 0.1:
            name, day = rng.choice(list(rows.values()))["customer_id"], self.day_of_interest().isoformat()
            gone = [row for row in rows.values() if row["customer_id"] == name]
            keys = {(row["contract_id"], row.get("recorded_on")) for row in book["contracts"]}
            book["contracts"] += [row | {"recorded_on": day, "withdrawn": True} for row in gone if (row["contract_id"], day) not in keys]
        return book

    def definitions(self) -> dict:
        rng = self.rng
        own = {
            "early_days": rng.choice([self.early, self.early, self.early, 60, 0]),
            "renewal_grace_days": rng.choice([self.grace, self.grace, self.grace, 30, 0]),
            "renewal_unit": rng.choice(["customer_product", "customer_product", "customer"]),
        }
        defaults = {"early_days": 60, "renewal_grace_days": 30, "renewal_unit": "customer_product"}
        told = {name: value for name, value in own.items() if value != defaults[name] or rng.random() < 0.3}
        return super().definitions() | told

    # --- contracts ---------------------------------------------------------------------------------------------

    def contracts_of(self, customer_id: str) -> list[dict]:
        rows = []
        for _ in range(self.rng.choice([1, 1, 1, 2, 3])):
            rows += self.chain(customer_id)
        if self.rng.random() < 0.15:
            rows += super().contracts_of(customer_id)
        rows = rows[:8]
        for row in rows:
            self.link(row, rows)
        self.known_ids += [row["contract_id"] for row in rows]
        return rows

    def chain(self, customer_id: str) -> list[dict]:
        """A contract and what follows it, and so on; on the way there may be a second line beside it."""
        rng, rows = self.rng, []
        start = min(self.day() for _ in range(3))
        product, units = self.product(), self.any_amount()
        before: dict | None = None
        for _ in range(rng.choice([1, 2, 3, 4, 5])):
            row = self.priced(customer_id, start, product, units)
            due = self.agree(row, start)
            rows.append(row)
            if before is not None:
                row["renews_contract_id"] = before["contract_id"] if rng.random() < 0.35 else None
                row["signed_date"] = shift(start, -rng.choice([1, 5, 30, 60, 120])).isoformat() if rng.random() < 0.6 else None
            sums = units
            if rng.random() < 0.3:
                other = self.any_amount()
                rows.append(self.beside(row, other))
                sums += other
            if due is None or rng.random() < 0.12:
                break
            before, start = row, shift(due, self.offset())
            product = product if rng.random() < 0.8 else self.product()
            units = rng.choice([units, units, sums, sums, 2 * units, units // 2, units + 1, self.any_amount()])
        return rows

    def any_amount(self) -> int:
        return 0 if self.rng.random() < 0.08 else self.units()

    def priced(self, customer_id: str, start: date, product: str | None, units: int) -> dict:
        """A contract of so much a month without end; its list price is now and then nothing, or less than is paid."""
        rng = self.rng
        money = self.rounded_money() if rng.random() < 0.05 else self.money(units)
        row = self.contract(customer_id, start, None, product, money)
        for column in ("notice_date", "notice_withdrawn_on", "list_mrr"):
            row.pop(column, None)
        if rng.random() < 0.8:
            row["kind"] = None
        if self.has_list and rng.random() < 0.85:
            row["list_mrr"] = self.decimal(rng.choice([units, units, 2 * units, 2 * units, units + self.units(), units + 1, self.units(), 0]))
        return row

    def beside(self, row: dict, units: int) -> dict:
        """Another contract on the same days, mostly of the same product."""
        start = date.fromisoformat(row["start_date"])
        product = row["product"] if self.rng.random() < 0.7 else self.product()
        days = {name: row.get(name) for name in ("end_date", "term_end", "auto_renew", "notice_date")}
        return self.priced(row["customer_id"], start, product, units) | days

    def agree(self, row: dict, start: date) -> date | None:
        """Agrees on a term, an end, both or neither; gives the day after which something may follow."""
        rng = self.rng
        if start >= shift(LAST_DAY, -2):
            return None
        terms = self.terms(start)
        first, further = terms[0], rng.choice(terms)
        inside = shift(start, max(1, (first - start).days * rng.randint(1, 9) // 10))
        beside_term = rng.choice([shift(further, -1), shift(further, 1), shift(further, -10)])
        itself = rng.choice([None, True])
        term_end, renews, end = rng.choice(
            [
                (first, False, None), (first, False, None), (first, False, first), (first, False, inside), (first, False, beside_term),
                (first, itself, None), (first, itself, further), (first, itself, further), (first, itself, further),
                (first, itself, inside), (first, itself, beside_term), (first, itself, beside_term),
                (None, itself, first), (None, None, None), (None, False, None),
            ]
        )  # fmt: skip
        end = None if end is None else max(end, shift(start, 1))
        row |= {"term_end": term_end and term_end.isoformat(), "auto_renew": renews, "end_date": end and end.isoformat()}
        due = end or (term_end if rng.random() < 0.7 or renews is False else None)
        self.edges += [day for day in (term_end, end, end) if day is not None]
        if rng.random() < (0.35 if end is not None else 0.08):
            row.update(self.notice_columns(self.notice_day(start, end)))
        return due

    def terms(self, start: date) -> list[date]:
        """The ends of some terms in a row: of whole months, of days, or of almost whole months."""
        rng = self.rng
        if rng.random() < 0.75:
            months = rng.choice([1, 1, 2, 3, 3, 6, 12])
            ends = [clamp(months_after(start, number * months)) for number in (1, 1, 2, 3)]
            by = rng.choice([0, 0, 0, 0, 0, 1, -1])
        else:
            days = rng.choice([7, 10, 30, 31, 45, 90, 100, 365])
            ends, by = [shift(start, number * days) for number in (1, 1, 2, 3)], 0
        return [max(shift(end, by), shift(start, 1)) for end in ends]

    def offset(self) -> int:
        """Days from the end to the start of what follows."""
        early, grace = self.early, self.grace
        return self.rng.choice(
            [0, 0, 0, 0, 0, -1, 1, -early, -early, -early - 1, -(early // 2), grace, grace, grace + 1, grace // 2, 2 * grace + 5, 60]
        )

    def link(self, row: dict, rows: list[dict]) -> None:
        """Now and then names another contract of the customer, one of another customer, itself, or none that there is."""
        rng = self.rng
        if rng.random() < 0.12:
            row["renews_contract_id"] = rng.choice([*[each["contract_id"] for each in rows], row["contract_id"], *rng.choices(self.known_ids, k=2)])

    def revised(self, contract: dict) -> dict:
        if self.rng.random() < 0.6:
            return super().revised(contract)
        row = dict(contract)
        for column in ("end_date", "term_end", "auto_renew", "notice_date", "notice_withdrawn_on"):
            row.pop(column, None)
        self.agree(row, date.fromisoformat(row["start_date"]))
        if self.rng.random() < 0.3:
            row["renews_contract_id"] = self.rng.choice([None, *self.known_ids])
        return row

    # --- what is asked -----------------------------------------------------------------------------------------

    def day_of_interest(self) -> date:
        """On and next to a day on which something is due, and those on which its windows open and close."""
        rng = self.rng
        edge = rng.choice(self.edges) if self.edges else self.random_day()
        by = rng.choice([0, 0, -1, 1, -self.early, self.grace, self.grace - 1, self.grace + 1, self.grace // 2, -40])
        return rng.choice([shift(edge, by), shift(edge, by), shift(edge, rng.randint(0, 40)), self.day(), self.random_day(), self.last])

    def horizon(self, as_of: date) -> int:
        days = [(day - as_of).days + by for day in self.edges for by in (0, -1, 1)]
        days = [each for each in days if 1 <= each <= 3660]
        horizon = self.rng.choice([1, 7, 30, 31, 45, 60, 90, 90, 180, 365, 3660, *self.rng.choices(days or [30], k=6)])
        return min(horizon, (LAST_DAY - as_of).days)


def refused_renewal(rng: random.Random, call: dict) -> dict:
    """Another call, changed so that it is refused, or comes close."""
    asked = dict(call["arguments"])
    ways: list[dict] = []
    if call["operation"] != "renewal_lines":
        columns = ["due_mrr", "open_ended_mrr"] if call["operation"] == "renewals" else ["until", "committed_mrr"]
        ways += [{"by": by} for by in ("colour", ["cohort", "colour"], ["cohort", "cohort"], *columns)]
    if call["operation"] == "committed":
        ways += [{"horizon_days": days} for days in (0, 3661)] + [{"loss_probability": chance} for chance in (1.000001, -0.1, 1)]
    else:
        ways += [{"end": asked["start"], "start": asked["end"]}, {"end": asked["start"]}]
    if call["operation"] == "renewals":
        ways += [{"by": ["product"], "definitions": call["definitions"] | {"renewal_unit": unit}} for unit in ("customer", "customer_product")]
    return call | {"arguments": asked | rng.choice(ways)}
