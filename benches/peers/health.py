"""Health scores of nine measures: the library beside polars, with every answer checked.

`facts` scores signals as they were observed; `again` scores the same day by another weight, for which the library has
kept the points of each measure and the peers are given a table of all values, a column for each. Both tell the score of
each customer, its band and its change since 30 days before. Points are rounded to millionths, and from there on the
answer is that of whole numbers: a score of thirds is not a float, and who stands at a threshold stands on one side of it.

    python health.py CUSTOMERS [--readme README.md]

Called by `cargo xtask bench`, which has the README told what was found.

polars reads values as floats, and is off by a millionth of a point here and there, more often in differences of scores.
"""

import argparse
import datetime
import gc
import json
import sys
import time
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc

import customer_success as cs
import report

DAY = datetime.date(2026, 6, 30)
SIGNALS = [f"signal_{position}" for position in range(9)]
WEIGHTS = [21, 17, 13, 11, 11, 9, 8, 6, 4]
OTHERS = [23, 15, 13, 11, 11, 9, 8, 6, 4]
CURVE = [(0.0, 0), (40.0, 60), (90.0, 100)]
BANDS = [("green", 75), ("yellow", 50), ("red", 0)]
MIN_COVERAGE = 0.7
WINDOW = 90
# Days before that of the score on which signals were observed: the earlier one is all that was known 30 days before.
OBSERVED = [45, 5]
ONE = 1_000_000
# How many times as fast as polars.
GOAL = 3
RUNS = 7
# Of what takes long.
FEW = 3


def drawn(customers: int) -> np.ndarray:
    """The value of each signal of each customer on each day, not a number where there is none."""
    dice = np.random.default_rng(1)
    values = np.round(dice.uniform(0, 100, (len(OBSERVED), customers, len(SIGNALS))), 2)
    values[dice.uniform(size=values.shape) < 0.2] = np.nan
    return values


def scorecard(weights: list[int]) -> cs.Scorecard:
    def measure(signal: str, weight: int) -> dict:
        where = {"table": "signals", "aggregate": "last", "where": {"signal": signal}, "window_days": WINDOW}
        curve = [list(point) for point in CURVE]
        return {"measure": signal, "evidence": "custom", "weight": weight, "value": where, "curve": curve}

    measures = [measure(*one) for one in zip(SIGNALS, weights, strict=True)]
    bands = [{"band": name, "from": least} for name, least in BANDS]
    card = {"name": "nine", "min_coverage": MIN_COVERAGE, "bands": bands, "measures": measures}
    return cs.Scorecard.from_json(json.dumps(card))


def tables(values: np.ndarray) -> tuple[pa.Table, pa.Table]:
    customers = values.shape[1]
    ids = pa.array([f"c{position:07}" for position in range(customers)])
    start = pa.array(np.full(customers, np.datetime64("2025-01-01")), pa.date32())
    mrr = pa.array(np.arange(customers) % 900 + 100, pa.int64())
    contracts = pa.table({"contract_id": ids, "customer_id": ids, "start_date": start, "mrr": mrr})
    parts = []
    for days, of_day in zip(OBSERVED, values, strict=True):
        customer, signal = np.nonzero(~np.isnan(of_day))
        day = np.datetime64(DAY - datetime.timedelta(days=days))
        parts.append(
            {
                "customer_id": pa.DictionaryArray.from_arrays(pa.array(customer, pa.int32()), ids),
                "signal": pa.DictionaryArray.from_arrays(pa.array(signal, pa.int32()), pa.array(SIGNALS)),
                "observed_on": pa.array(np.full(len(customer), day), pa.date32()),
                "value": pa.array(of_day[customer, signal]),
            }
        )
    return contracts, pa.concat_tables([pa.table(part) for part in parts])


def latest(values: np.ndarray) -> list[np.ndarray]:
    """What was known of each signal 30 days before, and now."""
    before, now = values
    return [before, np.where(np.isnan(now), before, now)]


