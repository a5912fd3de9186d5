"""Worked numbers of phases and of loyalty."""

import unittest

from definitions import ModelError
from model import lifecycle, loyalty
from worked import DAY, auto, book, contract, months, paying, term

PHASE = ("phase", "since", "days", "evidence")


def nps(day, score=None):
    return {"date": day, "kind": "nps", "score": score}


def feedback(day, kind="request", **more):
    return {"date": day, "kind": kind} | more


class Lifecycle(unittest.TestCase):
    def phase(self, as_of=DAY, milestone="onboarded", **tables):
        (row,) = lifecycle(paying(**tables), {}, as_of, milestone=milestone)
        return tuple(row[name] for name in PHASE)

    def test_columns(self):
        tables = {"milestones": [{"milestone": "onboarded", "due_on": "2026-03-01", "reached_on": "2026-03-11"}], "advocacy": [{"date": "2026-06-20", "kind": "review"}]}
        row = {"customer_id": "acme", "phase": "advocacy", "since": "2026-06-20", "days": 10, "evidence": "advocacy", "onboarded_on": "2026-03-11"}
        row |= {"onboarding_due_on": "2026-03-01", "advocate_on": "2026-06-20", "mrr": "100.00"}
        self.assertEqual(lifecycle(paying(**tables), {}, DAY), [row])
        # Who does not pay is in no phase, and in the order of their names by bytes.
        given = book(*(contract(name, "2026-01-01", end, "1", customer_id=name) for name, end in [("é", None), ("b", None), ("B", None), ("gone", DAY)]))
        self.assertEqual([row["customer_id"] for row in lifecycle(given, {}, DAY)], ["B", "b", "é"])

    def test_onboarding(self):
        """From the first payment on, 180 days before; what is planned is known, and what is reached later is not."""
        tables = {"milestones": [{"milestone": "onboarded", "due_on": "2026-08-01", "reached_on": "2026-07-01"}]}
        self.assertEqual(self.phase(**tables), ("onboarding", "2026-01-01", 180, "first_payment"))
        self.assertEqual(months(lifecycle(paying(**tables), {}, DAY), "onboarded_on", "onboarding_due_on"), [(None, "2026-08-01")])
        self.assertEqual(self.phase("2026-07-01", **tables), ("adoption", "2026-07-01", 0, "milestone"))
        self.assertEqual(self.phase("2026-07-01", "first_value", **tables)[0], None)

    def test_not_measured(self):
        """Nobody's milestones are known."""
        for tables in ({}, {"milestones": []}, {"milestones": [{"milestone": "kickoff", "reached_on": "2026-07-01"}, {"milestone": "onboarded"}, {"milestone": "kickoff", "reached_on": DAY}]}):
            self.assertEqual(self.phase(**tables), (None,) * 4)
        self.assertEqual(self.phase(surveys=[nps("2026-06-01", 9)])[0], "advocacy")
        for row in ({"milestone": "onboarded", "due_on": "2027-01-01", "reached_on": "2026-07-01"}, {"milestone": "onboarded", "reached_on": DAY}):
            others = paying() | {"milestones": [row | {"customer_id": "other"}], "customers": [{"customer_id": name} for name in ("acme", "other")]}
            self.assertEqual(months(lifecycle(others, {}, DAY), "phase"), [("onboarding",)])

    def test_adoption(self):
        """What was reached before the first payment counts from then on."""
        for reached_on, since, days in [("2025-12-01", "2026-01-01", 180), ("2026-06-29", "2026-06-29", 1)]:
            self.assertEqual(self.phase(milestones=[{"milestone": "onboarded", "reached_on": reached_on}]), ("adoption", since, days, "milestone"))

    def test_advocacy(self):
        early, late = {"date": "2025-12-01", "kind": "review"}, {"date": "2026-06-20", "kind": "review"}
        self.assertEqual(self.phase(advocacy=[late, early]), ("advocacy", "2026-01-01", 180, "advocacy"))
        self.assertEqual(self.phase(advocacy=[late], surveys=[nps("2026-06-20", 10)]), ("advocacy", "2026-06-20", 10, "advocacy"))
        self.assertEqual(self.phase(advocacy=[late], surveys=[nps("2026-06-19", 9)]), ("advocacy", "2026-06-19", 11, "promoter"))
        self.assertEqual(self.phase("2026-06-19", advocacy=[late]), (None,) * 4)
        for score in (8, None):
            self.assertEqual(self.phase(surveys=[nps("2026-06-19", score)]), (None,) * 4)
        self.assertEqual(self.phase(surveys=[{"date": "2026-06-19", "kind": "csat", "score": 9, "scale_max": 10}]), (None,) * 4)

    def test_onboarding_whatever_it_says(self):
        """Where milestones are kept, of this customer or of another; what it says is told all the same."""
        says = {"advocacy": [{"date": "2026-06-20", "kind": "review"}], "surveys": [nps("2026-06-10", 10)]}
        for row in ({"milestone": "onboarded", "due_on": "2027-01-01"}, {"milestone": "onboarded", "reached_on": DAY, "customer_id": "other"}):
            given = paying(**says, milestones=[row]) | {"customers": [{"customer_id": name} for name in ("acme", "other")]}
            (found,) = months(lifecycle(given, {}, DAY), *PHASE, "onboarded_on", "advocate_on")
            self.assertEqual(found, ("onboarding", "2026-01-01", 180, "first_payment", None, "2026-06-10"))
        plans = [{"milestone": "onboarded", "due_on": "2026-03-01", "reached_on": "2026-07-01"}]
        self.assertEqual(self.phase(milestones=plans, **says)[0], "onboarding")
        self.assertEqual(self.phase("2026-07-01", milestones=plans, **says), ("advocacy", "2026-07-01", 0, "promoter"))
        self.assertEqual(self.phase(milestones=plans, milestone="first_value", **says), ("advocacy", "2026-06-10", 20, "promoter"))

    def test_advocacy_begins_after_onboarding(self):
        """Since the latest of the first payment, the milestone and what it said or did."""
        for reached_on, done_on, since, days in [
            ("2026-06-25", "2026-06-20", "2026-06-25", 5), ("2026-06-20", "2026-06-25", "2026-06-25", 5), ("2025-12-01", "2025-11-01", "2026-01-01", 180),
        ]:  # fmt: skip
            tables = {"milestones": [{"milestone": "onboarded", "reached_on": reached_on}], "advocacy": [{"date": done_on, "kind": "review"}]}
            self.assertEqual(self.phase(**tables), ("advocacy", since, days, "advocacy"))

    def test_a_promise_is_taken_back(self):
        """By an answer below 9 of that day or later; what was done lasts until one of 6 or less."""
        reached = {"milestones": [{"milestone": "onboarded", "reached_on": "2026-02-01"}]}
        promise, deed = nps("2026-03-01", 9), {"date": "2026-04-01", "kind": "review"}
        adoption = ("adoption", "2026-02-01", 149, "milestone")
        for day, score, found in [
            ("2026-05-01", 8, adoption), ("2026-05-01", 7, adoption), ("2026-03-01", 8, adoption), ("2026-02-28", 8, ("advocacy", "2026-03-01", 121, "promoter")),
            ("2026-05-01", None, ("advocacy", "2026-03-01", 121, "promoter")), ("2026-07-01", 8, ("advocacy", "2026-03-01", 121, "promoter")),
        ]:  # fmt: skip
            self.assertEqual(self.phase(surveys=[promise, nps(day, score)], **reached), found, (day, score))
        again = [promise, nps("2026-05-01", 8), nps("2026-05-02", 9), nps("2026-05-03", 10)]
        self.assertEqual(self.phase(surveys=again, **reached), ("advocacy", "2026-05-02", 59, "promoter"))
        self.assertEqual(self.phase("2026-05-01", surveys=again, **reached)[0], "adoption")
        # The promise came first; without it there is still what was done, before or after the doubt.
        for surveys, found in [
            ([promise], ("advocacy", "2026-03-01", 121, "promoter")), ([promise, nps("2026-05-01", 8)], ("advocacy", "2026-04-01", 90, "advocacy")),
            ([promise, nps("2026-03-15", 7)], ("advocacy", "2026-04-01", 90, "advocacy")), ([promise, nps("2026-05-01", 6)], adoption),
            ([promise, nps("2026-05-01", 8), nps("2026-05-02", 10)], ("advocacy", "2026-04-01", 90, "advocacy")),
            ([promise, nps("2026-05-01", 6), nps("2026-05-02", 10)], ("advocacy", "2026-05-02", 59, "promoter")),
            ([promise, nps("2026-03-15", 6), nps("2026-04-15", 8)], ("advocacy", "2026-04-01", 90, "advocacy")),
        ]:  # fmt: skip
            self.assertEqual(self.phase(surveys=surveys, advocacy=[deed], **reached), found, surveys)

    def test_a_detractor_is_none(self):
        """Later than the latest day on which it was one."""
        once = [nps("2026-02-01", 9), nps("2026-03-01", 6)]
        tables = {"surveys": once, "milestones": [{"milestone": "onboarded", "reached_on": "2026-02-01"}]}
        self.assertEqual(self.phase(**tables)[0], "adoption")
        for day, found in [("2026-03-01", "adoption"), ("2026-03-02", "advocacy")]:
            self.assertEqual(self.phase(advocacy=[{"date": day, "kind": "review"}], **tables)[0], found)
        self.assertEqual(self.phase("2026-02-28", surveys=once), ("advocacy", "2026-02-01", 27, "promoter"))
        self.assertEqual(self.phase(surveys=[*once, nps("2026-04-01", 10), nps("2026-05-01", 0), nps("2026-05-02", 9)])[1], "2026-05-02")


