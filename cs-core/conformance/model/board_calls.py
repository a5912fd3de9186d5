"""Random calls of `drilldown` and `kpis`, made from a seed; and how an answer differs from the model's.

Customers have industries, contracts have products, list prices and ranks of plans, and some are served for nothing for a
while, or change products or plans on one day. Surveys are answered on, above and below the threshold, and cases closed by
several persons or by nobody. Of many some use is seen, of some the seats alone, and of some enough is known for a score.
"""

from __future__ import annotations

import math
import random
from datetime import date, timedelta
from fractions import Fraction

import model
from attention_calls import ids_of
from aims import LENGTHS, SOURCE
from board import KPIS
from cards import Cards, tables_of
from definitions import FIRST_DAY, period_end, period_start, read_definitions
from draws import LAST_DAY, PRODUCTS, shift
from fact_rows import FactRows
from renewing import Renewing
from scores import exactly

OPERATIONS = ["drilldown", "kpis"]
TABLES = ["surveys", "cases", "milestones", "signals", "engagements", "stakeholders"]
INDUSTRIES = [None, "retail", "retail", "Retail", "é", "製造"]
THRESHOLDS = [0.8, 0.8, 0.5, 0.333333, 0.7, 0.9, 1, 0]
TARGETS = {
    "count": [0, 1, 2, 3, 5], "share": [0, 0.03, 0.1, 1 / 3, 0.5, 0.8, 1], "points": [-100, -12.5, 0, 20, 50, 100], "per_day": [0, 0.01, 1 / 31, 0.1, 1],
    "score": [0, 40, 60.5, 70, 72.4, 100],
}  # fmt: skip
NUMBERS = [kpi for kpi, (unit, _) in KPIS.items() if unit != "money"]
WRONG_DAYS = ["", "soon", "2020-02-30", "2020-2-01", "20200101", "2020-01-01T00:00:00", "2020-01-02", "2020-01"]
MILESTONES = ["kickoff", "setup_done", "first_value", "onboarded"]
SAYERS = ["a survey of 2020", "we ourselves", "調査"]
SEATS = {  # with sums that are rounded, and of which there may be none
    "active_users": [0, 0, 1, 3, 5, 10, 40, 60, 85, 150, 0.1, 0.2, 0.3, 1 / 3, 2.5, 1e15], "licensed_users": [0, 1, 5, 10, 50, 100, 100, 0.1, 0.7, 1e15],
}  # fmt: skip
# Signals that the standard scorecard asks for, with values around its curves.
SCORED = {
    "active_users": [0, 10, 60, 85], "licensed_users": [100, 100, 50, 0], "features_used": [0, 3, 6], "features_available": [10, 12], "key_feature_uses": [0, 120, 200],
    "executive_users": [0, 1, 2], "used_in_executive_meetings": [0, 1], "support_contacts": [0, 2, 30], "emails_sent": [10], "emails_opened": [0, 2, 5],
    "community_posts": [0, 1, 4], "self_service_resolutions": [0, 20], "days_past_due": [0, 0, 5, 30],
}  # fmt: skip


