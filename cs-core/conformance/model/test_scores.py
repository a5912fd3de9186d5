"""Worked numbers: what a measure is worth, and the score that comes of it."""

import unittest

from definitions import ModelError
from model import explain_health, health
from scores import points_at
from worked import DAY, book, card, contract, explained, last, measure, months, paying, score, signal, told


class Ages(unittest.TestCase):
    """Staleness, and what a value that is not there becomes."""

    def states(self, given, *measures, **more):
        return months(explained(given, *measures, **more), "state", "value", "measure_score", "contribution")

    def test_stale_at_the_day_and_one_day_beyond(self):
        given = paying(signals=[signal("2026-06-23", 40)])
        self.assertEqual(self.states(given, last("x", max_age_days=7)), [("measured", 40.0, 40.0, 40.0)])
        self.assertEqual(self.states(given, last("x", max_age_days=6)), [("stale", 40.0, None, None)])
        self.assertEqual(self.states(given, last("x", max_age_days=6, missing="worst"), min_coverage=0), [("stale", 40.0, 0.0, None)])
        self.assertEqual(explained(given, last("x", max_age_days=6))[0]["observed_on"], "2026-06-23")

    def test_what_has_no_day_has_no_age(self):
        none = {"table": "cases", "aggregate": "count", "window_days": 1}
        given = paying(cases=[{"case_id": "k", "opened_on": "2026-01-10"}])
        self.assertEqual(self.states(given, measure(none, max_age_days=0)), [("measured", 0.0, 0.0, 0.0)])

    def test_the_age_of_contracts_is_the_lag(self):
        growth = measure({"table": "contracts", "aggregate": "growth", "window_days": 30, "lag_days": 3})
        self.assertEqual([self.states(paying(), growth | {"max_age_days": age})[0][0] for age in (3, 2)], ["measured", "stale"])

    def test_policies(self):
        """One measure of 80 beside one that is not there."""
        given = told(x=80)
        for policy, expected, contribution in [("exclude", 80.0, None), (None, 80.0, None), ("neutral", 65.0, 25.0), ("worst", 40.0, 0.0)]:
            row = score(given, last("x"), last("y", missing=policy))
            self.assertEqual((row["score"], row["coverage"], row["state"]), (expected, 0.5, "scored"))
            self.assertEqual(explained(given, last("x"), last("y", missing=policy))[1]["contribution"], contribution)

    def test_what_is_filled_in_is_no_coverage(self):
        row = score(paying(), last("x", missing="neutral"), min_coverage=0.000001)
        self.assertEqual((row["score"], row["band"], row["state"], row["coverage"]), (None, None, "insufficient_data", 0.0))
        self.assertEqual(explained(paying(), last("x", missing="neutral"))[0]["measure_score"], 50.0)
        row = score(paying(), last("x", missing="neutral"), min_coverage=0)
        self.assertEqual((row["score"], row["band"], row["state"]), (None, None, "insufficient_data"))
        row = score(paying(), last("x"), min_coverage=0)
        self.assertEqual((row["score"], row["state"]), (None, "insufficient_data"))


class Curves(unittest.TestCase):
    """From a value to millionths of a point."""

    def test_before_between_and_behind(self):
        curve = [[-1, 10], [1, 20], [3, 20], [4, 100]]
        for value, expected in [(-1e15, 10), (-1, 10), (0, 15), (1, 20), (2, 20), (3, 20), (3.5, 60), (4, 100), (1e15, 100)]:
            self.assertEqual(points_at(curve, float(value)), expected * 10**6)
        self.assertEqual(points_at([[0, 100], [3, 0]], 1.0), 66_666_667)

    def test_halves_of_a_millionth(self):
        for low, expected in [(0, 0), (0.000001, 2), (0.000002, 2), (0.000003, 4), (49.999999, 50_000_000), (50, 50_000_000)]:
            curve = [[0, low], [2, round(low + 0.000001, 6)]]
            self.assertEqual(points_at(curve, 1.0), expected)
            self.assertEqual(points_at([[-2, curve[1][1]], [0, low]], -1.0), expected)

