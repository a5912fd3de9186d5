"""The library against the reference model, which was written from the definitions alone."""

import json
from typing import Any

import books
import model
import pytest
from conftest import CONFORMANCE

import customer_success as cs

BOOKS = 4_000
PARTS = 20


def rows(book: dict[str, Any], definitions: dict[str, Any], operation: str, start: str, end: str) -> Any:
    given = cs.Definitions(**definitions)
    portfolio = cs.Portfolio.from_tables(
        contracts=book["contracts"], customers=book.get("customers"), currency=book["currency"], definitions=given
    )
    return json.loads(getattr(portfolio, operation)(start, end).to_json())["rows"]


@pytest.mark.parametrize("part", range(PARTS))
def test_random_books(part: int) -> None:
    for seed in range(part, BOOKS, PARTS):
        book, definitions, start, end = books.random_book(seed)
        for operation in ("movements", "journal"):
            expected = getattr(model, operation)(book, definitions, start, end)
            assert rows(book, definitions, operation, start, end) == expected, f"{operation} of seed {seed}"


def test_vectors() -> None:
    """The committed answers are the model's too."""
    compared = 0
    for path in sorted((CONFORMANCE / "vectors").glob("*.json")):
        vector = json.loads(path.read_text(encoding="utf-8"))
        answers = path.with_suffix(".expected").read_text(encoding="utf-8").split("\n")[:-1]
        # The model has no opinion on input that is not valid, and reads no files.
        if "contracts" not in vector or "currency" not in vector["options"] or len(answers) != len(vector["calls"]):
            continue
        for call, answer in zip(vector["calls"], answers, strict=True):
            known = json.loads(answer)
            if call["operation"] not in ("movements", "journal") or "rows" not in known or "reject" in str(vector["options"]):
                continue
            arguments = dict(call["arguments"])
            definitions = arguments.pop("definitions", vector["options"].get("definitions", {}))
            book = {"currency": vector["options"]["currency"], "contracts": vector["contracts"]}
            expected = getattr(model, call["operation"])(book, definitions, arguments["start"], arguments["end"])
            assert known["rows"] == expected, f"{path.stem}: {call}"
            compared += 1
    assert compared >= 40
