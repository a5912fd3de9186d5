"""Scorecards as Python has them, and the scores that they give."""

import copy
import datetime
import hashlib
import json
import pickle
from decimal import Decimal
from importlib import import_module
from typing import Any

import pyarrow
import pytest
from conftest import CONFORMANCE

import customer_success as cs

DAY = datetime.date(2026, 4, 30)
MEASURE: dict[str, Any] = {
    "measure": "active",
    "evidence": "product_adoption",
    "weight": 1,
    "value": {"table": "signals", "aggregate": "last", "where": {"signal": "active_users"}},
    "curve": [[0, 0], [10, 100]],
}
CARD: dict[str, Any] = {"name": "use", "measures": [MEASURE]}
CONTRACTS = [
    {"contract_id": "c-1", "customer_id": "acme", "start_date": "2025-01-01", "mrr": "100.00"},
    {"contract_id": "c-2", "customer_id": "bolt", "start_date": "2025-01-01", "mrr": "50.50"},
]
SIGNALS = [
    {"customer_id": "acme", "signal": "active_users", "observed_on": "2026-03-01", "value": 5},
    {"customer_id": "acme", "signal": "active_users", "observed_on": "2026-04-10", "value": 7.5},
]


@pytest.fixture
def portfolio() -> cs.Portfolio:
    return cs.Portfolio.from_tables(contracts=CONTRACTS, signals=SIGNALS, currency="USD")


@pytest.fixture
def card() -> cs.Scorecard:
    return cs.Scorecard.from_json(json.dumps(CARD))


def test_the_json_is_canonical_and_read_back(card: cs.Scorecard) -> None:
    assert card.name == "use"
    text = card.to_json()
    assert text.startswith('{"name":"use","min_coverage":0.5,"bands":[{"band":"green","from":75},')
    assert cs.Scorecard.from_json(text).to_json() == text
    assert card.fingerprint == hashlib.sha256(text.encode()).hexdigest()
    assert repr(card) == "<Scorecard use>"


def test_the_standard_scorecard() -> None:
    standard = cs.Scorecard.standard()
    assert standard.name == "standard"
    assert standard == cs.Scorecard.standard() == cs.Scorecard.from_json(standard.to_json())
    told = json.loads(standard.to_json())
    evidence = {measure["evidence"] for measure in told["measures"]}
    assert len(evidence) == len(told["groups"]) == 9
    assert all(measure["reason"] for measure in told["measures"])
    assert standard.lint() == []


def test_equal_scorecards_are_one(card: cs.Scorecard) -> None:
    # What is left out is as it is told.
    again = cs.Scorecard.from_json(json.dumps({"min_coverage": 0.5, **CARD, "groups": [], "profiles": None}))
    assert again == card
    assert hash(again) == hash(card)
    assert again.fingerprint == card.fingerprint
    assert len({card, again, cs.Scorecard.standard()}) == 2
    for other in (cs.Scorecard.standard(), cs.Scorecard.from_json(json.dumps({**CARD, "name": "other"}))):
        assert other != card
        assert hash(other) != hash(card)
    assert card != CARD
    assert card != 7


def test_scorecards_cross_processes(card: cs.Scorecard) -> None:
    for one in (card, cs.Scorecard.standard()):
        assert pickle.loads(pickle.dumps(one)) == copy.copy(one) == copy.deepcopy(one) == one


def test_they_are_never_changed(card: cs.Scorecard) -> None:
    with pytest.raises(AttributeError):
        card.name = "other"  # type: ignore[misc]
    with pytest.raises(TypeError):
        cs.Scorecard()


def test_lint(card: cs.Scorecard, portfolio: cs.Portfolio) -> None:
    def told(lint: list[dict[str, Any]]) -> list[tuple[str, str]]:
        return [(problem["code"], problem["path"]) for problem in lint]

    assert card.lint() == card.lint(None) == card.lint(portfolio) == []
    value = {"table": "signals", "aggregate": "count"}
    flat = {**MEASURE, "measure": "flat", "curve": [[0, 80], [1, 80]], "value": value}
    doubtful = cs.Scorecard.from_json(json.dumps({"name": "flat", "measures": [flat]}))
    assert told(doubtful.lint()) == [
        ("flat_curve", "scorecard.measures[1].curve"),
        ("mixed_signals", "scorecard.measures[1].value"),
        ("unreachable_band", "scorecard.bands[2]"),
        ("unreachable_band", "scorecard.bands[3]"),
    ]
    assert doubtful.lint()[0]["value"] == "flat"
    cases = {**MEASURE, "measure": "cases", "value": {"table": "cases", "aggregate": "count"}}
    lacking = cs.Scorecard.from_json(json.dumps({"name": "x", "measures": [MEASURE, cases]}))
    assert lacking.lint() == []
    assert told(lacking.lint(portfolio)) == [("no_evidence", "scorecard.measures[2].value")]


