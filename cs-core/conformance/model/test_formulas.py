"""The formulas on plain numbers: worked numbers, what is absent and refused; random calls that reach the corners."""

import functools
import math
import unittest
from collections import Counter
from decimal import Decimal
from fractions import Fraction

from formula_calls import differences, random_formula_call, told
from formulas import DEFAULTS, FORMULAS, LARGEST_COUNT, NEAR_IN_INTERVALS, SHARES, SMALLEST, Number, Refusal, Z, answer

RANDOM_CALLS = 6_000
WORKED = [
    ("customer_churn_rate", {"cancelled": 10, "customers": 200}, 0.05),
    ("free_downgrade_rate", {"downgraded": 3, "customers": 60}, 0.05),
    ("revenue_churn_rate", {"unit_price": "30000", "cancellations": 6, "revenue": "3000000"}, 0.06),
    ("customer_retention_rate", {"customers_at_end": 1300, "customers_gained": 350, "customers_at_start": 1000}, 0.95),
    ("revenue_retention_rate", {"revenue_at_end": 130, "revenue_gained": 20, "revenue_at_start": 100}, 1.1),
    ("onboarding_completion_rate", {"completed": 7, "in_window": 8}, 0.875),
    ("upsell_rate", {"upgraded": 5, "customers": 100}, 0.05),
    ("cross_sell_rate", {"added": 1, "customers": 8}, 0.125),
    ("downsell_rate", {"downgraded": 1, "customers": 3}, 1 / 3),
    ("renewal_rate", {"renewed": 9, "due": 10}, 0.9),
    ("adoption_rate", {"active_users": 63, "licensed_users": 90}, 0.7),
    ("revenue_growth_rate", {"revenue_at_end": "90.00", "revenue_at_start": "100.00"}, -0.1),
    ("customer_growth_rate", {"customers_at_end": 1300, "customers_at_start": 1000}, 0.3),
    ("support_efficiency", {"cases_closed": 120, "days": 20, "people": 3}, 2.0),
    ("csat", {"scores": [5, 4, 3, 1], "threshold": 4, "scale_max": 5}, 0.5),
    ("nps", {"scores": [9] * 15 + [10] * 25 + [7] * 20 + [8] * 20 + [0] * 10 + [6] * 10}, 20.0),
    ("nps_from_counts", {"promoters": 40, "passives": 40, "detractors": 20}, 20.0),
    ("nps_from_counts", {"promoters": 20, "passives": 50, "detractors": 30}, -10.0),
    ("lifetime_value", {"arpa": "100", "customer_churn": 0.0625}, 1600.0),
    ("lifetime_value", {"arpa": "100", "customer_churn": 0.0625, "gross_margin": 0.75}, 1200.0),
    ("payback_months", {"acquisition_cost": "1200", "arpa": "100"}, 12.0),
    ("payback_months", {"acquisition_cost": 1200, "arpa": 100, "onboarding_cost": 600, "gross_margin": 0.75}, 24.0),
    ("largest_base", {"new_per_period": 30, "churn_rate": 0.03125}, 960.0),
    # The public data set of the page on semantics: 340 of 585 are kept, and 70 more come from those.
    ("gross_revenue_retention", {"opening": "585", "contraction": "45", "churned": "200"}, 340 / 585),
    ("net_revenue_retention", {"opening": "585", "expansion": "70", "contraction": "45", "churned": "200"}, 410 / 585),
]
ABSENT = [
    ("customer_churn_rate", [0, 0]),
    ("customer_churn_rate_interval", [0, 0]),
    ("customer_retention_rate", [350, 350, 0]),
    ("customer_growth_rate", [5, 0]),
    ("revenue_churn_rate", ["1", 0, "0"]),
    ("revenue_retention_rate", ["2", "1", "0.00"]),
    ("revenue_growth_rate", ["1", 0]),
    ("gross_revenue_retention", [0, 0, 0]),
    ("net_revenue_retention", [0, 5, 0, 0]),
    ("support_efficiency", [3, 0, 2]),
    ("support_efficiency", [3, 2, 0]),
    ("nps", [[]]),
    ("nps_interval", [[]]),
    ("nps_from_counts", [0, 0, 0]),
    ("csat", [[], 4, 5]),
    ("csat_interval", [(), 4, 5]),
    ("lifetime_value", ["100", 0]),
    ("payback_months", ["1200", "0"]),
    ("payback_months", ["1200", "100", "0", 0]),
    ("largest_base", [30, 0.0]),
    ("periodic_rate", [0.5, 0]),
]
REFUSED = [
    ("customer_churn_rate", [200, 10], ["cancelled"]),
    ("customer_churn_rate", [1, 0], ["cancelled"]),
    ("customer_churn_rate", [-1, -1], ["cancelled", "customers"]),
    ("customer_churn_rate", [0.5, 2.0**53], ["cancelled", "customers"]),
    ("customer_churn_rate", [True, "10"], ["cancelled", "customers"]),
    ("customer_retention_rate", [1, 2, 0], ["customers_gained"]),
    ("customer_retention_rate", [3, 0, 2], ["customers_at_end"]),
    ("revenue_churn_rate", ["1", 3, "2.99"], ["cancellations"]),
    ("revenue_churn_rate", ["1", 3, "0"], ["cancellations"]),
    ("revenue_churn_rate", [0.1, 1, "1"], ["unit_price"]),
    ("revenue_churn_rate", ["1e3", 1, Decimal("NaN")], ["unit_price", "revenue"]),
    ("revenue_churn_rate", ["-1", -1, "１"], ["unit_price", "cancellations", "revenue"]),
    ("revenue_growth_rate", ["0.0000000000001", 10**21], ["revenue_at_end", "revenue_at_start"]),
    ("revenue_retention_rate", [1, 2, 1], ["revenue_gained"]),
    ("gross_revenue_retention", [100, 150, 0], ["contraction"]),
    ("gross_revenue_retention", [100, 150, 150], ["contraction", "churned"]),
    ("gross_revenue_retention", [10, 5, 6], ["churned"]),
    ("net_revenue_retention", [10, 100, 5, 6], ["churned"]),
    ("nps", [[11]], ["scores[1]"]),
    ("nps", [[10, 9.5, 0, None, True]], ["scores[2]", "scores[4]", "scores[5]"]),
    ("nps", ["99"], ["scores"]),
    ("csat", [[6, 5, 7], 6, 5], ["scores[1]", "scores[3]", "threshold"]),
    ("lifetime_value", ["100", 1.5, -0.1], ["customer_churn", "gross_margin"]),
    ("lifetime_value", ["100", Decimal("0.5")], ["customer_churn"]),
    ("largest_base", [math.inf, math.nan], ["new_per_period", "churn_rate"]),
    ("largest_base", [10**400, "0.5"], ["new_per_period", "churn_rate"]),
    ("annualised_rate", [1.08, 12], ["rate"]),
    ("periodic_rate", [-0.5, 1.5], ["rate", "periods"]),
]


