"""Worked numbers of what recommendations, and champions who move, bring."""

import unittest

from definitions import ModelError
from model import second_order_revenue
from worked import auto, book, contract, months, term


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

    def test_followers(self):
        """What comes in time after one that ends, of the same product, follows it, whatever it says; paid once, nothing does."""
        before = sold("a", "2025-02-01", "30", "acme", end="2026-01-10", product="core", source="sales")

        def told(*rows, **definitions):
            return self.told("contracts", "mrr", "one_time_revenue", "share_of_mrr", given=book(before, *rows), definitions=definitions, end="2026-03-01")

        def after(start="2026-01-15", **more):
            return sold("b", start, "40", "acme", **{"product": "core"} | more)

        nothing, anew = [(0, "0.00", "0.00", share) for share in (None, 0.0)], (1, "40.00", "0.00", 1.0)
        self.assertEqual(told(after())[0], nothing[0])
        self.assertEqual(told(after("2026-01-01"))[0], nothing[0])  # early
        self.assertEqual(told(after("2026-02-09"))[2], nothing[0])  # as late as may be
        self.assertEqual(told(after("2026-02-10"))[2], anew)
        self.assertEqual(told(after(), early_days=0, renewal_grace_days=4)[0], anew)
        self.assertEqual(told(after(), early_days=0, renewal_grace_days=5)[0], nothing[0])
        self.assertEqual(told(after(product="addon"))[0], anew)
        self.assertEqual(told(after(product="addon"), renewal_unit="customer")[0], nothing[0])
        # One follows it; the next one is free. So is one beside another that names it.
        second = sold("c", "2026-01-20", "5", "acme", product="core")
        self.assertEqual(told(after(), second)[0], (1, "5.00", "0.00", 1.0))
        self.assertEqual(told(after(renews_contract_id="a"), second)[0], (1, "5.00", "0.00", 1.0))
        # Whatever it names, it says that it is not new.
        self.assertEqual(told(after("2026-02-10", renews_contract_id="unheard of"))[2], nothing[0])
        once = after(kind="one_time")
        self.assertEqual(told(once)[0], (1, "0.00", "40.00", None))
        self.assertEqual(told(once | {"renews_contract_id": "a"})[0], nothing[0])
        self.assertEqual(told(once, exclude_kinds=[])[0], nothing[0])
        # Of what begins with it, that which follows is no part.
        self.assertEqual(told(after(source="sales"), second)[0], (1, "5.00", "0.00", 1.0))
        self.assertEqual(told(after("2026-01-20", source="sales"), sold("B", "2026-01-20", "5", "acme", product="core"))[0], nothing[1])

    def test_followers_of_terms(self):
        """A term that ends of itself ends; one that renews itself ends only early, which need not be known."""
        follower = sold("b", "2026-01-05", "40", "acme")
        for row, is_anew in [
            (contract("a", "2025-01-01", None, "30", term_end="2026-01-01", auto_renew=False), False),
            (auto("a", "2025-01-01", "2026-01-01"), True),
            (auto("a", "2025-01-01", "2027-01-01", "2026-01-20"), False),
        ]:  # fmt: skip
            self.assertEqual(self.told("contracts", given=book(row, follower))[0], (int(is_anew),))
        late = [auto("a", "2025-01-01", "2027-01-01", "2026-02-20"), sold("b", "2026-01-05", "40", "acme")]
        for known_on, count in [("2026-02-19", 1), ("2026-02-20", 0), (None, 0)]:
            self.assertEqual(self.told("contracts", given=book(*late), known_on=known_on)[0], (count,))
        # Prices are not looked at: one that has more digits than are asked for, and does not count as said, matters to nobody.
        priced = [term("a", "2025-01-01", "2026-01-01", "30", list_mrr="30.001"), follower]
        self.assertEqual(self.told("contracts", given=book(*priced))[0], (0,))

    def test_trials(self):
        """A trial that is left out brought nobody; one that counts did, and is followed by what was bought."""
        given = book(sold("t", "2025-12-01", "9", "acme", kind="trial", end="2026-01-01"), sold("s", "2026-01-01", "20", "acme", source="champion_move"))
        columns = ("source", "contracts", "mrr", "closing_customers", "closing_mrr")
        self.assertEqual(self.told(*columns, given=given), [("referral", 0, "0.00", 0, "0.00"), ("champion_move", 1, "20.00", 1, "20.00")])
        self.assertEqual(self.told(*columns, given=given, definitions={"exclude_kinds": []}), [("referral", 0, "0.00", 1, "20.00"), ("champion_move", 0, "0.00", 0, "0.00")])
        # What is paid once counts, too; of what begins on one day the first by its id.
        once = [sold("a", "2026-01-01", "7", "acme", kind="one_time"), sold("A", "2026-01-01", "7", "acme", kind="usage", source="sales")]
        self.assertEqual(self.told(*columns, given=book(*given["contracts"], *once)), [("referral", 1, "0.00", 1, "20.00"), ("champion_move", 1, "20.00", 0, "0.00")])
        self.assertEqual(self.told("closing_customers", given=book(*given["contracts"], *once), definitions={"exclude_kinds": ["trial", "one_time"]}), [(0,), (0,)])

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
