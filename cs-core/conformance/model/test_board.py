"""Worked numbers of the board of key figures."""

import unittest

from board import KPI_COLUMNS, KPIS
from definitions import ModelError
from model import journal, kpis, movements
from worked import book, contract

MARCH = ("2026-03-01", "2026-04-01")


def survey(day, kind, score=None, **more):
    return {"customer_id": "a", "date": day, "kind": kind, "score": score, **more}


def case(closed_on, agent=None, opened_on="2026-02-01"):
    return {"customer_id": "a", "case_id": f"{opened_on} {closed_on} {agent}", "opened_on": opened_on, "closed_on": closed_on, "agent": agent}


class Board(unittest.TestCase):
    # Five pay 330 before March, and four 300 after it.
    CONTRACTS = [
        contract("a", "2025-01-01", "2026-03-10", "100", customer_id="a", product="core", plan_rank=1),
        contract("a 2", "2026-03-10", None, "150", customer_id="a", product="core", plan_rank=2),
        contract("b", "2025-06-01", "2026-03-20", "60", customer_id="b", product="core", plan_rank=2),
        contract("b 2", "2026-03-20", None, "0", customer_id="b", product="core", plan_rank=3),
        contract("c", "2025-06-01", None, "40", customer_id="c", product="core"),
        contract("c 2", "2026-03-15", None, "25", customer_id="c", product="addon", plan_rank=9),
        contract("d", "2025-07-01", "2026-03-05", "50", customer_id="d", product="core"),
        contract("e", "2026-03-12", None, "30", customer_id="e", product="core"),
        contract("f", "2025-08-01", "2026-03-08", "80", customer_id="f", product="core", plan_rank=3),
        contract("f 2", "2026-03-08", None, "55", customer_id="f", product="core", plan_rank=1),
    ]
    BOOK = book(*CONTRACTS) | {
        "surveys": [
            *(survey("2026-03-01", "nps", score) for score in (10, 9, 9, 7)), survey("2026-03-31", "nps", 0), survey("2026-03-31", "nps"),
            survey("2026-02-28", "nps", 0), survey("2026-04-01", "nps", 6),
            survey("2026-03-02", "csat", 4, scale_max=5), survey("2026-03-02", "csat", 2.4, scale_max=3), survey("2026-03-02", "csat", 3.9, scale_max=5),
            survey("2026-03-02", "csat", scale_max=5), survey("2026-03-02", "ces", 7), survey("2026-07-01", "ces"),
        ],
        "cases": [
            case("2026-03-01", "ann"), case("2026-03-31", "ann"), case("2026-03-31", "bob"), case("2026-03-05"),
            case("2026-02-28", "cat"), case("2026-04-01", "dan"), case(None, "eve", "2026-03-02"),
        ],
        "milestones": [{"customer_id": "e", "milestone": "onboarded", "reached_on": "2026-05-01"}],
    }  # fmt: skip

    def told(self, column, given=None, start=MARCH[0], end=MARCH[1], definitions=None, **asked):
        """What each KPI has in a column, of the only period; of `value` the amount or the number."""
        rows = kpis(self.BOOK if given is None else given, definitions or {}, start, end, **asked)
        self.assertEqual([row["kpi"] for row in rows], list(KPIS))
        return {row["kpi"]: (row["amount"] if row["unit"] == "money" else row["number"]) if column == "value" else row[column] for row in rows}

    def test_values(self):
        expected = {
            "closing_mrr": "300.00", "new_mrr": "30.00", "expansion_mrr": "75.00", "contraction_mrr": "25.00", "churned_mrr": "110.00", "net_new_mrr": "-30.00",
            "closing_customers": 4, "new_customers": 1, "churned_customers": 2,
            "customer_churn_rate": 2 / 5, "revenue_churn_rate": (25 + 110) / 330, "free_downgrade_rate": 1 / 5,
            "customer_retention_rate": (4 - 1) / 5, "revenue_retention_rate": (300 - 30) / 330,
            "gross_revenue_retention": 1.0, "net_revenue_retention": 1.5,  # a year ago there was one
            "gross_renewal_rate": (100 + 55) / 290,  # of 100, 60, 50 and 80
            "upsell_rate": 1 / 5, "cross_sell_rate": 1 / 5, "customer_growth_rate": -1 / 5, "revenue_growth_rate": -30 / 330,
            "onboarding_completion_rate": 1.0, "nps": 100 * (3 - 1) / 5, "csat": 2 / 3, "survey_response_rate": 9 / 11, "support_efficiency": 3 / (2 * 31),
        }  # fmt: skip
        self.assertEqual(self.told("value"), expected)

    def test_rows(self):
        """A row per period and KPI."""
        rows = kpis(self.BOOK, {}, MARCH[0], "2026-04-02", targets={"churned_mrr": "100", "nps": 50})
        self.assertEqual(len(rows), 2 * len(KPIS))
        self.assertTrue(all(list(row) == KPI_COLUMNS for row in rows))
        march, april = ([row for row in rows if row["period_start"] == first] for first in MARCH)
        number = list(KPIS).index
        expected = ["2026-03-01", "2026-04-01", "churned_mrr", "money", "110.00", None, "low", "100.00", None, "missed", 1.1, None, None, None, None, None]
        self.assertEqual(list(march[number("churned_mrr")].values()), expected)
        expected = ["2026-04-01", "2026-05-01", "churned_mrr", "money", "0.00", None, "low", "100.00", None, "met", 0.0, "-110.00", None, "better", None, None]
        self.assertEqual(list(april[number("churned_mrr")].values()), expected)
        expected = ["2026-04-01", "2026-05-01", "nps", "points", None, -100.0, "high", None, 50.0, "missed", -2.0, None, -140.0, "worse", None, None]
        self.assertEqual(list(april[number("nps")].values()), expected)

    def test_targets(self):
        """At the target it is met, be it a floor or a ceiling; nothing is said where one of the two is not there."""
        targets = {
            "closing_mrr": "300", "new_mrr": "30.01", "contraction_mrr": "25.00", "expansion_mrr": "0", "net_new_mrr": "-40", "closing_customers": 4, "new_customers": 0,
            "customer_churn_rate": 0.4, "revenue_churn_rate": 0.4, "nps": 40.5, "customer_growth_rate": -0.1, "free_downgrade_rate": 0.1,
        }  # fmt: skip
        states, progress = self.told("state", targets=targets), self.told("progress", targets=targets)
        missed = {name for name, state in states.items() if state == "missed"}
        self.assertEqual(missed, {"new_mrr", "revenue_churn_rate", "nps", "customer_growth_rate", "free_downgrade_rate"})
        self.assertEqual({name for name, state in states.items() if state}, set(targets))
        self.assertEqual(progress["closing_mrr"], 1.0)
        self.assertEqual(progress["new_mrr"], 3000 / 3001)
        self.assertEqual(progress["net_new_mrr"], 0.75)
        self.assertEqual(progress["nps"], 40.0 / 40.5)
        self.assertEqual(progress["customer_churn_rate"], 1.0)
        self.assertEqual([progress[name] for name in ("expansion_mrr", "new_customers", "csat")], [None, None, None])
        nothing = self.told("state", book(), targets={"nps": 0, "csat": 0.5, "closing_mrr": "0", "upsell_rate": 0})
        self.assertEqual({name: state for name, state in nothing.items() if state}, {"closing_mrr": "met"})

    def test_trends(self):
        """Of April beside March, and of February, which has no month before it among the rows."""
        rows = kpis(self.BOOK, {}, "2026-02-01", "2026-05-01")
        trends = {(row["period_start"], row["kpi"]): row["trend"] for row in rows}
        self.assertEqual({trend for (first, _), trend in trends.items() if first == "2026-02-01"}, {None})
        of_march = {name: trends["2026-03-01", name] for name in ("closing_mrr", "churned_mrr", "customer_churn_rate", "new_customers", "csat", "nps")}
        self.assertEqual(of_march, {"closing_mrr": "worse", "churned_mrr": "worse", "customer_churn_rate": "worse", "new_customers": "better", "csat": None, "nps": "better"})
        of_april = {name: trends["2026-04-01", name] for name in ("closing_mrr", "churned_mrr", "customer_churn_rate", "new_customers", "csat", "support_efficiency")}
        self.assertEqual(of_april, {"closing_mrr": "same", "churned_mrr": "better", "customer_churn_rate": "better", "new_customers": "worse", "csat": None, "support_efficiency": "worse"})
        changes = {row["kpi"]: row["change_number"] for row in rows if row["period_start"] == "2026-04-01"}
        self.assertEqual(changes["support_efficiency"], 1 / 30 - 3 / 62)

    def test_benchmarks(self):
        for period, number in (("month", 0.03), ("quarter", None)):
            found = self.told("benchmark", definitions={"period": period})
            self.assertEqual({name for name, value in found.items() if value is not None}, {"customer_churn_rate"} if number else set())
            self.assertEqual(found["customer_churn_rate"], number)
            self.assertEqual(self.told("benchmark_source", definitions={"period": period})["customer_churn_rate"] is None, number is None)

    def test_known_on(self):
        """On its last day: nobody has had time for the onboarding. A day earlier the month is not over."""
        found = self.told("value", known_on="2026-03-31")
        self.assertEqual((found["onboarding_completion_rate"], found["nps"], found["support_efficiency"]), (None, 40.0, 3 / 62))
        # What has ended without notice may still be followed: 50 is pending.
        self.assertEqual((found["closing_mrr"], found["gross_renewal_rate"]), ("300.00", 155 / 240))
        self.assertEqual(kpis(self.BOOK, {}, *MARCH, known_on="2026-03-30"), [])

    def test_free_downgrades(self):
        """Served for nothing at the close; who leaves, is free all the time, or is paused, is not."""
        rows = [contract("a", "2026-01-01", "2026-03-01", "10"), contract("b", "2026-03-02", None, "0"), contract("c", "2026-01-01", None, "0", customer_id="c"), contract("d", "2026-01-01", "2026-03-01", "10", customer_id="d")]
        self.assertEqual(self.told("value", book(*rows))["free_downgrade_rate"], 0.5)
        self.assertEqual(self.told("value", book(*rows), definitions={"free_counts": True})["free_downgrade_rate"], 1 / 3)
        self.assertEqual(self.told("value", book(*rows), "2026-04-01", "2026-05-01")["free_downgrade_rate"], None)
        paused = book(contract("a", "2026-01-01", None, "10")) | {"pauses": [{"contract_id": "a", "from_date": "2026-03-31", "to_date": "2026-04-01"}]}
        self.assertEqual(self.told("value", paused, definitions={"paused": "zero"})["free_downgrade_rate"], 0.0)

    def test_upsell(self):
        """The best plan that something is paid for, before and after; a plan without a rank says nothing."""

        def rate(before, after, mrr="20"):
            rows = [contract("a", "2026-01-01", "2026-03-05", "10", plan_rank=before), contract("b", "2026-03-05", None, mrr, plan_rank=after)]
            return self.told("value", book(*rows, contract("c", "2026-01-01", None, "5", customer_id="c")))["upsell_rate"]

        for before, after, found in [(1, 2, 0.5), (0, 1, 0.5), (2, 2, 0.0), (2, 1, 0.0), (None, 2, 0.0), (1, None, 0.0), (None, None, None)]:
            self.assertEqual(rate(before, after), found, (before, after))
        self.assertEqual(rate(1, 2, "0"), 0.0)
        beside = [contract("a", "2026-01-01", None, "10", plan_rank=2), contract("b", "2026-01-01", "2026-03-05", "1", plan_rank=1), contract("d", "2026-03-05", None, "1", plan_rank=2)]
        self.assertEqual(self.told("value", book(*beside))["upsell_rate"], 0.0)
        # Who comes back by the close paid at the open, too.
        gap = [contract("a", "2026-01-01", "2026-03-05", "10", plan_rank=1), contract("b", "2026-03-20", None, "1", plan_rank=2)]
        self.assertEqual(self.told("value", book(*gap))["upsell_rate"], 1.0)

    def test_cross_sell(self):
        """Each customer once; who came in the period can be among them, and what is sold to one who is new is not."""
        rows = [contract(name, day, None, "10", product=name) for name, day in (("one", "2026-01-01"), ("two", "2026-03-02"), ("three", "2026-03-31"))]
        rows += [contract("new", "2026-03-02", None, "1", customer_id="new", product="x"), contract("new 2", "2026-03-09", None, "1", customer_id="new", product="y")]
        rows += [contract("both", "2026-03-02", None, "1", customer_id="both", product="x"), contract("both 2", "2026-03-02", None, "1", customer_id="both", product="y")]
        self.assertEqual(self.told("value", book(*rows))["cross_sell_rate"], 2.0)

    def test_surveys(self):
        """The threshold is exact; who is asked need not pay."""
        rows = [survey("2026-03-31", "csat", score, scale_max=3, customer_id="nobody") for score in (0, 1, 2.3, 2.4, 3)]
        for threshold, found in [(0.8, 0.4), (0.800001, 0.2), (0, 1.0), (1, 0.2), (0.333333, 0.8), (0.333334, 0.6)]:
            self.assertEqual(self.told("value", book() | {"surveys": rows}, csat_threshold=threshold)["csat"], found, threshold)
        found = self.told("value", book() | {"surveys": [survey("2026-03-31", "nps"), survey("2026-04-01", "nps", 10)]})
        self.assertEqual((found["nps"], found["survey_response_rate"]), (None, 0.0))

    def test_support(self):
        found = self.told("value", book() | {"cases": [case("2026-03-31"), case("2026-03-31")]})
        self.assertEqual(found["support_efficiency"], None)
        quarter = self.told("value", definitions={"period": "quarter"})["support_efficiency"]
        self.assertEqual(quarter, 4 / (3 * 90))

    def test_nothing_there(self):
        found = self.told("value", book())
        self.assertEqual({name for name, value in found.items() if value is None}, {name for name, (unit, _) in KPIS.items() if unit not in ("money", "count")})
        self.assertEqual({value for value in found.values() if value is not None}, {"0.00", 0.0})

    def test_it_is_of_the_others(self):
        (moved,) = movements(self.BOOK, {}, *MARCH)
        found = self.told("value")
        for name in moved.keys() & KPIS.keys():
            self.assertEqual(found[name], moved[name])
        self.assertEqual(sum(row["cross_sell_mrr"] != "0.00" for row in journal(self.BOOK, {}, *MARCH)), 1)

    def test_refusals(self):
        refused = [{"targets": {name: aim}} for name, aim in [("colour", 1), ("nps", "1"), ("nps", True), ("nps", None), ("new_mrr", 1.0), ("new_mrr", "1.005"), ("new_mrr", "a"), ("new_mrr", "1e2")]]
        refused += [{"csat_threshold": share} for share in (-0.1, 1.000001, 0.0000001)]
        for asked in refused:
            with self.assertRaises(ModelError) as caught:
                kpis(self.BOOK, {}, *MARCH, **asked)
            self.assertEqual(caught.exception.code, "invalid_argument", asked)
        with self.assertRaises(ModelError) as caught:
            kpis(self.BOOK, {}, *reversed(MARCH))
        self.assertEqual(caught.exception.code, "invalid_range")


if __name__ == "__main__":
    unittest.main()
