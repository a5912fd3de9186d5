"""Random calls of the formulas on plain numbers, made from a seed; and how an answer differs from the model's.

Amounts come as text, as decimals and as whole numbers, counts now and then as floats. About a quarter of the calls have
an argument that is none of its kind, or that cannot be beside the others.

Left out are whole numbers from 2^53 to 2^63 as counts, amounts of more than 27 digits or as whole numbers beyond 2^63,
revenue that is less than what cancellations took of it, and answers that no double is large enough for.
"""

from __future__ import annotations

import random
from decimal import Decimal
from fractions import Fraction

from formulas import DECIMALS, DEFAULTS, FORMULAS, LARGEST_COUNT, PART_AND_ALL, Number, Refusal, answer

LARGEST_AMOUNT = Fraction(10**21 - 1)
AMOUNT_DIGITS = 27
WRONG_COUNTS = [-1, -(2**70), 2**64, 10**400, 2.0**53, 0.5, -0.5, float("nan"), float("inf"), True, False]
WRONG_COUNTS += ["1", "", None, Decimal(1), Decimal("1.5"), [1]]
WRONG_AMOUNTS = [-1, "-1", "-0.000000000001", Decimal("-0.01"), 1.0, 0.1, float("nan"), True, False, None, [1]]
WRONG_AMOUNTS += ["", " 1", "1 ", "+1", "1e3", "1E3", "1,200", "1_000", "1.2.3", "1/2", "$1", "one", "NaN", "１"]
WRONG_AMOUNTS += ["1000000000000000000000", Decimal("1E+21"), "0.0000000000001", Decimal("1E-13"), "1.0000000000001"]
WRONG_AMOUNTS += [Decimal("NaN"), Decimal("sNaN"), Decimal("Infinity"), 10**400]
WRONG_NUMBERS = [-1, -0.5, -5e-324, float("nan"), float("inf"), True, False, "1", "0.5", None, Decimal("0.5"), [0.5]]
WRONG = {
    "count": WRONG_COUNTS,
    "amount": WRONG_AMOUNTS,
    "number": WRONG_NUMBERS,
    "rate": [*WRONG_NUMBERS, 1.0000000000000002, 2, 8, 10**400],
    "answers": [None, 9, "9", 9.0],
}
TINY_RATES = [5e-324, 1e-310, 2.0**-1022, 1e-300, 1e-40]


