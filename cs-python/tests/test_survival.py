"""How long customers stay, beside a tool that others wrote, lifelines, on the data that come with it and on random ones."""

import datetime
import math
import random
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import customer_success as cs
import lifelines
import lifelines.datasets
import lifelines.statistics
import numpy
import pandas
import polars
import pyarrow
import pytest
from scipy import optimize, special

# What other libraries tell of each other is not ours to mend.
pytestmark = pytest.mark.filterwarnings("ignore")

Numbers = Sequence[float]


def of_lifelines(durations: Numbers, observed: Sequence[bool], **options: Any) -> list[tuple[float, float, float, float]]:
    """The estimate of lifelines at every time at which somebody leaves."""
    fitted = lifelines.KaplanMeierFitter().fit(durations, observed, **options)
    times = sorted(set(durations))
    survival = fitted.survival_function_.reindex(times)["KM_estimate"]
    interval = fitted.confidence_interval_.reindex(times)
    return list(zip(times, survival, interval.iloc[:, 0], interval.iloc[:, 1], strict=True))


def ours(table: cs.Table) -> list[tuple[float, float, float, float]]:
    names = ("time", "survival", "survival_low", "survival_high")
    return [tuple(row[name] for name in names) for row in table.to_dicts()]


def datasets() -> Iterator[tuple[str, Numbers, Sequence[bool], Sequence[str]]]:
    """Data of lifelines: times, events, and something that groups them."""
    columns = {
        "waltons": ("T", "E", "group"),
        "rossi": ("week", "arrest", "wexp"),
        "leukemia": ("t", "status", "Rx"),
        "larynx": ("time", "death", "Stage_IV"),
        "kidney_transplant": ("time", "death", "black_male"),
        "gbsg2": ("time", "cens", "tgrade"),
        "dd": ("duration", "observed", "un_continent_name"),
        "lung": ("time", "status", "sex"),
        "lymphoma": ("Time", "Censor", "Stage_group"),
        "g3": ("time", "event", "group"),
        "multicenter_aids_cohort_study": ("T", "D", "AIDSY"),
        "psychiatric_patients": ("T", "C", "sex"),
    }
    for name, (time, event, group) in columns.items():
        frame = getattr(lifelines.datasets, f"load_{name}")()[[time, event, group]].dropna()
        yield name, frame[time].tolist(), (frame[event] == frame[event].max()).tolist(), frame[group].astype(str).tolist()


DATASETS = list(datasets())


@pytest.mark.parametrize(("name", "durations", "observed", "groups"), DATASETS, ids=[name for name, *_ in DATASETS])
def test_published_data(name: str, durations: Numbers, observed: Sequence[bool], groups: Sequence[str]) -> None:
    assert numpy.allclose(ours(cs.kaplan_meier(durations, observed)), of_lifelines(durations, observed), rtol=0, atol=1e-12), name
    theirs = lifelines.statistics.multivariate_logrank_test(durations, groups, observed)
    (row,) = cs.log_rank(durations, observed, groups).to_dicts()
    assert row["degrees_of_freedom"] == theirs.degrees_of_freedom
    assert row["statistic"] == pytest.approx(theirs.test_statistic, rel=1e-12, abs=1e-12)
    assert row["p_value"] == pytest.approx(theirs.p_value, rel=1e-12, abs=1e-12)


def drawn(rng: random.Random) -> tuple[Numbers, list[bool], list[float] | None, list[int] | None]:
    """Few or many subjects, with ties, at times from 0, all censored now and then, entering late, weighing more than one."""
    count = rng.choice([1, 2, 3, 5, 20, 100])
    time: Callable[[], float] = rng.choice([
        lambda: float(rng.randrange(0, 8)), lambda: rng.randrange(0, 400) / 4, lambda: rng.random() * 50, lambda: float(rng.randrange(1, 5000)),
    ])
    durations = [time() for _ in range(count)]
    share = rng.choice([0, 0.3, 0.7, 1])
    observed = [rng.random() < share for _ in range(count)]
    entry = None
    if rng.random() < 0.3:
        # One is watched from the start: the tool that is compared with counts from the first entry.
        entry = [0.0, *(rng.choice([0.0, duration * rng.random() * 0.9]) for duration in durations[1:])]
    weights = [rng.randrange(1, 5) for _ in range(count)] if rng.random() < 0.3 else None
    return durations, observed, entry, weights


