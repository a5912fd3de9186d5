"""Random reviews: they are valid, reach the corners, and obey laws."""

import hashlib
import json
import random
import unittest
from collections import Counter
from fractions import Fraction

import test_books
from asking import UNIT_OF
from attention_calls import ids_of
from contracts import last_seen
from model import answer
from review import NUMBERS, standard_plays
from review_calls import CHECKS, TABLES, THRESHOLDS, differences, random_review_call
from snapshot import DEFAULTS

RANDOM_CALLS = 1_000
KEYS = {"cases": "case_id", "outcomes": "outcome_id", "milestones": "milestone"}
NEVER = {("stale_evidence", "not_known")}  # who has none is not asked
MISSING = {
    "early_churn": ("too_few_customers", "not_known", "watched_too_briefly"), "payback": ("not_known", "watched_too_briefly"),
    "slower_cohorts": ("too_few_customers", "not_known", "watched_too_briefly"),
}  # fmt: skip


SETTINGS = json.dumps(DEFAULTS)
FINGERPRINT = hashlib.sha256(SETTINGS.encode()).hexdigest()


class ReviewCalls(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.calls = [random_review_call(seed) for seed in range(RANDOM_CALLS)]
        cls.answers = [answer(call) for call in cls.calls]

    def answered(self, step=1):
        """The calls that are not refused, with their tables."""
        for seed in range(0, RANDOM_CALLS, step):
            if isinstance(self.answers[seed], dict):
                with self.subTest(seed=seed):
                    yield self.calls[seed], self.answers[seed]

    def again(self, call, book=None, **arguments):
        return answer(call | {"book": call["book"] | (book or {}), "arguments": call["arguments"] | arguments})

    def test_valid(self):
        for seed, call in enumerate(self.calls):
            with self.subTest(seed=seed):
                test_books.Books().check(call["book"], call["definitions"])
                for table in TABLES:
                    rows, ids = call["book"].get(table, []), {None, *ids_of(call["book"])}
                    self.assertTrue({row.get("customer_id") for row in rows} <= ids)
                    keys = [(row["customer_id"], row[KEYS[table]]) for row in rows if table in KEYS]
                    self.assertEqual(len(keys), len(set(keys)))
                self.assertTrue("1900-01-01" <= call["arguments"]["as_of"] <= "2200-12-31")
        for seed in range(0, RANDOM_CALLS, 40):
            self.assertEqual(self.calls[seed], random_review_call(seed))
        refused = Counter(found for found in self.answers if isinstance(found, str))
        self.assertEqual(set(refused), {"invalid_argument", "unknown_customer", "unknown_attribute"})
        self.assertTrue(0.01 < refused.total() / RANDOM_CALLS < 0.06, refused)

    # --- corners -----------------------------------------------------------------------------------------------

    def least(self, seen: Counter, expected, count=10):
        self.assertEqual({key for key in expected if seen[key] < count}, set(), seen)

    def test_every_check_is_found_passed_and_lacked(self):
        seen = Counter()
        for _, tables in self.answered():
            for row in tables["checks"]:
                assessed = Fraction(row["assessed_mrr"]) > 0
                seen[row["check"], "found"] += row["found_customers"] > 0
                seen[row["check"], "passed"] += assessed and row["found_customers"] == 0
                seen[row["check"], row["missing_reason"]] += 1
            seen.update((row["check"], "told") for row in tables["findings"])
        checks = [check for mine in CHECKS.values() for check in mine]
        self.least(seen, [(check, what) for check in checks for what in ("told", "passed", *MISSING.get(check, ("not_known",))) if (check, what) not in NEVER], 5)
        self.least(seen, [(check, "found") for check in checks if check != "unvalidated_score"], 5)

    def test_every_word_is_said(self):
        seen = Counter()
        for call, tables in self.answered():
            for table, columns in {"verdicts": ["verdict", "decided_by"], "findings": ["severity", "state", "scope"], "resolved": ["resolved_by"], "evidence": ["measure"]}.items():
                seen.update((name, row[name]) for row in tables[table] for name in columns)
            seen.update(("play", name) for row in tables["findings"] for name in row["plays"])
            seen.update(("first", row["play"]) for row in tables["plays"])
            seen.update(("both", row["verdict"], row["decided_by"]) for row in tables["verdicts"])
            seen["accused"] += any(row["is_accused"] for row in tables["comparisons"])
            seen["not accused"] += any(row["q_value"] is not None and not row["is_accused"] for row in tables["comparisons"])
            seen["rests"] += any(row["snoozed_until"] is not None for row in tables["findings"])
            seen["open"] += any(row["open_actions"] > 1 for row in tables["findings"])
            seen["edition", call["arguments"].get("edition")] += 1
            seen["left out"] += bool(tables["exclusions"])
        words = {
            "verdict": ["pass", "attention", "fail", "not_assessable"], "decided_by": ["failing_share", "group_finding", "coverage"], "severity": ["high", "medium", "low", "opportunity"],
            "state": ["new", "persisting", "snoozed", None], "scope": ["company", "segment", "customer"], "resolved_by": ["no_longer_found", "churned", "left_out", "not_asked", "not_assessed"],
            "measure": list(UNIT_OF), "edition": [None, *NUMBERS],
        }  # fmt: skip
        self.least(seen, [(name, word) for name, some in words.items() for word in some], 3)
        self.least(seen, [*(("both", verdict, "group_finding") for verdict in ("attention", "fail")), *(("both", verdict, "failing_share") for verdict in ("pass", "attention", "fail"))])
        self.least(seen, ["accused", "not accused", "rests", "open", "left out"], 3)
        # Offers are for those alone who are well, and have no fault.
        self.least(seen, [("play", play["play"]) for play in standard_plays()], 1)
        self.least(seen, [("first", play["play"]) for play in standard_plays() if not play.get("needs_health")], 1)

    def test_what_is_missing_is_missing_in_each_way(self):
        """Of all, of some and of nobody whom a question looks at; and what became of earlier findings of each scope."""
        seen = Counter()
        for call, tables in self.answered():
            actions = [row for row in call["book"].get("actions", []) if row.get("finding_id") is not None and row.get("customer_id") is not None]
            seen["for two"] += any(not row["finding_id"].endswith(f"/customer/{row['customer_id']}") for row in actions)
            seen.update((row["scope"] if row["check"] != "principle_fails" else "principle", row["resolved_by"]) for row in tables["resolved"])
            seen.update(row["measure"] for row in tables["evidence"])
            told = {row["check"] for row in tables["findings"]}
            for row in tables["checks"]:
                whole, part = (Fraction(row[name]) for name in ("mrr", "assessed_mrr"))
                of = "nobody" if row["customers"] == 0 else "none" if part == 0 else "some" if part < whole else "all"
                seen.update([(row["check"], of), (row["check"], of, row["check"] in told), (row["check"], row["missing_table"])])
        whole_or_none = [(check, of) for check in ("early_churn", "payback", "unvalidated_score", "slower_cohorts") for of in ("nobody", "none", "all")]
        in_parts = [(check, of) for check in ("unfit_sales", "unseen_drift", "red_without_action", "red_ignored", "promise_missed") for of in ("nobody", "none", "some", "all")]
        self.least(seen, [*whole_or_none, *in_parts, *((check, "some", is_told) for check in ("unfit_sales", "unseen_drift") for is_told in (True, False))], 3)
        self.assertFalse(any(seen[check, "some"] for check, _ in whole_or_none))
        self.least(seen, [(check, table) for check in ("red_without_action", "red_ignored") for table in ("actions", "signals")])
        words = {
            "customer": ["churned", "left_out", "not_asked", "not_assessed", "no_longer_found"], "segment": ["not_asked", "not_assessed", "no_longer_found"],
            "company": ["not_asked", "not_assessed", "no_longer_found"], "principle": ["not_asked", "not_assessed", "no_longer_found"],
        }  # fmt: skip
        self.least(seen, [(scope, word) for scope, some in words.items() for word in some])
        self.least(seen, ["for two", "red_on", "last_contact"])
        self.least(seen, ["accused_groups"], 5)

    def test_every_threshold_is_moved(self):
        self.assertEqual({name: list(values) for name, values in THRESHOLDS.items()}, {name: list(DEFAULTS[name]) for name in THRESHOLDS})
        self.assertEqual(THRESHOLDS.keys(), DEFAULTS.keys())
        moved = Counter((name, threshold) for call in self.calls for name in THRESHOLDS for threshold in call["arguments"].get("settings", {}).get(name, {}))
        self.least(moved, [(name, threshold) for name, values in DEFAULTS.items() for threshold in values], 100)

    # --- laws --------------------------------------------------------------------------------------------------

    def test_what_adds_up(self):
        for _, tables in self.answered():
            findings = tables["findings"]
            self.assertEqual(len({row["finding_id"] for row in findings}), len(findings))
            for verdict in tables["verdicts"]:
                mine = [row for row in findings if row["principle"] == verdict["principle"]]
                self.assertEqual(verdict["findings"], len(mine))
                self.assertEqual(any(row["check"] == "principle_fails" for row in mine), verdict["verdict"] == "fail")
                self.assertLessEqual(Fraction(verdict["failing_mrr"]), Fraction(verdict["assessed_mrr"]))
                self.assertLessEqual(Fraction(verdict["assessed_mrr"]), Fraction(verdict["mrr"]))
                self.assertLessEqual(verdict["failing_customers"], verdict["customers_at_stake"])
            for row in tables["checks"]:
                self.assertLessEqual(Fraction(row["found_mrr"]), Fraction(row["assessed_mrr"]))
                self.assertLessEqual(Fraction(row["assessed_mrr"]), Fraction(row["mrr"]))
                self.assertEqual(row["missing_reason"] is None, row["missing_table"] is None)
                of_customers = [each for each in findings if (each["check"], each["scope"]) == (row["check"], "customer")]
                if of_customers:
                    self.assertEqual(row["found_customers"], len(of_customers))
            (summary,) = tables["summary"]
            self.assertEqual(sum(summary[name] for name in ("passed", "attention", "failed", "not_assessable")), len(tables["verdicts"]))

    def test_what_was_measured_is_not_acceptable(self):
        """A threshold is the last acceptable value."""
        for _, tables in self.answered():
            worse = Counter()
            for row in tables["evidence"]:
                if row["bound"] is not None:
                    is_worse = row["value"] > row["threshold"] if row["bound"] == "at_most" else row["value"] < row["threshold"]
                    worse[row["finding_id"]] += is_worse
            for name, count in worse.items():
                # A group stands out by two values, of which one is small; cohorts likewise; that a principle fails may have other reasons.
                if not any(f"/{check}/" in name for check in ("early_churn", "slower_cohorts", "principle_fails")):
                    self.assertGreater(count, 0, name)

    def test_the_order_of_rows_does_not_matter(self):
        rng = random.Random(0)
        for call, tables in self.answered(step=20):
            book = {name: rng.sample(rows, len(rows)) for name, rows in call["book"].items() if isinstance(rows, list)}
            self.assertEqual(self.again(call, book), tables)

    def test_what_is_recorded_later_does_not_matter(self):
        for call, tables in self.answered(step=20):
            day = last_seen(call["book"], call["arguments"]["as_of"]).isoformat()
            name = (ids_of(call["book"]) or [None])[0]
            if name is None or not "1900-01-01" < day < "2200-01-01":
                continue
            later = "2200-12-31"
            rows = {
                "signals": {"signal": "active_users", "observed_on": later, "value": 0}, "engagements": {"date": later, "kind": "qbr", "channel": "human", "two_way": True},
                "stakeholders": {"person_id": "late", "role": "champion", "since": later}, "actions": {"play": "call", "opened_on": later},
                "cases": {"case_id": "late", "opened_on": later}, "feedback": {"date": later, "kind": "request", "topic": "late"}, "outcomes": {"outcome_id": "late", "agreed_on": later},
            }  # fmt: skip
            book = {table: [*call["book"].get(table, []), {"customer_id": name} | row] for table, row in rows.items()}
            self.assertEqual(self.again(call, book | {"observed_until": day}), tables)

    def test_a_review_beside_itself(self):
        for call, tables in self.answered(step=20):
            own = {"findings": {"rows": tables["findings"], "metadata": {"as_of": "1900-01-01"}}}
            both = self.again(call, previous=own)
            self.assertEqual(both["resolved"], [])
            self.assertTrue(all(row["state"] in ("persisting", "snoozed") for row in both["findings"]))

    def test_who_is_left_out_is_not_found(self):
        for call, tables in self.answered(step=20):
            names = {row["subject"] for row in tables["findings"] if row["scope"] == "customer"}
            if names:
                name = min(names)
                settings = call["arguments"].get("settings", {}) | {"exclusions": [{"customer_id": name, "reason": "a test"}]}
                self.assertNotIn(name, {row["subject"] for row in self.again(call, settings=settings)["findings"] if row["scope"] == "customer"})

    def test_differences(self):
        """What is changed is told."""
        told = Counter()
        for call, tables in self.answered(step=10):
            for table, rows in (each for each in tables.items() if each[1]):
                summary = tables["summary"][0] | {"settings": SETTINGS, "settings_fingerprint": FINGERPRINT}
                changed = tables | {"summary": [summary], table: rows[1:]} if table != "summary" else tables | {"summary": [summary | {"customers": -1}]}
                self.assertNotEqual(differences(call, changed), [], table)
                told[table] += 1
        self.assertTrue(all(told[table] > 0 for table in tables), told)
        self.assertEqual(differences(self.calls[0], "limit_exceeded")[0][:18], "limit_exceeded is ")


if __name__ == "__main__":
    unittest.main()
