"""A slow reference model of recurring-revenue movements, retention and cohorts, and of the health of customers.

These files restate the specification page "Semantics" (cited as "section n"), and the page on scorecards, in the
plainest Python that gives the right numbers, so that a fast implementation can be compared with it. They read like the
pages:

    definitions.py  switches, days, periods, money                       section 1
    contracts.py    which rows are known, what a contract counts for     sections 2 and 7
    lines.py        a customer's line, gaps filled; units and groups     sections 2 and 3
    changes.py      one close against the close before                   section 3
    facts.py        what else is known of customers                      section 7, scorecards
    scores.py       what is measured of a customer, and its score        section 8, scorecards
    stays.py        how long customers stay                              section 8, retention models
    values.py       how long customers take to get value                 section 8, retention models
    renewals.py     contracts that fall due, and what follows them       section 6
    rates.py        how much of what fell due was renewed                section 6
    committed.py    what is signed for a coming day                      section 6
    worth.py        what customers are worth, and cost                   section 6
    shifted_beta.py how long they stay by a model of chances             section 6
    purchases.py    what is paid once                                    section 6
    second_order.py what recommendations and champions who move bring    section 6
    retention.py    how long they stay, and may, period by period        section 8, retention models
    groups_compared.py  how long those of a group stay beside the rest   section 10
    phases.py       how far customers have come, and why they stay       section 9
    touch.py        whom to meet how often, and what that takes          section 9
    drilled.py      what became of those who paid, looked at closely     section 6
    board.py        key figures of periods beside their targets          section 6
    aims.py         their targets and benchmarks                         section 6
    standard_card.py  scores by the standard scorecard                   section 8, scorecards
    standings.py    what notices leave, and when contracts fall due       section 9
    resampling.py   draws and intervals                                  section 4
    backtests.py    scores against what customers then did                section 8, backtests
    review.py       how a company stands by the principles                section 10, the pages on principles
    snapshot.py     what a review looks at                                section 10
    asking.py       what a rule asks, and what it is answered             section 10
    right_customer.py, natural_drift.py, wildly_successful.py, monitor_health.py, time_to_value.py  its rules
    model.py        the operations: tables                               sections 3, 4, 5 and 8

Floats appear only in ratios, in intervals, in the order of resampled ratios, and in what a scorecard measures
up to its curves. Not modelled: `fx` other than "single", and the text of an amount or a score as a group; both raise
NotImplementedError, never a guess. The book and the scorecard are taken to be valid: what the model relies on is
asserted. A call that must be refused raises ModelError with the library's code.

Every operation takes (book, definitions, ...), where book is {"currency", "contracts", "customers", "pauses"} and the
tables of facts (all but the first two may be absent) with rows as dicts, days as ISO text and money as decimal text,
and gives rows as dicts.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from backtests import backtest
from board import kpis
from changes import PRODUCT_COLUMNS, Movement, movements_of
from committed import committed
from contracts import known_customers, observed_until
from definitions import FIRST_DAY, ONE_DAY, ModelError, by_bytes, format_money, money_digits, months_later, parse_day, period_end, periods, periods_from, ratio, read_definitions
from drilled import drilldown
from groups_compared import survival_comparison
from health_views import explain_health_change, health_coverage, health_migration, outlook
from lines import Unit, View, arr_of, group_names, mrr_of, view
from phases import lifecycle, loyalty
from rates import renewals
from renewals import renewal_lines
from resampling import nearest_rank, split_mix, wilson_interval
from retention import retention_model, retention_projection
from review import review
from scores import MILLION, Score, override_of, scores_at
from second_order import second_order_revenue
from stays import survival
from touch import touch_capacity, touch_load, touch_plan
from values import onboarding, time_to_value, value_incidence, value_landmark
from worth import lifetime_value

__all__ = [
    "ModelError", "answer", "backtest", "cohorts", "committed", "drilldown", "explain_health", "explain_health_change", "flow_retention", "health", "health_coverage", "health_migration", "journal", "movements", "observed_until", "outlook",
    "kpis", "lifecycle", "loyalty", "retention_model", "retention_projection", "survival_comparison", "touch_capacity", "touch_load", "touch_plan",
    "lifetime_value", "onboarding", "renewal_lines", "renewals", "retention", "retention_intervals", "review", "second_order_revenue", "survival", "time_to_value", "value_incidence", "value_landmark",
]  # fmt: skip

# The journal's kind of a movement -> the money column and the customer column it is summed in.
TABLE_COLUMNS = {
    "new": ("new_mrr", "new_customers"),
    "reactivation": ("reactivation_mrr", "reactivated_customers"),
    "expansion": ("expansion_mrr", "expanded_customers"),
    "contraction": ("contraction_mrr", "contracted_customers"),
    "churn": ("churned_mrr", "churned_customers"),
}
MOVEMENT_COLUMNS = (
    "period_start period_end opening_mrr new_mrr reactivation_mrr expansion_mrr contraction_mrr churned_mrr fx_mrr "
    "closing_mrr provisional_mrr closing_arr upsell_mrr cross_sell_mrr downsell_mrr product_churn_mrr "
    "opening_customers new_customers reactivated_customers expanded_customers contracted_customers "
    "churned_customers closing_customers"
).split()
INTERVAL_COLUMNS = "window_start window_end opening_customers grr grr_low grr_high nrr nrr_low nrr_high resamples small_sample".split()
RETENTION_COLUMNS = (
    "window_start window_end opening_mrr retained_mrr expansion_mrr grr nrr opening_customers retained_customers "
    "customer_retention customer_churn customer_churn_low customer_churn_high small_sample"
).split()
FLOW_RETENTION_COLUMNS = (
    "period_start period_end opening_mrr expansion_mrr reactivation_mrr contraction_mrr churned_mrr net_churned_mrr "
    "flow_grr flow_nrr net_mrr_churn_all"
).split()
COHORT_COLUMNS = "cohort age size base_mrr customers mrr customer_retention mrr_retention".split()
HEALTH_COLUMNS = "customer_id score band state coverage change_30d mrr".split()
EXPLAIN_HEALTH_COLUMNS = "customer_id measure group value measure_score weight contribution observed_on state".split()

SMALL_SAMPLE = 30  # fewer customers than this say little


def last_close(asked: list[tuple[date, date]]) -> date:
    """The last day that is looked at."""
    return max((end_day - ONE_DAY for _, end_day in asked), default=date.min)


# ---------------------------------------------------------------------------------------------------------------
# Section 3: movements and journal
# ---------------------------------------------------------------------------------------------------------------


def movements(book: dict, definitions: dict, start: str, end: str, *, by=None, level="customer", known_on=None) -> list[dict]:
    """A row per group and period: where it opens, what moved, where it closes.

    Opening and closing are read off the lines, not carried forward from the flows, so that
    opening + flows = closing is a statement about the model and not built into it.
    """
    return rows_of_periods(movements_row, MOVEMENT_COLUMNS, book, definitions, start, end, by, level, known_on)


def rows_of_periods(row_of, columns, book: dict, definitions: dict, start: str, end: str, by, level, known_on) -> list[dict]:
    """What `row_of` makes of the movements of each group in each period that is known."""
    asked = periods(start, end, read_definitions(definitions))
    seen = view(book, definitions, group_names(book, by, columns), level, known_on)
    asked = seen.known(asked)
    seen.check_sums(last_close(asked))
    rows = []
    for group, units in seen.groups():
        found = {unit.identity: movements_of(unit, last_close(asked)) for unit in units}
        for first_day, end_day in asked:
            rows.append(dict(zip(seen.names, group)) | row_of(units, found, first_day, end_day, seen.digits))
    return rows


def movements_row(units: list[Unit], found: dict, first_day: date, end_day: date, digits: int) -> dict:
    """One row of `movements`: the period first_day <= day < end_day."""
    opening_day, closing_day = first_day - ONE_DAY, end_day - ONE_DAY  # section 1: looked at their close

    flow = dict.fromkeys((money for money, _ in TABLE_COLUMNS.values()), 0)
    movers = {customers: 0 for _, customers in TABLE_COLUMNS.values()}
    split = dict.fromkeys(PRODUCT_COLUMNS, 0)
    for unit in units:
        in_period = [movement for movement in found[unit.identity] if first_day <= movement.day < end_day]
        for kind, (money_column, customer_column) in TABLE_COLUMNS.items():
            amounts = [movement.amount for movement in in_period if movement.kind == kind]
            flow[money_column] += sum(amounts)
            movers[customer_column] += 1 if amounts else 0  # distinct customers, however often they moved
        for column in PRODUCT_COLUMNS:
            split[column] += sum(movement.products[column] for movement in in_period)

    def money(units_of_money: int) -> str:
        return format_money(units_of_money, digits)

    return {
        "period_start": first_day.isoformat(),
        "period_end": end_day.isoformat(),
        "opening_mrr": money(sum(mrr_of(unit.close(opening_day)) for unit in units)),
        "new_mrr": money(flow["new_mrr"]),
        "reactivation_mrr": money(flow["reactivation_mrr"]),
        "expansion_mrr": money(flow["expansion_mrr"]),
        "contraction_mrr": money(flow["contraction_mrr"]),
        "churned_mrr": money(flow["churned_mrr"]),
        "fx_mrr": money(0),  # one currency
        "closing_mrr": money(sum(mrr_of(unit.close(closing_day)) for unit in units)),
        "provisional_mrr": money(sum(mrr_of(unit.provisional(closing_day)) for unit in units)),
        "closing_arr": money(sum(arr_of(unit.close(closing_day)) for unit in units)),
        "upsell_mrr": money(split["upsell_mrr"]),
        "cross_sell_mrr": money(split["cross_sell_mrr"]),
        "downsell_mrr": money(split["downsell_mrr"]),
        "product_churn_mrr": money(split["product_churn_mrr"]),
        "opening_customers": sum(1 for unit in units if unit.paying(opening_day)),
        "new_customers": movers["new_customers"],
        "reactivated_customers": movers["reactivated_customers"],
        "expanded_customers": movers["expanded_customers"],
        "contracted_customers": movers["contracted_customers"],
        "churned_customers": movers["churned_customers"],
        "closing_customers": sum(1 for unit in units if unit.paying(closing_day)),
    }


def journal(book: dict, definitions: dict, start: str, end: str, *, level="customer", known_on=None) -> list[dict]:
    """A row per movement dated in the widened range, by date, customer and kind."""
    asked = periods(start, end, read_definitions(definitions))
    seen = view(book, definitions, [], level, known_on)
    asked = seen.known(asked)
    seen.check_sums(last_close(asked))
    found = [movement for unit in seen.units for movement in movements_of(unit, last_close(asked))]
    found = [movement for movement in found if asked[0][0] <= movement.day]
    found.sort(key=lambda movement: (movement.day, by_bytes(movement.name), movement.kind))
    return [journal_row(movement, seen.digits) for movement in found]


def journal_row(movement: Movement, digits: int) -> dict:
    return {
        "date": movement.day.isoformat(),
        "customer_id": movement.name,
        "kind": movement.kind,
        "amount": format_money(movement.amount, digits),
        "mrr_before": format_money(movement.mrr_before, digits),
        "mrr_after": format_money(movement.mrr_after, digits),
        **{column: format_money(movement.products[column], digits) for column in PRODUCT_COLUMNS},
        "contract_ids": movement.contract_ids,
    }


# ---------------------------------------------------------------------------------------------------------------
# Section 4: retention
# ---------------------------------------------------------------------------------------------------------------


def window_months(window: str) -> int | None:
    """The n of "<n> months", from 1 to 1200; None for "period"."""
    if window == "period":
        return None
    said = re.fullmatch(r"([1-9][0-9]{0,3}) months", window, re.ASCII)
    if said is None or int(said[1]) > 1200:
        raise ModelError("invalid_argument")
    return int(said[1])


def retention(book: dict, definitions: dict, start: str, end: str, *, window="12 months", by=None, level="customer", known_on=None) -> list[dict]:
    """A row per group and period: what became, by the period's close, of those who were paying before the window."""
    return rows_of_windows(retention_row, RETENTION_COLUMNS, book, definitions, start, end, window, by, level, known_on)


