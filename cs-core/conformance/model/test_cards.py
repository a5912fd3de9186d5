"""The generator of scorecards and facts keeps its promises and reaches the corners it is there for."""

import json
import unittest
from collections import Counter, defaultdict
from fractions import Fraction
from math import floor

import cards
import model
import test_books
from cards import random_health_call
from definitions import FIRST_DAY, parse_day
from fact_rows import DAYS, FLAGS, NUMBERS, OPTIONAL, RESERVED, TEXTS
from facts import EVENTS, ROW_DAYS, STATES
from scores import MILLION, card_of, exactly, profile_of, scores_at, shares

RANDOM_CALLS = 4_000
NOT_BEFORE = {"cases": ["closed_on"], "actions": ["closed_on"], "feedback": ["answered_on", "released_on"], "stakeholders": ["left_on"]}
KEYS = {"cases": "case_id", "outcomes": "outcome_id", "milestones": "milestone"}


class Cards(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.calls = [random_health_call(seed) for seed in range(RANDOM_CALLS)]

    def test_same_seed_same_call(self):
        for seed in range(50):
            self.assertEqual(random_health_call(seed), self.calls[seed])
        self.assertNotEqual(self.calls[0], self.calls[1])

    def test_calls_are_json(self):
        for call in self.calls[:300]:
            self.assertEqual(json.loads(json.dumps(call)), call)

    # --- promises ----------------------------------------------------------------------------------------------

    def test_valid_books(self):
        for seed, call in enumerate(self.calls):
            with self.subTest(seed=seed):
                test_books.Books.check(self, call["book"], call["definitions"])
                ids = {row["customer_id"] for row in call["book"].get("customers", call["book"]["contracts"])}
                for table in ROW_DAYS:
                    self.check_table(table, call["book"].get(table, []), ids)

    def check_table(self, table, rows, ids):
        keys = [(row["customer_id"], row[KEYS[table]]) for row in rows if table in KEYS]
        self.assertEqual(len(keys), len(set(keys)))
        for row in rows:
            self.assertTrue(row.get("customer_id") in ids or (table == "actions" and row.get("customer_id") is None))
            known = {"customer_id", "moved_to_customer_id", *TEXTS[table], *NUMBERS[table], *FLAGS[table], *DAYS[table]}
            self.assertLessEqual(row.keys(), known)
            present = {column for column, value in row.items() if value is not None}
            self.assertLessEqual(known - {"customer_id", "moved_to_customer_id", "left_on", "scale_max", *OPTIONAL[table]}, present)
            for column in present & set(DAYS[table]):
                self.assertGreaterEqual(parse_day(row[column]), FIRST_DAY)
            for column in NOT_BEFORE.get(table, []):
                self.assertTrue(row.get(column) is None or row[column] >= (row.get(ROW_DAYS[table]) or ""))
            self.assertTrue(all(row[column] in TEXTS[table][column] for column in present & TEXTS[table].keys() - {"case_id", "outcome_id"}))
            self.assertTrue(all(isinstance(row[column], bool) for column in present & set(FLAGS[table])))
            self.check_numbers(table, row)

    def check_numbers(self, table, row):
        if table == "signals" and row["signal"] in RESERVED:
            self.assertIn(row["value"], [0, 1] if row["signal"] == "used_in_executive_meetings" else [0, 1, 2, 3, 5, 10, 40])
        if table == "surveys" and row.get("score") is not None:
            most = {"nps": 10, "csat": row.get("scale_max"), "ces": row["score"]}[row["kind"]]
            self.assertTrue(0 <= row["score"] <= most)
            self.assertTrue(row["kind"] != "nps" or isinstance(row["score"], int))
        if table == "outcomes" and row.get("experience") is not None:
            self.assertTrue(0 <= row["experience"] <= 10)

    def test_valid_scorecards(self):
        for seed, call in enumerate(self.calls):
            with self.subTest(seed=seed):
                self.check_card(call["arguments"]["scorecard"])

    def check_card(self, card):
        names = [measure["measure"] for measure in card["measures"]]
        groups = [group["group"] for group in card.get("groups", [])]
        self.assertTrue(names and len(set(names)) == len(names) and len(set(groups)) == len(groups))
        for measure in card["measures"]:
            self.assertEqual(measure.get("group") in groups, bool(groups))
            self.assertEqual("group" in measure, bool(groups))
            self.check_curve(measure["curve"])
        self.assertEqual({measure.get("group") for measure in card["measures"]}, set(groups) or {None})
        for value in cards.values_of(card):
            self.check_value(value)
        bands = {band["band"] for band in card.get("bands", cards_default())}
        for profile in card.get("profiles", []):
            self.assertLessEqual(profile.get("weights", {}).keys() | profile.get("curves", {}).keys(), set(names))
            self.assertLessEqual(profile.get("group_weights", {}).keys(), set(groups))
            self.assertTrue(card_of(card, profile).measures)
            for curve in profile.get("curves", {}).values():
                self.check_curve(curve)
            self.assertTrue({band["band"] for band in profile.get("bands", [])} in (set(), bands))
        for part in [card, *card.get("profiles", [])]:
            froms = [band["from"] for band in part.get("bands", [])]
            self.assertTrue(froms == sorted(set(froms), reverse=True) and froms[-1:] in ([], [0]))
            self.assertTrue(0 <= part.get("min_coverage", 0) <= 1)
        self.check_overrides(card.get("overrides", []), bands)

    def check_curve(self, curve):
        xs, scores = [x for x, _ in curve], [score for _, score in curve]
        self.assertTrue(2 <= len(curve) <= 32 and xs == sorted(set(xs)) and -1e15 <= xs[0] and xs[-1] <= 1e15)
        self.assertTrue(scores == sorted(scores) or scores == sorted(scores, reverse=True))
        self.assertTrue(all(0 <= score <= 100 and (exactly(score) * MILLION).denominator == 1 for score in scores))

    def check_value(self, value):
        table, aggregate = value["table"], value["aggregate"]
        if table == "contracts":
            self.assertEqual(value.keys() - {"lag_days"}, {"table", "aggregate"} | ({"window_days"} if aggregate == "growth" else set()))
            return
        self.assertFalse(table in STATES and (value.keys() & {"window_days", "lag_days"} or aggregate == "slope"))
        self.assertFalse(table == "signals" and aggregate == "distinct")
        self.assertTrue(value.get("window_days", 1) >= 1 and value.get("lag_days", 0) >= 0)
        needed = aggregate not in ("count", "days_since") and not (table in ("signals", "surveys") and aggregate != "distinct")
        self.assertTrue("column" in value or not needed)
        self.assertLessEqual(value.get("where", {}).keys(), {*TEXTS[table], *FLAGS[table], *OPTIONAL[table]})

    def check_overrides(self, overrides, bands):
        days = defaultdict(list)
        for override in overrides:
            self.assertIn(override["band"], bands)
            self.assertLess(override["from"], override["until"])
            days[override["customer_id"]].append((override["from"], override["until"]))
        for spans in days.values():
            self.assertTrue(all(until <= start for (_, until), (start, _) in zip(sorted(spans), sorted(spans)[1:])))

    # --- corners -----------------------------------------------------------------------------------------------

    def test_calls_reach_the_corners(self):
        seen = Counter()
        for call in self.calls:
            rows = model.answer(call)
            seen["refused"] += rows == "unknown_customer"
            if isinstance(rows, str):
                continue
            seen[call["operation"]] += bool(rows)
            seen["one of many"] += "customer_id" in call["arguments"] and bool(rows)
            for row in rows:
                if "state" not in row:
                    break
                seen[row["state"]] += 1
                seen["moved"] += bool(row.get("change_30d"))
                seen["overridden without a score"] += row["state"] == "overridden" and row.get("score") is None
        self.assertGreater(min(seen["health"], seen["explain_health"]), RANDOM_CALLS // 15)
        self.assertTrue(all(seen[state] > 100 for state in ("scored", "insufficient_data", "overridden", "measured", "stale", "missing")), seen)
        self.assertTrue(all(seen[name] > 30 for name in ("refused", "one of many", "moved", "overridden without a score")), seen)

    def test_everything_is_measured(self):
        """Every aggregate of every table has values, and every aggregate has none somewhere."""
        seen = Counter()
        for call in self.calls:
            asked = call | {"operation": "explain_health", "arguments": {name: value for name, value in call["arguments"].items() if name in ("as_of", "scorecard", "definitions")}}
            values = {measure["measure"]: measure["value"] for measure in call["arguments"]["scorecard"]["measures"]}
            asked["arguments"].pop("since", None)
            rows = model.answer(asked)
            for row in [] if isinstance(rows, str) else rows:
                value = values[row["measure"]]
                name = ("ratio", "ratio") if "ratio" in value else (value["table"], value["aggregate"])
                seen[name] += row["value"] is not None
                seen["none", name[1]] += row["value"] is None
        pairs = [(table, aggregate) for table in TEXTS for aggregate in cards.aggregates_of(table)]
        for name in [*pairs, ("ratio", "ratio"), ("contracts", "growth"), ("contracts", "days_since")]:
            self.assertGreater(seen[name], 5, name)
            self.assertTrue(seen["none", name[1]] > 5, name)
        self.assertLessEqual({*EVENTS, *STATES, "signals"}, {table for table, _ in pairs})

    def test_scores_reach_the_corners(self):
        seen = Counter()
        for call in self.calls:
            arguments = call["arguments"]
            definitions, scorecard = arguments.get("definitions", call["definitions"]), arguments["scorecard"]
            try:
                found = scores_at(call["book"], definitions, scorecard, parse_day(arguments["as_of"]))
            except model.ModelError:
                continue
            for name, (_, score) in found.items():
                profile = profile_of(scorecard, name, known(call, name))
                card = card_of(scorecard, profile)
                seen["profile"] += bool(profile)
                seen["nothing there"] += score.coverage == 0
                seen["coverage at its bound"] += 0 < score.coverage == card.min_coverage < 1
                seen["filled in"] += any(each.points is not None and each.state != "measured" for each in score.measured)
                if score.points is not None:
                    seen["on a band"] += any(0 < exactly(band["from"]) * MILLION == score.points for band in card.bands)
                    counted = [each for each in score.measured if each.points is not None]
                    parts = [share * each.points for share, each in zip(shares(card, counted), counted)]
                    seen[score.points - sum(floor(part) for part in parts)] += 1
                    seen["score between two"] += sum(parts).denominator == 2
                for each in score.measured:
                    seen["half"] += each.state == "measured" and self.is_half(each)
        corners = ("profile", "nothing there", "coverage at its bound", "filled in", "on a band", "half", "score between two", 0, 1, 2)
        self.assertTrue(all(seen[name] >= 5 for name in corners), seen)

    def is_half(self, each):
        """Is the value, exactly, half a millionth between two?"""
        x = Fraction(each.value.number)
        for (x0, y0), (x1, y1) in zip(each.measure["curve"], each.measure["curve"][1:]):
            if x0 < x < x1:
                point = exactly(y0) + (exactly(y1) - exactly(y0)) * (x - Fraction(x0)) / (Fraction(x1) - Fraction(x0))
                return (point * MILLION).denominator == 2
        return False


def known(call, name):
    """What is known of a customer at the day of the call."""
    return model.known_customers(call["book"], parse_day(call["arguments"]["as_of"]))[name]


def cards_default():
    return [{"band": name} for name in cards.BANDS[0]]


if __name__ == "__main__":
    unittest.main()
