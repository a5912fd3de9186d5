"""Worked numbers of what customers are worth."""

import unittest
from datetime import date
from fractions import Fraction
from math import expm1, log1p

from definitions import ModelError
from model import lifetime_value
from shifted_beta import fitted, log_likelihood, shares
from standings import months_after
from worked import auto, book, contract, months
from worth import discounted, simple_months, staying, whole_months

# P. Fader and B. Hardie, How to project customer retention, 2007: of 1,000 customers so many are there after each year.
REGULAR = [1000, 631, 468, 382, 326, 289, 262, 241]
HIGH_END = [1000, 869, 743, 653, 593, 551, 517, 491]


def of_survivors(survivors):
    left = [(year, True) for year, (before, after) in enumerate(zip(survivors, survivors[1:]), 1) for _ in range(before - after)]
    return left + [(len(survivors) - 1, False)] * survivors[-1]


def once(contract_id, start, mrr=None, **more):
    return contract(contract_id, start, None, mrr, kind="one_time", **more)


class Worth(unittest.TestCase):
    BOOK = book(
        auto("a", "2025-01-01", "2026-01-01", None, "100", customer_id="a"),
        contract("b", "2025-01-01", "2026-03-01", "50", customer_id="b"),
        contract("c", "2025-10-15", None, "200", customer_id="c"),
        contract("d", "2025-06-01", "2025-08-01", "30", customer_id="d"),
        contract("e", "2026-07-01", None, "70", customer_id="e", signed_date="2026-06-01"),
        once("a once", "2025-03-01", None, amount="500", billing_period="year", customer_id="a"),
        once("c once", "2026-06-30", "100", customer_id="c"),
        once("d later", "2026-07-01", "1000", customer_id="d", signed_date="2026-06-01"),
        once("f once", "2026-01-01", "1000", customer_id="f"),
    ) | {
        "customers": [
            {"customer_id": "a", "segment": "x", "acquisition_cost": "1000", "onboarding_cost": "200"},
            {"customer_id": "b", "segment": "x", "acquisition_cost": "500"},
            {"customer_id": "c", "segment": "y"},
            {"customer_id": "d", "segment": "y", "acquisition_cost": "7", "recorded_on": "2025-06-01"},
            {"customer_id": "d", "segment": "y", "acquisition_cost": "0", "recorded_on": "2026-06-30"},
            {"customer_id": "d", "segment": "y", "acquisition_cost": "9", "onboarding_cost": "9", "recorded_on": "2026-07-01"},
            {"customer_id": "e", "segment": "z", "acquisition_cost": "900", "onboarding_cost": "900"},
            {"customer_id": "f"},
        ]
    }  # fmt: skip

    def told(self, given=None, as_of="2026-06-30", definitions=None, **asked):
        (row,) = lifetime_value(given or self.BOOK, definitions or {}, as_of, **asked)
        return row

    def check(self, row, **expected):
        self.assertEqual({name: row[name] for name in expected}, expected)

    def test_whole_row(self):
        """a and c pay; a, b and d did a year ago. They were seen for 17 months, left in the 14th, seen for 8, left in the 2nd."""
        row = self.told(gross_margin=0.8)
        self.check(row, customers=2, mrr="300.00", arpa="150.00", opening_customers=3, lost_customers=2, new_customers=1, customer_churn=2 / 3)
        # 600 of the four who ever paid; a third of those there is left after 12 months: (1 / 3) ^ (1 / 12) = 0.912515, and
        # 1 / 0.087485 = 11.430499 months of 150, and 150.
        self.check(row, one_time_revenue="150.00", simple_months=11.430499, simple_revenue="1864.57", simple_margin="1491.66")
        # 2 months of all, 12 of three quarters, 4 of three eighths: 12.5 x 150 + 150.
        self.check(row, observed_months=18, survival_24_months=None, lifetime_months=12.5, survival_revenue="2025.00", survival_margin="1620.00")
        self.check(row, alpha=None, beta=None, model_months=None, model_revenue=None, model_margin=None)
        self.check(row, acquisition_cost="500.00", onboarding_cost="200.00", payback_months=700 * 2 / (300 * 0.8), margin_to_cost=1620 / 700)
        # A year; an end alone is no term.
        self.check(row, term_months=12.0, payback_terms=(1400 / 240) / 12, largest_base=11430499 / 12_000_000)
        self.check(self.told(definitions={"days_per_month": "30"}), term_months=365 / 30)

    def test_groups(self):
        rows = lifetime_value(self.BOOK, {}, "2026-06-30", by="segment")
        told = months(rows, "segment", "customers", "mrr", "one_time_revenue", "acquisition_cost", "observed_months", "lifetime_months", "largest_base")
        self.assertEqual(
            told,
            [
                ("x", 1, "100.00", "250.00", "750.00", 18, 16.0, 0.0),  # 14 months of all, 4 of a half
                ("y", 1, "200.00", "50.00", "0.00", 9, 5.5, 1 / 12),  # 2 months of all, 7 of a half
                ("z", 0, "0.00", None, None, 0, None, None),
                (None, 0, "0.00", None, None, 0, None, None),
            ],
        )

    def test_nobody(self):
        row = self.told(book())
        self.check(row, customers=0, mrr="0.00", opening_customers=0, lost_customers=0, new_customers=0, observed_months=0)
        told = {name for name, value in row.items() if value is not None}
        self.assertEqual(told, {"customers", "mrr", "opening_customers", "lost_customers", "new_customers", "observed_months"})

    def test_everybody_gone(self):
        """Nothing more is paid by somebody who pays, but later months are known to be without anybody."""
        row = self.told(book(contract("c", "2026-01-01", "2026-04-01", "10"), once("o", "2026-01-01", "5")), "2026-12-31")
        self.check(row, customers=0, one_time_revenue="5.00", observed_months=60, survival_24_months=0.0, lifetime_months=3.0)
        self.check(row, arpa=None, survival_revenue=None, survival_margin=None, model_revenue=None, margin_to_cost=None)

    def test_no_churn(self):
        row = self.told(book(contract("c", "2024-01-01", None, "10")), "2026-01-01", horizon_months=12)
        self.check(row, customer_churn=0.0, simple_months=None, simple_revenue=None, simple_margin=None, largest_base=None)
        self.check(row, observed_months=12, survival_24_months=1.0, lifetime_months=12.0, survival_revenue="120.00")
        self.check(self.told(book(contract("c", "2024-01-02", None, "10")), "2026-01-01"), observed_months=24, survival_24_months=None)

    def test_window(self):
        """A month before 31 March is 28 February, so the day before that is looked at."""
        rows = [contract("there", "2026-01-01", "2026-02-28", "10", customer_id="there"), contract("new", "2026-02-28", None, "10", customer_id="new")]
        back = [contract(f"back {n}", *days, "10", customer_id="back") for n, days in enumerate([("2026-01-01", "2026-02-01"), ("2026-03-01", None)])]
        self.check(self.told(book(*rows, *back), "2026-03-30", months=1), opening_customers=1, lost_customers=1, new_customers=1, customers=2)
        # Everybody left within a month: 20 x 1 / 2.
        self.check(self.told(book(*rows, *back), "2026-03-30", months=1), simple_months=1.0, simple_revenue="10.00", largest_base=1.0)
        self.check(self.told(book(contract("c", "1900-01-01", None, "10")), "1900-06-30"), opening_customers=0, new_customers=1)

    def test_simple_months(self):
        """Of four a quarter is left after two months, so that a half leaves in each: 2 months, of 150 / 3, and 2 come in 2."""
        rows = [contract(name, "2025-01-01", end, "60", customer_id=name) for name, end in (("a", None), ("b", "2026-05-02"), ("c", "2026-06-01"), ("d", "2026-06-30"))]
        rows += [contract(name, "2026-05-15", None, "45", customer_id=name) for name in "ef"]
        expected = {"simple_months": 2.0, "simple_revenue": "100.00", "simple_margin": "50.00", "largest_base": 2.0}
        self.check(self.told(book(*rows), months=2, gross_margin=0.5), customers=3, mrr="150.00", opening_customers=4, lost_customers=3, new_customers=2, **expected)
        # In one month 2 of 5 left; one more is nobody who leaves.
        self.check(self.told(book(*rows), months=1), opening_customers=5, lost_customers=2, new_customers=0, simple_months=2.5, simple_revenue="125.00", largest_base=0.0)
        # Nobody pays any more.
        gone = self.told(book(contract("c", "2025-01-01", "2026-04-01", "10")), "2026-12-31")
        self.check(gone, customers=0, simple_months=1.0, simple_revenue=None, simple_margin=None, largest_base=0.0)

    def test_two_terms(self):
        """Terms of 31 days; a quarter leaves with each of the first three months."""
        ends = ["2026-02-01", "2026-03-01", "2026-04-01", None]
        rows = [auto(f"c{n}", "2026-01-01", "2026-02-01", end, "60", customer_id=f"c{n}") for n, end in enumerate(ends)]
        # Two terms are 62 days: the nearest whole month counts, of two as near the later one.
        of_months = [
            ("31", 0.5), ("62", 0.75),  # 2 months, and 1
            ("365/12", 0.5), ("30", 0.5), ("25", 0.5), ("20", 0.25),  # 2.038, 2.067, 2.48 and 3.1 are rounded down
            ("21", 0.25), ("24", 0.25), ("40", 0.5), ("100", 0.75),  # 2.952, 2.583, 1.55 and 0.62 up
            ("124/5", 0.25), ("124/3", 0.5), ("124", 0.75), ("125", 1.0),  # 2.5, 1.5 and 0.5 up; 0.496 down
            ("62/5", 0.25), ("61/5", 0.25), ("113/10", 0.25), ("124/11", None), ("1", None),  # 5, 5.082, 5.487; 5.5 and 62 are too many
        ]  # fmt: skip
        for of_a_month, share in of_months:
            self.check(self.told(book(*rows), definitions={"days_per_month": of_a_month}), observed_months=6, survival_two_terms=share)
        self.check(self.told(book(*rows[:3]), definitions={"days_per_month": "1"}), survival_two_terms=0.0)
        # The horizon is that of the sums; without a term nothing is known.
        self.check(self.told(book(*rows), horizon_months=1), observed_months=1, survival_two_terms=0.5)
        self.check(self.told(book(contract("c", "2024-01-01", None, "10"))), term_months=None, survival_two_terms=None)

    def test_known(self):
        """Of an end that is announced later nothing is known; what is withdrawn was never bought."""
        gone = auto("g", "2026-01-01", "2027-01-01", "2026-06-01", "10", notice_date="2026-05-15")
        bought = [once("o", "2026-01-01", "5", recorded_on="2026-01-01"), once("o", "2026-01-01", "5", recorded_on="2026-05-20", withdrawn=True)]
        self.check(self.told(book(gone, *bought), "2026-05-14"), customers=1, one_time_revenue="5.00", observed_months=5)
        self.check(self.told(book(gone, *bought), "2026-06-01"), customers=0, one_time_revenue="0.00", observed_months=60)

    def test_kinds(self):
        """What counts as recurring is not paid once; list prices are not paid."""
        row = {"kind": "one_time", "amount": "120", "billing_period": "year", "list_mrr": "99"}
        given = book(contract("c", "2026-01-01", None, "10"), contract("o", "2026-01-01", **row))
        self.check(self.told(given, definitions={"discounts": "list"}), mrr="10.00", one_time_revenue="120.00")
        self.check(self.told(given, definitions={"exclude_kinds": []}), mrr="20.00", one_time_revenue="0.00")

    def test_free(self):
        given = book(contract("c", "2026-01-01", None, "0")) | {"customers": [{"customer_id": "acme", "acquisition_cost": "1", "onboarding_cost": "0"}]}
        self.check(self.told(given), customers=0, arpa=None, lifetime_months=None, acquisition_cost=None)
        self.check(self.told(given, definitions={"free_counts": True}), customers=1, arpa="0.00", survival_revenue="0.00", payback_months=None, margin_to_cost=0.0)

    def test_rounding(self):
        """Half to even, each amount by itself from those in the row."""
        given = book(*(contract(name, "2026-01-01", None, mrr, customer_id=name) for name, mrr in (("a", "0.01"), ("b", "0.02"))), once("o", "2026-01-01", "0.05", customer_id="a"))
        self.check(self.told(given, gross_margin=0.5), arpa="0.02", one_time_revenue="0.02", survival_revenue="0.11", survival_margin="0.06")  # 0.015 x 6 + 0.02
        given["customers"] = [{"customer_id": "a", "acquisition_cost": "0.01"}, {"customer_id": "b", "acquisition_cost": "0.04"}]
        self.check(self.told(given), acquisition_cost="0.02", onboarding_cost=None, payback_months=None)
        many = book(contract("c", "2026-01-01", None, "1"), *(once(f"o{n}", "2026-01-01", "0.004") for n in range(2)))
        self.check(self.told(many), one_time_revenue="0.00")  # twice 0.004, of a book with more digits

    def test_refused(self):
        ways = [{"by": "product"}, {"by": ["cohort", "product"]}, {"by": "mrr"}, {"by": "acquisition_cost"}, {"months": 0}, {"months": 121}, {"horizon_months": 0}]
        ways += [{"horizon_months": 1201}, {"gross_margin": 1.1}, {"gross_margin": -0.1}, {"discount_rate": 1.000001}, {"gross_margin": 0.1234567}]
        for more in ways:
            with self.assertRaisesRegex(ModelError, "invalid_argument"):
                lifetime_value(self.BOOK, {}, "2026-06-30", **more)
        with self.assertRaisesRegex(ModelError, "second_currency"):
            self.told(book(contract("c", "2026-01-01", None, "1"), once("o", "2026-01-01", "1", currency="EUR")))


