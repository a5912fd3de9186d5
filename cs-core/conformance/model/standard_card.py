"""The standard scorecard, which is data of the library; and what all customers have on average by a scorecard."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path

from definitions import ratio
from scores import MILLION, NOTHING, Measured, card_of, scores_at, shares

FILE = Path(__file__).resolve().parents[2] / "src" / "health" / "standard.json"


@cache
def standard_card() -> dict:
    return json.loads(FILE.read_text(encoding="utf-8"))


def mean_score(book: dict, definitions: dict, scorecard: dict, day: date) -> float | None:
    """Of those who have a score at the close of the day, by what was known then."""
    found = [score.points for _, score in scores_at(book, definitions, scorecard, day).values() if score.points is not None]
    return ratio(sum(found), MILLION * len(found))


def may_score(book: dict) -> bool:
    """Can the tables that are there be evidence enough for a score by it? If not, none need be looked for."""
    card = card_of(standard_card(), {})
    found = [Measured(measure, NOTHING, "missing", None) for measure in card.measures]
    there = {"contracts"} | {table for table in book if isinstance(book[table], list) and book[table]}
    return sum(share for each, share in zip(found, shares(card, found)) if tables_of(each.measure["value"]) <= there) >= card.min_coverage


def tables_of(value: dict) -> set[str]:
    return {side["table"] for side in value["ratio"].values()} if "ratio" in value else {value["table"]}
