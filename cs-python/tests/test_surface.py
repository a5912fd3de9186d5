"""Everything of the surface manifest is here, spelled as it says."""

import datetime
import inspect
import json
import re
from pathlib import Path
from typing import Any

import customer_success as cs
from customer_success import _native


def shown(default: Any) -> Any:
    """A default as a signature shows it."""
    return tuple(default) if isinstance(default, list) else default


def calls(manifest: dict[str, Any]) -> list[tuple[Any, dict[str, Any]]]:
    """Every call of a portfolio and every function on plain numbers, each with what the manifest says of it."""
    of_portfolio = [(getattr(cs.Portfolio, call["name"]), call) for call in manifest["constructors"] + manifest["operations"]]
    return of_portfolio + [(getattr(cs, call["name"]), call) for call in manifest["calculations"]]


def test_manifest(manifest: dict[str, Any]) -> None:
    assert json.loads(_native.surface()) == manifest


def test_operations(manifest: dict[str, Any]) -> None:
    seen = 0
    for ours, operation in calls(manifest):
        parameters = inspect.signature(ours).parameters
        named = {name: parameter for name, parameter in parameters.items() if name != "self"}
        assert list(named) == [parameter["name"] for parameter in operation["parameters"]]
        for parameter in operation["parameters"]:
            there = named[parameter["name"]]
            if "default" in parameter:
                assert there.kind is inspect.Parameter.KEYWORD_ONLY
                assert there.default == shown(parameter["default"])
            else:
                assert there.default is inspect.Parameter.empty
            seen += 1
        assert ours.__doc__
    assert seen > 30


def test_docstrings(manifest: dict[str, Any]) -> None:
    """What the manifest says of a call stands in its docstring: every argument, column and code."""
    tables = {table["name"]: table["columns"] for table in manifest["tables"]}
    for ours, call in calls(manifest):
        docstring = inspect.getdoc(ours)
        assert docstring
        assert docstring.splitlines()[0] == call["doc"].splitlines()[0]
        assert max(map(len, docstring.splitlines())) <= 100
        told = " ".join(docstring.split())
        entries = set(re.findall(r"^ +(\w+) \(", docstring, re.MULTILINE))
        given = [parameter for parameter in call["parameters"] if parameter["takes"] in ("table", "file")]
        columns = [column for parameter in given for column in tables[parameter["name"]]]
        for entry in call["parameters"] + columns + call["columns"]:
            assert entry["name"] in entries
            assert f": {' '.join(entry['doc'].split())}" in told
        for error in call["errors"]:
            assert (f"{error['name']}: " in told) == bool(error["codes"])
            for code in error["codes"]:
                assert re.search(rf"\b{code}\b", told.partition("Raises: ")[2]), code
        assert told.endswith(f"Source: {call['source']}")
        assert told.count("Not built") == sum(not parameter["built"] for parameter in call["parameters"])


def test_switches(manifest: dict[str, Any]) -> None:
    parameters = inspect.signature(cs.Definitions).parameters
    assert {name: p.default for name, p in parameters.items()} == {
        switch["name"]: shown(switch["default"]) for switch in manifest["switches"]
    }
    for switch in manifest["switches"]:
        assert getattr(cs.Definitions(), switch["name"]) == switch["default"]
        if switch["takes"] == "date":
            day = datetime.date(2026, 1, 31)
            assert getattr(cs.Definitions(**{switch["name"]: day}), switch["name"]) == day


def test_columns_and_metadata(manifest: dict[str, Any], book: list[dict[str, Any]]) -> None:
    portfolio = cs.Portfolio.from_tables(contracts=book, currency="USD")
    for operation in manifest["operations"]:
        needed = [parameter["name"] for parameter in operation["parameters"] if "default" not in parameter]
        given = {"start": "2026-01-01", "end": "2026-03-01", "as_of": "2026-03-01", "since": "2026-01-31"}
        given |= {"as_of_days": ["2026-01-31"], "horizon_days": 7}
        if operation["gives"] == "scorecard":
            continue
        result = getattr(portfolio, operation["name"])(*(given[name] for name in needed))
        described = {table["name"]: (getattr(result, table["name"]), table["columns"]) for table in operation["tables"]}
        if operation["gives"] == "table":
            described = {operation["name"]: (result, operation["columns"])}
        for table, columns in described.values():
            assert table.columns == [column["name"] for column in columns]
            of_scorecards = ["bands"] if table.metadata["scorecard"] else []
            assert [key for key in table.metadata if key not in of_scorecards] == manifest["metadata"]
        for figure in operation["figures"]:
            assert figure["nullable"] or getattr(result, figure["name"]) is not None
    assert list(json.loads(portfolio.load_report.to_json())) == manifest["load_report"]
    for field in manifest["load_report"]:
        assert hasattr(portfolio.load_report, field)


def test_functions(manifest: dict[str, Any]) -> None:
    for function in manifest["functions"]:
        assert callable(getattr(cs, function["name"]))
        assert getattr(cs, function["name"]).__doc__


def test_metrics(manifest: dict[str, Any]) -> None:
    """Every formula is there with its arguments, gives what it says, and tells where it comes from."""
    given = {"scores": [9, 3], "scale_max": 10, "periods": 12, "opening": 10}
    names = [metric["name"] for metric in manifest["metrics"]]
    assert len(names) > 30
    assert [name for name in vars(cs.metrics) if name in names] == names
    for metric in manifest["metrics"]:
        function = getattr(cs.metrics, metric["name"])
        assert list(inspect.signature(function).parameters) == [parameter["name"] for parameter in metric["parameters"]]
        assert metric["source"].split()[0] in function.__doc__
        found = function(*(given.get(name, 1) for name in metric["positional"]))
        assert isinstance(found, tuple if metric["gives"] == "interval" else float)


def test_members(manifest: dict[str, Any]) -> None:
    """Every member is there, or excused with a reason; and nothing else is."""
    for found in manifest["classes"]:
        there = {name for name in dir(getattr(cs, found["name"])) if not name.startswith("_")}
        members = {member["name"] for member in found["members"] if "python" not in member["excused"]}
        # The length of a table is Python's `len()`.
        assert there == members - {"len"}, found["name"]
    assert hasattr(cs.Table, "__len__")
    report = {name for name in dir(cs.LoadReport) if not name.startswith("_")}
    assert report == {*manifest["load_report"], "to_json"}


def test_types(manifest: dict[str, Any]) -> None:
    for found in manifest["types"]:
        assert hasattr(cs, found["name"]) == ("python" not in found["excused"]), found["name"]


def test_errors(manifest: dict[str, Any]) -> None:
    assert list(cs.Problem.__dataclass_fields__) == manifest["problem"]
    for error in manifest["errors"]:
        assert hasattr(cs, error["name"]) == ("python" not in error["excused"]), error["name"]
        if "python" not in error["excused"]:
            assert issubclass(getattr(cs, error["name"]), cs.CustomerSuccessError)
    assert issubclass(cs.InvalidInput, ValueError)
    assert issubclass(cs.InvalidArgument, ValueError)
    assert not issubclass(cs.InternalError, ValueError)


def test_the_binding_is_read_in_one_sitting() -> None:
    """It converts and calls: a file that grows does something else."""
    files = sorted((Path(__file__).resolve().parents[1] / "src").glob("*.rs"))
    lines = {path.name: len(path.read_text(encoding="utf-8").splitlines()) for path in files}
    assert len(files) > 10
    assert max(lines.values()) <= 350, lines
    assert sum(lines.values()) <= 1_900, lines
