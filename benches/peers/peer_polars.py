"""polars, as an expert writes it: one lazy plan of expressions, sorted once.

A contract adds at its start and takes away at its end. What is left at the end of the range is taken away there, so the
balance of each customer ends at zero, and one running sum of all changes in order serves every customer. A change is
sorted as one number: customer, day or month, amount.
"""

import numpy as np
import polars as pl

from book import DAYS, END, FIRST_DAY, GROUPS, MONTHS, START, read
from results import CHURN, CONTRACTION, EXPANSION, KINDS, NEW, REACTIVATION, cells, checked, cohorts, movements

CUSTOMER, SLOT, KIND = pl.col("customer"), pl.col("slot"), pl.col("kind")
BEFORE, AFTER, CHANGE = pl.col("before"), pl.col("after"), pl.col("after") - pl.col("before")
FIRST = (CUSTOMER != CUSTOMER.shift()).fill_null(True)


def load(place, work):
    table = read(place, "contracts")
    if work == "w1_ids":
        table = table.drop_columns(["customer"])
        for column in ("contract_id", "customer_id"):
            table = table.append_column(column, read(place, "ids")[column])
    groups = pl.from_arrow(read(place, "customers")).select("group") if work == "w1_by" else None
    return pl.from_arrow(table, rechunk=True), groups


def month(name):
    """Months from the start of the range; its end for what ends later or never."""
    day = pl.col(name)
    months = day.dt.year().cast(pl.Int32) * 12 + day.dt.month().cast(pl.Int32) - START.year * 12 - START.month
    return months.clip(upper_bound=MONTHS).fill_null(MONTHS)


def day(name):
    return (pl.col(name).cast(pl.Int32) - FIRST_DAY).clip(upper_bound=DAYS).fill_null(DAYS)


def closes(frame, slot, slots):
    """Where the balance of a customer may change: customer and slot, the balance before and after."""
    bits = int(frame["cents"].max()).bit_length() + 1
    half = 1 << (bits - 1)
    contracts = frame.lazy()

    def packed(name, amount):
        key = CUSTOMER.cast(pl.Int64) * slots + slot(name)
        return contracts.select(change=key * (1 << bits) + (half + amount))

    changes = pl.concat([packed("start", pl.col("cents")), packed("end", -pl.col("cents"))]).sort("change")
    key = pl.col("change") // (1 << bits)
    lines = changes.select(key=key, after=((pl.col("change") & ((1 << bits) - 1)) - half).cum_sum())
    lines = lines.filter((pl.col("key") != pl.col("key").shift(-1)).fill_null(True))
    before = AFTER.shift(fill_value=0)
    return lines.select(customer=pl.col("key") // slots, slot=pl.col("key") % slots, before=before, after="after")


def moved(lines, slots):
    """Only what changed within the range, with its kind; the first change of a customer is a first payment."""
    kind = (
        pl.when(AFTER == 0).then(CHURN).when(FIRST).then(NEW).when(BEFORE == 0).then(REACTIVATION)
        .when(AFTER > BEFORE).then(EXPANSION).otherwise(CONTRACTION).cast(pl.Int8)
    )  # fmt: skip
    return lines.filter(BEFORE != AFTER).with_columns(kind=kind, change=CHANGE.abs()).filter(SLOT < slots - 1)


def by_month(data):
    frame, groups = data
    changes = moved(closes(frame, month, MONTHS + 1), MONTHS + 1)
    keys, shape = ["slot", "kind"], (MONTHS, KINDS)
    if groups is not None:
        changes = changes.with_columns(group=pl.lit(groups["group"]).gather(CUSTOMER))
        keys, shape = ["group", *keys], (GROUPS, *shape)
    found = changes.group_by(keys).agg(pl.col("change").sum(), customers=pl.len()).collect()
    places = [found[name].to_numpy() for name in keys]
    return movements(*(cells(shape, places, found[name].to_numpy()) for name in ("change", "customers")))


def by_day(data):
    frame, _ = data
    months = (SLOT + FIRST_DAY).cast(pl.Int32).cast(pl.Date)
    month = (months.dt.year().cast(pl.Int32) * 12 + months.dt.month() - START.year * 12 - START.month).cast(pl.Int32)
    changes = moved(closes(frame, day, DAYS + 1), DAYS + 1).with_columns(slot=month)
    # Of one kind, what a customer does in one month stands together.
    found = [
        changes.filter(KIND == kind)
        .group_by("slot")
        .agg(
            pl.col("change").sum(),
            events=pl.len(),
            customers=pl.len() - ((CUSTOMER == CUSTOMER.shift()) ).sum(),
        )
        for kind in range(KINDS)
    ]
    found = pl.concat([one.with_columns(kind=pl.lit(kind)) for kind, one in enumerate(found)]).collect()
    places = [found["slot"].to_numpy(), found["kind"].to_numpy()]
    change, events, customers = (
        cells((MONTHS, KINDS), places, found[name].to_numpy()) for name in ("change", "events", "customers")
    )
    return movements(change, customers, events[:, NEW] + events[:, REACTIVATION] - events[:, CHURN])


def triangle(data):
    frame, _ = data
    # Who comes and goes within one month changes nothing, and has a cohort all the same.
    lines = closes(frame, month, MONTHS + 1).with_columns(cohort=pl.when(FIRST).then(SLOT).forward_fill())
    joined = (AFTER > 0).cast(pl.Int64) - (BEFORE > 0).cast(pl.Int64)
    cells_of = lines.filter(SLOT < MONTHS).group_by("cohort", "slot")
    found = cells_of.agg(mrr=CHANGE.sum(), customers=joined.sum()).collect()
    places = [found["cohort"].to_numpy(), found["slot"].to_numpy()]
    shape = (MONTHS, MONTHS)
    return cohorts(*(cells(shape, places, found[name].to_numpy()) for name in ("mrr", "customers")))


def from_ids(data):
    frame, _ = data
    checked(frame["contract_id"].n_unique() == len(frame), not (frame["start"] >= frame["end"]).any())
    codes = frame.select("start", "end", "cents", customer=pl.col("customer_id").cast(pl.Categorical).to_physical())
    return by_month((codes, None))


WORKS = {"w1": by_month, "w1_by": by_month, "w2": triangle, "w3": by_day, "w1_ids": from_ids}
