"""Worked numbers: what is measured of a customer, and when it is known."""

import unittest

from definitions import parse_day
from facts import known_facts
from model import observed_until
from worked import DAY, contract, explained, measure, paying, signal


class Values(unittest.TestCase):
    """The section "What is measured"."""

    def value(self, rows, aggregate, table="signals", as_of=DAY, contracts=(), **more):
        """The value of a table that has these rows, and its day."""
        given = paying(*contracts, **({} if rows is None else {table: rows}))
        (row,) = explained(given, measure({"table": table, "aggregate": aggregate} | more), as_of=as_of)
        self.assertEqual(row["state"] == "missing", row["value"] is None)
        return row["value"], row["observed_on"]

    def test_last(self):
        rows = [signal("2026-06-01", 5), signal("2026-06-20", 3), signal("2026-06-10", 9)]
        self.assertEqual(self.value(rows, "last"), (3.0, "2026-06-20"))
        self.assertEqual(self.value([], "last"), (None, None))
        same_day = [signal("2026-06-20", 3, recorded_on="2026-06-21"), signal("2026-06-20", 8), signal("2026-06-20", 2, recorded_on="2026-06-22")]
        self.assertEqual(self.value(same_day, "last"), (2.0, "2026-06-20"))
        self.assertEqual(self.value([*same_day, same_day[2] | {"value": 4}], "last"), (4.0, "2026-06-20"))
        early = [signal("2026-06-20", 3, recorded_on="2026-06-19"), signal("2026-06-20", 2)]
        self.assertEqual(self.value(early, "last"), (2.0, "2026-06-20"))

    def test_last_of_states(self):
        """A row without a day is behind all others, one without the number is none."""
        rows = [
            {"outcome_id": "a", "experience": 9}, {"outcome_id": "b", "experience": 4, "observed_on": "2026-02-01"},
            {"outcome_id": "c", "current": 1, "observed_on": "2026-03-01"},
        ]  # fmt: skip
        self.assertEqual(self.value(rows, "last", "outcomes", column="experience"), (4.0, "2026-02-01"))
        self.assertEqual(self.value(rows[:1], "last", "outcomes", column="experience"), (9.0, None))
        self.assertEqual(self.value([rows[0], rows[0] | {"outcome_id": "d", "experience": 3}], "last", "outcomes", column="experience"), (9.0, None))

    def test_sums_are_exact(self):
        tenths = [signal("2026-06-01", 0.1)] * 10
        self.assertEqual(self.value(tenths, "sum"), (1.0, "2026-06-01"))
        self.assertEqual(self.value(tenths, "mean"), (0.1, "2026-06-01"))
        rows = [signal("2026-06-03", 1e15), signal("2026-06-02", 0.1), signal("2026-06-01", -1e15)]
        self.assertEqual(self.value(rows, "sum"), (0.1, "2026-06-03"))
        self.assertEqual(self.value(rows, "mean"), (0.1 / 3, "2026-06-03"))
        self.assertEqual(self.value([], "sum"), (None, None))
        self.assertEqual(self.value([], "mean"), (None, None))

    def test_rows_without_the_number(self):
        """Asked on the twentieth and not answered: the mean rests on the answers."""
        rows = [{"date": "2026-06-20", "kind": "nps"}, {"date": "2026-06-10", "kind": "nps", "score": 9}, {"date": "2026-06-01", "kind": "nps", "score": 6}]
        for aggregate, expected in [
            ("mean", (7.5, "2026-06-10")), ("sum", (15.0, "2026-06-10")), ("last", (9.0, "2026-06-10")), ("count", (3.0, "2026-06-20")),
            ("share", (2 / 3, "2026-06-20")), ("days_since", (10.0, "2026-06-20")), ("slope", (10.0, "2026-06-10")),
        ]:  # fmt: skip
            self.assertEqual(self.value(rows, aggregate, "surveys"), expected)
        self.assertEqual(self.value(rows[:1], "sum", "surveys"), (None, None))

    def test_count_and_distinct(self):
        self.assertEqual(self.value([signal("2026-06-01", 0), signal("2026-06-01", 0)], "count"), (2.0, "2026-06-01"))
        self.assertEqual(self.value([], "count"), (None, None))
        rows = [{"date": "2026-06-01", "kind": "bug", "topic": topic} for topic in ("a", "A", "a", None)]
        self.assertEqual(self.value(rows, "distinct", "feedback", column="topic"), (2.0, "2026-06-01"))
        self.assertEqual(self.value(rows[3:], "distinct", "feedback", column="topic"), (0.0, None))

    def test_events_that_are_kept(self):
        """From the first row on, whosever it is; a window that was over by then says nothing."""
        asked = {"table": "actions"}
        given = [{"customer_id": None, "play": "call", "opened_on": "2026-06-10", "finding_id": "f"}]
        for aggregate, more in [("count", {}), ("sum", {"table": "engagements", "column": "minutes"}), ("distinct", {"column": "finding_id"})]:
            asked |= {"table": "actions"} | more
            rows = given if asked["table"] == "actions" else [{"customer_id": "other", "date": "2026-06-10", "kind": "qbr", "channel": "human", "minutes": 5}]
            for as_of, lag, expected in [("2026-06-09", 0, None), ("2026-06-10", 0, 0.0), ("2026-06-15", 5, 0.0), ("2026-06-15", 6, None)]:
                with self.subTest(aggregate=aggregate, as_of=as_of, lag=lag):
                    self.assertEqual(self.value(rows, aggregate, as_of=as_of, lag_days=lag, **asked), (expected, None))
        for aggregate in ("mean", "last", "slope", "share"):
            self.assertEqual(self.value(rows, aggregate, "engagements", column="minutes"), (None, None))
        self.assertEqual(self.value(rows, "days_since", "engagements"), (None, None))
        self.assertEqual(self.value(None, "count", "engagements"), (None, None))

    def test_states_that_are_kept(self):
        rows = [{"customer_id": "other", "person_id": "p", "role": "champion", "since": "2026-06-10", "left_on": "2026-06-12"}]
        for as_of, expected in [("2026-06-09", None), ("2026-06-10", 0.0), ("2026-06-30", 0.0)]:
            self.assertEqual(self.value(rows, "count", "stakeholders", as_of=as_of), (expected, None))
            self.assertEqual(self.value(rows, "distinct", "stakeholders", as_of=as_of, column="role"), (expected, None))
            self.assertEqual(self.value(rows, "share", "stakeholders", as_of=as_of, column="role"), (None, None))

    def test_days_since(self):
        rows = [{"case_id": "a", "opened_on": "2026-06-01", "closed_on": "2026-06-29"}, {"case_id": "b", "opened_on": "2026-06-20"}]
        self.assertEqual(self.value(rows, "days_since", "cases"), (10.0, "2026-06-20"))
        self.assertEqual(self.value(rows, "days_since", "cases", column="closed_on"), (1.0, "2026-06-01"))
        self.assertEqual(self.value(rows, "days_since", "cases", lag_days=11), (29.0, "2026-06-01"))
        self.assertEqual(self.value([{"milestone": "kickoff", "due_on": "2026-07-07"}], "days_since", "milestones", column="due_on"), (-7.0, None))

    def test_slope(self):
        self.assertEqual(self.value([signal("2026-06-10", 0), signal("2026-06-20", 10)], "slope"), (30.0, "2026-06-20"))
        self.assertEqual(self.value([signal("2026-06-10", 7), signal("2026-06-10", 9)], "slope"), (None, None))
        # Days 0, 1 and 3, so 3 x - 4 is -4, -1 and 5: times 5, 5 and 2 that is -15, and 3 x 10 - 16 is 14.
        rows = [signal("2026-06-01", 5), signal("2026-06-02", 5), signal("2026-06-04", 2)]
        self.assertEqual(self.value(rows, "slope"), (-450 / 14, "2026-06-04"))
        self.assertEqual(self.value(rows, "slope", window_days=29), (-45.0, "2026-06-04"))

    def test_share(self):
        rows = [{"date": "2026-06-01", "kind": "qbr", "channel": "human", "two_way": flag, "minutes": 0} for flag in (True, False, None, True)]
        self.assertEqual(self.value(rows, "share", "engagements", column="two_way"), (0.5, "2026-06-01"))
        self.assertEqual(self.value(rows, "share", "engagements", column="minutes"), (1.0, "2026-06-01"))
        self.assertEqual(self.value(rows, "share", "engagements", column="owner"), (0.0, "2026-06-01"))

    def test_contracts(self):
        more = [contract("d", "2026-06-01", mrr="50", customer_id="acme")]
        self.assertEqual(self.value(None, "days_since", "contracts"), (180.0, DAY))
        for window, lag, expected in [
            (30, None, (0.5, DAY)), (29, None, (0.0, DAY)), (28, 2, (0.5, "2026-06-28")), (180, 0, (0.5, DAY)), (181, 0, (None, None)),
            (10**6, 10**6, (None, None)),
        ]:  # fmt: skip
            self.assertEqual(self.value(None, "growth", "contracts", contracts=more, window_days=window, lag_days=lag), expected)

    def test_contracts_as_they_were_known(self):
        """The end was known on its day, and so the growth of -1/3."""
        ended = [contract("d", "2026-01-01", "2026-06-30", "50", customer_id="acme")]
        self.assertEqual(self.value(None, "growth", "contracts", contracts=ended, window_days=30), (-50 / 150, DAY))
        self.assertEqual(self.value(None, "growth", "contracts", contracts=ended, window_days=30, as_of="2026-06-29"), (0.0, "2026-06-29"))

    def test_ratio(self):
        def ratio(of, to, rows):
            sides = [{"table": "signals", "aggregate": "last", "where": {"signal": name}} for name in (of, to)]
            (row,) = explained(paying(signals=rows), measure({"ratio": {"of": sides[0], "to": sides[1]}}))
            return row["value"], row["observed_on"]

        rows = [signal("2026-06-10", 1, "a"), signal("2026-06-20", 3, "b"), signal("2026-06-20", 0, "zero")]
        self.assertEqual(ratio("a", "b", rows), (1 / 3, "2026-06-10"))
        self.assertEqual(ratio("b", "a", rows), (3.0, "2026-06-10"))
        self.assertEqual(ratio("zero", "b", rows), (0.0, "2026-06-20"))
        for of, to in [("a", "zero"), ("a", "c"), ("c", "a")]:
            self.assertEqual(ratio(of, to, rows), (None, None))

    def test_a_ratio_with_one_day(self):
        """Of no cases at all there is no day: the other one counts."""
        none = {"table": "cases", "aggregate": "count", "window_days": 30}
        users = {"table": "signals", "aggregate": "last"}
        given = paying(cases=[{"case_id": "k", "opened_on": "2026-01-10"}], signals=[signal("2026-06-10", 4)])
        (row,) = explained(given, measure({"ratio": {"of": none, "to": users}}))
        self.assertEqual((row["value"], row["observed_on"]), (0.0, "2026-06-10"))

    def test_other_numbers(self):
        outcome = {"outcome_id": "o", "baseline": 10, "target": 4, "current": 8.5}
        self.assertEqual(self.value([outcome], "last", "outcomes", column="progress"), (0.25, None))
        for broken in ({"target": 10}, {"baseline": None}, {"target": None}, {"current": None}):
            self.assertEqual(self.value([outcome | broken], "mean", "outcomes", column="progress"), (None, None))
        case = {"case_id": "k", "opened_on": "2026-06-01", "closed_on": "2026-06-04"}
        self.assertEqual(self.value([case, case | {"case_id": "l", "closed_on": None}], "mean", "cases", column="days_to_close"), (3.0, "2026-06-01"))
        self.assertEqual(self.value([{"date": "2026-06-01", "kind": "bug", "answered_on": "2026-06-08"}], "last", "feedback", column="days_to_answer"), (7.0, "2026-06-01"))

    # --- which rows count --------------------------------------------------------------------------------------

    def test_windows_at_both_edges(self):
        days = ["2026-05-31", "2026-06-01", "2026-06-29", "2026-06-30", "2026-07-01"]
        rows = [signal(day, 1, recorded_on="2026-01-01") for day in days]
        for window, lag, expected in [
            (30, None, 3), (29, 0, 2), (31, 0, 4), (1, 0, 1), (1, 1, 1), (28, 1, 1), (29, 1, 2), (2, 28, 1), (None, 0, 4), (None, 29, 2),
            (None, 30, 1),
        ]:  # fmt: skip
            with self.subTest(window=window, lag=lag):
                self.assertEqual(self.value(rows, "count", window_days=window, lag_days=lag)[0], expected)
        self.assertEqual(self.value(rows, "count", window_days=27, lag_days=2), (None, None))
        self.assertEqual(self.value(rows, "last", lag_days=1), (1.0, "2026-06-29"))

    def test_stakeholders_who_are_there(self):
        def there(**row):
            return self.value([{"person_id": "p", "role": "user"} | row], "count", "stakeholders")[0]

        self.assertEqual([there(), there(since=DAY), there(since="2026-01-01", left_on="2026-07-01")], [1.0] * 3)
        self.assertEqual([there(left_on=DAY), there(since=DAY, left_on=DAY)], [0.0] * 2)
        self.assertIsNone(there(since="2026-07-01"))

    def test_where(self):
        rows = [
            {"case_id": "a", "opened_on": "2026-06-01", "priority": "high", "resolved_by_self": True},
            {"case_id": "b", "opened_on": "2026-06-01", "priority": "low", "resolved_by_self": False},
            {"case_id": "c", "opened_on": "2026-06-01", "priority": "High"},
            {"case_id": "d", "opened_on": "2026-06-01", "closed_on": "2026-07-01"},
        ]
        for where, expected in [
            ({}, 4), ({"priority": "high"}, 1), ({"priority": ["high", "low", "x"]}, 2), ({"priority": None}, 1), ({"priority": "x"}, 0),
            ({"resolved_by_self": True}, 1), ({"resolved_by_self": False}, 1), ({"resolved_by_self": None}, 2), ({"closed_on": None}, 4),
            ({"priority": "high", "resolved_by_self": False}, 0), ({"priority": "low", "resolved_by_self": False}, 1),
        ]:  # fmt: skip
            self.assertEqual(self.value(rows, "count", "cases", where=where)[0], expected, where)


