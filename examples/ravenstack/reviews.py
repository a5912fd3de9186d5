"""Reviews RavenStack, a public book that was drawn at random, by the principles: pages in English and in Japanese.

    python reviews.py FOLDER

FOLDER holds the files of the book: `accounts.csv`, `subscriptions.csv`, `feature_usage.csv` and `support_tickets.csv`. The pages are written
beside where it is called: `ravenstack-en.html` and `ravenstack-ja.html`. The book knows neither of contacts nor of outcomes, milestones
or actions, so that no principle can be judged: each question names what is missing, and no channel stands out.
"""

import argparse
import csv
from collections import Counter
from pathlib import Path

import customer_success as cs

LAST = "2024-12-31"


def read(file: Path) -> list[dict]:
    with file.open(encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows))


def book(folder: Path) -> cs.Portfolio:
    """Accounts are customers; uses of features by day are its logins."""
    subscriptions = read(folder / "subscriptions.csv")
    accounts = {row["subscription_id"]: row["account_id"] for row in subscriptions}
    uses: Counter[tuple[str, str]] = Counter()
    for row in read(folder / "feature_usage.csv"):
        if row["subscription_id"] in accounts:
            uses[accounts[row["subscription_id"]], row["usage_date"]] += int(row["usage_count"])
    return cs.Portfolio.from_tables(
        contracts=[
            {
                "contract_id": row["subscription_id"],
                "customer_id": row["account_id"],
                "start_date": row["start_date"],
                "end_date": row["end_date"] or None,
                "mrr": row["mrr_amount"],
                "kind": "trial" if row["is_trial"] == "True" else None,
            }
            for row in subscriptions
        ],
        customers=[
            {"customer_id": row["account_id"], "name": row["account_name"], "segment": row["industry"], "channel": row["referral_source"]}
            for row in read(folder / "accounts.csv")
        ],
        signals=[{"customer_id": customer, "signal": "logins", "observed_on": day, "value": count} for (customer, day), count in uses.items()],
        cases=[
            {"customer_id": row["account_id"], "case_id": row["ticket_id"], "opened_on": row["submitted_at"][:10], "closed_on": row["closed_at"][:10] or None}
            for row in read(folder / "support_tickets.csv")
        ],
        currency="USD",
        observed_until=LAST,
        on_invalid="reject",
        duplicates="drop",
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="Reviews of RavenStack by the principles.")
    parser.add_argument("folder", type=Path)
    portfolio = book(parser.parse_args().folder)
    print(portfolio.load_report)
    review = portfolio.review(LAST)
    for row in review.verdicts.to_dicts():
        print(row["principle"], row["verdict"], row["coverage"])
    print(sum(row["is_accused"] for row in review.comparisons.to_dicts()), "groups stand out")
    for locale in ("en", "ja"):
        Path(f"ravenstack-{locale}.html").write_text(review.to_html(locale=locale), encoding="utf-8")


if __name__ == "__main__":
    main()
