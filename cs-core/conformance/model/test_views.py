"""Worked numbers: what was known, groups, parents, retention, cohorts, and what is refused."""

import unittest
from math import sqrt

import model
from definitions import ModelError
from model import cohorts, flow_retention, journal, movements, observed_until, retention
from worked import book, contract, kinds, months


def customer(customer_id, **more):
    return {"customer_id": customer_id} | more


class KnownOn(unittest.TestCase):
    def closings(self, row_or_rows, known_on, start="2020-01-01", end="2021-01-01", **definitions):
        rows = row_or_rows if isinstance(row_or_rows, list) else [row_or_rows]
        return [row["closing_mrr"] for row in movements(book(*rows), definitions, start, end, known_on=known_on)]

    def churned(self, known_on, **row):
        rows = journal(book(contract("c", "2020-01-01", mrr="1", **row)), {}, "2020-01-01", "2021-01-01", known_on=known_on)
        return [row["date"] for row in rows if row["kind"] == "churn"]

    def test_periods_that_are_over(self):
        row = contract("c", "2020-01-01", mrr="1")
        self.assertEqual(len(self.closings(row, "2020-03-31")), 3)
        self.assertEqual(len(self.closings(row, "2020-03-30")), 2)
        self.assertEqual(self.closings(row, "2020-01-30"), [])

    def test_a_contract_is_known_when_signed_recorded_or_started(self):
        def known(known_on, **row):
            """Is it known on the day, in the year that was over by then?"""
            rows = movements(book(contract("c", "2020-06-01", mrr="1", **row)), {}, "2019-01-01", "2019-02-01", by="product", known_on=known_on)
            return len(rows) == 1

        self.assertEqual([known(day) for day in ("2020-05-31", "2020-06-01")], [False, True])
        self.assertEqual([known(day, signed_date="2020-04-10") for day in ("2020-04-09", "2020-04-10")], [False, True])
        self.assertEqual([known(day, signed_date="2020-07-10") for day in ("2020-07-09", "2020-07-10")], [False, True])
        self.assertEqual([known(day, signed_date="2020-04-10", recorded_on="2020-08-01") for day in ("2020-07-31", "2020-08-01")], [False, True])
        self.assertFalse(known("2020-09-01", recorded_on="2020-08-01", withdrawn=True))

    def test_an_end_is_known_on_its_day(self):
        """Filled in later, in an export: a close before the end sees a contract without end. Here all do."""
        self.assertEqual(self.churned("2020-06-30", end_date="2020-06-15"), ["2020-06-15"])
        self.assertEqual(self.closings(contract("c", "2020-01-01", "2020-06-15", "1"), "2020-05-31"), ["1.00"] * 5)

    def known_end(self, known_on, **row):
        """Whether a successor signed for the day after the end makes the notice void shows which end is read."""
        rows = [contract("c", "2020-01-01", mrr="1", **row), contract("d", "2020-06-15", mrr="1", signed_date="2020-01-02")]
        found = journal(book(*rows), {"churn_date": "notice"}, "2020-01-01", "2020-05-01", known_on=known_on)
        return [entry["date"] for entry in found if entry["kind"] == "churn"]

    def test_an_end_is_known_with_its_notice(self):
        asked = {"end_date": "2020-06-15", "notice_date": "2020-03-10"}
        self.assertEqual(self.known_end("2020-04-30", **asked), [])  # the end is known, so the successor counts
        self.assertEqual(self.known_end("2020-04-30", notice_date="2020-03-10"), ["2020-03-10"])
        # A notice that is not known yet: nothing has happened.
        rows = [contract("c", "2020-01-01", "2020-03-25", "1", notice_date="2020-03-10")]
        for known_on, expected in [("2020-02-29", ["1.00", "1.00"]), ("2020-03-31", ["1.00", "1.00", "0.00"])]:
            self.assertEqual(self.closings(rows, known_on, churn_date="notice"), expected)

    def test_the_term_is_read_until_the_end_is_known(self):
        """Not renewing by 1 March, by an export that has the later end of an extension in it."""
        row = contract("c", "2020-01-01", "2020-05-01", "1", term_end="2020-03-01", auto_renew=False)
        self.assertEqual(self.closings(row, "2020-03-31"), ["1.00", "1.00", "0.00"])
        self.assertEqual(self.closings(row, "2020-05-31"), ["1.00"] * 4 + ["0.00"])
        row["term_end"] = "2020-05-01"
        self.assertEqual(self.closings(row, "2020-03-31"), ["1.00"] * 3)
        # Recorded whole.
        row = contract("c", "2020-01-01", "2020-05-01", "1", term_end="2020-03-01", auto_renew=False, recorded_on="2020-01-01")
        self.assertEqual(self.closings(row, "2020-03-31"), ["1.00"] * 3)

    def test_a_withdrawn_notice_tells_no_end(self):
        """The end of an extension is not known by a notice that was withdrawn, so the term is read."""
        row = contract("c", "2020-01-01", "2020-05-01", "1", term_end="2020-03-01", auto_renew=False, notice_date="2020-01-10")
        self.assertEqual(self.closings(row, "2020-03-31"), ["1.00"] * 3)
        row["notice_withdrawn_on"] = "2020-03-31"
        self.assertEqual(self.closings(row, "2020-03-30"), ["1.00"] * 2)
        self.assertEqual(self.closings(row, "2020-03-31"), ["1.00", "1.00", "0.00"])
        self.assertEqual(self.closings(row, "2020-05-31"), ["1.00"] * 4 + ["0.00"])

    def test_a_withdrawn_notice(self):
        """Notice on 10 March, withdrawn on 10 April: from 10 March to 9 April it was in effect."""
        row = contract("c", "2020-01-01", "2020-12-01", "1", notice_date="2020-03-10", notice_withdrawn_on="2020-04-10")
        self.assertEqual(self.closings(row, "2020-03-31", churn_date="notice"), ["1.00", "1.00", "0.00"])
        self.assertEqual(self.closings(row, "2020-04-09", churn_date="notice"), ["1.00", "1.00", "0.00"])
        self.assertEqual(self.closings(row, "2020-04-10", churn_date="notice"), ["1.00", "1.00", "1.00"])
        # A row that was recorded was recorded with both.
        row["recorded_on"] = "2020-01-01"
        self.assertEqual(self.closings(row, "2020-03-31", churn_date="notice"), ["1.00"] * 3)

    def test_revisions(self):
        rows = [
            contract("c", "2020-01-01", mrr="1"), contract("c", "2020-01-01", mrr="2", recorded_on="2020-02-10"),
            contract("c", "2020-01-01", mrr="2", recorded_on="2020-03-10", withdrawn=True),
            contract("c", "2020-01-01", mrr="4", recorded_on="2020-04-10"),
        ]  # fmt: skip
        for known_on, expected in [("2020-02-09", "1.00"), ("2020-02-10", "2.00"), ("2020-03-10", "0.00"), ("2020-04-10", "4.00"), (None, "4.00")]:
            self.assertEqual(self.closings(rows, known_on)[0], expected)

    def test_pauses_are_known_from_their_days(self):
        given = book(contract("c", "2020-01-01", mrr="1")) | {"pauses": [{"contract_id": "c", "from_date": "2020-02-10", "to_date": "2020-03-10"}]}

        def closings(known_on):
            return [row["closing_mrr"] for row in movements(given, {"paused": "zero"}, "2020-01-01", "2020-05-01", known_on=known_on)]

        self.assertEqual(closings("2020-02-29"), ["1.00", "0.00"])
        self.assertEqual(closings("2020-03-31"), ["1.00", "0.00", "1.00"])

    def test_the_end_of_a_pause_is_not_known_before(self):
        """Paused from 25 March for 17 days: on 31 March nobody knows that this is longer than 16, and it is filled."""
        given = book(contract("c", "2020-01-01", mrr="1")) | {"pauses": [{"contract_id": "c", "from_date": "2020-03-25", "to_date": "2020-04-11"}]}
        for known_on, expected in [("2020-03-31", ("1.00", "1.00")), ("2020-04-09", ("1.00", "1.00")), ("2020-04-10", ("0.00", "0.00")), ("2020-04-11", ("0.00", "0.00"))]:
            table = movements(given, {"paused": "zero", "gap_tolerance_days": 16}, "2020-03-01", "2020-04-01", known_on=known_on)
            self.assertEqual(months(table, "closing_mrr", "provisional_mrr"), [expected])

    # --- gaps that are still open ------------------------------------------------------------------------------

    def test_provisional(self):
        """Unpaid from 25 March; 31 March is the seventh day."""
        rows = [contract("c", "2020-01-01", "2020-03-25", "5", product="a"), contract("d", "2020-01-01", "2020-03-25", "2", product="b")]

        def march(tolerance, known_on="2020-03-31", by=None):
            table = movements(book(*rows), {"gap_tolerance_days": tolerance}, "2020-03-01", "2020-04-01", known_on=known_on, by=by)
            return months(table, "closing_mrr", "provisional_mrr", "closing_customers", "churned_customers")

        self.assertEqual(march(6), [("0.00", "0.00", 0, 1)])
        self.assertEqual(march(7), [("7.00", "7.00", 1, 0)])
        self.assertEqual(march(7, known_on="2020-04-01"), [("0.00", "0.00", 0, 1)])
        self.assertEqual(march(8, known_on="2020-04-01"), [("7.00", "7.00", 1, 0)])
        self.assertEqual(march(90, known_on=None), [("0.00", "0.00", 0, 1)])
        self.assertEqual(march(7, by="product"), [("5.00", "5.00", 1, 0), ("2.00", "2.00", 1, 0)])

    def test_a_known_return_decides(self):
        """Unpaid from 25 March to 9 April, sixteen days; signed on 20 March, or not."""

        def march(tolerance, **more):
            rows = [contract("c", "2020-01-01", "2020-03-25", "5"), contract("d", "2020-04-10", mrr="3", **more)]
            table = movements(book(*rows), {"gap_tolerance_days": tolerance}, "2020-03-01", "2020-04-01", known_on="2020-03-31")
            return months(table, "closing_mrr", "provisional_mrr")

        self.assertEqual(march(15), [("5.00", "5.00")])  # not known: perhaps the gap closes tomorrow
        self.assertEqual(march(15, signed_date="2020-03-20"), [("0.00", "0.00")])
        self.assertEqual(march(16, signed_date="2020-03-20"), [("5.00", "0.00")])

    # --- observed_until ----------------------------------------------------------------------------------------

    def test_observed_until(self):
        def until(**row):
            return observed_until(book(contract("c", "2020-01-01", mrr="1", **row)))

        self.assertIsNone(observed_until(book()))
        self.assertEqual(until(), "2020-01-01")
        self.assertEqual(until(signed_date="2019-12-01"), "2019-12-01")
        self.assertEqual(until(end_date="2020-06-01"), "2020-06-01")
        self.assertEqual(until(end_date="2020-06-01", term_end="2020-06-01"), "2020-01-01")
        self.assertEqual(until(term_end="2020-06-01"), "2020-01-01")
        self.assertEqual(until(end_date="2020-06-01", notice_date="2020-03-01"), "2020-03-01")
        self.assertEqual(until(end_date="2020-06-01", notice_date="2020-07-01"), "2020-07-01")
        self.assertEqual(until(end_date="2020-06-01", notice_date="2020-03-01", notice_withdrawn_on="2020-04-01"), "2020-06-01")
        self.assertEqual(until(recorded_on="2019-01-01", end_date="2020-06-01", notice_date="2020-03-01"), "2019-01-01")
        given = book(contract("c", "2020-01-01", mrr="1"))
        self.assertEqual(observed_until(given | {"customers": [customer("acme", recorded_on="2020-02-01")]}), "2020-02-01")
        self.assertEqual(observed_until(given | {"pauses": [{"contract_id": "c", "from_date": "2020-02-01", "to_date": "2020-03-01"}]}), "2020-03-01")

    def test_observed_until_of_facts(self):
        def until(table, *rows):
            """Of a contract of 2020-01-01 and these rows of another table."""
            return observed_until(book(contract("c", "2020-01-01", mrr="1")) | {table: list(rows)})

        self.assertEqual(until("signals", {"observed_on": "2020-02-01"}, {"observed_on": "2020-01-31"}), "2020-02-01")
        # Recorded later, and before the day of which it tells.
        self.assertEqual(until("signals", {"observed_on": "2020-02-01", "recorded_on": "2020-02-10"}), "2020-02-10")
        self.assertEqual(until("signals", {"observed_on": "2020-02-01", "recorded_on": "2020-01-10"}), "2020-01-10")
        for table in ("engagements", "surveys", "advocacy"):
            self.assertEqual(until(table, {"date": "2020-02-01"}), "2020-02-01")
        self.assertEqual(until("cases", {"opened_on": "2020-02-01"}), "2020-02-01")
        self.assertEqual(until("cases", {"opened_on": "2020-02-01", "closed_on": "2020-03-01"}, {"opened_on": "2020-02-05", "closed_on": None}), "2020-03-01")
        self.assertEqual(until("milestones", {"due_on": "2020-09-01", "reached_on": "2020-03-01"}), "2020-03-01")
        self.assertEqual(until("milestones", {"due_on": "2020-09-01"}), "2020-01-01")
        for column in ("agreed_on", "observed_on", "achieved_on"):
            self.assertEqual(until("outcomes", {"due_on": "2020-09-01", column: "2020-03-01"}), "2020-03-01")
        self.assertEqual(until("stakeholders", {"since": "2020-02-01"}, {"left_on": None}), "2020-02-01")
        self.assertEqual(until("stakeholders", {"since": "2020-02-01", "left_on": "2020-03-01"}), "2020-03-01")
        for column in ("answered_on", "released_on"):
            self.assertEqual(until("feedback", {"date": "2020-02-01", column: "2020-03-01"}), "2020-03-01")
        self.assertEqual(until("feedback", {"date": "2020-02-01", "released_on": "2020-01-15"}), "2020-02-01")
        self.assertEqual(until("actions", {"opened_on": "2020-02-01", "due_on": "2020-09-01", "snoozed_until": "2020-10-01"}), "2020-02-01")
        self.assertEqual(until("actions", {"opened_on": "2020-02-01", "closed_on": "2020-03-01"}), "2020-03-01")
        self.assertEqual(until("practices", {"topic": "handover"}), "2020-01-01")
        self.assertEqual(until("practices", {"topic": "handover", "since": "2020-02-01"}), "2020-02-01")


