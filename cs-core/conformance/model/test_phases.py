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
        asked = {"window_days": 100}
        for tables, found in [
            ({"advocacy": [{"date": DAY, "kind": "review"}]}, "attitudinal"), ({"surveys": [nps(DAY, 7)]}, "behavioural"),
            ({"surveys": [nps(DAY, 0)]}, "behavioural"), ({"advocacy": [{"date": DAY, "kind": "review"}], "surveys": [nps(DAY, 6)]}, "behavioural"),
            ({"feedback": [feedback("2026-05-01")]}, "behavioural"), ({"feedback": [feedback("2026-05-01", answered_on="2026-05-02")]}, None),
        ]:  # fmt: skip
            self.assertEqual(self.says("loyalty", **asked, **tables), found, tables)
        self.assertEqual(self.says("loyalty", window_days=200, surveys=[nps(DAY, 7)]), "neither")

    def test_refused(self):
        for asked in ({"window_days": 0}, {"window_days": 3661}, {"answer_days": 0}, {"answer_days": 3661}):
            with self.assertRaisesRegex(ModelError, "invalid_argument"):
                loyalty(paying(), {}, DAY, **asked)


if __name__ == "__main__":
    unittest.main()
