"""What customers are worth: what they pay for as long as they stay, beside what they cost. Section 6, lifetime."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext
from fractions import Fraction
from math import floor

from contracts import known_customers, last_seen
from definitions import LARGEST_MRR, ONE_DAY, ModelError, format_money, parse_day, parse_money, ratio, round_to_units
from lines import Unit, View, group_names, mrr_of, view
from purchases import paid_once, purchases
from scores import MILLION, exactly
from shifted_beta import DIGITS, Ages, fitted, shares
from renewals import first_term_end
from standings import months_after

LIFETIME_COLUMNS = (
    "customers mrr arpa opening_customers lost_customers new_customers customer_churn one_time_revenue simple_months "
    "simple_revenue simple_margin observed_months survival_24_months survival_two_terms lifetime_months survival_revenue "
    "survival_margin alpha beta model_months model_revenue model_margin acquisition_cost onboarding_cost payback_months "
    "term_months payback_terms margin_to_cost largest_base"
).split()


@dataclass(frozen=True)
class Asked:
    """The arguments that are numbers."""

    gross_margin: Fraction
    months: int
    horizon_months: int
    discount_rate: Fraction  # a year
    period_months: int  # of the model


def read_asked(gross_margin=1, months=12, horizon_months=60, discount_rate=0, period_months=1) -> Asked:
    for share in (exactly(gross_margin), exactly(discount_rate)):
        if not 0 <= share <= 1 or (share * MILLION).denominator != 1:
            raise ModelError("invalid_argument")
    if not 1 <= months <= 120 or not 1 <= horizon_months <= 1200 or not 1 <= period_months <= 60:
        raise ModelError("invalid_argument")
    return Asked(exactly(gross_margin), months, horizon_months, exactly(discount_rate), period_months)


def lifetime_value(
    book: dict, definitions: dict, as_of: str, *, by=None, gross_margin=1, months=12, horizon_months=60, discount_rate=0, period_months=1
) -> list[dict]:  # fmt: skip
    """A row per group of customers, by what was known at the close of the day."""
    asked = read_asked(gross_margin, months, horizon_months, discount_rate, period_months)
    day = last_seen(book, as_of)
    as_of = day.isoformat()  # what was known later is not looked at
    rows = []
    seen = customers_seen(book, definitions, as_of, by)
    seen.check_sums(day)
    for group, units in seen.groups():
        row = worth_row(book, seen, units, day, asked)
        rows.append(dict(zip(seen.names, group)) | {column: row[column] for column in LIFETIME_COLUMNS})
    return rows


def customers_seen(book: dict, definitions: dict, as_of: str, by) -> View:
    names = group_names(book, by, LIFETIME_COLUMNS)
    if "product" in names:
        raise ModelError("invalid_argument")
    return view(book, definitions, names, "customer", as_of)


def worth_row(book: dict, seen: View, units: list[Unit], day: date, asked: Asked) -> dict:
    """Everything but the group; what follows from columns of the row is made of these."""
    first_days = {unit.name: unit.first_paying_day() for unit in units}
    payers = [unit for unit in units if first_days[unit.name] is not None and first_days[unit.name] <= day]
    paying = [unit for unit in units if unit.paying(day)]
    window_start = months_after(day + ONE_DAY, -asked.months)
    opening = [unit for unit in units if unit.paying(window_start - ONE_DAY)]
    ages = ages_of(units, day)
    names = {unit.name for unit in payers}
    once = [row for row in purchases(book, seen.switches, seen.known_on) if row["customer_id"] in names and parse_day(row["start_date"]) <= day]
    mrr = sum(mrr_of(unit.close(day)) for unit in paying)
    amounts = {
        "mrr": mrr,
        "arpa": average(Fraction(mrr), len(paying)),
        "one_time_revenue": average(Fraction(sum(round_to_units(paid_once(row), seen.digits) for row in once)), len(payers)),
        "acquisition_cost": average_cost(book, seen, names, "acquisition_cost"),
        "onboarding_cost": average_cost(book, seen, names, "onboarding_cost"),
    }
    lost = sum(1 for unit in opening if not unit.paying(day))
    term = average_term(book, seen, {unit.name: first_days[unit.name] for unit in payers})
    row = {
        "customers": len(paying),
        **{name: told(amount, seen.digits) for name, amount in amounts.items()},
        "opening_customers": len(opening),
        "lost_customers": lost,
        "new_customers": sum(1 for unit in payers if window_start <= first_days[unit.name]),
        "customer_churn": ratio(lost, len(opening)),
        "simple_months": simple_months(lost, len(opening), asked.months),
        **of_the_curve(ages, asked),
        "survival_two_terms": None if term is None else survival_at(ages, floor(2 * term + Fraction(1, 2))),
        "term_months": None if term is None else ratio(term.numerator, term.denominator),
    }
    row |= dict(zip(("alpha", "beta"), fitted(ages_of(units, day, asked.period_months)) or (None, None)))
    row |= simple(row, row["simple_months"], asked)
    row |= revenue_and_margin("survival", row, row["lifetime_months"], asked) | modelled(row, row["alpha"], row["beta"], asked)
    return row | against_cost(row, asked)


def in_units(amount: Fraction, seen: View) -> Fraction:
    return Fraction(amount) * 10**seen.digits


def average(total: Fraction, count: int) -> int | None:
    """Of an exact sum in units: the one rounding."""
    return None if count == 0 else round_to_units(total / count, 0)


def told(amount: int | None, digits: int) -> str | None:
    if amount is not None and amount > LARGEST_MRR:
        raise ModelError("overflow")
    return None if amount is None else format_money(amount, digits)


def average_cost(book: dict, seen: View, names: set[str], column: str) -> int | None:
    known = [row for name, row in known_customers(book, seen.known_on).items() if name in names and row is not None]
    costs = [parse_money(row[column]) for row in known if row.get(column) is not None]
    return average(in_units(sum(costs), seen), len(costs))


def average_term(book: dict, seen: View, first_days: dict[str, date]) -> Fraction | None:
    """In months, of those who have one: from the first paying day to the day on which a contract in force then falls due."""
    terms = []
    for name, first in first_days.items():
        due = first_term_end(book, seen.switches, name, first, seen.known_on)
        if due is not None:
            terms.append((due - first).days)
    return Fraction(sum(terms), len(terms)) / Fraction(seen.switches["days_per_month"]) if terms else None


# ---------------------------------------------------------------------------------------------------------------
# How long customers stay
# ---------------------------------------------------------------------------------------------------------------


def ages_of(units: list[Unit], day: date, months: int = 1) -> Ages:
    """Of each who ever paid: in which period of so many months after its first paying day it left, if that is over, or
    after how many whole ones it was last seen."""
    ages = []
    for unit in units:
        first = unit.first_paying_day()
        if first is None or first > day:
            continue
        left = min((other for other in unit.days() if first < other <= day and not unit.paying(other)), default=None)
        whole = whole_months(first, day if left is None else left - ONE_DAY) // months
        is_over = left is not None and months_after(first, (whole + 1) * months) <= day
        ages.append((whole + 1, True) if is_over else (whole, False))
    return ages


def whole_months(first: date, day: date) -> int:
    """The most months after the first day that are over by the other."""
    months = (day.year - first.year) * 12 + day.month - first.month
    return months if months_after(first, months) <= day else months - 1


def staying(ages: Ages, count: int) -> list[Fraction]:
    """S(0), S(1), ...: so many of the product-limit estimator."""
    share, result = Fraction(1), []
    for month in range(count):
        left = ages.count((month, True))
        if left > 0:
            share *= 1 - Fraction(left, sum(1 for time, _ in ages if time >= month))
        result.append(share)
    return result


def seen_for(ages: Ages) -> int:
    """The months from the first on that the curve says something of."""
    return max((time + 1 for time, _ in ages), default=0)


def survival_at(ages: Ages, month: int) -> float | None:
    """As far as the curve says anything; where nobody is left, nobody is left later."""
    if month < seen_for(ages):
        return float(staying(ages, month + 1)[month])
    return 0.0 if nobody_is_left(ages) else None


def nobody_is_left(ages: Ages) -> bool:
    return bool(ages) and staying(ages, seen_for(ages))[-1] == 0


def of_the_curve(ages: Ages, asked: Asked) -> dict:
    observed = asked.horizon_months if nobody_is_left(ages) else min(asked.horizon_months, seen_for(ages))
    return {
        "observed_months": observed,
        "survival_24_months": survival_at(ages, 24),
        "lifetime_months": discounted(staying(ages, observed), asked.discount_rate) if ages else None,
    }


def discounted(shares_of_months: list[Fraction], rate: Fraction) -> float:
    """The sum of the shares, each divided by (1 + rate) ^ (m / 12), to 6 decimals, half to even."""
    with localcontext(prec=DIGITS):
        factor = 1 + Decimal(rate.numerator) / Decimal(rate.denominator)
        weights = [Fraction(factor ** (Decimal(-month) / 12)) for month in range(len(shares_of_months))]
    total = sum(share * weight for share, weight in zip(shares_of_months, weights))
    return round(total * MILLION) / MILLION


# ---------------------------------------------------------------------------------------------------------------
# What follows from other columns of the row
# ---------------------------------------------------------------------------------------------------------------


def units_of(text: str) -> int:
    return int(text.replace(".", ""))


def digits_of(row: dict) -> int:
    return len(row["mrr"].partition(".")[2])


def with_margin(name: str, revenue: int | None, row: dict, asked: Asked) -> dict:
    margin = None if revenue is None else round(revenue * asked.gross_margin)
    return {f"{name}_revenue": told(revenue, digits_of(row)), f"{name}_margin": told(margin, digits_of(row))}


def simple_months(lost: int, opening: int, months: int) -> float | None:
    """How long customers stay if each month the same share leaves, and over so many months as large a one as did; to 6
    decimals, half to even."""
    exact = exact_simple_months(lost, opening, months)
    return None if exact is None else round(exact * MILLION) / MILLION


def exact_simple_months(lost: int, opening: int, months: int) -> Fraction | None:
    """One over the share that leaves in a month, to so many digits."""
    if lost == 0 or opening == 0:
        return None
    with localcontext(prec=DIGITS):
        stay = (Decimal(opening - lost) / Decimal(opening)) ** (1 / Decimal(months))
        return Fraction(1 / (1 - stay))


def simple(row: dict, months: float | None, asked: Asked) -> dict:
    """The columns that `simple_months` gives, be it that of the row or another: what a customer pays in so many, and how
    many customers there can be at this inflow."""
    base = None if months is None else ratio(row["new_customers"] * round(months * MILLION), asked.months * MILLION)
    return {"simple_months": months, "largest_base": base} | revenue_and_margin("simple", row, months, asked)


def revenue_and_margin(name: str, row: dict, months: float | None, asked: Asked) -> dict:
    """What a customer pays in so many months, which have 6 decimals, and once."""
    if months is None or row["customers"] == 0:
        return with_margin(name, None, row, asked)
    recurring = Fraction(units_of(row["mrr"]) * round(months * MILLION), row["customers"] * MILLION)
    return with_margin(name, round(recurring) + units_of(row["one_time_revenue"]), row, asked)


def modelled(row: dict, alpha: float | None, beta: float | None, asked: Asked) -> dict:
    """The columns that alpha and beta give, be they those of the row or others."""
    months = None
    if alpha is not None and beta is not None:
        # Who is there at the start of a period pays for its months.
        by_month = [share for share in shares(alpha, beta, asked.horizon_months) for _ in range(asked.period_months)]
        months = discounted(by_month[: asked.horizon_months], asked.discount_rate)
    return {"model_months": months} | revenue_and_margin("model", row, months, asked)


def against_cost(row: dict, asked: Asked) -> dict:
    cost = None
    if row["acquisition_cost"] is not None and row["onboarding_cost"] is not None:
        cost = units_of(row["acquisition_cost"]) + units_of(row["onboarding_cost"])
    back = terms = margin = None
    if cost is not None:
        back = ratio(cost * row["customers"] * MILLION, units_of(row["mrr"]) * int(asked.gross_margin * MILLION))
        margin = None if row["survival_margin"] is None else ratio(units_of(row["survival_margin"]), cost)
    if back is not None and row["term_months"] is not None:
        terms = back / row["term_months"]
    return {"payback_months": back, "payback_terms": terms, "margin_to_cost": margin}