class Boarded(Renewing):
    """Makes books and definitions as Renewing does; customers have industries, and contracts plans."""

    def __init__(self, rng: random.Random, customers: int, days: int):
        super().__init__(rng, customers, days)
        self.has_industries, self.has_ranks = rng.random() < 0.8, rng.random() < 0.85
        if rng.random() < 0.07:  # as many as are no small sample, most of them there from early on
            self.crowd, self.customers, self.some_kinds, self.has_industries = True, rng.randint(30, 44), False, False
            self.ids = [f"customer {number}" for number in range(self.customers + 2)]

    def contract(self, customer_id: str, start: date, end: date | None, product, money: dict) -> dict:
        row = super().contract(customer_id, start, end, product, money)
        if self.has_ranks and self.rng.random() < 0.85:
            row["plan_rank"] = self.rng.choice([0, 1, 1, 2, 3, 10])
        return row

    def contracts_of(self, customer_id: str) -> list[dict]:
        """Now and then what was paid for goes on for nothing, something else is bought, or products and plans change places."""
        rng = self.rng
        rows = super().contracts_of(customer_id)
        ends = [date.fromisoformat(day) for row in rows if (day := row.get("end_date") or row.get("term_end")) is not None]
        if ends and rng.random() < 0.4:
            start = rng.choice(ends) if rng.random() < 0.7 else max(ends)
            rows.append(self.priced(customer_id, start, self.product(), 0))
        if rng.random() < 0.3:
            start = date.fromisoformat(rng.choice(rows)["start_date"])
            rows.append(self.priced(customer_id, shift(start, rng.randint(1, 200)), self.product(), self.units()))
        return rows + (self.changed_plans(customer_id) if rng.random() < 0.5 else [])

    def changed_plans(self, customer_id: str) -> list[dict]:
        """One to three products, and as many on the next day; of those that stay the plan is better, worse or the same."""
        rng = self.rng
        start = self.start()
        day = shift(start, rng.choice([20, 40, 100, 200]))
        if day <= start:
            return []
        held = [rng.sample(PRODUCTS, rng.choice([1, 1, 2, 3])) for _ in range(2)]
        if rng.random() < 0.4:
            held[1] = held[0]
        rows = []
        for products, first, after in zip(held, (start, day), (day, None)):
            for product in products:
                row = self.contract(customer_id, first, after, product, self.money(rng.choice([self.units(), self.units(), 0]) if after is None else self.units()))
                row |= {"kind": None, "plan_rank": rng.choice([None, 1, 2, 3]) if self.has_ranks else None}
                rows.append(row)
        return rows

    def revised(self, contract: dict) -> dict:
        row = super().revised(contract)
        if self.has_ranks and self.rng.random() < 0.3:
            row["plan_rank"] = self.rng.choice([None, 0, 1, 2, 10])
        return row

    def customer_rows(self) -> list[dict]:
        """The column is there only if somebody has something in it."""
        rows = super().customer_rows()
        for row in rows:
            row.pop("industry", None)
            industry = self.rng.choice(INDUSTRIES)
            if self.has_industries and industry is not None:
                row["industry"] = industry
        return rows


class BoardFacts(FactRows):
    """Makes rows as FactRows does; who rates its contentment often does so at the threshold."""

    threshold: int | float = 0.8

    def value(self, signal: str):
        return self.rng.choice([*SCORED[signal], 0, 1]) if signal in SCORED else super().value(signal)

    def evidence(self) -> list[dict]:
        """Of some customers, on one or two days: almost all that the standard scorecard asks for."""
        rng = self.rng
        rows = []
        for customer_id in rng.sample(self.ids, min(len(self.ids), 5)):
            first, last = self.day(), self.day()
            for name, values in SCORED.items():
                # What is used is seen twice, so that it has a trend.
                for day in (first, last) if name == "active_users" else (last,):
                    if rng.random() < 0.93:
                        row = {"customer_id": customer_id, "signal": name, "observed_on": day.isoformat(), "value": rng.choice(values)}
                        rows.append(row | ({"recorded_on": self.recorded_on(day)} if rng.random() < 0.1 else {}))
        return rows

    def seats(self) -> list[dict]:
        """Of most customers in some months: who is active, or who might be, or mostly both; often several times a day, of some always as many."""
        rng = self.rng
        rows = []
        for customer_id in self.ids:
            steady = {name: rng.choice(SEATS[name]) for name in SEATS} if rng.random() < 0.2 else {}
            for day in rng.sample(self.edges, min(len(self.edges), rng.choice([0, 2, 4, 6]))):
                for name in rng.choice([[*SEATS], [*SEATS], [*SEATS], *([name] for name in SEATS)]):
                    for _ in range(rng.choice([1, 1, 2, 3])):
                        seen = shift(day, rng.choice([0, 0, 0, 0, -1, 1]))
                        row = {"customer_id": customer_id, "signal": name, "observed_on": seen.isoformat(), "value": steady.get(name, rng.choice(SEATS[name]))}
                        rows.append(row | ({"recorded_on": self.recorded_on(seen)} if rng.random() < 0.2 else {}))
        rng.shuffle(rows)
        return [self.maker.sparse(row) for row in rows]

    def answer(self, kind: str) -> dict:
        row = super().answer(kind)
        if kind == "csat" and row["score"] is not None and self.rng.random() < 0.7:
            exact = exactly(self.threshold) * row["scale_max"] + Fraction(self.rng.choice([0, 0, -1, 1]), 10)
            row["score"] = float(min(max(exact, Fraction(0)), Fraction(row["scale_max"])))
        return row


