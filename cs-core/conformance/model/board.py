"""A board of key figures: of each period what each one is, whether its target is met, and which way it went.

Most are columns of the other operations, or quotients of these. An amount is counted in units, a number is a float.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from contracts import known_contracts
from definitions import ONE_DAY, ModelError, format_money, parse_day, parse_optional_day, ratio
from facts import known_facts
from lines import Composition, Unit, View, mrr_of, view
from rates import renewals
from scores import exactly
from touch import of_six_decimals
from values import onboarding
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
    "customer_growth_rate": ("share", "high"),
    "revenue_growth_rate": ("share", "high"),
    "onboarding_completion_rate": ("share", "high"),
    "nps": ("points", "high"),
    "csat": ("share", "high"),
    "survey_response_rate": ("share", "high"),
    "support_efficiency": ("per_day", "high"),
}
KPI_COLUMNS = (
    "period_start period_end kpi unit amount number good target_amount target_number state progress change_amount "
    "change_number trend benchmark benchmark_source"
).split()
CHURN_OF_A_MONTH = 0.03  # at or under it churn is called good
SOURCE = "a guide to customer success"  # who says so; in which words is not modelled

Values = dict[str, "int | float | None"]  # by KPI: an amount in units, or a number


def kpis(
    book: dict, definitions: dict, start: str, end: str, *, targets: dict | None = None, csat_threshold=0.8, known_on: str | None = None
) -> list[dict]:  # fmt: skip
    """A row per period that is known and KPI."""
    threshold = of_six_decimals(csat_threshold, 1)
    found = Sources(book, definitions, start, end, known_on)
    aims = read_targets(targets or {}, found.seen.digits)
    rows, before = [], None
    for moved in found.moved:
        values = values_of(found, moved, threshold)
        for kpi in KPIS:
            rows.append(kpi_row(found.seen, moved, kpi, values[kpi], aims.get(kpi), None if before is None else before[kpi]))
        before = values
    return rows


# ---------------------------------------------------------------------------------------------------------------
# What is looked at
# ---------------------------------------------------------------------------------------------------------------


class Sources:
    """The tables of the other operations, by the first days of periods, and what is known of customers."""

    def __init__(self, book: dict, definitions: dict, start: str, end: str, known_on: str | None):
        from model import journal, movements, retention  # which has this operation among its own

        self.seen: View = view(book, definitions, [], "customer", known_on)
        asked = (book, definitions, start, end)
        self.moved = movements(*asked, known_on=known_on)
        self.retained = dict(zip((row["period_start"] for row in self.moved), retention(*asked, known_on=known_on), strict=True))
        self.renewed = {row["period_start"]: row for row in renewals(*asked, known_on=known_on)}
        self.onboarded = {row["period_start"]: row for row in onboarding(*asked, known_on=known_on)}
        self.journal = journal(*asked, known_on=known_on)
        self.facts = {table: facts(book, table, known_on) for table in ("surveys", "cases")}
        ranks = {row["contract_id"]: row.get("plan_rank") for row in known_contracts(book, parse_optional_day(known_on))}
        self.ranks: dict[str, int] = {name: rank for name, rank in ranks.items() if rank is not None}


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
    crossed = {row["customer_id"] for row in period.of(found.journal, "date") if units_of(row["cross_sell_mrr"]) > 0}
    values |= {
        "net_new_mrr": values["closing_mrr"] - opening,
        "customer_churn_rate": ratio(values["churned_customers"], there),
        "revenue_churn_rate": ratio(values["contraction_mrr"] + values["churned_mrr"], opening),
        "customer_retention_rate": ratio(values["closing_customers"] - values["new_customers"], there),
        "revenue_retention_rate": ratio(values["closing_mrr"] - values["new_mrr"], opening),
        "gross_revenue_retention": found.retained[first]["grr"],
        "net_revenue_retention": found.retained[first]["nrr"],
        "gross_renewal_rate": found.renewed[first]["gross_renewal_rate"],
        "cross_sell_rate": ratio(len(crossed), there),
        "customer_growth_rate": ratio(values["closing_customers"] - there, there),
        "revenue_growth_rate": ratio(values["closing_mrr"] - opening, opening),
        "onboarding_completion_rate": found.onboarded[first]["completion_rate"],
        **of_those_who_paid([unit for unit in found.seen.units if unit.paying(period.open)], found.ranks, period),
        **of_surveys(period.of(found.facts["surveys"], "date"), threshold),
        "support_efficiency": support_efficiency(period.of(found.facts["cases"], "closed_on"), period),
    }
    return {kpi: values[kpi] if unit == "money" or values[kpi] is None else float(values[kpi]) for kpi, (unit, _) in KPIS.items()}


def of_those_who_paid(there: list[Unit], ranks: dict[str, int], period: Period) -> Values:
    """How many of those who paid at the open are served for nothing at the close, or with a better plan."""
    free = [unit for unit in there if is_free(unit.close(period.close)) and mrr_of(unit.close(period.open)) > 0]
    risen = 0
    for unit in there:
        before, after = (best_rank(unit.close(day), ranks) for day in (period.open, period.close))
        risen += unit.paying(period.close) and before is not None and after is not None and after > before
    return {"free_downgrade_rate": ratio(len(free), len(there)), "upsell_rate": ratio(risen, len(there)) if ranks else None}


def is_free(close: Composition) -> bool:
    """Nothing is paid, and not only because all is paused."""
    return mrr_of(close) == 0 and any(not carried.paused for carried in close.values())


def best_rank(close: Composition, ranks: dict[str, int]) -> int | None:
    """The greatest rank of a plan that something is paid for."""
    return max((ranks[name] for name, carried in close.items() if carried.mrr > 0 and name in ranks), default=None)


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
    closed = [row for row in closed if row.get("agent") is not None]
    agents = {row["agent"] for row in closed if row.get("agent") is not None}
    return ratio(len(closed), len(agents) * period.days)


# ---------------------------------------------------------------------------------------------------------------
# Beside a target, and the period before
# ---------------------------------------------------------------------------------------------------------------


def read_targets(given: dict, digits: int) -> Values:
    """An amount as text, of no more digits than amounts have, for what is money; a number for all else."""
    aims: Values = {}
    for kpi, aim in given.items():
        if kpi not in KPIS:
            raise ModelError("invalid_argument")
        if KPIS[kpi][0] == "money":
            aim = str(aim) if isinstance(aim, int) and not isinstance(aim, bool) else aim  # whole units
            if not isinstance(aim, str) or not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", aim, re.ASCII) or (Fraction(aim) * 10**digits).denominator != 1:
                raise ModelError("invalid_argument")
            aims[kpi] = int(Fraction(aim) * 10**digits)
        elif isinstance(aim, bool) or not isinstance(aim, (int, float)):
            raise ModelError("invalid_argument")
        else:
            aims[kpi] = float(aim)
    return aims


def kpi_row(seen: View, moved: dict, kpi: str, value: int | float | None, target: int | float | None, before: int | float | None) -> dict:
    unit, good = KPIS[kpi]
    change = None if value is None or before is None else value - before
    is_aimed = value is not None and target is not None
    has_benchmark = kpi == "customer_churn_rate" and seen.switches["period"] == "month"
    cells = [
        moved["period_start"], moved["period_end"], kpi, unit, *told(value, unit, seen.digits), good, *told(target, unit, seen.digits),
        state(value, target, good) if is_aimed else None, quotient(value, target) if is_aimed else None,
        *told(change, unit, seen.digits), None if change is None else trend(change, good),
        *((CHURN_OF_A_MONTH, SOURCE) if has_benchmark else (None, None)),
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
