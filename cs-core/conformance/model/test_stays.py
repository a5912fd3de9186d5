"""Worked numbers of how long customers stay."""

import unittest
from fractions import Fraction

from model import survival
from stays import estimate
from worked import book, contract

# E. J. Freireich and others, 1963: weeks in remission under 6-MP, as textbooks have them.
REMISSIONS = [(6, True)] * 3 + [(time, True) for time in (7, 10, 13, 16, 22, 23)] + [(time, False) for time in (6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)]


LIVES = [("a", "2026-01-01", "2026-01-31"), ("a", "2026-02-03", None), ("b", "2026-01-01", None), ("c", "2026-05-01", None)]


class Estimate(unittest.TestCase):
    def test_published_numbers(self):
        found = {row["time"]: round(row["survival"], 3) for row in estimate(REMISSIONS) if row["events"]}
        self.assertEqual(found, {6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448})

    def test_events_come_before_those_lost_from_sight(self):
        self.assertEqual(estimate([(1, True), (1, False)])[0]["survival"], 0.5)

    def test_ends(self):
        self.assertEqual([tuple(row.values())[4:] for row in estimate([(1, False)])], [(1.0, 1.0, 1.0)])
        self.assertEqual([tuple(row.values())[4:] for row in estimate([(1, True)])], [(0.0, 0.0, 0.0)])
        self.assertEqual(estimate([]), [])
        self.assertEqual(Fraction(estimate([(1, True)] * 3 + [(2, True)])[0]["survival"]), Fraction(1, 4))


class Stays(unittest.TestCase):
    BOOK = staticmethod(lambda: book(*(contract(f"{name}-{start}", start, end, "10", customer_id=name) for name, start, end in LIVES)))

    def rows(self, as_of: str, definitions: dict | None = None, **by):
        return [tuple(row.values())[:4] for row in survival(self.BOOK(), definitions or {}, as_of, **by)]

    def test_a_stay_ends_with_the_first_day_without_pay(self):
        self.assertEqual(self.rows("2026-03-01"), [(30, 2, 1, 0), (59, 1, 0, 1)])
        self.assertEqual(self.rows("2026-01-30"), [(29, 2, 0, 2)])
        self.assertEqual(self.rows("2026-01-31"), [(30, 2, 1, 1)])
        self.assertEqual(self.rows("2025-12-31"), [])

    def test_a_gap_that_is_filled_is_none(self):
        self.assertEqual(self.rows("2026-03-01", {"gap_tolerance_days": 3}), [(59, 2, 0, 2)])
        self.assertEqual(self.rows("2026-03-01", {"gap_tolerance_days": 2}), [(30, 2, 1, 0), (59, 1, 0, 1)])

    def test_groups(self):
        self.assertEqual(self.rows("2026-03-01", by="customer_id"), [("a", 30, 1, 1), ("b", 59, 1, 0)])


if __name__ == "__main__":
    unittest.main()
