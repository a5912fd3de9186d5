"""The same bytes as in every other language."""

import json
from pathlib import Path
from typing import Any

import pytest
from conftest import CONFORMANCE

import customer_success as cs
from customer_success import _native

SURFACE = json.loads(_native.surface())
TABLES = [table["name"] for table in SURFACE["tables"]]
CALCULATIONS = {function["name"] for function in SURFACE["calculations"]}
POSITIONAL = {call["name"]: call["positional"] for call in SURFACE["operations"] + SURFACE["calculations"]}
METRICS = {metric["name"]: metric["positional"] for metric in SURFACE["metrics"]}
VECTORS = sorted((CONFORMANCE / "vectors").glob("*.json"))


def source(vector: dict[str, Any], table: str) -> Any:
    """The rows or the file of a table."""
    if table in vector:
        return vector[table]
    text = vector.get(f"{table}_csv")
    return None if text is None else text.encode()


def asked(arguments: dict[str, Any]) -> str:
    """What a method of a model gives, and a model as its fields."""
    method = arguments.pop("method")
    if method == "fit":
        given: Any = cs.ShiftedBetaGeometric.fit(arguments.get("survivors"))
    else:
        model = cs.ShiftedBetaGeometric(alpha=arguments.pop("alpha", None), beta=arguments.pop("beta", None))
        given = model if method == "of" else getattr(model, method)(**arguments)
    if isinstance(given, cs.ShiftedBetaGeometric):
        names = ("alpha", "beta", "alpha_error", "beta_error", "log_likelihood")
        given = {name: getattr(given, name) for name in names}
    return written(given)


def metric(name: str, arguments: dict[str, Any]) -> Any:
    """What a formula gives; what is missing is the core's to refuse."""
    data = [arguments.pop(each, None) for each in METRICS[name]]
    return getattr(cs.metrics, name)(*data, **arguments)


def written(given: Any) -> str:
    """The same as canonical JSON has it: a number without fraction is whole."""

    def plain(value: Any) -> Any:
        return int(value) if isinstance(value, float) and value == int(value) else value

    return json.dumps([plain(value) for value in given] if isinstance(given, tuple) else plain(given), separators=(",", ":"))


def answers(vector: dict[str, Any]) -> list[str]:
    """What the library says to a vector, a line for each call."""
    contracts, *others = (source(vector, table) for table in TABLES)
    others = dict(zip(TABLES[1:], others, strict=True))
    try:
        if isinstance(contracts, bytes):
            portfolio = cs.Portfolio.from_csv(contracts, **others, **vector["options"])
        else:
            portfolio = cs.Portfolio.from_tables(contracts=contracts, **others, **vector["options"])
    except cs.CustomerSuccessError as error:
        return [error.to_json()]
    lines = []
    for call in vector["calls"]:
        arguments = dict(call["arguments"])
        try:
            if call["operation"] == "load_report":
                lines.append(portfolio.load_report.to_json())
            elif call["operation"] == "observed_until":
                day = portfolio.observed_until
                lines.append(json.dumps(day and day.isoformat()))
            elif call["operation"] == "table":
                lines.append(portfolio.table(arguments["name"]).to_json())
            elif call["operation"] == "partial":
                lines.append(portfolio.partial(arguments.pop("operation"), **arguments).decode())
            elif call["operation"] == "merge":
                lines.append(cs.merge([text.encode() for text in arguments["partials"]]).to_json())
            elif call["operation"] == "shifted_beta_geometric":
                lines.append(asked(arguments))
            elif call["operation"].startswith("review."):
                # The locale is asked of the form, all else of the review.
                asked_of_form = {name: arguments.pop(name) for name in ["locale"] if name in arguments}
                review = portfolio.review(arguments.pop("as_of"), **arguments)
                form = getattr(review, f"to_{call['operation'].removeprefix('review.')}")
                lines.append(json.dumps(form(**asked_of_form), ensure_ascii=False))
            elif call["operation"].startswith("metrics."):
                lines.append(written(metric(call["operation"].removeprefix("metrics."), arguments)))
            else:
                # Data goes by position, everything optional by keyword; what is missing is the core's to refuse.
                data = [arguments.pop(name, None) for name in POSITIONAL[call["operation"]]]
                of = cs if call["operation"] in CALCULATIONS else portfolio
                lines.append(getattr(of, call["operation"])(*data, **arguments).to_json())
        except cs.CustomerSuccessError as error:
            lines.append(error.to_json())
    return lines


@pytest.mark.parametrize("path", VECTORS, ids=lambda path: path.stem)
def test_vector(path: Path) -> None:
    vector = json.loads(path.read_text(encoding="utf-8"))
    expected = path.with_suffix(".expected").read_text(encoding="utf-8").split("\n")[:-1]
    assert answers(vector) == expected


def test_count() -> None:
    """A folder that is not found is no success."""
    assert f"{len(VECTORS)}\n" == (CONFORMANCE / "COUNT").read_text(encoding="utf-8")


def test_exemplar() -> None:
    table = _native.exemplar()
    assert table.to_json() == (CONFORMANCE / "exemplar.json").read_text(encoding="utf-8").rstrip("\n")
    assert cs.Table.from_json(table.to_json()) == table
