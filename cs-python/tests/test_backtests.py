"""Backtests and fits beside tools that others wrote: scikit-learn, and numpy where a computation is plain."""

import datetime
import json
import random
from typing import Any

import customer_success as cs
import numpy
import polars
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

FIRST = datetime.date(2025, 1, 1)
DAYS = [datetime.date(2025, month, 15) for month in range(3, 11)]
HORIZON = 45


def measure(name: str, curve: list[list[float]]) -> dict[str, Any]:
    value = {"table": "signals", "aggregate": "last", "where": {"signal": name}, "window_days": 60}
    return {"measure": name, "evidence": "custom", "weight": 1, "value": value, "curve": curve}


CARD = {
    "name": "three",
    "min_coverage": 0,
    "measures": [measure("use", [[0, 0], [10, 100]]), measure("calls", [[0, 100], [8, 0]]), measure("noise", [[0, 0], [5, 100]])],
}


def book(seed: int, customers: int = 300) -> tuple[cs.Portfolio, dict[str, datetime.date | None]]:
    """Customers who are lost the more often the less they use and the more they call; values are few, so that scores tie."""
    rng = random.Random(seed)
    contracts, signals, ends = [], [], {}
    for number in range(customers):
        name = f"c{number:03}"
        health = rng.random()
        end = FIRST + datetime.timedelta(days=rng.randrange(60, 360)) if rng.random() > 0.4 + 0.5 * health else None
        ends[name] = end
        start = FIRST - datetime.timedelta(days=rng.randrange(1, 700))
        contracts.append({"contract_id": name, "customer_id": name, "start_date": start, "end_date": end, "mrr": rng.randrange(10, 60)})
        for month in range(1, 12):
            day = datetime.date(2025, month, 1)
            for signal, value in (("use", 10 * health + rng.randrange(-3, 4)), ("calls", 8 - 6 * health + rng.randrange(-3, 4)), ("noise", rng.randrange(6))):
                if rng.random() < 0.9:
                    signals.append({"customer_id": name, "signal": signal, "observed_on": day, "value": float(round(max(value, 0)))})
    portfolio = cs.Portfolio.from_tables(contracts=contracts, signals=signals, currency="USD", observed_until="2025-12-31")
    return portfolio, ends


def observed(portfolio: cs.Portfolio, ends: dict[str, datetime.date | None], days: list[datetime.date]) -> polars.DataFrame:
    """The scores of all days, and whether the customer was lost within the horizon."""
    rows = []
    for day in days:
        for row in portfolio.health(day, scorecard=CARD).to_dicts():
            end = ends[row["customer_id"]]
            lost = end is not None and day < end <= day + datetime.timedelta(days=HORIZON)
            rows.append({"day": day, "customer": row["customer_id"], "score": row["score"], "lost": lost, "mrr": float(row["mrr"])})
    return polars.DataFrame(rows).filter(polars.col("score").is_not_null())


