"""pandas, as an expert writes it: the columns of the frame as arrays of numpy, where a frame would be slow.

A contract adds at its start and takes away at its end. What is left at the end of the range is taken away there, so the
balance of each customer ends at zero, and one running sum of all changes in order serves every customer. A change is
sorted as one number: customer, day or month, amount.

Slower, at ten million contracts: `argsort` of the keys (four times the sort), a dense array of customers and months
(the same, with a gigabyte), `groupby` on customer and month (fifteen times).
"""

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from book import DAYS, FIRST_DAY, GROUPS, MONTH_OF_DAY, MONTHS, NO_END, PRODUCTS, read
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
    checked,
    cohorts,
    movements,
    split,
)


def load(place, work):
    contracts = read(place, "contracts")
    # Days as whole numbers: there is no faster form of them.
    columns = {name: contracts[name].cast(pa.int32()).fill_null(NO_END) for name in ("start", "end")}
    columns |= {"cents": contracts["cents"], "customer": contracts["customer"]}
    if work == "w1_ids":
        columns |= dict(zip(["contract_id", "customer"], read(place, "ids").columns, strict=True))
    if work == "w1_products":
        columns["product"] = pc.index_in(read(place, "products")["product"], pa.array(PRODUCTS)).cast(pa.int8())
    groups = read(place, "customers")["group"].to_numpy() if work == "w1_by" else None
    return pa.table(columns).to_pandas(), groups


def day(column):
    """Days of the range, with its end for what ends later or never."""
    return np.minimum(column.to_numpy() - np.int32(FIRST_DAY), np.int32(DAYS))


def month(column):
    return np.take(MONTH_OF_DAY, day(column))


def closes(customer, start, end, cents, slots):
    """Where the balance of a customer may change: customer and slot as one key, the balance before and after."""
    bits = int(cents.max()).bit_length() + 1
    half = 1 << (bits - 1)
    packed = np.empty(2 * len(cents), np.int64)
    key = customer.astype(np.int64) * slots
    packed[: len(cents)] = ((key + start) << bits) + (half + cents)
    packed[len(cents) :] = ((key + end) << bits) + (half - cents)
    packed.sort()
    key = packed >> bits
    packed &= (1 << bits) - 1
    packed -= half
    np.cumsum(packed, out=packed)
    last = np.flatnonzero(np.append(key[1:] != key[:-1], True))
    key, after = key[last], packed[last]
    return key, np.append(0, after[:-1]), after


def products(frame):
    """The same lines, with what changes by product among those who pay before and after.

    In the order of customers, a stable sort of products alone brings together what each customer pays for each.
    """
    slots, cents, product = MONTHS + 1, frame["cents"].to_numpy(), frame["product"].to_numpy()
    bits, low = int(cents.max()).bit_length() + 1, len(PRODUCTS).bit_length()
    half = 1 << (bits - 1)
    packed = np.empty(2 * len(cents), np.int64)
    key = frame["customer"].to_numpy().astype(np.int64) * slots
    packed[: len(cents)] = ((((key + month(frame["start"])) << bits) + (half + cents)) << low) + product
    packed[len(cents) :] = ((((key + month(frame["end"])) << bits) + (half - cents)) << low) + product
    packed.sort()
    product = (packed & ((1 << low) - 1)).astype(np.int8)
    packed >>= low
    key = packed >> bits
    packed &= (1 << bits) - 1
    packed -= half
    is_last = np.append(key[1:] != key[:-1], True)
    last = np.flatnonzero(is_last)
    after = np.cumsum(packed)[last]
    before = np.append(0, after[:-1])
    lines = key[last], before, after
    # Only what is paid by those who pay before and after is looked at, but all of it is summed.
    line = np.append(0, np.cumsum(is_last[:-1], dtype=np.int32))
    order = np.argsort(product, kind="stable")
    product, line, held = product[order], line[order], np.cumsum(packed[order])
    last = np.flatnonzero(np.append((line[1:] != line[:-1]) | (product[1:] != product[:-1]), True))
    line, held = line[last], held[last]
    was = np.append(0, held[:-1])
    changed = np.flatnonzero((held != was) & ((before > 0) & (after > 0))[line])
    line, held, was = line[changed], held[changed], was[changed]
    part = np.where(held > was, UPSELL, DOWNSELL).astype(np.int8)
    part[was == 0] = CROSS_SELL
    part[held == 0] = PRODUCT_CHURN
    place = lines[0][line] % slots * PARTS + part
    return lines, summed(place, np.abs(held - was), MONTHS * PARTS)