class Staying(unittest.TestCase):
    def test_whole_months(self):
        for first, day, expected in [
            ("2026-01-31", "2026-02-27", 0), ("2026-01-31", "2026-02-28", 1), ("2026-01-31", "2026-03-30", 1), ("2026-01-31", "2026-03-31", 2),
            ("2024-02-29", "2025-02-27", 11), ("2024-02-29", "2025-02-28", 12), ("2026-01-01", "2026-01-01", 0),
        ]:  # fmt: skip
            self.assertEqual(whole_months(date.fromisoformat(first), date.fromisoformat(day)), expected, (first, day))
        self.assertEqual(months_after(date(2026, 3, 31), -1), date(2026, 2, 28))

    def test_leaving_evenly(self):
        """One over 1 / 2, 1 / 3, 1 - 3 / 4, 1 - 2 / 3, 1 - 1 / 10; everybody, and nobody."""
        for lost, opening, over, expected in [(1, 2, 1, 2), (1, 3, 1, 3), (7, 16, 2, 4), (19, 27, 3, 3), (99, 100, 2, 1.111111), (3, 3, 120, 1), (0, 3, 1, None), (0, 0, 1, None)]:
            self.assertEqual(simple_months(lost, opening, over), expected, (lost, opening, over))
        for lost, opening, over in [(1, 4, 12), (1, 1000, 120), (999, 1000, 120), (2, 7, 5)]:
            self.assertAlmostEqual(simple_months(lost, opening, over), 1 / -expm1(log1p(-lost / opening) / over), 6)

    def test_curve(self):
        """Who is last seen after a month is there for its end; who came in this month is no evidence."""
        self.assertEqual(staying([(0, False), (1, True), (1, False), (2, True)], 4), [1, Fraction(2, 3), 0, 0])

    def test_discounted(self):
        self.assertEqual(discounted([Fraction(1, 128)], Fraction(0)), 0.007812)
        self.assertEqual(discounted([Fraction(3, 128)], Fraction(0)), 0.023438)
        yearly = [Fraction(month % 12 == 0) for month in range(25)]
        self.assertEqual(discounted(yearly, Fraction(1, 10)), 2.735537)  # 1 + 1 / 1.1 + 1 / 1.21
        self.assertEqual(discounted([Fraction(0)] * 6 + [Fraction(1)], Fraction(1)), 0.707107)  # half a year of halves