def test_rows_of_health(card: cs.Scorecard, portfolio: cs.Portfolio) -> None:
    health = portfolio.health(DAY, scorecard=card)
    acme, bolt = health.to_dicts()
    assert acme == {
        "customer_id": "acme",
        "score": 75.0,
        "band": "green",
        "state": "scored",
        "coverage": 1.0,
        "change_30d": 25.0,
        "mrr": Decimal("100.00"),
    }
    assert (type(acme["score"]), type(acme["mrr"])) == (float, Decimal)
    assert [bolt[name] for name in ("score", "band", "change_30d")] == [None] * 3
    assert (bolt["state"], bolt["coverage"], bolt["mrr"]) == ("insufficient_data", 0.0, Decimal("50.50"))
    assert [str(field.type) for field in pyarrow.table(health).schema] == [
        "string",
        "double",
        "string",
        "string",
        "double",
        "double",
        "decimal128(38, 2)",
    ]


def test_rows_of_explanations(card: cs.Scorecard, portfolio: cs.Portfolio) -> None:
    explained = portfolio.explain_health(DAY, customer_id="acme", scorecard=card)
    assert explained.to_dicts() == [
        {
            "customer_id": "acme",
            "measure": "active",
            "group": None,
            "value": 7.5,
            "measure_score": 75.0,
            "weight": 1,
            "contribution": 75.0,
            "observed_on": datetime.date(2026, 4, 10),
            "state": "measured",
        }
    ]
    assert type(explained.to_dicts()[0]["weight"]) is int
    everybody = portfolio.explain_health(DAY, scorecard=card).to_dicts()
    assert [(row["customer_id"], row["state"]) for row in everybody] == [("acme", "measured"), ("bolt", "missing")]
    assert everybody[1]["observed_on"] is None
    with pytest.raises(cs.InvalidArgument) as caught:
        portfolio.explain_health(DAY, customer_id="nobody", scorecard=card)
    assert (caught.value.code, caught.value.path, caught.value.value) == ("unknown_customer", "customer_id", "nobody")


def test_a_scorecard_is_taken_as_it_is_held_and_as_a_dict(card: cs.Scorecard, portfolio: cs.Portfolio) -> None:
    expected = portfolio.health(DAY, scorecard=card)
    assert portfolio.health("2026-04-30", scorecard=CARD) == expected
    assert portfolio.health(DAY, scorecard=json.loads(card.to_json())) == expected
    # Points as tuples, and a day as a day.
    override: dict[str, Any] = {"customer_id": "bolt", "band": "red", "author": "Kim", "reason": "asked"}
    override |= {"from": DAY, "until": "2026-05-01"}
    measure = {**MEASURE, "curve": ((0, 0), (10.0, 100))}
    rows = portfolio.health(DAY, scorecard={"name": "use", "measures": (measure,), "overrides": [override]}).to_dicts()
    assert [(row["band"], row["state"]) for row in rows] == [("green", "scored"), ("red", "overridden")]
    standard = portfolio.health(DAY)
    assert standard == portfolio.health(DAY, scorecard=None) == portfolio.health(DAY, scorecard=cs.Scorecard.standard())
    assert standard != expected


def test_the_metadata_says_by_which_scorecard(card: cs.Scorecard, portfolio: cs.Portfolio) -> None:
    for result in (portfolio.health(DAY, scorecard=CARD), portfolio.explain_health(DAY, scorecard=card)):
        assert result.metadata["scorecard"] == card.fingerprint
        assert result.metadata["as_of"] == DAY
        assert pickle.loads(pickle.dumps(result)).metadata == result.metadata
    assert portfolio.health(DAY).metadata["scorecard"] == cs.Scorecard.standard().fingerprint
    assert portfolio.movements("2026-01-01", "2026-02-01").metadata["scorecard"] is None