def moved(key, before, after, slots):
    """Only what changed within the range: customer, slot, kind, by how much."""
    changed = np.flatnonzero(before != after)
    key, before, after = key[changed], before[changed], after[changed]
    customer, slot = np.divmod(key, slots)
    # The first change of a customer is a first payment.
    first = np.append(True, customer[1:] != customer[:-1])
    kind = np.where(after > before, EXPANSION, CONTRACTION).astype(np.int8)
    kind[before == 0] = REACTIVATION
    kind[first] = NEW
    kind[after == 0] = CHURN
    inside = np.flatnonzero(slot < slots - 1)
    return customer[inside], slot[inside], kind[inside], (after - before)[inside]


def summed(place, weights, length):
    # Floats hold whole numbers up to 2^53 exactly.
    return np.bincount(place, weights, length).astype(np.int64)


def by_month(data, customer=None):
    frame, groups = data
    customer = frame["customer"].to_numpy() if customer is None else customer
    slots = MONTHS + 1
    lines = closes(customer, month(frame["start"]), month(frame["end"]), frame["cents"].to_numpy(), slots)
    customer, slot, kind, change = moved(*lines, slots)
    place, length = slot * KINDS + kind, MONTHS * KINDS
    if groups is not None:
        place += groups[customer].astype(np.int64) * length
        length *= GROUPS
    return movements(summed(place, np.abs(change), length), np.bincount(place, minlength=length))


def by_product(data):
    frame, _ = data
    lines, parts = products(frame)
    _, slot, kind, change = moved(*lines, MONTHS + 1)
    place, length = slot * KINDS + kind, MONTHS * KINDS
    counts = np.bincount(place, minlength=length)
    return movements(summed(place, np.abs(change), length), counts) | split(parts)


def by_day(data):
    frame, _ = data
    slots = DAYS + 1
    customer, cents = frame["customer"].to_numpy(), frame["cents"].to_numpy()
    lines = closes(customer, day(frame["start"]), day(frame["end"]), cents, slots)
    customer, slot, kind, change = moved(*lines, slots)
    slot = MONTH_OF_DAY[slot].astype(np.int64)
    place, length = slot * KINDS + kind, MONTHS * KINDS
    counts = np.zeros((MONTHS, KINDS), np.int64)
    for one in range(KINDS):
        # Of one kind, what a customer does in one month stands together.
        rows = np.flatnonzero(kind == one)
        seen = customer[rows] * MONTHS + slot[rows]
        distinct = rows[np.append(True, seen[1:] != seen[:-1])] if len(rows) else rows
        counts[:, one] = np.bincount(slot[distinct], minlength=MONTHS)
    events = np.bincount(place, minlength=length).reshape(MONTHS, KINDS)
    joined = events[:, NEW] + events[:, REACTIVATION] - events[:, CHURN]
    return movements(summed(place, np.abs(change), length), counts, joined)


def triangle(data):
    frame, _ = data
    slots = MONTHS + 1
    customer = frame["customer"].to_numpy()
    key, before, after = closes(customer, month(frame["start"]), month(frame["end"]), frame["cents"].to_numpy(), slots)
    customer, slot = np.divmod(key, slots)
    first = np.flatnonzero(np.append(True, customer[1:] != customer[:-1]))
    # Who comes and goes within one month changes nothing, and has a cohort all the same.
    cohort = np.repeat(slot[first], np.diff(np.append(first, len(key))))
    inside = np.flatnonzero(slot < MONTHS)
    before, after = before[inside], after[inside]
    place, length = (cohort * MONTHS + slot)[inside], MONTHS * MONTHS
    customers = (after > 0).astype(np.int8) - (before > 0).astype(np.int8)
    return cohorts(summed(place, after - before, length), summed(place, customers, length))


def from_ids(data):
    frame, _ = data
    checked(frame["contract_id"].is_unique, bool((frame["start"] < frame["end"]).all()))
    return by_month(data, pd.factorize(frame["customer"])[0])


WORKS = {"w1": by_month, "w1_products": by_product, "w1_by": by_month, "w2": triangle, "w3": by_day, "w1_ids": from_ids}
