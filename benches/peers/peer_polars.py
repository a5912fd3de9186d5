"""polars, as an expert writes it: one lazy plan of expressions, sorted once.

A contract adds at its start and takes away at its end. What is left at the end of the range is taken away there, so the
balance of each customer ends at zero, and one running sum of all changes in order serves every customer. A change is
sorted as one number: customer, day or month, amount.

Slower, at ten million contracts: `group_by` of the keys (twice the sort), a sort of keys with amounts taken along (the
same), `sort` by two columns (ten times), months by `dt.year` and `dt.month` (four times the look-up); for ids, a cast
to `Categorical` or a join with the distinct ones (twice the sort by hash), `n_unique` of the texts (three times that of
their hashes). The streaming engine is as fast.
"""

import polars as pl

from book import DAYS, FIRST_DAY, GROUPS, MONTH_OF_DAY, MONTHS, PRODUCTS, read
from results import (
    CHURN,
    CONTRACTION,
    CROSS_SELL,
    DOWNSELL,
    EXPANSION,
    KINDS,
    NEW,
    PARTS,
    PRODUCT_CHURN,
    REACTIVATION,
    UPSELL,
    cells,
    checked,
    cohorts,
    movements,
    split,
)

CUSTOMER, SLOT, KIND = pl.col("customer"), pl.col("slot"), pl.col("kind")
BEFORE, AFTER, CHANGE = pl.col("before"), pl.col("after"), pl.col("after") - pl.col("before")
FIRST = (CUSTOMER != CUSTOMER.shift()).fill_null(True)
MONTH_OF = pl.lit(pl.Series(MONTH_OF_DAY))


def load(place, work):
    table = read(place, "contracts")
    if work == "w1_ids":
        table = table.drop_columns(["customer"])
        for column in ("contract_id", "customer_id"):
            table = table.append_column(column, read(place, "ids")[column])
    if work == "w1_products":
        products = pl.Series(read(place, "products")["product"]).cast(pl.Enum(PRODUCTS)).to_physical()
        table = table.append_column("product", products.to_arrow())
    groups = pl.from_arrow(read(place, "customers")).select("group") if work == "w1_by" else None
    return pl.from_arrow(table, rechunk=True), groups


def day(name):
    """Days from the start of the range; its end for what ends later or never."""
    return (pl.col(name).cast(pl.Int32) - FIRST_DAY).clip(upper_bound=DAYS).fill_null(DAYS)


def month(name):
    return MONTH_OF.gather(day(name))


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


def by_product(data):
    """The changes of one product are in order among those of all, and their running sum ends at zero as well."""
    frame, _ = data
    slots, bits = MONTHS + 1, int(frame["cents"].max()).bit_length() + 1
    half, low = 1 << (bits - 1), len(PRODUCTS).bit_length()
    contracts = frame.lazy()

    def packed(name, amount):
        key = (CUSTOMER.cast(pl.Int64) * slots + month(name)) * (1 << bits) + (half + amount)
        return contracts.select(change=key * (1 << low) + pl.col("product"))

    changes = pl.concat([packed("start", pl.col("cents")), packed("end", -pl.col("cents"))]).sort("change")
    change = ((pl.col("change") // (1 << low)) & ((1 << bits) - 1)) - half
    key, product = pl.col("change") // (1 << (bits + low)), (pl.col("change") & ((1 << low) - 1)).cast(pl.Int8)
    lines = changes.select(key=key, product=product, change=change, after=change.cum_sum())
    last = (pl.col("key") != pl.col("key").shift(-1)).fill_null(True)
    first = (pl.col("key") != pl.col("key").shift()).fill_null(True)
    after = pl.when(last).then(AFTER).backward_fill()
    before = pl.when(first).then(AFTER - pl.col("change")).forward_fill()
    lines = lines.with_columns(after=after, before=before, last=last).collect().lazy()
    parts = []
    for one in range(len(PRODUCTS)):
        mine = lines.filter(pl.col("product") == one).with_columns(held=pl.col("change").cum_sum())
        mine = mine.filter((pl.col("key") != pl.col("key").shift(-1)).fill_null(True))
        held, was = pl.col("held"), pl.col("was")
        part = (
            pl.when(was == 0).then(CROSS_SELL).when(held == 0).then(PRODUCT_CHURN)
            .when(held > was).then(UPSELL).otherwise(DOWNSELL).cast(pl.Int8)
        )  # fmt: skip
        mine = mine.with_columns(was=held.shift(fill_value=0)).filter((BEFORE > 0) & (AFTER > 0) & (held != was))
        mine = mine.select(slot=pl.col("key") % slots, part=part, change=(held - was).abs())
        parts.append(mine.group_by("slot", "part").agg(pl.col("change").sum()))
    whole = lines.filter("last").select("before", "after", customer=pl.col("key") // slots, slot=pl.col("key") % slots)
    kinds = moved(whole, slots).group_by("slot", "kind").agg(pl.col("change").sum(), customers=pl.len())
    parts = pl.concat(parts).group_by("slot", "part").agg(pl.col("change").sum())
    kinds, parts = pl.collect_all([kinds, parts])
    places = [kinds[name].to_numpy() for name in ("slot", "kind")]
    found = movements(*(cells((MONTHS, KINDS), places, kinds[name].to_numpy()) for name in ("change", "customers")))
    places = [parts[name].to_numpy() for name in ("slot", "part")]
    return found | split(cells((MONTHS, PARTS), places, parts["change"].to_numpy()))


def by_day(data):
    frame, _ = data
    changes = moved(closes(frame, day, DAYS + 1), DAYS + 1).with_columns(slot=MONTH_OF.gather(SLOT))
    # Of one kind, what a customer does in one month stands together.
    again = (CUSTOMER == CUSTOMER.shift()).sum()
    found = [
        changes.filter(KIND == kind)
        .group_by("slot")
        .agg(pl.col("change").sum(), events=pl.len(), customers=pl.len() - again)
        .with_columns(kind=pl.lit(kind))
        for kind in range(KINDS)
    ]
    found = pl.concat(found).collect()
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


def is_unique(texts):
    """Texts whose hashes all differ all differ; only if some hashes are the same do the texts have to be looked at."""
    return texts.hash().n_unique() == len(texts) or texts.n_unique() == len(texts)


def numbered(frame):
    """Numbers for customers, by a sort of the hashes of their ids; None if two of them have one hash."""
    ids, hashes = pl.col("customer_id"), pl.col("hash")
    lines = frame.lazy().select("customer_id", "start", "end", "cents", hash=ids.hash()).sort("hash")
    changes = [(column != column.shift()).fill_null(True) for column in (hashes, ids)]
    number = changes[0].cum_sum().cast(pl.Int32)
    found = lines.select("start", "end", "cents", customer=number, is_exact=(changes[0] == changes[1]).all()).collect()
    return found if found["is_exact"][0] else None


def from_ids(data):
    frame, _ = data
    checked(is_unique(frame["contract_id"]), not (frame["start"] >= frame["end"]).any())
    coded = numbered(frame)
    if coded is None:
        coded = frame.with_columns(customer=pl.col("customer_id").cast(pl.Categorical).to_physical())
    return by_month((coded, None))


WORKS = {"w1": by_month, "w1_products": by_product, "w1_by": by_month, "w2": triangle, "w3": by_day, "w1_ids": from_ids}
