"""Worked numbers of what is signed for a coming day."""

import unittest

from definitions import ModelError
from model import committed
from worked import auto, book, contract, months, term


class Committed(unittest.TestCase):
    BOOK = book(
        contract("up", "2026-01-01", None, "100", customer_id="up"), contract("more", "2026-08-01", None, "20", customer_id="up", signed_date="2026-06-01"),
        contract("down", "2026-01-01", None, "30", customer_id="down"), term("less", "2026-01-01", "2026-08-01", "70", customer_id="down"),
        contract("new", "2026-09-27", None, "40", customer_id="new", signed_date="2026-06-30"),
        contract("later", "2026-09-29", None, "40", customer_id="later", signed_date="2026-06-30"),
        auto("gone", "2026-01-01", "2027-01-01", "2026-09-28", "50", customer_id="gone", notice_date="2026-06-30"),
        auto("told later", "2026-01-01", "2027-01-01", "2026-09-01", "10", customer_id="stays", notice_date="2026-07-01"),
        term("left", "2026-01-01", "2026-06-28", "5", customer_id="left"),
    )  # fmt: skip
    FLOWS = ("until", "customers", "mrr", "signed_mrr", "upgrade_mrr", "downgrade_mrr", "withdrawal_mrr", "committed_mrr")
    LOSS = ("loss_probability", "loss_source", "expected_loss_mrr", "expected_mrr")

    def test_flows(self):
        self.assertEqual(months(committed(self.BOOK, {}, "2026-06-30", 90), *self.FLOWS), [("2026-09-28", 4, "260.00", "40.00", "20.00", "70.00", "50.00", "200.00")])
        # A gap that is open and filled is paid now, and not committed.
        filled = committed(self.BOOK, {"gap_tolerance_days": 30}, "2026-06-30", 90)
        self.assertEqual(months(filled, *self.FLOWS), [("2026-09-28", 5, "265.00", "40.00", "20.00", "70.00", "55.00", "200.00")])
        self.assertEqual(months(committed(self.BOOK, {}, "2026-06-30", 92), "signed_mrr", "committed_mrr"), [("80.00", "240.00")])

    def test_given(self):
        """Of what is paid now and stays: of 160, not of the 40 that start."""
        for chance, loss, rest in [(0.1, "16.00", "184.00"), (0, "0.00", "200.00"), (1, "160.00", "40.00")]:
            self.assertEqual(months(committed(self.BOOK, {}, "2026-06-30", 90, loss_probability=chance), *self.LOSS), [(chance, "given", loss, rest)])
        for mrr, loss in [("0.05", "0.00"), ("0.15", "0.02"), ("0.25", "0.02")]:  # half a cent
            given = committed(book(contract("c", "2026-01-01", None, mrr)), {}, "2026-06-30", 1, loss_probability=0.1)
            self.assertEqual(months(given, "expected_loss_mrr"), [(loss,)])

    def test_history(self):
        """Of 275 on 2 April that were to stay (the 5 of a fixed term were not) 15 left unannounced; of 210 that stay now."""
        rows = [auto("left too", "2026-01-01", "2027-01-01", "2026-05-01", "15", customer_id="left too"), *self.BOOK["contracts"]]
        self.assertEqual(months(committed(book(*rows), {}, "2026-06-30", 89), *self.LOSS), [(15 / 275, "history", "11.45", "238.55")])
        self.assertEqual(months(committed(book(*rows), {}, "2026-06-30", 200), *self.LOSS), [(None, "history", None, None)])
        by = months(committed(book(*rows), {}, "2026-06-30", 89, by="customer_id"), "customer_id", "loss_probability")
        self.assertEqual(by, [("down", 0.0), ("gone", 0.0), ("later", None), ("left", None), ("left too", 1.0), ("new", None), ("stays", 0.0), ("up", 0.0)])

    def test_history_of_what_was_withdrawn(self):
        """Nothing of it is known any more: it was never there, and is not lost."""
        rows = [contract("w", "2026-01-01", None, "25", recorded_on="2026-01-01"), contract("w", "2026-01-01", None, "25", recorded_on="2026-05-01", withdrawn=True)]
        self.assertEqual(months(committed(book(*rows, contract("c", "2026-01-01", None, "75", customer_id="c")), {}, "2026-06-30", 90), *self.LOSS[:2]), [(0.0, "history")])

    def test_refused(self):
        for horizon, more in [(0, {}), (3661, {}), (1, {"loss_probability": 1.5}), (1, {"loss_probability": -0.5}), (1, {"by": "until"})]:
            with self.assertRaisesRegex(ModelError, "invalid_argument"):
                committed(self.BOOK, {}, "2026-06-30", horizon, **more)


if __name__ == "__main__":
    unittest.main()