def test_random_subjects() -> None:
    rng = random.Random(7)
    compared = 0
    for _ in range(2_000):
        durations, observed, entry, weights = drawn(rng)
        found = ours(cs.kaplan_meier(durations, observed, entry=entry, weights=weights))
        try:
            expected = of_lifelines(durations, observed, entry=entry, weights=weights)
        except lifelines.exceptions.StatError:
            # It gives up where nobody is left for a while; we go on, and the share stays zero.
            assert entry is not None
            continue
        # Behind a time at which nobody was left, it has no variance, and no interval.
        gone = next((place for place, row in enumerate(found) if row[1] == 0), len(found))
        assert numpy.allclose(found[: gone + 1], expected[: gone + 1], rtol=0, atol=1e-12), (durations, observed, entry, weights)
        assert all(row[1:] == (0, 0, 0) for row in found[gone:])
        compared += 1
    assert compared > 1_900


def test_random_groups() -> None:
    rng = random.Random(8)
    for _ in range(2_000):
        durations, observed, _, weights = drawn(rng)
        groups = [rng.choice("abc") for _ in durations]
        if len(set(groups)) < 2:
            continue
        (row,) = cs.log_rank(durations, observed, groups, weights=weights).to_dicts()
        weighing = None if weights is None else numpy.array(weights)
        theirs = lifelines.statistics.multivariate_logrank_test(durations, groups, observed, weights=weighing)
        assert row["statistic"] == pytest.approx(theirs.test_statistic, rel=1e-12, abs=1e-12), (durations, observed, groups, weights)


def test_competing_events() -> None:
    rng = random.Random(9)
    for _ in range(100):
        count = rng.choice([2, 10, 60])
        # The tool moves tied times about, so there are none.
        durations = rng.sample(range(1, 1_000), count)
        kinds = [rng.choice([0, 1, 2]) for _ in durations]
        table = cs.cumulative_incidence(durations, [[None, "churn", "value"][kind] for kind in kinds])
        for event, number in (("churn", 1), ("value", 2)):
            if number not in kinds or kinds[durations.index(min(durations))] == number:
                # It starts from zero at its first time, whatever happens there.
                continue
            rows = [row for row in table.to_dicts() if row["event"] == event]
            fitted = lifelines.AalenJohansenFitter(calculate_variance=True).fit(durations, kinds, number)
            times = [row["time"] for row in rows]
            theirs = fitted.cumulative_density_.reindex(times).iloc[:, 0]
            assert numpy.allclose([row["incidence"] for row in rows], theirs, rtol=0, atol=1e-12)
            variance = fitted.variance_.reindex(times)
            for row, share, spread in zip(rows, theirs, variance, strict=True):
                if 0 < share < 1 and math.isfinite(spread):
                    power = math.exp(1.959963984540054 * math.sqrt(spread) / (share * abs(math.log(share))))
                    assert row["incidence_high"] == pytest.approx(share ** (1 / power), abs=1e-9)
                    assert row["incidence_low"] == pytest.approx(share**power, abs=1e-9)


def test_restricted_means() -> None:
    rng = random.Random(10)
    for _ in range(200):
        durations, observed, _, weights = drawn(rng)
        horizon = rng.choice([0.5, 3.0, 40.0])
        (row,) = cs.restricted_mean(durations, observed, horizon, weights=weights).to_dicts()
        fitted = lifelines.KaplanMeierFitter().fit(durations, observed, weights=weights)
        assert row["restricted_mean"] == pytest.approx(lifelines.utils.restricted_mean_survival_time(fitted, horizon), abs=1e-9)
        median = fitted.median_survival_time_
        reached = [time for time, share in fitted.survival_function_["KM_estimate"].items() if share <= 0.5 + 1e-12]
        assert row["median"] == (reached[0] if reached else None)
        assert row["median"] == median or not math.isfinite(median) or fitted.predict(row["median"]) == pytest.approx(0.5)


