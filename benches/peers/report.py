"""The tables of the README, made of nothing but what was measured, with the goals beside."""

import re
from pathlib import Path

PEERS = {"peer_polars": "polars", "peer_duckdb": "duckdb", "peer_pandas": "pandas"}
# Each work with how many times as fast as the fastest peer it has to be; no goal stands where none was set.
WORKS = {
    "w1": ("W1: monthly movements", 25),
    "w1_products": ("W1 with its columns by product", 25),
    "w2": ("W2: cohorts", 25),
    "w3": ("W3: daily movements", 10),
    "w1_by": ("W1 by three attributes", None),
    "w1_ids": ("W1 from ids that are texts", 3),
}
NODE = {
    "ours": "this library, WebAssembly",
    "grouped": "typed arrays, customers grouped before",
    "ungrouped": "typed arrays, grouping counted in",
    "arquero": "arquero",
}
# Compressed bytes; the first module is for analytics alone.
SIZES = {"analytics.wasm": 250_000, "review.wasm": 400_000, "scripts": 25_000}


class Found:
    """Measurements, by what was measured."""

    def __init__(self, measurements: list[dict]) -> None:
        self.all = {self.key(**one): one for one in measurements}
        self.books = sorted({one["contracts"] for one in measurements})

    @staticmethod
    def key(*, contracts: int, work: str, engine: str = "ours", threads: int = 0, node: bool = False, **_: object):
        return contracts, work, engine, threads, node

    def of(self, **what: object) -> dict:
        return self.all[self.key(**what)]

    def seconds(self, **what: object) -> float:
        return self.of(**what)["seconds"]


def write(results: dict, readme: Path) -> None:
    put(tables(results), readme, "benchmarks")


def put(told: str, readme: Path, place: str) -> None:
    """Writes what is told between the marks of a place."""
    text = readme.read_text(encoding="utf-8")
    start, end = f"<!-- {place} -->", f"<!-- /{place} -->"
    between = re.compile(re.escape(start) + ".*" + re.escape(end), re.DOTALL)
    if not between.search(text):
        raise SystemExit(f"{readme.name} has no place between {start} and {end}")
    readme.write_text(between.sub(lambda _: f"{start}\n{told}\n{end}", text), encoding="utf-8")


def tables(results: dict) -> str:
    found = Found(results["measurements"])
    parts = [peers(found, contracts) for contracts in reversed(found.books)]
    parts += [alone(found), node(found, found.books[0]), sizes(results["sizes"]), conditions(results)]
    return "\n\n".join(parts)


