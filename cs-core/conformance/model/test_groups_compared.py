"""Worked numbers of how long those of a group stay beside the rest."""

import unittest

from definitions import ModelError
from groups_compared import COMPARISON_COLUMNS, adjusted, curve
from model import survival_comparison
from stays import Z_95
from test_stays import REMISSIONS
from worked import book, contract, months

COUNTS = ("segment", "customers", "events", "rest_customers", "rest_events")


def customers(**segments):
    """A book in which everybody pays from the first of January on: by segment, the last days, or none."""
    rows, table = [], []
    for segment, ends in segments.items():
        for number, end in enumerate(ends):
            name = f"{segment} {number}"
            rows.append(contract(name, "2026-01-01", end, "10", customer_id=name))
            table.append({"customer_id": name, "segment": segment})
    return book(*rows) | {"customers": table}


class Compared(unittest.TestCase):
    # After 10, 20, 30 days; x: 2 of 4 left, y: 1 of 3.
    BOOK = customers(x=["2026-01-11", "2026-01-21", None, None], y=["2026-01-31", None, None])

    def rows(self, *columns, given=None, as_of="2026-04-11", by="segment", definitions=None, **asked):
        return months(survival_comparison(given or self.BOOK, definitions or {}, as_of, by=by, **asked), *columns)

    def test_whole_row(self):
        x, y = survival_comparison(self.BOOK, {}, "2026-04-11", by="segment", horizon_days=100, min_customers=1)
        self.assertEqual(list(x), ["segment", *COMPARISON_COLUMNS])
        self.assertEqual((x["survival"], x["rest_survival"], x["difference"]), (1 / 2, 2 / 3, 1 / 2 - 2 / 3))
        # 10 days of all, 10 of three quarters, 80 of a half; 30 of all, 70 of two thirds.
        self.assertAlmostEqual(x["restricted_mean_days"], 57.5, 12)
        self.assertAlmostEqual(x["rest_restricted_mean_days"], 30 + 140 / 3, 12)
        # By the log-log interval: 0.0579, 0.8449 of a half; 0.0541, 0.9452 of two thirds.
        self.assertAlmostEqual(x["survival_low"], 0.05785, 4)
        self.assertAlmostEqual(x["survival_high"], 0.84486, 4)
        self.assertAlmostEqual(y["survival_low"], 0.05408, 4)
        self.assertAlmostEqual(y["survival_high"], 0.94521, 4)
        self.assertAlmostEqual(x["difference_low"], 1 / 2 - 2 / 3 - (0.44215**2 + 0.27854**2) ** 0.5, 4)
        self.assertAlmostEqual(x["difference_high"], 1 / 2 - 2 / 3 + (0.34486**2 + 0.61259**2) ** 0.5, 4)
        for name, other in [("", "rest_"), ("rest_", "")]:
            for column in ("customers", "events", "survival", "restricted_mean_days"):
                self.assertEqual(x[name + column], y[other + column])
        for column, other in [("difference", "difference"), ("difference_low", "difference_high"), ("difference_high", "difference_low")]:
            self.assertAlmostEqual(x[column], -y[other], 12)
        self.assertEqual((x["p_value"], x["q_value"]), (y["p_value"], x["p_value"]))

    def test_p_value(self):
        """Of three losses 4/7, 3/6 and 2/5 were to be of x, and two were: 2 - 1.4714 over the root of 0.7349."""
        (p_value,), _ = self.rows("p_value", min_customers=1)
        self.assertAlmostEqual(p_value, 0.5374, 3)

    def test_horizon(self):
        """A loss on the last day is one, and later ones are not; nobody else is seen for longer."""
        columns = ("events", "rest_events", "survival", "rest_survival", "restricted_mean_days")
        self.assertEqual(self.rows(*columns, horizon_days=20)[0], (2, 0, 0.5, 1.0, 17.5))
        self.assertEqual(self.rows(*columns, horizon_days=19)[0], (1, 0, 0.75, 1.0, 10 + 9 * 0.75))
        self.assertEqual(self.rows(*columns, horizon_days=100)[0][:4], (2, 1, 1 / 2, 2 / 3))
        self.assertEqual(self.rows(*columns, horizon_days=101)[0], (2, 1, None, None, None))

    def test_all_gone(self):
        """Then it is known of every horizon."""
        given = customers(x=["2026-01-11", "2026-01-31"], y=[None])
        rows = self.rows("survival", "survival_low", "survival_high", "restricted_mean_days", "rest_survival", "difference", given=given, horizon_days=365)
        self.assertEqual(rows, [(0.0, 0.0, 0.0, 20.0, None, None), (None, None, None, None, 0.0, None)])

    def test_nobody(self):
        """Of one group there is no rest; who has not paid yet is in a group that is there."""
        given = customers(x=[None])
        (row,) = survival_comparison(given, {}, "2026-04-11", by="segment", horizon_days=50, min_customers=1)
        told = {name: value for name, value in row.items() if value is not None}
        expected = {"segment": "x", "customers": 1, "events": 0, "survival": 1.0, "survival_low": 1.0, "survival_high": 1.0, "restricted_mean_days": 50.0}
        self.assertEqual(told, expected | {"rest_customers": 0, "rest_events": 0})
        given = self.BOOK | {"contracts": [*self.BOOK["contracts"], contract("z", "2026-05-01", None, "1", customer_id="z", signed_date="2026-01-01")]}
        given["customers"] = [*given["customers"], {"customer_id": "z"}]
        self.assertEqual(self.rows(*COUNTS, given=given), [("x", 4, 2, 3, 1), ("y", 3, 1, 4, 2), (None, 0, 0, 7, 3)])

    def test_min_customers(self):
        for least, found in [(1, 0), (3, 0), (4, 2), (20, 2)]:
            self.assertEqual([row[0] for row in self.rows("p_value", min_customers=least)].count(None), found)
        self.assertEqual([row[0] for row in self.rows("p_value")].count(None), 2)

    def near(self, found, *expected):
        for row, other in zip(found, expected, strict=True):
            for value, number in zip(row, other, strict=True):
                self.assertAlmostEqual(value, number, 4)

    def test_nobody_left(self):
        """Of three who all stay more than 3 / (3 + 3.84146) = 0.43850 do, as of two 0.34238, of one 0.20655, of four 0.51011."""
        ends = ("difference", "difference_low", "difference_high")
        given = customers(x=[None] * 3, y=["2026-01-31", None, None])
        found = self.rows(*ends, given=given, horizon_days=100)
        # 1 - 0.43850 and 0.94521 - 2/3 below, nothing and 2/3 - 0.05408 above; and the other way round.
        low, high = 1 / 3 - (0.56150**2 + 0.27854**2) ** 0.5, 1 / 3 + 0.61259
        self.near(found, (1 / 3, low, high), (-1 / 3, -high, -low))
        self.assertEqual(self.rows("survival_low", "survival_high", given=given, horizon_days=100)[0], (1.0, 1.0))
        # The loss on the 30th day is not seen on the 29th: nobody left of either.
        self.near(self.rows(*ends, given=given, horizon_days=29), (0, -0.56150, 0.56150), (0, -0.56150, 0.56150))
        self.near(self.rows(*ends, given=customers(x=[None] * 3, y=[None]), horizon_days=100), (0, -0.56150, 0.79345), (0, -0.79345, 0.56150))

    def test_all_left(self):
        """Of two who all left less than 3.84146 / (2 + 3.84146) = 0.65762 stay, as of three 0.56150, of one 0.79345."""
        ends = ("difference", "difference_low", "difference_high")
        # Of the other nobody: 0.65762 above nothing, and 1 - 0.34238. The loss on the tenth day is not seen on the ninth.
        gone = customers(x=["2026-01-11"] * 2, y=[None] * 2)
        end = 0.65762 * 2**0.5
        for days in (100, 10):
            self.near(self.rows(*ends, given=gone, horizon_days=days), (-1, -1, end - 1), (1, 1 - end, 1))
        self.near(self.rows(*ends, given=gone, horizon_days=9), (0, -0.65762, 0.65762), (0, -0.65762, 0.65762))
        self.assertEqual(self.rows("survival_low", "survival_high", given=gone, horizon_days=100)[0], (0.0, 0.0))
        # Of the other one of three: 2/3 - 0.05408 below, 0.94521 above.
        given = customers(x=["2026-01-11"] * 2, y=["2026-01-31", None, None])
        high = (0.65762**2 + 0.61259**2) ** 0.5 - 2 / 3
        self.near(self.rows(*ends, given=given, horizon_days=100), (-2 / 3, -0.94521, high), (2 / 3, -high, 0.94521))
        # Of the other, too.
        given = customers(x=["2026-01-11", "2026-01-21"], y=["2026-01-31"])
        self.near(self.rows(*ends, given=given, horizon_days=100), (0, -0.79345, 0.65762), (0, -0.65762, 0.79345))
        # One of three came late, and was seen for 41 days only, before the last one left after 70.
        given = customers(x=["2026-01-11", "2026-03-12"], y=[None] * 2)
        given["contracts"].append(contract("late", "2026-03-01", None, "10", customer_id="late"))
        given["customers"].append({"customer_id": "late", "segment": "x"})
        end = (0.56150**2 + 0.65762**2) ** 0.5
        self.near(self.rows("customers", *ends, given=given, horizon_days=100)[:1], (3, -1, -1, end - 1))

    def test_who_is_seen_to_the_horizon(self):
        """One who came 41 days before is not there for longer."""
        given = customers(x=[None] * 3, y=[None])
        given["contracts"].append(contract("late", "2026-03-01", None, "10", customer_id="late"))
        given["customers"].append({"customer_id": "late", "segment": "x"})
        for days, low in [(100, -0.56150), (42, -0.56150), (41, -0.48989)]:
            self.near(self.rows("customers", "difference_low", given=given, horizon_days=days)[:1], (4, low))

    def test_of_all(self):
        """Without groups there is no rest."""
        row = survival_comparison(self.BOOK, {}, "2026-04-11")[0]
        self.assertEqual((row["rest_customers"], row["rest_survival"], row["difference"], row["p_value"]), (0, None, None, None))

    def test_refused(self):
        for asked in ({"by": "product"}, {"by": ["segment", "product"]}, {"by": "survival"}, {"horizon_days": 0}, {"horizon_days": 3661}, {"min_customers": 0}):
            with self.assertRaisesRegex(ModelError, "invalid_argument"):
                survival_comparison(self.BOOK, {}, "2026-04-11", **{"by": "segment", **asked})


