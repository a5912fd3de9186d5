"""Columns of any library as the native part takes them: what they are is asked of them, no library is imported."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from customer_success import _native


def flat(value: Any) -> Any:
    """Floats of an array of numbers, bytes of one of flags; anything else as the list that it is."""
    if hasattr(value, "to_pylist"):
        return value.to_pylist()
    if hasattr(value, "to_numpy"):
        value = value.to_numpy()
    match getattr(getattr(value, "dtype", None), "kind", None), getattr(value, "ndim", 1):
        case ("f" | "i" | "u", 1):
            return value.astype("float64", copy=False)
        case ("b", 1):
            return value.tobytes()
        case ("O" | "U", 1):
            return [None if is_missing(item) else item for item in value.tolist()]
        case (str(), dimensions) if dimensions != 1:
            # Where a row stands, no number does.
            return value.tolist()
    # Of the standard library's arrays those that hold whole numbers.
    if type(value).__module__ == "array":
        return value if value.typecode == "d" else value.tolist()
    return list(value) if isinstance(value, Sequence) and not isinstance(value, str | bytes) else value


def is_missing(item: Any) -> bool:
    """Whether it is what data frames have for a missing value."""
    return type(item).__name__ in ("NAType", "NaTType") or item != item


def calculated(name: str, **arguments: Any) -> _native.Table:
    """What a function on plain numbers gives."""
    return _native.calculated(name, {argument: flat(value) for argument, value in arguments.items()})


def asked(name: str, **arguments: Any) -> Any:
    """What a method of a model or a formula gives; arrays cross as lists, and decimals as their digits."""
    return _native.asked(name, {argument: plain(flat(value)) for argument, value in arguments.items()})


def plain(value: Any) -> Any:
    """The same without types that only Python has; whole floats of an array of numbers are whole."""
    if isinstance(value, Decimal):
        # More digits than any amount has are none of its value's.
        return f"{value:f}" if value.is_finite() and value.adjusted() < MOST_DIGITS else str(value)
    if hasattr(value, "tolist"):
        return [int(item) if isinstance(item, float) and item.is_integer() else item for item in value.tolist()]
    return value


# An amount has no more digits before its point.
MOST_DIGITS = 30


def pair(ends: Any) -> Any:
    """The ends of an interval, if it has any."""
    return ends and tuple(ends)
