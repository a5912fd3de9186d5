"""Scores of customers by a scorecard: what is measured, what it is worth, and what comes of it.

Every section of the page on scorecards but "When a fact is known", which is in facts.py. Points are counted in
millionths. Floats appear in what is measured and at a curve, each operation as the page states it; from there on
everything is exact.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import floor, isfinite

from contracts import known_customers
from definitions import ModelError, parse_day, parse_optional_day, ratio
from facts import EVENTS, ROW_DAYS, STATES, cell, known_facts, row_day
from lines import Unit, attribute_names, attribute_text, mrr_of, view_at

MILLION = 10**6
DEFAULT_BANDS = [{"band": "green", "from": 75}, {"band": "yellow", "from": 50}, {"band": "red", "from": 0}]
DEFAULT_COLUMNS = {"signals": "value", "surveys": "score"}
FILLED = {"exclude": None, "neutral": 50 * MILLION, "worst": 0}


@dataclass(frozen=True)
class Value:
    """What is measured, and the latest day of the rows that it rests on; None where there is none."""

    number: float | None
    day: date | None = None


NOTHING = Value(None)


class Evidence:
    """What was known at the close of a day."""

    def __init__(self, book: dict, definitions: dict, day: date):
        self.day = day
        self.view = view_at(book, definitions, [], "customer", day)
        self.view.check_sums(day)
        self.customers = known_customers(book, day)
        self.facts = {table: known_facts(book, table, day) for table in ROW_DAYS}

    def paying(self) -> list[Unit]:
        """Section "Who has a score"."""
        return [unit for unit in self.view.units if unit.paying(self.day)]


# ---------------------------------------------------------------------------------------------------------------
# What is measured
# ---------------------------------------------------------------------------------------------------------------


def days_before(day: date, days: int) -> date:
    """So many days before; not before the first day of all."""
    return date.fromordinal(max(day.toordinal() - days, 1))


def value_of(evidence: Evidence, unit: Unit, asked: dict) -> Value:
    """A value of a table, or the quotient of two."""
    if "ratio" in asked:
        return quotient(*(value_of(evidence, unit, asked["ratio"][side]) for side in ("of", "to")))
    value = value_of_line(evidence, unit, asked) if asked["table"] == "contracts" else value_of_facts(evidence, unit.name, asked)
    assert value.number is None or isfinite(value.number)
    return value if value.number is not None else NOTHING


def quotient(of: Value, to: Value) -> Value:
    """No value where either side has none, or the second is 0; its day is the earlier of those that there are."""
    if of.number is None or to.number is None or to.number == 0:
        return NOTHING
    days = [day for day in (of.day, to.day) if day is not None]
    number = of.number / to.number
    assert isfinite(number)
    return Value(number, min(days, default=None))


def value_of_line(evidence: Evidence, unit: Unit, asked: dict) -> Value:
    """Of the customer's line of MRR."""
    last = days_before(evidence.day, asked.get("lag_days") or 0)
    if asked["aggregate"] == "days_since":
        return Value(float((evidence.day - unit.first_paying_day()).days), last)
    assert asked["aggregate"] == "growth"
    before = mrr_of(unit.close(days_before(last, asked["window_days"])))
    return Value(ratio(mrr_of(unit.close(last)) - before, before), last)


def fits(row: dict, where: dict, table: str) -> bool:
    """Does every column have what is asked for? Null asks for an absent cell, and an absent cell is not false."""
    return all(matches(cell(table, row, column), wanted) for column, wanted in where.items())


def matches(found, wanted) -> bool:
    if isinstance(wanted, list):
        return found in wanted
    return found is None if wanted is None else found == wanted


