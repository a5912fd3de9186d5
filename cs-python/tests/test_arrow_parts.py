"""Arrow as it comes in parts: chunks, batches and categories, with rows and without, give the book that they hold."""

from collections.abc import Callable
from typing import Any

import pyarrow
import pytest
from conftest import BOOK

import customer_success as cs


def bytes_of(table: Any) -> str:
    """The contracts that are made of a table."""
    return cs.Portfolio.from_tables(contracts=table, currency="USD").table("contracts").to_json()


FOUR = pyarrow.table(
    {
        "contract_id": ["a", "b", "c", "d"],
        "customer_id": ["x", "x", "y", "z"],
        "start_date": ["2026-01-01"] * 4,
        "mrr": ["1", "2", "3", "4"],
    }
)


def cut(array: Any) -> list[Any]:
    """Three parts that share their bytes, the one in the middle without a row."""
    return [array.slice(0, 2), array.slice(2, 0), array.slice(2, 2)]


def cut_columns(kind: pyarrow.DataType) -> pyarrow.Table:
    """A table of which the texts are cut into chunks, and no other column is."""
    chunked = {name: pyarrow.chunked_array(cut(FOUR[name].combine_chunks().cast(kind))) for name in FOUR.column_names[:2]}
    return pyarrow.table({**chunked, "start_date": FOUR["start_date"], "mrr": FOUR["mrr"]})


def test_a_category_without_values() -> None:
    table = pyarrow.Table.from_pylist(BOOK)
    products = pyarrow.array([None] * 3, pyarrow.dictionary(pyarrow.int32(), pyarrow.utf8()))
    loaded = cs.Portfolio.from_tables(contracts=table.append_column("product", products), currency="USD")
    assert {row["product"] for row in loaded.table("contracts").to_dicts()} == {None}


@pytest.mark.parametrize(
    "table",
    [
        lambda: FOUR.slice(2, 0),
        lambda: pyarrow.concat_tables(cut(FOUR)),
        lambda: pyarrow.RecordBatchReader.from_batches(FOUR.schema, cut(FOUR.to_batches()[0])),
        lambda: pyarrow.RecordBatchReader.from_batches(FOUR.schema, cut(FOUR.to_batches()[0])[1:2]),
        lambda: cut_columns(pyarrow.utf8()),
        lambda: cut_columns(pyarrow.large_utf8()),
        lambda: cut_columns(pyarrow.string_view()),
        lambda: cut_columns(pyarrow.dictionary(pyarrow.int32(), pyarrow.utf8())),
    ],
)
def test_parts_without_rows(table: Callable[[], Any]) -> None:
    """A part without rows shares the bytes of the others, and nothing of it is a row."""
    read = table()
    whole = read.read_all() if isinstance(read, pyarrow.RecordBatchReader) else read
    columns = {name: whole[name].to_pylist() for name in whole.column_names}
    assert bytes_of(table()) == bytes_of(columns)


def test_a_category_of_a_part_without_values() -> None:
    """A category whose values are a part without any, at whatever place: all rows are absent, and no key is believed."""
    none = FOUR["contract_id"].combine_chunks().slice(2, 0)
    absent = pyarrow.DictionaryArray.from_arrays(pyarrow.array([None] * 4, pyarrow.int32()), none)
    loaded = cs.Portfolio.from_tables(contracts=FOUR.append_column("product", absent), currency="USD")
    assert {row["product"] for row in loaded.table("contracts").to_dicts()} == {None}
    beyond = pyarrow.DictionaryArray.from_arrays(pyarrow.array([None, 0, 0, 0], pyarrow.int32()), none, safe=False)
    with pytest.raises(cs.InvalidInput, match="contracts.product: the column cannot be read"):
        cs.Portfolio.from_tables(contracts=FOUR.append_column("product", beyond), currency="USD")


def test_chunks_share_their_dictionary() -> None:
    """What every chunk of a column repeats is taken once."""
    rows = 2_000
    names = pyarrow.DictionaryArray.from_arrays(pyarrow.array(range(rows)), [f"k-{n}" for n in range(rows)])
    columns = {"contract_id": names, "customer_id": names, "start_date": ["2026-01-01"] * rows, "mrr": ["1"] * rows}
    table = pyarrow.table(columns)
    chunked = pyarrow.Table.from_batches(table.to_batches(max_chunksize=1))
    assert chunked["customer_id"].num_chunks == rows
    assert bytes_of(chunked) == bytes_of(table)
