"""A board of key figures: of each period what each one is, whether its target is met, and which way it went.

Most are columns of the other operations, quotients of these, or shares of those who paid at the open. An amount is
counted in units, a number is a float. What they are put beside is in aims.py.
"""

from __future__ import annotations

import math
import operator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from aims import Aim, read_benchmarks, read_targets
from contracts import known_contracts, last_seen
from definitions import FIRST_DAY, ONE_DAY, ModelError, format_money, parse_day, parse_optional_day, periods, ratio
from facts import known_facts
from lines import Composition, Unit, View, mrr_of, view
from rates import renewals
from scores import check_columns, exact_sum, exactly
from standard_card import may_score, mean_score, standard_card
from touch import of_six_decimals
from values import known_ways
from worth import units_of

KPIS = {  # each with its unit, and what is good
    "closing_mrr": ("money", "high"),
    "new_mrr": ("money", "high"),
    "expansion_mrr": ("money", "high"),
    "contraction_mrr": ("money", "low"),
    "churned_mrr": ("money", "low"),
    "net_new_mrr": ("money", "high"),
    "closing_customers": ("count", "high"),
    "new_customers": ("count", "high"),
    "churned_customers": ("count", "low"),
    "customer_churn_rate": ("share", "low"),
    "revenue_churn_rate": ("share", "low"),
    "free_downgrade_rate": ("share", "low"),
    "customer_retention_rate": ("share", "high"),
    "revenue_retention_rate": ("share", "high"),
    "gross_revenue_retention": ("share", "high"),
    "net_revenue_retention": ("share", "high"),
    "gross_renewal_rate": ("share", "high"),
    "upsell_rate": ("share", "high"),
    "cross_sell_rate": ("share", "high"),
    "downsell_rate": ("share", "low"),
    "customer_growth_rate": ("share", "high"),
    "revenue_growth_rate": ("share", "high"),
    "adoption_rate": ("share", "high"),
    "health_score": ("score", "high"),
    "onboarding_completion_rate": ("share", "high"),
    "nps": ("points", "high"),
    "csat": ("share", "high"),
    "survey_response_rate": ("share", "high"),
    "support_efficiency": ("per_day", "high"),
}
KPI_COLUMNS = (
    "period_start period_end is_complete kpi unit amount number good target_amount target_number state progress change_amount "
    "change_number trend benchmark benchmark_source"
).split()

Values = dict[str, "int | float | None"]  # by KPI: an amount in units, or a number


def kpis(
    book: dict, definitions: dict, start: str, end: str, *, targets: dict | None = None, benchmarks: list | None = None, csat_threshold=0.8,
    onboarding_milestone="onboarded", onboarding_days=90, scorecard: dict | None = None, known_on: str | None = None,
) -> list[dict]:  # fmt: skip
    """A row per period that is known and KPI."""
    threshold = of_six_decimals(csat_threshold, 1)
    found = Sources(book, definitions, start, end, known_on, (onboarding_milestone, onboarding_days), scorecard)
    units = {kpi: unit for kpi, (unit, _) in KPIS.items()}
    aims = {kpi: read_targets(given, kpi, units.get(kpi), found.seen) for kpi, given in (targets or {}).items()}
    found_benchmarks = read_benchmarks(benchmarks, units)
    if found.moved:
        check_columns(book, scorecard or {})
    rows: list[dict] = []
    before: Values = dict.fromkeys(KPIS)  # nothing to compare with, where there is no period before
    for moved in found.moved:
        values = values_of(found, moved, threshold)
        # The period before the range is only compared with.
        for kpi in KPIS if moved["period_start"] >= found.first else ():
            beside = found_benchmarks.get((kpi, found.seen.switches["period"]), (None, None))
            rows.append(kpi_row(found, moved, kpi, values[kpi], aims.get(kpi), before[kpi], beside))
        before = values
    return rows


# ---------------------------------------------------------------------------------------------------------------
# What is looked at
# ---------------------------------------------------------------------------------------------------------------


class Sources:
    """The tables of the other operations, by the first days of periods, from the one before the range on if the range
    begins after the first of all days; and what is known of customers."""

    def __init__(
        self, book: dict, definitions: dict, start: str, end: str, known_on: str | None, completion: tuple[str, int], scorecard: dict | None
    ):  # fmt: skip
        from model import movements, retention  # which has this operation among its own

        self.seen: View = view(book, definitions, [], "customer", known_on)
        first = periods(start, end, self.seen.switches)[0][0]
        self.first = first.isoformat()
        asked = (book, definitions, start if first <= FIRST_DAY else (first - ONE_DAY).isoformat(), end)
        self.moved = movements(*asked, known_on=known_on)
        self.retained = dict(zip((row["period_start"] for row in self.moved), retention(*asked, known_on=known_on), strict=True))
        self.renewed = {row["period_start"]: row for row in renewals(*asked, known_on=known_on)}
        self.last_day, (milestone, days) = last_seen(book, known_on), completion
        if not 1 <= days <= 3660:
            raise ModelError("invalid_argument")
        self.window = timedelta(days=days)
        self.ways = known_ways(self.seen.units, book, milestone, self.last_day)
        self.facts = {table: facts(book, table, known_on) for table in ("surveys", "cases", "signals")}
        contracts = known_contracts(book, parse_optional_day(known_on))
        self.ranks: dict[str, int] = {row["contract_id"]: row["plan_rank"] for row in contracts if row.get("plan_rank") is not None}
        self.has_products = any(row.get("product") is not None for row in contracts)
        self.book, self.definitions, self.scorecard = book, definitions, scorecard or standard_card()
        self.may_score = scorecard is not None or may_score(book)

    def mean_score(self, day: date) -> float | None:
        """By what was known then, whatever is known by now."""
        return mean_score(self.book, self.definitions, self.scorecard, day) if self.may_score else None