def table(header: list[str], rows: list[list[str]]) -> str:
    lines = [header, ["---", *["---:"] * (len(header) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def time(seconds: float) -> str:
    """Three digits that count."""
    figure, unit = (seconds * 1000, "ms") if seconds < 0.9995 else (seconds, "s")
    return f"{figure:#.3g} {unit}".replace(". ", " ")


def megabytes(size: float) -> str:
    return f"{max(size, 0) / 1e6:,.0f}"


def goal(met: bool, text: str) -> str:
    return text if met else f"{text}, missed"


def peers(found: Found, contracts: int) -> str:
    rows = []
    for work, (label, least) in WORKS.items():
        ours, *theirs = (found.of(contracts=contracts, work=work, engine=engine) for engine in ("ours", *PEERS))
        cells = [f"{time(one['seconds'])} ({megabytes(one['peak'])})" for one in (ours, *theirs)]
        times = min(one["seconds"] for one in theirs) / ours["seconds"]
        rows.append([label, *cells, f"{times:.1f} x"])
        # The goals are those of large books.
        if contracts == found.books[-1]:
            rows[-1].append(goal(times >= least, f"{least} x") if least else "")
    header = [f"{contracts:,} contracts", "this library", *PEERS.values(), "against the fastest", "goal"]
    return table(header[: len(rows[0])], rows)


def alone(found: Found) -> str:
    """What one engine says of itself: threads, groups, parts, growth, memory."""
    rows = []

    def row(label: str, figure, limit: float | None, form: str, *, least: bool = False, books=found.books) -> None:
        figures = [figure(contracts) if contracts in books else None for contracts in found.books]
        cells = ["" if one is None else form.format(one) for one in figures]
        if limit is None:
            rows.append([label, *cells, ""])
            return
        met = all(limit <= one if least else one <= limit for one in figures if one is not None)
        rows.append([label, *cells, goal(met, f"{'at least' if least else 'at most'} {form.format(limit)}")])

    def ratio(one: dict, other: dict):
        return lambda contracts: found.seconds(contracts=contracts, **one) / found.seconds(contracts=contracts, **other)

    w1 = {"work": "w1"}
    for work in ("w1", "w2", "w3"):
        label = f"{work.upper()} on one thread, over all threads"
        row(label, ratio({"work": work, "threads": 1}, {"work": work}), 1.7, "{:.2f} x", least=True)
    row("W1 by three attributes, over W1", ratio({"work": "w1_by"}, w1), 1.5, "{:.2f} x")
    row("W1 from 8 parts by `partial` and `merge`, over W1", ratio({"work": "merged"}, w1), 1.2, "{:.2f} x")
    smallest, *larger = found.books
    for work in ("w1", "w2", "w3") if larger else ():

        def growth(contracts: int, work: str = work) -> float:
            times = found.seconds(contracts=contracts, work=work) / found.seconds(contracts=smallest, work=work)
            return times * smallest / contracts

        row(f"{work.upper()}, time a contract over that of {smallest:,}", growth, 1.3, "{:.2f} x", books=larger)

    def kept(contracts: int) -> float:
        built = found.of(contracts=contracts, work="build")
        return (built["bytes"] - built["ids"]) / contracts

    row("bytes a contract that a portfolio keeps, beside the texts of ids", kept, 32, "{:.1f}")
    added = [work for work in ("w1", "w2", "w3", "w1_by")]
    most = lambda contracts: max(found.of(contracts=contracts, work=work)["peak"] for work in added) / 1e6  # noqa: E731
    row("MB that a computation adds, at most of the four", most, 100, "{:.0f}")
    review = lambda contracts: found.of(contracts=contracts, work="review")  # noqa: E731
    row("MB that the example `revenue` takes in all, from CSV files", lambda size: review(size)["peak"] / 1e6, 2000, "{:,.0f}")
    row("seconds that it takes", lambda size: review(size)["seconds"], None, "{:.1f}")
    return table(["this library alone", *(f"{contracts:,}" for contracts in found.books), "goal"], rows)


def node(found: Found, contracts: int) -> str:
    wasm = found.seconds(contracts=contracts, work="w1", node=True)
    rows = []
    for engine, label in NODE.items():
        one = found.of(contracts=contracts, work="w1", engine=engine, node=True)
        faster = "" if engine == "ours" else f"{one['seconds'] / wasm:.2f} x"
        aim = "" if engine == "ours" else goal(one["seconds"] > wasm, "more than 1 x")
        rows.append([label, f"{time(one['seconds'])} ({megabytes(one['peak'])})", faster, aim])
    native = found.seconds(contracts=contracts, work="w1", threads=1)
    aim = goal(wasm <= 2 * native, "at least 0.50 x")
    rows.insert(1, ["this library, native, one thread", time(native), f"{native / wasm:.2f} x", aim])
    return table([f"W1 in Node, {contracts:,} contracts", "time", "over WebAssembly", "goal"], rows)


def sizes(found: dict) -> str:
    modules = sorted(name for name in found if name.endswith(".wasm"))
    rows = []
    for name in [*modules, "scripts"]:
        label = "JavaScript around it" if name == "scripts" else f"`{name}`"
        aim = goal(found[name] <= SIZES[name], f"at most {SIZES[name] // 1000} KB")
        rows.append([f"{label}, gzip", f"{found[name] / 1000:.1f} KB", aim])
    rows.append(["Python wheel", f"{found['wheel'] / 1e6:.2f} MB", ""])
    return table(["download", "size", "goal"], rows)


def conditions(results: dict) -> str:
    host, versions = results["machine"], results["versions"]
    wide = "with" if host["wide"] else "without"
    processor = f"{host['processors']} processors, {host['processor']}, {wide} AVX-512; {host['system']}."
    return f"{processor}\n{', '.join(f'{name} {version}' for name, version in versions.items())}."
