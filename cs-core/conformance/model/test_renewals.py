"""Worked numbers of contracts that fall due; those of what is signed, and random calls, come along."""

import unittest

from definitions import ModelError
from model import renewal_lines, renewals
from test_committed import Committed  # noqa: F401
from test_renewal_calls import RenewalCalls  # noqa: F401
from worked import auto, book, contract, months, term


def due(*contracts, known_on="2027-12-31", start="2026-01-01", end="2027-01-01", **definitions):
    return renewal_lines(book(*contracts), definitions, start, end, known_on=known_on)


def outcomes(*contracts, **asked):
    return months(due(*contracts, **asked), "due_on", "outcome", "timing")


A = term("a", "2025-03-01", "2026-03-01")
LOST = [("2026-03-01", "lost", None)]


class Followed(unittest.TestCase):
    def test_early_overlap(self):
        """Signed and begun a month before the old one ends: 28 days in 2026."""
        b = contract("b", "2026-02-01", None, "100")
        row = {
            "customer_id": "acme", "product": None, "due_on": "2026-03-01", "outcome": "renewed", "timing": "early", "is_first": True,
            "due_mrr": "100.00", "renewed_mrr": "100.00", "discount": None, "renewed_discount": None, "contract_ids": ["a"], "renewed_by": ["b"],
        }  # fmt: skip
        self.assertEqual(due(A, b), [row])
        self.assertEqual(due(A, b, early_days=28), [row])
        self.assertEqual(outcomes(A, b, early_days=27), LOST)

    def test_renewed_on_time_and_then_more(self):
        """What is bought two weeks later is an upsell, and no part of the renewal; be it told first."""
        b, c = contract("b", "2026-03-01", None, "100"), contract("c", "2026-03-15", None, "50")
        self.assertEqual(outcomes(c, b, A), [("2026-03-01", "renewed", "on_time")])
        self.assertEqual(outcomes(A, c), [("2026-03-01", "downgraded", "late")])
        self.assertEqual(outcomes(A, contract("b", "2026-03-01", None, "150")), [("2026-03-01", "upgraded", "on_time")])

    def test_late_within_the_grace_and_beyond(self):
        self.assertEqual(outcomes(A, contract("b", "2026-03-31", None, "100")), [("2026-03-01", "renewed", "late")])
        self.assertEqual(outcomes(A, contract("b", "2026-04-01", None, "100")), LOST)
        self.assertEqual(outcomes(A, contract("b", "2026-04-01", None, "100"), renewal_grace_days=31), [("2026-03-01", "renewed", "late")])

    def test_two_lines_renewed_by_one(self):
        a, z = term("a", "2025-03-01", "2026-03-01", "60"), term("z", "2025-06-01", "2026-03-01", "40")
        for link in (None, "a", "z"):
            b = contract("b", "2026-03-01", None, "100", renews_contract_id=link)
            (row,) = due(z, b, a)
            self.assertEqual((row["outcome"], row["contract_ids"], row["renewed_by"], row["due_mrr"]), ("renewed", ["a", "z"], ["b"], "100.00"))

    def test_two_lines_of_two_products(self):
        """A contract follows one alone; unless all of a customer is one line."""
        a, z = term("a", "2025-03-01", "2026-03-01", "60", product="p"), term("z", "2025-06-01", "2026-03-01", "40")
        b = contract("b", "2026-03-01", None, "100", product="p")
        self.assertEqual(months(due(a, z, b), "product", "outcome"), [("p", "upgraded"), (None, "lost")])
        self.assertEqual(months(due(a, z, b, renewal_unit="customer"), "product", "outcome", "renewed_by"), [(None, "renewed", ["b"])])

    def test_migration(self):
        a = term("a", "2025-03-01", "2026-03-01", product="old")
        b = contract("b", "2026-03-01", None, "100", product="new")
        self.assertEqual(outcomes(a, b), LOST)
        linked = b | {"renews_contract_id": "a"}
        self.assertEqual(months(due(a, linked), "product", "outcome", "renewed_by"), [("old", "renewed", ["b"])])
        # A link holds whenever the contract starts.
        self.assertEqual(outcomes(a, linked | {"start_date": "2026-09-01"}), [("2026-03-01", "renewed", "late")])
        self.assertEqual(outcomes(a, linked | {"start_date": "2025-01-01"}), [("2026-03-01", "renewed", "early")])

    def test_links_that_lead_nowhere(self):
        """To none that there is, to itself, to another customer's, to a trial: the contract is free."""
        others = [term("x", "2025-01-01", "2030-01-01", customer_id="other"), contract("t", "2026-01-01", None, "5", kind="trial")]
        for link, expected in [("gone", ["b"]), ("b", ["b"]), ("x", ["b"]), ("t", ["b"]), ("a", ["b"]), ("o", [])]:
            rows = due(A, contract("o", "2020-01-01", None, "1"), contract("b", "2026-03-01", None, "100", renews_contract_id=link), *others)
            self.assertEqual(months(rows, "contract_ids", "renewed_by"), [(["a"], expected)], link)

    def test_several_links(self):
        """They renew it together, in order of start, then of id; and follow nothing else."""
        link = {"renews_contract_id": "a"}
        for start, in_order in [("2026-03-02", ["d", "b"]), ("2026-03-01", ["b", "d"]), ("2026-02-28", ["b", "d"])]:
            b, d = contract("b", start, None, "1", **link), contract("d", "2026-03-01", None, "1", **link)
            (row,) = due(A, term("o", "2025-03-01", "2026-03-01"), b, d)
            self.assertEqual((row["renewed_by"], row["contract_ids"]), (in_order, ["a", "o"]))

    def test_in_turn(self):
        """Who is due first takes first, even before the range; a contract follows none that starts with it or later."""
        a, z = term("a", "2025-01-01", "2025-12-20"), term("z", "2025-02-01", "2026-01-10")
        b = contract("b", "2026-01-10", None, "100")
        self.assertEqual(outcomes(z, b), [("2026-01-10", "renewed", "on_time")])
        self.assertEqual(outcomes(a, z, b), [("2026-01-10", "lost", None)])
        self.assertEqual(outcomes(term("a", "2026-02-01", "2026-03-01"), contract("b", "2026-02-01", None, "1")), LOST)

    def test_one_that_is_due_itself(self):
        """Of two that end on a day the younger does not follow the older, nor does one that ended before."""
        rows = due(A, term("z", "2026-02-01", "2026-03-01", "30"), contract("b", "2026-03-10", None, "70"))
        self.assertEqual(months(rows, "outcome", "timing", "due_mrr", "renewed_mrr", "renewed_by"), [("downgraded", "late", "130.00", "70.00", ["b"])])
        self.assertEqual(outcomes(A, term("z", "2026-01-20", "2026-02-28", "30"), start="2026-03-01"), LOST)
        self.assertEqual(outcomes(A, term("z", "2026-01-20", "2026-03-02", "30"), end="2026-03-02")[0], ("2026-03-01", "downgraded", "early"))
        # Nor does one that says so and is over by then.
        rows = due(A, term("z", "2026-02-01", "2026-03-01", "30", renews_contract_id="a"))
        self.assertEqual(months(rows, "outcome", "due_mrr", "renewed_by"), [("lost", "130.00", [])])
        rows = due(A, term("z", "2026-02-01", "2026-03-02", "30", renews_contract_id="a"))
        self.assertEqual(months(rows, "outcome", "timing", "renewed_by"), [("downgraded", "early", ["z"]), ("lost", None, [])])

    def test_first(self):
        b = term("b", "2026-03-01", "2026-09-01")
        self.assertEqual(months(due(A, b), "due_on", "is_first"), [("2026-03-01", True), ("2026-09-01", False)])
        self.assertEqual(months(due(b), "is_first"), [(True,)])
        # Taken by one that is due after the range.
        late, early = term("late", "2025-01-01", "2026-02-10"), auto("early", "2026-01-01", "2026-01-31")
        self.assertEqual(months(due(late, early, end="2026-02-01"), "contract_ids", "is_first"), [(["early"], False)])
        # Of what was amended twice and never came to a term the last is the first to do so.
        chain = [auto("a", "2025-01-01", "2026-01-01", "2025-04-01"), auto("b", "2025-04-01", "2026-04-01", "2025-06-01"), term("c", "2025-06-01", "2026-03-01")]
        self.assertEqual(months(due(*chain), "contract_ids", "is_first"), [(["c"], True)])
        chain[0] |= {"term_end": "2025-02-01"}
        self.assertEqual(months(due(*chain, start="2026-03-01"), "contract_ids", "is_first"), [(["c"], False)])