def retention_intervals(book: dict, definitions: dict, start: str, end: str, *, window="12 months", resamples=1000, by=None, level="customer", known_on=None) -> list[dict]:
    """A row per group and period: as many customers as were paying before the window drawn from them, again and again."""

    def row_of(units: list[Unit], window_start: date, window_end: date, digits: int) -> dict:
        return intervals_row(units, window_start, window_end, resamples)

    return rows_of_windows(row_of, INTERVAL_COLUMNS, book, definitions, start, end, window, by, level, known_on)


def rows_of_windows(row_of, columns, book: dict, definitions: dict, start: str, end: str, window: str, by, level, known_on) -> list[dict]:
    """A row per group and period, of what its units pay at both ends of the window that ends with the period."""
    asked = periods(start, end, read_definitions(definitions))
    names = group_names(book, by, columns)
    months = window_months(window)
    seen = view(book, definitions, names, level, known_on)
    asked = seen.known(asked)
    seen.check_sums(last_close(asked))
    rows = []
    for group, units in seen.groups():
        for first_day, end_day in asked:
            window_start = first_day if months is None else months_later(end_day, -months)
            rows.append(dict(zip(seen.names, group)) | row_of(units, window_start, end_day, seen.digits))
    return rows


def intervals_row(units: list[Unit], window_start: date, window_end: date, resamples: int) -> dict:
    a, b = window_start - ONE_DAY, window_end - ONE_DAY  # from close A to close B
    there = sorted((mrr_of(unit.close(a)), mrr_of(unit.close(b))) for unit in units if unit.paying(a))
    numbers = split_mix(8)
    gross, net = [], []
    for _ in range(resamples):
        drawn = [there[next(numbers) * len(there) >> 64] for _ in there]
        opening = sum(before for before, _ in drawn)
        if opening > 0:
            gross.append(ratio(sum(min(before, after) for before, after in drawn), opening))
            net.append(ratio(sum(after for _, after in drawn), opening))
    opening = sum(before for before, _ in there)
    return {
        "window_start": window_start.isoformat(),
        "window_end": window_end.isoformat(),
        "opening_customers": len(there),
        "grr": ratio(sum(min(before, after) for before, after in there), opening),
        "grr_low": nearest_rank(gross, 25),
        "grr_high": nearest_rank(gross, 975),
        "nrr": ratio(sum(after for _, after in there), opening),
        "nrr_low": nearest_rank(net, 25),
        "nrr_high": nearest_rank(net, 975),
        "resamples": resamples,
        "small_sample": len(there) < SMALL_SAMPLE,
    }