def rows_that_count(evidence: Evidence, customer_id: str, asked: dict) -> list[dict]:
    """The rows of the customer that are in the window, or there, and fit."""
    table = asked["table"]
    rows = [row for row in evidence.facts[table] if row.get("customer_id") == customer_id]
    if table not in STATES:
        last = days_before(evidence.day, asked.get("lag_days") or 0)
        rows = [row for row in rows if row_day(table, row) <= last]
        if asked.get("window_days") is not None:
            rows = [row for row in rows if row_day(table, row) > days_before(last, asked["window_days"])]
    if table == "stakeholders":
        rows = [row for row in rows if row.get("left_on") is None]  # one that is known is not after the day
    return [row for row in rows if fits(row, asked.get("where") or {}, table)]


def says_nothing(evidence: Evidence, table: str, last: date, rows: list[dict]) -> bool:
    """Is there no evidence of how many rows there are? Observations need a row that counts, events a table that is
    kept by the end of the window, states a table of which a row is known."""
    if table in EVENTS:
        return not any(row_day(table, row) <= last for row in evidence.facts[table])
    return not (evidence.facts[table] if table in STATES else rows)


def value_of_facts(evidence: Evidence, customer_id: str, asked: dict) -> Value:
    """One of the aggregates, of the rows that count; `resting` are those of them that have what is asked for."""
    table, aggregate = asked["table"], asked["aggregate"]
    last = days_before(evidence.day, asked.get("lag_days") or 0)
    rows = rows_that_count(evidence, customer_id, asked)
    column = asked.get("column") or (ROW_DAYS[table] if aggregate == "days_since" else DEFAULT_COLUMNS.get(table))
    resting = rows if aggregate in ("count", "share") else [row for row in rows if cell(table, row, column) is not None]
    found = [cell(table, row, column) for row in resting] if aggregate != "count" else []

    number = None
    if aggregate in ("count", "distinct"):
        if not says_nothing(evidence, table, last, rows):
            number = float(len(rows) if aggregate == "count" else len(set(found)))
    elif aggregate == "sum" and not rows:
        if table in EVENTS and not says_nothing(evidence, table, last, rows):
            number = 0.0
    elif found:
        number = number_of(aggregate, evidence.day, table, resting, found)
    days = [day for day in (row_day(table, row) for row in resting) if day is not None]
    return Value(number, max(days, default=None))


def number_of(aggregate: str, day: date, table: str, rows: list[dict], found: list) -> float | None:
    """An aggregate of at least one row; `found` is what the rows have, in their order."""
    if aggregate == "share":
        return float(sum(1 for value in found if value is not None and value is not False)) / float(len(rows))
    if aggregate == "days_since":
        return float((day - max(parse_day(text) for text in found)).days)
    numbers = [float(number) for number in found]
    dated = [row_day(table, row) for row in rows]
    if aggregate == "sum":
        return exact_sum(numbers)
    if aggregate == "mean":
        total = exact_sum(numbers)
        return None if total is None else total / float(len(numbers))
    if aggregate == "slope":
        return slope([(its_day - day).days for its_day in dated], numbers) if len(set(dated)) > 1 else None
    assert aggregate == "last"
    recorded = [parse_optional_day(row.get("recorded_on")) or its_day for row, its_day in zip(rows, dated)]
    return max((its_day or date.min, then or date.min, number) for its_day, then, number in zip(dated, recorded, numbers))[2]


def exact_sum(numbers: Iterable[float]) -> float | None:
    """The float nearest to the exact sum; none beyond all floats."""
    try:
        return float(sum(map(Fraction, numbers)))
    except OverflowError:
        return None


def slope(x: list[int], y: list[float]) -> float | None:
    """Of the least squares line, per 30 days. The day that x is counted from makes no difference."""
    n, total = len(x), sum(x)
    above = exact_sum(float(n * days - total) * number for days, number in zip(x, y))
    return None if above is None else above * 30.0 / float(n * sum(days * days for days in x) - total * total)


# ---------------------------------------------------------------------------------------------------------------
# Profiles
# ---------------------------------------------------------------------------------------------------------------


def exactly(number: int | float) -> Fraction:
    """The decimal that is written, not the float next to it."""
    return Fraction(str(number))


def points(score: int | float) -> int:
    """A score of at most 6 decimals in millionths."""
    millionths = exactly(score) * MILLION
    assert millionths.denominator == 1 and 0 <= millionths <= 100 * MILLION
    return int(millionths)


