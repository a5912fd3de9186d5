"""Draws, and the intervals that are told: by resampling, and Wilson's."""

from __future__ import annotations

from math import sqrt
from typing import Iterator


def nearest_rank(values: list[float], thousandths: int) -> float | None:
    """The smallest value that so many thousandths of all values do not exceed."""
    rank = -(-len(values) * thousandths // 1000)
    return sorted(values)[rank - 1] if values else None


def split_mix(seed: int) -> Iterator[int]:
    """Numbers of 64 bits by SplitMix64: a counter that steps by the golden ratio, and its bits mixed."""
    state = seed
    while True:
        state = (state + 0x9E3779B97F4A7C15) % 2**64
        mixed = (state ^ state >> 30) * 0xBF58476D1CE4E5B9 % 2**64
        mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EB % 2**64
        yield mixed ^ mixed >> 31


def wilson_interval(hits: int, trials: int) -> tuple[float | None, float | None]:
    """The Wilson score interval, at 95%, of the share hits / trials: the ends of the shares p at which hits is z
    standard deviations from trials x p.

    In doubles, in the order in which the definition states the formula, so that every bit is defined.
    """
    if trials == 0:
        return None, None
    return wilson_low(hits, trials), 1.0 - wilson_low(trials - hits, trials)


def wilson_low(hits: int, trials: int) -> float:
    z, k, n = 1.959963984540054, float(hits), float(trials)
    return (2.0 * k + z * z - z * sqrt(z * z + 4.0 * k * (n - k) / n)) / (2.0 * (n + z * z))
