"""Random calls about phases, loyalty, tiers and groups compared: they are valid, reach the corners, and obey laws."""

import unittest
from collections import Counter
from fractions import Fraction

import test_books
import test_cards
from attention_calls import COMPARISONS, OPERATIONS, PHASES, TABLES, TOUCHES, differences, fit_call, ids_of, random_attention_call
from model import answer, committed, retention_model, survival, touch_plan
from touch import CONDITIONS, TIERS

RANDOM_CALLS = 2_400


def amount(value) -> Fraction:
    return Fraction(0 if value is None else value)


class AttentionCalls(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.calls = [random_attention_call(seed) for seed in range(RANDOM_CALLS)]
        cls.answers = [answer(call) for call in cls.calls]

    def answered(self, *operations):
        """The calls that are not refused, their definitions and other arguments, and their rows."""
        for seed, (call, rows) in enumerate(zip(self.calls, self.answers)):
            if call["operation"] in operations and isinstance(rows, list):
                asked = dict(call["arguments"])
                definitions = asked.pop("definitions", call["definitions"])
                with self.subTest(seed=seed):
                    yield call, definitions, asked, rows

    def test_valid(self):
        operations = Counter(call["operation"] for call in self.calls)
        self.assertTrue(all(operations[name] > RANDOM_CALLS / 10 for name in OPERATIONS), operations)
        for seed, call in enumerate(self.calls):
            with self.subTest(seed=seed):
                test_books.Books().check(call["book"], call["definitions"])
                for table in TABLES:
                    test_cards.Cards().check_table(table, call["book"].get(table, []), set(ids_of(call["book"])))
                self.assertTrue("1900-01-01" <= call["arguments"]["as_of"] <= "2200-12-31")
        for seed in range(0, RANDOM_CALLS, 40):
            self.assertEqual(self.calls[seed], random_attention_call(seed))

    def test_refusals(self):
        refused = Counter(found for found in self.answers if isinstance(found, str))
        self.assertEqual(set(refused), {"invalid_argument", "unknown_attribute"})
        self.assertTrue(0.02 < refused.total() / RANDOM_CALLS < 0.06, refused)

    # --- corners -----------------------------------------------------------------------------------------------

    def told(self, *operations) -> Counter:
        """How often each column has which word, and is there or absent, zero or more."""
        seen = Counter()
        for _, _, _, rows in self.answered(*operations):
            for row in rows:
                for name, value in row.items():
                    words = value if isinstance(value, list) else [value]
                    seen.update((name, word) for word in words if isinstance(word, (str, bool)) or word is None)
                    seen[name, "some"] += bool(words) and str(words[0]).strip("0.") not in ("", "None")
                    seen[name, "below"] += str(value).startswith("-")
        return seen

    def least(self, seen: Counter, *expected):
        self.assertEqual({key for key in expected if seen[key] < 10}, set(), seen)

    def test_phases_reach_the_corners(self):
        seen = self.told("lifecycle")
        phases = [("phase", word) for word in ("onboarding", "adoption", "advocacy", None)]
        evidence = [("evidence", word) for word in ("first_payment", "milestone", "advocacy", "promoter", None)]
        days = [(name, word) for name in ("onboarded_on", "onboarding_due_on", "advocate_on") for word in ("some", None)]
        self.least(seen, *phases, *evidence, *days)
        ways = Counter()
        for call, _, asked, rows in self.answered("lifecycle"):
            for row in rows:
                surveys, _ = self.said(call, row)
                promises, doubts, no = ([day for day, score in surveys if score in scores] for scores in ((9, 10), (7, 8), range(7)))
                ways["not reached, and promised", row["phase"]] += row["onboarded_on"] is None and bool(promises) and max(promises) > max([*doubts, *no, ""])
                if promises and doubts and max(doubts) >= max(promises):
                    ways["promised, then doubted", row["phase"], row["evidence"]] += 1
                    ways["of one day"] += max(doubts) == max(promises)
                ways["reached later"] += row["evidence"] in ("advocacy", "promoter") and row["advocate_on"] < (row["onboarded_on"] or "") == row["since"]
        doubted = [("promised, then doubted", phase, evidence) for phase, evidence in (("adoption", "milestone"), ("advocacy", "advocacy"), (None, None))]
        promised = [("not reached, and promised", phase) for phase in ("onboarding", "advocacy")]
        self.least(ways, *doubted, *promised, "of one day", "reached later")
        seen = self.told("loyalty")
        signs = [("attitudinal", word) for word in ("promoter", "advocated", "praised", "request_released", "bought_more")]
        signs += [("against", word) for word in ("detractor", "unanswered")] + [("behavioural", word) for word in ("stayed", "renewed", "bound")]
        signs += [("missing", word) for word in ("surveys", "advocacy", "feedback")] + [("nps", "some"), ("nps", None)]
        self.least(seen, *signs, *(("loyalty", word) for word in ("attitudinal", "behavioural", "neither", None)))
        ways = Counter()
        for _, _, _, rows in self.answered("loyalty"):
            for row in rows:
                spoken = {"promoter", "advocated", "praised"} & set(row["attitudinal"])
                ways[bool(spoken), bool(row["attitudinal"]), *row["against"], row["loyalty"]] += 1
        silent = [(False, is_told, *against, None) for is_told, against in ((True, []), (False, []), (False, ["unanswered"]))]
        self.least(ways, *silent, (True, True, "detractor", "behavioural"), (True, True, "unanswered", "attitudinal"))

    @staticmethod
    def said(call, row) -> tuple[list[tuple[str, int]], list[str]]:
        """Days and scores of what a customer answered by the day, and the days of what it did for the company."""
        mine = [fact | {"table": table} for table in ("surveys", "advocacy") for fact in call["book"].get(table, []) if fact["customer_id"] == row["customer_id"]]
        known = [fact for fact in mine if fact["date"] <= call["arguments"]["as_of"]]
        answered = [fact for fact in known if fact["kind"] == "nps" and fact.get("score") is not None]
        return [(fact["date"], fact["score"]) for fact in answered], [fact["date"] for fact in known if fact["table"] == "advocacy"]

    def test_comparisons_reach_the_corners(self):
        for operation in COMPARISONS:
            seen, columns = self.told(operation), Counter()
            for _, _, _, rows in self.answered(operation):
                columns.update(name for row in rows for name in row)
            counts = ("customers", "churned", "events", "periods", "rest_customers", "rest_events", "age")
            floats = [name for name in columns if columns[name] > 200 and name not in (*counts, "product", "cohort", "region", "segment", "tier", "vip", "since", "employees", "owner", "customer_id")]
            self.assertGreaterEqual(len(floats), 4)
            self.least(seen, *((name, word) for name in floats for word in ("some", None)))
        seen = self.told("survival_comparison")
        between = sum(0 < 1.01 * row["p_value"] < row["q_value"] < 1 for _, _, _, rows in self.answered("survival_comparison") for row in rows if row["p_value"])
        self.assertGreater(between, 20)
        self.assertGreater(seen["difference", "below"], 50)
        ways = Counter()
        for call, _, asked, rows in self.answered("survival_comparison"):
            self.assertNotIn("product", asked["by"] or [])
            for row in (row for row in rows if row["difference"] is not None):
                ways[row["events"] == 0, row["rest_events"] == 0, row["p_value"] is not None] += 1
        self.least(ways, (True, True, True), (True, False, True), (False, True, True), (False, False, True))
        refused = Counter(str(call["arguments"].get("by")) for call, rows in zip(self.calls, self.answers) if call["operation"] == "survival_comparison" and isinstance(rows, str))
        self.assertGreater(sum(refused[by] for by in refused if "product" in by), 0, refused)

    def test_tiers_reach_the_corners(self):
        seen = self.told("touch_plan")
        columns = ("owner", "potential_mrr", "experience", "cost_to_serve", "spent_cost", "margin_after_service", "last_contact_on")
        absent = [(name, word) for name in columns for word in ("some", None)]
        self.least(seen, *absent, *(("tier", word) for word in TIERS), *(("is_overdue", word) for word in (True, False)))
        self.least(seen, ("spent_hours", "some"), ("margin_after_service", "below"), ("planned_hours", "some"))
        decided, lifetimes = Counter(), 0
        for _, _, asked, rows in self.answered("touch_plan"):
            lifetimes += asked.get("value") == "lifetime" and any(row["value"] != row["mrr"] for row in rows)
            for row in rows:
                rules = (asked.get("model") or {}).get("rules") or [{}] * 5
                decided.update(name for name in CONDITIONS if name in rules[row["rule"] - 1])
                decided["default", row["rule"]] += "model" not in asked
                decided["not the first"] += row["rule"] > 1
        self.least(decided, *CONDITIONS, "not the first")
        self.assertTrue(all(decided["default", rule] >= 5 for rule in range(1, 6)), decided)
        self.assertGreater(lifetimes, 20)
        seen = self.told("touch_load")
        self.least(seen, *((name, None) for name in ("share_of_mrr", "share_of_planned_hours", "share_of_spent_hours")), ("overdue_customers", "some"), ("share_of_spent_hours", "some"), ("spent_cost", "some"), ("spent_cost", None))
        self.least(self.told("touch_capacity"), ("owner", None), ("owner", "some"), ("utilisation", "some"), ("spent_hours", "some"))

    # --- laws --------------------------------------------------------------------------------------------------

    def test_who_pays_is_there(self):
        """Customers and MRR of the day are the same, whatever is told of them."""
        for call, definitions, asked, rows in self.answered(*PHASES, *TOUCHES):
            if asked["as_of"] == "2200-12-31":
                continue
            (whole,) = committed(call["book"], definitions, asked["as_of"], 1)
            self.assertEqual(sum(amount(row["mrr"]) for row in rows), amount(whole["mrr"]))
            self.assertEqual(sum(row.get("customers", 1) for row in rows), whole["customers"])

    def test_load_and_capacity_are_of_the_plan(self):
        for call, definitions, asked, rows in self.answered("touch_load", "touch_capacity"):
            hours_per_person = asked.pop("hours_per_person", None)
            plan = touch_plan(call["book"], definitions, **asked)
            key = "tier" if call["operation"] == "touch_load" else "owner"
            for row in rows:
                mine = [each for each in plan if each[key] == row[key]]
                self.assertEqual(row["customers"], len(mine))
                self.assertAlmostEqual(row["planned_hours"], sum(each["planned_hours"] for each in mine), 6)
                if row["spent_hours"] is None:  # nobody keeps contacts
                    self.assertEqual({each["spent_hours"] for each in mine}, {None} if mine else set())
                else:
                    self.assertAlmostEqual(row["spent_hours"], sum(each["spent_hours"] for each in mine), 6)
                for name in {"mrr", "margin", "cost_to_serve", "spent_cost", "margin_after_service"} & row.keys():
                    self.assertEqual(amount(row[name]), sum(amount(each[name]) for each in mine), name)
                if key == "tier":
                    self.assertEqual(row["overdue_customers"], sum(each["is_overdue"] for each in mine))
                else:
                    for tier in TIERS:
                        self.assertEqual(row[tier], sum(each["tier"] == tier for each in mine))
                    self.assertEqual(row["capacity_hours"], None if row["owner"] is None else hours_per_person or 120)

    def test_what_is_spent_is_of_the_hours(self):
        """At most half a unit from the hours, and the minutes of a customer cost as much as those of others."""
        for _, _, asked, rows in self.answered("touch_plan"):
            for row in rows:
                self.assertEqual(row["spent_cost"] is None, asked.get("cost_per_hour") is None or row["spent_hours"] is None)
                if row["spent_cost"] is not None:
                    unit, cost = Fraction(1, 10 ** len(row["mrr"].partition(".")[2])), Fraction(row["spent_hours"]) * Fraction(asked["cost_per_hour"])
                    self.assertTrue(abs(amount(row["spent_cost"]) - cost) <= unit / 2 + cost / 10**12, row)

    def test_phases_are_of_what_was_said(self):
        """Onboarding is of those who did not reach the milestone, and every other phase of those who said or did something, or did."""
        for call, _, _, rows in self.answered("lifecycle"):
            is_kept = any(row["phase"] == "onboarding" for row in rows)
            for row in rows:
                surveys, deeds = self.said(call, row)
                refused = max([day for day, score in surveys if score <= 6], default="")
                doubted = max([day for day, score in surveys if score < 9], default="")
                promises = [day for day, score in surveys if score >= 9 and day > doubted]
                deeds = [day for day in deeds if day > refused]
                self.assertEqual(row["advocate_on"], min([*promises, *deeds], default=None))
                if row["onboarded_on"] is None:
                    self.assertEqual(row["phase"], "onboarding" if is_kept else row["phase"])
                    self.assertNotEqual(row["phase"], "adoption")
                else:
                    self.assertEqual(row["phase"], "advocacy" if row["advocate_on"] else "adoption")
                self.assertTrue(row["since"] is None or row["since"] >= (row["onboarded_on"] or ""))

    def test_comparisons_are_of_survival(self):
        """The share at the horizon is that of the last time up to it; the two sides are all."""
        for call, definitions, asked, rows in self.answered("survival_comparison"):
            horizon, names = asked.get("horizon_days", 365), [asked["by"]] if isinstance(asked["by"], str) else asked["by"] or []
            found = survival(call["book"], definitions, asked["as_of"], by=asked["by"])
            for row in rows:
                mine = [each for each in found if all(each[name] == row[name] for name in names)]
                self.assertEqual(row["customers"] + row["rest_customers"], rows[0]["customers"] + rows[0]["rest_customers"])
                self.assertEqual(row["customers"], sum(each["events"] + each["censored"] for each in mine))
                self.assertEqual(row["events"], sum(each["events"] for each in mine if each["time"] <= horizon))
                if row["survival"] is not None:
                    before = [each["survival"] for each in mine if each["time"] <= horizon]
                    self.assertEqual(row["survival"], before[-1] if before else 1.0)
                    self.assertTrue(0 < row["restricted_mean_days"] <= horizon)
                if row["difference"] is not None:
                    self.assertTrue(row["difference_low"] <= row["difference"] <= row["difference_high"])
                    self.assertTrue(row["events"] > 0 or row["difference_low"] < row["difference"])  # that nobody left is not sure
                    self.assertTrue(row["rest_events"] > 0 or row["difference"] < row["difference_high"])
                if row["p_value"] is not None:
                    self.assertTrue(row["p_value"] - 1e-12 <= row["q_value"] <= 1 + 1e-12)

    def test_projections_are_of_the_model(self):
        for call, definitions, asked, rows in self.answered("retention_projection"):
            models = retention_model(call["book"], definitions, **{name: asked[name] for name in ("as_of", "period_months", "by") if name in asked})
            periods = asked.get("periods", 24)
            self.assertEqual(len(rows), periods * len(models))
            for number, row in enumerate(rows):
                fit = models[number // periods]
                self.assertEqual(row["age"], number % periods + 1)
                self.assertEqual(row["model_survival"] is None, fit["alpha"] is None)
                self.assertEqual(row["observed_survival"] is None, row["age"] > fit["periods"] and (fit["customers"] == 0 or rows[number - 1]["observed_survival"] != 0.0 or row["age"] == 1))
                if row["age"] == 1 and fit["alpha"] is not None:
                    self.assertAlmostEqual(row["model_survival"], 1 - fit["first_churn"], 12)
                if row["residual_lifetime"] is not None:
                    self.assertGreater(row["residual_lifetime"], row["model_retention"])


class AttentionDifferences(unittest.TestCase):
    def example(self, operation, **needs):
        """A call with rows, and all it needs, its rows and the answer that they rest on."""
        for seed in range(RANDOM_CALLS):
            call = random_attention_call(seed)
            if call["operation"] == operation and all(call["arguments"].get(name) == value for name, value in needs.items()):
                rows, fit = answer(call), fit_call(call) and answer(fit_call(call))
                if isinstance(rows, list) and rows and None not in [value for name, value in rows[0].items() if name in ("alpha", "model_survival", "p_value")]:
                    return call, rows, fit
        self.fail("there is none")

    def test_the_same(self):
        for seed in range(RANDOM_CALLS // 4):
            call = random_attention_call(seed)
            self.assertEqual(differences(call, answer(call), fit_call(call) and answer(fit_call(call))), [], seed)

    def test_others(self):
        for operation in OPERATIONS:
            call, rows, fit = self.example(operation)
            for name, value in rows[0].items():
                if (operation, name) in (("retention_model", "alpha"), ("retention_model", "beta")):
                    value = value * 1.1
                else:
                    value = None if value is not None else "x"
                self.assertNotEqual(differences(call, [rows[0] | {name: value}, *rows[1:]], fit), [], (operation, name))
            self.assertNotEqual(differences(call, [rows[0] | {"more": 1}, *rows[1:]], fit), [])
            self.assertNotEqual(differences(call, rows[1:], fit), [])
            self.assertNotEqual(differences(call, "invalid_argument", fit), [])

    def test_near(self):
        """Other alpha and beta are taken if they are near, and what follows is of them."""
        call, rows, _ = self.example("retention_model")
        near = rows[0] | {"alpha": rows[0]["alpha"] * (1 + 1e-11)}
        self.assertEqual(differences(call, [near, *rows[1:]]), [])
        call, rows, fit = self.example("retention_projection")
        fit = [row | {"alpha": row["alpha"] and row["alpha"] * (1 + 9e-7)} for row in fit]
        self.assertNotEqual(differences(call, rows, fit), [])
        call, rows, fit = self.example("survival_comparison")
        self.assertEqual(differences(call, [rows[0] | {"p_value": rows[0]["p_value"] * (1 + 1e-10)}, *rows[1:]], fit), [])
        self.assertNotEqual(differences(call, [rows[0] | {"p_value": rows[0]["p_value"] * 1.001}, *rows[1:]], fit), [])


if __name__ == "__main__":
    unittest.main()