def retention_row(units: list[Unit], window_start: date, window_end: date, digits: int) -> dict:
    a, b = window_start - ONE_DAY, window_end - ONE_DAY  # from close A to close B
    there = [unit for unit in units if unit.paying(a)]
    changes = [(mrr_of(unit.close(a)), mrr_of(unit.close(b))) for unit in there]
    opening = sum(before for before, _ in changes)
    closing = sum(after for _, after in changes)
    retained = sum(min(before, after) for before, after in changes)
    expansion = sum(max(after - before, 0) for before, after in changes)
    customers = len(there)
    still = sum(1 for unit in there if unit.paying(b))
    low, high = wilson_interval(customers - still, customers)
    return {
        "window_start": window_start.isoformat(),
        "window_end": window_end.isoformat(),
        "opening_mrr": format_money(opening, digits),
        "retained_mrr": format_money(retained, digits),
        "expansion_mrr": format_money(expansion, digits),
        "grr": ratio(retained, opening),
        "nrr": ratio(closing, opening),
        "opening_customers": customers,
        "retained_customers": still,
        "customer_retention": ratio(still, customers),
        "customer_churn": ratio(customers - still, customers),
        "customer_churn_low": low,
        "customer_churn_high": high,
        "small_sample": customers < SMALL_SAMPLE,
    }


