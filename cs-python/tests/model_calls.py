"""Random calls to the library and to the reference model: `python model_calls.py FIRST COUNT` compares any number.

The seeds are FIRST to FIRST + COUNT - 1; a call that differs is told by its seed, which makes it again.
"""

import json
import multiprocessing
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import customer_success as cs

MODEL = Path(__file__).resolve().parents[2] / "cs-core" / "conformance" / "model"
if str(MODEL) not in sys.path:
    sys.path.insert(0, str(MODEL))

import books  # noqa: E402
import cards  # noqa: E402
import model  # noqa: E402
import trials  # noqa: E402

# Seeds that a process compares at a time.
CHUNK = 500


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
    names = ["start", "end", "as_of", "since", "as_of_days"]
    # What these two need is an option of others.
    names += ["horizon_days"] if call["operation"] in ("backtest", "committed") else []
    placed = [arguments.pop(name) for name in names if name in arguments]
    try:
        given = json.loads(getattr(portfolio, call["operation"])(*placed, **arguments).to_json())
    except cs.CustomerSuccessError as error:
        return error.code
    return given["rows"] if "rows" in given else report(given)


def report(given: dict[str, Any]) -> dict[str, Any]:
    """The figures of a report, and the rows of its tables; logarithms are told to fewer digits than there are."""
    parts = {name: part["rows"] if isinstance(part, dict) else part for name, part in given.items() if name != "schema"}
    for row in parts.get("days", []):
        row["population_stability_index"] = row["population_stability_index"] and round(row["population_stability_index"], 12)
    return parts


def random_call(seed: int) -> dict[str, Any]:
    """A call of any operation: every second one is of scores, and some of these are backtests."""
    if seed % 2 == 0:
        return books.random_call(seed // 2)
    return trials.random_backtest_call(seed // 2) if seed % 16 == 1 else cards.random_health_call(seed // 2)


def differences(seeds: range) -> tuple[list[int], Counter[str]]:
    """The seeds of a chunk on which the two differ, and how many calls of each operation there were."""
    different, operations = [], Counter[str]()
    for seed in seeds:
        call = random_call(seed)
        operations[call["operation"]] += 1
        if answer(call) != model.answer(call):
            different.append(seed)
    return different, operations


def main() -> int:
    first, count = int(sys.argv[1]), int(sys.argv[2])
    different: list[int] = []
    operations = Counter[str]()
    with multiprocessing.Pool() as pool:
        seeds_of_all = range(first, first + count)
        chunks = [seeds_of_all[start : start + CHUNK] for start in range(0, count, CHUNK)]
        for done, (seeds, called) in enumerate(pool.imap(differences, chunks), start=1):
            different += seeds
            operations += called
            if seeds:
                print(f"different: {seeds}", flush=True)
            if done % 100 == 0:
                print(f"{done * CHUNK} calls, {len(different)} different", flush=True)
    told = ", ".join(f"{called} {name}" for name, called in sorted(operations.items()))
    print(f"{operations.total()} calls from seed {first}: {told}; {len(different)} different")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
