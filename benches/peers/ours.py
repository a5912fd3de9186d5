"""The library: a portfolio is built before the work, except where the work is to build it."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

import customer_success as cs
from book import ATTRIBUTES, END, START, read
from results import BY_PRODUCT, MOVEMENTS

SAMPLED = {"sampling": "period_end"}
PARTS = 8
REQUIRED = ["contract_id", "customer_id", "start_date", "end_date", "mrr"]


def contracts(place):
    """The table of contracts, as the library takes it: ids are texts, money is decimal."""
    numbers, ids = read(place, "contracts").combine_chunks(), read(place, "ids")
    cents = numbers["cents"].to_numpy()
    # A decimal is 128 bits wide, and no amount is negative.
    wide = np.column_stack([cents, np.zeros_like(cents)])
    mrr = pa.Array.from_buffers(pa.decimal128(18, 2), len(cents), [None, pa.py_buffer(wide)])
    columns = [ids["contract_id"], ids["customer_id"], numbers["start"], numbers["end"], mrr]
    return pa.table([*columns, read(place, "products")["product"]], [*REQUIRED, "product"])


def portfolio(table, customers=None):
    return cs.Portfolio.from_tables(contracts=table, customers=customers, currency="USD")


def load(place, work):
    table = contracts(place)
    if work == "build":
        return table
    # Without products the library computes what the peers compute, and no more.
    if work != "w1_products":
        table = table.select(REQUIRED)
    if work == "w1_ids":
        return table
    if work == "merged":
        part = read(place, "contracts")["customer"].to_numpy() % PARTS
        return [portfolio(table.filter(pa.array(part == one))) for one in range(PARTS)]
    customers = read(place, "customers").drop_columns(["group"]) if work == "w1_by" else None
    return portfolio(table, customers)


def by_month(book):
    return book.movements(START, END, definitions=SAMPLED)


def by_group(book):
    return book.movements(START, END, by=list(ATTRIBUTES), definitions=SAMPLED)


def by_day(book):
    return book.movements(START, END)


def triangle(book):
    return book.cohorts(END)


def from_ids(table):
    return by_month(portfolio(table))


def merged(parts):
    return cs.merge([part.partial("movements", START, END, definitions=SAMPLED) for part in parts])


WORKS = {
    "w1": by_month,
    "w1_products": by_month,
    "w1_by": by_group,
    "w2": triangle,
    "w3": by_day,
    "w1_ids": from_ids,
    "merged": merged,
}


def columns(result, work):
    """The columns that are compared, as whole cents and counts."""
    table = pa.table(result).combine_chunks()
    if "cohort" in table.column_names:
        months = table["cohort"].to_numpy().astype("datetime64[M]").astype(int)
        found = {"cohort": months - (START.year - 1970) * 12 - START.month + 1}
        names = ["age", "customers", "mrr"]
    else:
        found, names = {}, MOVEMENTS + BY_PRODUCT if work == "w1_products" else MOVEMENTS
    return found | {name: whole(table[name].chunk(0)) for name in names}


def whole(values):
    if not pa.types.is_decimal(values.type):
        return values.to_numpy()
    # The low half of 128 bits holds every amount of these books.
    return np.frombuffer(values.buffers()[1], np.int64).reshape(-1, 2)[:, 0]


def build(table, settle, memory):
    """Bytes that a built portfolio keeps; what is free is given back to the system before each look."""
    settle()
    before = memory("VmRSS")
    kept = portfolio(table)
    settle()
    after = memory("VmRSS")
    texts = [table["contract_id"], table["customer_id"].unique()]
    ids = sum(pc.sum(pc.binary_length(column)).as_py() for column in texts)
    return {"bytes": after - before, "ids": ids, "rows_read": kept.load_report.rows_read}