def exact(values: np.ndarray, weights: list[int]) -> dict[str, np.ndarray]:
    """The answer, in whole numbers: points in millionths, sums of them, halves to even."""

    def scored(of_day: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        points = np.full(of_day.shape, CURVE[-1][1] * ONE)
        for (low, least), (high, most) in reversed(list(zip(CURVE, CURVE[1:], strict=False))):
            line = least * ONE + (most - least) * ONE * (of_day - low) / (high - low)
            points = np.where(of_day < high, np.rint(line), points)
        is_there = ~np.isnan(of_day)
        weight = np.array(weights)
        total = (is_there * weight).sum(axis=1)
        points = (np.where(is_there, points, 0).astype(np.int64) * weight).sum(axis=1)
        divisor = np.maximum(total, 1)
        whole, rest = points // divisor, points % divisor
        rounded = whole + ((rest * 2 > divisor) | ((rest * 2 == divisor) & (whole % 2 == 1)))
        has_score = total * 10 >= sum(weights) * round(MIN_COVERAGE * 10)
        return np.where(has_score, rounded, -1), np.where(has_score, whole, -1), has_score

    (before, _, had_score), (score, reached, has_score) = map(scored, latest(values))
    band = sum(reached < least * ONE for _, least in BANDS)
    change = np.where(has_score & had_score, score - before, 1 << 40)
    return {"score": score, "band": band, "change": change}


def floats(names: list[str], weights: list[int]) -> pl.Expr:
    """The score as an expert writes it: sums of products, null where too little is there."""

    def points(name: str) -> pl.Expr:
        value, found = pl.col(name), None
        for (low, least), (high, most) in zip(CURVE, CURVE[1:], strict=False):
            line = least + (most - least) * (value - low) / (high - low)
            found = pl.when(value < high).then(line) if found is None else found.when(value < high).then(line)
        return pl.when(value.is_not_null()).then(found.otherwise(CURVE[-1][1]))

    pairs = list(zip(names, weights, strict=True))
    total = pl.sum_horizontal([pl.col(name).is_not_null() * weight for name, weight in pairs])
    score = pl.sum_horizontal([points(name) * weight for name, weight in pairs]) / total
    return pl.when(total / sum(weights) >= MIN_COVERAGE).then(score)


def told(frame: pl.LazyFrame, weights: list[int]) -> pl.DataFrame:
    now, before = SIGNALS, [f"{name}_before" for name in SIGNALS]
    frame = frame.with_columns(score=floats(now, weights), before=floats(before, weights))
    band = pl.when(pl.col("score") >= BANDS[0][1]).then(0).when(pl.col("score") >= BANDS[1][1]).then(1).otherwise(2)
    band = pl.when(pl.col("score").is_not_null()).then(band)
    return frame.select("score", band=band, change=pl.col("score") - pl.col("before")).collect()


def wide(values: np.ndarray) -> pl.DataFrame:
    before, now = latest(values)
    columns = {name: now[:, at] for at, name in enumerate(SIGNALS)}
    columns |= {f"{name}_before": before[:, at] for at, name in enumerate(SIGNALS)}
    return pl.DataFrame(columns).fill_nan(None)


def from_facts(signals: pl.DataFrame, customers: int) -> pl.DataFrame:
    """The last value of each signal of each customer, twice; codes of customers are their numbers."""
    frames = []
    for name, days in (("", 0), ("_before", 30)):
        end = DAY - datetime.timedelta(days=days)
        is_in = pl.col("observed_on").is_between(end - datetime.timedelta(days=WINDOW), end, closed="right")
        rows = signals.lazy().filter(is_in)
        # Sorted once, the last of each group is the latest.
        rows = rows.sort("observed_on")
        value = pl.col("value")
        lasts = [value.filter(pl.col("signal") == at).last().alias(one + name) for at, one in enumerate(SIGNALS)]
        frames.append(rows.group_by("customer").agg(lasts))
    all_of_them = pl.LazyFrame({"customer": np.arange(customers, dtype=np.int32)})
    for frame in frames:
        all_of_them = all_of_them.join(frame, on="customer", how="left", maintain_order="left")
    return all_of_them.collect()


def fastest(run, given, look) -> float:
    """The fastest of several runs, each on a thing of its own; `look` sees what came of each, and is not timed."""
    seconds = []
    for one in given:
        gc.collect()
        start = time.perf_counter()
        result = run(one)
        seconds.append(time.perf_counter() - start)
        look(one, result)
        del result
    return min(seconds)


def answer(score, band, change) -> dict[str, np.ndarray]:
    """Scores and changes in millionths, bands by their positions."""

    def whole(column, none: int) -> np.ndarray:
        return np.rint(column.fill_null(none / ONE).to_numpy() * ONE).astype(np.int64)

    return {"score": whole(score, -1), "band": band.fill_null(len(BANDS)).to_numpy(), "change": whole(change, 1 << 40)}


def ours(result) -> dict[str, np.ndarray]:
    table = pa.table(result).combine_chunks()
    band = pc.index_in(table["band"], pa.array([name for name, _ in BANDS]))
    return answer(table["score"], band, table["change_30d"])


def theirs(frame: pl.DataFrame) -> dict[str, np.ndarray]:
    return answer(frame["score"], frame["band"], frame["change"])


def differences(found: dict[str, np.ndarray], expected: dict[str, np.ndarray]) -> dict[str, int]:
    return {name: int((found[name] != expected[name]).sum()) for name in expected}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("customers", nargs="?", type=int, default=1_000_000)
    parser.add_argument("--readme", type=Path)
    asked = parser.parse_args()
    customers = asked.customers
    values = drawn(customers)
    contracts, signals = tables(values)
    limits = {"rows": 100_000_000, "result_rows": 100_000_000}
    cards = {scorecard(weights): exact(values, weights) for weights in (WEIGHTS, OTHERS)}
    first, other = cards

    def seen(card: cs.Scorecard, result) -> None:
        missed = differences(ours(result), cards[card])
        if any(missed.values()):
            sys.exit(f"the library is wrong of {missed}")

    def book() -> cs.Portfolio:
        return cs.Portfolio.from_tables(contracts=contracts, signals=signals, currency="USD", limits=limits)

    # Each book is a new one, which has kept nothing of the day.
    books = (book() for _ in range(FEW))
    facts = fastest(lambda one: one.health(DAY, scorecard=first), books, lambda _, result: seen(first, result))
    portfolio = book()
    seen(first, portfolio.health(DAY, scorecard=first))
    changed = [other, first] * RUNS
    again = fastest(lambda card: portfolio.health(DAY, scorecard=card), changed, seen)

    codes = {"customer": "customer_id", "signal": "signal"}
    numbers = {name: pa.concat_arrays([chunk.indices for chunk in signals[of].chunks]) for name, of in codes.items()}
    frame = pl.from_arrow(pa.table(numbers | {name: signals[name] for name in ("observed_on", "value")}))
    lost = {}

    def kept(work: str, card: cs.Scorecard):
        return lambda _, result: lost.update({work: differences(theirs(result), cards[card])})


    def scored(one: pl.DataFrame) -> pl.DataFrame:
        return told(from_facts(one, customers).lazy(), WEIGHTS)

    their_facts = fastest(scored, [frame] * FEW, kept("facts", first))
    their_again = fastest(lambda one: told(one.lazy(), OTHERS), [wide(values)] * 2 * RUNS, kept("again", other))
    print(f"{customers:,} customers x {len(SIGNALS)} measures, {signals.num_rows:,} signals; all of our answers exact")
    found = (("facts", facts, their_facts), ("again", again, their_again))
    for work, mine, peer in found:
        print(f"{work}: ours {mine:.4f} s, polars {peer:.4f} s: {peer / mine:.1f} x; polars differs of {lost[work]}")
    if asked.readme:
        header = f"health of {customers:,} customers by {len(SIGNALS)} measures"
        titles = {"facts": f"from {signals.num_rows:,} signals", "again": "once more, by another weight"}
        rows = []
        for work, mine, peer in found:
            ratio = report.goal(peer / mine >= GOAL, f"{GOAL} x")
            of = lost[work]
            wrong = f"{of['score']:,} scores, {of['band']:,} bands, {of['change']:,} changes"
            rows.append([titles[work], report.time(mine), report.time(peer), f"{peer / mine:.1f} x", ratio, wrong])
        columns = [header, "this library", "polars", "against it", "goal", "of which polars is off by a millionth or more"]
        report.put(report.table(columns, rows), asked.readme, "health")


if __name__ == "__main__":
    main()