class Scores(unittest.TestCase):
    """The mean by weight, the coverage, the bands and the contributions."""

    def of(self, *scores, weights=None, **more):
        """The row, and the contributions, of measures with these scores."""
        names = [f"m{number}" for number in range(len(scores))]
        measures = [last(name, weight=weight) for name, weight in zip(names, weights or [1] * len(scores))]
        given = told(**dict(zip(names, scores)))
        return score(given, *measures, **more), [row["contribution"] for row in explained(given, *measures, **more)]

    def test_mean_by_weight(self):
        row, parts = self.of(80, 20, weights=[3, 1])
        self.assertEqual((row["score"], row["band"], row["coverage"], row["mrr"]), (65.0, "yellow", 1.0, "100.00"))
        self.assertEqual(parts, [60.0, 5.0])

    def test_rounded_to_even(self):
        self.assertEqual(self.of(0, 0.000001)[0]["score"], 0.0)
        self.assertEqual(self.of(0.000001, 0.000002)[0]["score"], 0.000002)
        self.assertEqual(self.of(0.000002, 0.000003)[0]["score"], 0.000002)
        self.assertEqual(self.of(0, 0, 0.000002)[0]["score"], 0.000001)

    def test_largest_remainder(self):
        self.assertEqual(self.of(100, 100, 50)[1], [33.333333, 33.333333, 16.666667])
        self.assertEqual(self.of(50, 25, 25)[1], [16.666667, 8.333333, 8.333333])
        self.assertEqual(self.of(100, 100, 100)[1], [33.333334, 33.333333, 33.333333])
        self.assertEqual(self.of(0.000001, 0.000002)[1], [0.000001, 0.000001])
        self.assertEqual(self.of(0, 0.000001)[1], [0.0, 0.0])

    def test_equal_losses_in_the_order_of_measures(self):
        """Rows are in the order of names, the millionth goes to the first measure of the scorecard."""
        given, measures = told(a=100, b=100, c=100), [last("c"), last("a"), last("b")]
        self.assertEqual(months(explained(given, *measures), "measure", "contribution"), [("a", 33.333333), ("b", 33.333333), ("c", 33.333334)])

    def test_bands_from_their_bounds_on(self):
        for value, band in [(75, "green"), (74.999999, "yellow"), (50, "yellow"), (49.999999, "red"), (0, "red"), (100, "green")]:
            self.assertEqual(self.of(value)[0]["band"], band)
        bands = [{"band": "A", "from": 33.333333}, {"band": "B", "from": 0}]
        self.assertEqual([self.of(value, bands=bands)[0]["band"] for value in (33.333333, 33.333332)], ["A", "B"])

    def test_bands_by_the_exact_score(self):
        """Two thirds of a millionth more than 74.999999: told as 75, and not green."""
        row, _ = self.of(75, 74.999999, weights=[2, 1])
        self.assertEqual((row["score"], row["band"]), (75.0, "yellow"))
        row, _ = self.of(75, 75.000001, weights=[2, 1])
        self.assertEqual((row["score"], row["band"]), (75.0, "green"))

    def test_coverage_at_its_bound(self):
        """A third of the weight has evidence."""
        measures = [last("x"), last("y", weight=2)]
        for min_coverage, state in [(0.333333, "scored"), (0.333334, "insufficient_data"), (0, "scored"), (1, "insufficient_data")]:
            row = score(told(x=80), *measures, min_coverage=min_coverage)
            self.assertEqual((row["state"], row["coverage"]), (state, 1 / 3))
            self.assertEqual((row["score"], row["band"]), (80.0, "green") if state == "scored" else (None, None))
        self.assertEqual(score(told(x=80), last("x"), last("y"))["state"], "scored")
        self.assertEqual(score(told(x=80), last("x", weight=499), last("y", weight=501))["state"], "insufficient_data")

    def test_contributions_without_a_score(self):
        rows = explained(told(x=80), last("x"), last("y", weight=2))
        self.assertEqual(months(rows, "state", "measure_score", "contribution"), [("measured", 80.0, None), ("missing", None, None)])

    # --- groups ------------------------------------------------------------------------------------------------

    def groups(self, **weights):
        return [{"group": name, "weight": weight} for name, weight in weights.items()]

    def test_groups(self):
        """(3 x (80 + 2 x 20) / 3 + 1 x 60) / 4."""
        given, groups = told(a=80, b=20, c=60), self.groups(one=3, two=1)
        measures = [last("a", group="one"), last("b", group="one", weight=2), last("c", group="two", weight=7)]
        self.assertEqual(score(given, *measures, groups=groups)["score"], 45.0)
        rows = explained(given, *measures, groups=groups)
        self.assertEqual(months(rows, "measure", "group", "weight", "contribution"), [("a", "one", 1, 20.0), ("b", "one", 2, 10.0), ("c", "two", 7, 15.0)])

    def test_coverage_of_groups(self):
        """Of `one` half is there, of `two` nothing: 3/4 x 1/2. What is left has the whole score."""
        measures = [last("a", group="one"), last("b", group="one"), last("c", group="two", weight=1000)]
        for min_coverage, expected in [(0.375, 80.0), (0.375001, None)]:
            row = score(told(a=80), *measures, groups=self.groups(one=3, two=1), min_coverage=min_coverage)
            self.assertEqual((row["coverage"], row["score"]), (0.375, expected))