def placed(formula: str, values: list) -> dict:
    """By the order of the arguments, which is that of the kinds."""
    return {"formula": formula, "arguments": dict(zip(FORMULAS[formula].kinds, values))}


class Formulas(unittest.TestCase):
    def ask(self, formula, *values):
        return answer(placed(formula, list(values)))

    def test_worked_numbers(self):
        for formula, arguments, expected in WORKED:
            with self.subTest(formula=formula):
                found = answer({"formula": formula, "arguments": arguments})
                self.assertEqual(told(found), expected)
                self.assertTrue(found.is_told_by(expected))
        self.assertEqual(
            {formula for formula, _, _ in WORKED} | {name for name in FORMULAS if name.endswith("_interval")},
            FORMULAS.keys() - {"annualised_rate", "periodic_rate"},
        )

    def test_absent(self):
        for formula, values in ABSENT:
            with self.subTest(formula=formula):
                self.assertIsNone(self.ask(formula, *values))
        self.assertEqual(told(self.ask("annualised_rate", 0.5, 0)), 0.0)
        self.assertEqual(told(self.ask("annualised_rate", 1, 0)), 0.0)

    def test_refused(self):
        for formula, values, places in REFUSED:
            with self.subTest(formula=formula, values=values):
                self.assertEqual(self.ask(formula, *values), Refusal(dict.fromkeys(places, "invalid_argument")))
        found = answer({"formula": "nps_from_counts", "arguments": {"promoters": None, "passives": -1}})
        faults = {"promoters": "missing_argument", "passives": "invalid_argument", "detractors": "missing_argument"}
        self.assertEqual(found, Refusal(faults))

    def test_amounts(self):
        """A third of 3, in every form, with zeros that say nothing."""
        for amount in (3, "3", "3.00", "3." + "0" * 20, Decimal(3), Decimal("3.0"), Decimal("0.3E+1")):
            self.assertEqual(self.ask("revenue_churn_rate", "1", 1, amount).exact, Fraction(1, 3))
        self.assertEqual(told(self.ask("revenue_churn_rate", "0.1", 3, "0.3")), 1.0)
        largest = "999999999.999999999999"
        self.assertEqual(told(self.ask("revenue_growth_rate", largest, largest)), 0.0)

    def test_rates_of_periods(self):
        """8% a month are 63.2% a year; of a half, a quarter is left after two periods."""
        self.assertAlmostEqual(told(self.ask("annualised_rate", 0.08, 12)), 0.632, 3)
        for rate, periods, expected in [(0.5, 2, 0.75), (0.5, 1, 0.5), (0.75, 3, 63 / 64), (0, 9, 0.0), (1, 9, 1.0)]:
            self.assertEqual(told(self.ask("annualised_rate", rate, periods)), expected)
            self.assertEqual(told(self.ask("periodic_rate", expected, periods)), rate)
        self.assertTrue(self.ask("annualised_rate", 1e-12, 12).is_told_by(1.1999999999934e-11))  # 12e-12 - 66e-24
        self.assertEqual(told(self.ask("periodic_rate", 2.0**-200, 2)), 2.0**-201)
        self.assertEqual(told(self.ask("annualised_rate", 5e-324, LARGEST_COUNT)), 5e-324 * LARGEST_COUNT)
        for rate, periods in [(0.08, 12), (1e-300, 365), (0.999999, 7), (0.25, LARGEST_COUNT)]:
            part, root = self.ask("periodic_rate", rate, periods).exact, Fraction(rate)
            self.assertAlmostEqual(part / root, -math.expm1(math.log1p(-rate) / periods) / rate, 12)

    def test_one_division(self):
        """Whole numbers that no double is become the nearest; amounts that doubles can count are rounded only once."""
        most = LARGEST_COUNT
        self.assertEqual(self.ask("support_efficiency", 1, 3, 3002399751580331).double, 1 / 2.0**53)  # 2^53 + 1
        self.assertEqual(self.ask("nps_from_counts", most, 0, 1).double, (100 * most - 100) / 2.0**53)
        self.assertEqual(self.ask("nps_from_counts", 7, 18, 0).double, 28.0)  # 0.28 x 100 is 28.000000000000004
        self.assertEqual(self.ask("revenue_churn_rate", "0.3", 1, "0.9").double, 1 / 3)
        self.assertEqual(self.ask("revenue_growth_rate", str(2**53), "0.1").double, None)
        self.assertEqual(self.ask("revenue_growth_rate", str(9 * 10**20), str(10**20)).double, 8.0)

    def test_wilson(self):
        """Published ends, the equation that they solve, and who stayed seen from the other side."""
        for formula, values, ends in [
            ("customer_churn_rate_interval", [10, 200], (0.0274, 0.0896)),
            ("renewal_rate_interval", [9, 10], (0.5958, 0.9821)),
            ("adoption_rate_interval", [0, 10], (0.0, 0.2775)),
            ("csat_interval", [[5, 4, 3, 1], 4, 5], (0.1500, 0.8500)),
            ("customer_retention_rate_interval", [1300, 350, 1000], (0.9347, 0.9619)),
        ]:
            self.assertEqual(tuple(round(end, 4) for end in told(self.ask(formula, *values))), ends)
        for part, whole in [(0, 1), (1, 1), (1, 3), (50, 100), (7, LARGEST_COUNT)]:
            ends = self.ask("upsell_rate_interval", part, whole)
            for end in (end.exact for end in ends):
                self.assertAlmostEqual((part - whole * end) ** 2 - Z**2 * whole * end * (1 - end), 0, 12)
            others = self.ask("upsell_rate_interval", whole - part, whole)
            self.assertAlmostEqual(ends[0].exact + others[1].exact, 1, 30)
            self.assertTrue(ends[0].exact <= Fraction(part, whole) <= ends[1].exact)

    def test_nps_interval(self):
        """Of 100 answers, 40 and 20: 0.2 and 1.96 times the root of (0.6 - 0.04) / 100."""
        low, high = told(self.ask("nps_interval", [10] * 40 + [8] * 40 + [3] * 20))
        self.assertAlmostEqual(low, 20 - 195.996398454 * math.sqrt(0.0056), 9)
        self.assertAlmostEqual(high, 20 + 195.996398454 * math.sqrt(0.0056), 9)
        for scores, ends in [([10], (100, 100)), ([6], (-100, -100)), ([7, 8], (0, 0)), ([9, 0], (-100, 100))]:
            self.assertEqual(told(self.ask("nps_interval", scores)), ends)

    def test_scales(self):
        """Of all answers from 0 to 10, two are promoters and seven detractors; the threshold is satisfied."""
        self.assertEqual(self.ask("nps", list(range(11))).exact, Fraction(-500, 11))
        for threshold, share in [(0, 1), (3, Fraction(3, 6)), (5, Fraction(1, 6))]:
            self.assertEqual(self.ask("csat", list(range(6)), threshold, 5).exact, share)


