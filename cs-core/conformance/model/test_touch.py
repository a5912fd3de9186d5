"""Worked numbers of tiers, of what they take, and of who serves them."""

import unittest
from fractions import Fraction

from definitions import ModelError
from model import touch_capacity, touch_load, touch_plan
from shifted_beta import fitted
from test_retention import HALVES, LEAVING
from touch import CAPACITY_COLUMNS, LOAD_COLUMNS, PLAN_COLUMNS, months_to_come
from worked import DAY, book, contract, months, paying

ONE_TIER = {"rules": [{"tier": "tech_touch"}]}


def of_rule(tier="high_touch", **conditions):
    return {"rules": [{"tier": tier, **conditions}, {"tier": "tech_touch"}]}


def met(day, kind="qbr", channel="human", minutes=None, customer_id="acme"):
    return {"customer_id": customer_id, "date": day, "kind": kind, "channel": channel, "minutes": minutes}


def outcome(observed_on, experience, outcome_id="o", **more):
    return {"outcome_id": outcome_id, "observed_on": observed_on, "experience": experience} | more


class Touch(unittest.TestCase):
    # The mean is 100.
    MRR = {"large": "300", "promising": "120", "middle": "50", "unhappy": "20", "small": "10"}
    BOOK = book(*(contract(name, "2026-01-01", None, mrr, customer_id=name) for name, mrr in MRR.items())) | {
        "customers": [
            {"customer_id": "large", "owner": "ann"},
            {"customer_id": "promising", "owner": "bob", "potential_mrr": "360", "recorded_on": "2026-06-30"},
            {"customer_id": "promising", "owner": "ann", "potential_mrr": "10", "recorded_on": "2026-07-01"},
            {"customer_id": "middle", "owner": "Bob", "potential_mrr": "1000"},
            {"customer_id": "unhappy", "potential_mrr": "1000"},
            {"customer_id": "small", "owner": "bob"},
        ],
        "outcomes": [{"customer_id": "unhappy"} | outcome("2026-06-01", 4)],
        "engagements": [
            met("2026-06-20", minutes=60, customer_id="large"), met("2026-04-02", minutes=30, customer_id="large"), met("2026-04-01", minutes=600, customer_id="large"),
            met("2026-06-25", channel="digital", minutes=45, customer_id="large"), met("2026-06-26", minutes=20, customer_id="small"), met("2026-07-01", minutes=99, customer_id="small"),
        ],
    }  # fmt: skip