class Groups(unittest.TestCase):
    def book(self):
        """Two small ones and a large one; and one with a trial only, of whom nothing else is known."""
        rows = [
            contract("c1", "2020-01-01", "2020-02-01", "1", customer_id="a", product="x"), contract("c2", "2020-01-01", mrr="2", customer_id="b", product="x"),
            contract("c3", "2020-02-01", mrr="4", customer_id="c"), contract("c4", "2020-02-01", mrr="8", customer_id="d", kind="trial", product="y"),
        ]  # fmt: skip
        customers = [customer("a", segment="small", tier=1), customer("b", segment="small", tier=10), customer("c", segment="Large"), customer("d"), customer("e", segment="none")]
        return book(*rows) | {"customers": customers}

    def groups(self, by, *columns, **definitions):
        return months(movements(self.book(), definitions, "2020-02-01", "2020-03-01", by=by), *([by] if isinstance(by, str) else by), *columns)

    def test_attributes(self):
        self.assertEqual(
            self.groups("segment", "opening_mrr", "new_mrr", "churned_mrr", "closing_mrr", "closing_customers"),
            [("Large", "0.00", "4.00", "0.00", "4.00", 1), ("small", "3.00", "0.00", "1.00", "2.00", 1), (None, "0.00", "0.00", "0.00", "0.00", 0)],
        )
        self.assertEqual(self.groups("tier", "closing_mrr"), [("1", "0.00"), ("10", "2.00"), (None, "4.00")])
        self.assertEqual(self.groups(["tier", "segment"], "closing_mrr"), [("1", "small", "0.00"), ("10", "small", "2.00"), (None, "Large", "4.00"), (None, None, "0.00")])

    def test_cohort(self):
        self.assertEqual(self.groups("cohort", "closing_mrr"), [("2020-01-01", "2.00"), ("2020-02-01", "4.00"), (None, "0.00")])
        self.assertEqual(self.groups("cohort", "closing_mrr", period="year", fiscal_year_start=2)[0], ("2019-02-01", "2.00"))

    def test_product(self):
        self.assertEqual(self.groups("product", "opening_mrr", "closing_mrr", "closing_customers"), [("x", "3.00", "2.00", 1), ("y", "0.00", "0.00", 0), (None, "0.00", "4.00", 1)])

    def test_the_unit_of_a_product(self):
        """From x to y, and back to x: the customer moves nothing but products, the units are lost, new, and back."""
        rows = [contract("c1", "2020-01-01", "2020-02-10", "5", product="x"), contract("c2", "2020-02-10", "2020-03-10", "5", product="y"), contract("c3", "2020-03-10", mrr="5", product="x")]
        table = movements(book(*rows), {}, "2020-02-01", "2020-04-01", by="product")
        columns = ("product", "period_start", "new_mrr", "reactivation_mrr", "churned_mrr", "closing_mrr")
        self.assertEqual(
            months(table, *columns),
            [
                ("x", "2020-02-01", "0.00", "0.00", "5.00", "0.00"), ("x", "2020-03-01", "0.00", "5.00", "0.00", "5.00"),
                ("y", "2020-02-01", "5.00", "0.00", "0.00", "5.00"), ("y", "2020-03-01", "0.00", "0.00", "5.00", "0.00"),
            ],
        )  # fmt: skip
        # A gap of the unit is none of the customer, so nothing is filled; a gap of the customer fills its products.
        filled = movements(book(*rows), {"gap_tolerance_days": 90}, "2020-02-01", "2020-04-01", by="product")
        self.assertEqual(filled, table)
        rows[1]["end_date"] = "2020-02-20"
        filled = movements(book(*rows), {"gap_tolerance_days": 90}, "2020-02-01", "2020-04-01", by="product")
        self.assertEqual(filled, table)

    def test_versions_of_a_customer(self):
        given = book(contract("c", "2020-01-01", mrr="1")) | {
            "customers": [customer("acme", segment="old"), customer("acme", segment="mid", recorded_on="2020-02-10"), customer("acme", segment="new", recorded_on="2020-03-10")]
        }
        for known_on, segment in [("2020-02-09", "old"), ("2020-02-10", "mid"), ("2020-03-10", "new"), (None, "new")]:
            rows = movements(given, {}, "2020-01-01", "2020-02-01", by="segment", known_on=known_on)
            self.assertEqual(months(rows, "segment", "closing_mrr"), [(segment, "1.00")])
        del given["customers"][0]
        rows = movements(given, {}, "2020-01-01", "2020-02-01", by="segment", known_on="2020-02-09")
        self.assertEqual(months(rows, "segment", "closing_mrr"), [(None, "1.00")])

    def test_no_groups(self):
        self.assertEqual(movements(book(), {}, "2020-01-01", "2020-02-01", by="anything"), [])
        self.assertEqual(len(movements(book(), {}, "2020-01-01", "2020-02-01", by=[])), 1)