def test_a_float_without_fraction_is_a_whole_number(card: cs.Scorecard, portfolio: cs.Portfolio) -> None:
    value = {**MEASURE["value"], "window_days": 90.0}
    floats = {**CARD, "measures": [{**MEASURE, "weight": 1.0, "value": value}]}
    wholes = {**CARD, "measures": [{**MEASURE, "value": {**value, "window_days": 90}}]}
    assert cs.Scorecard.from_json(json.dumps(floats)) == cs.Scorecard.from_json(json.dumps(wholes))
    assert portfolio.health(DAY, scorecard=floats) == portfolio.health(DAY, scorecard=wholes)
    # So it is elsewhere.
    seven: Any = 7.0
    assert cs.Definitions(gap_tolerance_days=seven) == cs.Definitions(gap_tolerance_days=7)
    assert portfolio.outlook(DAY, fall_points=seven) == portfolio.outlook(DAY, fall_points=7)
    limited = cs.Portfolio.from_tables(contracts=CONTRACTS, currency="USD", limits={"rows": seven})
    assert len(limited.table("contracts")) == 2
    halves = {**CARD, "measures": [{**MEASURE, "weight": 1.5}]}
    with pytest.raises(cs.InvalidArgument, match=r"measures\[1\].weight: `1.5` stands where a whole number") as caught:
        portfolio.health(DAY, scorecard=halves)
    assert caught.value.code == "invalid_scorecard"


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"weight": float("nan")}, "scorecard.measures[1].weight"),
        ({"curve": [[0, 0], [1, complex(100)]]}, "scorecard.measures[1].curve[2][2]"),
        ({"value": {**MEASURE["value"], "where": {"signal": b"x"}}}, "scorecard.measures[1].value.where.signal"),
        ({"value": {1: 2}}, "scorecard.measures[1].value"),
        ({"value": {"a\n" + "x" * 99: float("nan")}}, "scorecard.measures[1].value.a " + "x" * 62 + "…"),
    ],
)
def test_what_json_has_not_is_refused_where_it_stands(
    change: dict[str, Any], path: str, portfolio: cs.Portfolio
) -> None:
    with pytest.raises(cs.InvalidArgument) as caught:
        portfolio.health(DAY, scorecard={**CARD, "measures": [{**MEASURE, **change}]})
    assert (caught.value.code, caught.value.path) == ("invalid_argument", path)


@pytest.mark.parametrize(
    ("text", "code", "path"),
    [
        ("{", "invalid_json", "scorecard"),
        ('{"name":"a","name":"b"}', "duplicate_key", "scorecard"),
        ("[]", "invalid_scorecard", "scorecard"),
        ('{"name":"a"}', "invalid_scorecard", "scorecard.measures"),
        (json.dumps({**CARD, "measure": 1}), "invalid_scorecard", "scorecard.measure"),
        (json.dumps({**CARD, "measures": [{}]}), "invalid_scorecard", "scorecard.measures[1].measure"),
    ],
)
def test_what_is_no_scorecard_is_refused(text: str, code: str, path: str) -> None:
    with pytest.raises(cs.InvalidArgument) as caught:
        cs.Scorecard.from_json(text)
    assert (caught.value.code, caught.value.path) == (code, path)


def test_what_is_no_scorecard_is_refused_as_an_argument(portfolio: cs.Portfolio) -> None:
    for wrong, code, path in (
        ({**CARD, "measures": [{**MEASURE, "curve": [[0, 0]]}]}, "invalid_scorecard", "scorecard.measures[1].curve"),
        ({}, "invalid_scorecard", "scorecard.measures"),
        ("standard", "invalid_argument", "scorecard"),
        (7, "invalid_argument", "scorecard"),
        (cs.Definitions(), "invalid_scorecard", "scorecard.period"),
    ):
        for ask in (portfolio.health, portfolio.explain_health):
            with pytest.raises(cs.InvalidArgument) as caught:
                ask(DAY, scorecard=wrong)  # type: ignore[arg-type]
            assert (caught.value.code, caught.value.path) == (code, path)


def test_the_schema_takes_what_is_a_scorecard() -> None:
    """It refuses nothing that the library takes; what it cannot say the library refuses alone."""
    jsonschema: Any = import_module("jsonschema")
    schema = json.loads(cs.Scorecard.json_schema())
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    taken = refused = 0
    for path in sorted((CONFORMANCE / "vectors").glob("*.json")):
        for call in json.loads(path.read_text(encoding="utf-8"))["calls"]:
            card = call["arguments"].get("scorecard")
            if not isinstance(card, dict):
                continue
            try:
                cs.Scorecard.from_json(json.dumps(card))
                taken += 1
                assert validator.is_valid(card), path.stem
            except cs.InvalidArgument:
                refused += not validator.is_valid(card)
    assert taken > 50
    assert refused > 50
    assert validator.is_valid(json.loads(cs.Scorecard.standard().to_json()))
