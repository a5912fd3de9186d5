"""Synthetic portfolios: the same bytes as in every other language."""

import hashlib
import json
from typing import Any

import pytest
from conftest import CONFORMANCE

import customer_success as cs

BOOKS = json.loads((CONFORMANCE / "synthetic.json").read_text())


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: str(book["arguments"].get("seed", 1)))
def test_bytes(book: dict[str, Any]) -> None:
    portfolio = cs.Portfolio.synthetic(**book["arguments"])
    found = {
        name: hashlib.sha256(portfolio.table(name).to_json().encode()).hexdigest() for name in book["tables"]
    }
    assert found == book["tables"]


def test_ten_books_of_all_tables() -> None:
    assert len(BOOKS) == 10
    assert all(len(book["tables"]) == 16 for book in BOOKS)


def test_arguments() -> None:
    portfolio = cs.Portfolio.synthetic(customers=30, currency="JPY", definitions={"sampling": "period_end"})
    assert (portfolio.currency, portfolio.definitions.sampling) == ("JPY", "period_end")
    assert len(portfolio.table("customers")) == 30
    assert portfolio.table("truth").columns[:2] == ["customer_id", "cause"]
    refused = [{"customers": 0}, {"months": 121}, {"fault": "x"}, {"seed": 2**53}, {"seed": 2**64}]
    for arguments in refused:
        with pytest.raises(cs.InvalidArgument) as raised:
            cs.Portfolio.synthetic(**arguments)  # type: ignore[arg-type]
        assert [raised.value.path] == list(arguments)


def test_limits_hold_while_tables_are_drawn() -> None:
    portfolio = cs.Portfolio.synthetic(customers=30, limits={"result_rows": 50})
    assert len(portfolio.table("truth")) <= 50
    with pytest.raises(cs.InvalidArgument) as raised:
        portfolio.table("signals")
    assert (raised.value.code, raised.value.path) == ("limit_exceeded", "name")
    with pytest.raises(cs.InvalidInput) as refused:
        cs.Portfolio.synthetic(customers=30, limits={"rows": 10})
    assert refused.value.code == "limit_exceeded"
