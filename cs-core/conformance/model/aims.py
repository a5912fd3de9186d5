"""What key figures are put beside: targets of a company's own, and benchmarks of others."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from definitions import FIRST_DAY, LAST_DAY, ModelError, period_start
from lines import View

LENGTHS = ("month", "quarter", "year")  # of periods
CHURN_OF_A_MONTH = 0.03  # at or under it churn is called good
SOURCE = "a guide to customer success"  # who says so; in which words is not modelled

Benchmarks = dict[tuple[str, str], tuple[float, str]]  # by KPI and length of a period: the number, and who says so


@dataclass(frozen=True)
class Aim:
    """A target of each period, or some of single periods, by their first days; amounts in units."""

    of_all: int | float | None
    of_some: dict[str, int | float]

    def of(self, first_day: str) -> int | float | None:
        return self.of_some.get(first_day, self.of_all)


def read_targets(given, kpi: str, unit: str | None, seen: View) -> Aim:
    """The targets of a KPI; of one that there is not the unit is not known."""
    if unit is None:
        raise ModelError("invalid_argument")
    if not isinstance(given, dict):
        return Aim(read_target(given, kpi, unit, seen.digits), {})
    if not all(is_first_day(text, seen.switches) for text in given):
        raise ModelError("invalid_argument")
    return Aim(None, {day: read_target(one, kpi, unit, seen.digits) for day, one in given.items()})


def is_first_day(text: str, switches: dict) -> bool:
    """Is it written as a day is, and does a period start on it, be it in the range or not?"""
    if not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text, re.ASCII):
        return False
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return False
    return FIRST_DAY <= day <= LAST_DAY and period_start(day, switches) == day


def read_target(given, kpi: str, unit: str, digits: int) -> int | float:
    """An amount as text, of no more digits than amounts have, for what is money; a number for all else."""
    if unit != "money":
        return read_number(given, kpi, unit)
    text = str(given) if isinstance(given, int) and not isinstance(given, bool) else given  # whole units
    if not isinstance(text, str) or not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text, re.ASCII) or (Fraction(text) * 10**digits).denominator != 1:
        raise ModelError("invalid_argument")
    return int(Fraction(text) * 10**digits)


BEYOND_ALL = ("revenue_retention_rate", "net_revenue_retention", "adoption_rate")  # shares that may be above 1


def bounds(kpi: str, unit: str) -> tuple[float, float]:
    """What a KPI can be."""
    if unit == "share":
        if kpi.endswith("_growth_rate"):
            return -1, math.inf
        return 0, math.inf if kpi in BEYOND_ALL else 1
    return {"count": (0, math.inf), "per_day": (0, math.inf), "points": (-100, 100), "score": (0, 100)}[unit]


def read_number(given, kpi: str, unit: str) -> float:
    if isinstance(given, bool) or not isinstance(given, (int, float)) or not math.isfinite(given):
        raise ModelError("invalid_argument")
    least, most = bounds(kpi, unit)
    if not least <= given <= most:
        raise ModelError("invalid_argument")
    return float(given)


def read_benchmarks(given: list | None, units: dict[str, str]) -> Benchmarks:
    """Those that are given, or the standard one: one of each KPI and length. Of money there are none."""
    if given is None:
        return {("customer_churn_rate", "month"): (CHURN_OF_A_MONTH, SOURCE)}
    if not isinstance(given, list):
        raise ModelError("invalid_argument")
    found: Benchmarks = {}
    for each in given:
        if not isinstance(each, dict) or each.keys() != {"kpi", "period", "number", "source"}:
            raise ModelError("invalid_argument")
        kpi, length, source = each["kpi"], each["period"], each["source"]
        if not all(isinstance(text, str) for text in (kpi, length, source)) or units.get(kpi, "money") == "money" or length not in LENGTHS or not source:
            raise ModelError("invalid_argument")
        number = read_number(each["number"], kpi, units[kpi])
        if (kpi, length) in found:
            raise ModelError("invalid_argument")
        found[kpi, length] = (number, source)
    return found
