"""The formulas on plain numbers: what each gives, exactly, and what each refuses. Section 3 of the page "The domain".

Counts and amounts are exact, and so is what is added, multiplied and divided of them; a rate is the number that its
double is. Powers and square roots are computed to many more digits than a double has. An answer is an exact number and
how near to it a double has to be that tells it, two of these, nothing if there is nothing to divide by, or a refusal.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from math import isfinite

from resampling import wilson_interval

LARGEST_COUNT = 2**53 - 1
LARGEST_IN_DOUBLES = 2**53  # up to here every whole number is a double
DECIMALS, DIGITS_BEFORE = 12, 21  # of an amount, at most
DECIMAL_UNITS = [Fraction(10) ** exponent for exponent in range(-DECIMALS, DIGITS_BEFORE + 1)]
AMOUNT_TEXT = re.compile(r"-?[0-9]+(\.[0-9]+)?")
DEFAULTS = {"onboarding_cost": 0, "gross_margin": 1}

Z = Fraction("1.95996398454005423552459443052055")  # standard deviations to each side within which 95% are
DIGITS = 60  # of what is not a fraction
NEAR = Fraction(5, 2**53)  # of a number that is rounded five times at most
NEAR_IN_INTERVALS = Fraction(1, 2**51)  # of a share, whatever its size
SMALLEST = Fraction(1, 2**1074)  # of all doubles above 0


@dataclass(frozen=True)
class Number:
    """An exact number; and the double that tells it, if that is defined, else how far from it one may be that does."""

    exact: Fraction
    double: float | None = None
    apart: Fraction = Fraction(0)

    def is_told_by(self, found: object) -> bool:
        if not isinstance(found, float) or not isfinite(found):
            return False
        return abs(Fraction(found) - self.exact) <= self.apart if self.double is None else found == self.double


Interval = tuple[Number, Number]


@dataclass(frozen=True)
class Refusal:
    """The code of each fault by where it is; who tells of one tells of any."""

    faults: dict[str, str]


class Refused(Exception):
    def __init__(self, faults: dict[str, str]):
        super().__init__(faults)
        self.faults = faults


# ---------------------------------------------------------------------------------------------------------------
# Arguments
# ---------------------------------------------------------------------------------------------------------------


class Unfit(Exception):
    """A value that is none of its kind, or a list of which some are none."""

    def __init__(self, *places: str):
        super().__init__(*places)
        self.places = places or ("",)


def read_count(value: object) -> int:
    """A whole number from 0 that a double holds, also if it comes as one."""
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value:
        raise Unfit
    if not 0 <= value <= LARGEST_COUNT or value != int(value):
        raise Unfit
    return int(value)


def read_answers(value: object) -> list[int]:
    if not isinstance(value, list | tuple):
        raise Unfit
    answers, places = [], []
    for place, each in enumerate(value, start=1):
        try:
            answers.append(read_count(each))
        except Unfit:
            places.append(f"[{place}]")
    if places:
        raise Unfit(*places)
    return answers


def read_amount(value: object) -> Fraction:
    """An exact decimal from 0: never a float, and no text with an exponent."""
    if isinstance(value, bool) or not isinstance(value, int | str | Decimal):
        raise Unfit
    if isinstance(value, str) and not AMOUNT_TEXT.fullmatch(value):
        raise Unfit
    if isinstance(value, Decimal) and not value.is_finite():
        raise Unfit
    if isinstance(value, str) and int(value.replace(".", "").replace("-", "")) >= 2**96:
        raise Unfit  # more digits than a decimal number holds
    amount = Fraction(value)
    if not 0 <= amount < 10**DIGITS_BEFORE or (amount * 10**DECIMALS).denominator != 1:
        raise Unfit
    return amount


def read_number(value: object) -> Fraction:
    """The number from 0 that a double is."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Unfit
    try:
        double = float(value)
    except OverflowError:
        raise Unfit from None
    if not isfinite(double) or double < 0:
        raise Unfit
    return Fraction(double)


def read_rate(value: object) -> Fraction:
    rate = read_number(value)
    if rate > 1:
        raise Unfit
    return rate


READERS: dict[str, Callable] = {
    "count": read_count,
    "answers": read_answers,
    "amount": read_amount,
    "number": read_number,
    "rate": read_rate,
}


