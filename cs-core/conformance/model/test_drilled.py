"""Worked numbers of what became of those who paid."""

import unittest

from definitions import ModelError
from drilled import COLUMNS
from model import drilldown
from worked import auto, book, contract, months, term

YEAR_END = "2026-12-31"


class Drilled(unittest.TestCase):
    # From the close of 2025-12-31 to that of 2026-12-31.
    BOOK = book(
        contract("grows", "2025-01-01", "2026-06-01", "100", customer_id="grows", product="core"),
        contract("grows 2", "2026-06-01", None, "150", customer_id="grows", product="core"),
        contract("same", "2022-05-01", "2023-01-01", "60", customer_id="same", product="addon"),
        contract("same 2", "2023-01-01", None, "80", customer_id="same", product="addon"),
        contract("shrinks", "2025-03-01", None, "60", customer_id="shrinks", product="core"),
        contract("shrinks 2", "2025-03-01", "2026-07-01", "40", customer_id="shrinks", product="addon"),
        contract("left", "2023-12-31", "2026-03-01", "50", customer_id="left", product="core"),
        contract("left 2", "2024-06-01", "2026-03-01", "20", customer_id="left"),
        contract("new", "2026-05-01", None, "30", customer_id="new", product="core"),
        contract("back", "2024-01-01", "2025-06-01", "25", customer_id="back", product="core"),
        contract("back 2", "2026-09-01", None, "25", customer_id="back", product="core"),
        contract("later", "2027-01-01", None, "7", customer_id="later", product="suite", signed_date="2026-12-01"),
        contract("nobody knows", "2027-01-01", None, "7", customer_id="unknown", product="secret"),
    ) | {
        "customers": [
            {"customer_id": "grows", "industry": "retail", "size": 5},
            {"customer_id": "same", "industry": "retail", "size": 5},
            {"customer_id": "left", "industry": "retail", "size": 50},
            {"customer_id": "shrinks", "industry": "retail", "recorded_on": "2025-01-01"},
            {"customer_id": "shrinks", "industry": "IT", "recorded_on": YEAR_END},
            {"customer_id": "shrinks", "industry": "retail", "recorded_on": "2027-01-01"},
            {"customer_id": "back", "industry": "IT"},
            {"customer_id": "new"},
            {"customer_id": "later", "industry": "later"},
            {"customer_id": "unknown", "industry": "unknown"},
        ]
    }  # fmt: skip

    def told(self, table, given=None, as_of=YEAR_END, definitions=None, **asked):
        rows = drilldown(self.BOOK if given is None else given, definitions or {}, as_of, **asked)[table]
        self.assertTrue(all(list(row) == COLUMNS[table] for row in rows))
        return [tuple(row.values()) for row in rows]

    def test_tables(self):
        self.assertEqual(list(drilldown(self.BOOK, {}, YEAR_END)), ["expansion", "churn_by_industry", "products", "first_renewals", "long_standing"])

    def test_expansion(self):
        """Four paid 350; who is new, back or to come is in no row."""
        expected = [
            ("expanded", 1, 0.25, "100.00", "150.00", 100 / 350), ("unchanged", 1, 0.25, "80.00", "80.00", 80 / 350),
            ("contracted", 1, 0.25, "100.00", "60.00", 100 / 350), ("lost", 1, 0.25, "70.00", "0.00", 70 / 350),
        ]  # fmt: skip
        self.assertEqual(self.told("expansion"), expected)
        of_nobody = [(name, 0, None, "0.00", "0.00", None) for name in ("expanded", "unchanged", "contracted", "lost")]
        self.assertEqual(self.told("expansion", book()), of_nobody)
        # Three months: everybody who paid before stays as it was, but for one who is new.
        self.assertEqual([row[1] for row in self.told("expansion", months=3)], [0, 5, 0, 0])

    def test_windows(self):
        """A month up to the 30th of March begins on the last of February: the close before it is looked at."""
        rows = [contract(day, "2025-01-01", day, "10", customer_id=day) for day in ("2026-02-27", "2026-02-28", "2026-03-30", "2026-03-31")]
        self.assertEqual([row[1] for row in self.told("expansion", book(*rows), "2026-03-30", months=1)], [0, 1, 0, 2])
        self.assertEqual([row[1] for row in self.told("expansion", book(*rows), "2026-03-29", months=1)], [0, 2, 0, 1])
        # The close is that of 1900-01-01 at the earliest; before it nobody pays.
        self.assertEqual([row[1] for row in self.told("expansion", book(*rows), "1900-01-01", months=120, years=20)], [0, 0, 0, 0])

    def test_free(self):
        """In force at nothing, they pay if the definitions say so: 0, then 10."""
        given = book(contract("a", "2025-01-01", "2026-03-01", "0"), contract("b", "2026-03-01", None, "10"), contract("c", "2025-01-01", None, "0", customer_id="c"))
        self.assertEqual([row[1] for row in self.told("expansion", given)], [0, 0, 0, 0])
        self.assertEqual(self.told("expansion", given, definitions={"free_counts": True})[:2], [("expanded", 1, 0.5, "0.00", "10.00", None), ("unchanged", 1, 0.5, "0.00", "0.00", None)])
        self.assertEqual(self.told("long_standing", given, years=1, definitions={"free_counts": True})[0], ("staying", 2, "0.00", "10.00", "0.00", "5.00", None))

    def test_churn_by_industry(self):
        """As was known on the day. Somebody of an industry has signed, and does not pay yet."""
        rows = self.told("churn_by_industry")
        self.assertEqual([row[0] for row in rows], ["IT", "later", "retail", None])
        self.assertEqual(rows[0][1:4] + rows[0][6:], (1, 0, 0.0, True, "100.00", "0.00", 0.0))
        self.assertEqual(rows[1], ("later", 0, 0, None, None, None, True, "0.00", "0.00", None))
        self.assertEqual(rows[2][1:4] + rows[2][6:], (3, 1, 1 / 3, True, "250.00", "70.00", 70 / 250))
        # The interval of E. B. Wilson, 1927, of 1 of 3.
        self.assertAlmostEqual(rows[2][4], 0.0615, 4)
        self.assertAlmostEqual(rows[2][5], 0.7923, 4)
        self.assertEqual(rows[3], (None, *rows[1][1:]))
        many = book(*(contract(str(number), "2025-01-01", None, "1", customer_id=str(number)) for number in range(30)))
        self.assertEqual([row[6] for row in self.told("churn_by_industry", many)], [False])

    def test_other_industries(self):
        self.assertEqual([row[:3] for row in self.told("churn_by_industry", industry="size")], [("5", 2, 0), ("50", 1, 1), (None, 1, 0)])
        for given in (book(*self.BOOK["contracts"]), self.BOOK | {"customers": [{"customer_id": row["customer_id"]} for row in self.BOOK["customers"] if "recorded_on" not in row] + [{"customer_id": "shrinks"}]}):
            self.assertEqual([row[:3] for row in self.told("churn_by_industry", given)], [(None, 4, 1)])
        self.assertEqual([row[:3] for row in self.told("churn_by_industry", book())], [(None, 0, 0)])

    def test_products(self):
        """Each customer with what it pays for a product."""
        expected = [
            ("addon", 2, 1, 0, "120.00", "80.00", "0.00", "80.00", 80 / 120, 80 / 120, -40 / 120),
            ("core", 3, 1, 2, "210.00", "160.00", "50.00", "265.00", 160 / 210, 1.0, 55 / 210),
            ("suite", 0, 0, 0, "0.00", "0.00", "0.00", "0.00", None, None, None),
            (None, 1, 1, 0, "20.00", "0.00", "0.00", "0.00", 0.0, 0.0, -1.0),
        ]
        self.assertEqual(self.told("products"), expected)
        self.assertEqual(self.told("products", book()), [])
        given = book(contract("a", "2025-01-01", None, "2"), contract("b", "2026-01-01", None, "1"))
        self.assertEqual(self.told("products", given), [(None, 1, 0, 0, "2.00", "2.00", "1.00", "3.00", 1.0, 1.5, 0.5)])

    def test_first_renewals(self):
        """Half and a quarter of the list price, a tenth, a fifth; and those that are no first renewals of these days."""

        def of(name, *rows):
            return [row | {"customer_id": name} for row in rows]

        rows = [
            *of("a", auto("a", "2025-06-01", "2026-06-01", mrr="90", list_mrr="100")),
            *of("b", term("b", "2025-03-01", "2026-03-01", "80", list_mrr="100"), contract("b 2", "2026-03-01", None, "100", list_mrr="100")),
            *of("c", term("c", "2025-05-01", "2026-05-01", "50"), contract("c 2", "2026-05-01", None, "40", list_mrr="80")),
            *of("d", term("d", "2025-02-01", "2026-02-01", "30", list_mrr="40")),
            *of("e", term("e", "2025-12-20", "2026-12-20", "10", list_mrr="10")),
            *of("f", term("f", "2025-02-01", "2026-02-01", "0")),
            *of("g", auto("g", "2024-03-01", "2025-03-01", mrr="1000")),
            *of("h", auto("h", "2026-01-01", "2027-01-01", "2026-08-01", "70")),
            *of("i", term("i", "2025-01-01", "2026-01-01", "5", list_mrr="10")),
            *of("j", term("j", "2025-01-01", "2025-12-31", "1000")),
            *of("k", term("k", "2026-01-01", YEAR_END, "3")),
            *of("l", term("l", "2026-01-01", "2027-01-01", "1000")),
        ]
        expected = [("renewed", 3, "220.00", "230.00", 2, 0.15, 0.05, -0.1), ("lost", 3, "105.00", "0.00", 2, 0.375, None, None), ("pending", 2, "13.00", "0.00", 1, 0.0, None, None)]
        self.assertEqual(self.told("first_renewals", book(*rows)), expected)
        nothing = (0, "0.00", "0.00", 0, None, None, None)
        self.assertEqual(self.told("first_renewals", book()), [(outcome, *nothing) for outcome in ("renewed", "lost", "pending")])
        # As of the middle of January only two have come, of which one is pending; so is the one of the end of December.
        self.assertEqual([row[:3] for row in self.told("first_renewals", book(*rows), "2026-01-15", months=1)], [("renewed", 0, "0.00"), ("lost", 0, "0.00"), ("pending", 2, "1005.00")])

    def test_long_standing(self):
        """Since the last day of 2023: one stays, from 60 to 80; one is lost, who began with 50 and paid 70 at last."""
        self.assertEqual(self.told("long_standing"), [("staying", 1, "60.00", "80.00", "60.00", "80.00", 20 / 60), ("lost", 1, "50.00", "70.00", "50.00", "70.00", 0.4)])
        self.assertEqual(self.told("long_standing", as_of="2026-12-30")[1], ("lost", 0, "0.00", "0.00", None, None, None))
        # Who came back started with 25; what is signed for later is not paid yet.
        self.assertEqual(self.told("long_standing", years=2)[0], ("staying", 2, "85.00", "105.00", "42.50", "52.50", 20 / 85))

    def test_averages(self):
        """Halves of a cent go to the even one; a year before the 29th of February is the 28th."""
        starts = {"a": ("2023-02-28", "0.02", "0.03"), "b": ("2020-01-01", "0.03", "0.04"), "c": ("2023-03-01", "5", "5")}
        rows = [contract(name, day, "2024-01-01", mrr, customer_id=name) for name, (day, mrr, _) in starts.items()]
        rows += [contract(f"{name} 2", "2024-01-01", None, mrr, customer_id=name) for name, (_, _, mrr) in starts.items()]
        self.assertEqual(self.told("long_standing", book(*rows), "2024-02-29", years=1)[0], ("staying", 2, "0.05", "0.07", "0.02", "0.04", 2 / 5))

    def test_refusals(self):
        for asked, code in [
            ({"months": 0}, "invalid_argument"), ({"months": 121}, "invalid_argument"), ({"years": 0}, "invalid_argument"), ({"years": 21}, "invalid_argument"),
            ({"locale": "fr"}, "invalid_argument"), ({"industry": "product"}, "unknown_attribute"), ({"industry": "cohort"}, "unknown_attribute"), ({"industry": "colour"}, "unknown_attribute"),
        ]:  # fmt: skip
            with self.assertRaises(ModelError) as caught:
                drilldown(self.BOOK, {}, YEAR_END, **asked)
            self.assertEqual(caught.exception.code, code, asked)
        for asked in ({"months": 1}, {"months": 120}, {"years": 1}, {"years": 20}, {"locale": "ja"}, {"industry": "customer_id"}):
            self.assertEqual(len(months(drilldown(self.BOOK, {}, YEAR_END, **asked)["expansion"], "change")), 4)


if __name__ == "__main__":
    unittest.main()