def random_board_call(seed: int) -> dict:
    """{"book", "definitions", "operation", "arguments"}: the same for the same seed; about one in twenty is refused."""
    rng = random.Random(f"board {seed}")
    operation = rng.choice(OPERATIONS)
    maker = Boarded(rng, rng.choice([4, 8, 12]), rng.choice([400, 800, 1600] if operation == "drilldown" else [200, 400, 800]))
    book, definitions = maker.book(), maker.definitions()
    if "customers" not in book and rng.random() < 0.6:
        book["customers"] = maker.customer_rows()
    own = {}
    if rng.random() < 0.1:
        own["definitions"] = maker.definitions() | {"extra_digits": rng.choice([maker.extra_digits, 6])}
    if operation == "drilldown":
        arguments = drilldown_arguments(rng, maker, book)
    else:
        arguments = kpis_arguments(rng, maker, own.get("definitions", definitions))
        book |= facts_of_boards(rng, maker, book, arguments)
    call = {"book": book, "definitions": definitions, "operation": operation, "arguments": arguments | own}
    return refused_board(rng, call) if rng.random() < 0.05 else call


def facts_of_boards(rng: random.Random, maker: Boarded, book: dict, arguments: dict) -> dict:
    facts = BoardFacts(rng, maker, ids_of(book), date.fromisoformat(arguments["end"]), days_of_edges(rng, arguments, book), [*SEATS, "key_feature_uses"])
    facts.threshold = arguments.get("csat_threshold", 0.8)
    tables = {name: facts.table(name) for name in ("surveys", "cases", "milestones") if rng.random() < 0.85}
    if rng.random() < 0.6:
        tables["milestones"] = onboardings(rng, book)
    if rng.random() < 0.5:
        tables["signals"] = facts.table("signals")
    if rng.random() < 0.7:
        tables["signals"] = [*tables.get("signals", []), *facts.seats()]
    if rng.random() < 0.4:  # enough for a score, with what is known of other things
        tables["signals"] = [*tables.get("signals", []), *facts.evidence()]
        tables |= {name: facts.table(name) for name in ("engagements", "stakeholders") if rng.random() < 0.7}
    if rng.random() < 0.3:
        scorecard = arguments["scorecard"] = Cards(rng, book, ids_of(book), date.fromisoformat(arguments["end"])).scorecard()
        tables = facts.tables(tables_of(scorecard)) | tables
    return tables


def drilldown_arguments(rng: random.Random, maker: Boarded, book: dict) -> dict:
    """Late, when customers have come and gone, on an edge, or a while after something started."""
    starts = sorted(date.fromisoformat(row["start_date"]) for row in book["contracts"]) or [maker.first]
    late, after = shift(maker.last, rng.choice([0, -1, -30, -90, 1, 31])), shift(rng.choice(starts), rng.choice([0, 1, 30, 90, 365, 366, 731]))
    edge = max(maker.day_of_interest(), shift(maker.first, 60))
    day = rng.choice([late, late, after, edge, edge, maker.random_day()])
    arguments: dict = {"as_of": day.isoformat()}
    if rng.random() < 0.75:
        arguments["months"] = rng.choice([1, 1, 2, 2, 3, 3, 6, 6, 12, 13, 24, 120])
    if rng.random() < 0.7:
        arguments["years"] = rng.choice([1, 1, 1, 2, 2, 3, 20])
    if rng.random() < 0.3:
        names = {column for row in book.get("customers") or [] for column, value in row.items() if value is not None}
        arguments["industry"] = rng.choice([*sorted(names - {"customer_id", "parent_id", "recorded_on"}), "customer_id"])
    if rng.random() < 0.2:
        arguments["locale"] = rng.choice(["en", "ja"])
    return arguments