def read(kinds: dict[str, str], given: dict[str, object]) -> dict:
    """Every argument by its kind; or what is wrong with each."""
    values, faults = {}, {}
    for name, kind in kinds.items():
        value = given.get(name, DEFAULTS.get(name))
        if value is None:
            faults[name] = "missing_argument"
            continue
        try:
            values[name] = READERS[kind](value)
        except Unfit as unfit:
            faults |= {f"{name}{place}": "invalid_argument" for place in unfit.places}
    if faults:
        raise Refused(faults)
    return values


def refuse_unless(fits: dict[str, bool]) -> None:
    """Of values that are of their kind, which can be beside the others."""
    faults = {place: "invalid_argument" for place, fit in fits.items() if not fit}
    if faults:
        raise Refused(faults)


def on_scale(answers: list[int], most: int) -> dict[str, bool]:
    return {f"scores[{place}]": each <= most for place, each in enumerate(answers, start=1)}


# ---------------------------------------------------------------------------------------------------------------
# Answers
# ---------------------------------------------------------------------------------------------------------------


def of_counts(part: int, whole: int) -> Number | None:
    """A ratio of whole numbers: each becomes the nearest double, and these are divided once."""
    return None if whole == 0 else Number(Fraction(part, whole), double=float(part) / float(whole))


def of_amounts(part: Fraction, whole: Fraction) -> Number | None:
    """A ratio of exact sums: the nearest double, where both are a number of some decimal unit that a double holds.

    Beyond that it is open which unit is counted before the one division.
    """
    if whole == 0:
        return None
    exact = part / whole
    return Number(exact, double=float(exact)) if are_in_doubles(part, whole) else near(exact)


def are_in_doubles(part: Fraction, whole: Fraction) -> bool:
    in_units = ((part / unit, whole / unit) for unit in DECIMAL_UNITS)
    return any(all(each.denominator == 1 and abs(each) <= LARGEST_IN_DOUBLES for each in pair) for pair in in_units)


def near(exact: Fraction) -> Number:
    """What comes of rates, which are doubles, as is what is multiplied by them."""
    return Number(exact, apart=abs(exact) * NEAR + SMALLEST)


def square_root(value: Fraction) -> Fraction:
    with localcontext(prec=DIGITS):
        return Fraction((Decimal(value.numerator) / Decimal(value.denominator)).sqrt())


def wilson(part: int, whole: int) -> Interval | None:
    """Where `part` is Z standard deviations from what a share p lets expect: (part - whole p)^2 = Z^2 whole p (1 - p).

    The order of operations on doubles is part of the definition, so that every bit is defined.
    """
    if whole == 0:
        return None
    middle, width = 2 * part + Z**2, Z * square_root(Z**2 + Fraction(4 * part * (whole - part), whole))
    ends = ((middle + side * width) / (2 * (whole + Z**2)) for side in (-1, 1))
    low, high = (Number(end, double, NEAR_IN_INTERVALS) for end, double in zip(ends, wilson_interval(part, whole)))
    return low, high


def net_promoter_score(promoters: int, passives: int, detractors: int) -> Number | None:
    """In points: a hundred times how many more promoters than detractors there are, divided once."""
    return of_counts(100 * (promoters - detractors), promoters + passives + detractors)


def net_promoter_interval(promoters: int, passives: int, detractors: int) -> Interval | None:
    """Each answer is 1, 0 or -1; Z standard deviations of their mean to each side, within what there can be."""
    count = promoters + passives + detractors
    if count == 0:
        return None
    mean = Fraction(promoters - detractors, count)
    variance = Fraction(promoters + detractors, count) - mean**2
    width = Z * square_root(variance / count)
    ends = (min(max(mean + side * width, Fraction(-1)), Fraction(1)) for side in (-1, 1))
    low, high = (Number(100 * end, apart=100 * NEAR_IN_INTERVALS) for end in ends)
    return low, high