class Plan(Touch):
    def told(self, *columns, given=None, as_of=DAY, definitions=None, **asked):
        (row,) = touch_plan(given or paying(), definitions or {}, as_of, **asked)
        return tuple(row[name] for name in columns) if len(columns) > 1 else row[columns[0]]

    def tier(self, given=None, model=None, **asked):
        return self.told("tier", given=given, model=model, **asked)

    def test_columns(self):
        row = touch_plan(self.BOOK, {}, DAY, cost_per_hour="50", gross_margin=0.8)[0]
        self.assertEqual(list(row), PLAN_COLUMNS)
        expected = ["large", "high_touch", 1, "ann", "300.00", "300.00", None, None, 8.0]
        # 90 minutes of 90 days, 365/12 of a month: 0.506944 hours of 50. 240 less 8 hours of 50.
        expected += [90 * 365 / (60 * 90 * 12), "240.00", "400.00", "25.35", "-160.00", "2026-06-20", "2026-07-04", False]
        self.assertEqual(list(row.values()), expected)

    def test_default_rules(self):
        rows = touch_plan(self.BOOK, {}, DAY)
        expected = [("large", "high_touch", 1), ("middle", "low_touch", 3), ("promising", "high_touch", 2), ("small", "tech_touch", 5), ("unhappy", "low_touch", 4)]
        self.assertEqual(months(rows, "customer_id", "tier", "rule"), expected)
        self.assertEqual(months(rows, "owner", "potential_mrr", "experience"), [("ann", None, None), ("Bob", "1000.00", None), ("bob", "360.00", None), ("bob", None, None), (None, "1000.00", 4)])
        self.assertEqual(months(touch_plan(self.BOOK, {}, "2026-06-29"), "customer_id", "tier", "owner")[2], ("promising", "low_touch", None))

    def test_ratios(self):
        """Of the mean of all who pay, and of its own MRR; at the bound they hold, and beyond it they do not."""
        rows = [contract("a", "2026-01-01", None, "100"), contract("b", "2026-01-01", None, "0.01", customer_id="b"), contract("c", "2026-07-01", None, "900", customer_id="c")]
        given = book(*rows) | {"customers": [{"customer_id": "acme", "potential_mrr": "150.00"}, {"customer_id": "b"}, {"customer_id": "c"}]}
        for conditions, found in [
            ({"min_value_ratio": 1.9998}, 1), ({"min_value_ratio": 1.999801}, 2), ({"min_potential_ratio": 1.5}, 1), ({"min_potential_ratio": 1.500001}, 2),
            ({"min_value": "100.00"}, 1), ({"min_value": "100.01"}, 2), ({"min_value": "100", "min_potential_ratio": 2}, 2), ({"min_value": None, "max_experience": 10}, 2),
            ({"min_value": "0"}, 1),
        ]:  # fmt: skip
            self.assertEqual(touch_plan(given, {}, DAY, model=of_rule(**conditions))[0]["rule"], found, conditions)

    def test_experience(self):
        """Of the last day that is known, the lowest."""
        for rows, found in [
            ([outcome("2026-06-01", 4)], 4), ([outcome("2026-06-01", 4), outcome("2026-06-02", 5, "b")], 5), ([outcome("2026-06-02", 4), outcome("2026-06-02", 4.5, "b")], 4),
            ([outcome("2026-06-01", 4), outcome("2026-06-02", None, "b")], 4), ([outcome(None, 4)], None), ([outcome("2026-07-01", 4)], None),
            ([outcome("2026-06-01", 4, agreed_on="2026-07-01")], None), ([], None),
        ]:  # fmt: skip
            self.assertEqual(self.told("experience", given=paying(outcomes=rows)), found, rows)
        given = paying(outcomes=[outcome("2026-06-01", 4.5)])
        self.assertEqual([self.tier(given, of_rule("low_touch", max_experience=most)) for most in (4.499999, 4.5)], ["tech_touch", "low_touch"])

    def test_spent_hours(self):
        engagements = [met("2026-06-30", minutes=10), met("2026-06-30", "marketing", minutes=5), met("2026-06-21", minutes=100), met("2026-06-20", minutes=1000), met("2026-06-29")]
        given = paying(engagements=engagements)
        self.assertEqual(self.told("spent_hours", given=given, window_days=10), 115 * 365 / (12 * 60 * 10))
        self.assertEqual(self.told("spent_hours", given=given, window_days=10, definitions={"days_per_month": "30"}), 5.75)
        self.assertEqual(self.told("spent_hours", given=paying(engagements=[met("2026-01-01")]), window_days=10), 0.0)
        self.assertIsNone(self.told("spent_hours"))  # nobody keeps contacts

    def test_contacts(self):
        """By people, or by anything where nobody is to come; and from the first day of its present run on."""
        engagements = [met("2026-06-01"), met("2026-06-10", "marketing", "digital"), met("2026-07-01")]
        columns = ("last_contact_on", "next_contact_on", "is_overdue")
        high = {"rules": [{"tier": "high_touch"}]}
        given = paying(engagements=engagements)
        self.assertEqual(self.told(*columns, given=given, model=high), ("2026-06-01", "2026-06-15", True))
        self.assertEqual(self.told(*columns, given=given, model=ONE_TIER), ("2026-06-10", "2026-09-08", False))
        for days, found in [(20, ("2026-06-10", "2026-06-30", False)), (19, ("2026-06-10", "2026-06-29", True))]:
            soon = ONE_TIER | {"tiers": {"tech_touch": {"hours_per_month": 0, "contact_days": days}}}
            self.assertEqual(self.told(*columns, given=given, model=soon), found)
        elsewhere = book(contract("c", "2026-01-01", None, "10"), contract("d", "2026-01-01", None, "0", customer_id="other"))
        elsewhere |= {"engagements": [met("2026-06-01") | {"customer_id": "other"}]}
        self.assertEqual(self.told(*columns, given=elsewhere, model=high), (None, "2026-01-15", True))
        self.assertEqual(self.told(*columns, model=high), (None, None, False))  # nobody keeps contacts
        rows = [contract("a", "2026-01-01", "2026-06-03", "10"), contract("b", "2026-06-05", None, "10"), contract("c", "2026-06-20", None, "10")]
        back = book(*rows) | {"engagements": given["engagements"]}
        self.assertEqual(self.told(*columns, given=back, model=high), ("2026-06-01", "2026-06-19", True))
        self.assertEqual(self.told(*columns, given=back, model=high, definitions={"gap_tolerance_days": 2}), ("2026-06-01", "2026-06-15", True))

    def test_money(self):
        """Each amount is rounded once, half to even."""
        columns = ("margin", "cost_to_serve", "margin_after_service")
        cents = book(contract("c", "2026-01-01", None, "0.05"))
        self.assertEqual(self.told(*columns, given=cents, gross_margin=0.5, model=ONE_TIER), ("0.02", None, None))
        self.assertEqual(self.told(*columns, given=cents, gross_margin=0.7, model=ONE_TIER, cost_per_hour="0.25"), ("0.04", "0.02", "0.02"))
        self.assertEqual(self.told(*columns, given=cents, gross_margin=0, model=ONE_TIER, cost_per_hour="0.35"), ("0.00", "0.04", "-0.04"))

    def test_spent_cost(self):
        """A month's share of the minutes, rounded once, half to even; what is planned costs what it did."""
        columns = ("cost_to_serve", "spent_cost", "margin_after_service")
        monthly = {"window_days": 30, "definitions": {"days_per_month": "30"}, "model": ONE_TIER}
        for minutes, cost, found in [
            (60, "0.25", ("0.02", "0.25", "99.98")), (45, "0.02", ("0.00", "0.02", "100.00")), (45, "0.06", ("0.01", "0.04", "99.99")),
            (15, "0.02", ("0.00", "0.00", "100.00")), (6000, "10.00", ("1.00", "1000.00", "99.00")), (None, "10", ("1.00", "0.00", "99.00")),
            (60, "0", ("0.00", "0.00", "100.00")), (60, None, (None, None, None)),
            (60, "90071992547409.93", ("9007199254740.99", "90071992547409.93", "-9007199254640.99")),
        ]:  # fmt: skip
            given = paying(engagements=[met(DAY, minutes=minutes), met(DAY, channel="digital", minutes=600), met("2026-05-31", minutes=600)])
            self.assertEqual(self.told(*columns, given=given, cost_per_hour=cost, **monthly), found, (minutes, cost))
        # 120 minutes of 73 days, 365/12 of a month: 5/6 of an hour.
        given = paying(engagements=[met(DAY, minutes=100), met("2026-04-19", minutes=20), met("2026-04-18", minutes=20)])
        for digits, found in [(0, "0.83"), (3, "0.83333")]:
            self.assertEqual(self.told("spent_cost", given=given, cost_per_hour="1", window_days=73, definitions={"extra_digits": digits}), found)

    def test_tiers(self):
        """What is not told of them is as it is."""
        model = {"tiers": {"low_touch": {"hours_per_month": 2.5, "contact_days": 30}, "tech_touch": {"contact_days": 10}}}
        rows = touch_plan(self.BOOK, {}, DAY, model=model)
        self.assertEqual(months(rows, "planned_hours", "next_contact_on"), [(8.0, "2026-07-04"), (2.5, "2026-01-31"), (8.0, "2026-01-15"), (0.1, "2026-07-06"), (2.5, "2026-01-31")])

    def test_lifetime(self):
        """Of those of alpha and beta 1 who have stayed n months 1 / (n + 1) did: after two months 3/3 + 3/4 + 3/5 more."""
        self.assertEqual(months_to_come((1.0, 1.0), Fraction(0), 0, 4), Fraction(2083333, 10**6))
        self.assertEqual(months_to_come((1.0, 1.0), Fraction(0), 2, 3), Fraction(235, 100))
        self.assertEqual(months_to_come(None, Fraction(1, 2), 2, 3), Fraction(175, 100))
        self.assertEqual(fitted(HALVES), (1.0, 1.0))
        rows = touch_plan(LEAVING, {}, "2026-03-15", value="lifetime", horizon_months=3, gross_margin=0.5)
        self.assertEqual(months(rows, "customer_id", "value", "mrr"), [("c4", "70.50", "60.00"), ("c5", "70.50", "60.00")])  # 60 x 2.35 / 2
        rows = touch_plan(LEAVING, {}, "2026-03-15", value="lifetime", horizon_months=3, model=of_rule(min_value="141"), pair=(1.0, 1.0))
        self.assertEqual(months(rows, "value", "rule"), [("141.00", 1)] * 2)
        # Nobody has left, which no pair says: all stay for the horizon.
        stays = months(touch_plan(self.BOOK, {}, DAY, value="lifetime", horizon_months=3), "value", "mrr")
        self.assertTrue(stays and all(Fraction(value) == 3 * Fraction(mrr) for value, mrr in stays))

    def test_lifetime_of_a_return(self):
        """It is counted from its last return on, 14 days before; the model has its first stay."""
        back = [contract("back", "2026-03-01", None, "60", customer_id="c0")]
        given = book(*LEAVING["contracts"], *back)
        rows = touch_plan(given, {}, "2026-03-15", value="lifetime", horizon_months=4)
        self.assertEqual(months(rows, "customer_id", "value"), [("c0", "125.00"), ("c4", "171.00"), ("c5", "171.00")])  # 3/3 + 3/4 + 3/5 + 3/6

    def test_refused(self):
        rules = [[], [{"tier": "high_touch", "min_value": "1"}], [{"tier": "high_touch"}, {"tier": "low_touch"}], [{"tier": "some"}], [{"min_value": "1"}, {"tier": "low_touch"}]]
        ways = [{"model": {"rules": each}} for each in rules]
        ways += [{"model": of_rule(**each)} for each in ({"min_value_ratio": -1}, {"min_value_ratio": 1000001}, {"min_potential_ratio": 0.0000001}, {"max_experience": 10.1}, {"max_value": "1"})]
        ways += [{"model": {"tiers": {"low_touch": each}}} for each in ({"hours_per_month": 1000.1}, {"hours_per_month": -1}, {"contact_days": 0}, {"contact_days": 3661})]
        ways += [{"value": "arr"}, {"gross_margin": 1.1}, {"gross_margin": 0.1234567}, {"horizon_months": 0}, {"horizon_months": 1201}, {"window_days": 0}, {"window_days": 3661}]
        for asked in ways:
            for operation in (touch_plan, touch_load, touch_capacity):
                with self.assertRaisesRegex(ModelError, "invalid_argument"):
                    operation(self.BOOK, {}, DAY, **asked)
        for hours in (0, 1001):
            with self.assertRaisesRegex(ModelError, "invalid_argument"):
                touch_capacity(self.BOOK, {}, DAY, hours_per_person=hours)


