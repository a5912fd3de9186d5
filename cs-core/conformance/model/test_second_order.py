"""Worked numbers of what recommendations, and champions who move, bring."""

import unittest

from definitions import ModelError
from model import second_order_revenue
from worked import auto, book, contract, months


def sold(contract_id, start, mrr, customer_id, source="referral", end=None, **more):
    return contract(contract_id, start, end, mrr, customer_id=customer_id, source=source, **more)


class SecondOrder(unittest.TestCase):
    BOOK = book(
        sold("r1", "2026-01-10", "100", "acme", referred_by_customer_id="big"),
        sold("r2", "2026-01-20", "50", "acme", renews_contract_id="r1", referred_by_customer_id="core"),
        sold("r3", "2026-01-05", "40", "bolt", referred_by_person_id="p"),
        sold("r4", "2026-01-31", None, "bolt", kind="one_time", amount="90", billing_period="year"),
        sold("trial", "2026-01-31", "7", "bolt", kind="trial"),
        sold("s1", "2026-01-01", "210", "core", source="sales"),
        sold("s0", "2025-06-01", "500", "big", source=None),
        sold("m1", "2026-02-01", "60", "big", source="champion_move"),
    )
    SALES = ("source", "contracts", "customers", "new_customers", "mrr", "one_time_revenue", "share_of_mrr")
    OTHERS = ("referring_customers", "unattributed_contracts", "closing_mrr", "share_of_closing_mrr")

    def told(self, *columns, given=None, definitions=None, start="2026-01-01", end="2026-02-01", **asked):
        return months(second_order_revenue(given or self.BOOK, definitions or {}, start, end, **asked), *columns)

    def test_sales(self):
        self.assertEqual(
            self.told("period_start", *self.SALES, end="2026-04-01"),
            [
                ("2026-01-01", "referral", 3, 2, 2, "140.00", "90.00", 0.4),  # of 350, what renews apart
                ("2026-01-01", "champion_move", 0, 0, 0, "0.00", "0.00", 0.0),
                ("2026-02-01", "referral", 0, 0, 0, "0.00", "0.00", 0.0),
                ("2026-02-01", "champion_move", 1, 1, 0, "60.00", "0.00", 1.0),
                ("2026-03-01", "referral", 0, 0, 0, "0.00", "0.00", None),
                ("2026-03-01", "champion_move", 0, 0, 0, "0.00", "0.00", None),
            ],
        )

    def test_others(self):
        """Who was won closes with all that it has, also what renews; who was there before was not won."""
        told = self.told(*self.OTHERS, end="2026-03-01")
        self.assertEqual(told, [(1, 1, "190.00", 190 / 900), (0, 0, "0.00", 0.0), (0, 0, "190.00", 190 / 960), (0, 1, "0.00", 0.0)])

    def test_kinds(self):
        """What counts as recurring is not paid once."""
        self.assertEqual(self.told(*self.SALES, definitions={"exclude_kinds": []})[0], ("referral", 4, 2, 2, "154.50", "0.00", 154.5 / 364.5))
        self.assertEqual(self.told("contracts", "mrr", definitions={"exclude_kinds": ["subscription", "one_time"]})[0], (2, "7.00"))

    def test_known(self):
        self.assertEqual(self.told("period_start", "source", known_on="2026-02-27", end="2026-04-01"), [("2026-01-01", "referral"), ("2026-01-01", "champion_move")])
        rows = [sold("r", "2026-01-10", "10", "acme", recorded_on=day, source=source) for day, source in (("2026-01-10", "sales"), ("2026-02-10", "referral"))]
        for known_on, told in [("2026-02-09", (0, "0.00")), ("2026-02-10", (1, "10.00")), (None, (1, "10.00"))]:
            self.assertEqual(self.told("contracts", "closing_mrr", given=book(*rows), known_on=known_on)[0], told)

    def test_groups(self):
        rows = second_order_revenue(self.BOOK, {}, "2026-01-01", "2026-02-01", by="customer_id")
        told = months([row for row in rows if row["source"] == "referral"], "customer_id", "contracts", "mrr", "share_of_mrr", "closing_mrr")
        self.assertEqual(told, [("acme", 1, "100.00", 1.0, "150.00"), ("big", 0, "0.00", None, "0.00"), ("bolt", 2, "40.00", 1.0, "40.00"), ("core", 0, "0.00", 0.0, "0.00")])

    def test_lines(self):
        """A notice at the start, or a pause, takes nothing from what was sold; a gap that is filled has what was there before."""
        noticed = auto("n", "2026-01-10", "2027-01-10", customer_id="acme", source="referral", notice_date="2026-01-10")
        gone = [sold("g", "2026-01-01", "30", "bolt", end="2026-01-20"), sold("back", "2026-02-10", "5", "bolt", source="sales")]
        paused = sold("p", "2026-01-02", "9", "core")
        given = book(noticed, *gone, paused) | {"pauses": [{"contract_id": "p", "from_date": "2026-01-02", "to_date": None}]}
        definitions = {"churn_date": "notice", "paused": "zero", "gap_tolerance_days": 30}
        self.assertEqual(self.told("contracts", "new_customers", "mrr", "closing_mrr", given=given, definitions=definitions)[0], (3, 1, "139.00", "30.00"))
        self.assertEqual(self.told("new_customers", "closing_mrr", given=given)[0], (3, "109.00"))

    def test_rounding(self):
        """Each purchase by itself, half to even, of a book with more digits."""
        rows = [sold(f"o{n}", "2026-01-01", amount, "acme", kind="one_time") for n, amount in enumerate(("0.005", "0.005", "0.015"))]
        self.assertEqual(self.told("one_time_revenue", given=book(*rows))[0], ("0.02",))
        self.assertEqual(self.told("one_time_revenue", given=book(*rows), definitions={"extra_digits": 1})[0], ("0.025",))

    def test_refused(self):
        for code, more in [("invalid_argument", {"by": "product"}), ("invalid_argument", {"by": "source"}), ("invalid_range", {"end": "2026-01-01"})]:
            with self.assertRaisesRegex(ModelError, code):
                self.told(**more)
        with self.assertRaisesRegex(ModelError, "second_currency"):
            self.told(given=book(sold("o", "2026-01-01", "1", "acme", kind="one_time", currency="EUR")))


if __name__ == "__main__":
    unittest.main()