class Numbers:
    """Draws the arguments of one call."""

    def __init__(self, rng: random.Random):
        self.rng = rng

    def count(self, most: int = LARGEST_COUNT) -> int:
        """Of a few, of a company's customers, or of as many as there can be."""
        rng = self.rng
        few = [0, 1, 2, 3, rng.randint(0, 20), rng.randint(0, 1000), rng.randint(0, 10**6)]
        many = [2**52 + 1, rng.randint(0, LARGEST_COUNT), LARGEST_COUNT - 1, LARGEST_COUNT]
        return min(rng.choice([*few, *few, *many]), most)

    def part(self, whole: int) -> int:
        rng = self.rng
        return rng.choice([0, min(1, whole), whole // 2, whole, *(rng.randint(0, whole) for _ in range(5))])

    def rate(self) -> float:
        rng = self.rng
        usual = [0.01, 0.03, 0.05, 0.08, 0.1, 0.25, 0.5, 0.632, 0.9, 0.99, rng.randint(1, 999) / 1000]
        return rng.choice([0, 0.0, 1, 1.0, *usual, rng.random(), rng.random() ** 9, 1e-9, 1e-16, 1 - 2**-53])

    def units(self, most: int) -> int:
        """So many of the smallest unit: few, round, next to what doubles hold, or any."""
        rng = self.rng
        found = [0, 1, 2, 3, 5, 7, 100, 12_000, rng.randint(0, 100), rng.randint(0, 10**6), rng.randint(0, 10**12)]
        found += [2**53 + 1, rng.randint(0, 10**16), 10 ** rng.randint(0, AMOUNT_DIGITS)]
        found += [rng.randint(0, 10 ** rng.randint(1, AMOUNT_DIGITS))]
        return min(rng.choice(found), most, 10**AMOUNT_DIGITS - 1)

    def money(self, most: Fraction = LARGEST_AMOUNT) -> Fraction:
        unit = 10 ** self.rng.choice([0, 0, 2, 2, 2, 3, 6, DECIMALS])
        return Fraction(self.units(int(most * unit)), unit)

    def no_less(self, amount: Fraction) -> Fraction:
        """An amount with the decimals of another."""
        unit = 10 ** decimals_of(amount)
        most = min(LARGEST_AMOUNT * unit, 10**AMOUNT_DIGITS - 1) - amount * unit
        return amount + Fraction(self.units(int(most)), unit)

    def written(self, amount: Fraction) -> object:
        """As text, as a decimal or, if it is whole, as a number."""
        rng = self.rng
        decimals = decimals_of(amount)
        most = AMOUNT_DIGITS - len(str(int(amount)))  # zeros at the end say nothing
        decimals = rng.choice([decimals, decimals, max(decimals, min(2, most)), max(decimals, most)])
        units = str(int(amount * 10**decimals)).zfill(decimals + 1)
        text = f"{units[:-decimals]}.{units[-decimals:]}" if decimals else units
        forms: list[object] = [text, text, Decimal(text), Decimal(text).normalize()]
        return rng.choice([*forms, int(amount), int(amount)] if amount.denominator == 1 and amount < 2**63 else forms)

    def answers(self, most: int) -> list | tuple:
        """None, one, a few or some hundreds; of all values, or of those that most people choose."""
        rng = self.rng
        values = rng.choice([range(most + 1), [0, most], [most], [max(most - 3, 0), max(most - 1, 0), most]])
        size = rng.choice([0, 1, 2, 3, rng.randint(4, 40), rng.randint(4, 40), 300])
        found = [rng.choice(values) for _ in range(size)]
        if rng.random() < 0.1:
            found = [float(each) for each in found]
        return tuple(found) if rng.random() < 0.2 else found


def decimals_of(amount: Fraction) -> int:
    return next(decimals for decimals in range(DECIMALS + 1) if (amount * 10**decimals).denominator == 1)


def random_formula_call(seed: int) -> dict:
    """{"formula", "arguments"}: the same for the same seed."""
    rng = random.Random(f"formula {seed}")
    numbers = Numbers(rng)
    formula = rng.choice(list(FORMULAS))
    arguments = fitting(numbers, formula)
    for name in DEFAULTS:
        if name in arguments and rng.random() < 0.4:
            del arguments[name]
    for name, value in arguments.items():
        if isinstance(value, Fraction):
            arguments[name] = numbers.written(value)
        elif isinstance(value, int) and rng.random() < 0.05:
            arguments[name] = float(value)
    for _ in range(rng.choice([0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 2])):
        arguments = spoilt(rng, formula, arguments)
    return {"formula": formula, "arguments": arguments}


def fitting(numbers: Numbers, formula: str) -> dict:
    """Arguments that can be beside each other; amounts are exact numbers."""
    rng, name = numbers.rng, formula.removesuffix("_interval")
    if name in PART_AND_ALL:
        whole = numbers.count()
        return dict(zip(PART_AND_ALL[name], (numbers.part(whole), whole)))
    if name == "customer_retention_rate":
        start = numbers.count()
        kept = numbers.part(start)
        gained = numbers.count(LARGEST_COUNT - kept)
        return {"customers_at_end": kept + gained, "customers_gained": gained, "customers_at_start": start}
    if name == "nps":
        return {"scores": numbers.answers(10)}
    if name == "nps_from_counts":
        most = rng.choice([0, 1, 100, LARGEST_COUNT, LARGEST_COUNT])
        return {kind: numbers.count(most) for kind in ("promoters", "passives", "detractors")}
    if name == "csat":
        most = rng.choice([1, 2, 4, 5, 5, 5, 7, 10, 100])
        threshold = rng.choice([most, most - 1, rng.randint(0, most)])
        return {"scores": numbers.answers(most), "threshold": threshold, "scale_max": most}
    if name == "revenue_churn_rate":
        price = numbers.money(Fraction(10**14))
        units = int(price * 10 ** decimals_of(price))
        cancellations = numbers.count(min(10**6, (10**AMOUNT_DIGITS - 1) // max(units, 1)))
        taken = price * cancellations
        revenue = rng.choice([taken, *[numbers.no_less(taken)] * 8])
        return {"unit_price": price, "cancellations": cancellations, "revenue": revenue}
    if name == "revenue_retention_rate":
        end = numbers.money()
        return {"revenue_at_end": end, "revenue_gained": numbers.money(end), "revenue_at_start": numbers.money()}
    if name in ("gross_revenue_retention", "net_revenue_retention"):
        opening = numbers.money()
        less = numbers.money(opening)
        more = {"expansion": numbers.money()} if name == "net_revenue_retention" else {}
        return {"opening": opening, **more, "contraction": less, "churned": numbers.money(opening - less)}
    if name == "largest_base":
        new = rng.choice([numbers.count(), rng.random() * 1000, 0.3, 1e-300, 1e150])
        return {"new_per_period": new, "churn_rate": numbers.rate()}
    if name in ("annualised_rate", "periodic_rate"):
        periods = rng.choice([0, 1, 2, 3, 4, 12, 12, 52, 365, numbers.count()])
        return {"rate": rng.choice([*[numbers.rate()] * 5, *TINY_RATES]), "periods": periods}
    draws = {"count": numbers.count, "amount": numbers.money, "rate": numbers.rate}
    return {argument: draws[kind]() for argument, kind in FORMULAS[formula].kinds.items()}


def spoilt(rng: random.Random, formula: str, arguments: dict) -> dict:
    """With one argument that is none of its kind, or with two that have changed their places."""
    kinds = FORMULAS[formula].kinds
    name = rng.choice(list(arguments))
    value, alike = arguments[name], [other for other in arguments if kinds[other] == kinds[name]]
    if kinds[name] == "answers" and isinstance(value, list | tuple) and rng.random() < 0.8:
        place = rng.randint(0, len(value))
        return arguments | {name: [*value[:place], rng.choice([*WRONG_COUNTS, 11, 101, LARGEST_COUNT]), *value[place:]]}
    if kinds[name] in ("count", "amount") and formula != "revenue_churn_rate" and rng.random() < 0.4:
        other = rng.choice(alike)
        return arguments | {name: arguments[other], other: value}
    choices = WRONG[kinds[name]]
    if name in DEFAULTS:  # whether nothing is the default is open
        choices = [wrong for wrong in choices if wrong is not None]
    return arguments | {name: rng.choice(choices)}


# ---------------------------------------------------------------------------------------------------------------
# An answer beside the model's
# ---------------------------------------------------------------------------------------------------------------


def differences(call: dict, found: object) -> list[str]:
    """Where a float, two of these, None, or {"kind", "code", "path"} of a refusal is not what the model gives."""
    expected = answer(call)
    if is_same(found, expected):
        return []
    return [f"{call['formula']} of {call['arguments']}: {found} is not {told(expected)}"]


def is_same(found: object, expected: object) -> bool:
    if isinstance(expected, Refusal):
        is_refused = isinstance(found, dict) and found["kind"] == "InvalidArgument"
        return is_refused and expected.faults.get(found["path"]) == found["code"]
    if isinstance(expected, tuple):
        is_pair = isinstance(found, tuple) and len(found) == len(expected)
        return is_pair and all(number.is_told_by(each) for number, each in zip(expected, found))
    return expected.is_told_by(found) if isinstance(expected, Number) else found is expected


def told(expected: object) -> object:
    """As it would be found, but for what is near."""
    if isinstance(expected, tuple):
        return tuple(told(each) for each in expected)
    if isinstance(expected, Number):
        return float(expected.exact) if expected.double is None else expected.double
    return expected