def profile_of(scorecard: dict, customer_id: str, customer: dict | None) -> dict:
    """The first profile that fits what is known of the customer, or one that says nothing."""
    texts = {column: attribute_text(value) for column, value in (customer or {}).items()} | {"customer_id": customer_id}
    for profile in scorecard.get("profiles") or []:
        if all(matches(texts.get(column), wanted) for column, wanted in profile["where"].items()):
            return profile
    return {}


@dataclass(frozen=True)
class Card:
    """What counts for one customer: what weighs 0 is left out."""

    measures: list[dict]
    group_weights: dict[str | None, int]
    bands: list[dict]
    min_coverage: Fraction


def said(profile: dict, scorecard: dict, key: str, default):
    """What the profile says, or else the scorecard, or else nobody."""
    return next((card[key] for card in (profile, scorecard) if card.get(key) is not None), default)


def card_of(scorecard: dict, profile: dict) -> Card:
    """Without groups all measures are in one."""
    group_weights = {group["group"]: group["weight"] for group in scorecard.get("groups") or []} or {None: 1}
    group_weights |= profile.get("group_weights") or {}
    measures = []
    for measure in scorecard["measures"]:
        name = measure["measure"]
        weight = (profile.get("weights") or {}).get(name, measure["weight"])
        curve = (profile.get("curves") or {}).get(name, measure["curve"])
        if weight > 0 and group_weights[measure.get("group")] > 0:
            measures.append(measure | {"weight": weight, "curve": curve})
    bands, min_coverage = said(profile, scorecard, "bands", DEFAULT_BANDS), said(profile, scorecard, "min_coverage", 0.5)
    return Card(measures, group_weights, bands, exactly(min_coverage))


# ---------------------------------------------------------------------------------------------------------------
# From values to a score
# ---------------------------------------------------------------------------------------------------------------


def points_at(curve: list, value: float) -> int:
    """The score at a value: before the first point the first, behind the last one the last."""
    if value <= curve[0][0]:
        return points(curve[0][1])
    for (x0, score0), (x1, score1) in zip(curve, curve[1:]):
        if value < x1:
            y0, y1 = float(points(score0)), float(points(score1))
            return round(y0 + (y1 - y0) * (value - float(x0)) / (float(x1) - float(x0)))
    return points(curve[-1][1])


@dataclass(frozen=True)
class Measured:
    """A measure of one customer; `points` are those that go into the score, None where it is left out."""

    measure: dict
    value: Value
    state: str
    points: int | None


def measured(evidence: Evidence, unit: Unit, measure: dict) -> Measured:
    """What is stale is treated as what is missing, but for its state."""
    value = value_of(evidence, unit, measure["value"])
    oldest = measure.get("max_age_days")
    if value.number is None:
        state = "missing"
    elif oldest is not None and value.day is not None and (evidence.day - value.day).days > oldest:
        state = "stale"
    else:
        return Measured(measure, value, "measured", points_at(measure["curve"], value.number))
    return Measured(measure, value, state, FILLED[measure.get("missing") or "exclude"])


def shares(card: Card, chosen: list[Measured]) -> list[Fraction]:
    """The part that each of some measures has among them: its group's share, and its own share of the group."""
    weights: dict[str | None, int] = {}
    for each in chosen:
        group = each.measure.get("group")
        weights[group] = weights.get(group, 0) + each.measure["weight"]
    whole = sum(card.group_weights[group] for group in weights)
    result = []
    for each in chosen:
        group = each.measure.get("group")
        result.append(Fraction(card.group_weights[group], whole) * Fraction(each.measure["weight"], weights[group]))
    return result


def largest_remainder(parts: list[Fraction], total: int) -> list[int]:
    """Each part rounded down; what is missing in the total goes, one each, to those that lost most."""
    whole = [floor(part) for part in parts]
    by_loss = sorted(range(len(parts)), key=lambda number: (whole[number] - parts[number], number))
    for number in by_loss[: total - sum(whole)]:
        whole[number] += 1
    return whole


