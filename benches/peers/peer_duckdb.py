"""duckdb, as an expert writes it: whole numbers, one statement, on a table of its own in memory.

A contract adds at its start and takes away at its end; what a customer changes in one slot (a month or a day) is
netted, and a window runs over the changes of each customer.
"""

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from book import GROUPS, MONTHS, PRODUCTS, START, read
from results import CHURN, CONTRACTION, EXPANSION, KINDS, NEW, REACTIVATION, cells, checked, cohorts, movements, split

MONTH = f"(year({{0}}) * 12 + month({{0}}) - {START.year * 12 + START.month})"
DAY = "{0}"

# Who comes and goes within one slot changes nothing, and has a cohort all the same.
LINES = """
with changes as (
    select customer, {slot_of_start} as slot, cents as change from {contracts}
    union all
    select customer, {slot_of_end}, -cents from {contracts} where "end" is not null
), netted as (
    select customer, slot, sum(change)::bigint as change from changes group by all {having}
), lines as (
    select customer, slot, change, sum(change) over ordered as after, row_number() over ordered = 1 as is_first,
        first_value(slot) over ordered as cohort
    from netted
    window ordered as (partition by customer order by slot rows unbounded preceding)
)
"""
MOVED = f"""
, moved as (
    select customer, {{month}} as month, abs(change) as change,
        case
            when after = 0 then {CHURN}
            when is_first then {NEW}
            when after = change then {REACTIVATION}
            when change > 0 then {EXPANSION}
            else {CONTRACTION}
        end as kind
    from lines
)
"""


def lines(slot, contracts="contracts", having="having sum(change) <> 0"):
    slots = {"slot_of_start": slot.format("start"), "slot_of_end": slot.format('"end"')}
    return LINES.format(**slots, contracts=contracts, having=having)


BY_MONTH = lines(MONTH) + MOVED.format(month="slot")
W1 = BY_MONTH + f"""
select month, kind, sum(change)::bigint, count(*) from moved where month < {MONTHS} group by all
"""
W1_BY = BY_MONTH + f"""
select "group", month, kind, sum(change)::bigint, count(*)
from moved join groups using (customer) where month < {MONTHS} group by all
"""
# What a customer pays in all stands beside what it pays for each product, by windows; whoever pays as much for other
# products is of one kind more. Slower: a column for each product (once and a half), a join of the two sums.
W1_PRODUCTS = f"""
with changes as (
    select customer, product, {MONTH.format("start")} as slot, cents as change from contracts
    union all
    select customer, product, {MONTH.format('"end"')}, -cents from contracts where "end" is not null
), netted as (
    select customer, product, slot, sum(change)::bigint as change from changes group by all having sum(change) <> 0
), lines as (
    select slot, change, (sum(change) over held)::bigint as held, (sum(change) over ordered)::bigint as after,
        coalesce(sum(change) over earlier, 0)::bigint as before, lag(slot) over ordered as previous,
        first_value(slot) over ordered as first_slot
    from netted
    window held as (partition by customer, product order by slot rows unbounded preceding),
        ordered as (partition by customer order by slot),
        earlier as (partition by customer order by slot range between unbounded preceding and 1 preceding)
), moved as (
    select *, after > 0 and before > 0 as pays, previous is distinct from slot as is_whole,
        case
            when after = 0 then {CHURN}
            when before > 0 and after > before then {EXPANSION}
            when before > 0 and after < before then {CONTRACTION}
            when before > 0 then {KINDS}
            when first_slot = slot then {NEW}
            else {REACTIVATION}
        end as kind
    from lines where slot < {MONTHS}
)
select slot, kind, coalesce(sum(abs(after - before)) filter (is_whole), 0)::bigint, count(*) filter (is_whole),
    coalesce(sum(change) filter (pays and change > 0 and held > change), 0)::bigint,
    coalesce(sum(change) filter (pays and change > 0 and held = change), 0)::bigint,
    coalesce(-sum(change) filter (pays and change < 0 and held > 0), 0)::bigint,
    coalesce(-sum(change) filter (pays and change < 0 and held = 0), 0)::bigint
from moved group by all
"""
# Distinct customers by kind: first what each did in a month, then how many did it.
W3 = lines(DAY) + MOVED.format(month=MONTH.format("slot")) + f"""
, by_customer as (
    select customer, month, kind, sum(change)::bigint as change, count(*) as events
    from moved where month < {MONTHS} group by all
)
select month, kind, sum(change)::bigint, count(*), sum(events)::bigint from by_customer group by all
"""
W2 = lines(MONTH, having="") + f"""
select cohort, slot, sum(change)::bigint, sum((after > 0)::int - (after - change > 0)::int)::bigint
from lines where slot < {MONTHS} group by all
"""
CHECKS = """
select (select count(*) from (select contract_id from contracts group by all)) = count(*),
    coalesce(bool_and(start < "end"), true)
from contracts
"""
TEXTS = "(select customer_id as customer, start, \"end\", cents from contracts)"
W1_IDS = lines(MONTH, contracts=TEXTS) + MOVED.format(month="slot") + f"""
select month, kind, sum(change)::bigint, count(*) from moved where month < {MONTHS} group by all
"""


def load(place, work):
    table = read(place, "contracts")
    if work == "w1_ids":
        table = table.drop_columns(["customer"])
        for column in ("contract_id", "customer_id"):
            table = table.append_column(column, read(place, "ids")[column])
    if work == "w1_products":
        codes = pc.index_in(read(place, "products")["product"], pa.array(PRODUCTS)).cast(pa.int8())
        table = table.append_column("product", codes)
    connection = duckdb.connect()
    connection.register("given", table)
    connection.execute("create table contracts as from given")
    connection.unregister("given")
    if work == "w1_by":
        groups = read(place, "customers")
        numbers = pa.array(range(len(groups)), pa.int32())
        connection.register("given", pa.table({"customer": numbers, "group": groups["group"]}))
        connection.execute('create table groups as select customer, "group" from given')
        connection.unregister("given")
    return connection


def answered(connection, sql, shape):
    """Sums by the keys, in arrays of their shape."""
    found = list(connection.execute(sql).fetchnumpy().values())
    keys = len(shape)
    return [cells(shape, found[:keys], values) for values in found[keys:]]


def by_month(connection):
    return movements(*answered(connection, W1, (MONTHS, KINDS)))


def by_group(connection):
    return movements(*answered(connection, W1_BY, (GROUPS, MONTHS, KINDS)))


def by_product(connection):
    change, customers, *parts = answered(connection, W1_PRODUCTS, (MONTHS, KINDS + 1))
    parts = np.stack([values.sum(axis=1) for values in parts], axis=1)
    return movements(change[:, :KINDS], customers[:, :KINDS]) | split(parts)


def by_day(connection):
    change, customers, events = answered(connection, W3, (MONTHS, KINDS))
    return movements(change, customers, events[:, NEW] + events[:, REACTIVATION] - events[:, CHURN])


def triangle(connection):
    return cohorts(*answered(connection, W2, (MONTHS, MONTHS)))


def from_ids(connection):
    checked(*connection.execute(CHECKS).fetchone())
    return movements(*answered(connection, W1_IDS, (MONTHS, KINDS)))


WORKS = {"w1": by_month, "w1_products": by_product, "w1_by": by_group, "w2": triangle, "w3": by_day, "w1_ids": from_ids}
