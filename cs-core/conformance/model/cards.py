"""Random scorecards, facts around their windows, and calls about scores, made from a seed.

What the books of contracts are, books.py tells; the rows of facts are made by fact_rows.py. Here the scorecard comes
first: then facts fall on the edges of its windows and ages, on the day of the score and 30 days before it, and on the
days next to them. Weights, curves, bands and the least coverage are drawn from few numbers, so that scores come to lie
on bands and on halves of a millionth and coverage on its bound.

The generator promises valid scorecards and rows: keys are unique, what ends does not end before it begins, values lie
in their ranges, and everybody who is named is a customer of the book. It keeps away from scorecards in which nothing
weighs anything for some customers.
"""

from __future__ import annotations

import random
from datetime import date

from draws import shift
from fact_rows import DAYS, FLAGS, NUMBERS, OPTIONAL, OTHER_NUMBERS, TEXTS, FactRows
from facts import EVENTS, STATES
from maker import Maker

OPERATIONS = ["health", "explain_health", "explain_health_change", "health_migration", "health_coverage", "outlook"]
THRESHOLDS = {"fall_points": [1, 5, 25, 100, 0], "fall_days": [1, 7, 90], "term_days": [0, 1, 30, 365]}
KINDS_OF_EVIDENCE = [
    "product_adoption", "support", "surveys", "marketing", "community", "contract_growth", "self_sufficiency",
    "payment_history", "executive_relationship", "custom",
]  # fmt: skip
MEASURES = ["usage", "Usage", "é", "a b", "b", "B", "大", "a10", "a2", "\uff5a", "\U0001f600"]
GROUPS = ["product", "Product", "関係", "money"]
WEIGHTS = [1, 1, 1, 1, 2, 2, 3, 7, 1000]
WINDOWS = [None, None, None, 1, 7, 30, 31, 90, 365]
LAGS = [None, None, None, None, 0, 1, 7, 30]
AGES = [None, None, 0, 1, 7, 30, 90]
SCORES = [0, 0.000001, 0.5, 25, 33.333333, 49.999999, 50, 50.000001, 66.6, 74.999999, 75, 75.0, 75.000001, 90, 100]
MIN_COVERAGES = [None, None, None, 0, 0, 0.1, 0.25, 0.333333, 0.333334, 0.5, 0.5, 0.666666, 0.666667, 0.75, 1, 1.0]
BANDS = [["green", "yellow", "red"], ["good", "bad"], ["A", "b", "é", "z"], ["all"]]

# Numbers that values of an aggregate often are, or lie between.
USUAL = {
    "count": [0, 1, 2, 3, 4, 6],
    "distinct": [0, 1, 2, 3],
    "share": [0, 0.25, 1 / 3, 0.5, 2 / 3, 1],
    "days_since": [-7, 0, 1, 2, 7, 14, 30, 31, 90, 365],
    "growth": [-1, -0.5, 0, 0.1, 1],
    "slope": [-10, -1, 0, 0.5, 1, 10],
}
USUAL_NUMBERS = [-4, -1, 0, 0.3, 0.5, 1, 2, 3, 4, 5, 9, 10, 40, 1e15]
USUAL_RATIOS = [-1, 0, 0.25, 0.5, 1, 2, 10]

# How long customers take to get value, and what that does.
VALUE_OPERATIONS = ["time_to_value", "value_incidence", "value_landmark", "onboarding"]


def random_value_call(seed: int) -> dict:
    """A call about the value that customers got, of a book of which everybody has milestones."""
    call = random_health_call(seed, customers=6)
    rng = random.Random(f"value {seed}")
    as_of = date.fromisoformat(call["arguments"]["as_of"])
    operation = rng.choice(VALUE_OPERATIONS)
    starts = sorted({row["start_date"] for row in call["book"]["contracts"]}) or [as_of.isoformat()]
    milestones = []
    for name in sorted({row["customer_id"] for row in call["book"]["contracts"]}):
        for milestone in ("first_value", "onboarded"):
            row = {"customer_id": name, "milestone": milestone}
            first = date.fromisoformat(rng.choice(starts))
            if rng.random() < 0.7:
                row["reached_on"] = shift(first, rng.choice([-3, 0, 1, 5, 20, 30, 60, 90, 150])).isoformat()
            if rng.random() < 0.3:
                row["due_on"] = shift(first, rng.choice([0, 30])).isoformat()
            milestones.append(row)
    arguments: dict = {"as_of": as_of.isoformat()}
    if rng.random() < 0.4:
        arguments["milestone"] = rng.choice(["first_value", "onboarded", "kickoff"])
    if operation == "value_landmark":
        arguments |= {"landmark_days": rng.choice([1, 5, 20, 30, 60, 0]), "horizon_days": rng.choice([1, 30, 100, 365])}
    if operation == "onboarding":
        first = shift(as_of, -rng.choice([20, 100, 200]))
        arguments |= {"start": first.isoformat(), "end": shift(as_of, rng.choice([1, 40])).isoformat()}
        arguments |= {"window_days": rng.choice([1, 5, 20, 30, 60, 3661])}
        known_on = arguments.pop("as_of")
        if rng.random() < 0.5:
            arguments["known_on"] = known_on
    if operation in ("onboarding", "value_incidence") and rng.random() < 0.4:
        arguments["by"] = rng.choice(["customer_id", "cohort", ["cohort", "customer_id"], "product"])
    book = call["book"] | {"milestones": milestones}
    return call | {"book": book, "operation": operation, "arguments": arguments}


