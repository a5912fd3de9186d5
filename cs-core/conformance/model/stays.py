"""How long customers stay (section 8, retention models): the product-limit estimator on days, by its formula."""

from __future__ import annotations

import math
from collections import Counter
from datetime import date
from fractions import Fraction

from contracts import last_seen
from lines import Unit, group_names, view

SURVIVAL_COLUMNS = "time at_risk events censored survival survival_low survival_high".split()
Z_95 = 1.959963984540054  # the standard normal distribution leaves 2.5% beyond it


def stay(unit: Unit, as_of: date) -> tuple[int, bool] | None:
    """Days from the first on which a unit pays to the first on which it does not, or to the day that is looked from."""
    first = unit.first_paying_day()
    if first is None or first > as_of:
        return None
    left = [day for day in unit.days() if first < day <= as_of and not unit.paying(day)]
    return ((min(left) if left else as_of) - first).days, bool(left)


def survival(book: dict, definitions: dict, as_of: str, *, by=None) -> list[dict]:
    """A row per group and distinct number of days after which a unit left or was last seen."""
    day = last_seen(book, as_of)
    as_of = day.isoformat()  # what was known later is not looked at
    names = group_names(book, by, SURVIVAL_COLUMNS)
    seen = view(book, definitions, names, "customer", as_of)
    seen.check_sums(day)
    rows = []
    for group, units in seen.groups():
        stays = [each for each in (stay(unit, day) for unit in units) if each is not None]
        rows += [dict(zip(seen.names, group)) | row for row in estimate(stays)]
    return rows


def estimate(stays: list[tuple[int, bool]]) -> list[dict]:
    share, greenwood, rows = Fraction(1), Fraction(0), []
    counts = Counter(stays)
    for time in sorted({time for time, _ in stays}):
        at_risk = sum(1 for other, _ in stays if other >= time)
        events, censored = counts[time, True], counts[time, False]
        share *= Fraction(at_risk - events, at_risk)
        if at_risk > events:
            greenwood += Fraction(events, at_risk * (at_risk - events))
        low, high = interval(float(share), float(greenwood))
        rows.append(dict(zip(SURVIVAL_COLUMNS, (time, at_risk, events, censored, float(share), low, high))))
    return rows


def interval(share: float, variance: float) -> tuple[float, float]:
    """By the logarithm of the logarithm: log(-log S) -+ z times its standard error, taken back."""
    if share in (0, 1):
        return share, share
    middle, reach = math.log(-math.log(share)), Z_95 * math.sqrt(variance) / abs(math.log(share))
    return math.exp(-math.exp(middle + reach)), math.exp(-math.exp(middle - reach))
