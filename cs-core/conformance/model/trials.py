"""Random calls of `backtest`, made from a seed: the books, scorecards and facts of cards.py, on some days around one."""

from __future__ import annotations

import random
from datetime import date

from cards import random_health_call
from draws import shift


def random_backtest_call(seed: int, *, customers: int = 8, days: int = 500) -> dict:
    """{"book", "definitions", "operation", "arguments"}: the same for the same arguments; about one in twenty is refused."""
    rng = random.Random(f"backtest {seed}")
    call = random_health_call(seed, customers=customers, days=days)
    scorecard, day = call["arguments"]["scorecard"], date.fromisoformat(call["arguments"]["as_of"])
    around = [shift(day, by) for by in rng.sample([-120, -61, -30, -7, -1, 0, 0, 1, 30, 90], rng.choice([1, 2, 2, 3, 4]))]
    if rng.random() < 0.95:
        around = list(dict.fromkeys(around))
    rng.shuffle(around)
    arguments = {
        "as_of_days": [each.isoformat() for each in around],
        "horizon_days": rng.choice([1, 1, 7, 30, 30, 61, 90, 365]),
        "scorecard": scorecard,
        "resamples": rng.choice([100, 100, 100, 101, 107]),
    }
    if rng.random() < 0.4:
        arguments["contraction_share"] = rng.choice([0, 0.1, 0.25, 0.333333, 0.5, 1])
    if rng.random() < 0.2:
        arguments["known_on"] = shift(day, rng.choice([0, 1, 7, 30, 31, 90, 400])).isoformat()
    if "definitions" in call["arguments"]:
        arguments["definitions"] = call["arguments"]["definitions"]
    return call | {"operation": "backtest", "arguments": arguments}