class Model(unittest.TestCase):
    def near(self, pair, alpha, beta, digits=9):
        self.assertAlmostEqual(pair[0], alpha, digits)
        self.assertAlmostEqual(pair[1], beta, digits)

    def test_published_numbers(self):
        for survivors, alpha, beta, likelihood in [(REGULAR, 0.704, 1.182, -1680.27), (HIGH_END, 0.668, 3.806, -1611.16)]:
            pair = fitted(of_survivors(survivors))
            self.near(pair, alpha, beta, 3)
            self.assertAlmostEqual(log_likelihood(of_survivors(survivors), *pair), likelihood, 2)

    def test_two_months(self):
        """A half of them leaves, then a third of the rest: alpha / (alpha + beta) and alpha / (alpha + beta + 1)."""
        self.near(fitted([(1, True)] * 3 + [(2, True)] + [(2, False)] * 2), 1, 1)
        for months_over, share in enumerate(shares(1.0, 1.0, 4)):
            self.assertAlmostEqual(share, Fraction(1, months_over + 1), 40)
        # A fifth, then a tenth: 1 / alpha = 10 - 5, and 1 = 5 alpha.
        self.near(fitted([(1, True)] * 25 + [(2, True)] * 10 + [(2, False)] * 90), 1 / 5, 4 / 5)

    def test_none(self):
        for ages in (
            [], [(0, False)], [(3, False)], [(1, True)], [(1, True), (1, False)], [(1, True), (30, False)],  # nobody left later
            [(2, True), (3, True)], [(1, True), (2, True)], [(2, True), (9, True), (9, False)],  # more and more leave
            [(1, True), (2, True), (2, False)],  # a third, then a half
            [(1, True), (1, True), (2, True), (2, False)],  # the same half
        ):  # fmt: skip
            self.assertIsNone(fitted(ages), ages)

    def test_the_highest_counts(self):
        """Where some spread of the chances is a peak beside one chance for all, the higher of the two is it."""
        self.assertIsNone(fitted([(1, True), (12, True)]))
        self.near(fitted([(1, True), (23, True)]), 0.413070, 0.547021, 6)

    def test_row(self):
        """Three leave in the first month, one in the second, two stay; after m months the share 1 / (m + 1) is there."""
        ends = ["2026-01-20", "2026-01-20", "2026-02-01", "2026-02-10", None, None]
        given = book(*(contract(f"c{n}", "2026-01-01", end, "60", customer_id=f"c{n}") for n, end in enumerate(ends)))
        (row,) = lifetime_value(given, {}, "2026-03-15", horizon_months=4, gross_margin=0.1)
        self.near((row["alpha"], row["beta"]), 1, 1)
        # 1 + 1/2 + 1/3 + 1/4 = 2.083333, of 60 a month.
        self.assertEqual((row["model_months"], row["model_revenue"], row["model_margin"]), (2.083333, "125.00", "12.50"))
        self.assertEqual((row["observed_months"], row["lifetime_months"]), (3, 1.833333))


if __name__ == "__main__":
    unittest.main()