class Known(unittest.TestCase):
    """The section "When a fact is known"."""

    def known(self, table, row, first, day_before):
        """The row is known from the day `first` on, and not on the day before."""
        self.assertEqual(known_facts({table: [row]}, table, parse_day(first)), [row])
        self.assertEqual(known_facts({table: [row]}, table, parse_day(day_before)), [])

    def later(self, table, row, column, *others):
        """On the third of March, the day in the column, it and the others are known; on the second they are absent."""
        row = row | {column: "2026-03-03"} | dict.fromkeys(others, "told")
        (before,) = known_facts({table: [row]}, table, parse_day("2026-03-02"))
        self.assertEqual(before, row | dict.fromkeys((column, *others)))
        self.assertEqual(known_facts({table: [row]}, table, parse_day("2026-03-03")), [row])
        open_row = row | {column: None}
        self.assertEqual(known_facts({table: [open_row]}, table, parse_day("2026-03-02")), [open_row])

    def test_rows(self):
        march = ("2026-03-01", "2026-02-28")
        self.known("signals", signal("2026-03-01", 1), *march)
        self.known("signals", signal("2026-01-01", 1, recorded_on="2026-03-01"), *march)
        self.known("signals", signal("2026-04-01", 1, recorded_on="2026-03-01"), *march)
        for table in ("engagements", "surveys", "advocacy", "feedback"):
            self.known(table, {"date": "2026-03-01"}, *march)
        for table in ("cases", "actions"):
            self.known(table, {"opened_on": "2026-03-01", "due_on": "2027-01-01"}, *march)
        self.known("outcomes", {"agreed_on": "2026-03-01", "observed_on": "2026-02-01", "due_on": "2027-01-01"}, *march)
        self.known("stakeholders", {"since": "2026-03-01"}, *march)

    def test_rows_without_a_day_were_always_known(self):
        row = {"due_on": "2027-01-01"}
        for table in ("milestones", "outcomes", "stakeholders"):
            self.assertEqual(known_facts({table: [row]}, table, parse_day("1900-01-01")), [row])

    def test_cells(self):
        self.later("feedback", {"date": "2026-01-01"}, "answered_on")
        self.later("feedback", {"date": "2026-01-01"}, "released_on")
        self.later("cases", {"opened_on": "2026-01-01"}, "closed_on", "resolved_by_self", "satisfaction")
        self.later("actions", {"opened_on": "2026-01-01", "due_on": "2027-01-01", "snoozed_until": "2027-01-01"}, "closed_on", "result")
        self.later("milestones", {"due_on": "2027-01-01"}, "reached_on")
        self.later("outcomes", {"agreed_on": "2026-01-01", "baseline": 1, "target": 2}, "observed_on", "current", "experience")
        self.later("outcomes", {"due_on": "2027-01-01"}, "achieved_on")
        self.later("stakeholders", {"since": "2026-01-01"}, "left_on", "moved_to_customer_id")

    def test_what_is_measured_of_it(self):
        """Reached on the third of March: the day before there is a milestone without a day."""
        given = paying(milestones=[{"milestone": "kickoff", "reached_on": "2026-03-03"}])
        reached = {"table": "milestones", "aggregate": "share", "column": "reached_on"}
        for as_of, expected in [("2026-03-02", (0.0, None)), ("2026-03-03", (1.0, "2026-03-03"))]:
            (row,) = explained(given, measure(reached), as_of=as_of)
            self.assertEqual((row["value"], row["observed_on"]), expected)

    def test_observed_until(self):
        for table, row, expected in [
            ("signals", signal("2026-03-01", 1), "2026-03-01"),
            ("signals", signal("2026-03-01", 1, recorded_on="2026-02-01"), "2026-02-01"),
            ("cases", {"opened_on": "2026-02-01", "closed_on": "2026-02-05"}, "2026-02-05"),
            ("actions", {"opened_on": "2026-02-01", "due_on": "2027-01-01"}, "2026-02-01"),
            ("milestones", {"due_on": "2027-01-01"}, "2026-01-01"),
            ("outcomes", {"observed_on": "2026-02-01"}, "2026-02-01"),
            ("practices", {"topic": "authority", "since": "2026-02-01"}, "2026-02-01"),
        ]:
            self.assertEqual(observed_until(paying(**{table: [row]})), expected, table)


if __name__ == "__main__":
    unittest.main()
