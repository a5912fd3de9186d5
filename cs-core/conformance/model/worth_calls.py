"""Random calls of `lifetime_value` and `second_order_revenue`, made from a seed; and how an answer differs from the model's.

Everything that is told is the same but for what a maximum is found to: alpha and beta are near those of the model, or as
likely as these, and what follows from them follows from those that are told. So does what follows from `simple_months`, a
power that may be rounded to the other side where it lies between two.
"""

from __future__ import annotations

import math
import random
from datetime import date
from fractions import Fraction

import model
from contracts import last_seen
from draws import LAST_DAY, shift
from recommending import SOURCES, Recommending, refused_worth
from scores import MILLION, exactly
from shifted_beta import log_likelihood
from worth import ages_of, customers_seen, exact_simple_months, modelled, read_asked, simple

OPERATIONS = ["lifetime_value", "second_order_revenue"]
NUMBERS = {
    "gross_margin": [0, 0.1, 0.333333, 0.5, 0.75, 0.8, 1],
    "months": [1, 2, 3, 6, 12, 24, 120],
    "horizon_months": [1, 2, 12, 24, 25, 36, 60, 120, 1200],
    "discount_rate": [0, 0, 0.000001, 0.05, 0.1, 0.333333, 1],
    "period_months": [1, 1, 1, 2, 3, 6, 12],
}
NEAR = 1e-6  # of alpha and beta
AS_LIKELY = 1e-9
ROUNDED = Fraction(1, 2) + Fraction(1, 10**6)  # so many millionths are what is told and what is meant apart at most


class Following(Recommending):
    """Makes books and definitions as Recommending does; contracts follow others that they do not name, and some customers
    try first."""

    def contracts_of(self, customer_id: str) -> list[dict]:
        rng = self.rng
        rows = super().contracts_of(customer_id)
        if rng.random() < 0.25:
            rows.append(self.tried(min(rows, key=lambda row: row["start_date"])))
        if rng.random() < 0.3:
            rows += self.follower(rng.choice(rows))
        return rows

    def tried(self, first: dict) -> dict:
        """A trial up to the first contract, or about then, or on the same day; mostly of another source."""
        rng = self.rng
        end = date.fromisoformat(first["start_date"])
        start = shift(end, -rng.choice([0, 1, 14, 30, 60]))
        end = max(shift(end, rng.choice([0, 0, 0, 1, -1])), shift(start, 1))
        row = self.contract(first["customer_id"], min(start, shift(end, -1)), end, first.get("product"), self.any_money())
        self.recommend(row)
        return row | {"kind": "trial", "source": rng.choice(SOURCES)}

    def follower(self, before: dict) -> list[dict]:
        """Sold about the day on which the other ends, in time or just not, without a word about it."""
        rng = self.rng
        day = before.get("end_date") or before.get("term_end")
        if day is None:
            return []
        start = shift(date.fromisoformat(day), self.offset())
        product = before.get("product") if rng.random() < 0.8 else self.product()
        row = self.contract(before["customer_id"], start, self.later(start), product, self.any_money())
        self.recommend(row)
        row["source"] = rng.choice(["referral", "referral", "champion_move", "sales"])
        return [row | {"kind": rng.choice([None, None, None, "one_time", "trial"])}]


def random_worth_call(seed: int) -> dict:
    """{"book", "definitions", "operation", "arguments"}: the same for the same seed; about one in twenty is refused."""
    rng = random.Random(f"worth {seed}")
    maker = Following(rng, rng.choice([4, 8, 12]), rng.choice([400, 1100, 1600]))
    book, definitions = maker.book(), maker.definitions()
    operation = rng.choice(OPERATIONS)
    arguments: dict = {}
    if rng.random() < 0.1:  # of as many digits as the book was loaded with, of more, or of fewer
        digits = rng.choice([maker.extra_digits, 6, rng.randint(0, maker.extra_digits)])
        arguments["definitions"] = maker.definitions() | {"extra_digits": digits}
    if operation == "lifetime_value":
        arguments["as_of"] = maker.day_to_look_from().isoformat()
        arguments |= {name: rng.choice(choices) for name, choices in NUMBERS.items() if rng.random() < 0.5}
    else:
        start, end = maker.asked_range(far=500)
        arguments |= {"start": start.isoformat(), "end": end.isoformat()}
        if rng.random() < 0.5:
            known_on = rng.choice([maker.day_of_interest(), maker.last, end])
            arguments["known_on"] = min(known_on, LAST_DAY).isoformat()
            if rng.random() < 0.5:  # what led up to that day
                arguments["end"] = max(shift(known_on, rng.choice([1, 1, 2, 31])), date(1900, 1, 2)).isoformat()
                arguments["start"] = shift(date.fromisoformat(arguments["end"]), -rng.choice([1, 100, 400])).isoformat()
    if rng.random() < 0.5:
        arguments["by"] = _by(rng, book)
    call = {"book": book, "definitions": definitions, "operation": operation, "arguments": arguments}
    return refused_worth(rng, call) if rng.random() < 0.05 else call


