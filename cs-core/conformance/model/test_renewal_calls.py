"""Random calls about renewals: they are valid, reach the corners, and obey laws."""

import unittest
from collections import Counter
from fractions import Fraction

import test_books
from books import RENEWAL_OPERATIONS, random_renewal_call
from definitions import periods, read_definitions
from model import answer, renewal_lines

RANDOM_CALLS = 3000
OUTCOMES = ["renewed", "upgraded", "downgraded", "lost", "early_termination", "free", "pending"]
TIMINGS = ["early", "on_time", "late", None]


class RenewalCalls(unittest.TestCase):
    def calls(self, operation=None, count=RANDOM_CALLS):
        for seed in range(count):
            call = random_renewal_call(seed)
            if operation in (None, call["operation"]):
                yield seed, call

    def test_valid(self):
        operations = Counter()
        for seed, call in self.calls():
            operations[call["operation"]] += 1
            with self.subTest(seed=seed):
                test_books.Books().check(call["book"], call["definitions"])
                self.assertEqual(call, random_renewal_call(seed))
                days = [value for name, value in call["arguments"].items() if name in ("start", "end", "known_on", "as_of")]
                self.assertTrue(all("1900-01-01" <= day <= "2200-12-31" for day in days))
        self.assertTrue(all(operations[name] > RANDOM_CALLS / 4 for name in RENEWAL_OPERATIONS))

    def test_calls_reach_the_corners(self):
        seen, refused = Counter(), Counter()
        for _, call in self.calls():
            rows = answer(call)
            if isinstance(rows, str):
                refused[rows] += 1
                continue
            for row in rows:
                if call["operation"] == "renewal_lines":
                    self.seen_of_line(seen, row, call["book"]["contracts"])
                elif call["operation"] == "renewals":
                    seen["change of discount"] += row["first_discount_change"] not in (None, 0.0)
                    seen["first, not kept"] += row["first_kept_count"] < row["first_count"]
                    seen["open-ended"] += Fraction(row["open_ended_mrr"]) > 0
                else:
                    seen["source", row["loss_source"]] += 1
                    seen["no history"] += row["loss_probability"] is None
                    seen["some left"] += row["loss_source"] == "history" and (row["loss_probability"] or 0) > 0
                    for column in ("signed_mrr", "upgrade_mrr", "downgrade_mrr", "withdrawal_mrr"):
                        seen[column] += Fraction(row[column]) > 0
        for outcome in OUTCOMES:
            self.assertGreaterEqual(seen["outcome", outcome], 50, outcome)
        for timing in TIMINGS:
            self.assertGreaterEqual(seen["timing", timing], 50, timing)
        expected = {"change of discount", "first, not kept", "open-ended", "signed_mrr", "upgrade_mrr", "downgrade_mrr", "withdrawal_mrr", "some left"}
        expected |= {"first", "not first", "several due", "several followers", "runs on", "list", "linked", "linked across products", "free and followed"}
        self.assertEqual({name for name in expected if seen[name] < 20}, set(), seen)
        self.assertTrue(all(seen["source", source] >= 50 for source in ("given", "history")))
        self.assertGreaterEqual(seen["no history"], 50)
        self.assertEqual(set(refused), {"invalid_range", "invalid_argument", "unknown_attribute"})
        self.assertTrue(0.015 < refused.total() / RANDOM_CALLS < 0.06, refused)

    def seen_of_line(self, seen, row, contracts):
        seen["outcome", row["outcome"]] += 1
        seen["timing", row["timing"]] += 1
        seen["first" if row["is_first"] else "not first"] += 1
        seen["several due"] += len(row["contract_ids"]) > 1
        seen["several followers"] += len(row["renewed_by"]) > 1
        seen["runs on"] += bool({*row["contract_ids"]} & {*row["renewed_by"]})
        seen["list"] += None not in (row["discount"], row["renewed_discount"])
        seen["free and followed"] += row["outcome"] == "free" and row["timing"] is not None
        named = {each.get("renews_contract_id"): each for each in contracts if each["contract_id"] in row["renewed_by"]}
        linked = [named[name] for name in row["contract_ids"] if name in named]
        seen["linked"] += bool(linked)
        seen["linked across products"] += any(each.get("product") != row["product"] for each in linked)

    def test_lines_make_the_rates(self):
        """The amounts due add up, and are those of the lines; what is asked of the lines of a range alone is the same."""
        for seed, call in self.calls("renewals", RANDOM_CALLS // 2):
            rows = answer(call)
            if isinstance(rows, str):
                continue
            asked = dict(call["arguments"])
            definitions, by, start, end = asked.pop("definitions", call["definitions"]), asked.pop("by", None), asked.pop("start"), asked.pop("end")
            with self.subTest(seed=seed):
                lines = renewal_lines(call["book"], definitions, start, end, **asked)
                for row in rows:
                    parts = [row[column] for column in ("pending_mrr", "kept_mrr", "downgrade_mrr", "lost_mrr")]
                    self.assertEqual(Fraction(row["due_mrr"]), sum(map(Fraction, parts)))
                    self.assertEqual(sum(row[f"{name}_count"] for name in ("pending", "renewed", "upgraded", "downgraded", "lost")), row["due_count"])
                    self.assertEqual(row["early_count"] + row["on_time_count"] + row["late_count"], row["due_count"] - row["pending_count"] - row["lost_count"])
                due_mrr = sum(Fraction(line["due_mrr"]) for line in lines)
                self.assertEqual(sum(Fraction(row["due_mrr"]) for row in rows), due_mrr, by)
                for first, after in periods(start, end, read_definitions(definitions)):
                    if "1900-01-01" <= first.isoformat() and after.isoformat() <= "2200-12-31":
                        piece = renewal_lines(call["book"], definitions, first.isoformat(), after.isoformat(), **asked)
                        self.assertEqual(piece, [line for line in lines if first.isoformat() <= line["due_on"] < after.isoformat()])

    def test_flows_make_what_is_committed(self):
        for seed, call in self.calls("committed"):
            rows = answer(call)
            for row in rows if isinstance(rows, list) else []:
                money = {name: Fraction(value) for name, value in row.items() if name.endswith("mrr") and value is not None}
                flows = money["mrr"] + money["signed_mrr"] + money["upgrade_mrr"] - money["downgrade_mrr"] - money["withdrawal_mrr"]
                self.assertEqual(flows, money["committed_mrr"], seed)
                if row["loss_probability"] is not None:
                    self.assertEqual(money["expected_mrr"] + money["expected_loss_mrr"], money["committed_mrr"], seed)
                    self.assertTrue(0 <= row["loss_probability"] <= 1)


if __name__ == "__main__":
    unittest.main()
