"""The library against the reference model, which was written from the definitions alone."""

import json
from collections.abc import Callable
from itertools import combinations
from typing import Any

import attention_calls
import board_calls
import books
import cards
import customer_success as cs
import formula_calls
import model
import pytest
import review_calls
import trials
import worth_calls
from conftest import CONFORMANCE
from definitions import DEFAULTS
from formulas import DEFAULTS as OPTIONS
from formulas import FORMULAS
from model_calls import answer, report
from review import standard_plays

CALLS = 20_000
SCORES = 8_000
STAYS = 4_000
RENEWALS = 8_000
WORTHS = 8_000
ATTENTIONS = 8_000
BOARDS = 4_000
REVIEWS = 1_000
BACKTESTS = 4_000
FORMULA_CALLS = 20_000
PARTS = 40


@pytest.mark.parametrize("part", range(PARTS))
def test_random_calls(part: int) -> None:
    for seed in range(part, CALLS, PARTS):
        call = books.random_call(seed)
        assert answer(call) == model.answer(call), f"{call['operation']} of seed {seed}"


@pytest.mark.parametrize("part", range(PARTS))
def test_random_scores(part: int) -> None:
    """Random scorecards on random facts agree to the millionth of a point."""
    for seed in range(part, SCORES, PARTS):
        call = cards.random_health_call(seed)
        assert answer(call) == model.answer(call), f"{call['operation']} of seed {seed}"


@pytest.mark.parametrize("part", range(PARTS))
def test_random_renewals(part: int) -> None:
    """What falls due, what follows it, and what is committed."""
    for seed in range(part, RENEWALS, PARTS):
        call = books.random_renewal_call(seed)
        assert answer(call) == model.answer(call), f"{call['operation']} of seed {seed}"


@pytest.mark.parametrize("part", range(PARTS))
def test_random_worths(part: int) -> None:
    """What customers are worth and recommend; what a maximum is found to is as good as the model's."""
    for seed in range(part, WORTHS, PARTS):
        call = worth_calls.random_worth_call(seed)
        assert worth_calls.differences(call, answer(call)) == [], f"{call['operation']} of seed {seed}"


@pytest.mark.parametrize("part", range(PARTS))
def test_random_attention(part: int) -> None:
    """Phases, loyalty, tiers and groups compared; what rests on alpha and beta, by those that are told."""
    for seed in range(part, ATTENTIONS, PARTS):
        call = attention_calls.random_attention_call(seed)
        fit = attention_calls.fit_call(call)
        assert attention_calls.differences(call, answer(call), answer(fit) if fit else None) == [], f"{call['operation']} of seed {seed}"


@pytest.mark.parametrize("part", range(PARTS))
def test_random_boards(part: int) -> None:
    """What became of those who paid, and key figures beside their targets; means of discounts are as near as floats are."""
    for seed in range(part, BOARDS, PARTS):
        call = board_calls.random_board_call(seed)
        assert board_calls.differences(call, answer(call)) == [], f"{call['operation']} of seed {seed}"


@pytest.mark.parametrize("part", range(PARTS))
def test_random_reviews(part: int) -> None:
    """Verdicts, what was asked and found, with its evidence and what follows; quotients are as near as floats are."""
    for seed in range(part, REVIEWS, PARTS):
        call = review_calls.random_review_call(seed)
        assert review_calls.differences(call, review_answer(call)) == [], seed


def review_answer(call: dict[str, Any]) -> Any:
    """The tables that the library gives, or the code of its refusal; some books say where they end."""
    tables = {name: rows for name, rows in call["book"].items() if name != "currency"}
    portfolio = cs.Portfolio.from_tables(currency=call["book"]["currency"], definitions=cs.Definitions(**call["definitions"]), **tables)
    arguments = dict(call["arguments"])
    if "definitions" in arguments:
        arguments["definitions"] = cs.Definitions(**arguments["definitions"])
    try:
        return report(json.loads(portfolio.review(arguments.pop("as_of"), **arguments).to_json()))
    except cs.CustomerSuccessError as error:
        return error.code


def test_random_reviews_find_everything() -> None:
    """Each question is answered in each way, and each verdict and play occurs, among the first of them."""
    seen: set[tuple[str, ...]] = set()
    for seed in range(800):
        call = review_calls.random_review_call(seed)
        tables = review_answer(call)
        if isinstance(tables, str) or call["arguments"].get("settings", {}).get("plays"):
            continue
        for row in tables["checks"]:
            is_assessed, is_found = float(row["assessed_mrr"]) > 0, any(finding["check"] == row["check"] for finding in tables["findings"])
            seen |= {(row["check"], "found")} if is_found else {(row["check"], "passed")} if is_assessed else set()
            seen |= {(row["check"], "lacked")} if row["missing_reason"] else set()
        seen |= {(row["verdict"], row["decided_by"]) for row in tables["verdicts"]}
        seen |= {("play", play) for row in tables["findings"] for play in row["plays"]}
    checks = [check for mine in review_calls.CHECKS.values() for check in mine]
    never = {("stale_evidence", "lacked"), ("achieved", "lacked")}  # who has none is not asked
    expected = {(check, what) for check in checks for what in ("found", "passed", "lacked")} - never
    expected |= {(verdict, "failing_share") for verdict in ("pass", "attention", "fail")} | {("not_assessable", "coverage"), ("attention", "group_finding"), ("fail", "group_finding")}
    assert expected | {("play", play["play"]) for play in standard_plays()} <= seen


