"""A panic of the library is an `InternalError`, whatever was called.

The library that is shipped cannot be told to panic. So what is read here is that every function that Python can call
is one call of `entry`, which turns panics into exceptions; and one panic is a real one.
"""

import gc
import re
from pathlib import Path
from typing import Any

import pytest

import customer_success as cs
from customer_success import _native

SOURCE = Path(__file__).resolve().parents[1] / "src"
BLOCK = re.compile(r"^#\[pymethods\]\nimpl (\w+) \{\n(.*?)^\}$", re.MULTILINE | re.DOTALL)
FREE = re.compile(r"^    #\[pyfunction\]\n(.*?^    \}$)", re.MULTILINE | re.DOTALL)
# The same in a file of its own.
APART = re.compile(r"^#\[pyfunction\]\npub\(crate\) (.*?^\}$)", re.MULTILINE | re.DOTALL)
FUNCTION = re.compile(r"^    fn (\w+).*?\{\n(.*?)^    \}$", re.MULTILINE | re.DOTALL)

# What Python calls by another name than the source, and what one function answers.
WRITTEN = {
    "__new__": "new",
    "__getattribute__": "__getattr__",
    **dict.fromkeys(["__ne__", "__lt__", "__le__", "__gt__", "__ge__"], "__eq__"),
}


def entry_points() -> dict[str, dict[str, str]]:
    """The bodies of the functions that Python can call, by class; those of no class under the name of the module."""
    source = "".join(path.read_text(encoding="utf-8") for path in sorted(SOURCE.rglob("*.rs")))
    apart = [re.sub(r"^(?=.)", "    ", function, flags=re.MULTILINE) for function in APART.findall(source)]
    blocks = [*BLOCK.findall(source), ("_native", "\n".join(FREE.findall(source) + apart))]
    assert source.count("#[pymethods]") == len(blocks) - 1
    found: dict[str, dict[str, str]] = {}
    for owner, block in blocks:
        found.setdefault(owner, {}).update(FUNCTION.findall(block))
    assert source.count("#[pyfunction]") == len(found["_native"])
    return found


def test_every_entry_point_is_guarded() -> None:
    for owner, functions in entry_points().items():
        for name, body in functions.items():
            statements = re.findall(r"^ {8}(?! |//).+", body, re.MULTILINE)
            assert statements[0].startswith("        entry(|| "), f"{owner}.{name}"
            assert statements[1:] in ([], ["        })"]), f"{owner}.{name}"


def test_nothing_else_is_an_entry_point() -> None:
    written = entry_points()
    for found in (_native, _native.Backtest, _native.Definitions, _native.Drilldown, _native.Portfolio, _native.Review, _native.Scorecard, _native.Table):
        owner = found.__name__.split(".")[-1]
        there = {name for name, member in vars(found).items() if hasattr(member, "__get__") or callable(member)}
        there -= {"Backtest", "Definitions", "Drilldown", "Portfolio", "Review", "Scorecard", "Table"}
        assert {WRITTEN.get(name, name) for name in there} == set(written.pop(owner)), owner
    assert not written


def test_a_panic_is_an_exception(book: list[dict[str, Any]]) -> None:
    """Arguments that change while they are read are what no program does, and what the library panics at."""

    class Meddling:
        def __index__(self) -> int:
            for holder in gc.get_referrers(self):
                if isinstance(holder, dict):
                    holder["another"] = None
            return 1

    portfolio = cs.Portfolio.from_tables(contracts=book, currency="USD")
    for call in (
        lambda: cs.Definitions(period=Meddling()),  # type: ignore[arg-type]
        lambda: cs.Definitions().replace(period=Meddling()),  # type: ignore[typeddict-item]
        lambda: cs.Portfolio.from_tables(contracts=book, currency=Meddling()),  # type: ignore[arg-type]
        lambda: portfolio.movements("2026-01-01", "2026-02-01", by=Meddling()),  # type: ignore[arg-type]
    ):
        with pytest.raises(cs.InternalError) as caught:
            call()
        assert caught.value.code == "internal"
