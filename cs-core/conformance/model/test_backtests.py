"""What has to hold of the model of backtests, by worked numbers and by laws."""

import unittest
from datetime import date
from fractions import Fraction

from backtests import Observation, auc_of, backtest, by_customer, is_lost, lift_rows, lower_median, warnings_of
from standings import due, months_after, standing
from trials import random_backtest_call


def seen(customer="c", day=date(2025, 1, 1), score=50, lead=None, is_worst=False, risks=(None, 0, None, None)):
    return Observation(customer, day, score, "band", is_worst, lead, risks)


class Curves(unittest.TestCase):
    def test_pairs_are_counted(self):
        ranked = [(3, True, 1), (2, False, 1), (2, True, 1), (1, False, 1)]
        self.assertEqual(auc_of(ranked), (2 + 1 + 0.5) / 4)
        self.assertEqual(auc_of([(risk, not lost, weight) for risk, lost, weight in ranked]), 1 - 3.5 / 4)
        self.assertIsNone(auc_of([(1, True, 1), (2, True, 3)]))

    def test_weights_are_repetitions(self):
        weighed = [(3, True, 2), (2, False, 3), (1, True, 0), (1, False, 1)]
        repeated = [(risk, lost, 1) for risk, lost, weight in weighed for _ in range(weight)]
        self.assertEqual(auc_of(weighed), auc_of(repeated))

    def test_equal_scores_share_their_events(self):
        found = [seen(score=10, lead=1 if n < 3 else None) for n in range(12)] + [seen(score=20) for _ in range(8)]
        rows = lift_rows(found)
        self.assertEqual([row["events"] for row in rows], [0.5] * 6 + [0] * 4)
        self.assertAlmostEqual(rows[0]["lift"], 0.25 / 0.15)
        self.assertEqual(rows[-1]["cumulative_recall"], 1)

    def test_the_lower_of_two_is_the_median(self):
        self.assertEqual([lower_median(numbers) for numbers in ([], [7], [9, 2], [3, 1, 2])], [None, 7, 2, 2])


class Losses(unittest.TestCase):
    def test_a_share_may_be_lost(self):
        half = Fraction(1, 2)
        self.assertEqual([is_lost(100, after, True, half) for after in (100, 50, 49)], [False, False, True])
        self.assertTrue(is_lost(100, 100, False, None) and not is_lost(100, 1, True, None))

    def test_a_loss_is_one_however_often_it_is_seen(self):
        first, second = date(2025, 1, 1), date(2025, 1, 11)
        found = [seen(day=first, lead=30, is_worst=True), seen(day=second, lead=20, is_worst=True), seen("d", lead=5)]
        self.assertEqual(sorted(warnings_of(found), key=str), [30, None])


class Customers(unittest.TestCase):
    def test_names_do_not_matter(self):
        one = [seen("a", score=10), seen("b", score=20, lead=3), seen("c", score=20)]
        renamed = [seen({"a": "z", "b": "y", "c": "x"}[each.customer], score=each.score, lead=each.lead) for each in one]
        self.assertEqual(by_customer(one), ["a", "b", "c"])
        self.assertEqual(by_customer(renamed), ["z", "y", "x"])


class Standings(unittest.TestCase):
    def test_terms_go_on(self):
        row = {"start_date": "2024-01-31", "term_end": "2024-02-29"}
        self.assertEqual(due(row, None, date(2024, 3, 1)), date(2024, 3, 31))
        self.assertEqual(due(row, date(2024, 3, 20), date(2024, 3, 1)), date(2024, 3, 20))
        self.assertEqual(due(row | {"auto_renew": False}, date(2024, 9, 1), date(2024, 3, 1)), date(2024, 2, 29))
        self.assertEqual(due({"start_date": "2024-01-01", "term_end": "2024-01-11"}, None, date(2024, 1, 31)), date(2024, 2, 10))
        self.assertEqual(months_after(date(2024, 1, 31), 13), date(2025, 2, 28))

    def test_what_follows_is_not_added(self):
        contracts = [
            {"contract_id": "1", "customer_id": "c", "start_date": "2024-01-01", "end_date": "2024-07-01", "mrr": "10", "recorded_on": "2024-01-01"},
            {"contract_id": "2", "customer_id": "c", "start_date": "2024-07-01", "mrr": "10", "signed_date": "2024-05-01"},
            {"contract_id": "3", "customer_id": "c", "start_date": "2024-01-01", "mrr": "30", "notice_date": "2024-05-01"},
        ]
        book = {"currency": "USD", "contracts": contracts}
        switches = {"free_counts": False, "exclude_kinds": [], "paused": "counts", "discounts": "net", "churn_date": "contract_end", "extra_digits": 0}
        found = standing(book, switches, "c", date(2024, 6, 1))
        self.assertEqual((found.mrr, found.stays, found.is_noticed), (1000, True, True))


class Laws(unittest.TestCase):
    def test_random_calls(self):
        compared = 0
        for seed in range(150):
            call = random_backtest_call(seed)
            self.assertEqual(call, random_backtest_call(seed))
            arguments = dict(call["arguments"])
            try:
                found = backtest(call["book"], arguments.pop("definitions", call["definitions"]), **arguments)
            except Exception as error:
                self.assertEqual(type(error).__name__, "ModelError")
                continue
            compared += 1
            summary = found["summary"][0]
            for row in found["days"]:
                if row["is_used"]:
                    parts = [row[name] for name in ("announced", "already_churned", "unscored", "observations")]
                    self.assertEqual(sum(parts), row["customers"])
            for name in ("by_band", "calibration", "lift"):
                self.assertEqual(sum(row["observations"] for row in found[name]), summary["observations"])
                self.assertAlmostEqual(sum(row["events"] for row in found[name]), summary["events"])
            self.assertLessEqual(summary["warned_losses"], summary["losses"])
            self.assertLessEqual(summary["losses"], summary["events"])
            self.assertEqual(found["verdict"], "not_shown", "there are too few customers")
        self.assertGreater(compared, 120)


if __name__ == "__main__":
    unittest.main()