def test_arrays_of_every_kind() -> None:
    durations, observed = [5.0, 6.0, 6.0, 2.0], [True, False, True, True]
    expected = cs.kaplan_meier(durations, observed).to_json()
    for array in (
        numpy.array(durations), numpy.array(durations, dtype="int32"), numpy.array(durations, dtype="float32"), pandas.Series(durations),
        pandas.Series([5, 6, 6, 2], dtype="Int64"), polars.Series(durations), pyarrow.array(durations), tuple(durations), numpy.array(durations * 2)[::2][[0, 0, 0, 0]] * 0 + durations,
    ):
        for flags in (numpy.array(observed), pandas.Series(observed), polars.Series(observed), pyarrow.array(observed), [1, 0, 1, 1], numpy.array([1, 0, 1, 1])):
            assert cs.kaplan_meier(array, flags).to_json() == expected


@pytest.mark.parametrize(
    ("durations", "observed", "path"),
    [
        ([1, float("nan")], [True, True], "durations[2]"),
        (numpy.array([1, float("nan")]), [True, True], "durations[2]"),
        (numpy.array([1, float("inf")]), [True, True], "durations[2]"),
        (pandas.Series([1, None], dtype="Int64"), [True, True], "durations[2]"),
        (numpy.array(["2026-01-01", "2026-01-02"], dtype="datetime64[D]"), [True, True], "durations"),
        (numpy.array([[1.0], [2.0]]), [True, True], "durations[1]"),
        ([1, 2], numpy.array([1, 2]), "observed[2]"),
        ([1, 2], [True, None], "observed[2]"),
        ({1, 2}, [True, True], None),
        ("12", [True, True], "durations"),
        ([1, 2], None, "observed"),
    ],
)
def test_rubbish_is_located(durations: Any, observed: Any, path: str | None) -> None:
    try:
        cs.kaplan_meier(durations, observed)
    except cs.InvalidArgument as error:
        assert error.problems[0].path == path
    else:
        assert path is None


def test_texts_of_every_kind() -> None:
    expected = cs.cumulative_incidence([1, 2, 3], ["a", None, "b"]).to_json()
    for events in (pandas.Series(["a", None, "b"]), pandas.Series(["a", pandas.NA, "b"], dtype="string"), pandas.Series(["a", float("nan"), "b"], dtype=object), polars.Series(["a", None, "b"]), pyarrow.array(["a", None, "b"])):
        assert cs.cumulative_incidence([1, 2, 3], events).to_json() == expected
    groups = cs.log_rank([1, 2, 3], [1, 1, 1], ["a", "b", "a"]).to_json()
    assert cs.log_rank([1, 2, 3], [1, 1, 1], numpy.array(["a", "b", "a"])).to_json() == groups
    assert cs.ShiftedBetaGeometric.fit(numpy.array([10, 6, 5])) == cs.ShiftedBetaGeometric.fit([10, 6, 5])


def test_published_cohorts() -> None:
    """The two cohorts of Fader and Hardie, and what they foretold."""
    high = cs.ShiftedBetaGeometric.fit([1000, 869, 743, 653, 593, 551, 517, 491])
    regular = cs.ShiftedBetaGeometric.fit([1000, 631, 468, 382, 326, 289, 262, 241])
    assert [f"{number:.3f}" for number in (high.alpha, high.beta, high.log_likelihood)] == ["0.668", "3.806", "-1611.158"]
    assert [f"{number:.3f}" for number in (regular.alpha, regular.beta, regular.log_likelihood)] == ["0.704", "1.182", "-1680.265"]
    lifetimes = {(3.80, 15.20): "3.31 3.45 3.59 3.72 3.84", (1 / 15, 4 / 15): "7.68 9.46 9.86 10.06 10.19"}
    for (alpha, beta), expected in lifetimes.items():
        model = cs.ShiftedBetaGeometric(alpha=alpha, beta=beta)
        assert " ".join(f"{model.discounted_lifetime(0.1, n):.2f}" for n in range(1, 6)) == expected


