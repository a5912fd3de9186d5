"""Pictures: the same bytes as in every other language, and what a notebook shows."""

import hashlib
import json
from typing import Any

import altair
import pytest
from conftest import CONFORMANCE

import customer_success as cs
from customer_success import _plot

COMMITTED = json.loads((CONFORMANCE / "pictures.json").read_text())
# Arguments that have a place, in their order.
PLACED = ("start", "end", "as_of", "as_of_days", "since", "horizon_days")


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def test_bytes() -> None:
    portfolio = cs.Portfolio.synthetic(customers=COMMITTED["customers"])
    seen = 0
    for entry in COMMITTED["pictures"]:
        arguments = dict(entry["arguments"])
        data = [arguments.pop(name) for name in PLACED if name in arguments]
        result = getattr(portfolio, entry["operation"])(*data, **arguments)
        table = result if entry["table"] is None else getattr(result, entry["table"])
        picture, locale = entry["picture"]["picture"], entry["picture"]["locale"]
        assert picture in table.pictures
        assert digest(table.to_svg(picture, locale=locale)) == entry["svg"]
        spec = table.to_vega_lite(picture, locale=locale)
        assert digest(json.dumps(spec, ensure_ascii=False, separators=(",", ":"))) == entry["vega_lite"]
        # altair holds it against the schema.
        chart = table.plot(picture, locale=locale)
        assert isinstance(chart, altair.LayerChart)
        assert chart.to_dict()["title"] == spec["title"]
        seen += 1
    assert seen == 96


def test_first_picture_and_refusals() -> None:
    portfolio = cs.Portfolio.synthetic(customers=20)
    table = portfolio.movements("2025-01-01", "2026-01-01")
    assert table.pictures == ["movements", "waterfall", "arr"]
    assert table.to_svg() == table.to_svg("movements") != table.to_svg("arr")
    for call in (table.to_svg, table.to_vega_lite, table.plot):
        with pytest.raises(cs.InvalidArgument) as raised:
            call("pie")
        assert raised.value.path == "picture"
    with pytest.raises(cs.InvalidArgument):
        table.to_svg(locale="fr")  # type: ignore[arg-type]
    with pytest.raises(cs.InvalidArgument):
        portfolio.table("contracts").plot()


def test_plot(monkeypatch: pytest.MonkeyPatch) -> None:
    table = cs.Portfolio.synthetic(customers=20).cohorts("2026-01-01")
    monkeypatch.setattr(_plot, "altair", lambda: None)
    shown = table.plot(locale="ja")
    assert shown == table.to_svg(locale="ja") == shown._repr_svg_()
