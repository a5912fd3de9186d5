"""The generator keeps its promises and reaches the corners it is there for."""

import unittest
from collections import Counter, defaultdict
from datetime import date

import model
from books import OPERATIONS, random_book, random_call
from definitions import CHOICES, MINOR_DIGITS, PERIOD_MONTHS
from refused import LARGEST

RANDOM_BOOKS = 600
RANDOM_CALLS = 400 * len(OPERATIONS)
CODES = {
    "invalid_range", "unknown_attribute", "invalid_argument", "unknown_parent", "parent_cycle", "second_currency",
    "too_many_digits", "overflow",
}  # fmt: skip


class Books(unittest.TestCase):
    def test_same_seed_same_book(self):
        for seed in range(20):
            self.assertEqual(random_book(seed), random_book(seed))
            self.assertEqual(random_call(seed), random_call(seed))
        self.assertNotEqual(random_book(1), random_book(2))
        self.assertNotEqual(random_call(1), random_call(2))

    def check(self, given, definitions):
        """The book is valid."""
        digits = definitions.get("extra_digits", 0)
        revisions, owners = set(), defaultdict(set)
        for row in given["contracts"]:
            days = {column: row.get(column) for column in row if column.endswith(("_date", "_end", "_on"))}
            for day in days.values():
                self.assertTrue(day is None or "1900-01-01" <= date.fromisoformat(day).isoformat() <= "2200-12-31")
            for column in ("end_date", "term_end"):
                self.assertTrue(days.get(column) is None or row["start_date"] < days[column])
            money = [row[column] for column in ("mrr", "amount") if row.get(column) is not None]
            self.assertEqual(len(money), 1)
            if row.get("list_mrr") is not None:
                money.append(row["list_mrr"])
            for text in money:
                self.assertRegex(text, r"^[0-9]+([.][0-9]+)?$")
                own_digits = MINOR_DIGITS[row.get("currency") or given["currency"]] + digits
                self.assertLessEqual(len(text.partition(".")[2].rstrip("0")), own_digits)
                self.assertLessEqual(int(text.partition(".")[0]) * 10**own_digits, LARGEST)
            said = [column for column in ("billing_period", "term_months") if row.get(column) is not None]
            self.assertEqual(len(said), 1 if row.get("amount") is not None else 0)
            key = (row["contract_id"], row.get("recorded_on"))
            self.assertNotIn(key, revisions)
            revisions.add(key)
            owners[row["contract_id"]].add(row["customer_id"])
            self.assertTrue(row["contract_id"] and row["customer_id"])
        self.assertTrue(all(len(of_contract) == 1 for of_contract in owners.values()))
        if "customers" in given:
            versions = [(row["customer_id"], row.get("recorded_on")) for row in given["customers"]]
            self.assertEqual(len(set(versions)), len(versions))
            self.assertTrue({row["customer_id"] for row in given["contracts"]} <= {customer_id for customer_id, _ in versions})
            self.assertTrue(all(customer_id for customer_id, _ in versions))
        for row in given.get("pauses", []):
            self.assertIn(row["contract_id"], owners)
            self.assertTrue("1900-01-01" <= row["from_date"] < (row.get("to_date") or "9"))
            self.assertLessEqual(max(row["from_date"], row.get("to_date") or ""), "2200-12-31")

    def test_valid(self):
        for seed in range(RANDOM_BOOKS):
            given, definitions, start, end = random_book(seed)
            with self.subTest(seed=seed):
                self.assertTrue("1900-01-01" <= start < end <= "2200-12-31")
                self.check(given, definitions)

    def test_valid_calls(self):
        for seed in range(RANDOM_CALLS):
            call = random_call(seed)
            with self.subTest(seed=seed):
                self.check(call["book"], call["definitions"])
                days = [value for name, value in call["arguments"].items() if name in ("start", "end", "known_on")]
                self.assertTrue(all("1900-01-01" <= day <= "2200-12-31" for day in days))

    def test_books_reach_the_corners(self):
        seen = Counter()
        for seed in range(RANDOM_BOOKS):
            given, definitions, start, end = random_book(seed)
            seen["currency", given["currency"]] += 1
            seen["extra_digits", definitions.get("extra_digits", 0)] += 1
            for switch, value in definitions.items():
                seen[switch, str(value)] += 1
            if definitions.get("period", "month") != "month":
                seen["fiscal_year_start of a long period", definitions.get("fiscal_year_start", 1)] += 1
            for row in model.journal(given, definitions, start, end):
                seen["kind", row["kind"]] += 1
                if row["date"].endswith("-02-29"):
                    seen["leap day"] += 1
            for row in given["contracts"]:
                seen["start_date", row["start_date"]] += 1
                seen["end_date", row.get("end_date")] += 1
                seen["billing_period", row.get("billing_period")] += 1
                seen["term_months", row.get("term_months")] += 1
                seen["revision", row.get("recorded_on") is not None, row.get("withdrawn")] += 1
            if not given["contracts"]:
                seen["empty"] += 1
        self.assertTrue(all(seen["currency", currency] for currency in ("USD", "EUR", "JPY", "KWD")))
        self.assertTrue(all(seen["extra_digits", digits] for digits in range(7)))
        for switch, choices in CHOICES.items():
            self.assertTrue(all(seen[switch, str(choice)] for choice in choices), switch)
        self.assertTrue(all(seen["period", period] for period in PERIOD_MONTHS))
        self.assertTrue(all(seen["fiscal_year_start of a long period", month] for month in range(1, 13)))
        self.assertTrue(all(seen["kind", kind] >= 20 for kind in [*model.TABLE_COLUMNS, "product_mix"]))
        self.assertTrue(all(seen["billing_period", name] for name in ("day", "week", "month", "quarter", "half_year", "year")))
        self.assertTrue(all(seen["term_months", term] for term in (2, 4, 8, 24)))
        self.assertTrue(seen["leap day"] and seen["empty"] and seen["revision", True, True])
        self.assertTrue(seen["start_date", "1900-01-01"] and seen["end_date", "2200-12-31"])

    def test_every_switch_matters(self):
        """Leaving a switch at its default changes some of the answers."""
        matters = Counter()
        for seed in range(RANDOM_BOOKS):
            given, definitions, start, end = random_book(seed)
            table = model.movements(given, definitions, start, end)
            for switch in definitions:
                rest = {name: value for name, value in definitions.items() if name != switch}
                if switch != "extra_digits" and model.movements(given, rest, start, end) != table:
                    matters[switch] += 1
        switches = {*CHOICES, "gap_tolerance_days", "reactivation_window_days", "exclude_kinds", "weeks_per_month", "days_per_month"}
        self.assertEqual({switch for switch in switches if matters[switch] < 3}, set(), matters)

    def test_calls_reach_the_corners(self):
        operations, refused, seen = Counter(), Counter(), Counter()
        for seed in range(RANDOM_CALLS):
            call = random_call(seed)
            operations[call["operation"]] += 1
            rows = model.answer(call)
            if isinstance(rows, str):
                refused[rows] += 1
                continue
            for name in ("by", "known_on", "definitions"):
                seen[name] += name in call["arguments"]
            seen["parent"] += call["arguments"].get("level") == "parent"
            seen["rows"] += bool(rows)
            seen["provisional"] += any(row.get("provisional_mrr", "0").strip("0.") != "" for row in rows)
            seen["below zero"] += any(row.get("net_churned_mrr", "").startswith("-") for row in rows)
            seen["lost"] += any(row.get("customer_churn") not in (None, 0.0) for row in rows)
            seen["grown"] += any((row.get("nrr") or 0) > 1 for row in rows)
        self.assertTrue(all(operations[name] > RANDOM_CALLS / (1.6 * len(OPERATIONS)) for name in OPERATIONS))
        self.assertEqual(set(refused), CODES)
        self.assertTrue(0.015 < refused.total() / RANDOM_CALLS < 0.05)
        self.assertTrue(0.35 < seen["by"] / RANDOM_CALLS < 0.6)
        self.assertTrue(0.4 < seen["known_on"] / RANDOM_CALLS < 0.6)
        self.assertTrue(0.2 < seen["parent"] / RANDOM_CALLS < 0.3)
        self.assertGreater(seen["rows"], RANDOM_CALLS * 0.7)
        self.assertTrue(all(seen[name] >= 5 for name in ("definitions", "provisional", "below zero", "lost", "grown")), seen)


if __name__ == "__main__":
    unittest.main()
