"""A book of contracts for everybody: made once from a fixed seed, kept in files, read by column.

Contracts are renewed on the day, late, or beside others; prices rise, fall and stay; some customers leave and return,
some never end. Rows are shuffled. Amounts are whole cents, days are counted from 1970-01-01.
"""

import datetime
import hashlib
import json
from pathlib import Path

import numpy as np
import pyarrow as pa
from pyarrow import compute, csv, ipc

MONTHS = 60
START = datetime.date(2020, 1, 1)
END = datetime.date(2025, 1, 1)
FIRST_DAY = (START - datetime.date(1970, 1, 1)).days
DAYS = (END - START).days
# The number of its month for every day of the range, and for the day after it.
CALENDAR = (np.datetime64(START) + np.arange(DAYS + 1)).astype("datetime64[M]").astype(int)
MONTH_OF_DAY = (CALENDAR - CALENDAR[0]).astype(np.uint8)
CONTRACTS_A_CUSTOMER = 4
# What JavaScript reads in place of no end.
NO_END = 2**31 - 1

SEED = 8
PRODUCTS = ["core", "reports", "seats", "support", "training", "archive"]
ATTRIBUTES = {
    "segment": ["enterprise", "mid", "small"],
    "region": ["africa", "america", "asia", "europe", "oceania"],
    "channel": ["ads", "direct", "events", "fairs", "partner", "phone", "referral", "web"],
}
GROUPS = 3 * 5 * 8


def folder(target: Path, contracts: int) -> Path:
    """Where the book of so many contracts lies; a changed generator makes it anew."""
    state = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:8]
    place = target / f"book-{contracts}-{state}"
    if not (place / "done").exists():
        place.mkdir(parents=True, exist_ok=True)
        write(place, contracts)
        (place / "done").touch()
    return place


def read(place: Path, table: str) -> pa.Table:
    """A table of the book, in memory: not mapped, so that what is read later is not counted to a computation."""
    with pa.OSFile(str(place / f"{table}.arrow")) as file:
        return ipc.open_file(file).read_all()


def write(place: Path, contracts: int) -> None:
    book = columns(contracts)
    customers = int(book["customer"].max()) + 1
    rng = np.random.default_rng(SEED + 1)
    attributes = {name: rng.integers(0, len(words), customers) for name, words in ATTRIBUTES.items()}
    group = np.zeros(customers, np.int64)
    for name, words in ATTRIBUTES.items():
        group = group * len(words) + attributes[name]
    open_ended = book["end"] == NO_END
    ends = pa.array(book["end"], mask=open_ended).cast(pa.date32())
    numbers = {
        "customer": pa.array(book["customer"]),
        "start": pa.array(book["start"]).cast(pa.date32()),
        "end": ends,
        "cents": pa.array(book["cents"], pa.int64()),
    }
    save(place, "contracts", numbers)
    row_ids = ids("c-", rng.permutation(contracts))
    customer_ids = ids("k-", np.arange(customers))
    save(place, "ids", {"contract_id": row_ids, "customer_id": customer_ids.take(numbers["customer"])})
    products = pa.DictionaryArray.from_arrays(pa.array(book["product"]), PRODUCTS)
    save(place, "products", {"product": products.cast(pa.string())})
    words = {name: pa.array(words).take(pa.array(attributes[name])) for name, words in ATTRIBUTES.items()}
    save(place, "customers", {"customer_id": customer_ids, **words, "group": pa.array(group, pa.int32())})
    texts = {"contract_id": row_ids, "customer_id": customer_ids.take(numbers["customer"])}
    days = {"start_date": numbers["start"], "end_date": ends}
    write_csv(place, "contracts", texts | days | {"mrr": decimals(book["cents"])})
    write_csv(place, "customers", {"customer_id": customer_ids, **words})
    for name in ("customer", "start", "end", "cents"):
        book[name].astype("<i4").tofile(place / f"{name}.i32")
    known = {"months": MONTHS, "startDay": FIRST_DAY, "monthOfDay": MONTH_OF_DAY.tolist()}
    (place / "range.json").write_text(json.dumps(known), encoding="ascii")


def save(place: Path, name: str, arrays: dict[str, pa.Array]) -> None:
    table = pa.table(arrays)
    with ipc.new_file(place / f"{name}.arrow", table.schema) as file:
        file.write_table(table)


