"""Worked numbers of the model of chances, and of what it says of times to come."""

import math
import unittest
from decimal import Decimal

from definitions import ModelError
from model import retention_model, retention_projection
from retention import Group, discount_of, model_row, projection_rows, residual_lifetimes, standard_errors
from shifted_beta import fitted
from test_worth import HIGH_END, REGULAR, of_survivors
from worked import book, contract, months

# Three leave in the first month, one in the second, two stay: alpha and beta are 1.
HALVES = [(1, True)] * 3 + [(2, True)] + [(2, False)] * 2


def seen_for(*ends):
    return book(*(contract(f"c{n}", "2026-01-01", end, "60", customer_id=f"c{n}") for n, end in enumerate(ends)))


LEAVING = seen_for("2026-01-20", "2026-01-20", "2026-02-01", "2026-02-10", None, None)


class RetentionModel(unittest.TestCase):
    def near(self, row, **expected):
        for name, value in expected.items():
            self.assertAlmostEqual(row[name], value, 9, name)

    def test_row(self):
        """Of 6 a half leave, of 3 a third. The information is 4 - 3/2 - 1/3, -(3/2 + 1/3), 3 + 2/4 - 3/2 - 1/3."""
        (row,) = retention_model(LEAVING, {}, "2026-03-15")
        self.assertEqual((row["customers"], row["churned"], row["periods"]), (6, 4, 2))
        self.near(row, alpha=1, beta=1, first_churn=1 / 2, polarisation=1 / 3)
        self.near(row, log_likelihood=3 * math.log(1 / 2) + 3 * math.log(1 / 2) + math.log(1 / 3) + 2 * math.log(2 / 3))
        # 13/6 x 10/6 - (11/6)^2 is 1/4.
        self.near(row, alpha_error=(10 / 6 * 4) ** 0.5, beta_error=(13 / 6 * 4) ** 0.5)

    def test_errors_are_how_flat_the_top_is(self):
        """By differences of the likelihood around it, of published numbers."""
        for survivors in (REGULAR, HIGH_END):
            ages = of_survivors(survivors)
            alpha, beta = fitted(ages)

            def at(by_alpha, by_beta):
                return model_row(Group({}, ages), (alpha * (1 + by_alpha), beta * (1 + by_beta)))["log_likelihood"]

            step = 1e-3
            a = -(at(step, 0) + at(-step, 0) - 2 * at(0, 0)) / (step * alpha) ** 2
            b = -(at(0, step) + at(0, -step) - 2 * at(0, 0)) / (step * beta) ** 2
            c = -(at(step, step) + at(-step, -step) - at(step, -step) - at(-step, step)) / (4 * step**2 * alpha * beta)
            for error, expected in zip(standard_errors(ages, alpha, beta), ((b / (a * b - c * c)) ** 0.5, (a / (a * b - c * c)) ** 0.5)):
                self.assertAlmostEqual(error / expected, 1, 3)

    def test_none(self):
        """A third leaves, then a half: more and more."""
        given = seen_for("2026-01-20", "2026-02-10", None)
        (row,) = retention_model(given, {}, "2026-03-15")
        self.assertEqual(list(row.values()), [3, 2, 2, *[None] * 7])
        (row,) = retention_model(book(), {}, "2026-03-15")
        self.assertEqual(list(row.values()), [0, 0, 0, *[None] * 7])

    def test_periods(self):
        """Who left in a period that is not over was last seen at the end of the one before, as all who started then."""
        found = [retention_model(LEAVING, {}, "2026-03-15", period_months=n)[0] for n in (1, 2, 3)]
        self.assertEqual([(row["periods"], row["churned"]) for row in found], [(2, 4), (1, 4), (0, 0)])
        self.assertEqual([retention_model(LEAVING, {}, day)[0]["churned"] for day in ("2026-01-31", "2026-02-01", "2026-02-28", "2026-03-01")], [0, 3, 3, 4])

    def test_groups(self):
        rows = retention_model(LEAVING, {}, "2026-03-15", by="customer_id")
        self.assertEqual(months(rows[2:5], "customer_id", "customers", "churned", "periods"), [("c2", 1, 1, 1), ("c3", 1, 1, 2), ("c4", 1, 0, 2)])
        lines = [contract("a", "2026-01-01", "2026-01-20", "1", product="a"), contract("b", "2026-01-01", None, "1", product="b")]
        rows = retention_model(book(*lines), {}, "2026-03-15", by="product")
        self.assertEqual(months(rows, "product", "customers", "churned", "periods"), [("a", 1, 1, 1), ("b", 1, 0, 2)])

    def test_refused(self):
        ways = [(retention_model, {"period_months": 0}), (retention_model, {"period_months": 61}), (retention_model, {"by": "alpha"}), (retention_projection, {"period_months": 0})]
        ways += [(retention_projection, asked) for asked in ({"periods": 0}, {"periods": 1201}, {"discount_rate": 1.1}, {"discount_rate": -0.1}, {"discount_rate": 0.0000001}, {"by": "age"})]
        for operation, asked in ways:
            with self.assertRaisesRegex(ModelError, "invalid_argument"):
                operation(LEAVING, {}, "2026-03-15", **asked)