def facts(book: dict, table: str, known_on: str | None) -> list[dict]:
    """Those that are known; all of them, if no day is said."""
    return list(book.get(table) or []) if known_on is None else known_facts(book, table, parse_day(known_on))


@dataclass(frozen=True)
class Period:
    """The days first <= day < after."""

    first: date
    after: date

    @property
    def open(self) -> date:
        return self.first - ONE_DAY

    @property
    def close(self) -> date:
        return self.after - ONE_DAY

    @property
    def days(self) -> int:
        return (self.after - self.first).days

    def of(self, rows: list[dict], column: str) -> list[dict]:
        """The rows with a day of the period in the column; a movement may be of one after the last of all days."""
        return [row for row in rows if row.get(column) is not None and self.first <= date.fromisoformat(row[column]) < self.after]


# ---------------------------------------------------------------------------------------------------------------
# Values
# ---------------------------------------------------------------------------------------------------------------


def values_of(found: Sources, moved: dict, threshold: Fraction) -> Values:
    first = moved["period_start"]
    period = Period(date.fromisoformat(first), date.fromisoformat(moved["period_end"]))
    values = {name: units_of(value) if name.endswith(("_mrr", "_arr")) else value for name, value in moved.items()}
    opening, there = values["opening_mrr"], values["opening_customers"]
    values |= {
        "net_new_mrr": values["closing_mrr"] - opening,
        "gross_revenue_retention": found.retained[first]["grr"],
        "net_revenue_retention": found.retained[first]["nrr"],
        "gross_renewal_rate": None if found.renewed[first]["pending_count"] else found.renewed[first]["gross_renewal_rate"],
        "customer_growth_rate": ratio(values["closing_customers"] - there, there),
        "revenue_growth_rate": ratio(values["closing_mrr"] - opening, opening),
        "adoption_rate": adoption_rate([unit for unit in found.seen.units if unit.paying(period.close)], found.facts["signals"], period),
        "health_score": found.mean_score(period.close),
        "onboarding_completion_rate": onboarding_rate(found, period),
        **of_those_who_paid([unit for unit in found.seen.units if unit.paying(period.open)], found, period),
        **of_surveys(period.of(found.facts["surveys"], "date"), threshold),
        "support_efficiency": support_efficiency(period.of(found.facts["cases"], "closed_on"), period),
    }
    return {kpi: values[kpi] if unit == "money" or values[kpi] is None else float(values[kpi]) for kpi, (unit, _) in KPIS.items()}


def onboarding_rate(found: Sources, period: Period) -> float | None:
    """Of those whose time ends in the period, and is over."""
    over = [way for way in found.ways if period.first <= (end := way.start + found.window) < period.after and end <= found.last_day]
    return ratio(sum(1 for way in over if way.value_on and way.value_on <= way.start + found.window), len(over))


def of_those_who_paid(there: list[Unit], found: Sources, period: Period) -> Values:
    """What became of those who paid at the open: each is kept, lost, or served for nothing."""
    closes = [(unit.close(period.open), unit.close(period.close), unit.paying(period.close)) for unit in there]
    free = [is_free(after) and mrr_of(before) > 0 for before, after, _ in closes]
    lost = [not pays and not goes_on for (_, _, pays), goes_on in zip(closes, free)]
    kept = [(before, after) for (before, after, pays), goes_on in zip(closes, free) if pays and not goes_on]
    plans = [best_plans(held(before), held(after), found.ranks) for before, after in kept]
    risen, fallen = ([any(differs(is_now, was) for was, is_now in pairs) for pairs in plans] for differs in (operator.gt, operator.lt))
    crossed = [len(held(after)) > len(held(before)) for before, after in kept]
    return {
        "customer_churn_rate": ratio(sum(lost), len(there)),
        "revenue_churn_rate": ratio(sum(mrr_of(before) for (before, _, _), is_lost in zip(closes, lost) if is_lost), sum(mrr_of(before) for before, _, _ in closes)),
        "free_downgrade_rate": ratio(sum(free), len(there)),
        "customer_retention_rate": ratio(len(kept), len(there)),
        "revenue_retention_rate": ratio(sum(mrr_of(after) for _, after, _ in closes), sum(mrr_of(before) for before, _, _ in closes)),
        "upsell_rate": ratio(sum(risen), len(there)) if found.ranks else None,
        "cross_sell_rate": ratio(sum(crossed), len(there)) if found.has_products else None,
        "downsell_rate": ratio(sum(fallen), len(there)) if found.ranks else None,
    }


