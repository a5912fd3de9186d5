"""Random books of customers who were recommended, paid once for something, and cost something.

Chains of contracts, as where contracts fall due, so that customers leave in different months and have first terms.
"""

from __future__ import annotations

import random
from datetime import date

from draws import MINOR_DIGITS, shift
from renewing import Renewing

SOURCES = [None, "sales", "referral", "referral", "referral", "champion_move", "champion_move"]
PEOPLE = [None, None, "p1", "P1", "p2"]
LIFETIME_BY = ["until", "mrr", "customers", "alpha", "acquisition_cost", "largest_base"]
SECOND_ORDER_BY = ["source", "mrr", "contracts", "share_of_mrr", "closing_mrr"]


class Recommending(Renewing):
    """Makes books and definitions as Renewing does."""

    def __init__(self, rng: random.Random, customers: int, days: int):
        super().__init__(rng, customers, days)
        self.referrers = rng.sample(self.ids[: self.customers], min(self.customers, 3))

    def contracts_of(self, customer_id: str) -> list[dict]:
        """Now and then somebody only pays once, and never from month to month."""
        rng = self.rng
        rows = super().contracts_of(customer_id)
        once = [self.once(customer_id, rng.choice(rows)) for _ in range(rng.choice([0, 0, 1, 1, 2]))]
        rows = once if once and rng.random() < 0.1 else rows + once
        for row in rows:
            self.recommend(row)
        return rows

    def once(self, customer_id: str, other: dict) -> dict:
        """Mostly sold with another contract, or about then."""
        rng = self.rng
        start = shift(date.fromisoformat(other["start_date"]), rng.choice([0, 0, 0, -1, 1, 30])) if rng.random() < 0.7 else self.day()
        row = self.contract(customer_id, start, self.later(start), self.product(), self.any_money())
        if rng.random() < 0.15:
            row["renews_contract_id"] = other["contract_id"]
        return row | {"kind": "one_time"}

    def recommend(self, row: dict) -> None:
        rng = self.rng
        row["source"] = rng.choice(SOURCES)
        if rng.random() < 0.6:
            row["referred_by_customer_id"] = rng.choice([None, *self.referrers])
        row["referred_by_person_id"] = rng.choice(PEOPLE)

    def revised(self, contract: dict) -> dict:
        row = super().revised(contract)
        if self.rng.random() < 0.3:
            self.recommend(row)
        if self.rng.random() < 0.1:
            row["kind"] = "one_time"
        return row

    def customer_rows(self) -> list[dict]:
        """Costs are known of most, of some versions only, and now and then they are nothing."""
        rng = self.rng
        rows = super().customer_rows()
        for row in rows:
            for column in ("acquisition_cost", "onboarding_cost"):
                if rng.random() < 0.8:
                    row[column] = self.decimal(0 if rng.random() < 0.1 else self.units())
        return rows

    def day_to_look_from(self) -> date:
        """Mostly late, when customers have come and gone; on an edge, or in the middle."""
        rng = self.rng
        late = shift(self.last, rng.choice([0, -1, -30, 1, 31, 365]))
        return rng.choice([late, late, late, max(self.day_of_interest(), self.first), self.random_day()])


def refused_worth(rng: random.Random, call: dict) -> dict:
    """Another call, changed so that it is refused, or comes close."""
    asked = dict(call["arguments"])
    of_lifetime = call["operation"] == "lifetime_value"
    ways: list[dict] = [{"by": by} for by in ("colour", ["cohort", "colour"], ["cohort", "cohort"], "product", ["cohort", "product"])]
    ways += [{"by": by} for by in (LIFETIME_BY if of_lifetime else SECOND_ORDER_BY)]
    if of_lifetime:
        ways += [{name: share} for name in ("gross_margin", "discount_rate") for share in (1.000001, -0.1, 0.0000001, 1, 0)]
        ways += [{"months": months} for months in (0, 121, 1, 120)] + [{"horizon_months": months} for months in (0, 1201, 1, 1200)]
    else:
        ways += [{"end": asked["start"], "start": asked["end"]}, {"end": asked["start"]}]
    way = rng.choice([*ways, None, None])
    return call | {"arguments": asked | way} if way is not None else with_foreign_purchase(rng, call)


def with_foreign_purchase(rng: random.Random, call: dict) -> dict:
    """Somebody who pays has bought once in another currency; it is sold by a recommendation, and in the range."""
    book, asked = call["book"], {name: value for name, value in call["arguments"].items() if name not in ("known_on", "definitions")}
    start = asked.get("start") or asked["as_of"]
    currency = rng.choice([name for name in MINOR_DIGITS if name != book["currency"]])
    common = {"customer_id": "abroad", "start_date": start, "mrr": "7", "source": "referral"}
    rows = [common | {"contract_id": "at home"}, common | {"contract_id": "abroad", "currency": currency, "kind": rng.choice(["one_time", "one_time", "usage"])}]
    changed = book | {"contracts": [*book["contracts"], *rows]}
    if "customers" in book:
        changed["customers"] = [*book["customers"], {"customer_id": "abroad"}]
    definitions = call["definitions"] | {"exclude_kinds": ["one_time", "usage"]}
    return call | {"book": changed, "definitions": definitions, "arguments": asked}