def flow_retention(book: dict, definitions: dict, start: str, end: str, *, by=None, level="customer", known_on=None) -> list[dict]:
    """The readings that follow the flows: a row per group and period."""
    return rows_of_periods(flow_retention_row, FLOW_RETENTION_COLUMNS, book, definitions, start, end, by, level, known_on)


def flow_retention_row(units: list[Unit], found: dict, first_day: date, end_day: date, digits: int) -> dict:
    there = dict.fromkeys(TABLE_COLUMNS, 0)  # sums by kind: of the customers paying where the period opens
    everybody = dict.fromkeys(TABLE_COLUMNS, 0)
    opening = 0
    for unit in units:
        opening += mrr_of(unit.close(first_day - ONE_DAY))
        for movement in found[unit.identity]:
            if first_day <= movement.day < end_day and movement.kind in TABLE_COLUMNS:
                everybody[movement.kind] += movement.amount
                if unit.paying(first_day - ONE_DAY):
                    there[movement.kind] += movement.amount
    lost = there["contraction"] + there["churn"]
    won = there["expansion"] + there["reactivation"]
    net_churned = everybody["churn"] + everybody["contraction"] - everybody["expansion"] - everybody["reactivation"]
    return {
        "period_start": first_day.isoformat(),
        "period_end": end_day.isoformat(),
        "opening_mrr": format_money(opening, digits),
        "expansion_mrr": format_money(there["expansion"], digits),
        "reactivation_mrr": format_money(there["reactivation"], digits),
        "contraction_mrr": format_money(there["contraction"], digits),
        "churned_mrr": format_money(there["churn"], digits),
        "net_churned_mrr": format_money(net_churned, digits),
        "flow_grr": ratio(opening - lost, opening),
        "flow_nrr": ratio(opening - lost + won, opening),
        "net_mrr_churn_all": ratio(net_churned, opening),
    }