def is_free(close: Composition) -> bool:
    """Nothing is paid, and not only because all is paused."""
    return mrr_of(close) == 0 and any(not carried.paused for carried in close.values())


def held(close: Composition) -> dict[str | None, list[str]]:
    """The contracts of each product that something is paid for; no product is one, too."""
    result: dict[str | None, list[str]] = {}
    for name, carried in close.items():
        if carried.mrr > 0:
            result.setdefault(carried.product, []).append(name)
    return result


def best_plans(before: dict[str | None, list[str]], after: dict[str | None, list[str]], ranks: dict[str, int]) -> list[tuple[int, int]]:
    """Of each product that was held and is held the rank of the best plan, before and after; one without a rank says nothing."""
    result = []
    for product in before.keys() & after.keys():
        was, is_now = ([ranks[name] for name in names if name in ranks] for names in (before[product], after[product]))
        if was and is_now:
            result.append((max(was), max(is_now)))
    return result


def adoption_rate(paying: list[Unit], signals: list[dict], period: Period) -> float | None:
    """Active users seen in the period over licensed ones as last known at its close, of those who pay of whom both are known;
    none beyond all floats."""
    then = period.of(signals, "observed_on")
    before = [row for row in signals if row.get("observed_on") is not None and date.fromisoformat(row["observed_on"]) < period.after]
    seen = [(last_value(then, unit.name, "active_users"), last_value(before, unit.name, "licensed_users")) for unit in paying]
    both = [(active, licensed) for active, licensed in seen if active is not None and licensed is not None]
    active, licensed = (exact_sum(numbers) for numbers in zip(*both)) if both else (None, None)
    if active is None or licensed is None or not licensed > 0:
        return None
    return active / licensed if math.isfinite(active / licensed) else None


def last_value(signals: list[dict], customer_id: str, name: str) -> float | None:
    """What was seen last of a customer; of several values of that day the lowest."""
    rows = [row for row in signals if row["customer_id"] == customer_id and row["signal"] == name]
    last = max((row["observed_on"] for row in rows), default=None)
    return min((float(row["value"]) for row in rows if row["observed_on"] == last), default=None)


def of_surveys(asked: list[dict], threshold: Fraction) -> Values:
    answered = [row for row in asked if row.get("score") is not None]
    scores = [row["score"] for row in answered if row["kind"] == "nps"]
    promoters, detractors = sum(score >= 9 for score in scores), sum(score <= 6 for score in scores)
    rated = [row for row in answered if row["kind"] == "csat"]
    content = sum(exactly(row["score"]) >= threshold * exactly(row["scale_max"]) for row in rated)
    return {
        "nps": ratio(100 * (promoters - detractors), len(scores)),
        "csat": ratio(content, len(rated)),
        "survey_response_rate": ratio(len(answered), len(asked)),
    }


def support_efficiency(closed: list[dict], period: Period) -> float | None:
    """Cases that somebody closed, per day and person."""
    closed = [row for row in closed if row.get("agent") is not None and row.get("resolved_by_self") is not True]
    agents = {row["agent"] for row in closed if row.get("agent") is not None}
    return ratio(len(closed), len(agents) * period.days)


# ---------------------------------------------------------------------------------------------------------------
# Beside a target, and the period before
# ---------------------------------------------------------------------------------------------------------------


def kpi_row(
    found: Sources, moved: dict, kpi: str, value: int | float | None, aim: Aim | None, before: int | float | None, benchmark: tuple[float | None, str | None]
) -> dict:  # fmt: skip
    unit, good = KPIS[kpi]
    seen = found.seen
    first, close = date.fromisoformat(moved["period_start"]), date.fromisoformat(moved["period_end"]) - ONE_DAY
    told_value = told(value, unit, seen.digits)
    if first > found.last_day:  # nobody has seen anything of it, so that nothing is said of how good it is
        value = None
    target = None if aim is None else aim.of(moved["period_start"])
    change = None if value is None or before is None else value - before
    is_aimed = value is not None and target is not None
    cells = [
        moved["period_start"], moved["period_end"], close <= found.last_day, kpi, unit, *told_value, good, *told(target, unit, seen.digits),
        state(value, target, good) if is_aimed else None, quotient(value, target) if is_aimed else None,
        *told(change, unit, seen.digits), None if change is None else trend(change, good), *benchmark,
    ]  # fmt: skip
    return dict(zip(KPI_COLUMNS, cells, strict=True))


def told(value: int | float | None, unit: str, digits: int) -> tuple[str | None, float | None]:
    """As an amount or as a number."""
    if unit == "money":
        return None if value is None else format_money(value, digits), None
    return None, value


def state(value: int | float, target: int | float, good: str) -> str:
    return "met" if (value >= target if good == "high" else value <= target) else "missed"


def quotient(value: int | float, target: int | float) -> float | None:
    return None if target == 0 else float(value) / float(target)


def trend(change: int | float, good: str) -> str:
    if change == 0:
        return "same"
    return "better" if (change > 0) == (good == "high") else "worse"