class Parents(unittest.TestCase):
    def book(self, **more):
        """A holding without contracts, two daughters, and a granddaughter of one; all in other segments."""
        rows = [
            contract("c1", "2020-01-01", "2020-03-10", "5", customer_id="d1"), contract("c2", "2020-03-20", mrr="6", customer_id="d2"),
            contract("c3", "2020-02-10", "2020-03-15", "3", customer_id="g"), contract("c4", "2020-01-01", mrr="1", customer_id="alone"),
        ]  # fmt: skip
        customers = [
            customer("top", segment="T"), customer("d1", parent_id="top", segment="D"), customer("d2", parent_id="top"),
            customer("g", parent_id="d1", segment="G"), customer("alone", segment="A"),
        ]  # fmt: skip
        return book(*rows) | {"customers": customers} | more

    def test_movements_are_of_the_top(self):
        """8 from 10 February, 3 from 10 March, nothing from the 15th to the 19th, then 6."""
        rows = journal(self.book(), {}, "2020-02-01", "2020-04-01", level="parent")
        expected = [("2020-02-10", "expansion", "3.00"), ("2020-03-10", "contraction", "5.00"), ("2020-03-15", "churn", "3.00"), ("2020-03-20", "reactivation", "6.00")]
        self.assertEqual(kinds(rows), expected)
        self.assertEqual({row["customer_id"] for row in rows}, {"top"})
        table = movements(self.book(), {}, "2020-03-01", "2020-04-01", level="parent", by="segment")
        self.assertEqual(months(table, "segment", "opening_mrr", "closing_mrr"), [("A", "1.00", "1.00"), ("T", "8.00", "6.00")])

    def test_gaps_are_of_the_children(self):
        """The parent is unpaid for five days, but none of its children comes back."""
        rows = journal(self.book(), {"gap_tolerance_days": 30}, "2020-03-01", "2020-04-01", level="parent")
        self.assertEqual(kinds(rows)[-2:], [("2020-03-15", "churn", "3.00"), ("2020-03-20", "reactivation", "6.00")])

    def test_who_is_not_known_yet_is_no_child(self):
        given = self.book()
        given["customers"][2]["recorded_on"] = "2020-05-01"  # d2
        self.assertEqual(len(journal(given, {}, "2020-03-01", "2020-04-01", level="parent")), 3)
        rows = journal(given, {}, "2020-03-01", "2020-04-01", level="parent", known_on="2020-04-30")
        self.assertEqual([(row["customer_id"], row["kind"]) for row in rows], [("top", "contraction"), ("top", "churn"), ("d2", "new")])
        # A parent that is not known yet is the top, and nothing is known of it.
        given["customers"][0]["recorded_on"] = "2020-05-01"
        rows = movements(given, {}, "2020-03-01", "2020-04-01", level="parent", known_on="2020-04-30", by=["segment", "customer_id"])
        self.assertEqual(months(rows, "segment", "customer_id", "opening_mrr"), [("A", "alone", "1.00"), (None, "d2", "0.00"), (None, "top", "8.00")])

    def test_retention_and_cohorts(self):
        (row,) = retention(self.book(), {}, "2020-03-01", "2020-04-01", window="1 months", level="parent", by=[])
        self.assertEqual(months([row], "opening_mrr", "retained_mrr", "opening_customers", "retained_customers"), [("9.00", "7.00", 2, 2)])
        rows = cohorts(self.book(), {}, "2020-04-01", level="parent")
        self.assertEqual(months(rows, "cohort", "age", "size", "base_mrr", "mrr"), [("2020-01-01", age, 2, "6.00", mrr) for age, mrr in enumerate(["6.00", "9.00", "7.00"])])