class Parts(unittest.TestCase):
    def test_published_numbers(self):
        """Under 6-MP 0.448 were in remission after 23 weeks, between 0.188 and 0.680 by this interval; 23.3 weeks of 35."""
        found = curve([(min(time, 35), left) for time, left in REMISSIONS], 35)
        self.assertEqual([round(each, 3) for each in (found.survival, found.low, found.high)], [0.448, 0.188, 0.680])
        self.assertAlmostEqual(found.mean_days, 23.287, 3)

    def test_q_values(self):
        """Benjamini and Hochberg, 1995: of 15 p-values the first four are found at 5%."""
        values = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0]
        found = adjusted(dict(enumerate(values)))
        self.assertEqual([number for number in found if found[number] <= 0.05], [0, 1, 2, 3])
        self.assertEqual([round(found[number], 6) for number in (0, 1, 2, 3, 4, 5, 14)], [0.0015, 0.003, 0.0095, 0.035625, 0.0603, 0.063857, 1.0])
        self.assertEqual(adjusted({3: 0.04, 1: 0.03, 2: 0.04}), {3: 0.04, 1: 0.04, 2: 0.04})
        self.assertEqual(adjusted({}), {})

    def test_all_of_them(self):
        """By the interval of Wilson all of 10 are at least 72.2% of all, and of 100 96.3%."""
        for count, least in [(10, 0.722), (100, 0.963)]:
            self.assertEqual(round(curve([(35, False)] * count, 35).least, 3), least)
        self.assertEqual(round(curve([(min(time, 35), left) for time, left in REMISSIONS], 35).least, 3), 0.188)

    def test_none_of_them(self):
        """By the same interval none of 10 is at most 27.8% of all, and of 100 3.7%."""
        for count, most in [(10, 0.278), (100, 0.037)]:
            self.assertEqual(round(curve([(1, True)] * count, 35).most, 3), most)
            self.assertEqual(curve([(35, False)] * count, 35).most, 1.0)
        self.assertEqual(round(curve([(min(time, 35), left) for time, left in REMISSIONS], 35).most, 3), 0.680)

    def test_quantile(self):
        self.assertAlmostEqual(Z_95, 1.96, 4)


if __name__ == "__main__":
    unittest.main()
