"""What is paid once: contracts of kind `one_time` that are left out of recurring revenue."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from contracts import check_price, known_contracts
from definitions import ModelError, parse_money


def purchases(book: dict, switches: dict, known_on: date | None) -> list[dict]:
    """The known ones, if the definitions leave them out of MRR; there are none otherwise."""
    if "one_time" not in switches["exclude_kinds"]:
        return []
    once = [row for row in known_contracts(book, known_on) if row.get("kind") == "one_time"]
    if any((row.get("currency") or book["currency"]) != book["currency"] for row in once):
        raise ModelError("second_currency")
    return once


def paid_once(row: dict) -> Fraction:
    """Its amount or its `mrr`, whatever time that is said to be for."""
    check_price(row)
    return parse_money(row["mrr"] if row.get("mrr") is not None else row["amount"])