class Profiles(unittest.TestCase):
    def given(self, **customer):
        return told(a=80, b=20) | {"customers": [{"customer_id": "acme", "segment": None, "region": None} | customer]}

    def score(self, given, *profiles, **more):
        return score(given, last("a"), last("b"), profiles=[{"profile": f"p{n}"} | profile for n, profile in enumerate(profiles)], **more)

    def test_the_first_that_fits_counts(self):
        first, second = {"where": {"segment": ["smb", "mid"]}, "weights": {"b": 3}}, {"where": {"region": "eu"}, "weights": {"a": 3}}
        self.assertEqual(self.score(self.given(), first, second)["score"], 50.0)
        self.assertEqual(self.score(self.given(segment="smb"), first, second)["score"], 35.0)
        self.assertEqual(self.score(self.given(region="eu"), first, second)["score"], 65.0)
        self.assertEqual(self.score(self.given(segment="mid", region="eu"), first, second)["score"], 35.0)
        self.assertEqual(self.score(self.given(segment="mid", region="eu"), second, first)["score"], 65.0)

    def test_all_columns_fit(self):
        profile = {"where": {"segment": "smb", "region": None}, "weights": {"a": 3}}
        self.assertEqual(self.score(self.given(segment="smb"), profile)["score"], 65.0)
        self.assertEqual(self.score(self.given(segment="smb", region="eu"), profile)["score"], 50.0)

    def test_what_weighs_nothing_is_left_out(self):
        profile = {"where": {}, "weights": {"b": 0}}
        row = self.score(self.given(), profile)
        self.assertEqual((row["score"], row["coverage"]), (80.0, 1.0))
        self.assertEqual(self.score(paying(signals=[signal(DAY, 20, "b")]), profile)["coverage"], 0.0)
        rows = explained(self.given(), last("a"), last("b"), profiles=[profile | {"profile": "p"}])
        self.assertEqual(months(rows, "measure", "weight"), [("a", 1)])

    def test_groups_that_weigh_nothing(self):
        measures = [last("a", group="one"), last("b", group="two"), last("c", group="two")]
        groups = [{"group": "one", "weight": 1}, {"group": "two", "weight": 1}]

        def row(**profile):
            profiles = [{"profile": "p", "where": {}} | profile]
            rows = explained(self.given(), *measures, groups=groups, profiles=profiles)
            return score(self.given(), *measures, groups=groups, profiles=profiles), [row["measure"] for row in rows]

        for profile, expected, coverage, names in [
            ({}, 50.0, 0.75, ["a", "b", "c"]), ({"group_weights": {"two": 0}}, 80.0, 1.0, ["a"]), ({"group_weights": {"one": 3}}, 65.0, 0.875, ["a", "b", "c"]),
            ({"weights": {"b": 0, "c": 0}}, 80.0, 1.0, ["a"]), ({"weights": {"c": 0}}, 50.0, 1.0, ["a", "b"]),
        ]:  # fmt: skip
            found, shown = row(**profile)
            self.assertEqual((found["score"], found["coverage"], shown), (expected, coverage, names), profile)

    def test_curves_bands_and_coverage(self):
        self.assertEqual(self.score(self.given(), {"where": {}, "curves": {"b": [[0, 100], [20, 40]]}})["score"], 60.0)
        bands = [{"band": "green", "from": 50}, {"band": "red", "from": 0}]
        self.assertEqual(self.score(self.given(), {"where": {}, "bands": bands})["band"], "green")
        self.assertEqual(self.score(told(a=80), {"where": {}, "min_coverage": 0.500001})["state"], "insufficient_data")
        self.assertEqual(self.score(told(a=80), {"where": {}, "min_coverage": 0}, min_coverage=1)["state"], "scored")

    def test_customers_as_they_were_known(self):
        given = self.given()
        given["customers"] = [{"customer_id": "acme", "segment": "smb", "recorded_on": "2026-06-15"}]
        for wanted, expected in [("smb", [50.0, 65.0]), (None, [65.0, 50.0])]:
            given["signals"] = [signal("2026-06-01", value, name, customer_id="acme") for name, value in (("a", 80), ("b", 20))]
            profile = {"profile": "p", "where": {"segment": wanted}, "weights": {"a": 3}}
            rows = [score(given, last("a"), last("b"), profiles=[profile], as_of=day) for day in ("2026-06-14", "2026-06-15")]
            self.assertEqual([row["score"] for row in rows], expected)