@pytest.mark.parametrize("random_call", [books.random_stay_call, cards.random_value_call], ids=["stays", "values"])
@pytest.mark.parametrize("part", range(PARTS))
def test_random_stays(random_call: Callable[[int], dict[str, Any]], part: int) -> None:
    """Counts and days are the same; what comes of powers and logarithms is as near as floats of two libraries are."""
    for seed in range(part, STAYS, PARTS):
        call = random_call(seed)
        found, expected = answer(call), model.answer(call)
        if isinstance(found, str) or isinstance(expected, str):
            assert found == expected, seed
            continue
        assert [list(row) for row in found] == [list(row) for row in expected], seed
        for row, other in zip(found, expected, strict=True):
            for name, value in other.items():
                assert row[name] == (pytest.approx(value, rel=1e-12, abs=1e-12) if isinstance(value, float) else value), (seed, name)


@pytest.mark.parametrize("part", range(PARTS))
def test_random_backtests(part: int) -> None:
    """Who is tested, what became of them, and all that is told of it."""
    for seed in range(part, BACKTESTS, PARTS):
        call = trials.random_backtest_call(seed)
        assert answer(call) == model.answer(call), seed


def test_random_backtests_have_events() -> None:
    """Somebody is lost, announced, gone and without a score among the first of them."""
    found = [model.answer(trials.random_backtest_call(seed)) for seed in range(600)]
    summaries = [each["summary"][0] for each in found if not isinstance(each, str)]
    for column in ("events", "announced", "already_churned", "unscored", "warned_losses"):
        assert sum(summary[column] for summary in summaries) > 20, column


@pytest.mark.parametrize("part", range(PARTS))
def test_random_formulas(part: int) -> None:
    """Ratios and their intervals to the last bit; what comes of rates, as near as a few roundings leave it."""
    for seed in range(part, FORMULA_CALLS, PARTS):
        call = formula_calls.random_formula_call(seed)
        assert formula_calls.differences(call, formula_answer(call)) == [], seed


def formula_answer(call: dict[str, Any]) -> Any:
    """What the library gives, or where it refuses and why; only options are given by their names."""
    options = dict(call["arguments"])
    placed = [options.pop(name) for name in list(options) if name not in OPTIONS]
    try:
        return getattr(cs.metrics, call["formula"])(*placed, **options)
    except cs.CustomerSuccessError as error:
        return {"kind": type(error).__name__, "code": error.code, "path": error.path}


def test_random_intervals() -> None:
    """Customers are drawn as the model draws them."""
    compared = 0
    for seed in range(2_000):
        call = books.random_call(seed)
        if call["operation"] == "retention":
            call["operation"] = "retention_intervals"
            call["arguments"]["resamples"] = 100
            assert answer(call) == model.answer(call), seed
            compared += 1
    assert compared > 200


def test_the_model_has_every_operation(manifest: dict[str, Any]) -> None:
    """Those of random calls, those of which some are asked, and one that scikit-learn answers."""
    operations = [operation["name"] for operation in manifest["operations"]]
    others = ["retention_intervals", "backtest", "fit_scorecard", "survival"]
    random_ones = [*books.OPERATIONS, *books.RENEWAL_OPERATIONS, *cards.OPERATIONS, *cards.VALUE_OPERATIONS, *worth_calls.OPERATIONS, *attention_calls.OPERATIONS, *board_calls.OPERATIONS, *review_calls.OPERATIONS]
    assert sorted([*random_ones, *others]) == sorted(operations)


def test_the_model_has_every_formula(manifest: dict[str, Any]) -> None:
    """With its arguments in their order, their kinds and their defaults."""
    kinds = {"count": "count", "counts": "answers", "amount": "amount", "number": "number", "rate": "number"}
    for formula in manifest["metrics"]:
        taken = {each["name"]: kinds[each["takes"]] for each in formula["parameters"]}
        assert taken == {name: kinds.get(kind, kind) for name, kind in FORMULAS[formula["name"]].kinds.items()}
        assert formula["positional"] == [name for name in taken if name not in OPTIONS]
        assert all(each["default"] == OPTIONS[each["name"]] for each in formula["parameters"] if "default" in each)
    assert FORMULAS.keys() == {formula["name"] for formula in manifest["metrics"]}