def lost_over(rate: Fraction, periods: Fraction) -> Number:
    """1 - (1 - rate)^periods. Where a period takes everything nothing stays, and within no time all does."""
    if rate == 0 or periods == 0 or rate == 1:
        return near(Fraction(rate == 1 and periods != 0))
    # What a small rate takes stands so many places behind the 1 that it is taken from; of a part of a period, more.
    places = len(str(rate.denominator // rate.numerator)) + len(str(periods.denominator))
    with localcontext(prec=DIGITS + places):
        stay = Decimal((1 - rate).numerator) / Decimal((1 - rate).denominator)
        exponent = stay.ln() * Decimal(periods.numerator) / Decimal(periods.denominator)
        return near(Fraction(1 - exponent.exp()))


# ---------------------------------------------------------------------------------------------------------------
# Formulas
# ---------------------------------------------------------------------------------------------------------------


def part_and_all(**counts: int) -> tuple[int, int]:
    """A part that is larger than all of it is refused: two numbers have changed their places."""
    (name, part), (_, whole) = counts.items()
    refuse_unless({name: part <= whole})
    return part, whole


def kept_and_all(customers_at_end: int, customers_gained: int, customers_at_start: int) -> tuple[int, int]:
    """Who was gained is a part of who is there at the end; who else is, a part of who was there at the start."""
    refuse_unless({"customers_gained": customers_gained <= customers_at_end})
    kept = customers_at_end - customers_gained
    refuse_unless({"customers_at_end": kept <= customers_at_start})
    return kept, customers_at_start


def satisfied_and_all(scores: list[int], threshold: int, scale_max: int) -> tuple[int, int]:
    refuse_unless({"threshold": threshold <= scale_max} | on_scale(scores, scale_max))
    return sum(1 for score in scores if score >= threshold), len(scores)


def three_kinds(scores: list[int]) -> tuple[int, int, int]:
    """Promoters, passives and detractors."""
    refuse_unless(on_scale(scores, 10))
    promoters = sum(1 for score in scores if score in (9, 10))
    passives = sum(1 for score in scores if score in (7, 8))
    return promoters, passives, len(scores) - promoters - passives


def customer_growth_rate(customers_at_end: int, customers_at_start: int) -> Number | None:
    return of_counts(customers_at_end - customers_at_start, customers_at_start)


def support_efficiency(cases_closed: int, days: int, people: int) -> Number | None:
    return of_counts(cases_closed, days * people)


def revenue_churn_rate(unit_price: Fraction, cancellations: int, revenue: Fraction) -> Number | None:
    """What cancellations took is a part of the revenue."""
    refuse_unless({"cancellations": unit_price * cancellations <= revenue})
    return of_amounts(unit_price * cancellations, revenue)


def revenue_retention_rate(
    revenue_at_end: Fraction, revenue_gained: Fraction, revenue_at_start: Fraction
) -> Number | None:
    """Above 1 where customers of the start pay more; what was gained is a part of what there is at the end."""
    refuse_unless({"revenue_gained": revenue_gained <= revenue_at_end})
    return of_amounts(revenue_at_end - revenue_gained, revenue_at_start)


def revenue_growth_rate(revenue_at_end: Fraction, revenue_at_start: Fraction) -> Number | None:
    return of_amounts(revenue_at_end - revenue_at_start, revenue_at_start)


def gross_revenue_retention(opening: Fraction, contraction: Fraction, churned: Fraction) -> Number | None:
    return net_revenue_retention(opening, Fraction(0), contraction, churned)


def net_revenue_retention(
    opening: Fraction, expansion: Fraction, contraction: Fraction, churned: Fraction
) -> Number | None:
    """What is less and what is gone are parts of the opening, together too; what is more has no bound."""
    refuse_unless({"contraction": contraction <= opening, "churned": churned <= opening})
    refuse_unless({"churned": contraction + churned <= opening})
    return of_amounts(opening + expansion - contraction - churned, opening)


def lifetime_value(arpa: Fraction, customer_churn: Fraction, gross_margin: Fraction) -> Number | None:
    return None if customer_churn == 0 else near(arpa * gross_margin / customer_churn)


def payback_months(
    acquisition_cost: Fraction, arpa: Fraction, onboarding_cost: Fraction, gross_margin: Fraction
) -> Number | None:
    """At a margin of 1 the months of revenue themselves."""
    earned = arpa * gross_margin
    if gross_margin == 1:
        return of_amounts(acquisition_cost + onboarding_cost, arpa)
    return None if earned == 0 else near((acquisition_cost + onboarding_cost) / earned)


def largest_base(new_per_period: Fraction, churn_rate: Fraction) -> Number | None:
    return None if churn_rate == 0 else near(new_per_period / churn_rate)


def annualised_rate(rate: Fraction, periods: int) -> Number:
    return lost_over(rate, Fraction(periods))


def periodic_rate(rate: Fraction, periods: int) -> Number | None:
    return None if periods == 0 else lost_over(rate, Fraction(1, periods))


@dataclass(frozen=True)
class Formula:
    """The kind of each argument, in their order, and what comes of them."""

    kinds: dict[str, str]
    compute: Callable[..., Number | Interval | None]


def of_kind(kind: str, *names: str) -> dict[str, str]:
    return dict.fromkeys(names, kind)


def told_of(pieces: Callable[..., tuple], tell: Callable[..., Number | Interval | None]) -> Callable:
    return lambda **values: tell(*pieces(**values))


PART_AND_ALL = {
    "customer_churn_rate": ("cancelled", "customers"),
    "free_downgrade_rate": ("downgraded", "customers"),
    "renewal_rate": ("renewed", "due"),
    "onboarding_completion_rate": ("completed", "in_window"),
    "upsell_rate": ("upgraded", "customers"),
    "cross_sell_rate": ("added", "customers"),
    "downsell_rate": ("downgraded", "customers"),
    "adoption_rate": ("active_users", "licensed_users"),
}
SCORES = of_kind("answers", "scores")
SHARES = {
    **{name: (of_kind("count", *names), part_and_all) for name, names in PART_AND_ALL.items()},
    "customer_retention_rate": (
        of_kind("count", "customers_at_end", "customers_gained", "customers_at_start"),
        kept_and_all,
    ),
    "csat": (SCORES | of_kind("count", "threshold", "scale_max"), satisfied_and_all),
}
FORMULAS = {
    **{name: Formula(kinds, told_of(pieces, of_counts)) for name, (kinds, pieces) in SHARES.items()},
    **{f"{name}_interval": Formula(kinds, told_of(pieces, wilson)) for name, (kinds, pieces) in SHARES.items()},
    "customer_growth_rate": Formula(of_kind("count", "customers_at_end", "customers_at_start"), customer_growth_rate),
    "support_efficiency": Formula(of_kind("count", "cases_closed", "days", "people"), support_efficiency),
    "nps": Formula(SCORES, told_of(three_kinds, net_promoter_score)),
    "nps_interval": Formula(SCORES, told_of(three_kinds, net_promoter_interval)),
    "nps_from_counts": Formula(of_kind("count", "promoters", "passives", "detractors"), net_promoter_score),
    "revenue_churn_rate": Formula(
        of_kind("amount", "unit_price") | of_kind("count", "cancellations") | of_kind("amount", "revenue"),
        revenue_churn_rate,
    ),
    "revenue_retention_rate": Formula(
        of_kind("amount", "revenue_at_end", "revenue_gained", "revenue_at_start"), revenue_retention_rate
    ),
    "revenue_growth_rate": Formula(of_kind("amount", "revenue_at_end", "revenue_at_start"), revenue_growth_rate),
    "gross_revenue_retention": Formula(of_kind("amount", "opening", "contraction", "churned"), gross_revenue_retention),
    "net_revenue_retention": Formula(
        of_kind("amount", "opening", "expansion", "contraction", "churned"), net_revenue_retention
    ),
    "lifetime_value": Formula(
        of_kind("amount", "arpa") | of_kind("rate", "customer_churn", "gross_margin"), lifetime_value
    ),
    "payback_months": Formula(
        of_kind("amount", "acquisition_cost", "arpa", "onboarding_cost") | of_kind("rate", "gross_margin"),
        payback_months,
    ),
    "largest_base": Formula(of_kind("number", "new_per_period") | of_kind("rate", "churn_rate"), largest_base),
    "annualised_rate": Formula(of_kind("rate", "rate") | of_kind("count", "periods"), annualised_rate),
    "periodic_rate": Formula(of_kind("rate", "rate") | of_kind("count", "periods"), periodic_rate),
}


def answer(call: dict) -> Number | Interval | Refusal | None:
    """What {"formula", "arguments"} gives."""
    formula = FORMULAS[call["formula"]]
    try:
        return formula.compute(**read(formula.kinds, call["arguments"]))
    except Refused as refused:
        return Refusal(refused.faults)