class Overrides(unittest.TestCase):
    def override(self, start, until, band="red", customer_id="acme"):
        return {"customer_id": customer_id, "band": band, "author": "ann", "reason": "we spoke", "from": start, "until": until}

    def states(self, given, *overrides):
        rows = health(given, {}, DAY, scorecard=card(last("x"), overrides=list(overrides)))
        return months(rows, "score", "band", "state", "coverage")

    def test_days(self):
        plain, overridden = [(80.0, "green", "scored", 1.0)], [(80.0, "red", "overridden", 1.0)]
        for start, until, expected in [
            (DAY, "2026-07-01", overridden), ("2026-01-01", DAY, plain), ("2026-01-01", "2026-07-01", overridden), ("2026-07-01", "2027-01-01", plain),
        ]:  # fmt: skip
            self.assertEqual(self.states(told(x=80), self.override(start, until)), expected)
        self.assertEqual(self.states(told(x=80), self.override(DAY, "2027-01-01", customer_id="other")), plain)
        one_after_the_other = self.override("2026-06-01", DAY), self.override(DAY, "2026-07-01", "yellow")
        self.assertEqual(self.states(told(x=80), *one_after_the_other), [(80.0, "yellow", "overridden", 1.0)])

    def test_without_a_score(self):
        self.assertEqual(self.states(paying(), self.override(DAY, "2026-07-01", "green")), [(None, "green", "overridden", 0.0)])