class Projection(unittest.TestCase):
    def test_rows(self):
        """By the model a half is there after a month, then a third, a quarter; what was seen ends with the second month."""
        rows = retention_projection(LEAVING, {}, "2026-03-15", periods=3)
        self.assertEqual(months(rows, "age"), [(1,), (2,), (3,)])
        for row, seen, there, retention in zip(rows, (1 / 2, 1 / 3, None), (1 / 2, 1 / 3, 1 / 4), (1 / 2, 2 / 3, 3 / 4)):
            self.assertAlmostEqual(row["model_survival"], there, 9)
            self.assertAlmostEqual(row["model_retention"], retention, 9)
            self.assertEqual(row["observed_survival"], seen)

    def test_all_gone(self):
        rows = retention_projection(seen_for("2026-01-20", "2026-02-10"), {}, "2026-12-31", periods=3)
        self.assertEqual([tuple(row.values()) for row in rows], [(1, 0.5, None, None, None), (2, 0.0, None, None, None), (3, 0.0, None, None, None)])
        (row,) = retention_projection(book(), {}, "2026-12-31", periods=1)
        self.assertEqual(tuple(row.values()), (1, None, None, None, None))
        (row,) = retention_projection(seen_for(None), {}, "2026-01-15", periods=1)
        self.assertEqual(row["observed_survival"], None)

    def test_no_end(self):
        """Undiscounted, of halves, thirds and so on: there is no end; of alpha 3 and beta 1 it is 1/2, 1, 3/2."""
        found = projection_rows(Group({}, HALVES), (1.0, 1.0), 1, 2, Decimal(0))
        self.assertEqual(months(found, "residual_lifetime"), [(None,), (None,)])
        self.assertEqual(residual_lifetimes(3.0, 1.0, 3, Decimal(0)), [0.5, 1.0, 1.5])

    def test_discount(self):
        """Of halves, thirds and so on it is the logarithm's series: -(ln(1 - v) + v) / v^2 for the first renewal."""
        for discount in ("1", "0.1", "0.01", "0.0001", "0.0000001"):
            v = 1 / (1 + float(discount))
            first = -(math.log(float(discount) / (1 + float(discount))) + v) / v**2
            for periods in (1, 5, 24):
                self.assertAlmostEqual(residual_lifetimes(1.0, 1.0, periods, Decimal(discount))[0] / first, 1, 7, discount)

    def test_sums(self):
        """As they are summed term by term."""
        for alpha, beta, discount in [(0.668, 3.806, 0.1), (0.704, 1.182, 0.05), (40.0, 200.0, 0.02), (0.01, 0.02, 0.1), (2.5, 0.001, 1.0)]:
            found = residual_lifetimes(alpha, beta, 30, Decimal(str(discount)))
            for n in (1, 2, 13, 30):
                total, term = 0.0, 1.0
                for t in range(n, n + 2000):
                    term *= (beta + t - 1) / (alpha + beta + t - 1)
                    total += term * (1 + discount) ** (n - t)
                self.assertAlmostEqual(found[n - 1] / total, 1, 12)

    def test_who_has_stayed_stays(self):
        """The longer somebody has stayed, the more renewals are to come, and never as many as without end at one rate."""
        for survivors in (HIGH_END, REGULAR):
            found = residual_lifetimes(*fitted(of_survivors(survivors)), 50, Decimal("0.1"))
            self.assertEqual(sorted(set(found)), found)
            self.assertLess(found[-1], 11)

    def test_discount_of_a_period(self):
        self.assertEqual(discount_of(Decimal("0.21"), 6), Decimal("0.1"))
        self.assertEqual(discount_of(Decimal("0.1"), 12), Decimal("0.1"))
        self.assertAlmostEqual(float(discount_of(Decimal(1), 1)), 0.0594630943593, 12)


if __name__ == "__main__":
    unittest.main()
