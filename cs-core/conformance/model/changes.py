"""Movements: what changed between one sampled close and the next, and what that is called. Section 3."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from definitions import ONE_DAY, by_bytes, every_day, period_end, period_start
from lines import Composition, Unit, is_paying, mrr_of

PRODUCT_COLUMNS = ("upsell_mrr", "cross_sell_mrr", "downsell_mrr", "product_churn_mrr")


@dataclass(frozen=True)
class Change:
    """The close of `day`, and the sampled close before it."""

    day: date
    before: Composition
    after: Composition


@dataclass(frozen=True)
class Movement:
    """What happened to one unit between one sampled close and the next; dated at the later one."""

    day: date
    name: str
    kind: str
    amount: int
    mrr_before: int
    mrr_after: int
    products: dict[str, int]  # one entry per PRODUCT_COLUMNS
    contract_ids: list[str]


def sampled_days(unit: Unit, last_day: date, *, skip_quiet_days: bool = True) -> list[date]:
    """The days whose closes are looked at, from the unit's first one to `last_day`: every day, or every last day of a
    period. Whatever range is asked: whether a unit was seen before depends on its whole history.

    Days, and periods, in which nothing changes are skipped; the tests check that this makes no difference.
    """
    days = unit.days()
    if not skip_quiet_days and days:
        days = list(every_day(days[0], max(last_day, days[0])))
    if unit.switches["sampling"] == "period_end":
        days = sorted({period_end(period_start(day, unit.switches), unit.switches) - ONE_DAY for day in days})
    return [day for day in days if day <= last_day]


def changes_of(unit: Unit, last_day: date, *, skip_quiet_days: bool = True) -> list[Change]:
    """One after the other; the changes between two sampled closes are netted."""
    result = []
    before: Composition = {}  # before its first contract a unit has nothing
    for day in sampled_days(unit, last_day, skip_quiet_days=skip_quiet_days):
        after = unit.close(day)
        result.append(Change(day, before, after))
        before = after
    return result


def without_short_stays(changes: list[Change], switches: dict) -> list[Change]:
    """`same_period_new_and_churn` "neither": who was never seen, and at the period's close is not paying, loses
    everything of the period, and stays unseen."""
    kept, seen = [], False
    while changes:
        period = period_start(changes[0].day, switches)
        in_period = [change for change in changes if period_start(change.day, switches) == period]
        changes = changes[len(in_period) :]
        if seen or is_paying(in_period[-1].after, switches):
            seen = True
            kept += in_period
    return kept


def split_by_product(before: Composition, after: Composition) -> dict[str, int]:
    """The change of a unit that pays before and after, told product by product."""

    def by_product(composition: Composition) -> dict[str | None, int]:
        sums: dict[str | None, int] = {}
        for carried in composition.values():
            sums[carried.product] = sums.get(carried.product, 0) + carried.mrr
        return sums

    split = dict.fromkeys(PRODUCT_COLUMNS, 0)
    old_sums, new_sums = by_product(before), by_product(after)
    for product in old_sums.keys() | new_sums.keys():
        old, new = old_sums.get(product, 0), new_sums.get(product, 0)
        if old == 0:  # a product at 0 is not held
            split["cross_sell_mrr"] += new
        elif new == 0:
            split["product_churn_mrr"] += old
        elif new > old:
            split["upsell_mrr"] += new - old
        else:
            split["downsell_mrr"] += old - new
    return split


def changed_contracts(before: Composition, after: Composition) -> list[str]:
    """The contracts that started, ended, or carry another MRR, those at 0 included."""
    ids = set()
    for contract_id in before.keys() | after.keys():
        if contract_id not in before or contract_id not in after or before[contract_id].mrr != after[contract_id].mrr:
            ids.add(contract_id)
    return sorted(ids, key=by_bytes)


def kind_of_return(day: date, churned_on: date, switches: dict) -> str:
    """The return of someone seen before: after too long an absence it counts as new."""
    window = switches["reactivation_window_days"]
    if window is not None and (day - churned_on).days > window:
        return "new"
    return switches["reactivation_as"]


def movements_of(unit: Unit, last_day: date, *, skip_quiet_days: bool = True) -> list[Movement]:
    """Every movement of one unit from its first day to `last_day`."""
    switches = unit.switches
    changes = changes_of(unit, last_day, skip_quiet_days=skip_quiet_days)
    if switches["same_period_new_and_churn"] == "neither":
        changes = without_short_stays(changes, switches)

    result = []
    seen, churned_on = False, None
    for change in changes:
        before, after = mrr_of(change.before), mrr_of(change.after)
        paid, pays = is_paying(change.before, switches), is_paying(change.after, switches)
        products = dict.fromkeys(PRODUCT_COLUMNS, 0)
        kind, amount = None, abs(after - before)
        if pays and not paid:
            kind = kind_of_return(change.day, churned_on, switches) if seen else "new"
        elif paid and not pays:
            kind, churned_on = "churn", change.day
        elif paid and pays:
            products = split_by_product(change.before, change.after)
            if after > before:
                kind = "expansion"
            elif after < before:
                kind = "contraction"
            elif any(products.values()):
                kind = "product_mix"  # a swap at equal MRR
        seen = seen or pays
        if kind is not None:
            ids = changed_contracts(change.before, change.after)
            result.append(Movement(change.day, unit.name, kind, amount, before, after, products, ids))
    return result