class Loyalty(unittest.TestCase):
    KEPT = {"surveys": [], "feedback": [], "advocacy": []}

    def row(self, *columns, given=None, as_of=DAY, definitions=None, **asked):
        (row,) = loyalty(given or paying(), definitions or {}, as_of, **asked)
        return tuple(row[name] for name in columns) if len(columns) > 1 else row[columns[0]]

    def says(self, column="attitudinal", as_of=DAY, **more):
        tables = {name: more.pop(name) for name in self.KEPT if name in more}
        return self.row(column, given=paying(**tables), as_of=as_of, **more)

    def test_columns(self):
        row = {"customer_id": "acme", "loyalty": None, "attitudinal": [], "against": [], "behavioural": [], "missing": ["surveys", "advocacy", "feedback"]}
        self.assertEqual(loyalty(paying(), {}, DAY), [row | {"nps": None, "tenure_days": 180, "mrr": "100.00"}])

    def test_nps(self):
        """The lowest of the latest day of the window."""
        surveys = [nps("2026-06-01", 9), nps("2026-06-10", 7), nps("2026-06-10", 8), nps("2026-06-20"), nps("2026-07-01", 0)]
        self.assertEqual(self.row("nps", "loyalty", "missing", given=paying(surveys=surveys)), (7, "neither", ["advocacy", "feedback"]))
        self.assertEqual(self.says("nps", surveys=surveys, window_days=20), None)
        self.assertEqual(self.says("nps", surveys=surveys, window_days=21), 7)
        for score, attitudinal, against in [(9, ["promoter"], []), (8, [], []), (7, [], []), (6, [], ["detractor"])]:
            found = self.row("attitudinal", "against", given=paying(surveys=[nps("2026-06-10", score)]))
            self.assertEqual(found, (attitudinal, against))

    def test_what_it_says(self):
        tables = {"advocacy": [{"date": "2026-06-01", "kind": "review"}], "feedback": [feedback("2026-06-01", "praise")]}
        self.assertEqual(self.says(**tables), ["advocated", "praised"])
        self.assertEqual(self.says(window_days=29, **tables), [])
        self.assertEqual(self.row("missing", "loyalty", given=paying(**tables), window_days=29), (["surveys"], None))
        # A request of years ago that is released in the window, and is known to be.
        self.assertEqual(self.says(feedback=[feedback("2020-01-01", released_on=DAY)]), ["request_released"])
        self.assertEqual(self.says(feedback=[feedback("2020-01-01", released_on="2026-07-01")]), [])
        self.assertEqual(self.says(feedback=[feedback("2020-01-01", released_on="2025-06-30")]), [])
        self.assertEqual(self.says(feedback=[feedback("2020-01-01", "bug", released_on=DAY)]), [])
        everything = tables | {"surveys": [nps(DAY, 10)]} | {"feedback": [*tables["feedback"], feedback("2026-06-01", released_on="2026-06-02")]}
        self.assertEqual(self.says(**everything), ["promoter", "advocated", "praised", "request_released"])

    def test_bought_more(self):
        """More than at the close before the window, where it paid then."""
        rows = [contract("a", "2026-01-01", "2026-06-01", "10"), contract("b", "2026-06-01", None, "11")]
        for days, found in [(29, []), (30, ["bought_more"]), (180, ["bought_more"]), (181, [])]:
            self.assertEqual(self.row("attitudinal", given=book(*rows), window_days=days), found, days)
        given = book(contract("a", "2026-01-01", "2026-06-01", "0"), contract("b", "2026-06-01", None, "11"))
        self.assertEqual(self.row("attitudinal", given=given, window_days=60), [])
        self.assertEqual(self.row("attitudinal", given=given, window_days=60, definitions={"free_counts": True}), ["bought_more"])
        self.assertEqual(self.row("attitudinal", given=book(contract("a", "1900-01-01", None, "1")), as_of="1900-01-31"), [])

    def test_unanswered(self):
        for row, as_of, found in [
            (feedback("2026-05-31"), DAY, True), (feedback("2026-06-01"), DAY, False), (feedback("2026-05-31", "bug"), DAY, True),
            (feedback("2026-05-31", "promise"), DAY, True), (feedback("2026-05-31", "praise"), DAY, False), (feedback("2025-07-01"), DAY, True),
            (feedback("2025-06-30"), DAY, False), (feedback("2026-05-31", answered_on=DAY), DAY, False), (feedback("2026-05-31", released_on=DAY), DAY, False),
            (feedback("2026-05-31", answered_on="2026-07-01"), DAY, True),
        ]:  # fmt: skip
            self.assertEqual(self.says("against", as_of, feedback=[row]), ["unanswered"] * found, row)
        self.assertEqual(self.says("against", feedback=[feedback("2026-06-25")], answer_days=5), ["unanswered"])
        self.assertEqual(self.says("against", feedback=[feedback("2026-06-25")], answer_days=6), [])
        self.assertEqual(self.says("against", feedback=[feedback("2026-06-25")], answer_days=5, window_days=5), [])

    def test_stayed(self):
        self.assertEqual([self.says("behavioural", window_days=days) for days in (180, 181)], [["stayed"], []])
        rows = [contract("a", "2026-01-01", "2026-02-01", "10"), contract("b", "2026-02-03", None, "10")]
        self.assertEqual(self.row("behavioural", given=book(*rows), window_days=30), [])
        self.assertEqual(self.row("behavioural", given=book(*rows), window_days=30, definitions={"gap_tolerance_days": 2}), ["stayed", "renewed"])

    def test_renewed(self):
        """The first term is over, and it never stopped paying."""
        rows = [term("a", "2026-01-01", "2026-04-01"), contract("b", "2026-04-01", None, "5")]
        self.assertEqual([self.row("behavioural", given=book(*rows), as_of=day) for day in ("2026-03-31", "2026-04-01")], [["bound"], ["renewed"]])
        late = [rows[0], contract("b", "2026-04-02", None, "5")]
        self.assertEqual(self.row("behavioural", given=book(*late)), [])
        again = auto("a", "2026-01-01", "2026-04-01", None)
        self.assertEqual(self.row("behavioural", given=book(again), as_of="2026-04-01"), ["renewed", "bound"])

    def test_bound(self):
        """By a contract in force that falls due later, and not by one that is given up."""
        self.assertEqual(self.row("behavioural", given=book(term("a", "2026-01-01", "2026-07-01"))), ["bound"])
        self.assertEqual(self.row("behavioural", given=book(term("a", "2026-01-01", "2026-07-01", "0"), contract("b", "2026-01-01", None, "1"))), [])
        # One is over its term and runs on for a while, the other is not.
        over = contract("over", "2026-01-01", "2026-12-01", "1", term_end="2026-06-01", auto_renew=False, recorded_on="2026-01-01")
        self.assertEqual(self.row("behavioural", given=book(over)), ["renewed"])
        self.assertEqual(self.row("behavioural", given=book(over, term("a", "2026-01-02", "2026-07-01"))), ["renewed", "bound"])
        gone = auto("a", "2026-01-01", "2027-01-01", "2026-12-01", notice_date="2026-06-15")
        self.assertEqual([self.row("behavioural", given=book(gone), as_of=day) for day in ("2026-06-14", "2026-06-15")], [["bound"], []])
        self.assertEqual(self.row("behavioural", given=book(gone | {"notice_withdrawn_on": "2026-06-20"})), ["bound"])
        self.assertEqual(self.row("behavioural", given=book(gone, contract("b", "2027-03-01", None, "1", signed_date="2026-06-01"))), ["bound"])

    def test_loyalty(self):
        """What it says decides; that it stays counts where it is known what it thinks. It has not stayed for 200 days."""
        deed, waits, praise = {"date": DAY, "kind": "review"}, feedback("2026-05-01"), feedback("2026-05-01", "praise")
        for tables, stays, does_not in [
            ({"advocacy": [deed]}, "attitudinal", "attitudinal"), ({"feedback": [praise]}, "attitudinal", "attitudinal"), ({"surveys": [nps(DAY, 9)]}, "attitudinal", "attitudinal"),
            ({"surveys": [nps(DAY, 7)]}, "behavioural", "neither"), ({"surveys": [nps(DAY, 0)]}, "behavioural", "neither"),
            ({"advocacy": [deed], "surveys": [nps(DAY, 6)]}, "behavioural", "neither"), ({"feedback": [praise], "surveys": [nps(DAY, 6)]}, "behavioural", "neither"),
            ({"advocacy": [deed], "surveys": [nps(DAY, 7)]}, "attitudinal", "attitudinal"), ({}, None, None),
        ]:  # fmt: skip
            self.assertEqual([self.says("loyalty", window_days=days, **tables) for days in (100, 200)], [stays, does_not], tables)
            # Who waits for an answer says nothing by that.
            with_wait = tables | {"feedback": [*tables.get("feedback", []), waits]}
            self.assertEqual(self.says("against", window_days=100, **with_wait)[-1:], ["unanswered"])
            self.assertEqual([self.says("loyalty", window_days=days, **with_wait) for days in (100, 200)], [stays, does_not], tables)

    def test_what_decides_nothing(self):
        """That a request was released, and that it bought more."""
        released = feedback("2026-05-01", released_on="2026-05-02")
        rows = [contract("a", "2026-01-01", "2026-06-01", "10"), contract("b", "2026-06-01", None, "11")]
        for score, found in [(None, None), (7, "behavioural"), (6, "behavioural"), (9, "attitudinal")]:
            facts = {"feedback": [{"customer_id": "acme"} | released], "surveys": [{"customer_id": "acme"} | nps(DAY, score)]}
            told = self.row("attitudinal", "behavioural", "loyalty", given=book(*rows) | facts, window_days=100)
            self.assertEqual(told, (["promoter"] * (score == 9) + ["request_released", "bought_more"], ["stayed", "renewed"], found))

    def test_refused(self):
        for asked in ({"window_days": 0}, {"window_days": 3661}, {"answer_days": 0}, {"answer_days": 3661}):
            with self.assertRaisesRegex(ModelError, "invalid_argument"):
                loyalty(paying(), {}, DAY, **asked)


if __name__ == "__main__":
    unittest.main()