# ---------------------------------------------------------------------------------------------------------------
# Section 5: cohorts
# ---------------------------------------------------------------------------------------------------------------


def cohorts(book: dict, definitions: dict, end: str, *, by=None, level="customer", known_on=None) -> list[dict]:
    """A row per group, cohort and age: what the units that first paid in one period pay at later closes."""
    names = group_names(book, by, COHORT_COLUMNS)
    seen = view(book, definitions, names, level, known_on)
    # Everything up to the end, widened, and not after what is known.
    before_end = parse_day(end) - ONE_DAY
    ends = seen.known(periods_from(before_end, parse_day(end), seen.switches))
    last_day = last_close(ends) if ends else seen.known_on
    seen.check_sums(last_day)
    rows = []
    for group, units in seen.groups():
        for cohort in sorted({unit.cohort() for unit in units} - {None}):
            members = [unit for unit in units if unit.cohort() == cohort]
            closes = seen.known(periods_from(cohort, last_day + ONE_DAY, seen.switches))
            for age, (_, end_day) in enumerate(closes):
                rows.append(dict(zip(seen.names, group)) | cohort_row(members, cohort, age, end_day - ONE_DAY, seen.digits))
    return rows


def cohort_row(members: list[Unit], cohort: date, age: int, close: date, digits: int) -> dict:
    base = sum(mrr_of(unit.close(unit.first_paying_day())) for unit in members)
    customers = sum(1 for unit in members if unit.paying(close))
    mrr = sum(mrr_of(unit.close(close)) for unit in members)
    return {
        "cohort": cohort.isoformat(),
        "age": age,
        "size": len(members),
        "base_mrr": format_money(base, digits),
        "customers": customers,
        "mrr": format_money(mrr, digits),
        "customer_retention": ratio(customers, len(members)),
        "mrr_retention": ratio(mrr, base),
    }


# ---------------------------------------------------------------------------------------------------------------
# Section 8: health, by the page on scorecards
# ---------------------------------------------------------------------------------------------------------------