class Load(Touch):
    def test_rows(self):
        rows = touch_load(self.BOOK, {}, DAY, cost_per_hour="10", gross_margin=0.5)
        self.assertEqual([list(row) for row in rows], [LOAD_COLUMNS] * 3)
        of_a_month = 365 / (60 * 90 * 12)
        self.assertEqual(
            [list(row.values()) for row in rows],
            [
                # promising is overdue since 15 January, and both of low touch since 15 February
                ["high_touch", 2, 1, "420.00", 420 / 500, 16.0, 16 / 18.1, 90 * of_a_month, 90 / 110, "210.00", "160.00", "5.07", "50.00"],
                ["low_touch", 2, 2, "70.00", 70 / 500, 2.0, 2 / 18.1, 0.0, 0.0, "35.00", "20.00", "0.00", "15.00"],
                ["tech_touch", 1, 0, "10.00", 10 / 500, 0.1, 0.1 / 18.1, 20 * 365 / (60 * 90 * 12), 20 / 110, "5.00", "1.00", "1.13", "4.00"],
            ],
        )

    def test_nobody(self):
        rows = touch_load(book(), {}, DAY)
        self.assertEqual([list(row.values()) for row in rows], [[tier, 0, 0, "0.00", None, 0.0, None, None, None, "0.00", None, None, None] for tier in ("high_touch", "low_touch", "tech_touch")])
        self.assertEqual(months(touch_load(book(), {}, DAY, cost_per_hour="1"), "spent_cost", "margin_after_service"), [(None, "0.00")] * 3)

    def test_sums_are_exact(self):
        """Ten times a tenth is one; amounts are sums of those that were rounded."""
        given = book(*(contract(f"c{n}", "2026-01-01", None, "0.05", customer_id=f"c{n}") for n in range(10)))
        row = touch_load(given, {}, DAY, model=ONE_TIER, gross_margin=0.5, cost_per_hour="0.15")[2]
        self.assertEqual((row["planned_hours"], row["margin"], row["cost_to_serve"], row["margin_after_service"]), (1.0, "0.20", "0.20", "0.00"))
        # A quarter of an hour of 6 units each: one and a half, and two when rounded.
        given["engagements"] = [met(DAY, minutes=15, customer_id=f"c{n}") for n in range(10)]
        row = touch_load(given, {"days_per_month": "30"}, DAY, model=ONE_TIER, window_days=30, cost_per_hour="0.06")[2]
        self.assertEqual((row["spent_hours"], row["spent_cost"]), (2.5, "0.20"))


class Capacity(Touch):
    def test_rows(self):
        rows = touch_capacity(self.BOOK, {}, DAY, hours_per_person=16)
        self.assertEqual([list(row) for row in rows], [CAPACITY_COLUMNS] * 4)
        self.assertEqual(
            [list(row.values()) for row in rows],
            [
                ["Bob", 1, 0, 1, 0, "50.00", 1.0, 0.0, 16, 1 / 16],
                ["ann", 1, 1, 0, 0, "300.00", 8.0, 90 * 365 / (60 * 90 * 12), 16, 0.5],
                ["bob", 2, 1, 0, 1, "130.00", 8.1, 20 * 365 / (60 * 90 * 12), 16, 8.1 / 16],
                [None, 1, 0, 1, 0, "20.00", 1.0, 0.0, None, None],
            ],
        )
        self.assertEqual(touch_capacity(book(), {}, DAY), [])
        self.assertEqual(touch_capacity(self.BOOK, {}, DAY)[1]["utilisation"], 8 / 120)


if __name__ == "__main__":
    unittest.main()