def _by(rng: random.Random, book: dict) -> str | list[str]:
    """One or two attributes that some customer has, mostly not those that tell all customers apart."""
    names = {column for row in book.get("customers") or [] for column, value in row.items() if value is not None}
    attributes = sorted(names - {"customer_id", "parent_id", "recorded_on", "acquisition_cost", "onboarding_cost"})
    by = list(dict.fromkeys(rng.choice([*attributes, *attributes, "cohort", "customer_id"]) for _ in range(rng.choice([1, 1, 1, 2]))))
    return by[0] if len(by) == 1 and rng.random() < 0.7 else by


# ---------------------------------------------------------------------------------------------------------------
# An answer beside the model's
# ---------------------------------------------------------------------------------------------------------------


def differences(call: dict, found: list[dict] | str) -> list[str]:
    """Where the rows, or the refusal, are not those of the model; none if they are."""
    expected = model.answer(call)
    if isinstance(expected, str) or isinstance(found, str) or call["operation"] != "lifetime_value":
        return [] if found == expected else [f"{found} is not {expected}"]
    if len(found) != len(expected):
        return [f"{len(found)} rows are not {len(expected)}"]
    arguments = model.as_read(call["arguments"])
    by, definitions, as_of = arguments.pop("by", None), arguments.pop("definitions", model.as_read(call["definitions"])), arguments.pop("as_of")
    asked = read_asked(**arguments)
    groups = customers_seen(call["book"], definitions, as_of, by).groups()
    result = []
    for number, ((_, units), row, other) in enumerate(zip(groups, found, expected, strict=True)):
        pair, best = (row.get("alpha"), row.get("beta")), (other["alpha"], other["beta"])
        if are_as_good(ages_of(units, last_seen(call["book"], as_of), asked.period_months), pair, best):
            other = other | dict(zip(("alpha", "beta"), pair)) | modelled(other, *pair, asked)
        if are_as_near(row.get("simple_months"), exact_simple_months(other["lost_customers"], other["opening_customers"], asked.months)):
            other = other | simple(other, row["simple_months"], asked)
        result += [f"row {number}: {name} {row.get(name)} is not {value}" for name, value in other.items() if name not in row or not is_same(name, row[name], value)]
        result += [f"row {number}: {name} is not asked for" for name in row.keys() - other.keys()]
    return result


def is_same(name: str, found, expected) -> bool:
    """A share that is a product of quotients is rounded at each."""
    is_product = name in ("survival_24_months", "survival_two_terms")
    return found == expected or (is_product and None not in (found, expected) and math.isclose(found, expected, abs_tol=1e-12))


def are_as_near(months, exact: Fraction | None) -> bool:
    """Is a number of 6 decimals what the exact one is rounded to, or all but half a millionth from it?"""
    if exact is None or not isinstance(months, int | float):
        return False
    told = exactly(months) * MILLION
    return told.denominator == 1 and abs(told - exact * MILLION) <= ROUNDED


def are_as_good(ages: list[tuple[int, bool]], pair: tuple, best: tuple) -> bool:
    """Near the best alpha and beta, or as likely."""
    if None in (*pair, *best) or min(pair) <= 0:
        return False
    if all(abs(value - other) <= NEAR * other for value, other in zip(pair, best)):
        return True
    return log_likelihood(ages, *pair) >= log_likelihood(ages, *best) - AS_LIKELY
