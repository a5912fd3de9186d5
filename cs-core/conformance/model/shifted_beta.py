"""How long customers stay by the shifted beta-geometric model: section 6, lifetime.

Each customer leaves after every month with a chance of its own, and the chances are beta-distributed: of those who are
there after k months the share alpha / (alpha + beta + k) leaves in the next one.
"""

from __future__ import annotations

import math
from collections import Counter
from decimal import Decimal, localcontext
from fractions import Fraction

# Months after which a customer left, or was last seen; and whether it left.
Ages = list[tuple[int, bool]]
# Months before, who left in the next month, and who was there for it.
Months = list[tuple[int, int, int]]
DIGITS = 50


def months_of(ages: Ages) -> Months:
    lost = Counter(time for time, left in ages if left)
    longest = max((time for time, _ in ages), default=0)
    return [(k, lost[k + 1], sum(1 for time, _ in ages if time > k)) for k in range(longest)]


def log_likelihood(ages: Ages, alpha: float, beta: float) -> float:
    """The sum of ln P(T = t) of those who left and of ln S(n) of the others, month by month."""
    terms = []
    for k, lost, there in months_of(ages):
        # ln(alpha / (alpha + beta + k)), and ln(1 - that), neither of which is near 1 for long.
        terms += [lost * math.log(alpha / (alpha + beta + k)), -(there - lost) * math.log1p(alpha / (beta + k))]
    return math.fsum(terms)


def shares(alpha: float, beta: float, count: int) -> list[Fraction]:
    """S(0), S(1), ...: so many, to 50 digits."""
    with localcontext(prec=DIGITS):
        share, result = Decimal(1), []
        for k in range(count):
            result.append(Fraction(share))
            share *= (Decimal(beta) + k) / (Decimal(alpha) + Decimal(beta) + k)
        return result


def fitted(ages: Ages) -> tuple[float, float] | None:
    """alpha and beta of the highest likelihood; None if there are none.

    There are none where the likelihood grows towards chances that are all the same (both go to infinity), or towards
    some customers who leave at once and others who never do (both go to 0). The first happens unless some pair is
    better than one chance for all; the second if nobody left after the first month.
    """
    months = months_of(ages)
    if not any(lost for k, lost, _ in months if k > 0):
        return None
    # Along beta, with the best alpha for each, the likelihood grows where `tilt` is above 0, as it is at the start; far
    # beyond the months that are seen it is known whether it is.
    grows_at_last = not beats_one_chance_nearby(months)
    steps, above = [2.0**-20], [True]
    while steps[-1] < 2.0**45 and (steps[-1] < 64 * len(months) or above[-1] != grows_at_last):
        steps.append(steps[-1] * math.sqrt(2))
        above.append(tilt(months, steps[-1]) > 0)
    peaks = [bisected(months, *steps[at : at + 2]) for at in range(len(steps) - 1) if above[at] and not above[at + 1]]
    best = max(peaks, key=lambda beta: log_likelihood(ages, best_alpha(months, beta), beta), default=None)
    if best is None:
        return None
    if grows_at_last and log_likelihood(ages, best_alpha(months, best), best) <= of_one_chance(months) + 1e-9:
        return None
    return polished(months, best_alpha(months, best), best)


def beats_one_chance_nearby(months: Months) -> bool:
    """Does a little spread of the chances make it better: did those who left leave earlier than if it were chance?"""
    lost, there = sum(lost for _, lost, _ in months), sum(there for _, _, there in months)
    return there * sum(k * lost for k, lost, _ in months) < lost * sum(k * there for k, _, there in months)


def of_one_chance(months: Months) -> float:
    """The log-likelihood if everybody leaves with the same chance."""
    lost, there = sum(lost for _, lost, _ in months), sum(there for _, _, there in months)
    return lost * math.log(lost / there) + (there - lost) * math.log1p(-lost / there)


def best_alpha(months: Months, beta: float) -> float:
    """As many left as alpha says: what it says grows, ever more slowly, with alpha, so steps from below stay below."""
    lost, there = sum(lost for _, lost, _ in months), sum(there for _, _, there in months)
    alpha = beta * lost / (there - lost)
    for _ in range(200):
        expected = sum(there * alpha / (alpha + beta + k) for k, _, there in months)
        step = (lost - expected) / sum(there * (beta + k) / (alpha + beta + k) ** 2 for k, _, there in months)
        alpha += step
        if abs(step) <= 1e-15 * alpha:
            break
    return alpha


def tilt(months: Months, beta: float) -> float:
    """The derivative of the likelihood as both grow by the same factor."""
    alpha = best_alpha(months, beta)
    return math.fsum(k * (there / (alpha + beta + k) - (there - lost) / (beta + k)) for k, lost, there in months)


def bisected(months: Months, low: float, high: float) -> float:
    for _ in range(50):
        middle = math.sqrt(low * high)
        low, high = (middle, high) if tilt(months, middle) > 0 else (low, middle)
    return math.sqrt(low * high)


def polished(months: Months, first_alpha: float, first_beta: float) -> tuple[float, float]:
    """Newton's steps to where both derivatives are 0."""
    with localcontext(prec=DIGITS):
        alpha, beta = Decimal(first_alpha), Decimal(first_beta)
        for _ in range(12):
            both = sum(there / (alpha + beta + k) for k, _, there in months)
            both_2 = sum(there / (alpha + beta + k) ** 2 for k, _, there in months)
            lost = sum(lost for _, lost, _ in months)
            by_alpha = lost / alpha - both
            by_beta = sum((there - lost) / (beta + k) for k, lost, there in months) - both
            alpha_2 = both_2 - lost / alpha**2
            beta_2 = both_2 - sum((there - lost) / (beta + k) ** 2 for k, lost, there in months)
            determinant = alpha_2 * beta_2 - both_2**2
            alpha -= (by_alpha * beta_2 - by_beta * both_2) / determinant
            beta -= (by_beta * alpha_2 - by_alpha * both_2) / determinant
        return float(alpha), float(beta)