def kpis_arguments(rng: random.Random, maker: Boarded, definitions: dict) -> dict:
    """A range of a few months where something happens, or any."""
    start, end = maker.asked_range(far=500)
    if rng.random() < 0.7:
        start = rng.choice([maker.day(), maker.day_of_interest(), maker.random_day()])
        start = min(start, shift(LAST_DAY, -1))
        end = shift(start, rng.choice([1, 31, 90, 200, 370]))
    arguments: dict = {"start": start.isoformat(), "end": end.isoformat()}
    if rng.random() < 0.4:
        known_on = rng.choice([maker.day_of_interest(), maker.last, end, end, shift(end, rng.choice([-1, 1, 40, 100]))])
        arguments["known_on"] = min(known_on, LAST_DAY).isoformat()
    if rng.random() < 0.5:
        arguments["csat_threshold"] = rng.choice(THRESHOLDS)
    if rng.random() < 0.3:
        arguments["onboarding_milestone"] = rng.choice(MILESTONES)
    if rng.random() < 0.4:
        arguments["onboarding_days"] = rng.choice([1, 30, 30, 89, 91, 3660])
    if rng.random() < 0.6:
        days = firsts_of_periods(rng, start, end, read_definitions(definitions))
        arguments["targets"] = {name: random_targets(rng, maker, unit, days) for name, (unit, _) in KPIS.items() if rng.random() < 0.5}
    if rng.random() < 0.3:
        arguments["benchmarks"] = rng.choice([None, random_benchmarks(rng, rng.choice([0, 1, 5, 20]))])
    return arguments


def firsts_of_periods(rng: random.Random, start: date, end: date, switches: dict) -> list[str]:
    """The first days of some periods of the range, and of some that are not in it."""
    around = [start, start, shift(end, -1), *(shift(start, rng.randint(0, (end - start).days)) for _ in range(3)), shift(start, -400), shift(end, 400)]
    firsts = {period_start(day, switches) for day in around} | {period_end(period_start(start, switches), switches)}
    return sorted(day.isoformat() for day in firsts if FIRST_DAY <= day <= LAST_DAY)


def random_targets(rng: random.Random, maker: Boarded, unit: str, days: list[str]) -> str | int | float | dict:
    """One of all periods, or one of each of some."""
    if rng.random() < 0.6:
        return random_target(rng, maker, unit)
    return {day: random_target(rng, maker, unit) for day in rng.sample(days, rng.randint(0, len(days)))}


def random_benchmarks(rng: random.Random, count: int) -> list[dict]:
    """As many at most: of one KPI and length there is one."""
    drawn = [random_benchmark(rng) for _ in range(count)]
    return list({(one["kpi"], one["period"]): one for one in drawn}.values())


def random_benchmark(rng: random.Random) -> dict:
    kpi = rng.choice([*NUMBERS, "customer_churn_rate", "health_score", "nps"])
    return {"kpi": kpi, "period": rng.choice([*LENGTHS, "month"]), "number": rng.choice(TARGETS[KPIS[kpi][0]]), "source": rng.choice(SAYERS)}


def random_target(rng: random.Random, maker: Boarded, unit: str) -> str | int | float:
    if unit == "money":
        return maker.decimal(rng.choice([0, 1, sum(maker.amounts), *maker.amounts, *maker.amounts, maker.any_units()]))
    return rng.choice(TARGETS[unit])


def days_of_edges(rng: random.Random, arguments: dict, book: dict) -> list[date]:
    """First and last days of months of the range, days within it, and such on which onboardings are over in time, or just not."""
    start, end = (date.fromisoformat(arguments[name]) for name in ("start", "end"))
    firsts = [shift(start, number).replace(day=1) for number in range(0, (end - start).days + 32, 28)]
    edges = {shift(first, by) for first in rng.sample(firsts, min(len(firsts), 4)) for by in (-1, 0, 1)}
    edges |= {start + timedelta(days=rng.randrange((end - start).days)) for _ in range(3)}
    for row in rng.sample(book["contracts"], min(len(book["contracts"]), 4)):
        edges.add(shift(date.fromisoformat(row["start_date"]), rng.choice([0, 30, 89, 90, 91])))
    return sorted(edges)


def onboardings(rng: random.Random, book: dict) -> list[dict]:
    """Most customers come to the end of it some days after a contract starts: in time, just in time, just not, or never."""
    rows = []
    for row in {row["customer_id"]: row for row in book["contracts"]}.values():
        reached_on = shift(date.fromisoformat(row["start_date"]), rng.choice([-1, 1, 30, 60, 89, 90, 91, 120]))
        rows.append({"customer_id": row["customer_id"], "milestone": "onboarded", "reached_on": rng.choice([None, *[reached_on.isoformat()] * 3])})
    return rows


