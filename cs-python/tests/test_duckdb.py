"""The library against plain SQL, which was written from the definitions alone, on books of hundreds of contracts.

The reference model looks at every day of small books. Here the books are larger, and the arithmetic is that of a
database: changes of a day summed by customer, balances as what is in force at a close.
"""

import calendar
import datetime
import functools
import random
from typing import Any, NamedTuple

import duckdb
import pyarrow
import pyarrow.compute
import pytest

import customer_success as cs

BOOKS = 1_000
PARTS = 20
OPERATIONS = ("movements", "cohorts")
MONTHS = {"month": 1, "quarter": 3, "year": 12}
PRODUCTS = (None, None, "core", "core", "reports", "seats")
LENGTHS = (1, 7, 28, 30, 31, 59, 90, 181, 365, 366, 400)
DAYS = 3 * 365
DAY = datetime.timedelta(days=1)


class Book(NamedTuple):
    """Contracts, and what is asked of them."""

    contracts: list[dict[str, Any]]
    definitions: dict[str, Any]
    start: datetime.date
    end: datetime.date


def on_an_edge(day: datetime.date, edge: int) -> datetime.date:
    """The day, or an edge of its month, or the leap day of its year: there sits what is wrong by one."""
    if edge == 0:
        return day.replace(day=1)
    if edge == 1:
        return day.replace(day=calendar.monthrange(day.year, day.month)[1])
    if edge == 2 and calendar.isleap(day.year):
        return day.replace(month=2, day=29)
    return day