@functools.cache
def call_and_answer(seed: int) -> tuple:
    call = random_formula_call(seed)
    return call, answer(call)


class FormulaCalls(unittest.TestCase):
    def answered(self):
        for seed in range(RANDOM_CALLS):
            yield call_and_answer(seed)

    def test_same(self):
        for seed in range(200):
            self.assertEqual(repr(random_formula_call(seed)), repr(call_and_answer(seed)[0]))

    def test_calls_reach_the_corners(self):
        """Each formula answers, is absent, and is refused at every argument; shares are nothing, all and between."""
        seen = Counter()
        for call, found in self.answered():
            name = call["formula"]
            seen[name] += found is not None and not isinstance(found, Refusal)
            seen[name, "absent"] += found is None
            if isinstance(found, Refusal):
                seen.update((name, place.partition("[")[0]) for place in found.faults)
                seen.update(found.faults.values())
                seen["two faults"] += len(found.faults) > 1
                seen["a place"] += any("[" in place for place in found.faults)
            elif isinstance(found, Number):
                seen["above 1"] += found.exact > 1
                seen["below 0"] += found.exact < 0
                seen[name, "0"] += found.exact == 0
                seen[name, "1"] += found.exact == 1
                seen["open unit"] += found.double is None and "revenue" in name
                seen["tiny"] += 0 < abs(found.exact) < Fraction(1, 10**300)
            elif found is not None:
                seen["closed"] += found[0].exact == found[1].exact
                seen["cut"] += found[1].exact == 100 and found[0].exact < 100
            given = call["arguments"]
            seen.update(type(value).__name__ for value in given.values())
            seen["largest"] += any(type(value) is int and value == LARGEST_COUNT for value in given.values())
            seen.update(option for option in DEFAULTS if option in FORMULAS[name].kinds and option not in given)
        expected = [*FORMULAS, *[(name, "absent") for name in FORMULAS if name != "annualised_rate"]]
        expected += [(name, argument) for name, formula in FORMULAS.items() for argument in formula.kinds]
        expected += [(name, share) for name in SHARES for share in "01"]
        expected += ["invalid_argument", "missing_argument", "two faults", "a place", "above 1", "below 0", "open unit"]
        expected += ["tiny", "closed", "cut", "int", "float", "str", "Decimal", "list", "tuple", "largest", *DEFAULTS]
        self.assertEqual({name for name in expected if seen[name] < 3}, set(), seen)
        self.assertTrue(all(seen[name] > 70 for name in FORMULAS), seen)

    def test_shares_are_shares(self):
        """Within 0 and 1, and within their interval; points of answers likewise."""
        for call, found in self.answered():
            name = call["formula"]
            if name not in (*SHARES, "nps") or not isinstance(found, Number):
                continue
            with self.subTest(call=call):
                least, most = (-100, 100) if name == "nps" else (0, 1)
                ends = answer(call | {"formula": f"{name}_interval"})
                low, high = (end.exact for end in ends)
                spare = Fraction(1, 10**40)
                self.assertTrue(least - spare <= low <= found.exact + spare <= high + 2 * spare <= most + 3 * spare)

    def test_doubles_are_near(self):
        """A double that is defined is near what is exact: three roundings of a ratio, and some more of an interval."""
        for call, found in self.answered():
            for number in found if isinstance(found, tuple) else [found]:
                if isinstance(number, Number) and number.double is not None:
                    apart = abs(Fraction(number.double) - number.exact)
                    bound = number.apart or abs(number.exact) * Fraction(3, 2**53) + SMALLEST
                    self.assertLessEqual(apart, bound, call)

    def test_rates_come_back(self):
        """What a rate of one period comes to over several is, in one of these, that rate."""
        for call, found in self.answered():
            if call["formula"] == "periodic_rate" and isinstance(found, Number) and 0 < found.exact < 1:
                rate, periods = call["arguments"]["rate"], call["arguments"]["periods"]
                if periods <= 12:
                    back = 1 - (1 - found.exact) ** int(periods)
                    self.assertAlmostEqual(back / Fraction(rate), 1, 20)

    def test_differences(self):
        """The next double is another ratio, and the same rate; a refusal is told where a fault is."""
        share = placed("adoption_rate", [1, 3])
        self.assertEqual(differences(share, 1 / 3), [])
        for other in (math.nextafter(1 / 3, 1), None, 0, (1 / 3, 1 / 3), {"kind": "x", "code": "y", "path": "z"}):
            self.assertEqual(len(differences(share, other)), 1, other)
        rate = placed("annualised_rate", [0.3, 2])
        self.assertEqual(differences(rate, 0.51) + differences(rate, math.nextafter(0.51, 1)), [])
        for other in (0.51 + 1e-14, math.nan, math.inf, "0.51"):
            self.assertEqual(len(differences(rate, other)), 1, other)
        ends = placed("nps_interval", [[9, 0, 7]])
        low, high = told(answer(ends))
        self.assertEqual(differences(ends, (math.nextafter(low, 0), high)), [])
        self.assertEqual(len(differences(ends, (low + 1e-12, high))), 1)
        self.assertLess(100 * NEAR_IN_INTERVALS, 1e-12)
        self.assertEqual(differences(placed("nps", [[]]), None), [])
        self.assertEqual(len(differences(placed("nps", [[]]), 0.0)), 1)
        wrong = placed("nps", [[11, 9, 12]])
        for path in ("scores[1]", "scores[3]"):
            found = {"kind": "InvalidArgument", "code": "invalid_argument", "path": path}
            self.assertEqual(differences(wrong, found), [])
            for other in ({"kind": "InvalidInput"}, {"code": "missing_argument"}, {"path": "scores[2]"}):
                self.assertEqual(len(differences(wrong, found | other)), 1)


if __name__ == "__main__":
    unittest.main()
