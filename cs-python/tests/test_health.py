"""Results about health, by what they add up to."""

import datetime
from collections import Counter

import customer_success as cs
import pytest

LAST = datetime.date(2024, 12, 31)
SINCE, DAY = (LAST - datetime.timedelta(days=days) for days in (120, 30))


@pytest.fixture(scope="module")
def portfolio() -> cs.Portfolio:
    book = cs.Portfolio.synthetic(customers=800, months=24, seed=4)
    assert book.observed_until == LAST
    return book


def millionths(points: float) -> int:
    return round(points * 1e6)


def scores(portfolio: cs.Portfolio, day: datetime.date) -> dict[str, float | None]:
    return {row["customer_id"]: row["score"] for row in portfolio.health(day).to_dicts()}


def test_a_change_is_explained_by_what_each_measure_changed(portfolio: cs.Portfolio) -> None:
    changes: Counter[str] = Counter()
    for row in portfolio.explain_health_change(DAY, SINCE).to_dicts():
        if row["change"] is not None:
            changes[row["customer_id"]] += millionths(row["change"])
    before, after = scores(portfolio, SINCE), scores(portfolio, DAY)
    assert len(changes) > 300
    for customer, change in changes.items():
        (earlier, later) = (before[customer], after[customer])
        assert earlier is not None and later is not None
        assert change == millionths(later) - millionths(earlier)


def test_every_customer_moves_from_somewhere_to_somewhere(portfolio: cs.Portfolio) -> None:
    rows = portfolio.health_migration(DAY, SINCE).to_dicts()
    for standing, day in (("from_standing", SINCE), ("to_standing", DAY)):
        of_day = sum(row["customers"] for row in rows if row[standing] != "not_paying")
        assert of_day == len(portfolio.health(day))


def test_what_is_measured_stale_and_missing_is_all(portfolio: cs.Portfolio) -> None:
    for row in portfolio.health_coverage(DAY).to_dicts():
        assert row["measured"] + row["stale"] + row["missing"] == row["customers"]
        share = row["measured"] / row["customers"] if row["customers"] else None
        assert row["measured_share"] == share


def test_who_is_not_steady_has_a_reason(portfolio: cs.Portfolio) -> None:
    rows = portfolio.outlook(DAY).to_dicts()
    paying = set(scores(portfolio, DAY))
    assert {row["customer_id"] for row in rows if row["state"] != "churned"} == paying
    assert len(rows) > len(paying)
    unsteady = [row for row in rows if row["state"] not in ("steady", "insufficient_data")]
    assert all(row["reasons"] for row in unsteady) and len(unsteady) > 10