def larger_book(seed: int) -> Book:
    """Some hundred to over a thousand contracts of 100 to 300 customers, who begin within about three years."""
    rng = random.Random(seed)
    first = datetime.date(rng.randint(2015, 2027), rng.randint(1, 12), rng.randint(1, 28))
    contracts: list[dict[str, Any]] = []
    for customer in range(rng.randint(100, 300)):
        start = on_an_edge(first + DAY * rng.randrange(DAYS - 200), rng.randrange(8))
        cents = rng.choice((0, 5_000, 5_000, 9_999, rng.randrange(1, 200_000)))
        product = rng.choice(PRODUCTS)
        for _ in range(rng.randint(1, 6)):
            ends = on_an_edge(start + DAY * rng.choice(LENGTHS), rng.randrange(8))
            end = None if rng.random() < 0.15 or ends <= start else ends
            contracts.append(
                {
                    "contract_id": f"c-{len(contracts)}",
                    "customer_id": f"customer {customer}",
                    "product": product,
                    "start_date": start,
                    "end_date": end,
                    "mrr": f"{cents // 100}.{cents % 100:02}",
                }
            )
            # What follows: a swap on the day, a return after a gap, or a contract beside the one before.
            follows = rng.random()
            if end and follows < 0.4:
                start = end
            elif end and follows < 0.65:
                start = end + DAY * rng.choice((1, 1, 30, rng.randint(2, 300)))
            else:
                start += DAY * rng.choice((0, 1, 31, rng.randint(2, 200)))
            # Half of the time the price or the product stays, so that swaps at the same MRR occur.
            if rng.random() < 0.5:
                cents = rng.choice((0, 5_000, cents // 2, cents + 1, rng.randrange(1, 200_000)))
            if rng.random() < 0.5:
                product = rng.choice(PRODUCTS)
    rng.shuffle(contracts)
    definitions: dict[str, Any] = {}
    if rng.random() < 0.4:
        definitions = {"period": rng.choice(("quarter", "year")), "fiscal_year_start": rng.randint(1, 12)}
    # Most questions lie within the book; some begin before it or end after it, and all are widened.
    start = on_an_edge(first + DAY * rng.randint(-200, DAYS), rng.randrange(8))
    end = on_an_edge(start + DAY * rng.randint(1, DAYS), rng.randrange(8))
    return Book(contracts, definitions, start, max(end, start + DAY))


SQL = """
-- The first day of the period that holds a day. Twelve is a multiple of every length, so years need no care.
create macro first_day(day, months, fiscal) as
    cast(date_trunc('month', day) - to_months((month(day) - fiscal + 12) % months) as date);
create macro later(day, months) as cast(day + to_months(months) as date);
-- Money is counted in cents; a decimal of two digits is made at the very end, by an exact product.
create macro money(cents) as cast(cast(coalesce(cents, 0) as decimal(36, 0)) * 0.01 as decimal(38, 2));

create table terms as
    select book, customer_id, product, start_date, end_date, cast(cast(mrr as decimal(18, 2)) * 100 as bigint) as cents
    from contracts;

-- Questions, widened to whole periods. The end is exclusive: its day before is the last one asked for.
create table ranges as
    select book, months, fiscal,
        first_day(start_day, months, fiscal) as range_start,
        later(first_day(end_day - 1, months, fiscal), months) as range_end
    from questions;

-- A contract adds on its first day and takes away on the first day it is not in force.
create table changes as
    select book, customer_id, product, start_date as day, cents as change from terms
    union all
    select book, customer_id, product, end_date, -cents from terms where end_date is not null;

-- What changes on one day is netted. A day whose changes sum to zero stays: products may have been swapped.
create table customer_days as
    with netted as (
        select book, customer_id, day, sum(change) as change from changes group by all
    ), closes as (
        select *, sum(change) over (partition by book, customer_id order by day) as mrr from netted
    )
    select book, customer_id, day, mrr - change as mrr_before, mrr,
        coalesce(max(mrr) over (
            partition by book, customer_id order by day rows between unbounded preceding and 1 preceding
        ), 0) > 0 as seen
    from closes;

create table flows as
    select *, mrr - mrr_before as change,
        case
            when mrr_before = 0 and mrr > 0 and not seen then 'new'
            when mrr_before = 0 and mrr > 0 then 'reactivation'
            when mrr_before > 0 and mrr > mrr_before then 'expansion'
            when mrr_before > 0 and mrr = 0 then 'churn'
            when mrr_before > 0 and mrr < mrr_before then 'contraction'
        end as kind
    from customer_days;

-- The same by product, on days of customers who pay before and after. No product is a product like any other.
create table product_flows as
    with netted as (
        select book, customer_id, product, day, sum(change) as change from changes group by all
    ), closes as (
        select *, sum(change) over (partition by book, customer_id, product order by day) as mrr from netted
    )
    select book, day, closes.change,
        case
            when closes.change > 0 and closes.mrr = closes.change then 'cross_sell'
            when closes.change > 0 then 'upsell'
            when closes.change < 0 and closes.mrr = 0 then 'product_churn'
            when closes.change < 0 then 'downsell'
        end as kind
    from closes join customer_days using (book, customer_id, day)
    where customer_days.mrr_before > 0 and customer_days.mrr > 0;

create table periods as
    select book, months, range_start, range_end, later(range_start, months * n) as period_start,
        later(range_start, months * (n + 1)) as period_end
    from ranges, unnest(generate_series(0, datediff('month', range_start, range_end) // months - 1)) as numbers(n);

-- A cohort is the period of the first paying day.
create table first_days as
    select book, customer_id, min(day) as first_paid, arg_min(mrr, day) as base,
        first_day(min(day), any_value(months), any_value(fiscal)) as cohort
    from customer_days join ranges using (book)
    where mrr > 0
    group by book, customer_id;

-- Ages run to the end of the range, even where nobody is left.
create table ages as
    with sizes as (
        select book, cohort, months, range_end, count(*) as size, sum(base) as base
        from first_days join ranges using (book)
        where cohort < range_end
        group by all
    )
    select book, cohort, age, size, base, later(cohort, months * (age + 1)) - 1 as close_day
    from sizes, unnest(generate_series(0, datediff('month', cohort, range_end) // months - 1)) as numbers(age);

-- Balances come from the contracts in force at a close, not from the changes: the two ways have to agree.
create table balances as
    with closes as (
        select book, period_start - 1 as close_day from periods
        union
        select book, period_end - 1 from periods
        union
        select book, close_day from ages
    )
    select book, close_day, customer_id, sum(cents) as mrr
    from terms join closes using (book)
    where start_date <= close_day and (end_date is null or close_day < end_date)
    group by all
    having sum(cents) > 0;

create table movements as
    with totals as (
        select book, close_day, sum(mrr) as mrr, count(*) as customers from balances group by all
    ), moved as (
        select book, period_start,
            sum(change) filter (kind = 'new') as new_mrr,
            sum(change) filter (kind = 'reactivation') as reactivation_mrr,
            sum(change) filter (kind = 'expansion') as expansion_mrr,
            -sum(change) filter (kind = 'contraction') as contraction_mrr,
            -sum(change) filter (kind = 'churn') as churned_mrr,
            count(distinct customer_id) filter (kind = 'new') as new_customers,
            count(distinct customer_id) filter (kind = 'reactivation') as reactivated_customers,
            count(distinct customer_id) filter (kind = 'expansion') as expanded_customers,
            count(distinct customer_id) filter (kind = 'contraction') as contracted_customers,
            count(distinct customer_id) filter (kind = 'churn') as churned_customers
        from periods join flows using (book)
        where period_start <= day and day < period_end
        group by all
    ), sold as (
        select book, period_start,
            sum(change) filter (kind = 'upsell') as upsell_mrr,
            sum(change) filter (kind = 'cross_sell') as cross_sell_mrr,
            -sum(change) filter (kind = 'downsell') as downsell_mrr,
            -sum(change) filter (kind = 'product_churn') as product_churn_mrr
        from periods join product_flows using (book)
        where period_start <= day and day < period_end
        group by all
    )
    select book, period_start, period_end,
        money(opening.mrr) as opening_mrr,
        money(new_mrr) as new_mrr,
        money(reactivation_mrr) as reactivation_mrr,
        money(expansion_mrr) as expansion_mrr,
        money(contraction_mrr) as contraction_mrr,
        money(churned_mrr) as churned_mrr,
        money(0) as fx_mrr,
        money(closing.mrr) as closing_mrr,
        money(0) as provisional_mrr,
        money(12 * closing.mrr) as closing_arr,
        money(upsell_mrr) as upsell_mrr,
        money(cross_sell_mrr) as cross_sell_mrr,
        money(downsell_mrr) as downsell_mrr,
        money(product_churn_mrr) as product_churn_mrr,
        coalesce(opening.customers, 0) as opening_customers,
        coalesce(new_customers, 0) as new_customers,
        coalesce(reactivated_customers, 0) as reactivated_customers,
        coalesce(expanded_customers, 0) as expanded_customers,
        coalesce(contracted_customers, 0) as contracted_customers,
        coalesce(churned_customers, 0) as churned_customers,
        coalesce(closing.customers, 0) as closing_customers
    from periods
        left join moved using (book, period_start)
        left join sold using (book, period_start)
        left join totals as opening on opening.book = periods.book and opening.close_day = period_start - 1
        left join totals as closing on closing.book = periods.book and closing.close_day = period_end - 1
    order by book, period_start;

-- Ratios divide counts of cents, as doubles: one division, so one rounding.
create table cohorts as
    with cells as (
        select book, cohort, close_day, sum(mrr) as mrr, count(*) as customers
        from balances join first_days using (book, customer_id)
        group by all
    )
    select book, cohort, age, size,
        money(base) as base_mrr,
        coalesce(customers, 0) as customers,
        money(mrr) as mrr,
        coalesce(customers, 0)::double / size::double as customer_retention,
        coalesce(mrr, 0)::bigint::double / base::bigint::double as mrr_retention
    from ages left join cells using (book, cohort, close_day)
    order by book, cohort, age;
"""

QUESTIONS = pyarrow.schema(
    [
        ("book", pyarrow.int64()),
        ("months", pyarrow.int64()),
        ("fiscal", pyarrow.int64()),
        ("start_day", pyarrow.date32()),
        ("end_day", pyarrow.date32()),
    ]
)
CONTRACTS = pyarrow.schema(
    [
        ("contract_id", pyarrow.string()),
        ("customer_id", pyarrow.string()),
        ("product", pyarrow.string()),
        ("start_date", pyarrow.date32()),
        ("end_date", pyarrow.date32()),
        ("mrr", pyarrow.string()),
    ]
)


def numbered(number: int, table: pyarrow.Table) -> pyarrow.Table:
    """The table with the number of its book in front."""
    return table.add_column(0, "book", pyarrow.array([number] * len(table), pyarrow.int64())).replace_schema_metadata(None)


class Part(NamedTuple):
    """Some books, and what the library says of each."""

    contracts: pyarrow.Table
    questions: pyarrow.Table
    answers: dict[str, pyarrow.Table]


@functools.lru_cache(maxsize=1)
def part_of(part: int) -> Part:
    """One part of the books, answered; the last one is kept, since all wrong readings ask for the same."""
    contracts, questions = [], []
    answers: dict[str, list[pyarrow.Table]] = {operation: [] for operation in OPERATIONS}
    for seed in range(part, BOOKS, PARTS):
        book = larger_book(seed)
        table = pyarrow.Table.from_pylist(book.contracts, schema=CONTRACTS)
        portfolio = cs.Portfolio.from_tables(contracts=table, currency="USD")
        definitions = cs.Definitions(**book.definitions)
        movements = portfolio.movements(book.start, book.end, definitions=definitions)
        cohorts = portfolio.cohorts(book.end, definitions=definitions)
        # Dicts say what Arrow says; once a part is enough, since the one is slow.
        if seed == part:
            assert pyarrow.table(movements).to_pylist() == movements.to_dicts()
            assert pyarrow.table(cohorts).to_pylist() == cohorts.to_dicts()
        answers["movements"].append(numbered(seed, pyarrow.table(movements)))
        answers["cohorts"].append(numbered(seed, pyarrow.table(cohorts)))
        contracts.append(numbered(seed, table))
        questions.append(
            {
                "book": seed,
                "months": MONTHS[book.definitions.get("period", "month")],
                "fiscal": book.definitions.get("fiscal_year_start", 1),
                "start_day": book.start,
                "end_day": book.end,
            }
        )
    return Part(
        pyarrow.concat_tables(contracts),
        pyarrow.Table.from_pylist(questions, schema=QUESTIONS),
        {operation: pyarrow.concat_tables(tables) for operation, tables in answers.items()},
    )


def sql_answers(part: Part, sql: str = SQL) -> dict[str, pyarrow.Table]:
    """What SQL says of the same books, all at once."""
    with duckdb.connect(config={"threads": 1}) as connection:
        connection.register("contracts", part.contracts)
        connection.register("questions", part.questions)
        connection.execute(sql)
        return {name: connection.table(name).to_arrow_table() for name in OPERATIONS}


def first_difference(ours: pyarrow.Table, theirs: pyarrow.Table) -> str:
    """The first row that differs, told in full."""
    for our, their in zip(ours.to_pylist(), theirs.to_pylist(), strict=False):
        if our != their:
            names = [name for name in our if our[name] != their.get(name)]
            return f"{names}: {our} of the library, {their} of SQL"
    return f"{len(ours)} rows of the library, {len(theirs)} of SQL"


@pytest.mark.parametrize("part", range(PARTS))
def test_every_row_is_the_one_of_sql(part: int) -> None:
    books = part_of(part)
    expected = sql_answers(books)
    for operation in OPERATIONS:
        found = books.answers[operation]
        assert found.schema == expected[operation].schema
        assert found.equals(expected[operation]), f"{operation}: {first_difference(found, expected[operation])}"
        assert len(found) > 300


DAILY = """
-- The definition to the letter: the close of every day from before the first start to after the last end.
with days as (
    select unnest(generate_series(min(start_date) - 1, max(coalesce(end_date, start_date)), interval 1 day))::date as day
    from terms
), in_force as (
    select book, customer_id, day, sum(cents) as mrr
    from terms join days on start_date <= day and (end_date is null or day < end_date)
    group by all
), closes as (
    select book, customer_id, day, coalesce(mrr, 0) as mrr
    from (select distinct book, customer_id from terms) cross join days left join in_force using (book, customer_id, day)
), compared as (
    select *, lag(mrr) over (partition by book, customer_id order by day) as mrr_before from closes
)
select book, customer_id, day, mrr_before, mrr from compared where mrr <> mrr_before
"""


def test_the_days_of_changes_are_the_days_that_matter() -> None:
    """SQL sums changes; looking at the close of every day finds the same days and the same MRR."""
    books = part_of(0)
    few = pyarrow.compute.less(books.contracts["book"], 5 * PARTS)
    with duckdb.connect(config={"threads": 1}) as connection:
        connection.register("contracts", books.contracts.filter(few))
        connection.register("questions", books.questions)
        connection.execute(SQL)
        order = " order by book, customer_id, day"
        changed = "select book, customer_id, day, mrr_before, mrr from flows where change <> 0"
        daily = connection.sql(DAILY + order).fetchall()
        assert daily == connection.sql(changed + order).fetchall()
        assert len(daily) > 2_000


# Each reading is wrong in one place; the text before stands in the SQL, the text after in its stead.
WRONG = {
    "a period begins a day later": (
        "movements",
        "where period_start <= day and day < period_end",
        "where period_start + 1 <= day and day < period_end + 1",
    ),
    "a period opens at the close of its first day": (
        "movements",
        "opening.close_day = period_start - 1",
        "opening.close_day = period_start",
    ),
    "an end date is the last day in force": ("movements", "close_day < end_date", "close_day <= end_date"),
    "an end churns a day later": (
        "movements",
        "select book, customer_id, product, end_date,",
        "select book, customer_id, product, end_date + 1,",
    ),
    "an end is asked for": ("movements", "first_day(end_day - 1,", "first_day(end_day,"),
    "a return is new": ("movements", "and not seen then", "then"),
    "customers are counted as often as they move": ("movements", "count(distinct customer_id)", "count(customer_id)"),
    "a contract at zero pays": ("movements", "having sum(cents) > 0", "having true"),
    "all products count": ("movements", "where customer_days.mrr_before > 0 and customer_days.mrr > 0", "where true"),
    "a product that was held is sold across": (
        "movements",
        "closes.mrr = closes.change then 'cross_sell'",
        "true then 'cross_sell'",
    ),
    "years begin in January": ("movements", "(month(day) - fiscal + 12)", "(month(day) - 1)"),
    "a cohort is the period of the last change": ("cohorts", "first_day(min(day),", "first_day(max(day),"),
    "a cohort begins with what is paid last": ("cohorts", "arg_min(mrr, day)", "arg_max(mrr, day)"),
    "a cohort closes with its first day": (
        "cohorts",
        "later(cohort, months * (age + 1)) - 1",
        "later(cohort, months * age)",
    ),
    "ages run a period too far": (
        "cohorts",
        "datediff('month', cohort, range_end) // months - 1",
        "datediff('month', cohort, range_end) // months",
    ),
    "cells without customers are absent": ("cohorts", "from ages left join cells", "from ages join cells"),
    "a customer without payment has a cohort": ("cohorts", "where mrr > 0\n", "where true\n"),
}


@pytest.mark.parametrize("reading", WRONG)
def test_a_wrong_reading_is_noticed(reading: str) -> None:
    operation, right, wrong = WRONG[reading]
    assert right in SQL
    books = part_of(0)
    assert not books.answers[operation].equals(sql_answers(books, SQL.replace(right, wrong))[operation])


def test_books_have_what_is_hard() -> None:
    """What the comparison is about occurs, and often."""
    books = [larger_book(seed) for seed in range(20)]
    assert all(100 <= len({row["customer_id"] for row in book.contracts}) <= 300 for book in books)
    assert all(200 < len(book.contracts) < 1_200 for book in books)
    assert {book.definitions.get("period", "month") for book in books} == set(MONTHS)
    rows = [row for book in books for row in book.contracts]
    leap = [row for row in rows if (row["start_date"].month, row["start_date"].day) == (2, 29)]
    for what in (
        leap,
        [row for row in rows if row["product"] is None],
        [row for row in rows if row["end_date"] is None],
        [row for row in rows if row["mrr"] == "0.00"],
    ):
        assert len(what) > 50