def test_every_operation_is_called() -> None:
    """Each operation, with and without what is known on a day, and most refusals, among the first calls."""
    calls = [books.random_call(seed) for seed in range(2_000)]
    for operation in books.OPERATIONS:
        mine = [call["arguments"] for call in calls if call["operation"] == operation]
        assert len(mine) > 200
        assert 50 < sum("known_on" in arguments for arguments in mine) < len(mine) - 50
    refused = {found for call in calls if isinstance(found := model.answer(call), str)}
    assert len(refused) >= 6


def test_every_pair_of_switches_is_read_together() -> None:
    """Among the calls, every two switches are both away from their defaults, more than once."""
    together: dict[frozenset[str], int] = {}
    for seed in range(CALLS // 4):
        call = books.random_call(seed)
        switches = call["arguments"].get("definitions", call["definitions"])
        changed = [name for name, value in switches.items() if value not in (None, DEFAULTS[name])]
        for pair in combinations(sorted(changed), 2):
            together[frozenset(pair)] = together.get(frozenset(pair), 0) + 1
    built = [name for name in DEFAULTS if name not in ("fx", "early_days", "renewal_grace_days", "renewal_unit")]
    for pair in combinations(built, 2):
        assert together.get(frozenset(pair), 0) >= 20, pair


def test_vectors(manifest: dict[str, Any]) -> None:
    """The committed answers are the model's too."""
    tables = [table["name"] for table in manifest["tables"]]
    standard = json.loads(cs.Scorecard.standard().to_json())
    compared = ends = 0
    for path in sorted((CONFORMANCE / "vectors").glob("*.json")):
        vector = json.loads(path.read_text(encoding="utf-8"))
        options = vector["options"]
        answers = path.with_suffix(".expected").read_text(encoding="utf-8").split("\n")[:-1]
        # The model has no opinion on input that is not valid, and reads no files.
        if "contracts" not in vector or "currency" not in options or len(answers) != len(vector["calls"]):
            continue
        book = {name: vector[name] for name in tables if name in vector}
        read = {"currency": options["currency"], **book}
        for call, answer in zip(vector["calls"], answers, strict=True):
            known = json.loads(answer)
            if "reject" in str(options):
                continue
            if call["operation"] == "observed_until" and "observed_until" not in options:
                assert known == model.observed_until(read), path.stem
                ends += 1
            compared_ones = (*books.OPERATIONS, *books.RENEWAL_OPERATIONS, *cards.OPERATIONS, *worth_calls.OPERATIONS, *attention_calls.OPERATIONS, *board_calls.OPERATIONS, *review_calls.OPERATIONS, "retention_intervals")
            if call["operation"] not in compared_ones or not ("rows" in known or "expansion" in known or "verdicts" in known):
                continue
            arguments = model.as_read(call["arguments"])
            if call["operation"] in cards.OPERATIONS:
                arguments["scorecard"] = arguments.get("scorecard") or standard
            definitions = arguments.pop("definitions", model.as_read(options.get("definitions", {})))
            until = {name: options[name] for name in ("observed_until",) if name in options}
            asked = {"book": read | until, "definitions": definitions, "operation": call["operation"], "arguments": arguments}
            if call["operation"] in worth_calls.OPERATIONS:
                assert worth_calls.differences(asked, known["rows"]) == [], f"{path.stem}: {call}"
            elif call["operation"] in board_calls.OPERATIONS:
                found = known["rows"] if "rows" in known else report(known)
                assert board_calls.differences(asked, found) == [], f"{path.stem}: {call}"
            elif call["operation"] in review_calls.OPERATIONS:
                assert review_calls.differences(asked, report(known)) == [], f"{path.stem}: {call}"
            elif call["operation"] in attention_calls.OPERATIONS:
                assert attention_calls.differences(asked, known["rows"]) == [], f"{path.stem}: {call}"
            else:
                assert known["rows"] == model.answer(asked), f"{path.stem}: {call}"
            compared += 1
    assert compared >= 40
    assert ends >= 12


def test_vectors_of_formulas() -> None:
    """The committed answers of formulas are the model's too."""
    path = CONFORMANCE / "vectors" / "metrics.json"
    calls = json.loads(path.read_text(encoding="utf-8"))["calls"]
    answers = path.with_suffix(".expected").read_text(encoding="utf-8").split("\n")[:-1]
    for call, text in zip(calls, answers, strict=True):
        found = json.loads(text, parse_int=float)
        if isinstance(found, list):
            found = tuple(found)
        if isinstance(found, dict):
            found = {"kind": found["kind"]} | {name: found["problems"][0][name] for name in ("code", "path")}
        asked = {"formula": call["operation"].removeprefix("metrics."), "arguments": call["arguments"]}
        assert formula_calls.differences(asked, found) == [], call
    assert len(calls) >= 70
