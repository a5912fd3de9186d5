"""What health scores of RavenStack, a public book that was drawn at random, foretell of who leaves: nothing.

    python claims.py FOLDER

FOLDER holds the files of the book: `subscriptions.csv`, `feature_usage.csv` and `support_tickets.csv`. Its signals know
nothing of its churn, so that a scorecard that claims to foretell it would be wrong. Accounts hold many subscriptions and
few of them leave: too few for a test, and for most fits. So each subscription is looked at as a customer of its own, too,
of whom enough leave. The standard scorecard has too
little evidence for a score of anybody, either way.
"""

import argparse
import csv
import datetime
import json
from pathlib import Path

import customer_success as cs

DAYS = [datetime.date(2023, month, 1) for month in range(4, 13)] + [datetime.date(2024, month, 1) for month in range(1, 10)]
HORIZONS = (60, 90)
# The column of subscriptions that tells customers, and which of them are lost: those that leave, or also those that pay so
# much less, which a single subscription never does.
CUSTOMERS = {"account_id": (None, 0.1, 0.3), "subscription_id": (None,)}


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


def book(folder: Path, customer: str) -> cs.Portfolio:
    """The book of customers by the column of subscriptions that tells them."""
    subscriptions = read(folder / "subscriptions.csv")
    owners = {one["subscription_id"]: one[customer] for one in subscriptions}
    contracts = [
        {
            "contract_id": one["subscription_id"],
            "customer_id": one[customer],
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
        # Tickets are an account's.
        if customer == "account_id"
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


def claims(portfolio: cs.Portfolio, losses: tuple[float | None, ...]) -> int:
    """How many of all verdicts on a book say that something is better than guessing."""
    claimed = 0
    for card in (cs.Scorecard.from_json(json.dumps(BY_HAND)), cs.Scorecard.standard()):
        for loss in losses:
            for horizon in HORIZONS:
                asked = {"horizon_days": horizon, "scorecard": card, "contraction_share": loss}
                backtest = portfolio.backtest(DAYS, **asked)
                summary = backtest.summary.to_dicts()[0]
                found = fitted(portfolio, **asked)
                claimed += "better" in (backtest.verdict, found)
                lost = "gone" if loss is None else f"gone, or {loss:.0%} less"
                auc = "none" if backtest.auc is None else f"{backtest.auc:.3f}"
                told = f"{backtest.verdict} ({summary['reason']}), AUC {auc}, {summary['lost_customers']} lost"
                print(f"  {card.name}, {lost} within {horizon} days: {told}; fitted: {found}")
    return claimed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    claimed = 0
    for customer, losses in CUSTOMERS.items():
        portfolio = book(folder, customer)
        read_of = [f"{table['table']} {table['accepted']:,} of {table['rows_read']:,}" for table in portfolio.load_report.tables]
        print(f"customers by {customer}; rows: {', '.join(read_of)}")
        claimed += claims(portfolio, losses)
    print(f"{claimed} claims")


if __name__ == "__main__":
    main()