class Ended(unittest.TestCase):
    def test_notice_and_no_renewal(self):
        a = auto("a", "2025-03-01", "2026-03-01", "2026-03-01", notice_date="2026-01-10")
        for known_on, expected in [("2026-01-09", "pending"), ("2026-01-10", "pending"), ("2026-03-30", "pending"), ("2026-03-31", "lost")]:
            self.assertEqual(outcomes(a, known_on=known_on, end="2026-04-01"), [("2026-03-01", expected, None)], known_on)
        # Taken back: until the end itself the contract reads as one that goes on.
        a |= {"notice_withdrawn_on": "2026-01-20"}
        for known_on, expected in [("2026-01-15", 1), ("2026-02-20", 12), ("2026-03-01", 1)]:
            self.assertEqual(len(due(a | {"term_end": "2025-04-01"}, known_on=known_on, start="2026-03-01", end="2027-03-01")), expected)

    def test_of_what_is_seen_without_known_on(self):
        """The book is seen up to the latest day on which something became known."""
        for start, known_on, expected in [
            ("2026-03-30", None, "pending"), ("2026-03-31", None, "lost"), ("2026-03-30", "2027-12-31", "pending"), ("2026-03-31", "2026-03-30", "pending"),
        ]:  # fmt: skip
            given = book(A, contract("o", start, None, "1", customer_id="other"))
            del given["observed_until"]
            (row,) = renewal_lines(given, {}, "2026-01-01", "2027-01-01", known_on=known_on)
            self.assertEqual(row["outcome"], expected, start)

    def test_nothing_is_paid(self):
        free = term("a", "2025-03-01", "2026-03-01", "0")
        self.assertEqual(outcomes(free), [("2026-03-01", "free", None)])
        self.assertEqual(outcomes(free, contract("b", "2026-03-01", None, "5")), [("2026-03-01", "free", "on_time")])
        self.assertEqual(outcomes(A, contract("b", "2026-03-01", None, "0")), [("2026-03-01", "downgraded", "on_time")])
        self.assertEqual(outcomes(A, free | {"contract_id": "f"}, known_on="2026-03-02"), [("2026-03-01", "pending", None)])

    def test_without_end_and_term(self):
        a = contract("a", "2026-01-15", None, "100")
        self.assertEqual(due(a), [])
        self.assertEqual(months(renewals(book(a), {}, "2026-01-01", "2026-02-01"), "due_count", "open_ended_mrr"), [(0, "100.00")])
        self.assertEqual(outcomes(contract("a", "2026-01-15", "2026-03-01", "100")), LOST)

    def test_renews_itself(self):
        """From the last of January: the last of every month, the thirtieth is not the anchor."""
        runs_on = [(day, "renewed", "on_time") for day in ("2026-02-28", "2026-03-31", "2026-04-30")]
        monthly = auto("a", "2026-01-31", "2026-02-28")
        self.assertEqual(outcomes(monthly, end="2026-05-01"), runs_on)
        rows = due(monthly, end="2026-05-01", known_on="2026-03-31")
        self.assertEqual(months(rows, "outcome", "is_first", "renewed_by"), [("renewed", True, ["a"]), ("renewed", False, ["a"]), ("pending", False, [])])
        self.assertEqual(outcomes(monthly | {"end_date": "2026-04-30"}), [*runs_on[:2], ("2026-04-30", "lost", None)])
        self.assertEqual(outcomes(monthly | {"end_date": "2026-05-15"}), [*runs_on, ("2026-05-15", "early_termination", None)])
        self.assertEqual(outcomes(monthly | {"end_date": "2026-02-10"}), [("2026-02-10", "early_termination", None)])
        # Followed where it ends on a term.
        b = contract("b", "2026-05-01", None, "120")
        self.assertEqual(outcomes(monthly | {"end_date": "2026-04-30"}, b), [*runs_on[:2], ("2026-04-30", "upgraded", "late")])

    def test_terms_of_days(self):
        """Thirty days, that are no month; and an absent `auto_renew` is true."""
        a = auto("a", "2026-01-01", "2026-01-31") | {"auto_renew": None}
        self.assertEqual(months(due(a, end="2026-05-01"), "due_on"), [("2026-01-31",), ("2026-03-02",), ("2026-04-01",)])

    def test_amended(self):
        """Ended within a term and followed: not due, and what follows is used."""
        a = auto("a", "2025-03-01", "2026-03-01", "2026-02-01")
        b = term("b", "2026-02-01", "2026-08-01", "150", product="p")
        other = term("o", "2025-05-01", "2026-02-10")
        self.assertEqual(outcomes(a, b), [("2026-02-01", "early_termination", None), ("2026-08-01", "lost", None)])
        self.assertEqual(outcomes(a, b | {"renews_contract_id": "a"}), [("2026-08-01", "lost", None)])
        rows = due(a, b | {"product": None}, other)
        self.assertEqual(months(rows, "due_on", "outcome", "is_first"), [("2026-02-10", "lost", True), ("2026-08-01", "lost", True)])
        # The terms before stand.
        self.assertEqual(outcomes(a | {"term_end": "2025-09-01"}, b | {"product": None}, start="2025-01-01", end="2026-02-02"), [("2025-09-01", "renewed", "on_time")])

    def test_ended_before_and_after_a_term_that_does_not_renew(self):
        self.assertEqual(outcomes(A | {"end_date": "2026-02-01"}), [("2026-02-01", "early_termination", None)])
        self.assertEqual(outcomes(A | {"end_date": "2026-05-15"}), [("2026-03-01", "renewed", "on_time"), ("2026-05-15", "lost", None)])

    def test_some_are_followed(self):
        """Pending as long as more could come, unless there is as much already; early ends are lost where others are not early."""
        z = term("z", "2025-04-01", "2026-03-01", "50")
        for mrr, known_on, expected in [("149.99", "2026-03-05", "pending"), ("150", "2026-03-05", "renewed"), ("149.99", "2026-03-31", "downgraded")]:
            b = contract("b", "2026-02-20", None, mrr)
            self.assertEqual(outcomes(A, z, b, known_on=known_on, end="2026-04-01"), [("2026-03-01", expected, "early")])
        early = auto("e", "2025-02-15", "2026-05-01", "2026-03-01")
        self.assertEqual(outcomes(early), [("2026-03-01", "early_termination", None)])
        self.assertEqual(outcomes(early, A), LOST)

    def test_discounts(self):
        a, b = A | {"list_mrr": "125"}, contract("b", "2026-03-01", None, "90", list_mrr="100")
        columns = ("discount", "renewed_discount", "due_mrr")
        self.assertEqual(months(due(a, b), *columns), [(0.2, 0.1, "100.00")])
        self.assertEqual(months(due(a, b, discounts="list"), *columns), [(0.2, 0.1, "125.00")])
        self.assertEqual(months(due(a), *columns), [(0.2, None, "100.00")])
        self.assertEqual(months(due(a, A | {"contract_id": "z"}, b), *columns), [(None, 0.1, "200.00")])
        self.assertEqual(months(due(a | {"list_mrr": "0"}, b | {"list_mrr": "60"}), *columns), [(None, -0.5, "100.00")])


