"""Results, definitions and errors as Python has them."""

import copy
import datetime
import json
import pickle
import signal
import threading
import time
from decimal import Decimal
from typing import Any

import pandas
import polars
import pyarrow
import pytest

import customer_success as cs
from customer_success import _native


@pytest.fixture
def portfolio(book: list[dict[str, Any]]) -> cs.Portfolio:
    return cs.Portfolio.from_tables(contracts=book, currency="USD")


def test_scalars() -> None:
    rows = _native.exemplar().to_dicts()
    assert [row["money"] for row in rows] == [Decimal("0.00"), Decimal("-0.05"), Decimal("9007199254740993.00"), None]
    assert [str(row["money"]) for row in rows[:3]] == ["0.00", "-0.05", "9007199254740993.00"]
    assert [row["count"] for row in rows] == [0, 1, 2**53 - 1, None]
    assert [row["ratio"] for row in rows] == [0.1, -1e21, 5e-324, None]
    assert rows[0]["date"] == datetime.date(1900, 1, 1)
    assert rows[2]["text"] == "カスタマー\N{PARTY POPPER}\0"
    assert [row["text_list"] for row in rows] == [[], ["a"], ['=b,"', "é", ""], None]
    assert [row["flag"] for row in rows] == [False, True, True, None]
    kinds = {name: {type(row[name]) for row in rows} - {type(None)} for name in rows[0]}
    assert kinds == {
        "money": {Decimal},
        "whole_money": {Decimal},
        "count": {int},
        "ratio": {float},
        "date": {datetime.date},
        "text": {str},
        "text_list": {list},
        "flag": {bool},
    }


def test_arrow_out() -> None:
    table = pyarrow.table(_native.exemplar())
    assert [str(field.type) for field in table.schema] == [
        "decimal128(38, 2)",
        "decimal128(38, 0)",
        "int64",
        "double",
        "date32[day]",
        "string",
        "list<item: string>",
        "bool",
    ]
    assert table.to_pylist() == _native.exemplar().to_dicts()


def test_arrow_holds_38_digits() -> None:
    """A table that was read may have an amount of 39, and nothing of it goes out wrong."""
    text, amount = _native.exemplar().to_json(), '"whole_money":"-5"'
    assert amount in text
    for most in (10**38 - 1, 1 - 10**38):
        held = cs.Table.from_json(text.replace(amount, f'"whole_money":"{most}"'))
        assert pyarrow.table(held)["whole_money"][1].as_py() == Decimal(most)
    for beyond in (10**38, -(10**38)):
        table = cs.Table.from_json(text.replace(amount, f'"whole_money":"{beyond}"'))
        for convert in (pyarrow.table, cs.Table.to_polars, cs.Table.to_pandas):
            with pytest.raises(cs.InvalidInput) as caught:
                convert(table)
            assert (caught.value.code, caught.value.path) == ("overflow", "exemplar[2].whole_money")
            assert (caught.value.row, caught.value.column, caught.value.value) == (2, "whole_money", str(beyond))
        assert table.to_dicts()[1]["whole_money"] == Decimal(beyond)


def test_data_frames(portfolio: cs.Portfolio) -> None:
    movements = portfolio.movements("2026-03-01", "2026-04-01")
    frame = movements.to_pandas()
    assert isinstance(frame, pandas.DataFrame)
    assert frame["closing_mrr"].tolist() == [Decimal("250.50")]
    polar = movements.to_polars()
    assert isinstance(polar, polars.DataFrame)
    assert polar["closing_mrr"].to_list() == [Decimal("250.50")]
    assert polar.columns == movements.columns
    assert frame["closing_customers"].sum() == polar["closing_customers"].sum() == 2


def test_an_empty_table_keeps_its_columns(portfolio: cs.Portfolio) -> None:
    journal = portfolio.journal("2020-01-01", "2020-02-01")
    assert len(journal) == 0
    assert journal.to_dicts() == []
    assert pyarrow.table(journal).column_names == journal.columns
    assert journal.to_polars().shape == (0, len(journal.columns))


def test_a_result_can_be_loaded_again(portfolio: cs.Portfolio) -> None:
    again = cs.Portfolio.from_tables(contracts=portfolio.table("contracts"), currency="USD")
    assert again.table("contracts") == portfolio.table("contracts")


def test_dates_are_dates_or_text(portfolio: cs.Portfolio) -> None:
    text = portfolio.movements("2026-01-01", "2026-02-01")
    assert portfolio.movements(datetime.date(2026, 1, 1), datetime.date(2026, 2, 1)) == text
    for wrong in (datetime.datetime(2026, 1, 1), pandas.Timestamp("2026-01-01"), 20260101, None, b"2026-01-01"):
        with pytest.raises(cs.InvalidArgument) as caught:
            portfolio.movements(wrong, "2026-02-01")  # type: ignore[arg-type]
        assert caught.value.path == "start"