class Retention(unittest.TestCase):
    def test_worked(self):
        """At the close of January: 10, 20, 30, 40. At the close of February: 15, 20, 12, gone; and a new one at 100."""
        rows = [contract(name, "2020-01-01", "2020-02-10", mrr, customer_id=name) for name, mrr in zip("abcd", ["10", "20", "30", "40"])]
        rows += [contract(f"{name}2", "2020-02-10", None, mrr, customer_id=name) for name, mrr in zip("abce", ["15", "20", "12", "100"])]
        (row,) = retention(book(*rows), {}, "2020-02-01", "2020-03-01", window="period")
        self.assertEqual(list(row), model.RETENTION_COLUMNS)
        low, high = row.pop("customer_churn_low"), row.pop("customer_churn_high")
        self.assertEqual(
            row,
            {
                "window_start": "2020-02-01", "window_end": "2020-03-01", "opening_mrr": "100.00", "retained_mrr": "42.00",
                "expansion_mrr": "5.00", "grr": 0.42, "nrr": 0.47, "opening_customers": 4, "retained_customers": 3,
                "customer_retention": 0.75, "customer_churn": 0.25, "small_sample": True,
            },
        )  # fmt: skip
        # Wilson for 1 of 4, the way it stands in textbooks.
        z, n, p = 1.959963984540054, 4, 0.25
        middle = (p + z * z / (2 * n)) / (1 + z * z / n)
        spread = z / (1 + z * z / n) * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        self.assertAlmostEqual(low, middle - spread, places=14)
        self.assertAlmostEqual(high, middle + spread, places=14)
        self.assertAlmostEqual(low, 0.0455872608, places=9)
        self.assertAlmostEqual(high, 0.6993581574, places=9)

    def test_wilson_at_the_edges(self):
        self.assertEqual(model.wilson_interval(0, 0), (None, None))
        self.assertEqual(model.wilson_interval(0, 10)[0], 0.0)
        self.assertEqual(model.wilson_interval(10, 10)[1], 1.0)
        z2 = 1.959963984540054**2
        self.assertAlmostEqual(model.wilson_interval(0, 10)[1], z2 / (10 + z2), places=15)

    def test_windows(self):
        def windows(window, start="2020-02-29", **definitions):
            return months(retention(book(), definitions, start, "2020-03-01", window=window), "window_start", "window_end")

        self.assertEqual(windows("12 months"), [("2019-03-01", "2020-03-01")])
        self.assertEqual(months(retention(book(), {}, "2020-02-01", "2020-03-01"), "window_start"), [("2019-03-01",)])
        self.assertEqual(windows("1 months"), [("2020-02-01", "2020-03-01")])
        self.assertEqual(windows("1200 months"), [("1920-03-01", "2020-03-01")])
        self.assertEqual(windows("period", period="quarter", fiscal_year_start=3), [("2019-12-01", "2020-03-01")])
        self.assertEqual(windows("2 months", start="2020-01-31"), [("2019-12-01", "2020-02-01"), ("2020-01-01", "2020-03-01")])

    def test_nothing_to_divide_by(self):
        (row,) = retention(book(), {}, "2020-02-01", "2020-03-01")
        for column in ("grr", "nrr", "customer_retention", "customer_churn", "customer_churn_low", "customer_churn_high"):
            self.assertIsNone(row[column])
        # Active at 0, then at 100: a customer is kept, and no ratio of money is.
        rows = [contract("c", "2020-01-01", "2020-02-01", "0"), contract("d", "2020-02-01", mrr="100")]
        (row,) = retention(book(*rows), {"free_counts": True}, "2020-02-01", "2020-03-01", window="period")
        self.assertEqual(months([row], "opening_mrr", "expansion_mrr", "grr", "opening_customers", "customer_retention"), [("0.00", "100.00", None, 1, 1.0)])

    def test_known_on(self):
        self.assertEqual(len(retention(book(), {}, "2020-01-01", "2020-04-01", known_on="2020-03-30")), 2)

    def test_left_and_back(self):
        """Gone for half a year, back at 12: kept at 10."""
        rows = [contract("c", "2019-01-01", "2019-06-01", "10"), contract("d", "2019-12-01", mrr="12")]
        (row,) = retention(book(*rows), {}, "2020-02-01", "2020-03-01")
        self.assertEqual(months([row], "retained_mrr", "expansion_mrr", "grr", "nrr"), [("10.00", "2.00", 1.0, 1.2)])

    def test_small_sample(self):
        for number in (29, 30):
            rows = [contract(f"c{n}", "2020-01-01", mrr="1", customer_id=f"c{n}") for n in range(number)]
            (row,) = retention(book(*rows), {}, "2020-02-01", "2020-03-01", window="period")
            self.assertEqual(row["small_sample"], number < 30)

    def test_flow_retention(self):
        """Paying at 100: one grows by 10, one leaves with 40 and is back at 30. Another joins at 50 and grows by 5."""
        rows = [
            contract("a1", "2020-01-01", mrr="60", customer_id="a"), contract("a2", "2020-02-10", mrr="10", customer_id="a"),
            contract("b1", "2020-01-01", "2020-02-10", "40", customer_id="b"), contract("b2", "2020-02-20", mrr="30", customer_id="b"),
            contract("c1", "2020-02-10", mrr="50", customer_id="c"), contract("c2", "2020-02-20", mrr="5", customer_id="c"),
        ]  # fmt: skip
        (row,) = flow_retention(book(*rows), {}, "2020-02-01", "2020-03-01")
        self.assertEqual(list(row), model.FLOW_RETENTION_COLUMNS)
        expected = {
            "period_start": "2020-02-01", "period_end": "2020-03-01", "opening_mrr": "100.00", "expansion_mrr": "10.00",
            "reactivation_mrr": "30.00", "contraction_mrr": "0.00", "churned_mrr": "40.00", "net_churned_mrr": "-5.00",
            "flow_grr": 0.6, "flow_nrr": 1.0, "net_mrr_churn_all": -0.05,
        }  # fmt: skip
        self.assertEqual(row, expected)
        # By period ends b has lost 10 and there is one expansion; c is new at 55 and nothing else.
        (row,) = flow_retention(book(*rows), {"sampling": "period_end"}, "2020-02-01", "2020-03-01")
        self.assertEqual(months([row], "contraction_mrr", "net_churned_mrr", "flow_grr", "flow_nrr"), [("10.00", "0.00", 0.9, 1.0)])
        # A return that stands as new business is no flow of those who were there.
        (row,) = flow_retention(book(*rows), {"reactivation_as": "new"}, "2020-02-01", "2020-03-01")
        self.assertEqual(months([row], "reactivation_mrr", "net_churned_mrr", "flow_nrr"), [("0.00", "25.00", 0.7)])
        (row,) = flow_retention(book(), {}, "2020-02-01", "2020-03-01")
        self.assertEqual(months([row], "flow_grr", "flow_nrr", "net_mrr_churn_all"), [(None, None, None)])


