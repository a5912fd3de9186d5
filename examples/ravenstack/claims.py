"""What health scores of RavenStack, a public book that was drawn at random, foretell of who leaves: nothing.

    python claims.py FOLDER

FOLDER holds the files of the book: `subscriptions.csv`, `feature_usage.csv` and `support_tickets.csv`. Its signals know
nothing of its churn, so that a scorecard that claims to foretell it would be wrong. One that is written by hand claims
nothing, whatever counts as a loss. The standard one has too little evidence for a score of anybody, and most fits are
refused, since too few customers are lost.
"""

import argparse
import csv
import datetime
import json
from pathlib import Path

import customer_success as cs

DAYS = [datetime.date(2023, month, 1) for month in range(4, 13)] + [datetime.date(2024, month, 1) for month in range(1, 10)]
HORIZONS = (60, 90)
# A customer is lost that leaves, or also one that pays so much less.
LOSSES = (None, 0.1, 0.3)


def of_signal(name: str, evidence: str, aggregate: str, signal: str, window: int, curve: list) -> dict:
    value = {"table": "signals", "aggregate": aggregate, "where": {"signal": signal}, "window_days": window}
    return {"measure": name, "evidence": evidence, "weight": 1, "value": value, "curve": curve}


def of_cases(name: str, evidence: str, value: dict, curve: list) -> dict:
    return {"measure": name, "evidence": evidence, "weight": 1, "value": {"table": "cases"} | value, "curve": curve}


BY_HAND = {
    "name": "by hand",
    "measures": [
        of_signal("use", "product_adoption", "sum", "usage_count", 90, [[0, 0], [100, 100]]),
        of_signal("trend", "product_adoption", "slope", "usage_count", 180, [[-5, 0], [5, 100]]),
        of_signal("errors", "support", "mean", "errors", 90, [[0, 100], [3, 0]]),
        of_cases("cases", "support", {"aggregate": "count", "window_days": 90}, [[0, 100], [5, 0]]),
        of_cases(
            "satisfaction",
            "surveys",
            {"aggregate": "mean", "column": "satisfaction", "window_days": 365},
            [[1, 0], [5, 100]],
        ),
    ],
}


def read(file: Path) -> list[dict]:
    with file.open(encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows))


def book(folder: Path) -> cs.Portfolio:
    subscriptions = read(folder / "subscriptions.csv")
    owners = {one["subscription_id"]: one["account_id"] for one in subscriptions}
    contracts = [
        {
            "contract_id": one["subscription_id"],
            "customer_id": one["account_id"],
            "start_date": one["start_date"],
            "end_date": one["end_date"] or None,
            "mrr": one["mrr_amount"],
            "kind": "trial" if one["is_trial"] == "True" else "subscription",
            "auto_renew": one["auto_renew_flag"] == "True",
        }
        for one in subscriptions
    ]
    columns = {"usage_count": "usage_count", "errors": "error_count"}
    signals = [
        {
            "customer_id": owners[one["subscription_id"]],
            "signal": signal,
            "observed_on": one["usage_date"],
            "value": float(one[column]),
        }
        for one in read(folder / "feature_usage.csv")
        for signal, column in columns.items()
        if one["subscription_id"] in owners
    ]
    cases = [
        {
            "customer_id": one["account_id"],
            "case_id": one["ticket_id"],
            "opened_on": one["submitted_at"],
            "closed_on": one["closed_at"][:10] or None,
            "satisfaction": float(one["satisfaction_score"]) if one["satisfaction_score"] else None,
        }
        for one in read(folder / "support_tickets.csv")
    ]
    # What is wrong in the files is left out, and counted.
    return cs.Portfolio.from_tables(contracts=contracts, signals=signals, cases=cases, currency="USD", on_invalid="reject")


def fitted(portfolio: cs.Portfolio, **asked: object) -> str:
    """The verdict on a fitted scorecard, out of time; what stands in the way of one is no claim either."""
    try:
        test = json.loads(portfolio.fit_scorecard(DAYS, **asked).to_json())["fitted"]["test"]
    except cs.InvalidArgument as error:
        return error.code
    return test["verdict"] if test else "not_tested"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    portfolio = book(parser.parse_args().folder)
    for table in portfolio.load_report.tables:
        print(f"{table['table']}: {table['accepted']:,} of {table['rows_read']:,} rows")
    claimed = 0
    for card in (cs.Scorecard.from_json(json.dumps(BY_HAND)), cs.Scorecard.standard()):
        for loss in LOSSES:
            for horizon in HORIZONS:
                asked = {"horizon_days": horizon, "scorecard": card, "contraction_share": loss}
                backtest = portfolio.backtest(DAYS, **asked)
                summary = backtest.summary.to_dicts()[0]
                found = fitted(portfolio, **asked)
                claimed += "better" in (backtest.verdict, found)
                lost = "gone" if loss is None else f"gone, or {loss:.0%} less"
                auc = "none" if backtest.auc is None else f"{backtest.auc:.3f}"
                told = f"{backtest.verdict} ({summary['reason']}), AUC {auc}, {summary['lost_customers']} lost"
                print(f"{card.name}, {lost} within {horizon} days: {told}; fitted: {found}")
    print(f"{claimed} claims")


if __name__ == "__main__":
    main()
