"""Checks of the reference model: worked numbers, and laws that hold in every book.

Run with `python -m unittest test_model` in this directory; the other files of tests come along.
"""

import unittest

import model
from model import MOVEMENT_COLUMNS, journal, movements
from test_attention_calls import AttentionCalls, AttentionDifferences  # noqa: F401
from test_board import Board  # noqa: F401
from test_board_calls import BoardCalls, BoardDifferences  # noqa: F401
from test_books import Books  # noqa: F401
from test_cards import Cards  # noqa: F401
from test_committed import Committed  # noqa: F401
from test_drilled import Drilled  # noqa: F401
from test_formulas import FormulaCalls, Formulas  # noqa: F401
from test_groups_compared import Compared, Parts  # noqa: F401
from test_laws import Laws, LawsOfCalls  # noqa: F401
from test_measured import Known, Values  # noqa: F401
from test_phases import Lifecycle, Loyalty  # noqa: F401
from test_renewal_calls import RenewalCalls  # noqa: F401
from test_renewals import Ended, Followed, Rates  # noqa: F401
from test_retention import Projection, RetentionModel  # noqa: F401
from test_score_laws import LawsOfScores  # noqa: F401
from test_scores import Ages, Curves, Health, Overrides, Profiles, Scores  # noqa: F401
from test_second_order import SecondOrder  # noqa: F401
from test_stays import Estimate, Stays  # noqa: F401
from test_switches import Switches  # noqa: F401
from test_touch import Capacity, Load, Plan  # noqa: F401
from test_views import Cohorts, Groups, KnownOn, Parents, Refusals, Retention  # noqa: F401
from test_worth import Model, Staying, Worth  # noqa: F401
from test_worth_calls import Differences, Likelihoods, WorthCalls  # noqa: F401
from worked import JOURNAL_COLUMNS, book, contract, kinds