@dataclass(frozen=True)
class Score:
    """What a customer has at the close of a day, whatever a person says; `points` is the score as it is told."""

    measured: list[Measured]
    coverage: Fraction
    points: int | None
    band: str | None
    contributions: list[int | None]  # of each measure


def score_of(card: Card, found: list[Measured]) -> Score:
    coverage = sum((share for share, each in zip(shares(card, found), found) if each.state == "measured"), Fraction(0))
    counted = [each for each in found if each.points is not None]
    if coverage == 0 or coverage < card.min_coverage:
        return Score(found, coverage, None, None, [None] * len(found))
    parts = [share * each.points for share, each in zip(shares(card, counted), counted)]
    exact = sum(parts, Fraction(0))
    told = round(exact)  # half to even, as Python's round does on a Fraction
    contributions = iter(largest_remainder(parts, told))
    band = next(band["band"] for band in card.bands if exact >= exactly(band["from"]) * MILLION)
    return Score(found, coverage, told, band, [None if each.points is None else next(contributions) for each in found])


def check_columns(book: dict, scorecard: dict) -> None:
    """Refuses a profile by a column that the customers do not have, and nobody reckons."""
    for profile in scorecard.get("profiles") or []:
        attribute_names(book, profile["where"].keys() - reckoned_columns(book, scorecard))


def reckoned_columns(book: dict, scorecard: dict) -> set[str]:
    """Of the phase and the tier those that profiles ask for, where customers have no such column of their own."""
    asked = {column for profile in scorecard.get("profiles") or [] for column in profile["where"]}
    return (asked & {"lifecycle_phase", "touch_tier"}) - {column for row in book.get("customers") or [] for column in row}


WORDS = {"lifecycle_phase": ("onboarding", "adoption", "advocacy"), "touch_tier": ("high_touch", "low_touch", "tech_touch")}


def reckoned(book: dict, definitions: dict, scorecard: dict, day: date) -> dict[str, dict[str, str | None]]:
    """The phase and the tier of each customer who pays, by the usual milestone and model."""
    from phases import lifecycle  # both rest on scores themselves
    from touch import touch_plan

    found: dict[str, dict[str, str | None]] = {}
    ways = {"lifecycle_phase": (lifecycle, "phase"), "touch_tier": (touch_plan, "tier")}
    for column in reckoned_columns(book, scorecard):
        operation, cell_of = ways[column]
        for profile in scorecard["profiles"]:
            wanted = profile["where"].get(column)
            if any(text not in WORDS[column] for text in ([wanted] if isinstance(wanted, str) else wanted or [])):
                raise ModelError("invalid_scorecard")
        for row in operation(book, definitions, day.isoformat()):
            found.setdefault(row["customer_id"], {})[column] = row[cell_of]
    return found


def scores_at(book: dict, definitions: dict, scorecard: dict, day: date) -> dict[str, tuple[Unit, Score]]:
    """The customers who have a score row at the close of the day, in the order of their ids."""
    check_columns(book, scorecard)
    evidence, more = Evidence(book, definitions, day), reckoned(book, definitions, scorecard, day)
    result = {}
    for unit in evidence.paying():
        known = (evidence.customers[unit.name] or {}) | more.get(unit.name, {})
        card = card_of(scorecard, profile_of(scorecard, unit.name, known))
        assert card.measures, "something weighs"
        result[unit.name] = unit, score_of(card, [measured(evidence, unit, measure) for measure in card.measures])
    return result


# ---------------------------------------------------------------------------------------------------------------
# Overrides
# ---------------------------------------------------------------------------------------------------------------


def override_of(scorecard: dict, customer_id: str, day: date) -> str | None:
    """The band that a person has set for the day."""
    for override in scorecard.get("overrides") or []:
        if override["customer_id"] == customer_id and parse_day(override["from"]) <= day < parse_day(override["until"]):
            return override["band"]
    return None
