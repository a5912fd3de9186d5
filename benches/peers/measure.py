"""One engine, one work, one book: measured in this process, which does nothing else. Prints what it found as JSON."""

import argparse
import contextlib
import ctypes
import gc
import importlib
import json
import os
import time
from pathlib import Path

# Each work is run as often, and for as long, as this at least.
RUNS = 5
SECONDS = 5


def memory(field: str) -> int:
    """A figure that the system keeps of this process, in bytes."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(f"{field}:"))


def settle() -> None:
    """Gives back what loading left free, and makes the present the peak so far, where the system lets a process."""
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def measured(run, data) -> dict:
    """The fastest of several runs after one more, and the highest peak of all above what was loaded."""
    settle()
    before = memory("VmRSS")
    seconds = []
    while len(seconds) < 1 + RUNS or sum(seconds) < SECONDS:
        result = None
        start = time.perf_counter()
        result = run(data)
        seconds.append(time.perf_counter() - start)
    return {"seconds": min(seconds[1:]), "runs": seconds, "peak": memory("VmHWM") - before, "result": result}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engine", required=True)
    parser.add_argument("--work", required=True)
    parser.add_argument("--book", required=True, type=Path)
    parser.add_argument("--answer", type=Path, help="where to write the answer")
    parser.add_argument("--threads", type=int)
    given = parser.parse_args()
    if given.threads:
        # Before anything counts the processors.
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: given.threads])
    engine = importlib.import_module(given.engine)
    data = engine.load(given.book, given.work)
    if given.work == "build":
        print(json.dumps(engine.build(data, settle, memory)))
        return
    found = measured(engine.WORKS[given.work], data)
    result = found.pop("result")
    columns = engine.columns(result, given.work) if hasattr(engine, "columns") else result
    answer = {name: [int(value) for value in values] for name, values in columns.items()}
    given.answer.write_text(json.dumps(answer), encoding="ascii")
    print(json.dumps(found))


if __name__ == "__main__":
    main()
