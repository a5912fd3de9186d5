"""Worked numbers of the board of key figures."""

import unittest
from datetime import date

from board import KPI_COLUMNS, KPIS, Period, adoption_rate
from definitions import ModelError
from lines import view
from model import health, kpis, movements
from standard_card import may_score, standard_card
from worked import book, contract

MARCH = ("2026-03-01", "2026-04-01")


def survey(day, kind, score=None, **more):
    return {"customer_id": "a", "date": day, "kind": kind, "score": score, **more}


def used(customer_id, day, name="active_users", value=1, **more):
    return {"customer_id": customer_id, "signal": name, "observed_on": day, "value": value, **more}


def case(closed_on, agent=None, opened_on="2026-02-01"):
    return {"customer_id": "a", "case_id": f"{opened_on} {closed_on} {agent}", "opened_on": opened_on, "closed_on": closed_on, "agent": agent}


# Half of the weight of the standard scorecard has evidence with what is paid on time: use 35, growth 10, payments 5.
# Use is (40 x 70 + 20 x 70 + 15 x 100 + 10 x 50 + 10 x 80 + 5 x 40) / 100 = 72, and growth is none: 60.
USE = [
    ("active_users", 60), ("licensed_users", 100), ("features_used", 6), ("features_available", 10), ("key_feature_uses", 120), ("executive_users", 1),
    ("used_in_executive_meetings", 0),
]  # fmt: skip
SCORED = book(*(contract(name, "2025-01-01", None, "100", customer_id=name) for name in ("early", "late", "never"))) | {
    "signals": [used(customer, day, name, value) for customer in ("early", "late", "never") for day in ("2026-03-01", "2026-03-31") for name, value in USE]
    + [used("early", "2026-03-31", "days_past_due", 0), used("late", "2026-03-31", "days_past_due", 30, recorded_on="2026-04-15")]
}


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
        "signals": [
            used("a", "2026-03-31", value=7), used("a", "2026-03-01", value=9), used("a", "2026-03-01", "licensed_users", 10),
            used("b", "2026-03-02", value=50), used("b", "2026-03-02", "licensed_users", 50),  # who does not pay by the end
            used("c", "2026-03-02", value=0), used("c", "2026-02-28", value=5), used("c", "2026-03-31", "licensed_users", 20), used("c", "2026-04-01", "licensed_users", 1),
            used("e", "2026-03-02", value=2, recorded_on="2026-04-01"), used("e", "2026-03-02", "licensed_users", 2), used("f", "2026-03-02", "licensed_users", 9), used("f", "2026-04-01", value=9),
        ],
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
            # One leaves, who paid 50, one is served for nothing, three stay.
            "customer_churn_rate": 1 / 5, "revenue_churn_rate": 50 / 330, "free_downgrade_rate": 1 / 5,
            "customer_retention_rate": 3 / 5, "revenue_retention_rate": (150 + 65 + 55) / 330,
            "gross_revenue_retention": 1.0, "net_revenue_retention": 1.5,  # a year ago there was one
            "gross_renewal_rate": (100 + 55) / 290,  # of 100, 60, 50 and 80
            "upsell_rate": 1 / 5, "cross_sell_rate": 1 / 5, "downsell_rate": 1 / 5, "customer_growth_rate": -1 / 5, "revenue_growth_rate": -30 / 330,
            "adoption_rate": (7 + 0 + 2) / (10 + 20 + 2), "health_score": None,
            "onboarding_completion_rate": None, "nps": 100 * (3 - 1) / 5, "csat": 2 / 3, "survey_response_rate": 9 / 11, "support_efficiency": 3 / (2 * 31),
        }  # fmt: skip
        self.assertEqual(self.told("value"), expected)

    def test_rows(self):
        """A row per period and KPI."""
        rows = kpis(self.BOOK, {}, MARCH[0], "2026-04-02", targets={"churned_mrr": "100", "nps": 50})
        self.assertEqual(len(rows), 2 * len(KPIS))
        self.assertTrue(all(list(row) == KPI_COLUMNS for row in rows))
        march, april = ([row for row in rows if row["period_start"] == first] for first in MARCH)
        number = list(KPIS).index
        expected = ["2026-03-01", "2026-04-01", True, "churned_mrr", "money", "110.00", None, "low", "100.00", None, "missed", 1.1, "110.00", None, "worse", None, None]
        self.assertEqual(list(march[number("churned_mrr")].values()), expected)
        expected = ["2026-04-01", "2026-05-01", True, "churned_mrr", "money", "0.00", None, "low", "100.00", None, "met", 0.0, "-110.00", None, "better", None, None]
        self.assertEqual(list(april[number("churned_mrr")].values()), expected)
        expected = ["2026-04-01", "2026-05-01", True, "nps", "points", None, -100.0, "high", None, 50.0, "missed", -2.0, None, -140.0, "worse", None, None]
        self.assertEqual(list(april[number("nps")].values()), expected)

    def test_targets(self):
        """At the target it is met, be it a floor or a ceiling; nothing is said where one of the two is not there."""
        targets = {
            "closing_mrr": "300", "new_mrr": "30.01", "contraction_mrr": "25.00", "expansion_mrr": "0", "net_new_mrr": "-40", "closing_customers": 4, "new_customers": 0,
            "customer_churn_rate": 0.2, "revenue_churn_rate": 0.15, "nps": 40.5, "customer_growth_rate": -0.1, "free_downgrade_rate": 0.1,
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
        """Of April beside March, and of February beside January, which is not told."""
        rows = kpis(self.BOOK, {}, "2026-02-01", "2026-05-01")
        trends = {(row["period_start"], row["kpi"]): row["trend"] for row in rows}
        of_february = {kpi: trend for (first, kpi), trend in trends.items() if first == "2026-02-01"}
        self.assertEqual({kpi for kpi, trend in of_february.items() if trend is None}, {"gross_renewal_rate", "adoption_rate", "health_score", "onboarding_completion_rate", "nps", "csat", "survey_response_rate", "support_efficiency"})
        self.assertEqual({trend for trend in of_february.values()} - {None}, {"same"})
        # Asked alone, a month is compared with the same one.
        self.assertEqual(kpis(self.BOOK, {}, *MARCH), [row for row in rows if row["period_start"] == MARCH[0]])
        of_march = {name: trends["2026-03-01", name] for name in ("closing_mrr", "churned_mrr", "customer_churn_rate", "new_customers", "csat", "nps")}
        self.assertEqual(of_march, {"closing_mrr": "worse", "churned_mrr": "worse", "customer_churn_rate": "worse", "new_customers": "better", "csat": None, "nps": "better"})
        of_april = {name: trends["2026-04-01", name] for name in ("closing_mrr", "churned_mrr", "customer_churn_rate", "new_customers", "csat", "support_efficiency")}
        self.assertEqual(of_april, {"closing_mrr": "same", "churned_mrr": "better", "customer_churn_rate": "better", "new_customers": "worse", "csat": None, "support_efficiency": "worse"})
        changes = {row["kpi"]: row["change_number"] for row in rows if row["period_start"] == "2026-04-01"}
        self.assertEqual(changes["support_efficiency"], 1 / 30 - 3 / 62)
        # Of f, whose 9 licences are known from March.
        self.assertEqual(changes["adoption_rate"], 9 / 9 - 9 / 32)

    def test_first_of_all(self):
        """A period that begins before or on the first of all days has none before it; one that begins later has, be it before that day in part."""
        rows = kpis(book(contract("a", "1900-01-01", None, "5")), {"period": "year", "fiscal_year_start": 7}, "1900-01-01", "1900-07-02")
        first, second = rows[: len(KPIS)], rows[len(KPIS) :]
        self.assertEqual([row["period_start"] for row in (first[0], second[0])], ["1899-07-01", "1900-07-01"])
        compared = ("change_amount", "change_number", "trend")
        self.assertEqual({row[name] for row in first for name in compared}, {None})
        found = {row["kpi"]: tuple(row[name] for name in compared) for row in second}
        self.assertEqual((found["new_customers"], found["new_mrr"], found["closing_mrr"]), ((None, -1.0, "worse"), ("-5.00", None, "worse"), ("0.00", None, "same")))
        alone = kpis(book(contract("a", "1900-01-01", None, "5")), {"period": "year", "fiscal_year_start": 7}, "1900-07-01", "1900-07-02")
        self.assertEqual(alone, second)
        # On the first day, and a month later.
        january, february = (kpis(book(contract("a", "1900-01-01", None, "5")), {}, f"1900-0{month}-01", f"1900-0{month}-02") for month in (1, 2))
        self.assertEqual({row[name] for row in january for name in compared}, {None})
        self.assertEqual({row["kpi"]: row["trend"] for row in february if row["unit"] == "money"}, {
            "closing_mrr": "same", "new_mrr": "worse", "expansion_mrr": "same", "contraction_mrr": "same", "churned_mrr": "same", "net_new_mrr": "worse",
        })  # fmt: skip

    def test_targets_of_periods(self):
        """Of the only month that is named, or of none."""
        targets = {"closing_mrr": {"2026-04-01": "300", "2030-01-01": "1"}, "nps": {"2026-03-01": 40, "2026-05-01": -1}, "csat": {}, "new_customers": 1}
        rows = kpis(self.BOOK, {}, MARCH[0], "2026-05-01", targets=targets)
        found = {(row["kpi"], row["period_start"]): (row["target_amount"] or row["target_number"], row["state"]) for row in rows if row["state"] is not None}
        self.assertEqual(
            found,
            {
                ("closing_mrr", "2026-04-01"): ("300.00", "met"), ("nps", "2026-03-01"): (40.0, "met"),
                ("new_customers", "2026-03-01"): (1.0, "met"), ("new_customers", "2026-04-01"): (1.0, "missed"),
            },
        )  # fmt: skip
        self.assertEqual({row["target_number"] for row in rows if row["kpi"] == "csat"}, {None})
        # Years that start in March.
        (own,) = [row for row in kpis(self.BOOK, {"period": "year", "fiscal_year_start": 3}, *MARCH, targets={"csat": {"2026-03-01": 0.5}}) if row["target_number"] is not None]
        self.assertEqual((own["period_start"], own["kpi"], own["state"]), ("2026-03-01", "csat", "met"))

    def test_benchmarks(self):
        for period, number in (("month", 0.03), ("quarter", None)):
            found = self.told("benchmark", definitions={"period": period})
            self.assertEqual({name for name, value in found.items() if value is not None}, {"customer_churn_rate"} if number else set())
            self.assertEqual(found["customer_churn_rate"], number)
            self.assertEqual(self.told("benchmark_source", definitions={"period": period})["customer_churn_rate"] is None, number is None)

    def test_other_benchmarks(self):
        """In place of the standard one; of one kind there is one."""
        given = [
            {"kpi": kpi, "period": period, "number": number, "source": source}
            for kpi, period, number, source in [("nps", "month", -10, "we"), ("nps", "year", 30, "they"), ("health_score", "quarter", 70.5, "we"), ("closing_customers", "quarter", 1, " ")]
        ]
        for period, expected in [("month", {"nps": (-10.0, "we")}), ("quarter", {"health_score": (70.5, "we"), "closing_customers": (1.0, " ")}), ("year", {"nps": (30.0, "they")})]:
            numbers, sources = (self.told(column, definitions={"period": period}, benchmarks=given) for column in ("benchmark", "benchmark_source"))
            self.assertEqual({kpi: (number, sources[kpi]) for kpi, number in numbers.items() if number is not None or sources[kpi] is not None}, expected)
        with self.assertRaises(ModelError):
            self.told("benchmark", benchmarks=[*given, given[0] | {"number": 20, "source": "they"}])
        self.assertEqual(set(self.told("benchmark", benchmarks=[]).values()), {None})
        self.assertEqual(self.told("benchmark", benchmarks=None)["customer_churn_rate"], 0.03)

    def test_onboarding(self):
        """In the month in which the time of the one who came in March is over."""
        for asked, found in [({}, {"2026-06-01": 1.0}), ({"onboarding_days": 40}, {"2026-04-01": 0.0}), ({"onboarding_milestone": "kickoff"}, {}), ({"onboarding_days": 3660}, {})]:
            rows = kpis(self.BOOK, {}, "2026-03-01", "2026-09-01", **asked)
            rates = {row["period_start"]: row["number"] for row in rows if row["kpi"] == "onboarding_completion_rate" and row["number"] is not None}
            self.assertEqual(rates, found, asked)

    def test_periods_to_come(self):
        """Nothing is judged of what begins after the data ends; what is not over by then is marked."""
        seen = self.BOOK | {"observed_until": "2026-03-20"}
        rows = kpis(seen, {}, "2026-02-01", "2026-05-01", targets={"churned_mrr": "100"})
        told = [(row["is_complete"], row["state"], row["trend"], row["amount"]) for row in rows if row["kpi"] == "churned_mrr"]
        self.assertEqual([each[:2] for each in told], [(True, "met"), (False, "missed"), (False, None)])
        self.assertEqual((told[2][2], told[2][3]), (None, "0.00"))

    def test_known_on(self):
        """On its last day: nobody has had time for the onboarding. A day earlier the month is not over."""
        found = self.told("value", known_on="2026-03-31")
        self.assertEqual((found["onboarding_completion_rate"], found["nps"], found["support_efficiency"]), (None, 40.0, 3 / 62))
        # What has ended without notice may still be followed.
        self.assertEqual((found["closing_mrr"], found["gross_renewal_rate"]), ("300.00", None))
        self.assertEqual(found["adoption_rate"], 7 / 30)  # of one it is told a day later how many are active
        self.assertEqual(kpis(self.BOOK, {}, *MARCH, known_on="2026-03-30"), [])

    def test_free_downgrades(self):
        """Served for nothing at the close; who leaves, is free all the time, or is paused, is not."""
        rows = [contract("a", "2026-01-01", "2026-03-01", "10"), contract("b", "2026-03-02", None, "0"), contract("c", "2026-01-01", None, "0", customer_id="c"), contract("d", "2026-01-01", "2026-03-01", "10", customer_id="d")]
        self.assertEqual(self.told("value", book(*rows))["free_downgrade_rate"], 0.5)
        self.assertEqual(self.told("value", book(*rows), definitions={"free_counts": True})["free_downgrade_rate"], 1 / 3)
        self.assertEqual(self.told("value", book(*rows), "2026-04-01", "2026-05-01")["free_downgrade_rate"], None)
        paused = book(contract("a", "2026-01-01", None, "10")) | {"pauses": [{"contract_id": "a", "from_date": "2026-03-31", "to_date": "2026-04-01"}]}
        found = self.told("value", paused, definitions={"paused": "zero"})
        self.assertEqual([found[name] for name in ("free_downgrade_rate", "customer_churn_rate", "revenue_churn_rate", "customer_retention_rate")], [0.0, 1.0, 1.0, 0.0])
        # Of the two who paid 10 one is lost; where free ones count, c is one of three, and is kept.
        for free_counts, expected in [(False, (1 / 2, 1 / 2, 0.0)), (True, (1 / 3, 1 / 2, 1 / 3))]:
            found = self.told("value", book(*rows), definitions={"free_counts": free_counts})
            self.assertEqual(tuple(found[name] for name in ("customer_churn_rate", "revenue_churn_rate", "customer_retention_rate")), expected)

    def test_churn(self):
        """Of those who paid at the open: who came and went is nobody, and who came back stayed."""
        rows = [contract("a", "2026-01-01", "2026-03-05", "10"), contract("a 2", "2026-03-20", None, "4"), contract("b", "2026-01-01", None, "10", customer_id="b")]
        rows += [contract("c", "2026-03-02", "2026-03-09", "7", customer_id="c"), contract("d", "2026-03-02", None, "7", customer_id="d")]
        found = self.told("value", book(*rows))
        self.assertEqual((found["churned_customers"], found["customer_churn_rate"], found["customer_retention_rate"]), (2, 0.0, 1.0))
        self.assertEqual((found["revenue_churn_rate"], found["revenue_retention_rate"], found["downsell_rate"]), (0.0, 14 / 20, None))
        # What is lost is what was paid at the open, whatever was paid when they left; b pays 10, and of it nothing is lost when it pays less.
        for before_it_left, paid in [("100", "10"), ("1", "2")]:
            rows = [contract("a", "2026-01-01", "2026-03-05", "10"), contract("a 2", "2026-03-05", "2026-03-31", before_it_left), contract("b", "2026-01-01", "2026-03-05", "10", customer_id="b"), contract("b 2", "2026-03-05", None, paid, customer_id="b")]
            found = self.told("value", book(*rows))
            self.assertEqual((found["churned_mrr"], found["revenue_churn_rate"], found["customer_churn_rate"]), (f"{before_it_left}.00", 0.5, 0.5))
        # Who pays on the last day stays; who pays from the day after on is lost.
        for day, lost in [("2026-03-31", 0.0), ("2026-04-01", 1.0)]:
            found = self.told("value", book(contract("a", "2026-01-01", "2026-03-05", "10"), contract("a 2", day, None, "4")))
            self.assertEqual((found["revenue_churn_rate"], found["customer_churn_rate"], found["customer_retention_rate"]), (lost, lost, 1 - lost))
        # Who was there for nothing, and leaves, pays nothing less; of nothing there is no share.
        rows = [contract("c", "2026-01-01", "2026-03-09", "0", customer_id="c"), contract("d", "2026-01-01", None, "10", customer_id="d")]
        for given, expected in [(rows, (0.5, 0.0, 0.5)), (rows[:1], (1.0, None, 0.0))]:
            found = self.told("value", book(*given), definitions={"free_counts": True})
            self.assertEqual((found["customer_churn_rate"], found["revenue_churn_rate"], found["customer_retention_rate"]), expected)
        # Who is served for nothing neither leaves nor is kept, also where free ones count.
        free = book(contract("a", "2026-01-01", "2026-03-05", "10"), contract("a 2", "2026-03-05", None, "0"))
        for free_counts, expected in [(False, (0.0, 0.0, 1.0, 0.0, 0.0)), (True, (0.0, 0.0, 1.0, 0.0, 0.0))]:
            found = self.told("value", free, definitions={"free_counts": free_counts})
            self.assertEqual(tuple(found[name] for name in ("customer_churn_rate", "revenue_churn_rate", "free_downgrade_rate", "customer_retention_rate", "revenue_retention_rate")), expected)

    def sold(self, *rows, **asked):
        """The shares with better plans, and with worse ones."""
        found = self.told("value", book(*rows), **asked)
        return found["upsell_rate"], found["downsell_rate"]

    def test_plans(self):
        """The best plan that something is paid for, before and after; a plan without a rank says nothing."""

        def rates(before, after, mrr="20", **asked):
            rows = [contract("a", "2026-01-01", "2026-03-05", "10", plan_rank=before), contract("b", "2026-03-05", None, mrr, plan_rank=after)]
            return self.sold(*rows, contract("c", "2026-01-01", None, "5", customer_id="c"), **asked)

        for before, after, found in [(1, 2, (0.5, 0.0)), (0, 1, (0.5, 0.0)), (2, 2, (0.0, 0.0)), (2, 1, (0.0, 0.5)), (1, 0, (0.0, 0.5)), (None, 2, (0.0, 0.0)), (1, None, (0.0, 0.0)), (None, None, (None, None))]:
            self.assertEqual(rates(before, after), found, (before, after))
        # What is paid does not matter, if something is; a lower price of the same plan is no worse one.
        self.assertEqual([rates(2, 1, "999"), rates(2, 2, "1"), rates(1, 2, "1")], [(0.0, 0.5), (0.0, 0.0), (0.5, 0.0)])
        for free_counts in (False, True):
            self.assertEqual([rates(1, 2, "0", definitions={"free_counts": free_counts}), rates(2, 1, "0", definitions={"free_counts": free_counts})], [(0.0, 0.0)] * 2)
        beside = [contract("a", "2026-01-01", None, "10", plan_rank=2), contract("b", "2026-01-01", "2026-03-05", "1", plan_rank=1), contract("d", "2026-03-05", None, "1", plan_rank=2)]
        self.assertEqual(self.sold(*beside), (0.0, 0.0))
        # The best of two goes, and the other stays.
        less = [contract("a", "2026-01-01", None, "10", plan_rank=2), contract("b", "2026-01-01", "2026-03-05", "1", plan_rank=3)]
        self.assertEqual(self.sold(*less), (0.0, 1.0))
        # Who comes back by the close paid at the open, too; who has left, or is new, is not asked.
        gap = [contract("a", "2026-01-01", "2026-03-05", "10", plan_rank=1), contract("b", "2026-03-20", None, "1", plan_rank=2)]
        self.assertEqual(self.sold(*gap), (1.0, 0.0))
        self.assertEqual(self.sold(gap[0] | {"plan_rank": 3}, gap[1]), (0.0, 1.0))
        self.assertEqual(self.sold(contract("a", "2026-01-01", None, "1"), contract("b", "2026-01-01", "2026-03-31", "1", customer_id="b", plan_rank=3)), (0.0, 0.0))
        self.assertEqual(self.sold(contract("b", "2026-03-01", "2026-03-09", "1", plan_rank=3), contract("c", "2026-03-09", None, "1", plan_rank=1)), (None, None))

    def test_plans_by_product(self):
        """A better plan of a product that is held all along, whatever becomes of another; a better one of another product is none."""

        def rates(*plans):
            """Each: a product, and the rank before and after; none where it is not held."""
            rows = []
            for product, before, after in plans:
                rows += [contract(f"{product} before", "2026-01-01", "2026-03-05", "10", product=product, plan_rank=before)] if before is not None else []
                rows += [contract(f"{product} after", "2026-03-05", None, "10", product=product, plan_rank=after)] if after is not None else []
            return self.sold(*rows)

        self.assertEqual(rates(("core", 1, 2), ("addon", 9, 3)), (1.0, 1.0))  # a customer may be in both
        self.assertEqual(rates(("core", 1, 2), ("addon", 9, None)), (1.0, 0.0))
        self.assertEqual(rates(("core", 2, 1), ("addon", None, 9)), (0.0, 1.0))
        self.assertEqual(rates(("core", 1, 2), ("addon", 1, 2)), (1.0, 0.0))  # one customer
        self.assertEqual(rates(("core", 2, 1), ("addon", 2, 1)), (0.0, 1.0))
        self.assertEqual(rates(("core", 1, None), ("addon", None, 9)), (0.0, 0.0))
        self.assertEqual(rates(("core", 9, None), ("addon", None, 1)), (0.0, 0.0))
        self.assertEqual(rates(("core", 1, 1), ("addon", None, 9)), (0.0, 0.0))
        self.assertEqual(rates((None, 1, 2), ("addon", 9, 9)), (1.0, 0.0))
        self.assertEqual(rates((None, 2, 1), ("addon", 9, 9)), (0.0, 1.0))
        self.assertEqual(rates((None, 1, None), ("addon", None, 2)), (0.0, 0.0))

    def test_cross_sell(self):
        """More products than before, of those who paid; a swap is none, nor what is sold to one who is new, or for nothing."""

        def rate(before, after, mrr="1", **more):
            rows = [contract("there", "2026-01-01", None, "10", customer_id="there", product="core")]
            rows += [contract(f"before {product}", "2026-01-01", "2026-03-05", "1", product=product) for product in before]
            rows += [contract(f"after {product}", "2026-03-05", None, mrr, product=product) for product in after]
            return self.told("value", book(*rows), **more)["cross_sell_rate"]

        for before, after, found in [("a", "ab", 0.5), ("a", "b", 0.0), ("ab", "bc", 0.0), ("ab", "c", 0.0), ("a", "bcd", 0.5), ("", "ab", 0.0), ("a", "", 0.0), (["a"], ["a", None], 0.5), ([None], ["a"], 0.0)]:
            self.assertEqual(rate(before, after), found, (before, after))
        self.assertEqual(rate("a", "ab", "0"), 0.0)
        self.assertEqual(rate("a", "ab", "0", definitions={"free_counts": True}), 0.0)
        # Whose products nobody has named sells none.
        self.assertEqual(self.told("value", book(contract("a", "2026-01-01", None, "1")))["cross_sell_rate"], None)

    def test_adoption(self):
        """Active users of the period over licensed ones known by its close, of those who pay then and of whom both are known; of each what was seen last."""
        there = [contract(name, "2026-01-01", None, "1", customer_id=name) for name in "abcd"]

        def seats(customer, active, licensed, day="2026-03-10", **more):
            return [used(customer, day, value=active, **more), used(customer, day, "licensed_users", licensed, **more)]

        def rate(*signals, contracts=there, **asked):
            return self.told("value", book(*contracts) | {"signals": list(signals)}, **asked)["adoption_rate"]

        a = seats("a", 6, 10)
        self.assertEqual([rate(*a), rate(*a, *seats("b", 15, 20)), rate(*seats("a", 15, 10)), rate(*seats("a", 0, 10))], [0.6, 21 / 30, 1.5, 0.0])
        self.assertEqual(rate(*a, *seats("b", 2, 0)), 0.8)  # of no seats at all, two
        self.assertEqual([rate(), rate(*seats("a", 6, 0)), rate(*seats("a", 0, 0))], [None, None, None])
        # Of whom one of the two is not known is left out, and other signals say nothing.
        self.assertEqual(rate(*a, used("b", "2026-03-10"), used("c", "2026-03-10", "licensed_users", 90), used("d", "2026-03-10", "logins", 5)), 0.6)
        self.assertEqual(rate(used("a", "2026-03-10"), used("b", "2026-03-10", "licensed_users", 9)), None)
        for day, found in [("2026-02-28", None), ("2026-03-01", 0.5), ("2026-03-31", 0.5), ("2026-04-01", None)]:
            self.assertEqual(rate(*seats("a", 1, 2, day)), found, day)
            self.assertEqual(rate(used("a", day), used("a", "2026-03-10", "licensed_users", 2)), found, day)
            self.assertEqual(rate(used("a", day), used("a", "2026-02-01", "licensed_users", 2)), found, day)
        # A licence is known from any day up to the last one of the month, also from before anything was paid; of several days the last one counts.
        for day, found, beside_three in [("2020-01-01", 0.5, 1 / 3), ("2026-02-28", 0.5, 0.5), ("2026-03-01", 0.5, 0.5), ("2026-03-31", 0.5, 0.5), ("2026-04-01", None, 1 / 3)]:
            licence = used("a", day, "licensed_users", 2)
            self.assertEqual(rate(used("a", "2026-03-10"), licence), found, day)
            self.assertEqual(rate(used("a", "2026-03-10"), licence, used("a", "2026-02-27", "licensed_users", 3)), beside_three, day)
        self.assertEqual(rate(used("a", "2026-03-10"), used("a", "2026-02-27", "licensed_users", 9), used("a", "2026-02-27", "licensed_users", 4)), 0.25)
        self.assertEqual(rate(used("a", "2026-02-28"), used("a", "2026-02-28", "licensed_users", 2), *seats("b", 3, 4)), 0.75)  # a was not seen in use since
        self.assertEqual(rate(used("a", "2026-03-10"), used("a", "2026-02-27", "licensed_users", 2), used("a", "2026-03-31", "licensed_users", 0)), None)
        # Each is seen on days of its own, and of several values of the last one the lowest counts, whichever was known last.
        self.assertEqual(rate(*a, used("a", "2026-03-11", value=3), used("a", "2026-03-09", "licensed_users", 1)), 0.3)
        several = [used("a", "2026-03-20", value=5), used("a", "2026-03-20", value=4), used("a", "2026-03-20", value=9, recorded_on="2026-03-25"), used("a", "2026-03-19", value=1)]
        self.assertEqual([rate(*a, *several), rate(*reversed([*a, *several]))], [0.4, 0.4])
        self.assertEqual(rate(*a, used("a", "2026-03-10", "licensed_users", 8)), 6 / 8)
        # Who has left does not count, and who is new does.
        gone, new = contract("e", "2026-01-01", "2026-03-31", "1", customer_id="e"), contract("f", "2026-03-31", None, "1", customer_id="f")
        of_both = [*seats("e", 1, 90), *seats("f", 9, 10)]
        self.assertEqual([rate(*a, *of_both, contracts=[*there, gone, new]), rate(*of_both, contracts=[gone, new]), rate(*of_both, contracts=[gone])], [15 / 20, 0.9, None])
        free = contract("g", "2026-01-01", None, "0", customer_id="g")
        self.assertEqual([rate(*seats("g", 1, 4), contracts=[free], definitions={"free_counts": counts}) for counts in (False, True)], [None, 0.25])
        # What is known of it then.
        late = [*seats("a", 6, 10), used("a", "2026-03-20", value=5, recorded_on="2026-04-02")]
        self.assertEqual([rate(*late, known_on="2026-04-01"), rate(*late, known_on="2026-04-02"), rate(*late)], [0.6, 0.5, 0.5])
        late = [*seats("a", 6, 10, "2026-03-01"), used("a", "2026-03-02", "licensed_users", 12, recorded_on="2026-04-02")]
        self.assertEqual([rate(*late, known_on="2026-04-01"), rate(*late, known_on="2026-04-02"), rate(*late)], [0.6, 0.5, 0.5])

    def test_sums_of_adoption(self):
        """Both are rounded once, and divided once; there is no rate beyond all floats."""
        units = view(book(*(contract(name, "2026-01-01", None, "1", customer_id=name) for name in "abc")), {}, [], "customer", None).units

        def rate(*seats):
            rows = [used(name, "2026-03-01", signal, value) for name, values in zip("abc", seats) for signal, value in zip(("active_users", "licensed_users"), values)]
            return adoption_rate(units, rows, Period(date(2026, 3, 1), date(2026, 4, 1)))

        self.assertEqual(rate((0.1, 1), (0.2, 0), (0.3, 0)), 0.6)  # and not 0.6000000000000001
        self.assertEqual(rate((1, 0.1), (0, 0.2), (0, 0.3)), 1 / 0.6)
        self.assertEqual(rate((1e16, 1), (1, 0), (1, 0)), 10_000_000_000_000_002.0)
        self.assertEqual([rate((1e308, 0.5)), rate((1e308, 1), (1e308, 1)), rate((5e-324, 1e308))], [None, None, 0.0])

    def test_health(self):
        """(35 x 72 + 10 x 60 + 5 x 100) / 50 = 72.4, and from when it is known that another pays late also 62.4."""
        for known_on in (None, "2026-06-30"):
            rows = [row for row in kpis(SCORED, {}, "2026-02-01", "2026-07-01", known_on=known_on) if row["kpi"] == "health_score"]
            self.assertEqual([row["number"] for row in rows], [None, 72.4, 67.4, 67.4, None])  # after two months it is too old
            self.assertEqual([row["trend"] for row in rows], [None, None, "worse", "same", None])
            self.assertEqual(rows[2]["change_number"], 67.4 - 72.4)
        self.assertEqual([row["score"] for row in health(SCORED, {}, "2026-04-30", scorecard=standard_card())], [72.4, 62.4, None])
        # What is known of a customer's line is what was known then: one leaves, as it was told later.
        left = [row | {"end_date": "2026-03-15", "recorded_on": "2026-05-01"} if row["customer_id"] == "early" else row for row in SCORED["contracts"]]
        told = self.told("value", SCORED | {"contracts": [*SCORED["contracts"][:1], *left]})
        self.assertEqual((told["closing_customers"], told["health_score"]), (2, 72.4))

    def test_health_after_the_last_day(self):
        """A quarter that goes beyond it has a last day all the same."""
        given = book(contract("a", "2199-01-01", None, "100")) | {"signals": [used("acme", day, name, value) for day in ("2200-12-01", "2200-12-31") for name, value in [*USE, ("days_past_due", 0)]]}
        self.assertEqual(self.told("value", given, "2200-12-01", "2200-12-31", {"period": "quarter", "fiscal_year_start": 2})["health_score"], 72.4)

    def test_evidence_there_may_be(self):
        self.assertTrue(may_score(SCORED))
        tables = {name: [{}] for name in ("cases", "surveys", "stakeholders", "engagements")}
        self.assertFalse(may_score(book() | tables | {"signals": []}))
        self.assertTrue(may_score(book() | {"signals": [{}]}))

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

    def test_refusals(self):
        refused = [{"targets": {name: aim}} for name, aim in [("colour", 1), ("nps", "1"), ("nps", True), ("nps", None), ("new_mrr", 1.0), ("new_mrr", "1.005"), ("new_mrr", "a"), ("new_mrr", "1e2")]]
        refused += [{"targets": {"nps": {day: 1}}} for day in ("", "march", "2026-03", "2026-3-01", "2026-03-02", "2026-02-30", "20260301", "2026-03-01 ", "2026-03-01T00:00:00", "2026-W10-1", "1899-12-01")]
        refused += [{"targets": {name: {"2026-03-01": aim}}} for name, aim in [("nps", "1"), ("nps", None), ("nps", {"2026-03-01": 1}), ("new_mrr", 1.5), ("new_mrr", "1.005"), ("colour", 1)]]
        refused += [{"targets": {"nps": {"2026-03-01": 1, "2026-03-05": 1}}}, {"targets": {"nps": [1]}}, {"targets": {"colour": {}}}]
        refused += [{"definitions": definitions, "targets": {"nps": {"2026-03-01": 1}}} for definitions in ({"period": "quarter"}, {"period": "year", "fiscal_year_start": 2})]
        one = {"kpi": "nps", "period": "month", "number": 1, "source": "we"}
        refused += [{"benchmarks": given} for given in ([one | {"more": 1}], [one, "nps"], one, "nps", *([{name: one[name] for name in one if name != left_out}] for left_out in one))]
        wrong = [("kpi", "colour"), ("kpi", "new_mrr"), ("kpi", 1), ("period", "day"), ("period", "week"), ("period", "months"), ("period", None), ("number", "1"), ("number", True), ("number", None), ("source", None), ("source", 1), ("source", "")]
        refused += [{"benchmarks": [one, one | {name: value}]} for name, value in wrong]
        refused += [{"csat_threshold": share} for share in (-0.1, 1.000001, 0.0000001)]
        for asked in refused:
            definitions = asked.pop("definitions", {})
            with self.assertRaises(ModelError, msg=asked) as caught:
                kpis(self.BOOK, definitions, *MARCH, **asked)
            self.assertEqual(caught.exception.code, "invalid_argument", asked)
        with self.assertRaises(ModelError) as caught:
            kpis(self.BOOK, {}, *reversed(MARCH))
        self.assertEqual(caught.exception.code, "invalid_range")


if __name__ == "__main__":
    unittest.main()
