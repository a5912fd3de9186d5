"""How long customers stay by a model of chances, period by period, beside what was seen (section 8, retention models)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, localcontext

from contracts import last_seen
from definitions import ModelError
from lines import group_names, view
from scores import MILLION, exactly
from shifted_beta import DIGITS, Ages, fitted, log_likelihood, months_of, shares
from worth import ages_of, staying

MODEL_COLUMNS = "customers churned periods alpha alpha_error beta beta_error log_likelihood first_churn polarisation".split()
PROJECTION_COLUMNS = "age observed_survival model_survival model_retention residual_lifetime".split()

Pair = tuple[float, float] | None  # alpha and beta, if there are


@dataclass(frozen=True)
class Group:
    """The ages, in periods, of those of a group who ever paid."""

    named: dict[str, str | None]
    ages: Ages

    @property
    def longest(self) -> int:
        return max((time for time, _ in self.ages), default=0)


def groups_of(book: dict, definitions: dict, as_of: str, by, columns: list[str], period_months: int) -> list[Group]:
    if not 1 <= period_months <= 60:
        raise ModelError("invalid_argument")
    day = last_seen(book, as_of)
    as_of = day.isoformat()  # what was known later is not looked at
    seen = view(book, definitions, group_names(book, by, columns), "customer", as_of)
    seen.check_sums(day)
    return [Group(dict(zip(seen.names, group)), ages_of(units, day, period_months)) for group, units in seen.groups()]


# ---------------------------------------------------------------------------------------------------------------
# The model
# ---------------------------------------------------------------------------------------------------------------


def retention_model(book: dict, definitions: dict, as_of: str, *, period_months=1, by=None) -> list[dict]:
    """A row per group: the chances that make what was seen most likely."""
    return [model_row(group, fitted(group.ages)) for group in groups_of(book, definitions, as_of, by, MODEL_COLUMNS, period_months)]


def model_row(group: Group, pair: Pair) -> dict:
    """What is said of a group with these alpha and beta, be they the best or others."""
    cells: list = [len(group.ages), sum(left for _, left in group.ages), group.longest, *[None] * 7]
    if pair is not None:
        alpha, beta = pair
        errors = standard_errors(group.ages, alpha, beta) or (None, None)
        cells[3:] = [alpha, errors[0], beta, errors[1], log_likelihood(group.ages, alpha, beta), alpha / (alpha + beta), 1 / (alpha + beta + 1)]
    return group.named | dict(zip(MODEL_COLUMNS, cells, strict=True))


def information(ages: Ages, alpha: float, beta: float) -> tuple[Decimal, Decimal, Decimal]:
    """The second derivatives of the log-likelihood, with the other sign: by alpha, by both, by beta."""
    with localcontext(prec=DIGITS):
        a, b = Decimal(alpha), Decimal(beta)
        both, by_alpha, by_beta = Decimal(0), Decimal(0), Decimal(0)
        for k, lost, there in months_of(ages):
            both -= there / (a + b + k) ** 2
            by_alpha += lost / a**2
            by_beta += (there - lost) / (b + k) ** 2
        return by_alpha + both, both, by_beta + both


def standard_errors(ages: Ages, alpha: float, beta: float) -> tuple[float, float] | None:
    """From the inverse of the information; none where it has none of which a root can be taken."""
    by_alpha, both, by_beta = information(ages, alpha, beta)
    with localcontext(prec=DIGITS):
        determinant = by_alpha * by_beta - both**2
        if determinant <= 0 or by_alpha <= 0:
            return None
        return float((by_beta / determinant).sqrt()), float((by_alpha / determinant).sqrt())


# ---------------------------------------------------------------------------------------------------------------
# What it says of times to come
# ---------------------------------------------------------------------------------------------------------------


def retention_projection(book: dict, definitions: dict, as_of: str, *, period_months=1, periods=24, discount_rate=0.1, by=None) -> list[dict]:
    """A row per group and age: the share that is there after so many periods, as it was seen and by the model."""
    rows = []
    rate = read_rate(discount_rate, periods)
    for group in groups_of(book, definitions, as_of, by, PROJECTION_COLUMNS, period_months):
        rows += projection_rows(group, fitted(group.ages), period_months, periods, rate)
    return rows


def read_rate(discount_rate, periods: int) -> Decimal:
    rate = exactly(discount_rate)
    if not 0 <= rate <= 1 or (rate * MILLION).denominator != 1 or not 1 <= periods <= 1200:
        raise ModelError("invalid_argument")
    return Decimal(rate.numerator * MILLION // rate.denominator) / MILLION


def projection_rows(group: Group, pair: Pair, period_months: int, periods: int, rate: Decimal) -> list[dict]:
    """The rows of a group with these alpha and beta, be they the best or others."""
    curve = staying(group.ages, max(periods, group.longest) + 1)
    is_over = bool(group.ages) and curve[group.longest] == 0
    there, lifetimes = [None] * (periods + 1), [None] * (periods + 1)
    if pair is not None:
        there = shares(*pair, periods + 1)
        lifetimes = [None, *residual_lifetimes(*pair, periods, discount_of(rate, period_months))]
    rows = []
    for age in range(1, periods + 1):
        cells = [
            age,
            float(curve[age]) if group.ages and (age <= group.longest or is_over) else None,
            None if pair is None else float(there[age]),
            None if pair is None else (pair[1] + age - 1) / (pair[0] + pair[1] + age - 1),
            lifetimes[age],
        ]
        rows.append(group.named | dict(zip(PROJECTION_COLUMNS, cells, strict=True)))
    return rows


def discount_of(rate: Decimal, period_months: int) -> Decimal:
    """Of a period, from that of a year."""
    with localcontext(prec=DIGITS):
        return (1 + rate) ** (Decimal(period_months) / 12) - 1


def residual_lifetimes(alpha: float, beta: float, periods: int, discount: Decimal) -> list[float | None]:
    """For n = 1, 2, ...: the periods to come of one who is about to renew for the nth time, each worth less by the
    discount than the one before: the sum over t >= n of S(t) / S(n - 1) / (1 + discount) ^ (t - n).

    It is r(n) (1 + the next one / (1 + discount)), so only the last one has to be summed.
    """
    with localcontext(prec=DIGITS):
        a, b = Decimal(alpha), Decimal(beta)
        if discount == 0:
            return [float((b + n - 1) / (a - 1)) if a > 1 else None for n in range(1, periods + 1)]
        worth = 1 / (1 + discount)
        result = [(b + periods - 1) / (a + b + periods - 1) * series(b + periods, a + b + periods, worth)]
        for n in range(periods - 1, 0, -1):
            result.append((b + n - 1) / (a + b + n - 1) * (1 + worth * result[-1]))
        return [float(each) for each in reversed(result)]


def series(b: Decimal, c: Decimal, z: Decimal) -> Decimal:
    """1 + b/c z + b(b+1)/(c(c+1)) z^2 + ..., which ends too late to be summed: by the fraction that Gauss gave for it,
    1 / (1 - e1 z / (1 - e2 z / ...)), with twice as many terms until more of them change nothing."""

    def up_to(count: int) -> Decimal:
        below = Decimal(1)
        for number in range(count, 0, -1):
            m, is_odd = divmod(number, 2)
            above = (c + m - 1) * (b + m) if is_odd else m * (c - b + m - 1)
            below = 1 - above * z / ((c + number - 2) * (c + number - 1)) / below
        return 1 / below

    count, before, now = 32, Decimal(0), up_to(32)
    while abs(now - before) > now * Decimal("1e-14"):
        count, before, now = 2 * count, now, up_to(2 * count)
    return now