def random_health_call(seed: int, *, customers: int = 4, days: int = 400) -> dict:
    """{"book", "definitions", "operation", "arguments"}, as books.random_call: the same for the same arguments.

    The call is valid; about one in forty asks for a customer whom nobody knows.
    """
    rng = random.Random(f"health {seed}")
    maker = Maker(rng, customers, days)
    book, definitions = maker.book(), maker.definitions()
    day = _as_of(rng, maker, book)
    ids = sorted({row["customer_id"] for row in book.get("customers", book["contracts"])})
    cards = Cards(rng, book, ids, day)
    scorecard = cards.scorecard()
    facts = FactRows(rng, maker, ids, day, days_of_edges(scorecard, day), signals_of(scorecard))
    book |= facts.tables(tables_of(scorecard))
    arguments = {"as_of": day.isoformat(), "scorecard": scorecard}
    operation = rng.choice(OPERATIONS)
    if operation in ("explain_health_change", "health_migration"):
        arguments["since"] = shift(day, -rng.choice([1, 1, 7, 30, 30, 31, 60, 90, 0])).isoformat()
    if operation in ("explain_health", "explain_health_change") and rng.random() < 0.4:
        arguments["customer_id"] = rng.choice([*ids, *ids, "nobody"])
    if operation == "outlook":
        arguments |= {name: rng.choice(given) for name, given in THRESHOLDS.items() if rng.random() < 0.5}
    if rng.random() < 0.1:
        arguments["definitions"] = maker.definitions() | {"extra_digits": rng.choice([maker.extra_digits, 6])}
    return {"book": book, "definitions": definitions, "operation": operation, "arguments": arguments}


def _as_of(rng: random.Random, maker: Maker, book: dict) -> date:
    """Mostly a while after something started."""
    starts = sorted(date.fromisoformat(row["start_date"]) for row in book["contracts"]) or [maker.first]
    after = shift(rng.choice(starts), rng.choice([0, 1, 15, 29, 30, 31, 45, 90]))
    return rng.choice([after, after, after, after, maker.day(), maker.last])


def values_of(scorecard: dict) -> list[dict]:
    """What is measured, ratios in their two sides."""
    found = []
    for measure in scorecard["measures"]:
        found += measure["value"]["ratio"].values() if "ratio" in measure["value"] else [measure["value"]]
    return found


def tables_of(scorecard: dict) -> set[str]:
    return {value["table"] for value in values_of(scorecard)} - {"contracts"}


def signals_of(scorecard: dict) -> list[str]:
    """The signals that are asked for by name."""
    asked = [value["where"].get("signal") for value in values_of(scorecard) if value["table"] == "signals" and "where" in value]
    return sorted({name for names in asked if names is not None for name in ([names] if isinstance(names, str) else names)})


def days_of_edges(scorecard: dict, day: date) -> list[date]:
    """The days at which a row comes into a window or leaves it, at the day and 30 days before, and their neighbours."""
    ages = {measure["max_age_days"] for measure in scorecard["measures"] if measure.get("max_age_days") is not None}
    back = {0, -1, *ages, *(age + 1 for age in ages)}
    for value in values_of(scorecard):
        lag, window = value.get("lag_days") or 0, value.get("window_days") or 0
        back |= {lag, lag - 1, lag + 1, lag + window, lag + window - 1}
    return sorted({shift(day, -(days + month)) for days in back for month in (0, 30)})