class Cohorts(unittest.TestCase):
    COLUMNS = ("cohort", "age", "size", "base_mrr", "customers", "mrr", "customer_retention", "mrr_retention")

    def book(self):
        """Two of January, one of whom leaves within it; one of March, who joined at 4 on the 5th and has 8 at its close."""
        rows = [
            contract("a", "2020-01-10", mrr="10", customer_id="a"), contract("b", "2020-01-10", "2020-01-20", "6", customer_id="b"),
            contract("c", "2020-03-05", mrr="4", customer_id="c"), contract("c2", "2020-03-20", mrr="4", customer_id="c"),
            contract("free", "2020-01-01", mrr="0", customer_id="c"), contract("late", "2020-05-01", mrr="9", customer_id="late"),
        ]  # fmt: skip
        return book(*rows)

    def test_worked(self):
        january = [("2020-01-01", age, 2, "16.00", 1, "10.00", 0.5, 0.625) for age in range(4)]
        march = [("2020-03-01", age, 1, "4.00", 1, "8.00", 1.0, 2.0) for age in range(2)]
        rows = cohorts(self.book(), {}, "2020-04-02")  # widened to the end of April
        self.assertEqual(list(rows[0]), model.COHORT_COLUMNS)
        self.assertEqual(months(rows, *self.COLUMNS), january + march)
        self.assertEqual(cohorts(self.book(), {}, "2020-05-01"), rows)
        self.assertEqual(months(cohorts(self.book(), {}, "2020-04-01"), *self.COLUMNS), january[:3] + march[:1])
        self.assertEqual(months(cohorts(self.book(), {}, "2021-01-01", known_on="2020-04-29"), *self.COLUMNS), january[:3] + march[:1])
        self.assertEqual(months(cohorts(self.book(), {}, "2020-04-02", by="customer_id"), "customer_id", "cohort", "age")[-2:], [("c", "2020-03-01", 0), ("c", "2020-03-01", 1)])

    def test_active_from_the_start(self):
        rows = cohorts(self.book(), {"free_counts": True}, "2020-02-01")
        self.assertEqual(months(rows, *self.COLUMNS), [("2020-01-01", 0, 3, "16.00", 2, "10.00", 2 / 3, 0.625)])
        rows = cohorts(book(contract("free", "2020-01-01", mrr="0")), {"free_counts": True}, "2020-02-01")
        self.assertEqual(months(rows, "base_mrr", "customer_retention", "mrr_retention"), [("0.00", 1.0, None)])

    def test_longer_periods_and_the_daily_line(self):
        """Sampled by quarter ends nobody sees b; it is in the cohort all the same."""
        rows = cohorts(self.book(), {"period": "quarter", "sampling": "period_end"}, "2020-02-01")
        self.assertEqual(months(rows, "cohort", "size", "base_mrr", "customers", "mrr"), [("2020-01-01", 3, "20.00", 2, "18.00")])