@pytest.mark.parametrize("seed", range(3))
def test_curves_lift_and_calibration(seed: int) -> None:
    portfolio, ends = book(seed)
    found = observed(portfolio, ends, DAYS)
    lost, score = found["lost"].to_numpy(), found["score"].to_numpy()
    assert len(numpy.unique(score)) < len(score) / 2, "scores tie"
    backtest = portfolio.backtest(DAYS, HORIZON, scorecard=CARD, resamples=100)
    assert backtest.auc == pytest.approx(roc_auc_score(lost, -score), abs=1e-12)
    of_mrr = backtest.baselines.to_dicts()[2]
    assert of_mrr["auc"] == pytest.approx(roc_auc_score(lost, -found["mrr"].to_numpy()), abs=1e-12)
    for row in backtest.days.to_dicts():
        mine = found.filter(polars.col("day") == row["as_of"])
        assert (row["observations"], row["events"]) == (len(mine), mine["lost"].sum())
        assert row["auc"] == pytest.approx(roc_auc_score(mine["lost"].to_numpy(), -mine["score"].to_numpy()), abs=1e-12)
    for row in backtest.calibration.to_dicts():
        within = (score >= row["score_from"]) & ((score < row["score_to"]) | (row["score_to"] == 100))
        assert row["observations"] == within.sum()
        if row["observations"]:
            assert row["mean_score"] == pytest.approx(score[within].mean())
            assert row["event_rate"] == pytest.approx(lost[within].mean())
    # Of equal scores every one has its share of the events.
    shared = numpy.array([lost[score == one].mean() for one in score])[numpy.argsort(score, kind="stable")]
    for row in backtest.lift.to_dicts():
        start, end = (len(score) * tenth // 10 for tenth in (row["decile"] - 1, row["decile"]))
        assert row["events"] == pytest.approx(shared[start:end].sum())
        assert row["lift"] == pytest.approx(shared[start:end].mean() / lost.mean())


@pytest.mark.parametrize("penalty", [0.01, 1, 25])
@pytest.mark.parametrize("seed", range(3))
def test_coefficients(seed: int, penalty: float) -> None:
    """Those that are not held are scikit-learn's; the gradient of those that are says that they would fall."""
    portfolio, ends = book(seed)
    fitted = portfolio.fit_scorecard(DAYS, HORIZON, scorecard=CARD, penalty=penalty, resamples=100).fitted
    assert fitted is not None
    days = [datetime.date.fromisoformat(day) for day in fitted["as_of_days"]]
    found = observed(portfolio, ends, days)
    names = [each["measure"] for each in fitted["coefficients"]]
    scores = {}
    for day in days:
        for row in portfolio.explain_health(day, scorecard=CARD).to_dicts():
            scores[day, row["customer_id"], row["measure"]] = row["measure_score"]
    columns = [[scores[day, name, each] for day, name in found[["day", "customer"]].iter_rows()] for each in names]
    points = numpy.array([[numpy.nan if cell is None else cell for cell in column] for column in columns]).T
    design = numpy.nan_to_num((numpy.nanmean(points, axis=0) - points) / 100)
    lost = found["lost"].to_numpy()
    assert (fitted["observations"], fitted["events"]) == (len(lost), lost.sum())
    mine = numpy.array([each["coefficient"] for each in fitted["coefficients"]])
    free = mine > 0
    assert free.any()
    model = LogisticRegression(C=1 / penalty, tol=1e-10, max_iter=10_000, solver="newton-cholesky")
    model.fit(design[:, free], lost)
    assert mine[free] == pytest.approx(model.coef_[0], abs=1e-6)
    assert fitted["intercept"] == pytest.approx(model.intercept_[0], abs=1e-6)
    chance = 1 / (1 + numpy.exp(-(fitted["intercept"] + design @ mine)))
    assert (design.T @ (chance - lost) + penalty * mine)[~free].min(initial=0) >= -1e-6


def test_the_test_of_a_fit_is_a_backtest_a_horizon_later() -> None:
    portfolio, _ = book(1)
    scorecard = portfolio.fit_scorecard(DAYS, HORIZON, scorecard=CARD)
    fitted = scorecard.fitted
    assert fitted is not None
    last, first = (datetime.date.fromisoformat(day) for day in (fitted["as_of_days"][-1], fitted["test"]["as_of_days"][0]))
    assert (first - last).days >= HORIZON
    backtest = portfolio.backtest(fitted["test"]["as_of_days"], HORIZON, scorecard=scorecard)
    assert (fitted["test"]["auc"], fitted["test"]["verdict"]) == (backtest.auc, backtest.verdict)
    assert fitted["test"]["unfitted_auc"] == portfolio.backtest(fitted["test"]["as_of_days"], HORIZON, scorecard=CARD).auc
    assert cs.Scorecard.from_json(scorecard.to_json()) == scorecard


def test_names_and_the_order_of_rows_change_nothing() -> None:
    """Not a bit of any table, interval or coefficient."""
    portfolio, _ = book(2, customers=200)
    tables = {name: portfolio.table(name).to_polars() for name in ("contracts", "signals")}
    names = sorted(set(tables["contracts"]["customer_id"]))
    renamed = dict(zip(names, reversed(names), strict=True))
    moved = {
        name: table.with_columns(polars.col("customer_id").replace_strict(renamed)).sample(fraction=1, shuffle=True, seed=5)
        for name, table in tables.items()
    }
    other = cs.Portfolio.from_tables(currency="USD", observed_until="2025-12-31", **moved)
    assert other.table("contracts").to_json() != portfolio.table("contracts").to_json()
    one, two = (each.backtest(DAYS, HORIZON, scorecard=CARD, contraction_share=0.1, resamples=200) for each in (portfolio, other))
    assert one.to_json() == two.to_json()
    one, two = (each.fit_scorecard(DAYS, HORIZON, scorecard=CARD, resamples=100) for each in (portfolio, other))
    assert one.to_json() == two.to_json()


@pytest.mark.parametrize("seed", range(1, 6))
def test_scores_of_synthetic_books_foretell_and_fitted_ones_do_so_out_of_time(seed: int) -> None:
    days = [datetime.date(year, month, 28) for year in (2023, 2024, 2025) for month in (3, 6, 9, 12)]
    portfolio = cs.Portfolio.synthetic(customers=5_000, seed=seed)
    backtest = portfolio.backtest(days, 90)
    assert backtest.verdict == "better", backtest.baselines.to_dicts()
    fitted = json.loads(portfolio.fit_scorecard(days, 90).to_json())["fitted"]
    assert min(fitted["test"]["as_of_days"]) > max(fitted["as_of_days"])
    assert fitted["test"]["verdict"] == "better", fitted["test"]
    assert all(row["is_beaten"] for row in fitted["test"]["baselines"])
    # What drifts is told from the first day that has scores.
    drifts = [row["population_stability_index"] for row in backtest.days.to_dicts() if row["observations"]]
    assert drifts[0] == 0
    assert all(drift is not None for drift in drifts)


def test_what_is_not_there_is_not_claimed() -> None:
    """With facts that belong to other customers the standard scorecard is no better than guessing; with its own it is."""
    drawn = cs.Portfolio.synthetic()
    last = drawn.observed_until
    assert last is not None
    days = [last - datetime.timedelta(days=90 * quarter) for quarter in range(1, 13)]
    names = ["signals", "engagements", "cases", "surveys", "milestones", "outcomes", "stakeholders", "feedback", "advocacy"]
    contracts, facts = drawn.table("contracts"), {name: drawn.table(name).to_polars() for name in names}
    customers = sorted(set(contracts.to_polars()["customer_id"]))

    def verdict(tables: dict[str, polars.DataFrame]) -> str:
        portfolio = cs.Portfolio.from_tables(contracts=contracts, currency=drawn.currency, observed_until=last, **tables)
        return portfolio.backtest(days, 90).verdict

    assert verdict(facts) == "better"
    claimed = 0
    for seed in range(20):
        others = random.Random(seed).sample(customers, len(customers))
        swapped = dict(zip(customers, others, strict=True))
        shuffled = {name: table.with_columns(polars.col("customer_id").replace_strict(swapped)) for name, table in facts.items()}
        claimed += verdict(shuffled) == "better"
    assert claimed <= 1
