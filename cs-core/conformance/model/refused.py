"""Calls that must be refused, made from calls that need not be; and some that come close."""

from __future__ import annotations

import copy
import random

from draws import MINOR_DIGITS

LARGEST = 2**63 - 1
BAD_WINDOWS = ["0 months", "1201 months", "01 months", "+3 months", "-3 months", "12", "1 month", "months", "3  months", "month", "", "3 Months", "1.5 months", "٣ months"]
GOOD_WINDOWS = ["1 months", "1200 months", "period"]


def refused(rng: random.Random, call: dict) -> dict:
    """Another call, changed so that it provokes one of the codes."""
    return _Refused(rng, copy.deepcopy(call)).call


class _Refused:
    def __init__(self, rng: random.Random, call: dict):
        self.rng = rng
        self.call = call
        self.book = call["book"]
        self.arguments = call["arguments"]
        ways = [
            self.empty_range, self.unknown_attribute, self.name_twice, self.name_of_a_column, self.window,
            self.unknown_parent, self.parent_cycle, self.second_currency, self.too_many_digits, self.large_contract,
            self.large_sum, self.large_sum_of_parent,
        ]  # fmt: skip
        rng.choice(ways)()

    # --- arguments ---------------------------------------------------------------------------------------------

    def operation(self, *choices: str) -> None:
        """Makes the operation one of these; the arguments stay as far as it takes them."""
        if self.call["operation"] not in choices:
            self.call["operation"] = self.rng.choice(choices)
        self.arguments.setdefault("start", self.arguments["end"])
        if self.call["operation"] == "cohorts":
            del self.arguments["start"]
        elif self.arguments["start"] == self.arguments["end"]:
            self.arguments["start"], self.arguments["end"] = "2019-12-01", "2020-03-01"
        if self.call["operation"] != "retention":
            self.arguments.pop("window", None)
        if self.call["operation"] == "journal":
            self.arguments.pop("by", None)

    def empty_range(self) -> None:
        self.operation("movements", "journal", "retention", "flow_retention")
        self.arguments["start"], self.arguments["end"] = self.arguments["end"], self.arguments["start"]
        if self.rng.random() < 0.3:
            self.arguments["end"] = self.arguments["start"]

    def unknown_attribute(self) -> None:
        self.operation("movements", "retention", "cohorts", "flow_retention")
        self.arguments["by"] = self.rng.choice(["colour", ["product", "colour"], "Segment", "mrr", "Product"])

    def name_twice(self) -> None:
        self.operation("movements", "retention", "cohorts", "flow_retention")
        self.arguments["by"] = self.rng.choice([["product", "product"], ["customer_id", "product", "customer_id"]])

    def name_of_a_column(self) -> None:
        """An output column, be there an attribute of this name or not; `cohort` is one of cohorts alone."""
        self.operation("movements", "retention", "cohorts", "flow_retention")
        name = {
            "movements": self.rng.choice(["closing_mrr", "period_start", "new_customers"]),
            "retention": self.rng.choice(["window_end", "grr", "small_sample"]),
            "cohorts": self.rng.choice(["cohort", "cohort", "age", "size"]),
            "flow_retention": self.rng.choice(["period_end", "flow_nrr", "net_churned_mrr"]),
        }[self.call["operation"]]
        if name != "cohort" and self.rng.random() < 0.5:
            for row in self.book.get("customers", []):
                row[name] = "x"
        self.arguments["by"] = self.rng.choice([name, [name], ["product", name]])

    def window(self) -> None:
        self.operation("retention")
        self.arguments["window"] = self.rng.choice(BAD_WINDOWS + GOOD_WINDOWS)

    # --- parents -----------------------------------------------------------------------------------------------

    def customer_table(self) -> list[dict]:
        """The table customers, made if it is not there, with a version that was always known of everybody."""
        rows = self.book.setdefault("customers", [])
        there = {row["customer_id"] for row in rows if row.get("recorded_on") is None}
        wanted = [row["customer_id"] for row in [*self.book["contracts"], *rows]] + ["lone"]
        rows += [{"customer_id": name} for name in dict.fromkeys(wanted) if name not in there]
        return rows

    def unknown_parent(self) -> None:
        """At level "customer" nobody asks."""
        self.rng.choice(self.customer_table())["parent_id"] = "nobody"
        if self.rng.random() < 0.8:
            self.arguments["level"] = "parent"

    def parent_cycle(self) -> None:
        """Of one, or of two; in a version that counts or in one that does not."""
        rows = self.customer_table()
        one, other = self.rng.choice(rows), self.rng.choice(rows)
        one["parent_id"], other["parent_id"] = other["customer_id"], one["customer_id"]
        if self.rng.random() < 0.8:
            self.arguments["level"] = "parent"

    # --- contracts ---------------------------------------------------------------------------------------------

    def first_customer(self) -> str:
        """A customer of the book, or one that is put there."""
        if not self.book["contracts"] and not self.book.get("customers"):
            return "lone"
        return self.rng.choice([*self.book["contracts"], *self.book.get("customers", [])])["customer_id"]

    def add(self, contract_id: str, customer_id: str, mrr: str, **more) -> None:
        """A contract in force from before the range and without end."""
        start = min(self.arguments.get("start", self.arguments["end"]), self.arguments["end"])
        start = start if "start" in self.arguments else "1900-01-01"
        if "customers" in self.book and customer_id not in {row["customer_id"] for row in self.book["customers"]}:
            self.book["customers"].append({"customer_id": customer_id})
        self.book["contracts"].append({"contract_id": contract_id, "customer_id": customer_id, "start_date": start, "mrr": mrr} | more)

    def second_currency(self) -> None:
        """In a contract that counts, is not counted, or is not known."""
        start = self.rng.choice([row["start_date"] for row in self.book["contracts"]] or ["2020-01-01"])
        currency = self.rng.choice([name for name in MINOR_DIGITS if name != self.book["currency"]])
        kind = self.rng.choice([None, "subscription", "subscription", "usage"])
        self.add("foreign", self.first_customer(), "100", currency=currency, kind=kind, start_date=start)

    def own_definitions(self) -> dict:
        """The operation's own definitions, which exclude no subscriptions."""
        own = self.arguments.setdefault("definitions", dict(self.call["definitions"]))
        own["exclude_kinds"] = ["usage"]
        own["discounts"] = "net"
        return own

    def too_many_digits(self) -> None:
        """As many digits as the book may have, one more than the operation takes; zeros at the end are no digits."""
        loaded = self.call["definitions"].setdefault("extra_digits", 0)
        if loaded == 0:
            loaded = self.call["definitions"]["extra_digits"] = 1
        self.own_definitions()["extra_digits"] = loaded - 1
        decimals = "0" * (MINOR_DIGITS[self.book["currency"]] + loaded - 1)
        self.add("fine", self.first_customer(), f"7.{decimals}{self.rng.choice('1110')}")

    def units(self, number: int, extra_digits: int) -> str:
        """So many units, at so many extra digits, as decimal text."""
        digits = MINOR_DIGITS[self.book["currency"]] + extra_digits
        text = str(number).zfill(digits + 1)
        return f"{text[:-digits]}.{text[-digits:]}" if digits else text

    def large_contract(self) -> None:
        """The largest that there is fits; with one digit more it does not, and a tenth of it does."""
        loaded = self.call["definitions"].get("extra_digits", 0)
        own = self.own_definitions()
        own["extra_digits"] = min(6, loaded + self.rng.choice([0, 1, 1]))
        self.arguments.pop("known_on", None)
        number = self.rng.choice([LARGEST, LARGEST // 10, LARGEST // 10 + 1])
        self.add("large", "giant", self.units(number, loaded))

    def halves(self, owners: tuple[str, str]) -> None:
        """Two contracts that come to the largest MRR, or to one unit more."""
        loaded = self.call["definitions"].get("extra_digits", 0)
        self.own_definitions()["extra_digits"] = loaded
        self.arguments.pop("known_on", None)
        more = self.rng.choice([0, 1, 1])
        self.add("half", owners[0], self.units(LARGEST // 2 + more, loaded))
        self.add("other half", owners[1], self.units(LARGEST // 2 + 1, loaded))

    def large_sum(self) -> None:
        self.halves(("giant", "giant"))

    def large_sum_of_parent(self) -> None:
        """Of two customers with one parent: more than fits only where their sum is looked at."""
        self.customer_table()
        self.book["customers"] += [{"customer_id": "holding"}, *[{"customer_id": name, "parent_id": "holding"} for name in ("giant", "titan")]]
        self.halves(("giant", "titan"))
        if self.rng.random() < 0.7:
            self.arguments["level"] = "parent"
