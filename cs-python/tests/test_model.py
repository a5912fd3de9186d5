"""The library against the reference model, which was written from the definitions alone."""

import json
from typing import Any

import books
import model
import pytest
from conftest import CONFORMANCE

import customer_success as cs

OPERATIONS = ("movements", "journal", "retention", "flow_retention", "cohorts")
CALLS = 20_000
PARTS = 40


def answer(call: dict[str, Any]) -> Any:
    """The rows that the library gives, or the code of its refusal."""
    tables = {name: rows for name, rows in call["book"].items() if name != "currency"}
    definitions = cs.Definitions(**call["definitions"])
    portfolio = cs.Portfolio.from_tables(currency=call["book"]["currency"], definitions=definitions, **tables)
    observed = portfolio.observed_until
    assert (observed and observed.isoformat()) == model.observed_until(call["book"])
    arguments = dict(call["arguments"])
    if "definitions" in arguments:
        arguments["definitions"] = cs.Definitions(**arguments["definitions"])
    days = [arguments.pop(name) for name in ("start", "end") if name in arguments]
    try:
        return json.loads(getattr(portfolio, call["operation"])(*days, **arguments).to_json())["rows"]
    except cs.CustomerSuccessError as error:
        return error.code


@pytest.mark.parametrize("part", range(PARTS))
def test_random_calls(part: int) -> None:
    for seed in range(part, CALLS, PARTS):
        call = books.random_call(seed)
        assert answer(call) == model.answer(call), f"{call['operation']} of seed {seed}"


def test_every_operation_is_called() -> None:
    """Each operation, with and without what is known on a day, and most refusals, among the first calls."""
    calls = [books.random_call(seed) for seed in range(2_000)]
    for operation in OPERATIONS:
        mine = [call["arguments"] for call in calls if call["operation"] == operation]
        assert len(mine) > 200
        assert 50 < sum("known_on" in arguments for arguments in mine) < len(mine) - 50
    refused = {found for call in calls if isinstance(found := model.answer(call), str)}
    assert len(refused) >= 6


def test_vectors() -> None:
    """The committed answers are the model's too."""
    compared = 0
    for path in sorted((CONFORMANCE / "vectors").glob("*.json")):
        vector = json.loads(path.read_text(encoding="utf-8"))
        options = vector["options"]
        answers = path.with_suffix(".expected").read_text(encoding="utf-8").split("\n")[:-1]
        # The model has no opinion on input that is not valid, and reads no files.
        if "contracts" not in vector or "currency" not in options or len(answers) != len(vector["calls"]):
            continue
        book = {name: vector[name] for name in ("contracts", "customers", "pauses") if name in vector}
        for call, answer in zip(vector["calls"], answers, strict=True):
            known = json.loads(answer)
            if call["operation"] not in OPERATIONS or "rows" not in known or "reject" in str(options):
                continue
            arguments = dict(call["arguments"])
            definitions = arguments.pop("definitions", options.get("definitions", {}))
            read = {"currency": options["currency"], **book}
            rows = getattr(model, call["operation"])(read, definitions, **arguments)
            assert known["rows"] == rows, f"{path.stem}: {call}"
            compared += 1
    assert compared >= 40
