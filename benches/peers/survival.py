"""How long subjects stay: the library beside lifelines, on whole days and on times that are all different.

Both are given arrays of numpy and give the share that is still there at every time, with its interval. The answers are
compared before anything is told.

    python survival.py SUBJECTS [--readme README.md]

Called by `cargo xtask bench`, which has the README told what was found.
"""

import argparse
import gc
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path

import lifelines
import numpy as np

import customer_success as cs
import report

# How many times as fast as lifelines.
GOAL = 10
RUNS = 7


def fastest(work: Callable[[], object]) -> tuple[float, object]:
    best, answer = float("inf"), None
    for _ in range(RUNS):
        gc.collect()
        start = time.perf_counter()
        answer = work()
        best = min(best, time.perf_counter() - start)
    return best, answer


def agree(ours: cs.Table, theirs: lifelines.KaplanMeierFitter) -> bool:
    rows = ours.to_polars()
    times = rows["time"].to_numpy()
    survival = theirs.survival_function_.reindex(times).to_numpy()[:, 0]
    interval = theirs.confidence_interval_.reindex(times).to_numpy()
    mine = rows.select("survival", "survival_low", "survival_high").to_numpy()
    return bool(np.allclose(mine, np.column_stack([survival, interval]), rtol=0, atol=1e-9))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("subjects", nargs="?", type=int, default=1_000_000)
    parser.add_argument("--readme", type=Path)
    asked = parser.parse_args()
    warnings.simplefilter("ignore")
    dice = np.random.default_rng(1)
    observed = dice.random(asked.subjects) < 0.6
    columns = {
        "whole days": dice.integers(0, 2_000, asked.subjects),
        "times that are all different": dice.exponential(400, asked.subjects),
    }
    rows = []
    for name, durations in columns.items():
        mine, ours = fastest(lambda durations=durations: cs.kaplan_meier(durations, observed))
        peer, theirs = fastest(lambda durations=durations: lifelines.KaplanMeierFitter().fit(durations, observed))
        if not agree(ours, theirs):
            sys.exit(f"the answers differ on {name}")
        print(f"{name}: ours {mine * 1000:.1f} ms, lifelines {peer * 1000:.1f} ms: {peer / mine:.1f} x")
        rows.append([name, report.time(mine), report.time(peer), f"{peer / mine:.1f} x", report.goal(peer / mine >= GOAL, f"{GOAL} x")])
    if asked.readme:
        header = f"Kaplan-Meier of {asked.subjects:,} subjects"
        report.put(report.table([header, "this library", "lifelines", "against it", "goal"], rows), asked.readme, "survival")


if __name__ == "__main__":
    main()
