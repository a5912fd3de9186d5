"""What the page on scorecards says of every book and scorecard, on random ones."""

import copy
import unittest
from datetime import date

import model
from cards import random_health_call, tables_of, values_of
from contracts import observed_until
from draws import shift
from facts import KNOWN_LATER, ROW_DAYS
from test_laws import in_every_answer

RANDOM_CALLS = 1000
STATES_OF_HEALTH = {"scored", "insufficient_data", "overridden"}


def millionths(number):
    """A number of points is so many whole millionths."""
    return round(number * 1e6)


class LawsOfScores(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.cases = []
        for seed in range(RANDOM_CALLS):
            call = random_health_call(seed)
            cls.cases.append((seed, call, model.answer(call)))

    def changed(self, call, scorecard=None, operation=None, book=None, **arguments):
        """The call with another scorecard, operation or book, and other arguments; None leaves one out."""
        arguments = {"scorecard": call["arguments"]["scorecard"] | (scorecard or {})} | arguments
        kept = {name: value for name, value in (call["arguments"] | arguments).items() if value is not None}
        return call | {"arguments": kept, "operation": operation or call["operation"], "book": call["book"] | (book or {})}

    def health(self, call, **more):
        return model.answer(self.changed(call, operation="health", customer_id=None, **more))

    def explained(self, call, **more):
        return model.answer(self.changed(call, operation="explain_health", customer_id=None, **more))

    @in_every_answer("health")
    def test_rows_of_health(self, call, rows):
        ids = [row["customer_id"].encode() for row in rows]
        self.assertEqual(ids, sorted(set(ids)))
        for row in rows:
            self.assertEqual(list(row), model.HEALTH_COLUMNS)
            self.assertIn(row["state"], STATES_OF_HEALTH)
            self.assertTrue(0 <= row["coverage"] <= 1)
            if row["state"] == "scored":
                self.assertTrue(row["score"] is not None and row["band"] is not None)
            if row["state"] == "insufficient_data":
                self.assertTrue(row["score"] is None and row["band"] is None)
            if row["score"] is not None:
                self.assertTrue(0 <= row["score"] <= 100)
                self.assertEqual(row["score"], millionths(row["score"]) / 1e6)

    @in_every_answer("explain_health")
    def test_rows_of_explain_health(self, call, rows):
        day = call["arguments"]["as_of"]
        keys = [(row["customer_id"].encode(), row["measure"].encode()) for row in rows]
        self.assertEqual(keys, sorted(set(keys)))
        for row in rows:
            self.assertEqual(list(row), model.EXPLAIN_HEALTH_COLUMNS)
            self.assertIn(row["state"], ("measured", "stale", "missing"))
            self.assertEqual(row["value"] is None, row["state"] == "missing")
            self.assertGreater(row["weight"], 0)
            self.assertTrue(row["observed_on"] is None or (row["value"] is not None and row["observed_on"] <= day))
            self.assertTrue(row["measure_score"] is None or 0 <= row["measure_score"] <= 100)
            if row["measure_score"] is None:
                self.assertIsNone(row["contribution"])
                self.assertNotEqual(row["state"], "measured")

    @in_every_answer("health")
    def test_contributions_add_up_to_the_score(self, call, rows):
        explained = self.explained(call)
        self.assertEqual({row["customer_id"] for row in explained}, {row["customer_id"] for row in rows})
        for row in rows:
            mine = [each for each in explained if each["customer_id"] == row["customer_id"]]
            parts = [each["contribution"] for each in mine if each["contribution"] is not None]
            self.assertEqual(row["score"] is None, not parts)
            if parts:
                self.assertEqual(sum(millionths(part) for part in parts), millionths(row["score"]))
                self.assertTrue(all(0 <= each["contribution"] <= each["measure_score"] + 1e-6 for each in mine if each["contribution"] is not None))

    @in_every_answer("health")
    def test_coverage_is_the_weight_that_was_measured(self, call, rows):
        explained = self.explained(call)
        for row in rows:
            mine = [each for each in explained if each["customer_id"] == row["customer_id"]]
            measured = [each for each in mine if each["state"] == "measured"]
            if not call["arguments"]["scorecard"].get("groups"):
                self.assertEqual(row["coverage"], sum(each["weight"] for each in measured) / sum(each["weight"] for each in mine))
            self.assertEqual(row["coverage"] == 0, not measured)
            self.assertEqual(row["coverage"] == 1, measured == mine)

    @in_every_answer("explain_health")
    def test_one_customer_is_a_part_of_all(self, call, rows):
        everybody = self.explained(call)
        asked = call["arguments"].get("customer_id")
        if asked is not None:
            self.assertEqual(rows, [row for row in everybody if row["customer_id"] == asked])

    @in_every_answer()
    def test_order_of_rows_does_not_matter_and_nothing_is_changed(self, call, rows):
        turned = {name: table if name == "currency" else table[::-1] for name, table in call["book"].items()}
        other = self.changed(call, book=turned, scorecard={"overrides": call["arguments"]["scorecard"].get("overrides", [])[::-1]})
        kept = copy.deepcopy(other)
        self.assertEqual(model.answer(other), rows)
        self.assertEqual(other, kept)

    @in_every_answer()
    def test_what_is_known_later_changes_nothing(self, call, rows):
        """Rows of a later day, and ends, answers and results filled in later, in tables old and new."""
        day = call["arguments"]["as_of"]
        if day >= "2200-12-01":
            return
        later = shift(date.fromisoformat(day), 1).isoformat()
        given = copy.deepcopy(call["book"])
        ids = sorted({row["customer_id"] for row in given.get("customers", given["contracts"])})
        for table, own_days in KNOWN_LATER.items():
            for row in given.get(table, []):
                for own_day, others in own_days.items():
                    if all(row.get(column) is None for column in (own_day, *others)):
                        row[own_day] = later
                        row |= dict.fromkeys(others, 5)
        for table, column in ROW_DAYS.items():
            if table not in ("milestones", "outcomes"):
                more = {"signal": "logins", "value": 9, "kind": "nps", "score": 3, "case_id": f"later {later}", "person_id": "p9"}
                given.setdefault(table, []).extend({"customer_id": name, column: later} | more for name in ids)
        given.setdefault("signals", []).extend({"customer_id": name, "signal": "logins", "value": 9, "observed_on": day, "recorded_on": later} for name in ids)
        given.setdefault("outcomes", []).extend({"customer_id": name, "outcome_id": "later", "agreed_on": later, "observed_on": day, "experience": 1} for name in ids)
        given["contracts"] += [{"contract_id": f"later {name}", "customer_id": name, "start_date": later, "mrr": "5"} for name in ids]
        if "customers" in given:
            dated = {row["customer_id"] for row in given["customers"] if row.get("recorded_on") == later}
            given["customers"] += [{"customer_id": name, "recorded_on": later, "segment": "smb"} for name in ids if name not in dated]
        self.assertGreaterEqual(observed_until(given) or "", observed_until(call["book"]) or "")
        self.assertEqual(model.answer(self.changed(call, book=given)), rows)

    @in_every_answer("health")
    def test_missing_evidence_is_never_green(self, call, rows):
        """Without facts nothing but contracts is measured; and of whom nothing is measured there is no score."""
        contracts_only = {name: table for name, table in call["book"].items() if name not in ROW_DAYS}
        measures = call["arguments"]["scorecard"]["measures"]
        without = self.explained(call | {"book": contracts_only})
        of_facts = {measure["measure"] for measure in measures if tables_of({"measures": [measure]})}
        self.assertTrue(all(row["state"] == "missing" for row in without if row["measure"] in of_facts))
        for row in rows:
            scorecard = call["arguments"]["scorecard"]
            if row["coverage"] == 0 and scorecard.get("min_coverage") != 0 and not scorecard.get("profiles"):
                self.assertIsNone(row["score"])
                self.assertTrue(row["band"] is None or row["state"] == "overridden")
        strict = [measure | {"missing": "exclude"} for measure in measures if measure["measure"] in of_facts]
        if len(strict) == len(measures):
            found = self.health(call | {"book": contracts_only}, scorecard={"measures": strict})
            self.assertTrue(all((row["score"], row["coverage"]) == (None, 0.0) for row in found))

    @in_every_answer("health")
    def test_policies_are_no_evidence(self, call, rows):
        """Whatever is filled in, the coverage is the same; and the worst is never better than what is neutral."""
        measures = call["arguments"]["scorecard"]["measures"]
        found = {policy: self.health(call, scorecard={"measures": [measure | {"missing": policy} for measure in measures]}) for policy in ("exclude", "neutral", "worst")}
        for row, exclude, neutral, worst in zip(rows, *found.values(), strict=True):
            self.assertEqual({row["coverage"]}, {each["coverage"] for each in (exclude, neutral, worst)})
            self.assertEqual(neutral["score"] is None, worst["score"] is None)
            if neutral["score"] is not None:
                self.assertLessEqual(worst["score"], neutral["score"])
            if row["coverage"] == 1:
                self.assertEqual(exclude, worst | {"change_30d": exclude["change_30d"]})

    @in_every_answer("health")
    def test_an_override_hides_nothing(self, call, rows):
        for row, plain in zip(rows, self.health(call, scorecard={"overrides": []}), strict=True):
            self.assertNotEqual(plain["state"], "overridden")
            self.assertEqual({**row, "band": 0, "state": 0}, {**plain, "band": 0, "state": 0})
            self.assertTrue(row["state"] == "overridden" or row == plain)

    @in_every_answer("health")
    def test_change_is_the_difference_of_two_scores(self, call, rows):
        month_ago = date.fromisoformat(call["arguments"]["as_of"]).toordinal() - 30
        if month_ago < date(1900, 1, 1).toordinal():
            self.assertTrue(all(row["change_30d"] is None for row in rows))
            return
        then = {row["customer_id"]: row["score"] for row in self.health(call, as_of=date.fromordinal(month_ago).isoformat())}
        for row in rows:
            before = then.get(row["customer_id"])
            if row["score"] is None or before is None:
                self.assertIsNone(row["change_30d"])
            else:
                self.assertEqual(row["change_30d"], (millionths(row["score"]) - millionths(before)) / 1e6)

    @in_every_answer()
    def test_only_proportions_of_weights_matter(self, call, rows):
        card = copy.deepcopy(call["arguments"]["scorecard"])
        for part in [*card["measures"], *card.get("groups", [])]:
            part["weight"] *= 7
        for profile in card.get("profiles", []):
            for weights in (profile.get("weights", {}), profile.get("group_weights", {})):
                weights.update({name: weight * 7 for name, weight in weights.items()})
        for row, other in zip(rows, model.answer(self.changed(call, scorecard=card)), strict=True):
            self.assertEqual(row | {"weight": 0}, other | {"weight": 0})

    @in_every_answer("health")
    def test_where_every_value_is_worth_the_same(self, call, rows):
        """So is the score, and all that is there contributes by its weight."""
        card = call["arguments"]["scorecard"]
        measures = [measure | {"curve": [[0, 66.6], [1, 66.6]], "missing": "exclude"} for measure in card["measures"]]
        profiles = [{key: value for key, value in profile.items() if key != "curves"} for profile in card.get("profiles", [])]
        for row in self.health(call, scorecard={"measures": measures, "profiles": profiles}):
            self.assertIn(row["score"], (None, 66.6))
            self.assertIn(row["change_30d"], (None, 0.0))

    @in_every_answer()
    def test_a_window_and_the_one_before_it_count_what_both_count(self, call, rows):
        """Of events that are kept, by the end of the earlier window."""
        day = date.fromisoformat(call["arguments"]["as_of"])
        for value in values_of(call["arguments"]["scorecard"]):
            if value["aggregate"] != "count" or value["table"] not in ("engagements", "surveys", "cases", "feedback", "advocacy", "actions"):
                continue
            asked = {"table": value["table"], "aggregate": "count", "where": value.get("where", {})}
            windows = [{"window_days": 60}, {"window_days": 30}, {"window_days": 30, "lag_days": 30}]
            measures = [{"measure": str(n), "weight": 1, "curve": [[0, 0], [1, 1]], "value": asked | window} for n, window in enumerate(windows)]
            found = model.explain_health(call["book"], call["definitions"], day.isoformat(), scorecard={"name": "x", "measures": measures})
            for both, late, early in zip(found[::3], found[1::3], found[2::3], strict=True):
                if early["value"] is not None:
                    self.assertEqual(both["value"], late["value"] + early["value"])


if __name__ == "__main__":
    unittest.main()