class Health(unittest.TestCase):
    """Who has a score, what it was 30 days before, and the rows."""

    def change(self, given, as_of=DAY):
        return score(given, last("x"), as_of=as_of)["change_30d"]

    def test_change(self):
        self.assertEqual(self.change(paying(signals=[signal("2026-05-31", 50), signal("2026-06-01", 90)])), 40.0)
        self.assertEqual(self.change(paying(signals=[signal("2026-06-01", 90)])), None)
        self.assertEqual(self.change(paying(signals=[signal("2026-05-31", 0.3), signal("2026-06-01", 0.1)])), -0.2)
        self.assertEqual(self.change(paying(signals=[signal("2026-05-31", 50)])), 0.0)

    def test_change_by_what_was_known_then(self):
        late = signal("2026-05-20", 10, recorded_on="2026-06-02")
        self.assertEqual(self.change(paying(signals=[signal("2026-05-10", 50), late])), -40.0)
        self.assertEqual(self.change(paying(signals=[late])), None)

    def test_change_of_who_did_not_pay_then(self):
        rows = [signal("2025-12-01", 50)]
        self.assertEqual([self.change(paying(signals=rows), day) for day in ("2026-01-30", "2026-01-31")], [None, 0.0])

    def test_change_before_the_first_day(self):
        given = book(contract("c", "1900-01-01", mrr="1")) | {"signals": [signal("1900-01-01", 50, customer_id="acme")]}
        self.assertEqual([self.change(given, day) for day in ("1900-01-01", "1900-01-30", "1900-01-31")], [None, None, 0.0])

    def test_who_has_a_score(self):
        rows = [
            contract("a", "2026-01-01", "2026-06-30", "1", customer_id="ended"), contract("b", "2026-01-01", "2026-07-01", "1", customer_id="é"),
            contract("c", "2026-06-30", mrr="1", customer_id="Z"), contract("d", "2026-07-01", mrr="1", customer_id="later"),
            contract("e", "2026-01-01", mrr="0", customer_id="free"), contract("f", "2026-01-01", mrr="9", customer_id="trial", kind="trial"),
            contract("g", "2026-01-01", mrr="2", customer_id="a"),
        ]  # fmt: skip
        asked = card(measure({"table": "contracts", "aggregate": "days_since"}))

        def names(**definitions):
            return months(health(book(*rows), definitions, DAY, scorecard=asked), "customer_id", "score", "mrr")

        self.assertEqual(names(), [("Z", 0.0, "1.00"), ("a", 100.0, "2.00"), ("é", 100.0, "1.00")])
        self.assertEqual([row[0] for row in names(free_counts=True)], ["Z", "a", "free", "é"])
        self.assertEqual([row[0] for row in names(exclude_kinds=[])], ["Z", "a", "trial", "é"])
        self.assertEqual([row[0] for row in names(gap_tolerance_days=1)], ["Z", "a", "ended", "é"])

    def test_explained(self):
        given = book(contract("c", "2026-01-01", mrr="1"), contract("d", "2026-01-01", mrr="1", customer_id="b"))
        given["customers"] = [{"customer_id": name} for name in ("acme", "b", "idle")]
        given["signals"] = [signal("2026-06-10", 60, "u", customer_id="acme")]
        asked = card(last("u", "use"), last("u", "Use", max_age_days=3))
        columns = ("customer_id", "measure", "group", "value", "measure_score", "weight", "contribution", "observed_on", "state")
        acme = [
            ("acme", "Use", None, 60.0, None, 1, None, "2026-06-10", "stale"),
            ("acme", "use", None, 60.0, 60.0, 1, 60.0, "2026-06-10", "measured"),
        ]
        b = [("b", "Use", None, None, None, 1, None, None, "missing"), ("b", "use", None, None, None, 1, None, None, "missing")]
        for customer_id, expected in [(None, acme + b), ("acme", acme), ("b", b), ("idle", [])]:
            rows = explain_health(given, {}, DAY, scorecard=asked, customer_id=customer_id)
            self.assertEqual(months(rows, *columns), expected)
        with self.assertRaisesRegex(ModelError, "unknown_customer"):
            explain_health(given, {}, DAY, scorecard=asked, customer_id="Acme")


if __name__ == "__main__":
    unittest.main()