class Refusals(unittest.TestCase):
    def refused(self, code, operation, *arguments, **named):
        with self.assertRaises(ModelError) as caught:
            operation(*arguments, **named)
        self.assertEqual(caught.exception.code, code)

    def test_ranges(self):
        for end in ("2020-01-01", "2019-12-31"):
            for operation in (movements, journal, retention, flow_retention):
                self.refused("invalid_range", operation, book(), {}, "2020-01-01", end)

    def test_names(self):
        given = book(contract("c", "2020-01-01", mrr="1"))
        self.refused("unknown_attribute", movements, given, {}, "2020-01-01", "2020-02-01", by="segment")
        self.refused("unknown_attribute", cohorts, given, {}, "2020-02-01", by=["product", "Product"])
        self.refused("invalid_argument", movements, given, {}, "2020-01-01", "2020-02-01", by=["product", "product"])
        self.refused("invalid_argument", cohorts, given, {}, "2020-02-01", by="cohort")
        self.refused("invalid_argument", retention, book(), {}, "2020-01-01", "2020-02-01", by="grr")
        given["customers"] = [customer("acme", age="7")]
        self.refused("invalid_argument", cohorts, given, {}, "2020-02-01", by="age")
        self.assertEqual(len(movements(given, {}, "2020-01-01", "2020-02-01", by="age")), 1)

    def test_windows(self):
        for window in ("0 months", "1201 months", "01 months", "+1 months", "1 month", "12", "", "period ", "1 months\n", "٣ months"):
            self.refused("invalid_argument", retention, book(), {}, "2020-01-01", "2020-02-01", window=window)

    def test_parents(self):
        given = book(contract("c", "2020-01-01", mrr="1")) | {"customers": [customer("acme", parent_id="nobody")]}
        asked = (given, {}, "2020-01-01", "2020-02-01")
        self.refused("unknown_parent", movements, *asked, level="parent")
        self.assertEqual(len(movements(*asked)), 1)
        given["customers"].append(customer("acme", recorded_on="2020-03-01"))
        self.assertEqual(len(movements(*asked, level="parent")), 1)
        self.refused("unknown_parent", movements, *asked, level="parent", known_on="2020-02-29")
        given["customers"] = [customer("acme", parent_id="b"), customer("b", parent_id="b")]
        self.refused("parent_cycle", journal, *asked, level="parent")

    def test_second_currency(self):
        row = contract("c", "2020-01-01", mrr="1", currency="EUR", recorded_on="2020-03-01")
        self.refused("second_currency", movements, book(row), {}, "2019-01-01", "2019-02-01")
        self.assertEqual(len(movements(book(row), {}, "2019-01-01", "2019-02-01", known_on="2020-02-29")), 1)
        self.assertEqual(len(movements(book(row | {"kind": "trial"}), {}, "2019-01-01", "2019-02-01")), 1)

    def test_too_many_digits(self):
        asked = ("2020-01-01", "2020-02-01")
        row = contract("c", "2020-01-01", mrr="1.2500")
        self.assertEqual(len(movements(book(row), {}, *asked)), 1)
        row["mrr"] = "1.255"
        self.refused("too_many_digits", movements, book(row), {}, *asked)
        self.assertEqual(len(movements(book(row), {"extra_digits": 1}, *asked)), 1)
        # The price that is used is looked at.
        row["list_mrr"] = "2"
        self.assertEqual(len(movements(book(row), {"discounts": "list"}, *asked)), 1)

    def test_overflow(self):
        asked = ("2020-01-01", "2020-02-01")
        largest = contract("c", "2020-01-01", mrr="92233720368547758.07")
        self.assertEqual(movements(book(largest), {}, *asked)[0]["closing_arr"], "1106804644422573096.84")
        self.refused("overflow", movements, book(largest), {"extra_digits": 1}, *asked)
        one_more = contract("d", "2020-02-01", mrr="0.01")
        self.assertEqual(len(movements(book(largest, one_more), {}, *asked)), 1)  # not yet, on the days looked at
        self.refused("overflow", movements, book(largest, one_more), {}, "2020-01-01", "2020-02-02")
        given = book(largest, one_more | {"customer_id": "b"}) | {"customers": [customer("acme"), customer("b", parent_id="acme")]}
        for operation in (movements, journal, retention, flow_retention):
            self.assertTrue(operation(given, {}, "2020-01-01", "2020-02-02"))
            self.refused("overflow", operation, given, {}, "2020-01-01", "2020-02-02", level="parent")
        self.refused("overflow", cohorts, given, {}, "2020-02-02", level="parent")

    def test_arguments_go_first(self):
        given = book(contract("c", "2020-01-01", mrr="1.001")) | {"customers": [customer("acme", parent_id="acme")]}
        self.refused("invalid_range", retention, given, {}, "2020-01-01", "2020-01-01", by="colour", window="", level="parent")
        self.refused("unknown_attribute", retention, given, {}, "2020-01-01", "2020-02-01", by="colour", window="", level="parent")
        self.refused("invalid_argument", retention, given, {}, "2020-01-01", "2020-02-01", window="", level="parent")
        self.refused("parent_cycle", retention, given, {}, "2020-01-01", "2020-02-01", level="parent")
        self.refused("too_many_digits", retention, given, {}, "2020-01-01", "2020-02-01")


if __name__ == "__main__":
    unittest.main()