def refused_board(rng: random.Random, call: dict) -> dict:
    """Another call, changed so that it is refused, or comes close."""
    asked = dict(call["arguments"])
    if call["operation"] == "drilldown":
        ways: list[dict] = [{"months": months} for months in (0, 1, 120, 121)] + [{"years": years} for years in (0, 1, 20, 21)]
        ways += [{"industry": name} for name in ("colour", "Industry", "product", "industry", "lost_mrr")] + [{"locale": "fr"}]
    else:
        ways = [{"csat_threshold": share} for share in (0, 1, 1.000001, -0.1, 0.0000001)] + [{"onboarding_days": days} for days in (0, 3660, 3661)]
        ways += [{"targets": {name: aim}} for name, aim in (("colour", 1), ("mrr", "1"), ("nps", "1"), ("closing_mrr", 1.5), ("closing_mrr", 1), ("new_mrr", True), ("net_new_mrr", "-1"), ("nps", -1))]
        ways += [{"targets": {name: aim}} for name, aim in (("csat", 1.5), ("customer_growth_rate", 1.5), ("customer_growth_rate", -1.5), ("net_revenue_retention", 1.5), ("nps", 101), ("new_customers", -1), ("health_score", 101))]
        ways += [{"targets": {"nps": {day: 1}}} for day in WRONG_DAYS]
        ways += [{"targets": {name: {"2020-01-01": aim}}} for name, aim in (("colour", 1), ("nps", "1"), ("closing_mrr", "1.5e1"), ("net_new_mrr", "-1"), ("csat", True))]
        one = {"kpi": "nps", "period": "month", "number": 1, "source": "we"}
        ways += [{"benchmarks": [one, one | changed]} for changed in ({}, {"number": 2, "source": "they"}, {"period": "year"}, {"kpi": "colour"}, {"kpi": "new_mrr"}, {"period": "day"}, {"period": "week"}, {"number": "1"}, {"source": None}, {"source": ""}, {"more": 1})]
        ways += [{"benchmarks": [{name: one[name] for name in one if name != left_out}]} for left_out in one]
        ways += [{"end": asked["start"], "start": asked["end"]}, {"end": asked["start"]}] * 3
    return call | {"arguments": asked | rng.choice(ways)}


# ---------------------------------------------------------------------------------------------------------------
# An answer beside the model's
# ---------------------------------------------------------------------------------------------------------------


def differences(call: dict, found: dict[str, list[dict]] | list[dict] | str) -> list[str]:
    """Where the rows, of `drilldown` those of each table, or the refusal are not those of the model; none if they are.

    What is said in words is not compared.
    """
    expected = model.answer(call)
    if isinstance(expected, str) or isinstance(found, str):
        return [] if found == expected else [f"{found} is not {expected}"]
    if call["operation"] == "kpis":
        return different_rows("kpis", found, expected)
    tables = [name for name in found if name != "answers"]
    if tables != list(expected):
        return [f"{tables} are not {list(expected)}"]
    return [each for name in tables for each in different_rows(name, found[name], expected[name])]


def different_rows(table: str, found: list[dict], expected: list[dict]) -> list[str]:
    if len(found) != len(expected):
        return [f"{table}: {len(found)} rows are not {len(expected)}"]
    result = []
    for number, (row, other) in enumerate(zip(found, expected, strict=True)):
        if list(row) != list(other):
            result.append(f"{table} {number}: {list(row)} are not {list(other)}")
            continue
        result += [f"{table} {number}: {name} {row[name]} is not {value}" for name, value in other.items() if not is_same(name, row[name], other)]
    return result


def is_same(name: str, found, row: dict) -> bool:
    """A mean is as near as the sum of so many floats is; the standard source is named in some words."""
    expected = row[name]
    if name == "benchmark_source" and expected == SOURCE:
        return isinstance(found, str) and found != ""
    if name in ("discount", "renewed_discount", "discount_change") and None not in (found, expected):
        scale = 1 + abs(row["discount"]) + abs(row["renewed_discount"] or 0)
        return math.isclose(found, expected, rel_tol=1e-12, abs_tol=1e-12 * scale)
    # A float that JSON writes without an exponent is read as a whole number, exact beyond what floats hold.
    return (float(found) if isinstance(expected, float) and isinstance(found, int) else found) == expected
