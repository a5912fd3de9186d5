"""Random calls about what customers are worth and recommend: they are valid, reach the corners, and obey laws."""

import functools
import random
import unittest
from collections import Counter
from fractions import Fraction

import test_books
from contracts import known_contracts
from definitions import parse_optional_day, periods, read_definitions
from lines import view
from model import answer, lifetime_value, movements, second_order_revenue
from second_order import followers
from shifted_beta import beats_one_chance_nearby, fitted, log_likelihood, months_of, of_one_chance
from worth import LIFETIME_COLUMNS
from worth_calls import OPERATIONS, are_as_near, differences, random_worth_call

RANDOM_CALLS = 1200
ADD_UP = {
    "lifetime_value": ["customers", "mrr", "opening_customers", "lost_customers", "new_customers"],
    "second_order_revenue": ["contracts", "customers", "new_customers", "mrr", "one_time_revenue", "unattributed_contracts", "closing_mrr"],
}


def amount(value) -> Fraction:
    return Fraction(0 if value is None else value)


@functools.cache
def call_and_answer(seed: int) -> tuple[dict, list[dict] | str]:
    call = random_worth_call(seed)
    return call, answer(call)


class WorthCalls(unittest.TestCase):
    def answered(self, operation=None, count=RANDOM_CALLS):
        """The calls that are not refused, their arguments apart, with their rows."""
        for seed in range(count):
            call, rows = call_and_answer(seed)
            if operation in (None, call["operation"]) and isinstance(rows, list):
                asked = dict(call["arguments"])
                definitions = asked.pop("definitions", call["definitions"])
                with self.subTest(seed=seed):
                    yield call, definitions, asked, rows

    def test_valid(self):
        operations = Counter()
        for seed in range(RANDOM_CALLS):
            call, _ = call_and_answer(seed)
            operations[call["operation"]] += 1
            with self.subTest(seed=seed):
                test_books.Books().check(call["book"], call["definitions"])
                self.assertEqual(call, random_worth_call(seed))
                days = [value for name, value in call["arguments"].items() if name in ("start", "end", "known_on", "as_of")]
                self.assertTrue(all("1900-01-01" <= day <= "2200-12-31" for day in days))
        self.assertTrue(all(operations[name] > RANDOM_CALLS / 3 for name in OPERATIONS))

    def test_calls_reach_the_corners(self):
        seen = Counter()
        for call, _, _, rows in self.answered():
            for row in rows:
                seen.update(name for name, value in row.items() if value not in (None, 0) and str(value).strip("0.") != "")
                seen.update(("absent", name) for name, value in row.items() if value is None)
                seen["between"] += row.get("survival_24_months") not in (None, 0, 1)
                seen["two terms between"] += row.get("survival_two_terms") not in (None, 0, 1)
                seen["another month"] += row.get("survival_two_terms") != row.get("survival_24_months")
                seen["some a month"] += row.get("simple_months") not in (None, 1)
                seen["shared"] += row.get("share_of_mrr") not in (None, 0, 1)
                seen["closes shared"] += row.get("share_of_closing_mrr") not in (None, 0, 1)
        of_second_order = ["contracts", "referring_customers", "unattributed_contracts", "closing_mrr", "share_of_closing_mrr"]
        expected = [*LIFETIME_COLUMNS, *of_second_order, "between", "two terms between", "another month", "some a month", "shared", "closes shared"]
        expected += [("absent", name) for name in LIFETIME_COLUMNS if name not in ADD_UP["lifetime_value"] and name != "observed_months"]
        self.assertEqual({name for name in expected if seen[name] < 20}, set(), seen)
        refused = Counter(found for seed in range(RANDOM_CALLS) if isinstance(found := call_and_answer(seed)[1], str))
        self.assertEqual(set(refused), {"invalid_range", "invalid_argument", "unknown_attribute", "too_many_digits", "second_currency"})
        self.assertTrue(0.03 < refused.total() / RANDOM_CALLS < 0.1, refused)

    def test_contracts_follow(self):
        """Sold by a source in the range, some follow what they do not name; the first of some customers is a trial that is left out."""
        seen = Counter()
        for call, definitions, asked, rows in self.answered("second_order_revenue"):
            known_on = asked.get("known_on")
            later = followers(call["book"], view(call["book"], definitions, [], "customer", known_on))
            first: dict[str, dict] = {}
            for row in sorted(known_contracts(call["book"], parse_optional_day(known_on)), key=lambda row: row["start_date"]):
                first.setdefault(row["customer_id"], row)
                if row.get("renews_contract_id") is None and row.get("source") in ("referral", "champion_move"):
                    is_asked = any(each["period_start"] <= row["start_date"] < each["period_end"] for each in rows)
                    seen["follows" if row["contract_id"] in later else "anew"] += is_asked
            left_out = definitions.get("exclude_kinds") or ["trial"]
            seen["tried first"] += sum(row.get("kind") == "trial" and "trial" in left_out and row.get("source") is not None for row in first.values())
        self.assertTrue(all(seen[name] > 100 for name in ("follows", "anew", "tried first")), seen)

    def test_groups_add_up(self):
        """Customers are in one group each."""
        for call, definitions, asked, rows in self.answered():
            if asked.pop("by", None) is None:
                continue
            operation = {"lifetime_value": lifetime_value, "second_order_revenue": second_order_revenue}[call["operation"]]
            whole = operation(call["book"], definitions, **asked)
            for number, row in enumerate(whole):
                mine = [each for each in rows if all(each[name] == row[name] for name in ("period_start", "source") if name in row)]
                for name in ADD_UP[call["operation"]]:
                    self.assertEqual(sum(amount(each[name]) for each in mine), amount(row[name]), (number, name))

    def test_lifetimes(self):
        for _, _, asked, rows in self.answered("lifetime_value"):
            for row in rows:
                self.assertLessEqual(row["lost_customers"], row["opening_customers"])
                self.assertLessEqual(row["observed_months"], asked.get("horizon_months", 60))
                self.assertEqual(row["lifetime_months"] is None, row["observed_months"] == 0)
                self.assertEqual(row["simple_months"] is None, row["lost_customers"] == 0)
                self.assertTrue(row["term_months"] is not None or row["survival_two_terms"] is None)
                if row["simple_months"] is not None:
                    stay = (1 - row["customer_churn"]) ** (1 / asked.get("months", 12))
                    self.assertAlmostEqual(row["simple_months"] * (1 - stay), 1, 5)
                    self.assertAlmostEqual(row["largest_base"] * asked.get("months", 12), row["new_customers"] * row["simple_months"], 5)
                for months in (row["lifetime_months"], row["model_months"]):
                    self.assertTrue(months is None or 1 <= months <= asked.get("horizon_months", 60))
                for name in ("simple", "survival", "model"):
                    revenue, margin = row[f"{name}_revenue"], row[f"{name}_margin"]
                    self.assertEqual(revenue is None, margin is None)
                    self.assertGreaterEqual(amount(revenue), amount(margin))
                    self.assertTrue(revenue is None or amount(revenue) >= amount(row["one_time_revenue"]))

    def test_shares_are_of_movements(self):
        """What closes is what movements say; known are the same periods; each has two rows."""
        for call, definitions, asked, rows in self.answered("second_order_revenue"):
            closes = movements(call["book"], definitions, **asked)
            self.assertEqual(len(rows), 2 * len(closes))
            for close, pair in zip(closes, zip(rows[::2], rows[1::2])):
                self.assertEqual([row["source"] for row in pair], ["referral", "champion_move"])
                self.assertLessEqual(sum(amount(row["closing_mrr"]) for row in pair), amount(close["closing_mrr"]))
                for row in pair:
                    self.assertEqual(row["period_end"], close["period_end"])
                    self.assertEqual(row["share_of_closing_mrr"] is None, amount(close["closing_mrr"]) == 0)
                    self.assertAlmostEqual((row["share_of_closing_mrr"] or 0) * float(close["closing_mrr"]), float(row["closing_mrr"]), delta=1e-9 * float(close["closing_mrr"]))
                    self.assertLessEqual(row["new_customers"], row["customers"])
                    self.assertLessEqual(max(row["customers"], row["unattributed_contracts"]), row["contracts"])

    def test_ranges(self):
        """A period of a range is the same asked alone."""
        for call, definitions, asked, rows in self.answered("second_order_revenue", RANDOM_CALLS // 3):
            start, end = asked.pop("start"), asked.pop("end")
            if "by" in asked:
                continue
            for first, after in periods(start, end, read_definitions(definitions))[:6]:
                if "1900-01-01" <= first.isoformat() and after.isoformat() <= "2200-12-31":
                    piece = second_order_revenue(call["book"], definitions, first.isoformat(), after.isoformat(), **asked)
                    self.assertEqual(piece, [row for row in rows if row["period_start"] == first.isoformat()])


class Likelihoods(unittest.TestCase):
    def test_peaks(self):
        """No other pair is better, near or far; where there is none, one chance for all is."""
        rng, found = random.Random(7), 0
        for _ in range(400):
            top = rng.choice([2, 3, 6, 24])
            ages = [(rng.randint(1, top), rng.random() < 0.6) for _ in range(rng.randint(2, 10))]
            ages += [(1, True)] * rng.choice([0, 0, 1, 3])
            pair = fitted(ages)
            left_later = any(left and time > 1 for time, left in ages)
            if pair is None:
                best = of_one_chance(months_of(ages)) + 1e-9 if left_later else 0
            else:
                found += 1
                best = log_likelihood(ages, *pair) + 1e-12
                self.assertGreater(best, of_one_chance(months_of(ages)))
                for factor, other in ((1.001, 1), (1 / 1.001, 1), (1, 1.001), (1, 1 / 1.001), (1.001, 1.001), (1 / 1.001, 1 / 1.001)):
                    self.assertLess(log_likelihood(ages, pair[0] * factor, pair[1] * other), best)
            for _ in range(30):
                self.assertLess(log_likelihood(ages, 10 ** rng.uniform(-3, 4), 10 ** rng.uniform(-3, 4)), best)
            self.assertTrue(pair is not None or not left_later or not beats_one_chance_nearby(months_of(ages)))
        self.assertGreater(found, 40)


class Differences(unittest.TestCase):
    def fitted_call(self):
        """A call with a row that has alpha and beta, and a model of some customers."""
        for seed in range(RANDOM_CALLS):
            call, rows = call_and_answer(seed)
            if call["operation"] == "lifetime_value" and isinstance(rows, list) and rows[0]["model_revenue"] is not None:
                return call, rows
        self.fail("none has one")

    def test_the_same(self):
        for seed in range(RANDOM_CALLS // 4):
            call, rows = call_and_answer(seed)
            self.assertEqual(differences(call, rows), [], seed)

    def test_others(self):
        call, rows = self.fitted_call()
        for name in LIFETIME_COLUMNS:
            value = "0.07" if isinstance(rows[0][name], str) else 77
            self.assertNotEqual(differences(call, [rows[0] | {name: value}, *rows[1:]]), [], name)
        self.assertNotEqual(differences(call, [rows[0] | {"alpha": None, "beta": None}, *rows[1:]]), [])
        self.assertNotEqual(differences(call, [rows[0] | {"more": 1}, *rows[1:]]), [])
        self.assertNotEqual(differences(call, rows[1:]), [])
        self.assertNotEqual(differences(call, "invalid_argument"), [])

    def test_rounded(self):
        """What lies between two may be told as either, and what follows from it is taken from what is told."""
        half = Fraction(20_000_005, 10**7)
        for months, is_near in [(2.0, True), (2.000001, True), (2, True), (1.999999, False), (2.000002, False), (2.0000005, False), (None, False)]:
            self.assertEqual(are_as_near(months, half), is_near, months)
        self.assertFalse(are_as_near(2.0, Fraction(20_000_006, 10**7)))
        self.assertFalse(are_as_near(2.0, None))

    def test_near(self):
        """What follows from alpha and beta is taken from those that are told."""
        call, rows = self.fitted_call()
        near = rows[0] | {"alpha": rows[0]["alpha"] * (1 + 1e-9)}
        self.assertEqual(differences(call, [near, *rows[1:]]), [])
        far = rows[0] | {"alpha": rows[0]["alpha"] * 1.1}
        self.assertNotEqual(differences(call, [far, *rows[1:]]), [])


if __name__ == "__main__":
    unittest.main()