def write_csv(place: Path, name: str, arrays: dict[str, pa.Array]) -> None:
    csv.write_csv(pa.table(arrays), place / f"{name}.csv", csv.WriteOptions(quoting_style="none"))


def decimals(cents: np.ndarray) -> pa.Array:
    """Texts such as `12.05`."""
    whole, rest = (pa.array(part.astype(np.int64)).cast(pa.string()) for part in (cents // 100, cents % 100))
    return compute.binary_join_element_wise(whole, compute.utf8_lpad(rest, 2, "0"), ".")


def ids(prefix: str, numbers: np.ndarray) -> pa.Array:
    """Texts such as `c-0012345`, all of one width."""
    width = max(7, len(str(len(numbers) - 1)))
    characters = np.empty((len(numbers), len(prefix) + width), np.uint8)
    characters[:, : len(prefix)] = np.frombuffer(prefix.encode(), np.uint8)
    for place in range(width):
        characters[:, -1 - place] = numbers // 10**place % 10 + ord("0")
    offsets = np.arange(len(numbers) + 1, dtype=np.int32) * characters.shape[1]
    return pa.StringArray.from_buffers(len(numbers), pa.py_buffer(offsets), pa.py_buffer(characters))


def columns(contracts: int) -> dict[str, np.ndarray]:
    """The contracts as numbers, in shuffled rows."""
    rng = np.random.default_rng(SEED)
    counts = 1 + rng.poisson(CONTRACTS_A_CUSTOMER - 1, contracts // 2 + 8)
    counts = counts[: np.searchsorted(np.cumsum(counts), contracts) + 1]
    counts[-1] -= counts.sum() - contracts
    customers = len(counts)
    # More begin early than late, so that there is time for what follows.
    first = (DAYS * rng.random(customers) ** 1.5).astype(np.int64)
    start, cents = first, price(rng, customers)
    product = rng.integers(0, len(PRODUCTS), customers, np.int8)
    turns = []
    for turn in range(int(counts.max())):
        who = np.flatnonzero(counts > turn)
        some = len(who)
        terms = rng.choice([30, 90, 180, 365, 365], some)
        lengths = np.where(rng.random(some) < 0.9, terms, rng.integers(1, 400, some))
        end = start[who] + lengths
        last = (counts[who] == turn + 1) & (rng.random(some) < 0.35)
        turns.append(
            {
                "customer": who.astype(np.int32),
                "start": start[who],
                "end": np.where(last, NO_END - FIRST_DAY, end),
                "cents": cents[who],
                "product": product[who],
            }
        )
        start, cents, product = start.copy(), cents.copy(), product.copy()
        start[who] = following(rng, first[who], start[who], end)
        cents[who] = repriced(rng, cents[who])
        product[who] = np.where(rng.random(some) < 0.8, product[who], rng.integers(0, len(PRODUCTS), some))
    shuffled = rng.permutation(contracts)
    book = {name: np.concatenate([turn[name] for turn in turns])[shuffled] for name in turns[0]}
    # Numbers of customers say nothing of when they came.
    book["customer"] = rng.permutation(customers).astype(np.int32)[book["customer"]]
    for name in ("start", "end"):
        book[name] = (book[name] + FIRST_DAY).astype(np.int32)
    return book


def following(rng: np.random.Generator, first: np.ndarray, start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """When the next contract starts: on the day, some days late, long after, or while the one before runs."""
    some = len(start)
    kind = rng.random(some)
    gap = np.select([kind < 0.55, kind < 0.7], [0, rng.integers(1, 20, some)], rng.integers(30, 200, some))
    beside = start + rng.integers(0, 200, some)
    next_start = np.where(kind < 0.82, end + gap, beside)
    # What would start after the range starts somewhere in it.
    return np.where(next_start < DAYS, next_start, first + (rng.random(some) * (DAYS - first)).astype(np.int64))


def price(rng: np.random.Generator, some: int) -> np.ndarray:
    return np.minimum(rng.lognormal(9.5, 1.0, some), 5e6).astype(np.int64) + 100


def repriced(rng: np.random.Generator, cents: np.ndarray) -> np.ndarray:
    kind = rng.random(len(cents))
    changed = np.where(kind < 0.8, cents * 5 // 4, cents * 4 // 5 + 1)
    return np.where(kind < 0.55, cents, np.where(kind < 0.95, changed, price(rng, len(cents)))).clip(100, 20_000_000)