def curvature(alpha: float, beta: float, survivors: list[int]) -> Any:
    """The second derivatives of the log-likelihood: it is a sum of logarithms of beta functions, whose are of trigammas."""

    def of(a: float, b: float) -> Any:
        both = special.polygamma(1, a + b)
        return numpy.array([[special.polygamma(1, a) - both, -both], [-both, special.polygamma(1, b) - both]])

    last = len(survivors) - 1
    total = survivors[-1] * (of(alpha, beta + last) - of(alpha, beta))
    for t in range(1, len(survivors)):
        total += (survivors[t - 1] - survivors[t]) * (of(alpha + 1, beta + t - 1) - of(alpha, beta))
    return total


def test_models_against_scipy() -> None:
    """The most likely parameters, their errors, and lifetimes, by general means."""
    rng = random.Random(11)
    fitted = 0
    for _ in range(60):
        alpha, beta = rng.uniform(0.3, 4), rng.uniform(0.5, 12)
        chances = [rng.betavariate(alpha, beta) for _ in range(rng.choice([200, 2_000]))]
        stays = [next((t for t in range(1, 9) if rng.random() < chance), 9) for chance in chances]
        survivors = [sum(stay > t for stay in stays) for t in range(rng.randrange(3, 9))]

        def loss(parameters: Any, survivors: list[int] = survivors) -> float:
            alpha, beta = numpy.exp(parameters)
            log_survival = [special.betaln(alpha, beta + t) - special.betaln(alpha, beta) for t in range(len(survivors))]
            total = survivors[-1] * log_survival[-1]
            for t in range(1, len(survivors)):
                total += (survivors[t - 1] - survivors[t]) * (special.betaln(alpha + 1, beta + t - 1) - special.betaln(alpha, beta))
            return -total

        try:
            model = cs.ShiftedBetaGeometric.fit(survivors)
        except cs.InvalidArgument as error:
            assert error.problems[0].code == "not_identified"
            continue
        best = optimize.minimize(loss, [0.0, 0.0], method="Nelder-Mead", options={"xatol": 1e-10, "fatol": 1e-10, "maxiter": 5_000})
        assert -model.log_likelihood <= best.fun + 1e-7
        assert loss(numpy.log([model.alpha, model.beta])) == pytest.approx(-model.log_likelihood, rel=1e-10)
        errors = numpy.sqrt(numpy.diag(numpy.linalg.inv(-curvature(model.alpha, model.beta, survivors))))
        assert [model.alpha_error, model.beta_error] == pytest.approx(errors, rel=1e-6)
        fitted += 1
        for discount, n in ((0.1, 1), (0.01, 4), (1.0, 2)):
            terms = [model.survival(t) / model.survival(n - 1) * (1 + discount) ** (n - t) for t in range(n, 3_000)]
            assert model.discounted_lifetime(discount, n) == pytest.approx(sum(terms), rel=1e-9)
        log_share = special.betaln(model.alpha, model.beta + 3) - special.betaln(model.alpha, model.beta)
        assert model.survival(3) == pytest.approx(math.exp(log_share), rel=1e-7)
    assert fitted > 40


def test_stays_of_a_book_are_what_lifelines_makes_of_them() -> None:
    """From contracts to stays by a few lines of pandas, and from there by lifelines."""
    portfolio = cs.Portfolio.synthetic(customers=400, months=24, seed=3)
    as_of = datetime.date(2024, 9, 30)
    journal = portfolio.journal("2023-01-01", "2024-10-01", known_on=as_of).to_pandas()
    first = journal[journal["kind"] == "new"].groupby("customer_id")["date"].min()
    left = journal[journal["kind"] == "churn"].groupby("customer_id")["date"].min()
    stays = pandas.DataFrame({"first": first, "left": left})
    stays["observed"] = stays["left"].notna()
    days = [((end if seen else as_of) - start).days for start, end, seen in zip(stays["first"], stays["left"], stays["observed"], strict=True)]
    found = portfolio.survival(as_of)
    assert numpy.allclose(ours(found), of_lifelines(days, stays["observed"].tolist()), rtol=0, atol=1e-12)
    assert sum(row["events"] for row in found.to_dicts()) == stays["observed"].sum()
    assert found.to_dicts()[0]["at_risk"] == len(stays)
