"""Every engine on every work, each in a process of its own; answers compared; what was found written down.

Without `--check` the README gets the tables. Called by `cargo xtask bench`, which makes what it needs.
"""

import argparse
import datetime
import gzip
import hashlib
import importlib.metadata
import json
import os
import platform
import subprocess
import sys
import time
from pathlib import Path

import book
import report

HERE = Path(__file__).resolve().parent
ENGINES = ["ours", "peer_polars", "peer_duckdb", "peer_pandas"]
WORKS = ["w1", "w1_products", "w2", "w3", "w1_by", "w1_ids"]
NODE = ["ours", "grouped", "ungrouped", "arquero"]
# Works that answer what another one answers.
SAME = {"w1_ids": "w1", "merged": "w1"}
CHECKED = 20_000


def plan(with_node: bool) -> list[dict]:
    """What is measured of a book."""
    found = []
    for work in WORKS:
        # What is compared is measured one after the other: how fast a machine is changes from hour to hour.
        if work in ("w1", "w2", "w3"):
            found.append({"engine": "ours", "work": work, "threads": 1})
        found += [{"engine": engine, "work": work} for engine in ENGINES]
    found += [{"engine": "ours", "work": work} for work in ("merged", "build")]
    if with_node:
        found += [{"engine": engine, "work": "w1", "node": True} for engine in NODE]
    return found


def work_of_others() -> float:
    """Seconds that processors have worked for anything but this run: where that is much, figures are too high."""
    times = Path("/proc/stat").read_text(encoding="ascii").splitlines()[0].split()[1:]
    user, nice, system, _, _, *interrupts = (int(ticks) / os.sysconf("SC_CLK_TCK") for ticks in times[:8])
    ours = os.times()
    mine = ours.user + ours.system + ours.children_user + ours.children_system
    return user + nice + system + sum(interrupts) - mine


def measured(one: dict, place: Path, target: Path) -> dict:
    """The figures of one measurement, with its answer's digest."""
    answer = target / "answer.json"
    answer.unlink(missing_ok=True)
    if "node" in one:
        command = ["node", str(target / "node/measure.js"), one["engine"], str(place), str(answer)]
    else:
        command = [sys.executable, "-B", str(HERE / "measure.py"), "--answer", str(answer), "--book", str(place)]
        command += ["--engine", one["engine"], "--work", one["work"]]
        command += ["--threads", str(one["threads"])] if "threads" in one else []
    before = work_of_others()
    start = time.perf_counter()
    output = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    others = (work_of_others() - before) / (time.perf_counter() - start) / os.cpu_count()
    figures = json.loads(output.splitlines()[-1]) | {"others": others}
    if one["work"] == "build":
        return one | figures
    found = json.loads(answer.read_text(encoding="ascii"))
    digest = hashlib.sha256(json.dumps(found, sort_keys=True).encode()).hexdigest()
    return one | figures | {"digest": digest, "answer": found}


def difference(one: dict, other: dict) -> str:
    """The first cell in which two answers differ, told in full."""
    told = [f"{side['engine']}{' in Node' if 'node' in side else ''}, {side['work']}" for side in (one, other)]
    mine, theirs = one["answer"], other["answer"]
    if set(mine) != set(theirs):
        return f"columns {sorted(mine)} of {told[0]}, {sorted(theirs)} of {told[1]}"
    for name, values in mine.items():
        if len(values) != len(theirs[name]):
            return f"{name}: {len(values)} rows of {told[0]}, {len(theirs[name])} of {told[1]}"
        for row, (value, their) in enumerate(zip(values, theirs[name], strict=True)):
            if value != their:
                return f"{name} in row {row}: {value} of {told[0]}, {their} of {told[1]}"
    return "nothing"