class Cards:
    """Draws scorecards for the customers of one book, around a day."""

    def __init__(self, rng: random.Random, book: dict, ids: list[str], day: date):
        self.rng = rng
        self.book = book
        self.ids = ids
        self.around = day

    def scorecard(self) -> dict:
        rng = self.rng
        number = rng.choice([1, 2, 2, 3, 3, 4, 6])
        groups = rng.sample(GROUPS, rng.randint(1, min(number, 3))) if rng.random() < 0.5 else []
        names = rng.sample(MEASURES, number)
        measures = [self.measure(name, groups, place) for place, name in enumerate(names)]
        rng.shuffle(measures)
        band_names = rng.choice(BANDS)
        card = {"name": "a card", "measures": measures, "min_coverage": rng.choice(MIN_COVERAGES)}
        card["bands"] = self.bands(band_names) if band_names != BANDS[0] or rng.random() < 0.5 else None
        if groups or rng.random() < 0.1:
            card["groups"] = [{"group": name, "weight": rng.choice(WEIGHTS)} for name in groups]
        if rng.random() < 0.5:
            card["profiles"] = [self.profile(f"profile {n}", card, band_names) for n in range(rng.randint(1, 3))]
        if rng.random() < 0.4:
            card["overrides"] = [override for name in self.ids if rng.random() < 0.6 for override in self.overrides(name, band_names)]
        return sparse(card)

    def bands(self, names: list[str]) -> list[dict]:
        froms = self.rng.sample(sorted(set(SCORES) - {0}), len(names) - 1)
        return [{"band": name, "from": start} for name, start in zip(names, [*sorted(froms, reverse=True), 0])]

    # --- measures ----------------------------------------------------------------------------------------------

    def measure(self, name: str, groups: list[str], place: int) -> dict:
        """One of a group, if there are groups; the first ones are of different groups."""
        rng = self.rng
        value = self.value()
        return sparse(
            {
                "measure": name,
                "evidence": rng.choice(KINDS_OF_EVIDENCE),
                "group": (groups[place] if place < len(groups) else rng.choice(groups)) if groups else None,
                "weight": rng.choice(WEIGHTS),
                "value": value,
                "curve": self.curve(value),
                "max_age_days": rng.choice(AGES),
                "missing": rng.choice([None, None, "exclude", "neutral", "worst"]),
                "reason": rng.choice([None, "it tells early"]),
            }
        )

    def value(self) -> dict:
        if self.rng.random() < 0.12:
            return {"ratio": {"of": self.one_value(), "to": self.one_value()}}
        return self.one_value()

    def one_value(self) -> dict:
        rng = self.rng
        table = rng.choice(["signals", "signals", "signals", "surveys", "cases", "outcomes", "contracts", *EVENTS, *STATES])
        if table == "contracts":
            return self.value_of_contracts()
        aggregate = rng.choice(aggregates_of(table))
        value = {"table": table, "aggregate": aggregate, "column": self.column(table, aggregate)}
        if rng.random() < (0.7 if table == "signals" else 0.3):
            value["where"] = self.where(table)
        if table not in STATES:
            value |= {"window_days": rng.choice(WINDOWS), "lag_days": rng.choice(LAGS)}
        return sparse(value)

    def value_of_contracts(self) -> dict:
        if self.rng.random() < 0.4:
            return {"table": "contracts", "aggregate": "days_since"}
        window = self.rng.choice([1, 7, 30, 90, 365])
        return sparse({"table": "contracts", "aggregate": "growth", "window_days": window, "lag_days": self.rng.choice(LAGS)})

    def column(self, table: str, aggregate: str) -> str | None:
        """A column that the aggregate takes; sometimes none where that says the same as one."""
        rng = self.rng
        default = {"signals": "value", "surveys": "score"}.get(table)
        if aggregate == "count" or (aggregate == "days_since" and rng.random() < 0.6):
            return None
        if default is not None and aggregate not in ("distinct", "days_since") and rng.random() < 0.7:
            return rng.choice([None, None, default])
        texts, numbers, flags, days = [*TEXTS[table]], NUMBERS[table], FLAGS[table], DAYS[table]
        choices = {"distinct": texts, "days_since": days, "share": [*texts, *numbers, *flags, *flags, *days]}
        return rng.choice(choices.get(aggregate, [*numbers, *OTHER_NUMBERS.get(table, [])]))

    def where(self, table: str) -> dict:
        """One or two columns, of which some rows have what is asked for."""
        rng = self.rng
        where = {}
        for _ in range(rng.choice([1, 1, 1, 1, 2])):
            column = rng.choice([*TEXTS[table], *TEXTS[table], *TEXTS[table], *FLAGS[table], *OPTIONAL[table]])
            where[column] = None
            if column in FLAGS[table] and rng.random() < 0.8:
                where[column] = rng.choice([True, False])
            elif column in TEXTS[table] and (column not in OPTIONAL[table] or rng.random() < 0.8):
                texts = TEXTS[table][column]
                where[column] = rng.sample(texts, rng.randint(1, 2)) if rng.random() < 0.4 else rng.choice(texts)
        return where

    def curve(self, value: dict) -> list[list]:
        """Points on what the value often is; one in five between neighbouring millionths."""
        rng = self.rng
        usual = USUAL_RATIOS if "ratio" in value else USUAL.get(value["aggregate"], USUAL_NUMBERS)
        xs = sorted(rng.sample(usual, rng.randint(2, min(len(usual), 5))))
        scores = sorted(rng.choice(SCORES) for _ in xs)
        if rng.random() < 0.2:
            base = rng.choice([0, 49_999_999, 50_000_000, 74_999_998])
            scores = sorted((base + rng.randint(0, 3)) / 1e6 for _ in xs)
        if rng.random() < 0.4:
            scores.reverse()
        return [[x, score] for x, score in zip(xs, scores)]

    # --- what differs for some ---------------------------------------------------------------------------------

    def profile(self, name: str, card: dict, band_names: list[str]) -> dict:
        rng = self.rng
        measures = card["measures"]
        profile = {"profile": name, "where": self.where_of_customers()}
        if rng.random() < 0.5:
            profile["weights"] = {measure["measure"]: rng.choice([0, 0, 1, 5, 1000]) for measure in measures if rng.random() < 0.5}
        if card.get("groups") and rng.random() < 0.5:
            profile["group_weights"] = {group["group"]: rng.choice([0, 1, 3]) for group in card["groups"] if rng.random() < 0.7}
        if not something_weighs(card, profile):
            profile |= {"weights": None, "group_weights": None}
        if rng.random() < 0.3:
            profile["curves"] = {measure["measure"]: self.curve(measure["value"]) for measure in measures if rng.random() < 0.5}
        if rng.random() < 0.3:
            profile["bands"] = self.bands(band_names)
        if rng.random() < 0.3:
            profile["min_coverage"] = rng.choice(MIN_COVERAGES)
        return sparse(profile)

    def where_of_customers(self) -> dict:
        """Texts of customers, of a column that the table has; seldom of one that it need not have."""
        rng = self.rng
        there = {column for row in self.book.get("customers", []) for column in row}
        texts = {"segment": ["smb", "Smb", "大企業", "é"], "region": ["eu", "us"], "tier": ["1", "2", "10"], "vip": ["true", "false"]}
        texts = {column: choices for column, choices in texts.items() if column in there or rng.random() < 0.02}
        texts = texts or {"customer_id": [*self.ids, "nobody", "somebody"]}
        column = rng.choice(list(texts))
        return {column: rng.choice([None, rng.choice(texts[column]), rng.sample(texts[column], 2), texts[column]])}

    def overrides(self, customer_id: str, band_names: list[str]) -> list[dict]:
        """One or two, that begin and end around the day."""
        days = sorted({shift(self.around, by) for by in self.rng.sample([-40, -30, -1, 0, 0, 1, 2, 30], 3)})
        return [
            {
                "customer_id": customer_id, "band": self.rng.choice(band_names), "author": "ann", "reason": "we spoke",
                "from": start.isoformat(), "until": until.isoformat(),
            }
            for start, until in zip(days, days[1:])
            if self.rng.random() < 0.8
        ]  # fmt: skip


def aggregates_of(table: str) -> list[str]:
    """The aggregates that the table takes, some more often."""
    names = ["count", "days_since", "share"]
    if NUMBERS[table] or OTHER_NUMBERS.get(table):
        names += ["last", "last", "mean", "sum", "sum"] + ([] if table in STATES else ["slope"])
    return names + ([] if table == "signals" else ["distinct"])


def something_weighs(card: dict, profile: dict) -> bool:
    weights, group_weights = profile.get("weights") or {}, profile.get("group_weights") or {}
    return any(weights.get(measure["measure"], 1) and group_weights.get(measure.get("group"), 1) for measure in card["measures"])


def sparse(row: dict) -> dict:
    """What may be left out is left out."""
    return {key: value for key, value in row.items() if value is not None}
