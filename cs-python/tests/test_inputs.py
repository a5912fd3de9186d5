"""The same book from every kind of table gives the same bytes; what is no table gives a typed error."""

import datetime
import decimal
import io
import itertools
import types
from collections.abc import Callable
from typing import Any

import duckdb
import numpy
import pandas
import polars
import pyarrow
import pytest
from conftest import BOOK

import customer_success as cs

NAMES = ["contract_id", "customer_id", "start_date", "end_date", "mrr"]


def dates(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows with values of Python's own types."""
    day = datetime.date.fromisoformat
    return [
        {
            **row,
            "start_date": day(row["start_date"]),
            "end_date": row["end_date"] and day(row["end_date"]),
            "mrr": decimal.Decimal(row["mrr"]),
        }
        for row in rows
    ]


TYPED = dates(BOOK)
def arrow(rows: list[dict[str, Any]] = TYPED, **types: pyarrow.DataType) -> pyarrow.Table:
    """The book with other Arrow types."""
    table = pyarrow.Table.from_pylist(rows, schema=pyarrow.Table.from_pylist(TYPED).schema)
    for name, kind in types.items():
        position = table.column_names.index(name)
        table = table.set_column(position, name, table[name].cast(kind))
    return table


MANY = {
    "customer_id": pyarrow.dictionary(pyarrow.int8(), pyarrow.string()),
    "end_date": pyarrow.timestamp("ns"),
    "mrr": pyarrow.decimal128(20, 4),
}

FORMS: dict[str, Callable[[], Any]] = {
    "list of dicts of text": lambda: BOOK,
    "list of dicts of values": lambda: TYPED,
    "dict of lists": lambda: {name: [row[name] for row in TYPED] for name in NAMES},
    "dict of arrays": lambda: {name: numpy.array([row[name] for row in BOOK], dtype=object) for name in NAMES},
    "pandas of objects": lambda: pandas.DataFrame(TYPED).astype(object),
    "pandas of text": lambda: pandas.DataFrame(BOOK),
    "pandas of arrow": lambda: pyarrow.Table.from_pylist(TYPED).to_pandas(types_mapper=pandas.ArrowDtype),
    "pandas of moments": lambda: pandas.DataFrame(TYPED).assign(
        start_date=lambda frame: pandas.to_datetime(frame["start_date"])
    ),
    "polars": lambda: polars.DataFrame(TYPED),
    "polars of text": lambda: polars.DataFrame(BOOK),
    "polars of categories": lambda: polars.DataFrame(TYPED).with_columns(polars.col("customer_id").cast(polars.Categorical)),
    "pyarrow": lambda: pyarrow.Table.from_pylist(TYPED),
    "pyarrow of many types": lambda: arrow(**MANY),
    "pyarrow in chunks": lambda: pyarrow.concat_tables([arrow([row], **MANY) for row in TYPED]),
    "pyarrow of large text": lambda: arrow(contract_id=pyarrow.large_string(), customer_id=pyarrow.string_view()),
    "pyarrow of date64": lambda: arrow(start_date=pyarrow.date64()),
    "pyarrow reader": lambda: pyarrow.Table.from_pylist(TYPED).to_reader(),
    "duckdb": lambda: duckdb.from_arrow(pyarrow.Table.from_pylist(TYPED)),
    "dict of days of numpy": lambda: {
        **{name: [row[name] for row in BOOK] for name in NAMES},
        "start_date": numpy.array([row["start_date"] for row in BOOK], dtype="datetime64[D]"),
    },
    "tuple of mappings": lambda: tuple(types.MappingProxyType(row) for row in BOOK),
}


def bytes_of(table: Any) -> str:
    portfolio = cs.Portfolio.from_tables(contracts=table, currency="USD")
    results = [
        portfolio.movements("2026-01-01", "2026-05-01"),
        portfolio.journal("2026-01-01", "2026-05-01"),
        portfolio.table("contracts"),
    ]
    return "\n".join(result.to_json() for result in results)


@pytest.mark.parametrize("form", FORMS)
def test_same_bytes(form: str) -> None:
    assert bytes_of(FORMS[form]()) == bytes_of(BOOK)


def test_csv_gives_the_same_bytes(tmp_path: Any) -> None:
    frame = pandas.DataFrame(BOOK)
    text = frame.to_csv(index=False)
    path = tmp_path / "contracts.csv"
    path.write_text(text, encoding="utf-8")
    raw = text.encode()
    for file in (raw, bytearray(raw), memoryview(raw), io.BytesIO(raw), path, str(path)):
        portfolio = cs.Portfolio.from_csv(file, currency="USD")
        assert portfolio.movements("2026-01-01", "2026-05-01") == cs.Portfolio.from_tables(
            contracts=BOOK, currency="USD"
        ).movements("2026-01-01", "2026-05-01")


def test_whole_numbers_are_ids_and_amounts() -> None:
    rows = [{"contract_id": 1, "customer_id": numpy.int64(7), "start_date": "2026-01-01", "mrr": 100}]
    table = cs.Portfolio.from_tables(contracts=rows, currency="USD").table("contracts")
    assert table.to_dicts()[0]["customer_id"] == "7"
    assert table.to_dicts()[0]["mrr"] == decimal.Decimal("100.00")


NESTED: list[Any] = []
for _ in range(5_000):
    NESTED = [NESTED]


class Unprintable:
    """What fails where a message asks for its text."""

    def __repr__(self) -> str:
        raise RuntimeError


class Endless:
    """What gives itself where a scalar of Arrow gives its value."""

    def as_py(self) -> Any:
        return self


REFUSED = {
    "float money": ("mrr", 100.0, "wrong_type", 'df["mrr"] = df["mrr"].map("{:.2f}".format'),
    "bool money": ("mrr", True, "wrong_type", "1200.00"),
    "NaN money": ("mrr", float("nan"), "wrong_type", "pandas"),
    "numpy money": ("mrr", numpy.float64(100), "wrong_type", "pandas"),
    "decimal NaN": ("mrr", decimal.Decimal("NaN"), "wrong_type", "where(df.notna(), None)"),
    "huge money": ("mrr", decimal.Decimal("1e25"), "overflow", "largest"),
    "money of too many digits": ("mrr", decimal.Decimal("1e30"), "wrong_type", "1200.00"),
    "decimal id": ("contract_id", decimal.Decimal("1" * 35), "wrong_type", "text"),
    "decimal NaN id": ("customer_id", decimal.Decimal("NaN"), "wrong_type", "where(df.notna(), None)"),
    "infinite decimal": ("contract_id", decimal.Decimal("-Infinity"), "wrong_type", "astype"),
    "array": ("mrr", numpy.array([1, 2]), "wrong_type", "1200.00"),
    "class": ("contract_id", int, "wrong_type", "text"),
    "endless scalar": ("contract_id", Endless(), "wrong_type", "text"),
    "huge int": ("mrr", 10**40, "overflow", "largest"),
    "excess digits": ("mrr", decimal.Decimal("1.005"), "too_many_digits", "extra_digits"),
    "exponent": ("mrr", "1e3", "invalid_amount", "1200.00"),
    "datetime": ("start_date", datetime.datetime(2026, 1, 1), "wrong_type", ".dt.date"),
    "timestamp": ("start_date", pandas.Timestamp("2026-01-01"), "wrong_type", ".dt.date"),
    "number as date": ("start_date", 20260101, "wrong_type", "2026-01-31"),
    "null date": ("start_date", None, "missing_value", None),
    "float id": ("customer_id", 1.0, "wrong_type", "astype"),
    "bool id": ("contract_id", False, "wrong_type", "text"),
    "null id": ("customer_id", None, "missing_value", None),
    "empty id": ("customer_id", "", "missing_value", None),
    "pandas NA": ("mrr", pandas.NA, "wrong_type", "where(df.notna(), None)"),
    "NaT": ("end_date", pandas.NaT, "wrong_type", "where(df.notna(), None)"),
    "NaN date": ("end_date", float("nan"), "wrong_type", "where(df.notna(), None)"),
    "numpy moment": ("start_date", numpy.datetime64("2026-01-01T00:00:00", "s"), "wrong_type", ".dt.date"),
    "numpy NaT": ("end_date", numpy.datetime64("NaT"), "wrong_type", "where(df.notna(), None)"),
    "numpy float32": ("customer_id", numpy.float32(1), "wrong_type", "astype"),
    "numpy bool money": ("mrr", numpy.bool_(True), "wrong_type", "1200.00"),
    "list": ("mrr", [1], "wrong_type", "1200.00"),
    "no Unicode": ("product", "\ud800", "wrong_type", None),
    "NaN count": ("quantity", float("nan"), "wrong_type", "where(df.notna(), None)"),
    "infinite": ("mrr", float("inf"), "wrong_type", "pandas"),
    "nested": ("product", NESTED, "wrong_type", None),
    "unprintable": ("product", Unprintable(), "wrong_type", None),
    "endless int": ("mrr", 10**5000, "wrong_type", "1200.00"),
    "endless decimal": ("mrr", decimal.Decimal("1E+99999999"), "wrong_type", "1200.00"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused(case: str) -> None:
    column, value, code, help_text = REFUSED[case]
    rows = [dict(row) for row in BOOK]
    rows[1][column] = value
    with pytest.raises(cs.InvalidInput) as caught:
        cs.Portfolio.from_tables(contracts=rows, currency="USD")
    error = caught.value
    assert (error.code, error.table, error.row, error.column) == (code, "contracts", 2, column)
    assert isinstance(error, ValueError)
    assert f"contracts[2].{column}" in str(error)
    if help_text:
        assert error.help is not None
        assert help_text in error.help
        assert error.help in str(error)


ARROW_REFUSED = {
    "float64 money": ("mrr", pyarrow.array([1.0, None, 2.0]), "wrong_type", [1, 3]),
    "float64 id": ("customer_id", pyarrow.array([1.0, 2.0, None]), "wrong_type", [1, 2]),
    "bool money": ("mrr", pyarrow.array([True, False, None]), "wrong_type", [1, 2]),
    "not midnight": ("start_date", pyarrow.array([0, 1, 86_400], pyarrow.timestamp("s")), "wrong_type", [2]),
    "with a zone": ("start_date", pyarrow.array([0, 0, 0], pyarrow.timestamp("us", "UTC")), "wrong_type", [1, 2, 3]),
    "null dates": ("start_date", pyarrow.array([None, 0, 0], pyarrow.date32()), "missing_value", [1]),
    "out of range": ("start_date", pyarrow.array([-30_000, 0, 90_000], pyarrow.date32()), "date_out_of_range", [1, 3]),
    "digits": ("mrr", pyarrow.array([decimal.Decimal("1.005")] * 3), "too_many_digits", [1, 2, 3]),
    "binary": ("customer_id", pyarrow.array([b"a", b"b", None]), "wrong_type", [1, 2]),
    "list": ("customer_id", pyarrow.array([["a"], [], None]), "wrong_type", [1, 2]),
}


@pytest.mark.parametrize("case", ARROW_REFUSED)
def test_refused_from_arrow(case: str) -> None:
    column, array, code, rows = ARROW_REFUSED[case]
    table = pyarrow.Table.from_pylist(BOOK)
    table = table.set_column(table.column_names.index(column), column, array)
    with pytest.raises(cs.InvalidInput) as caught:
        cs.Portfolio.from_tables(contracts=table, currency="USD")
    found = [(problem.row, problem.code) for problem in caught.value.problems if problem.code == code]
    assert found == [(row, code) for row in rows]


def test_what_is_no_table() -> None:
    for table, what in [(7, "a number"), ("contracts.csv", "text"), (object(), "an object"), (b"", "bytes")]:
        with pytest.raises(cs.InvalidArgument, match=f"contracts: {what} stands where a table is expected"):
            cs.Portfolio.from_tables(contracts=table, currency="USD")  # type: ignore[arg-type]
    for row, what in [(7, "a number"), (None, "nothing"), (["a"], "a list")]:
        with pytest.raises(cs.InvalidInput, match=rf"contracts\[2\]: {what} stands where a row is expected"):
            cs.Portfolio.from_tables(contracts=[BOOK[0], row], currency="USD")  # type: ignore[list-item]
    for column, what in [("ab", "text"), (None, "nothing"), (7, "a number"), ({}, "an object")]:
        with pytest.raises(cs.InvalidInput, match=f"contracts.mrr: {what} stands where a list of values is expected"):
            cs.Portfolio.from_tables(contracts={"mrr": column}, currency="USD")  # type: ignore[dict-item]
    with pytest.raises(cs.InvalidInput, match="the column has 1 values, and the table 2 rows"):
        cs.Portfolio.from_tables(contracts={"contract_id": ["a", "b"], "customer_id": ["c"]}, currency="USD")
    with pytest.raises(cs.InvalidInput, match="a number stands where the name of a column is expected"):
        cs.Portfolio.from_tables(contracts=[{5: "a"}], currency="USD")  # type: ignore[dict-item]
    with pytest.raises(FileNotFoundError, match="no-such-file.csv"):
        cs.Portfolio.from_csv("no-such-file.csv", currency="USD")
    with pytest.raises(cs.InvalidArgument, match='text, where bytes are expected .open it with mode "rb"'):
        cs.Portfolio.from_csv(io.StringIO("contract_id"), currency="USD")  # type: ignore[arg-type]
    for file, what in [(7, "a number"), (None, "nothing")]:
        with pytest.raises(cs.InvalidArgument, match=f"contracts: {what} stands where a file is expected"):
            cs.Portfolio.from_csv(file, currency="USD")  # type: ignore[arg-type]


def test_a_file_is_read_to_its_end(tmp_path: Any) -> None:
    """A raw file, or a pipe, gives less than it is asked for."""

    class Slow(io.RawIOBase):
        def __init__(self) -> None:
            self.parts = [b"contract_id,customer_id,start_date,mrr\n", b"c-1,a,2026-01-01,1\n", b"c-2,a,2026-01-01,1\n"]

        def read(self, size: int = -1, /) -> bytes:
            return self.parts.pop(0) if self.parts else b""

    assert len(cs.Portfolio.from_csv(Slow(), currency="USD").table("contracts")) == 2  # type: ignore[arg-type]


def test_columns_that_polars_calls_null() -> None:
    """What is read of a list of dicts without an end date, or a segment, has a type of nothing."""
    open_ended = [{**row, "end_date": None, "product": None} for row in BOOK]
    frame = polars.DataFrame(open_ended)
    assert frame.schema["end_date"] == polars.Null
    assert bytes_of(frame) == bytes_of(open_ended)
    nothing = polars.DataFrame({name: [None, None] for name in NAMES})
    loaded = cs.Portfolio.from_tables(contracts=nothing, currency="USD")
    assert (loaded.load_report.rows_read, loaded.load_report.blank) == (2, 2)


def frame_with(column: str, values: list[Any]) -> pandas.DataFrame:
    """The book with a column of objects."""
    return pandas.DataFrame(BOOK).assign(**{column: pandas.Series(values, dtype=object)})


MIXED: dict[str, tuple[str, list[Any], int]] = {
    "a moment beside dates": ("start_date", [datetime.date(2026, 1, 1), pandas.Timestamp("2026-01-31 23:59"), "2026-02-01"], 2),
    "a float beside text": ("mrr", ["1", 99.5, decimal.Decimal(2)], 2),
    "a flag beside numbers": ("mrr", [1, 2, True], 3),
    "a float id": ("customer_id", [1, "b", 2.5], 3),
    "a list": ("contract_id", ["a", ["b"], "c"], 2),
}


@pytest.mark.parametrize("case", MIXED)
def test_columns_of_objects_are_judged_cell_by_cell(case: str) -> None:
    column, values, row = MIXED[case]
    with pytest.raises(cs.InvalidInput) as caught:
        cs.Portfolio.from_tables(contracts=frame_with(column, values), currency="USD")
    problems = [(problem.code, problem.row, problem.column) for problem in caught.value.problems]
    assert problems == [("wrong_type", row, column)]


def test_what_pandas_lacks_is_absent() -> None:
    frame = frame_with("end_date", [None, float("nan"), pandas.NaT])
    loaded = cs.Portfolio.from_tables(contracts=frame.assign(product=pandas.Series([pandas.NA, "x", None])), currency="USD")
    assert [row["end_date"] for row in loaded.table("contracts").to_dicts()] == [None, None, None]
    assert [row["product"] for row in loaded.table("contracts").to_dicts()] == [None, "x", None]


def test_frames_of_pandas_with_an_index_or_a_column_twice() -> None:
    frame = pandas.DataFrame(BOOK)
    assert bytes_of(frame.set_index("contract_id")) == bytes_of(BOOK)
    assert bytes_of(frame.astype(object).set_index(["contract_id", "customer_id"])) == bytes_of(BOOK)
    for twice in (frame, frame.astype(object)):
        with pytest.raises(cs.InvalidInput) as caught:
            cs.Portfolio.from_tables(contracts=pandas.concat([twice, twice[["mrr"]]], axis=1), currency="USD")
        assert (caught.value.code, caught.value.column) == ("duplicate_column", "mrr")


def test_what_an_extension_means_by_its_numbers_is_not_guessed() -> None:
    months = pandas.period_range("2026-01", periods=3, freq="M")
    for column in ("mrr", "contract_id", "quantity"):
        with pytest.raises(cs.InvalidInput) as caught:
            cs.Portfolio.from_tables(contracts=pandas.DataFrame(BOOK).assign(**{column: months}), currency="USD")
        assert [problem.code for problem in caught.value.problems] == ["wrong_type"] * 3


def test_a_column_that_is_named_like_an_index_is_a_column() -> None:
    customers = pandas.DataFrame({"customer_id": ["acme"], "a": [1], "__index_level_0__": [2], "b": [3]})
    loaded = cs.Portfolio.from_tables(contracts=BOOK[:0], customers=customers, currency="USD")
    assert loaded.table("customers").to_dicts() == [{"customer_id": "acme", "a": "1", "__index_level_0__": "2", "b": "3"}]


def test_only_pandas_numbers_its_rows() -> None:
    numbered = pyarrow.Table.from_pandas(pandas.DataFrame(BOOK, index=[5, 6, 7]))
    assert "__index_level_0__" in numbered.column_names
    assert bytes_of(numbered) == bytes_of(BOOK)
    other = pyarrow.Table.from_pylist(BOOK).append_column("__index_level_of_churn", pyarrow.array([1, 2, 3]))
    with pytest.raises(cs.InvalidInput) as caught:
        cs.Portfolio.from_tables(contracts=other, currency="USD")
    assert (caught.value.code, caught.value.column) == ("unknown_column", "__index_level_of_churn")


def test_what_fails_within_a_table_is_told_as_its_fault() -> None:
    twice = pyarrow.Table.from_pylist([{**row, "product": None} for row in BOOK]).append_column("product", pyarrow.nulls(3))
    spent = pyarrow.Table.from_pylist(BOOK).to_reader()
    spent.read_all()

    class NoCapsule:
        def __arrow_c_stream__(self, requested_schema: object = None) -> object:
            return 7

    for table in (twice, NoCapsule(), polars.Series(["a"])):
        with pytest.raises(cs.InvalidInput):
            cs.Portfolio.from_tables(contracts=table, currency="USD")  # type: ignore[arg-type]


def test_an_interrupted_stream_interrupts() -> None:
    def batches() -> Any:
        yield pyarrow.record_batch({"contract_id": ["a"]})
        raise KeyboardInterrupt

    stream = pyarrow.RecordBatchReader.from_batches(pyarrow.schema([("contract_id", pyarrow.string())]), batches())
    with pytest.raises(KeyboardInterrupt):
        cs.Portfolio.from_tables(contracts=stream, currency="USD")


def test_duckdb_relations_with_nothing_in_a_column() -> None:
    query = "select 'c1' contract_id, 'a' customer_id, date '2026-01-01' start_date, 10::decimal(10,2) mrr, null product"
    loaded = cs.Portfolio.from_tables(contracts=duckdb.connect().sql(query), currency="USD")
    assert loaded.table("contracts").to_dicts()[0]["product"] is None


def test_arrays_of_arrow_are_columns() -> None:
    columns = {name: pyarrow.array([row[name] for row in TYPED]) for name in NAMES}
    assert bytes_of(columns) == bytes_of(BOOK)


def test_more_rows_than_the_limit_are_not_read() -> None:
    def endless() -> Any:
        while True:
            yield pyarrow.record_batch({"contract_id": ["a"] * 10})

    stream = pyarrow.RecordBatchReader.from_batches(pyarrow.schema([("contract_id", pyarrow.string())]), endless())
    for table in (stream, {"contract_id": itertools.repeat("a")}):
        with pytest.raises(cs.InvalidInput) as caught:
            cs.Portfolio.from_tables(contracts=table, currency="USD", limits={"rows": 100})  # type: ignore[arg-type]
        assert caught.value.code == "limit_exceeded"


def test_nothing_that_users_wrote_is_told_where_errors_are_redacted() -> None:
    secret = "s3cret"

    class Broken:
        def __arrow_c_stream__(self, requested_schema: object = None) -> object:
            raise ValueError(secret)

    load = cs.Portfolio.from_tables
    portfolio = load(contracts=BOOK, currency="USD", redact=True)
    for call in (
        lambda: load(contracts=Broken(), currency="USD", redact=True),
        lambda: load(contracts=[{(secret,): 1}], currency="USD", redact=True),  # type: ignore[dict-item]
        lambda: load(contracts=BOOK, currency="USD", redact=True, limits={secret: 1}),
        lambda: load(contracts=frame_with("mrr", [secret, 1, 2]), currency="USD", redact=True),
        lambda: portfolio.movements(secret, "2026-02-01"),
        lambda: portfolio.movements("2026-01-01", "2026-02-01", by=secret),
        lambda: portfolio.movements("2026-01-01", "2026-02-01", definitions={"sampling": secret}),  # type: ignore[typeddict-item]
    ):
        with pytest.raises(cs.CustomerSuccessError) as caught:
            call()
        assert secret not in caught.value.to_json()
        assert secret not in repr(caught.value)


def test_tables_to_come_are_refused_by_name() -> None:
    for rates in ([], polars.DataFrame({"customer_id": ["a"]})):
        with pytest.raises(cs.InvalidArgument) as caught:
            cs.Portfolio.from_tables(contracts=BOOK, currency="USD", fx_rates=rates)  # type: ignore[call-arg]
        assert (caught.value.code, caught.value.path) == ("not_available", "fx_rates")


def test_the_help_for_floats_has_the_decimals_of_the_currency() -> None:
    for currency, digits in [("JPY", 0), ("USD", 2), ("KWD", 3)]:
        with pytest.raises(cs.InvalidInput) as caught:
            cs.Portfolio.from_tables(contracts=[{**BOOK[0], "mrr": 1.0}], currency=currency)
        assert f"{{:.{digits}f}}" in (caught.value.help or "")


def test_an_index_is_no_column() -> None:
    frame = pandas.DataFrame(BOOK).sort_values("mrr")
    assert bytes_of(frame) == bytes_of(BOOK)


def test_a_single_row_is_no_table() -> None:
    with pytest.raises(cs.InvalidInput, match="a single row"):
        cs.Portfolio.from_tables(contracts=BOOK[0], currency="USD")


def test_differing_keys_stop_at_the_limit() -> None:
    rows = [{f"k-{n}": 1} for n in range(100_000)]
    with pytest.raises(cs.InvalidInput, match="limit columns of 1024"):
        cs.Portfolio.from_tables(contracts=rows, currency="USD")


def test_a_file_without_end_stops_at_the_limit() -> None:
    with pytest.raises(cs.InvalidInput, match="limit bytes of 1000"):
        cs.Portfolio.from_csv("/dev/zero", currency="USD", limits={"bytes": 1000})


def test_nothing_is_imported() -> None:
    """The library brings no data frame library with it."""
    import subprocess
    import sys

    code = "import sys, customer_success; print(sorted({'pandas', 'polars', 'pyarrow', 'numpy'} & set(sys.modules)))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
