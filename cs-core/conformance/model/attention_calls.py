"""Random calls about phases, loyalty, tiers and how long groups of customers stay, made from a seed; and how an answer
differs from the model's.

Everything that is told of phases, loyalty and tiers is the same. What comes of powers, logarithms and roots is as near
as floats of two libraries are, and what follows from alpha and beta follows from those that the answer was made with, if
these are near the best or as likely.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from datetime import date

import model
from draws import LAST_DAY, shift
from fact_rows import FactRows
from renewing import Renewing
from retention import MODEL_COLUMNS, PROJECTION_COLUMNS, Group, Pair, groups_of, information, model_row, projection_rows, read_rate
from shifted_beta import fitted
from touch import CONDITIONS, TIERS
from worth_calls import are_as_good

PHASES = ["lifecycle", "loyalty"]
COMPARISONS = ["survival_comparison", "retention_model", "retention_projection"]
TOUCHES = ["touch_plan", "touch_load", "touch_capacity"]
OPERATIONS = [*PHASES, *COMPARISONS, *TOUCHES]
TABLES = ["milestones", "surveys", "feedback", "advocacy", "engagements", "outcomes"]
OWNERS = [None, "ann", "Ann", "bob", "é", "大"]
NUMBERS = {
    "loyalty": {"window_days": [1, 30, 90, 180, 400, 3660], "answer_days": [1, 7, 30, 60, 3660]},
    "survival_comparison": {"horizon_days": [1, 30, 31, 90, 180, 365, 3660], "min_customers": [1, 1, 2, 3, 5]},
    "retention_model": {"period_months": [1, 2, 3, 6, 12]},
    "retention_projection": {"period_months": [1, 2, 3, 6, 12], "periods": [1, 2, 12, 36, 60], "discount_rate": [0, 0.000001, 0.05, 0.1, 0.333333, 1]},
    "touch": {"gross_margin": [0, 0.1, 0.333333, 0.5, 0.8, 1], "horizon_months": [1, 2, 12, 24, 60, 120], "window_days": [1, 30, 90, 365, 3660]},
}
BOUNDS = {
    "min_value_ratio": [0, 0.333333, 0.5, 1, 1, 2, 3], "min_potential_ratio": [0, 1, 1, 1.5, 2, 3], "max_experience": [0, 4, 5, 7.499999, 7.5, 10],
}  # fmt: skip
HOURS = [0, 0.000001, 0.1, 0.1, 0.25, 1, 2.5, 8, 333.333333, 1000]
THOUGHTS = [
    [], ["wait"], ["wait"], ["wait", "doubt"], ["wait", "promise"], ["doubt"], ["promise"], ["promise", "doubt"], ["promise", "doubt"], ["deed", "doubt"],
    ["promise", "deed"], ["promise", "doubt", "promise"], ["deed", "promise", "doubt"],
]  # fmt: skip
CONTACTS = [1, 7, 14, 30, 45, 90, 365, 3660]


class Attended(Renewing):
    """Makes books and definitions as Renewing does; customers have owners, and might pay more."""

    def customer_rows(self) -> list[dict]:
        rows = super().customer_rows()
        for row in rows:
            if self.rng.random() < 0.8:
                row["owner"] = self.rng.choice(OWNERS)
            if self.rng.random() < 0.6:
                row["potential_mrr"] = self.decimal(self.units() * self.rng.choice([0, 1, 2, 3, 3, 12]))
        return rows


def random_attention_call(seed: int) -> dict:
    """{"book", "definitions", "operation", "arguments"}: the same for the same seed; about one in twenty is refused."""
    rng = random.Random(f"attention {seed}")
    operation = rng.choice(OPERATIONS)
    maker = Attended(rng, rng.choice([4, 8, 12]), rng.choice([400, 800, 1600]))
    while operation in TOUCHES and shift(maker.last, 8000) == LAST_DAY:  # nobody is to be met after the last day of all
        maker = Attended(rng, 8, 400)
    book, definitions = maker.book(), maker.definitions()
    if "customers" not in book and rng.random() < 0.6:
        book["customers"] = maker.customer_rows()
    day = day_to_look_from(rng, maker, book)
    kind = "touch" if operation in TOUCHES else operation
    arguments: dict = {name: rng.choice(choices) for name, choices in NUMBERS.get(kind, {}).items() if rng.random() < 0.6}
    arguments["as_of"] = day.isoformat()
    if operation == "lifecycle" and rng.random() < 0.3:
        arguments["milestone"] = rng.choice(["kickoff", "setup_done", "first_value", "onboarded"])
    if operation not in COMPARISONS:
        edges = days_of_edges(day, [arguments.get("window_days", 365), arguments.get("window_days", 90), arguments.get("answer_days", 30)])
        facts = FactRows(rng, maker, ids_of(book), day, edges, [])
        book |= tables_of(rng, facts)
    if operation in PHASES and rng.random() < 0.8:
        add_promises(rng, facts, book)
    if operation == "lifecycle" and rng.random() < 0.5:
        add_plans(rng, facts, book, arguments.get("milestone", "onboarded"))
    if operation == "survival_comparison" or (operation in COMPARISONS and rng.random() < 0.5):
        arguments["by"] = by_of(rng, book, [] if operation == "survival_comparison" else ["product", "product"])
    if operation in TOUCHES:
        add_minutes(rng, book)
        arguments |= touch_arguments(rng, maker, operation, arguments.get("window_days", 90))
    if rng.random() < 0.1:
        arguments["definitions"] = maker.definitions() | {"extra_digits": rng.choice([maker.extra_digits, 6])}
    call = {"book": book, "definitions": definitions, "operation": operation, "arguments": arguments}
    return refused_attention(rng, call) if rng.random() < 0.05 else call


def ids_of(book: dict) -> list[str]:
    return sorted({row["customer_id"] for row in book.get("customers", book["contracts"])})


def day_to_look_from(rng: random.Random, maker: Attended, book: dict) -> date:
    """Late, when customers have come and gone; on an edge, or a while after something started."""
    late = shift(maker.last, rng.choice([0, -1, -30, -90, 1, 31]))
    starts = sorted(date.fromisoformat(row["start_date"]) for row in book["contracts"]) or [maker.first]
    after = shift(rng.choice(starts), rng.choice([0, 1, 29, 30, 31, 90, 180, 365]))
    return rng.choice([late, late, after, after, max(maker.day_of_interest(), maker.first), maker.random_day()])


def days_of_edges(day: date, spans: list[int]) -> list[date]:
    """The day, those at which a window of so many days begins, and their neighbours."""
    return sorted({shift(day, by - span) for span in [0, *spans] for by in (-1, 0, 1)})


def tables_of(rng: random.Random, facts: FactRows) -> dict[str, list[dict]]:
    """Each is mostly there; now and then of one or two customers alone, or of days to come."""
    tables = {name: facts.table(name) for name in TABLES if rng.random() < 0.7}
    for name in tables:
        if rng.random() < 0.2:
            few = rng.sample(facts.ids, min(len(facts.ids), rng.choice([0, 1, 2])))
            tables[name] = [row for row in tables[name] if row["customer_id"] in few]
    if rng.random() < 0.1:  # nothing is known of milestones yet
        tables["milestones"] = [{"customer_id": name, "milestone": "onboarded", "reached_on": shift(facts.around, 1).isoformat()} for name in facts.ids]
    return tables


def add_promises(rng: random.Random, facts: FactRows, book: dict) -> None:
    """Customers who would recommend the company and then think again, or do so; soon after, or on the same day. Others
    wait for an answer. Of half of them nothing else is heard."""
    others = {name for name in facts.ids if rng.random() < 0.5}
    surveys, advocacy, feedback = ([row for row in book.get(table, []) if row["customer_id"] in others] for table in ("surveys", "advocacy", "feedback"))
    for name in facts.ids:
        day = facts.day()
        for what in rng.choice(THOUGHTS):
            fact = {"customer_id": name, "date": day.isoformat()}
            if what == "deed":
                advocacy.append(fact | {"kind": rng.choice(["reference", "review"])})
            elif what == "wait":
                feedback.append(fact | {"kind": rng.choice(["request", "bug", "promise"])})
            else:
                surveys.append(fact | {"kind": "nps", "score": rng.choice([9, 10] if what == "promise" else [8, 8, 7, 7, 6])})
            day = shift(day, rng.choice([0, 1, 5, 30]))
    book |= {"surveys": surveys, "advocacy": advocacy, "feedback": feedback}


def add_plans(rng: random.Random, facts: FactRows, book: dict, milestone: str) -> None:
    """The milestone that is asked for is planned for most, and some have reached it."""
    others = [row for row in book.get("milestones", []) if row["milestone"] != milestone]
    planned = [name for name in facts.ids if rng.random() < 0.8]
    reached = {name: facts.day().isoformat() for name in planned if rng.random() < 0.5}
    book["milestones"] = [*others, *({"customer_id": name, "milestone": milestone, "due_on": facts.some_day(), "reached_on": reached.get(name)} for name in planned)]


def add_minutes(rng: random.Random, book: dict) -> None:
    """Some meetings take as long as no other does."""
    for row in book.get("engagements", []):
        if rng.random() < 0.4:
            row["minutes"] = rng.choice([1, 2, 7, 10, 20, 50, 60, 90, 480, 100_000])


def by_of(rng: random.Random, book: dict, more: list[str]) -> str | list[str]:
    """One or two columns of which customers have something, or of `more`; mostly not those that tell all apart."""
    names = {column for row in book.get("customers") or [] for column, value in row.items() if value is not None}
    attributes = sorted(names - {"customer_id", "parent_id", "recorded_on", "potential_mrr"})
    choices = [*attributes, *attributes, *more, "cohort", "customer_id"]
    by = list(dict.fromkeys(rng.choice(choices) for _ in range(rng.choice([1, 1, 1, 2]))))
    return by[0] if len(by) == 1 and rng.random() < 0.7 else by


def touch_arguments(rng: random.Random, maker: Attended, operation: str, window_days: int) -> dict:
    arguments: dict = {}
    if rng.random() < 0.5:
        arguments["value"] = rng.choice(["mrr", "lifetime", "lifetime"])
    if rng.random() < 0.7:
        whole, halves = 10**maker.digits, window_days * rng.choice([1, 60, 360])  # halves of units, by days_per_month
        arguments["cost_per_hour"] = maker.decimal(rng.choice([0, 1, 5, 15, halves, halves, 50 * whole, rng.randint(0, 500 * whole)]))
    if rng.random() < 0.5:
        arguments["model"] = random_touch_model(rng, maker)
    if operation == "touch_capacity" and rng.random() < 0.5:
        arguments["hours_per_person"] = rng.choice([1, 7, 40, 160, 1000])
    return arguments


def random_touch_model(rng: random.Random, maker: Attended) -> dict:
    """Rules whose bounds are what customers often have, and tiers; one of the two may be left out."""
    given: dict = {}
    if rng.random() < 0.9:
        rules = [random_conditions(rng, maker) | {"tier": rng.choice(TIERS)} for _ in range(rng.choice([0, 1, 2, 3, 4]))]
        given["rules"] = [*rules, {"tier": rng.choice(TIERS)}]
    if rng.random() < 0.6:
        given["tiers"] = {name: {"hours_per_month": rng.choice(HOURS), "contact_days": rng.choice(CONTACTS)} for name in TIERS if rng.random() < 0.6}
    return given


def random_conditions(rng: random.Random, maker: Attended) -> dict:
    names = rng.sample(CONDITIONS, rng.choice([1, 1, 1, 2, 3]))
    amount = maker.decimal(rng.choice(maker.amounts) * rng.choice([1, 1, 2, 12, 24]))
    return {name: amount if name == "min_value" else rng.choice(BOUNDS[name]) for name in names}


def refused_attention(rng: random.Random, call: dict) -> dict:
    """Another call, changed so that it is refused, or comes close."""
    operation, asked = call["operation"], dict(call["arguments"])
    spans = [0, 1, 3660, 3661]
    ways: list[dict] = {
        "lifecycle": [{"milestone": "onboarded"}],
        "loyalty": [{name: days} for name in ("window_days", "answer_days") for days in spans],
        "survival_comparison": [*[{"by": "product"}, {"by": ["cohort", "product"]}] * 2, {"by": None}, {"by": []}, {"min_customers": 0}, *({"horizon_days": days} for days in spans)],
        "retention_model": [{"period_months": months} for months in (0, 60, 61)],
        "retention_projection": [{"period_months": 0}, {"periods": 0}, {"periods": 1201}, *({"discount_rate": rate} for rate in (1.000001, -0.1, 0.0000001, 1))],
    }.get(operation, [])
    if operation in COMPARISONS:
        column = {"survival_comparison": "rest_events", "retention_model": "alpha", "retention_projection": "age"}[operation]
        ways += [{"by": by} for by in ("colour", ["cohort", "colour"], ["cohort", "cohort"], column)]
    if operation in TOUCHES:
        last = {"tier": "low_touch"}
        ways += [{"model": {"rules": rules}} for rules in ([], [last, last], [last | {"max_experience": 4}], [last | {"min_value": "1"}, last])]
        ways += [{"model": {"rules": [last | {name: number}, last]}} for name, number in (("max_experience", 10.5), ("min_value_ratio", -1), ("min_potential_ratio", 1000001))]
        ways += [{"model": {"tiers": {"low_touch": {"hours_per_month": hours, "contact_days": days}}}} for hours, days in ((1000.5, 1), (-1, 1), (1, 0), (1, 3661), (1000, 1))]
        ways += [{"window_days": days} for days in spans] + [{"horizon_months": count} for count in (0, 1201)]
        ways += [{"gross_margin": share} for share in (1.000001, -0.1, 0.0000001)]
    if operation == "touch_capacity":
        ways += [{"hours_per_person": hours} for hours in (0, 1, 1000, 1001)]
    return call | {"arguments": asked | rng.choice(ways)}


# ---------------------------------------------------------------------------------------------------------------
# An answer beside the model's
# ---------------------------------------------------------------------------------------------------------------


def fit_call(call: dict) -> dict | None:
    """The call of `retention_model` that tells alpha and beta of what is asked; None where nothing rests on them but
    what the answer tells itself."""
    asked, operation = call["arguments"], call["operation"]
    if operation != "retention_projection" and not (operation in TOUCHES and asked.get("value") == "lifetime"):
        return None
    names = ["as_of", "definitions"] + (["period_months", "by"] if operation == "retention_projection" else [])
    return call | {"operation": "retention_model", "arguments": {name: asked[name] for name in names if name in asked}}


def differences(call: dict, found: list[dict] | str, fit: list[dict] | str | None = None) -> list[str]:
    """Where the rows, or the refusal, are not those of the model; none if they are. `fit` is the answer to `fit_call`."""
    expected = expected_answer(call, found if call["operation"] == "retention_model" else fit)
    if isinstance(expected, str) or isinstance(found, str):
        return [] if found == expected else [f"{found} is not {expected}"]
    if len(found) != len(expected):
        return [f"{len(found)} rows are not {len(expected)}"]
    result, near = [], 1e-6 if fit is None and fit_call(call) else 1e-9  # of alpha and beta that are not told
    for number, (row, other) in enumerate(zip(found, expected, strict=True)):
        hidden = ("alpha_error", "beta_error") if other.pop("is_flat", False) else ()
        if list(row) != list(other):
            result.append(f"row {number}: {list(row)} are not {list(other)}")
        for name in other:
            if name in row and name not in hidden and not is_same(call["operation"], name, row[name], other[name], near):
                result.append(f"row {number}: {name} {row[name]} is not {other[name]}")
    return result


def is_same(operation: str, name: str, found, expected, near: float) -> bool:
    if found == expected or operation not in COMPARISONS or not isinstance(expected, float) or not isinstance(found, (int, float)):
        return found == expected
    return math.isclose(found, expected, rel_tol=1e-4 if name.endswith("_error") else near, abs_tol=1e-12)


def expected_answer(call: dict, fit: list[dict] | str | None) -> list[dict] | str:
    """The model's, with alpha and beta of `fit` where they are as good as the best."""
    expected = model.answer(call)
    operation = call["operation"]
    if isinstance(expected, str) or not (operation in COMPARISONS[1:] or fit_call(call)):
        return expected
    asked = model.as_read(call["arguments"])
    definitions, as_of = asked.pop("definitions", model.as_read(call["definitions"])), asked.pop("as_of")
    if operation in TOUCHES:
        ((_, pair),) = pairs_of(groups_of(call["book"], definitions, as_of, None, MODEL_COLUMNS, 1), fit)
        return getattr(model, operation)(call["book"], definitions, as_of, pair=pair, **asked)
    by, period_months = asked.pop("by", None), asked.pop("period_months", 1)
    columns = MODEL_COLUMNS if operation == "retention_model" else PROJECTION_COLUMNS
    pairs = pairs_of(groups_of(call["book"], definitions, as_of, by, columns, period_months), fit)
    if operation == "retention_model":
        return [model_row(group, pair) | {"is_flat": is_flat(group, pair)} for group, pair in pairs]
    periods, rate = asked.get("periods", 24), asked.get("discount_rate", 0.1)
    return [row for group, pair in pairs for row in projection_rows(group, pair, period_months, periods, read_rate(rate, periods))]


def pairs_of(groups: list[Group], fit: list[dict] | str | None) -> Iterator[tuple[Group, Pair]]:
    """Each group with the alpha and beta that were told of it, or else with the best."""
    told = fit if isinstance(fit, list) and len(fit) == len(groups) else [{}] * len(groups)
    for group, row in zip(groups, told, strict=True):
        best, pair = fitted(group.ages), (row.get("alpha"), row.get("beta"))
        yield group, pair if are_as_good(group.ages, pair, best or (None, None)) else best


def is_flat(group: Group, pair: Pair) -> bool:
    """Does rounding hide how flat the top of the likelihood is?"""
    if pair is None:
        return False
    by_alpha, both, by_beta = information(group.ages, *pair)
    return by_alpha * by_beta - both * both < by_alpha * by_beta / 10**10
