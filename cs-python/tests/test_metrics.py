"""Formulas on plain numbers, as they are called from Python."""

from array import array
from collections import deque
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import customer_success as cs
from customer_success import metrics

ANSWERS = [
    [9, 3],
    (9, 3),
    array("B", [9, 3]),
    np.array([9, 3]),
    np.array([9.0, 3.0]),
    pd.Series([9, 3]),
    pl.Series([9, 3]),
    pa.array([9, 3]),
    deque([9, 3]),
    range(3, 10, 6),
]


@pytest.mark.parametrize("scores", ANSWERS, ids=lambda scores: type(scores).__module__)
def test_answers_of_any_library(scores: Any) -> None:
    assert metrics.nps(scores) == 0.0
    assert metrics.csat(scores, 4, 10) == 0.5


@pytest.mark.parametrize("scores", [[9.5], [None], ["9"], np.array([np.nan]), [True], 9, "9", None])
def test_answers_that_are_none(scores: Any) -> None:
    with pytest.raises(cs.InvalidArgument, match="scores"):
        metrics.nps(scores)


def test_amounts() -> None:
    """Decimals, whole numbers and digits are the same; floats and what has more digits than any amount are refused."""
    for price in (Decimal("30000.00"), 30_000, "30000", Decimal("3E+4")):
        assert metrics.revenue_churn_rate(price, 6, 3_000_000) == 0.06
    for price in (30_000.0, Decimal("NaN"), Decimal("1E+999999999"), "1e3", True, None):
        with pytest.raises(cs.InvalidArgument, match="unit_price"):
            metrics.revenue_churn_rate(price, 6, 3_000_000)  # type: ignore[arg-type]


@pytest.mark.parametrize("number", [10**400, -(10**400), 2**53, 2**63, 2.0**53])
def test_numbers_beyond_all_limits(number: float) -> None:
    """No count is beyond the whole numbers of floats, and none that is too large becomes another."""
    with pytest.raises(cs.InvalidArgument, match="licensed_users"):
        metrics.adoption_rate(1, number)  # type: ignore[arg-type]
    if abs(number) > 2**63:
        with pytest.raises(cs.InvalidArgument, match="new_per_period"):
            metrics.largest_base(number, 1)


def test_intervals_hold_their_share() -> None:
    """Of every share the interval is around it, and is a tuple."""
    for share, interval in [
        (metrics.customer_churn_rate, metrics.customer_churn_rate_interval),
        (metrics.renewal_rate, metrics.renewal_rate_interval),
        (metrics.adoption_rate, metrics.adoption_rate_interval),
    ]:
        for part in range(11):
            found, ends = share(part, 10), interval(part, 10)
            assert found == part / 10
            assert isinstance(ends, tuple)
            assert 0 <= ends[0] <= found <= ends[1] <= 1
        assert share(0, 0) is None
        assert interval(0, 0) is None