def test_html_is_escaped(book: list[dict[str, Any]]) -> None:
    book[0]["customer_id"] = "<script>alert(1)</script>"
    table = cs.Portfolio.from_tables(contracts=book, currency="USD").table("contracts")
    assert "<script>" not in table._repr_html_()
    assert "&lt;script&gt;" in table._repr_html_()


def test_csv_defuses_formulas(book: list[dict[str, Any]]) -> None:
    book[0]["customer_id"] = "=1+1"
    text = cs.Portfolio.from_tables(contracts=book, currency="USD").table("contracts").to_csv()
    assert ",'=1+1," in text


def test_metadata(portfolio: cs.Portfolio) -> None:
    metadata = portfolio.movements("2026-01-01", "2026-02-01").metadata
    assert metadata["version"] == cs.__version__
    assert metadata["fingerprint"] == cs.Definitions().fingerprint == portfolio.definitions.fingerprint
    assert metadata["definitions"] == json.loads(cs.Definitions().to_json())
    assert (metadata["currency"], metadata["as_of"]) == ("USD", None)
    assert _native.exemplar().metadata["as_of"] == datetime.date(1900, 1, 1)


def test_definitions() -> None:
    yearly = cs.Definitions(period="year", fiscal_year_start=4)
    assert (yearly.period, yearly.fiscal_year_start, yearly.fx_date) == ("year", 4, None)
    assert yearly.exclude_kinds == ["trial", "one_time", "usage"]
    assert cs.Definitions.from_json(yearly.to_json()) == yearly
    assert hash(cs.Definitions.from_json(yearly.to_json())) == hash(yearly)
    assert yearly.replace(period="month", fiscal_year_start=1) == cs.Definitions()
    assert cs.Definitions().diff(yearly) == [
        {"switch": "period", "before": "month", "after": "year"},
        {"switch": "fiscal_year_start", "before": 1, "after": 4},
    ]
    assert pickle.loads(pickle.dumps(yearly)) == copy.deepcopy(yearly) == yearly
    assert repr(yearly) == "Definitions(period='year', fiscal_year_start=4)"
    assert repr(cs.Definitions(free_counts=True)) == "Definitions(free_counts=True)"
    assert {"period", "extra_digits", "diff"} <= set(dir(yearly))
    assert yearly != 7
    with pytest.raises(AttributeError, match="there is no switch"):
        yearly.perod  # noqa: B018
    for switches in ({"perod": "year"}, {"period": "week"}, {"extra_digits": 7}, {"extra_digits": True}):
        with pytest.raises(cs.InvalidArgument) as caught:
            cs.Definitions(**switches)
        assert caught.value.path.startswith("definitions.")


def test_a_day_of_definitions_is_a_date() -> None:
    day = datetime.date(2026, 1, 31)
    definitions = cs.Definitions(fx="constant", fx_date=day)
    assert definitions == cs.Definitions(fx="constant", fx_date="2026-01-31")
    assert type(definitions.fx_date) is datetime.date
    assert definitions.fx_date == day
    assert cs.Definitions(fx="constant").diff(definitions) == [{"switch": "fx_date", "before": None, "after": day}]
    assert repr(definitions) == "Definitions(fx='constant', fx_date=datetime.date(2026, 1, 31))"
    assert pickle.loads(pickle.dumps(definitions)) == definitions == definitions.replace(fx_date=definitions.fx_date)
    text = _native.exemplar().to_json()
    text = text.replace(cs.Definitions().to_json(), definitions.to_json())
    table = cs.Table.from_json(text.replace(cs.Definitions().fingerprint, definitions.fingerprint))
    assert table.metadata["definitions"]["fx_date"] == day
    with pytest.raises(cs.InvalidArgument):
        cs.Definitions(fx_date=datetime.datetime(2026, 1, 31))


def test_definitions_of_a_portfolio(book: list[dict[str, Any]]) -> None:
    book[0]["mrr"] = "0.125"
    definitions = cs.Definitions(extra_digits=1, period="quarter")
    portfolio = cs.Portfolio.from_tables(contracts=book, currency="USD", definitions=definitions)
    row = portfolio.movements("2026-01-01", "2026-02-01").to_dicts()[0]
    assert row["period_end"] == datetime.date(2026, 4, 1)
    assert row["new_mrr"] == Decimal("50.625")
    with pytest.raises(cs.InvalidInput) as caught:
        portfolio.movements("2026-01-01", "2026-02-01", definitions=cs.Definitions())
    assert (caught.value.code, caught.value.row) == ("too_many_digits", 1)


def test_arguments_nest_within_bounds(portfolio: cs.Portfolio) -> None:
    endless: list[Any] = []
    endless.append(endless)
    for work in (
        lambda: cs.Definitions(period=endless),
        lambda: portfolio.movements("2026-01-01", "2026-02-01", by=endless),
    ):
        with pytest.raises(cs.InvalidArgument) as caught:
            work()
        assert caught.value.code == "limit_exceeded"
        assert caught.value.path.startswith(("period[1][1]", "by[1][1]"))
        assert "an argument nests deeper than 32 levels" in str(caught.value)