def health(book: dict, definitions: dict, as_of: str, *, scorecard: dict) -> list[dict]:
    """A row per customer who pays at the close of the day, from what was known then."""
    day = parse_day(as_of)
    month_ago = day - timedelta(days=30)
    before = scores_at(book, definitions, scorecard, month_ago) if month_ago >= FIRST_DAY else {}
    digits = money_digits(book, read_definitions(definitions))
    rows = []
    for name, (unit, score) in scores_at(book, definitions, scorecard, day).items():
        points_then = before[name][1].points if name in before else None
        rows.append(health_row(score, points_then, override_of(scorecard, name, day), name, format_money(mrr_of(unit.close(day)), digits)))
    return rows


def health_row(score: Score, points_then: int | None, override: str | None, name: str, mrr: str) -> dict:
    has_change = score.points is not None and points_then is not None
    state = "insufficient_data" if score.points is None else "scored"
    return {
        "customer_id": name,
        "score": of_millionths(score.points),
        "band": score.band if override is None else override,
        "state": state if override is None else "overridden",
        "coverage": float(score.coverage),
        "change_30d": of_millionths(score.points - points_then) if has_change else None,
        "mrr": mrr,
    }


def of_millionths(points: int | None) -> float | None:
    return None if points is None else points / MILLION


def explain_health(book: dict, definitions: dict, as_of: str, *, scorecard: dict, customer_id: str | None = None) -> list[dict]:
    """A row per customer who has a score row, or the one that is asked for, and measure that weighs something."""
    if customer_id is not None and customer_id not in known_customers(book, parse_day(as_of)):
        raise ModelError("unknown_customer")
    rows = []
    for name, (_, score) in scores_at(book, definitions, scorecard, parse_day(as_of)).items():
        if customer_id is None or name == customer_id:
            mine = explain_health_rows(name, score)
            rows += sorted(mine, key=lambda row: by_bytes(row["measure"]))
    return rows


def explain_health_rows(name: str, score: Score) -> list[dict]:
    return [
        {
            "customer_id": name,
            "measure": each.measure["measure"],
            "group": each.measure.get("group"),
            "value": each.value.number,
            "measure_score": of_millionths(each.points),
            "weight": each.measure["weight"],
            "contribution": of_millionths(contribution),
            "observed_on": None if each.value.day is None else each.value.day.isoformat(),
            "state": each.state,
        }
        for each, contribution in zip(score.measured, score.contributions, strict=True)
    ]


# ---------------------------------------------------------------------------------------------------------------
# Calls as data
# ---------------------------------------------------------------------------------------------------------------


def as_read(argument):
    """An argument in which every number without fraction is a whole number, however it is written."""
    match argument:
        case dict():
            return {key: as_read(value) for key, value in argument.items()}
        case list():
            return [as_read(item) for item in argument]
        case float() if argument.is_integer():
            return int(argument)
    return argument


def answer(call: dict) -> list[dict] | str:
    """What a call {"book", "definitions", "operation", "arguments"} gives: rows, or the code of its refusal.

    `definitions` are those that the book is loaded with; the operation uses those among its arguments, if any.
    """
    operations = {
        "movements": movements, "journal": journal, "retention": retention, "retention_intervals": retention_intervals,
        "flow_retention": flow_retention, "cohorts": cohorts, "health": health, "explain_health": explain_health,
        "explain_health_change": explain_health_change, "health_migration": health_migration, "health_coverage": health_coverage,
        "backtest": backtest, "outlook": outlook, "survival": survival,
        "time_to_value": time_to_value, "value_incidence": value_incidence, "value_landmark": value_landmark, "onboarding": onboarding,
        "renewal_lines": renewal_lines, "renewals": renewals, "committed": committed,
        "lifetime_value": lifetime_value, "second_order_revenue": second_order_revenue,
        "lifecycle": lifecycle, "loyalty": loyalty, "survival_comparison": survival_comparison,
        "retention_model": retention_model, "retention_projection": retention_projection,
        "touch_plan": touch_plan, "touch_load": touch_load, "touch_capacity": touch_capacity,
        "drilldown": drilldown, "kpis": kpis, "review": review,
    }  # fmt: skip
    arguments = as_read(call["arguments"])
    definitions = arguments.pop("definitions", as_read(call["definitions"]))
    try:
        return operations[call["operation"]](call["book"], definitions, **arguments)
    except ModelError as error:
        return error.code