class Rates(unittest.TestCase):
    def test_of_a_year(self):
        """Seven customers: 100 renewed, 100 -> 130, 100 -> 60 late, 100 lost, 0 free, 100 ended early, 70 to come."""
        rows = [term(f"a{n}", "2025-03-01", "2026-03-01", "0" if n == 5 else "100", customer_id=f"c{n}", list_mrr="200") for n in range(1, 6)]
        for n, start, mrr in [(1, "2026-03-01", "100"), (2, "2026-02-01", "130"), (3, "2026-03-02", "60")]:
            rows.append(contract(f"b{n}", start, None, mrr, customer_id=f"c{n}", list_mrr="200"))
        rows += [auto("a6", "2025-03-01", "2026-05-01", "2026-02-10", customer_id="c6"), auto("a7", "2026-01-02", "2027-01-02", customer_id="c7", mrr="70")]
        first, later = renewals(book(*rows), {"period": "year"}, "2026-01-01", "2028-01-01", known_on="2026-06-01")
        counts = {
            "due": 5, "pending": 0, "renewed": 1, "upgraded": 1, "downgraded": 1, "lost": 2, "early_termination": 1, "free": 1,
            "early": 1, "on_time": 1, "late": 1, "first": 5, "first_kept": 3,
        }  # fmt: skip
        self.assertEqual({name: first[f"{name}_count"] for name in counts}, counts)
        money = ("due_mrr", "pending_mrr", "kept_mrr", "upgrade_mrr", "downgrade_mrr", "lost_mrr", "open_ended_mrr")
        self.assertEqual(months([first], *money), [("500.00", "0.00", "260.00", "30.00", "40.00", "200.00", "290.00")])
        self.assertEqual(months([first], "renewal_rate", "gross_renewal_rate", "net_renewal_rate", "first_renewal_rate"), [(0.6, 0.52, 0.58, 0.6)])
        self.assertEqual(months([first], "first_discount", "first_renewed_discount", "first_discount_change"), [(0.5, 310 / 600, 1 / 60)])
        told = months([later], "due_count", "pending_count", "pending_mrr", "renewal_rate", "gross_renewal_rate", "first_discount")
        self.assertEqual(told, [(1, 1, "70.00", None, None, None)])

    def test_by(self):
        rows = [A | {"product": "p"}, contract("b", "2026-03-01", None, "100"), contract("t", "2026-03-01", None, "1", kind="trial", product="q")]
        found = renewals(book(*rows), {}, "2026-03-01", "2026-03-02", by="product", known_on="2026-05-01")
        self.assertEqual(months(found, "product", "lost_count", "open_ended_mrr"), [("p", 1, "0.00"), ("q", 0, "0.00"), (None, 0, "100.00")])
        for definitions, by in [({"renewal_unit": "customer"}, "product"), ({}, "due_count")]:
            with self.assertRaisesRegex(ModelError, "invalid_argument"):
                renewals(book(*rows), definitions, "2026-03-01", "2026-03-02", by=by)


if __name__ == "__main__":
    unittest.main()
