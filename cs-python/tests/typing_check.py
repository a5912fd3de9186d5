"""What a type checker knows of the library; checked by mypy, never run."""

from datetime import date
from decimal import Decimal
from typing import Literal, assert_type

import customer_success as cs


def reviewed(path: str) -> int:
    """The calls of a small program."""
    definitions = cs.Definitions(period="quarter", fiscal_year_start=4)
    portfolio = cs.Portfolio.from_csv(path, currency="USD", on_invalid="reject", definitions=definitions)
    movements = portfolio.movements(date(2026, 1, 1), "2027-01-01", definitions={"period": "year"})
    assert_type(movements, cs.Table)
    assert_type(definitions.fx_date, date | None)
    assert_type(portfolio.load_report.problems, list[cs.Problem])
    return len(movements)


def held_against_outcomes(portfolio: cs.Portfolio) -> cs.Scorecard:
    """Scores beside what customers then did."""
    backtest = portfolio.backtest([date(2026, 1, 1), "2026-02-01"], 90)
    assert_type(backtest, cs.Backtest)
    assert_type(backtest.auc, float | None)
    assert_type(backtest.verdict, Literal["better", "not_shown"])
    assert_type(backtest.lift, cs.Table)
    return portfolio.fit_scorecard(["2026-01-01"], 90, penalty=2.5)


def decided(portfolio: cs.Portfolio) -> int:
    """What is shown to those who decide."""
    assert_type(portfolio.drilldown("2026-01-01"), cs.Drilldown)
    assert_type(portfolio.drilldown("2026-01-01", locale="ja").answers, cs.Table)
    model = {"rules": [{"tier": "high_touch", "min_value": "500.00"}, {"tier": "tech_touch"}]}
    assert_type(portfolio.touch_plan("2026-01-01", model=model, cost_per_hour=Decimal(60)), cs.Table)
    assert_type(portfolio.kpis("2026-01-01", "2026-02-01", targets={"closing_mrr": Decimal(100), "nps": 30}), cs.Table)
    by_day, by_text = {date(2026, 1, 1): 30}, {"2026-01-01": 30}
    assert_type(portfolio.kpis("2026-01-01", "2026-02-01", targets={"nps": by_day, "csat": by_text}), cs.Table)
    return len(cs.catalogue())


def stayed(portfolio: cs.Portfolio) -> float:
    """How long customers stay, and will."""
    assert_type(portfolio.survival("2026-01-01", by=["segment"]), cs.Table)
    assert_type(cs.kaplan_meier([1, 2.5], [True, 0], entry=[0, 0]), cs.Table)
    model = cs.ShiftedBetaGeometric.fit([10, 6, 5])
    assert_type(model.alpha_error, float | None)
    return cs.ShiftedBetaGeometric(alpha=1.0, beta=model.beta).discounted_lifetime(0.1, 1)


def refused(portfolio: cs.Portfolio) -> None:
    """What a type checker refuses."""
    portfolio.movements("2026-01-01")  # type: ignore[call-arg]
    portfolio.movements("2026-01-01", "2026-02-01", level="group")  # type: ignore[arg-type]
    cs.Portfolio.from_tables(contracts=[], on_invalid="ignore")  # type: ignore[arg-type]
    cs.Definitions(perod="month")  # type: ignore[call-arg]