def test_days_are_keys_of_targets(portfolio: cs.Portfolio) -> None:
    def board(targets: Any) -> str:
        return portfolio.kpis("2026-01-01", "2026-03-01", targets=targets).to_json()

    found = board({"new_mrr": {datetime.date(2026, 1, 1): Decimal("10.00"), datetime.date(2026, 2, 1): 20}})
    assert found == board({"new_mrr": {"2026-01-01": "10.00", "2026-02-01": 20}})
    assert found != board({})
    for key in (1, None, 2.5, datetime.datetime(2026, 1, 1), "2026-01-02"):
        with pytest.raises(cs.InvalidArgument) as caught:
            board({"new_mrr": {key: 20}})
        assert caught.value.path.startswith("targets.new_mrr"), key


def test_some_switches_follow_the_portfolio(book: list[dict[str, Any]]) -> None:
    book[0]["kind"] = "trial"
    everything = cs.Definitions(exclude_kinds=[])
    portfolio = cs.Portfolio.from_tables(contracts=book, currency="USD", definitions=everything)
    quarter = portfolio.movements("2026-01-01", "2026-02-01", definitions={"period": "quarter"})
    assert quarter.metadata["definitions"]["exclude_kinds"] == []


def test_errors_cross_processes() -> None:
    with pytest.raises(cs.InvalidInput) as caught:
        cs.Portfolio.from_tables(contracts=[{"contract_id": "c"}], currency="USD")
    again = pickle.loads(pickle.dumps(caught.value))
    assert type(again) is cs.InvalidInput
    assert (again.problems, str(again)) == (caught.value.problems, str(caught.value))


def test_load_report(book: list[dict[str, Any]]) -> None:
    book[1]["mrr"] = "much"
    book.append({})
    portfolio = cs.Portfolio.from_tables(contracts=book, currency="USD", on_invalid="reject")
    report = portfolio.load_report
    assert (report.rows_read, report.accepted, report.rejected, report.blank) == (4, 2, 1, 1)
    assert report.tables == [{"table": "contracts", "rows_read": 4, "accepted": 2, "rejected": 1, "blank": 1}]
    assert [problem.code for problem in report.problems] == ["invalid_amount"]
    assert all(type(problem) is cs.Problem for problem in report.problems)
    assert (report.problems_total, report.warnings, report.warnings_total) == (1, [], 0)
    assert repr(report) == "<LoadReport: 4 rows read, 2 accepted, 1 rejected, 1 blank>"
    # Made once, so that a loop over its problems does not make all of them again and again.
    assert portfolio.load_report is report
    assert report.problems is report.problems
    assert pickle.loads(pickle.dumps(report)) == copy.deepcopy(report) == report
    assert report != cs.Portfolio.from_tables(contracts=book[:1], currency="USD").load_report
    with pytest.raises(AttributeError):
        report.accepted = 3  # type: ignore[misc]


def test_results_are_tables_of_their_own(portfolio: cs.Portfolio) -> None:
    table = portfolio.movements("2026-01-01", "2026-02-01")
    del portfolio
    assert len(table.to_dicts()) == len(table) == 1
    assert pickle.loads(pickle.dumps(table)) == table
    assert table != 7


@pytest.fixture(scope="module")
def large() -> cs.Portfolio:
    """Long enough to be interrupted."""
    count = 600_000
    table = pyarrow.table(
        {
            "contract_id": [str(n) for n in range(count)],
            "customer_id": [str(n) for n in range(count)],
            "start_date": pyarrow.array([20_000] * count, pyarrow.date32()),
            "mrr": [1] * count,
        }
    )
    return cs.Portfolio.from_tables(contracts=table, currency="USD")


def test_threads_run_beside_long_work(large: cs.Portfolio) -> None:
    """The interpreter's lock is free while the core works."""
    ticks: list[float] = []
    stop = threading.Event()

    def tick() -> None:
        while not stop.is_set():
            ticks.append(time.monotonic())
            time.sleep(0.001)

    thread = threading.Thread(target=tick)
    thread.start()
    start = time.monotonic()
    large.journal("2024-01-01", "2025-01-01")
    end = time.monotonic()
    stop.set()
    thread.join()
    assert sum(start < moment < end for moment in ticks) >= 3


def test_ctrl_c_stops_long_work(large: cs.Portfolio) -> None:
    def interrupt() -> None:
        time.sleep(0.05)
        signal.raise_signal(signal.SIGINT)

    # A shell that runs the tests in the background has its jobs ignore the signal.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    thread = threading.Thread(target=interrupt)
    thread.start()
    try:
        with pytest.raises(KeyboardInterrupt):
            for _ in range(1_000):
                large.movements("2024-01-01", "2025-01-01")
        thread.join()
    finally:
        signal.signal(signal.SIGINT, before)
    assert len(large.movements("2024-01-01", "2024-02-01")) == 1
