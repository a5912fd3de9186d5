"""Worked numbers for every switch of sections 2 and 3."""

import unittest

from model import journal, movements
from worked import book, contract, kinds, months


def pause(contract_id, from_date, to_date=None):
    return {"contract_id": contract_id, "from_date": from_date, "to_date": to_date}


class Switches(unittest.TestCase):
    def entries(self, rows, start="2020-01-01", end="2021-01-01", **definitions):
        given = rows if isinstance(rows, dict) else book(*rows)
        return kinds(journal(given, definitions, start, end))

    # --- gap_tolerance_days ------------------------------------------------------------------------------------

    def gap(self, end, start, tolerance, **more):
        rows = [contract("c1", "2020-01-01", end, "100"), contract("c2", start, None, "80", **more)]
        return self.entries(rows, start="2020-02-01", gap_tolerance_days=tolerance)

    def test_gap_of_so_many_days(self):
        """Ended on 10 March, back on 20 March: unpaid from the 10th to the 19th, ten days."""
        left_and_back = [("2020-03-10", "churn", "100.00"), ("2020-03-20", "reactivation", "80.00")]
        self.assertEqual(self.gap("2020-03-10", "2020-03-20", 0), left_and_back)
        self.assertEqual(self.gap("2020-03-10", "2020-03-20", 9), left_and_back)
        self.assertEqual(self.gap("2020-03-10", "2020-03-20", 10), [("2020-03-20", "contraction", "20.00")])
        self.assertEqual(self.gap("2020-03-10", "2020-03-20", 11), [("2020-03-20", "contraction", "20.00")])

    def test_gap_of_one_day_over_the_end_of_a_period(self):
        """The day that is filled is the month's last; its close has the old MRR, ARR and product."""
        rows = [contract("c1", "2020-01-01", "2020-03-31", "100", product="a"), contract("c2", "2020-04-01", mrr="100", product="b")]
        table = movements(book(*rows), {"gap_tolerance_days": 1}, "2020-03-01", "2020-05-01")
        self.assertEqual(months(table, "closing_mrr", "closing_arr", "closing_customers"), [("100.00", "1200.00", 1)] * 2)
        (row,) = journal(book(*rows), {"gap_tolerance_days": 1}, "2020-03-01", "2020-05-01")
        self.assertEqual((row["date"], row["kind"], row["cross_sell_mrr"], row["product_churn_mrr"]), ("2020-04-01", "product_mix", "100.00", "100.00"))
        self.assertEqual(row["contract_ids"], ["c1", "c2"])

    def test_a_gap_that_never_closes_is_churn(self):
        self.assertEqual(self.entries([contract("c", "2020-01-01", "2020-03-10", "1")], start="2020-02-01", gap_tolerance_days=90), [("2020-03-10", "churn", "1.00")])

    def test_what_starts_free_in_a_gap_appears_on_the_return(self):
        rows = [contract("c1", "2020-01-01", "2020-03-10", "100"), contract("free", "2020-03-12", None, "0"), contract("c2", "2020-03-15", None, "100")]
        (row,) = journal(book(*rows, contract("b", "2020-03-15", None, "1")), {"gap_tolerance_days": 5}, "2020-02-01", "2020-05-01")
        self.assertEqual((row["date"], row["kind"], row["contract_ids"]), ("2020-03-15", "expansion", ["b", "c1", "c2", "free"]))

    def test_gaps_are_each_judged_alone(self):
        """Two days, then four days, then two days with tolerance 2."""
        rows = [
            contract("c1", "2020-01-01", "2020-03-01", "10"), contract("c2", "2020-03-03", "2020-03-05", "10"),
            contract("c3", "2020-03-09", "2020-03-10", "10"), contract("c4", "2020-03-12", None, "10"),
        ]  # fmt: skip
        self.assertEqual(
            self.entries(rows, start="2020-02-01", gap_tolerance_days=2),
            [("2020-03-05", "churn", "10.00"), ("2020-03-09", "reactivation", "10.00")],
        )

    def test_gap_before_sampling(self):
        """Unpaid at the close of March only: filled, period ends see nothing; not filled, they see it."""
        rows = [contract("c1", "2020-01-01", "2020-03-30", "10"), contract("c2", "2020-04-02", None, "10")]
        asked = {"start": "2020-02-01", "sampling": "period_end"}
        self.assertEqual(self.entries(rows, gap_tolerance_days=3, **asked), [])
        self.assertEqual(self.entries(rows, gap_tolerance_days=2, **asked), [("2020-03-31", "churn", "10.00"), ("2020-04-30", "reactivation", "10.00")])

    # --- churn_date --------------------------------------------------------------------------------------------

    def churned(self, *others, tolerance=0, churn_date="notice", **row):
        """The days on which the customer of a contract from 1 January, and of others, churns."""
        rows = [contract("c", "2020-01-01", mrr="1", **row), *others]
        return [day for day, kind, _ in self.entries(rows, churn_date=churn_date, gap_tolerance_days=tolerance) if kind == "churn"]

    def test_notice_ends_the_contract(self):
        ended = {"end_date": "2020-07-01"}
        self.assertEqual(self.churned(notice_date="2020-04-15", churn_date="contract_end", **ended), ["2020-07-01"])
        self.assertEqual(self.churned(notice_date="2020-04-15", **ended), ["2020-04-15"])
        self.assertEqual(self.churned(notice_date="2020-07-01", **ended), ["2020-07-01"])
        self.assertEqual(self.churned(notice_date="2020-08-01", **ended), ["2020-07-01"])
        self.assertEqual(self.churned(notice_date="2020-04-15"), ["2020-04-15"])  # no end
        self.assertEqual(self.churned(notice_date="2020-04-15", term_end="2020-07-01", auto_renew=False), ["2020-04-15"])
        self.assertEqual(self.churned(notice_date="2020-04-15", notice_withdrawn_on="2020-04-20", **ended), ["2020-07-01"])
        self.assertEqual(self.churned(notice_date="2020-04-15", notice_withdrawn_on="2020-04-20"), [])

    def test_notice_on_or_before_the_start(self):
        for notice_date in ("2020-01-01", "2019-12-01"):
            rows = [contract("c", "2020-01-01", "2020-07-01", "1", notice_date=notice_date)]
            self.assertEqual(self.entries(rows, churn_date="notice"), [])
        rows = [contract("c", "2020-01-01", "2020-07-01", "1", notice_date="2020-01-02")]
        self.assertEqual(self.entries(rows, churn_date="notice"), [("2020-01-01", "new", "1.00"), ("2020-01-02", "churn", "1.00")])

    def test_notice_with_a_signed_successor(self):
        """Notice on 15 April of an end on 1 July; the other contract is signed by then and starts soon enough."""

        def churned(start="2020-07-01", signed="2020-04-15", tolerance=0, **more):
            successor = contract("next", start, None, "1", signed_date=signed) | more
            return self.churned(successor, end_date="2020-07-01", notice_date="2020-04-15", tolerance=tolerance)

        stays, leaves = [], ["2020-04-15"]
        self.assertEqual(churned(), stays)
        self.assertEqual(churned(signed="2020-04-16"), leaves)
        self.assertEqual(churned(signed=None), leaves)
        self.assertEqual(churned(start="2020-07-02"), leaves)
        self.assertEqual(churned(start="2020-07-02", tolerance=1), stays)
        self.assertEqual(churned(start="2020-07-03", tolerance=1), leaves)
        # After the notice, however early: the contract runs on beside it.
        self.assertEqual(churned(start="2020-04-16"), stays)
        # On the day of the notice is not after it: the contract ends then, and the customer has the other one.
        rows = [contract("c", "2020-01-01", "2020-07-01", "1", notice_date="2020-04-15"), contract("d", "2020-04-15", mrr="2", signed_date="2020-04-01")]
        self.assertEqual(self.entries(rows, start="2020-02-01", churn_date="notice"), [("2020-04-15", "expansion", "1.00")])
        # Of another customer, or not counted.
        self.assertEqual(churned(customer_id="other"), leaves)
        self.assertEqual(churned(kind="trial"), leaves)

    def test_nobody_succeeds_itself(self):
        """Signed, then given notice of, before it started."""
        rows = [contract("c", "2020-03-01", "2020-07-01", "1", signed_date="2020-01-10", notice_date="2020-02-01")]
        self.assertEqual(self.entries(rows, churn_date="notice"), [])

    def test_no_end_no_successor(self):
        successor = contract("next", "2020-05-01", None, "1", signed_date="2020-04-01")
        self.assertEqual(self.churned(successor, notice_date="2020-04-15"), ["2020-04-15"])
        self.assertEqual(self.churned(successor, notice_date="2020-04-15", term_end="2020-05-01"), ["2020-04-15"])
        self.assertEqual(self.churned(successor, notice_date="2020-04-15", term_end="2020-05-01", auto_renew=False), [])

    def test_a_successor_counts_even_if_it_never_runs(self):
        """It has a notice before its own start, so it brings nothing; that it was signed stands."""
        successor = contract("next", "2020-07-01", None, "1", signed_date="2020-04-01", notice_date="2020-06-01")
        self.assertEqual(self.churned(successor, end_date="2020-07-01", notice_date="2020-04-15"), ["2020-07-01"])

    # --- discounts ---------------------------------------------------------------------------------------------

    def test_discounts(self):
        rows = [
            contract("c1", "2020-01-01", mrr="80", list_mrr="100"), contract("c2", "2020-01-01", mrr="7"),
            contract("c3", "2020-01-01", amount="2000", billing_period="year", list_mrr="200"),
        ]  # fmt: skip
        self.assertEqual(months(movements(book(*rows), {}, "2020-01-01", "2020-02-01"), "closing_mrr", "closing_arr"), [("253.67", "3044.00")])
        listed = movements(book(*rows), {"discounts": "list"}, "2020-01-01", "2020-02-01")
        self.assertEqual(months(listed, "closing_mrr", "closing_arr"), [("307.00", "3684.00")])

    # --- paused ------------------------------------------------------------------------------------------------

    def paused(self, *pauses, contracts=None, **definitions):
        given = book(*(contracts or [contract("c", "2020-01-01", "2020-12-01", "10")])) | {"pauses": list(pauses)}
        return self.entries(given, start="2020-02-01", paused="zero", **definitions)

    def test_pause(self):
        away = [("2020-03-10", "churn", "10.00"), ("2020-03-20", "reactivation", "10.00"), ("2020-12-01", "churn", "10.00")]
        self.assertEqual(self.paused(pause("c", "2020-03-10", "2020-03-20")), away)
        self.assertEqual(self.entries(book(contract("c", "2020-01-01", None, "10")) | {"pauses": [pause("c", "2020-03-10")]}, start="2020-02-01"), [])
        # United: touching, overlapping, one inside the other.
        self.assertEqual(self.paused(pause("c", "2020-03-10", "2020-03-15"), pause("c", "2020-03-15", "2020-03-20")), away)
        self.assertEqual(self.paused(pause("c", "2020-03-12", "2020-03-20"), pause("c", "2020-03-10", "2020-03-15")), away)
        self.assertEqual(self.paused(pause("c", "2020-03-10", "2020-03-20"), pause("c", "2020-03-12", "2020-03-13")), away)
        self.assertEqual(self.paused(pause("c", "2020-03-10", "2020-03-20"), gap_tolerance_days=10), away[2:])
        self.assertEqual(self.paused(pause("c", "2020-03-10")), away[:1])
        # Beyond either end there is nothing to pause.
        self.assertEqual(self.paused(pause("c", "2020-11-20", "2021-05-01")), [("2020-11-20", "churn", "10.00")])
        self.assertEqual(self.paused(pause("c", "2019-01-01", "2020-02-10")), [("2020-02-10", "new", "10.00"), away[2]])

    def test_a_paused_contract_has_changed(self):
        contracts = [contract("c", "2020-01-01", None, "10"), contract("d", "2020-01-01", None, "5"), contract("zero", "2020-01-01", None, "0")]
        given = book(*contracts) | {"pauses": [pause(name, "2020-03-10", "2020-03-20") for name in ("c", "zero")]}
        rows = journal(given, {"paused": "zero"}, "2020-02-01", "2020-05-01")
        self.assertEqual(kinds(rows), [("2020-03-10", "contraction", "10.00"), ("2020-03-20", "expansion", "10.00")])
        self.assertEqual([row["contract_ids"] for row in rows], [["c"], ["c"]])
        closing = movements(given | {"pauses": [pause("c", "2020-03-10")]}, {"paused": "zero"}, "2020-03-01", "2020-04-01")
        self.assertEqual(months(closing, "closing_mrr", "closing_arr"), [("5.00", "60.00")])

    # --- free_counts -------------------------------------------------------------------------------------------

    def test_free_counts(self):
        """Free from 10 January, 100 from 10 March, free again from 10 May, gone on 10 June, free again on 10 July."""
        rows = [
            contract("c1", "2020-01-10", "2020-03-10", "0"), contract("c2", "2020-03-10", "2020-05-10", "100"),
            contract("c3", "2020-05-10", "2020-06-10", "0"), contract("c4", "2020-07-10", None, "0"),
        ]  # fmt: skip
        self.assertEqual(self.entries(rows), [("2020-03-10", "new", "100.00"), ("2020-05-10", "churn", "100.00")])
        active = [
            ("2020-01-10", "new", "0.00"), ("2020-03-10", "expansion", "100.00"), ("2020-05-10", "contraction", "100.00"),
            ("2020-06-10", "churn", "0.00"), ("2020-07-10", "reactivation", "0.00"),
        ]  # fmt: skip
        self.assertEqual(self.entries(rows, free_counts=True), active)
        # The gap is without an active contract from 10 June to 9 July: 30 days.
        self.assertEqual(self.entries(rows, free_counts=True, gap_tolerance_days=29), active)
        self.assertEqual(self.entries(rows, free_counts=True, gap_tolerance_days=30), active[:3])
        table = movements(book(*rows), {"free_counts": True}, "2020-01-01", "2020-08-01")
        self.assertEqual(
            months(table, "opening_customers", "new_customers", "reactivated_customers", "churned_customers", "closing_customers"),
            [(0, 1, 0, 0, 1), (1, 0, 0, 0, 1), (1, 0, 0, 0, 1), (1, 0, 0, 0, 1), (1, 0, 0, 0, 1), (1, 0, 0, 1, 0), (0, 0, 1, 0, 1)],
        )
        # A product at 0 is not held: it is sold, and lost.
        products = journal(book(*rows), {"free_counts": True}, "2020-03-01", "2020-06-01")
        self.assertEqual(months(products, "cross_sell_mrr", "product_churn_mrr"), [("100.00", "0.00"), ("0.00", "100.00")])

    def test_paused_and_active(self):
        """With free_counts a paused contract is active at 0."""
        moved = self.paused(pause("c", "2020-03-10", "2020-03-20"), free_counts=True)
        self.assertEqual(moved, [("2020-03-10", "contraction", "10.00"), ("2020-03-20", "expansion", "10.00"), ("2020-12-01", "churn", "10.00")])

    # --- sampling ----------------------------------------------------------------------------------------------

    def test_period_end(self):
        """100 from 5 January, 150 from 10 January, 120 from 20 February, gone from 5 to 25 March, gone on 30 April."""
        rows = [
            contract("c1", "2020-01-05", "2020-01-10", "100"), contract("c2", "2020-01-10", "2020-02-20", "150"),
            contract("c3", "2020-02-20", "2020-03-05", "120"), contract("c4", "2020-03-25", "2020-04-30", "120"),
        ]  # fmt: skip
        rows = journal(book(*rows), {"sampling": "period_end"}, "2020-01-01", "2021-01-01")
        self.assertEqual(kinds(rows), [("2020-01-31", "new", "150.00"), ("2020-02-29", "contraction", "30.00"), ("2020-04-30", "churn", "120.00")])
        self.assertEqual([row["contract_ids"] for row in rows], [["c2"], ["c2", "c3"], ["c4"]])

    def test_never_seen_at_a_close(self):
        """A stay within one month is not seen, in this period's length; its return is then new."""
        rows = [contract("c1", "2020-01-05", "2020-01-25", "1"), contract("c2", "2020-06-30", None, "1")]
        self.assertEqual(self.entries(rows, sampling="period_end"), [("2020-06-30", "new", "1.00")])
        self.assertEqual(self.entries(rows, sampling="period_end", period="year"), [("2020-12-31", "new", "1.00")])
        self.assertEqual(self.entries(rows, start="2020-06-01"), [("2020-06-30", "reactivation", "1.00")])

    def test_closes_of_the_whole_history(self):
        """Seen at closes long before the range."""
        rows = [contract("c1", "2010-01-05", "2010-02-25", "1"), contract("c2", "2020-06-30", None, "1")]
        self.assertEqual(self.entries(rows, start="2020-06-01", sampling="period_end"), [("2020-06-30", "reactivation", "1.00")])

    # --- reactivation ------------------------------------------------------------------------------------------

    def test_reactivation_window(self):
        """Churned on 10 March, back on 20 March: ten days."""
        rows = [contract("c1", "2020-01-01", "2020-03-10", "10"), contract("c2", "2020-03-20", None, "10")]
        for window, kind in [(9, "new"), (10, "reactivation"), (0, "new"), (None, "reactivation")]:
            self.assertEqual(self.entries(rows, start="2020-03-11", end="2020-04-01", reactivation_window_days=window)[1][1], kind)
        # By period ends: churned on 31 March, back on 30 April or on 31 May.
        rows[1]["start_date"] = "2020-04-01"
        for window, kind in [(29, "new"), (30, "reactivation")]:
            self.assertEqual(
                self.entries(rows, start="2020-03-01", end="2020-05-01", reactivation_window_days=window, sampling="period_end"),
                [("2020-03-31", "churn", "10.00"), ("2020-04-30", kind, "10.00")],
            )

    def test_reactivation_as(self):
        rows = [contract("c1", "2020-01-01", "2020-03-10", "10"), contract("c2", "2020-03-20", None, "7"), contract("c3", "2020-03-25", None, "1")]
        columns = ("new_mrr", "reactivation_mrr", "expansion_mrr", "new_customers", "reactivated_customers", "expanded_customers", "upsell_mrr")
        for name, expected in [
            ("reactivation", ("0.00", "7.00", "1.00", 0, 1, 1, "1.00")),
            ("expansion", ("0.00", "0.00", "8.00", 0, 0, 1, "1.00")),
            ("new", ("7.00", "0.00", "1.00", 1, 0, 1, "1.00")),
        ]:
            table = movements(book(*rows), {"reactivation_as": name}, "2020-03-01", "2020-04-01")
            self.assertEqual(months(table, *columns), [expected])
            self.assertEqual(self.entries(rows, start="2020-03-01", end="2020-04-01", reactivation_as=name)[1], ("2020-03-20", name, "7.00"))
        # The window goes first: what is too late is new, whatever the others are shown as.
        self.assertEqual(self.entries(rows, start="2020-03-01", reactivation_as="expansion", reactivation_window_days=9)[1], ("2020-03-20", "new", "7.00"))

    # --- same_period_new_and_churn -----------------------------------------------------------------------------

    def test_same_period_new_and_churn(self):
        """In January for ten days, for ten days again, in February for five; from 20 March for good."""
        rows = [
            contract("c1", "2020-01-02", "2020-01-12", "1"), contract("c2", "2020-01-15", "2020-01-25", "2"),
            contract("c3", "2020-02-10", "2020-02-15", "4"), contract("c4", "2020-03-20", None, "8"),
        ]  # fmt: skip
        self.assertEqual([kind for _, kind, _ in self.entries(rows)], ["new", "churn", "reactivation", "churn", "reactivation", "churn", "reactivation"])
        self.assertEqual(self.entries(rows, same_period_new_and_churn="neither"), [("2020-03-20", "new", "8.00")])
        table = movements(book(*rows), {"same_period_new_and_churn": "neither"}, "2020-01-01", "2020-04-01")
        columns = ("new_mrr", "reactivation_mrr", "churned_mrr", "new_customers", "closing_mrr")
        self.assertEqual(months(table, *columns), [("0.00", "0.00", "0.00", 0, "0.00")] * 2 + [("8.00", "0.00", "0.00", 1, "8.00")])
        # All of it is one quarter, at whose close the customer is there.
        self.assertEqual(len(self.entries(rows, same_period_new_and_churn="neither", period="quarter")), 7)

    def test_a_short_return_is_kept(self):
        """Who was seen before is not first seen in the period."""
        rows = [contract("c1", "2020-01-02", "2020-02-03", "1"), contract("c2", "2020-02-10", "2020-02-15", "1")]
        self.assertEqual(len(self.entries(rows, same_period_new_and_churn="neither")), 4)


if __name__ == "__main__":
    unittest.main()