class WorkedNumbers(unittest.TestCase):
    def check(self, row, **expected):
        """The named columns are as expected, and every flow and count that is not named is zero."""
        for column in MOVEMENT_COLUMNS[2:]:
            if column in ("closing_arr", "opening_customers", "closing_customers") and column not in expected:
                continue
            zero = "0.00" if column.endswith("mrr") else 0
            self.assertEqual(row[column], expected.get(column, zero), f"{column} in {row['period_start']}")

    # --- section 1 ---------------------------------------------------------------------------------------------

    def one(self, row, **definitions):
        """The closing row of a book with one contract in force."""
        currency = row.pop("in_currency", "USD")
        return movements(book(row, currency=currency), definitions, "2020-01-01", "2020-02-01")[0]

    def closing(self, definitions=None, **money):
        row = self.one(contract("c", "2020-01-01", **money), **(definitions or {}))
        return row["closing_mrr"], row["closing_arr"]

    def test_two_thousand_a_year(self):
        self.assertEqual(self.closing(amount="2000", billing_period="year"), ("166.67", "2000.00"))
        self.assertEqual(self.closing(amount="2000", term_months=12), ("166.67", "2000.00"))
        self.assertEqual(self.closing(mrr="166.67"), ("166.67", "2000.04"))

    def test_rounded_once_per_contract(self):
        rows = [contract(f"c{n}", "2020-01-01", amount="2000", billing_period="year") for n in range(3)]
        row = movements(book(*rows), {}, "2020-01-01", "2020-02-01")[0]
        self.assertEqual((row["closing_mrr"], row["closing_arr"]), ("500.01", "6000.00"))

    def test_billing_periods(self):
        self.assertEqual(self.closing(amount="1", billing_period="day"), ("30.42", "365.00"))
        self.assertEqual(self.closing(amount="1", billing_period="week"), ("4.33", "52.00"))
        self.assertEqual(self.closing(amount="1", billing_period="month"), ("1.00", "12.00"))
        self.assertEqual(self.closing(amount="1", billing_period="quarter"), ("0.33", "4.00"))
        self.assertEqual(self.closing(amount="1", billing_period="half_year"), ("0.17", "2.00"))
        self.assertEqual(self.closing(amount="1", term_months=36), ("0.03", "0.33"))
        self.assertEqual(self.closing({"days_per_month": "30"}, amount="1", billing_period="day"), ("30.00", "360.00"))

    def test_half_to_even(self):
        for amount, mrr in [("0.06", "0.00"), ("0.18", "0.02"), ("0.30", "0.02"), ("0.42", "0.04")]:
            self.assertEqual(self.closing(amount=amount, billing_period="year"), (mrr, amount))
        for amount, arr in [("0.01", "0.00"), ("0.03", "0.02"), ("0.05", "0.02")]:  # half a cent a year
            self.assertEqual(self.closing(amount=amount, term_months=24)[1], arr)

    def test_digits(self):
        year = {"amount": "2000", "billing_period": "year"}
        self.assertEqual(self.closing(in_currency="JPY", **year), ("167", "2000"))
        self.assertEqual(self.closing(in_currency="KWD", **year), ("166.667", "2000.000"))
        self.assertEqual(self.closing({"extra_digits": 6}, **year), ("166.66666667", "2000.00000000"))
        self.assertEqual(self.closing({"extra_digits": 1}, in_currency="JPY", **year), ("166.7", "2000.0"))

    def test_start_and_end_on_the_first(self):
        """A contract from 1 January to 1 February is January's new business and churns in February."""
        rows = movements(book(contract("c", "2020-01-01", "2020-02-01", "100")), {}, "2020-01-01", "2020-03-01")
        self.check(rows[0], new_mrr="100.00", new_customers=1, closing_mrr="100.00", closing_customers=1)
        self.check(rows[1], opening_mrr="100.00", churned_mrr="100.00", churned_customers=1, closing_customers=0)

    def test_month_end_to_leap_day(self):
        """31 January to 29 February 2020: the last day in force is 28 February."""
        one = book(contract("c", "2020-01-31", "2020-02-29", "100"))
        self.assertEqual(
            kinds(journal(one, {}, "2020-01-01", "2020-03-01")),
            [("2020-01-31", "new", "100.00"), ("2020-02-29", "churn", "100.00")],
        )
        january, february, march = movements(one, {}, "2020-01-15", "2020-03-02")
        self.check(january, new_mrr="100.00", new_customers=1, closing_mrr="100.00", closing_arr="1200.00", closing_customers=1)
        self.check(february, opening_mrr="100.00", churned_mrr="100.00", churned_customers=1, closing_arr="0.00")
        self.check(march, opening_customers=0, closing_customers=0, closing_arr="0.00")
        self.assertEqual((february["period_start"], february["period_end"]), ("2020-02-01", "2020-03-01"))

    def test_widened_to_whole_periods(self):
        def starts(start, end, **definitions):
            return [(r["period_start"], r["period_end"]) for r in movements(book(), definitions, start, end)]

        self.assertEqual(starts("2020-02-29", "2020-03-01"), [("2020-02-01", "2020-03-01")])
        self.assertEqual(starts("2020-02-29", "2020-03-02"), [("2020-02-01", "2020-03-01"), ("2020-03-01", "2020-04-01")])
        # Quarters of a fiscal year from February start in February, May, August and November.
        self.assertEqual(starts("2020-01-31", "2020-02-01", period="quarter", fiscal_year_start=2), [("2019-11-01", "2020-02-01")])
        self.assertEqual(starts("2020-03-31", "2020-04-01", period="year", fiscal_year_start=4), [("2019-04-01", "2020-04-01")])
        # Whole periods are whole even where they reach beyond the days there are.
        self.assertEqual(starts("1900-01-01", "1900-01-02", period="year", fiscal_year_start=4), [("1899-04-01", "1900-04-01")])
        self.assertEqual(starts("2200-12-01", "2200-12-31"), [("2200-12-01", "2201-01-01")])
        late = book(contract("c", "2020-01-31", mrr="1"))
        self.assertEqual(kinds(journal(late, {}, "2020-01-01", "2020-01-02")), [("2020-01-31", "new", "1.00")])

    def test_quantity_never_multiplies_and_overlaps_add_up(self):
        rows = [contract("c1", "2020-01-01", mrr="100", quantity=7), contract("c2", "2020-01-01", mrr="50")]
        self.assertEqual(movements(book(*rows), {}, "2020-01-01", "2020-02-01")[0]["closing_mrr"], "150.00")

    # --- section 2 ---------------------------------------------------------------------------------------------

    def test_excluded_kinds(self):
        rows = [contract(kind, "2020-01-01", mrr=mrr, kind=kind) for kind, mrr in [("trial", "1"), ("one_time", "2"), ("usage", "4"), ("subscription", "8")]]
        for given, closing in [({}, "8.00"), ({"exclude_kinds": []}, "15.00"), ({"exclude_kinds": ["usage"]}, "11.00"), ({"exclude_kinds": ["subscription"]}, "7.00")]:
            self.assertEqual(movements(book(*rows), given, "2020-01-01", "2020-02-01")[0]["closing_mrr"], closing)
        self.assertEqual(journal(book(*rows), {}, "2020-01-01", "2020-02-01")[0]["contract_ids"], ["subscription"])

    def test_the_end_that_counts(self):
        def churn_day(**row):
            rows = journal(book(contract("c", "2020-01-01", mrr="1", **row)), {}, "2020-01-01", "2021-01-01")
            return [row["date"] for row in rows if row["kind"] == "churn"]

        self.assertEqual(churn_day(term_end="2020-06-30", auto_renew=False), ["2020-06-30"])
        self.assertEqual(churn_day(term_end="2020-06-30", auto_renew=True), [])
        self.assertEqual(churn_day(term_end="2020-06-30"), [])
        self.assertEqual(churn_day(auto_renew=False), [])
        for auto_renew in (None, True, False):  # an end_date goes first, be it earlier or later
            self.assertEqual(churn_day(end_date="2020-05-01", term_end="2020-06-30", auto_renew=auto_renew), ["2020-05-01"])
            self.assertEqual(churn_day(end_date="2020-07-01", term_end="2020-06-30", auto_renew=auto_renew), ["2020-07-01"])
        self.assertEqual(churn_day(notice_date="2020-05-01"), [])  # churn_date is "contract_end"

    def test_latest_revision_counts(self):
        def closing(*rows):
            return movements(book(*rows), {}, "2020-01-01", "2020-02-01")[0]["closing_mrr"]

        undated = contract("c", "2020-01-01", mrr="1")
        early = contract("c", "2020-01-01", mrr="2", recorded_on="1900-01-01")
        late = contract("c", "2020-01-01", mrr="4", recorded_on="2020-03-01")
        self.assertEqual(closing(late, undated, early), "4.00")
        self.assertEqual(closing(early, undated), "2.00")
        self.assertEqual(closing(undated, early, late | {"withdrawn": True}), "0.00")
        self.assertEqual(closing(late, early | {"withdrawn": True}), "4.00")
        self.assertEqual(closing(late, early | {"contract_id": "d"}), "6.00")

    def test_zero_mrr_is_not_paying(self):
        rows = [contract("free", "2020-01-10", "2020-03-05", "0"), contract("paid", "2020-02-10", mrr="100")]
        january, february = movements(book(*rows), {}, "2020-01-01", "2020-03-01")
        self.check(january, closing_customers=0)
        self.check(february, new_mrr="100.00", new_customers=1, closing_mrr="100.00", closing_customers=1)
        self.assertEqual(len(journal(book(*rows), {}, "2020-01-01", "2020-04-01")), 1)

    def test_nothing_a_month_and_something_a_year(self):
        """0.05 a year rounds to no MRR, so nobody pays; the exact yearly amount stands in the ARR all the same."""
        row = self.one(contract("c", "2020-01-01", amount="0.05", billing_period="year"))
        self.check(row, closing_arr="0.05", closing_customers=0)

    # --- section 3 ---------------------------------------------------------------------------------------------

    def test_expansion_then_churn(self):
        """100 a month, 200 from 15 March, ended on 10 April."""
        rows = [contract("c1", "2020-01-01", "2020-03-15", "100"), contract("c2", "2020-03-15", "2020-04-10", "200")]
        march, april = movements(book(*rows), {}, "2020-03-01", "2020-05-01")
        self.check(
            march, opening_mrr="100.00", expansion_mrr="100.00", closing_mrr="200.00", upsell_mrr="100.00", closing_arr="2400.00",
            opening_customers=1, expanded_customers=1, closing_customers=1,
        )  # fmt: skip
        self.check(april, opening_mrr="200.00", churned_mrr="200.00", opening_customers=1, churned_customers=1, closing_customers=0)
        self.assertEqual(
            journal(book(*rows), {}, "2020-03-01", "2020-05-01"),
            [
                {
                    "date": "2020-03-15", "customer_id": "acme", "kind": "expansion", "amount": "100.00",
                    "mrr_before": "100.00", "mrr_after": "200.00", "upsell_mrr": "100.00", "cross_sell_mrr": "0.00",
                    "downsell_mrr": "0.00", "product_churn_mrr": "0.00", "contract_ids": ["c1", "c2"],
                },
                {
                    "date": "2020-04-10", "customer_id": "acme", "kind": "churn", "amount": "200.00",
                    "mrr_before": "200.00", "mrr_after": "0.00", "upsell_mrr": "0.00", "cross_sell_mrr": "0.00",
                    "downsell_mrr": "0.00", "product_churn_mrr": "0.00", "contract_ids": ["c2"],
                },
            ],
        )  # fmt: skip

    def test_leaves_and_returns_within_a_month(self):
        """The customer is churned and reactivated in one row: one at either end, though 1 + 0 + 1 - 1 = 1."""
        rows = [contract("c1", "2020-01-01", "2020-03-10", "100"), contract("c2", "2020-03-11", mrr="80")]
        march = movements(book(*rows), {}, "2020-03-01", "2020-04-01")[0]
        self.check(
            march, opening_mrr="100.00", churned_mrr="100.00", reactivation_mrr="80.00", closing_mrr="80.00",
            opening_customers=1, churned_customers=1, reactivated_customers=1, closing_customers=1,
        )  # fmt: skip

    def test_distinct_customers(self):
        """Gone twice in one month, counted once."""
        rows = [contract("c1", "2020-01-01", "2020-03-10", "1"), contract("c2", "2020-03-11", "2020-03-20", "1")]
        march = movements(book(*rows), {}, "2020-03-01", "2020-04-01")[0]
        self.assertEqual((march["churned_mrr"], march["churned_customers"], march["reactivated_customers"]), ("2.00", 1, 1))

    def test_seen_before_the_range(self):
        """Returning after years is reactivation, however narrow the range."""
        rows = [contract("c1", "2010-01-01", "2010-01-02", "1"), contract("c2", "2020-01-15", mrr="1")]
        self.assertEqual(kinds(journal(book(*rows), {}, "2020-01-01", "2020-02-01")), [("2020-01-15", "reactivation", "1.00")])

    def test_swap_at_equal_mrr(self):
        def swap(old, new, **definitions):
            rows = [contract("c1", "2020-01-01", "2020-02-10", "100", product=old), contract("c2", "2020-02-10", None, "100", product=new)]
            return journal(book(*rows), definitions, "2020-02-01", "2020-03-01")

        self.assertEqual(swap("a", "a"), [])
        self.assertEqual(swap(None, None), [])
        for old, new in [("a", "b"), (None, "b"), ("a", None)]:  # the absent product is a product of its own
            (row,) = swap(old, new)
            self.assertEqual((row["kind"], row["amount"], row["mrr_before"], row["mrr_after"]), ("product_mix", "0.00", "100.00", "100.00"))
            self.assertEqual((row["cross_sell_mrr"], row["product_churn_mrr"]), ("100.00", "100.00"))
            self.assertEqual(row["contract_ids"], ["c1", "c2"])

    def test_four_product_movements_of_one_day(self):
        day = "2020-02-10"
        rows = [
            contract("a1", "2020-01-01", day, "10", product="a"), contract("a2", day, None, "15", product="a"),
            contract("b1", "2020-01-01", day, "10", product="b"), contract("b2", day, None, "9", product="b"),
            contract("c1", "2020-01-01", day, "7", product="c"),
            contract("d0", "2020-01-01", day, "0", product="d"), contract("d1", day, None, "20", product="d"),
            contract("e", day, None, "0"),
        ]  # fmt: skip
        (row,) = journal(book(*rows), {}, "2020-02-01", "2020-03-01")
        self.assertEqual((row["kind"], row["amount"]), ("expansion", "17.00"))
        self.assertEqual([row[column] for column in model.PRODUCT_COLUMNS], ["5.00", "20.00", "1.00", "7.00"])
        self.assertEqual(row["contract_ids"], ["a1", "a2", "b1", "b2", "c1", "d0", "d1", "e"])

    def test_order_of_ids(self):
        """By UTF-8 bytes: capitals first, and an emoji after a full-width letter (in UTF-16 it comes before)."""
        ids = ["\U0001f600", "\uff5a", "é", "b", "a10", "a2", "B"]
        rows = [contract(name, "2020-01-01", mrr="1", customer_id=name) for name in ids]
        self.assertEqual([row["customer_id"] for row in journal(book(*rows), {}, "2020-01-01", "2020-02-01")], ["B", "a10", "a2", "b", "é", "\uff5a", "\U0001f600"])
        (row,) = journal(book(*[contract(name, "2020-01-01", mrr="1") for name in ids]), {}, "2020-01-01", "2020-02-01")
        self.assertEqual(row["contract_ids"], ["B", "a10", "a2", "b", "é", "\uff5a", "\U0001f600"])

    def test_nothing_there(self):
        (row,) = movements(book(), {}, "2020-01-01", "2020-02-01")
        self.assertEqual(list(row), MOVEMENT_COLUMNS)
        self.check(row, closing_arr="0.00", opening_customers=0, closing_customers=0)
        self.assertEqual(journal(book(), {}, "2020-01-01", "2020-02-01"), [])

    def test_what_is_not_modelled_says_so(self):
        for fx in ("constant", "contract_start", "period_close"):
            with self.assertRaises(NotImplementedError):
                movements(book(), {"fx": fx}, "2020-01-01", "2020-02-01")


if __name__ == "__main__":
    unittest.main()