def reviewed(place: Path, target: Path, review: Path, closing: int) -> dict:
    """Time and peak of memory of the example that reviews the book from its files; it has to tell the closing MRR."""
    last = str(book.END - datetime.timedelta(days=1))
    command = [str(review), "--contracts", str(place / "contracts.csv"), "--customers", str(place / "customers.csv")]
    command += ["--currency", "USD", "--as-of", last, "--html", str(target / "review.html")]
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        told = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode or f"${closing // 100:,}.{closing % 100:02}" not in told:
        sys.exit(f"the review of {place.name} ended with {process.returncode} and does not tell {closing} cents")
    seconds = time.perf_counter() - start
    return {"engine": "ours", "work": "review", "seconds": seconds, "peak": usage.ru_maxrss * 1024}


def of_book(contracts: int, target: Path, review: Path, *, with_node: bool) -> list[dict]:
    place = book.folder(target, contracts)
    found, first = [], {}
    for one in plan(with_node):
        figures = measured(one, place, target)
        if one["work"] != "build":
            reference = first.setdefault(SAME.get(one["work"], one["work"]), figures)
            if figures["digest"] != reference["digest"]:
                sys.exit(f"answers differ on {contracts} contracts: {difference(reference, figures)}")
            busy = f"{max(figures['others'], 0):>4.0%} of the machine busy with other things"
            print(f"{contracts:>10}  {figures['seconds']:>9.4f} s  {busy}  {one}", flush=True)
        found.append(figures | {"contracts": contracts})
    one = reviewed(place, target, review, first["w1"]["answer"]["closing_mrr"][-1])
    print(f"{contracts:>10}  {one['seconds']:>9.4f} s  {one['peak'] / 1e6:,.0f} MB at most  {one['work']}", flush=True)
    found.append(one | {"contracts": contracts})
    for figures in found:
        figures.pop("answer", None)
    return found


def machine() -> dict:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    flags = next((line.split() for line in lines if line.startswith("flags")), [])
    return {
        "processor": models[0] if models else platform.machine(),
        "wide": "avx512f" in flags,
        "processors": len(models),
        "system": f"{platform.freedesktop_os_release()['PRETTY_NAME']}, {platform.system()} on {platform.machine()}",
    }


def versions(target: Path) -> dict:
    peers = ["polars", "duckdb", "pandas", "numpy", "pyarrow"]
    found = {"Python": platform.python_version()} | {name: importlib.metadata.version(name) for name in peers}
    node = subprocess.run(["node", "--version"], check=True, stdout=subprocess.PIPE, text=True).stdout
    arquero = json.loads((target / "node/node_modules/arquero/package.json").read_text(encoding="utf-8"))
    return found | {"Node": node.strip().removeprefix("v"), "arquero": arquero["version"]}


def sizes(wheel: Path, package: Path) -> dict:
    scripts = sorted(path for path in package.glob("*.js") if "inline" not in path.name)
    parts = {"scripts": scripts} | {path.name: [path] for path in sorted(package.glob("*.wasm"))}
    zipped = {name: len(gzip.compress(b"".join(map(Path.read_bytes, paths)), 9)) for name, paths in parts.items()}
    return zipped | {"wheel": wheel.stat().st_size}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--target", required=True, type=Path)
    parser.add_argument("--wheel", required=True, type=Path)
    parser.add_argument("--package", required=True, type=Path)
    parser.add_argument("--readme", required=True, type=Path)
    parser.add_argument("--review", required=True, type=Path, help="the example that reviews a book")
    parser.add_argument("--check", action="store_true", help="a small book, and no tables")
    parser.add_argument("contracts", nargs="*", type=int)
    given = parser.parse_args()
    if given.check:
        found = of_book(CHECKED, given.target, given.review, with_node=True)
        print(f"{len(found)} measurements, all answers the same")
        return
    books = sorted(given.contracts)
    found = [one for size in books for one in of_book(size, given.target, given.review, with_node=size == books[0])]
    results = {
        "machine": machine(),
        "versions": versions(given.target),
        "sizes": sizes(given.wheel, given.package),
        "measurements": found,
    }
    (given.target / "results.json").write_text(json.dumps(results, indent=1), encoding="utf-8")
    report.write(results, given.readme)


if __name__ == "__main__":
    main()
