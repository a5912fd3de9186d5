"""How long the customers of a group stay beside all others (section 10: with the rest, over all groups tested)."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction

from contracts import last_seen
from definitions import ModelError
from lines import group_names, view
from stays import Z_95, estimate, stay
from values import log_rank

COMPARISON_COLUMNS = (
    "customers events survival survival_low survival_high restricted_mean_days rest_customers rest_events rest_survival "
    "rest_restricted_mean_days difference difference_low difference_high p_value q_value"
).split()

# Days after which a customer left, or was last seen, both up to the horizon; and whether it left.
Stays = list[tuple[int, bool]]


def survival_comparison(book: dict, definitions: dict, as_of: str, *, by=None, horizon_days=365, min_customers=20) -> list[dict]:
    """A row per group: the share that pays longer than the horizon, that of all others, and how sure the difference is."""
    if not 1 <= horizon_days <= 3660 or min_customers < 1:
        raise ModelError("invalid_argument")
    day = last_seen(book, as_of)
    as_of = day.isoformat()  # what was known later is not looked at
    names = group_names(book, by, COMPARISON_COLUMNS)
    if "product" in names:  # customers are compared
        raise ModelError("invalid_argument")
    seen = view(book, definitions, names, "customer", as_of)
    seen.check_sums(day)
    groups = [(group, cut([stay(unit, day) for unit in units], horizon_days)) for group, units in seen.groups()]
    rows, tested = [], {}
    for number, (group, mine) in enumerate(groups):
        rest = [each for other, (_, stays) in enumerate(groups) if other != number for each in stays]
        rows.append(dict(zip(seen.names, group)) | compared(curve(mine, horizon_days), curve(rest, horizon_days)))
        if min(len(mine), len(rest)) >= min_customers:
            tested[number] = log_rank(mine, rest)
    for number, q_value in adjusted(tested).items():
        rows[number] |= {"p_value": tested[number], "q_value": q_value}
    return [{name: row[name] for name in [*seen.names, *COMPARISON_COLUMNS]} for row in rows]


def cut(stays: list[tuple[int, bool] | None], horizon: int) -> Stays:
    """What is seen of them up to the horizon; who never paid is not there."""
    return [(min(days, horizon), left and days <= horizon) for days, left in filter(None, stays)]


@dataclass(frozen=True)
class Curve:
    """Of some customers up to the horizon; what is not known is absent."""

    customers: int
    events: int
    to_the_end: int = 0  # those who are seen up to the horizon
    survival: float | None = None
    low: float | None = None
    high: float | None = None
    mean_days: float | None = None

    @property
    def least(self) -> float:
        """The lower end that a difference is told by. Where nobody left, the curve says that nobody can, however few they
        are; the interval of Wilson for a share of all says how many might."""
        return self.to_the_end / (self.to_the_end + Z_95**2) if self.events == 0 else self.low

    @property
    def most(self) -> float:
        """The upper end likewise: where all left, the interval of Wilson for a share of none says how many might not have."""
        return Z_95**2 / (self.customers + Z_95**2) if self.survival == 0 else self.high


def curve(stays: Stays, horizon: int) -> Curve:
    """Absent where nobody was seen as long as the horizon, unless all are known to have left."""
    customers, events = len(stays), sum(left for _, left in stays)
    if not stays or (max(stays)[0] < horizon and share_after(stays, horizon) > 0):
        return Curve(customers, events)
    last = estimate(stays)[-1]
    # The share is the same from the day of a loss to the day before the next one.
    area = sum(share_after(stays, until - 1) * days for until, days in steps(stays, horizon))
    to_the_end = sum(1 for days, _ in stays if days == horizon)
    return Curve(customers, events, to_the_end, last["survival"], last["survival_low"], last["survival_high"], float(area))


def share_after(stays: Stays, days: int) -> Fraction:
    """The product of 1 - events / at risk over all times up to these days."""
    share, lost = Fraction(1), Counter(time for time, left in stays if left)
    for time in (time for time in lost if time <= days):
        share *= 1 - Fraction(lost[time], sum(1 for other, _ in stays if other >= time))
    return share


def steps(stays: Stays, horizon: int) -> list[tuple[int, int]]:
    """The days on which the share changes, and the horizon; each with the days since the one before."""
    ends = sorted({time for time, left in stays if left} | {horizon})
    return [(end, end - before) for before, end in zip([0, *ends], ends)]


def compared(mine: Curve, rest: Curve) -> dict:
    difference, low, high = None, None, None
    if mine.survival is not None and rest.survival is not None:
        difference = mine.survival - rest.survival
        low = difference - math.hypot(mine.survival - mine.least, rest.most - rest.survival)
        high = difference + math.hypot(mine.most - mine.survival, rest.survival - rest.least)
    cells = [
        mine.customers, mine.events, mine.survival, mine.low, mine.high, mine.mean_days,
        rest.customers, rest.events, rest.survival, rest.mean_days, difference, low, high, None, None,
    ]  # fmt: skip
    return dict(zip(COMPARISON_COLUMNS, cells, strict=True))


def adjusted(tested: dict[int, float]) -> dict[int, float]:
    """Benjamini and Hochberg: the least share of false ones among those found, where this one is found too."""
    ordered = sorted(tested.values())

    def q_value(p_value: float) -> float:
        return min(other * len(ordered) / rank for rank, other in enumerate(ordered, 1) if other >= p_value)

    return {number: q_value(p_value) for number, p_value in tested.items()}
