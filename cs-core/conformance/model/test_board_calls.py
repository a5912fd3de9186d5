"""Random calls about what became of those who paid, and boards of key figures: they are valid, reach the corners, and obey laws."""

import unittest
from collections import Counter
from datetime import date, timedelta
from fractions import Fraction

import test_books
import test_cards
from aims import SOURCE
from attention_calls import ids_of
from board import KPIS
from board_calls import OPERATIONS, SCORED, SEATS, TABLES, differences, random_board_call
from contracts import last_seen
from drilled import COLUMNS
from fact_rows import SIGNALS
from lines import view
from model import answer, drilldown, health, kpis, movements, renewals, retention
from standard_card import standard_card
from standings import months_after

RANDOM_CALLS = 1_600
IN_ONE = ["customer_churn", "customer_churn_low", "customer_churn_high", "share_of_customers", "share_of_opening_mrr", "mrr_churn", "grr"]
SHARES = [
    "customer_churn_rate", "revenue_churn_rate", "free_downgrade_rate", "customer_retention_rate", "gross_revenue_retention", "gross_renewal_rate", "upsell_rate", "cross_sell_rate",
    "downsell_rate", "onboarding_completion_rate", "csat", "survey_response_rate",
]  # fmt: skip


def amount(value) -> Fraction:
    return Fraction(0 if value is None else value)


def total(rows, column):
    return sum(amount(row[column]) for row in rows)


def value(row):
    return row["amount"] if row["unit"] == "money" else row["number"]


class BoardCalls(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.calls = [random_board_call(seed) for seed in range(RANDOM_CALLS)]
        cls.answers = [answer(call) for call in cls.calls]

    def answered(self, operation):
        """The calls that are not refused, their definitions and other arguments, and what they give."""
        for seed, (call, given) in enumerate(zip(self.calls, self.answers)):
            if call["operation"] == operation and not isinstance(given, str):
                asked = dict(call["arguments"])
                definitions = asked.pop("definitions", call["definitions"])
                with self.subTest(seed=seed):
                    yield call["book"], definitions, asked, given

    def test_valid(self):
        operations = Counter(call["operation"] for call in self.calls)
        self.assertTrue(all(operations[name] > RANDOM_CALLS / 3 for name in OPERATIONS), operations)
        for seed, call in enumerate(self.calls):
            with self.subTest(seed=seed):
                test_books.Books().check(call["book"], call["definitions"])
                self.check_signals(call["book"].get("signals", []), set(ids_of(call["book"])))
                for table in set(TABLES) - {"signals"}:
                    test_cards.Cards().check_table(table, call["book"].get(table, []), set(ids_of(call["book"])))
                days = [day for name, day in call["arguments"].items() if name in ("as_of", "start", "end", "known_on")]
                self.assertTrue(all("1900-01-01" <= day <= "2200-12-31" for day in days))
        for seed in range(0, RANDOM_CALLS, 40):
            self.assertEqual(self.calls[seed], random_board_call(seed))

    def check_signals(self, rows, ids):
        """Of customers that there are; counts of what is used are counts, but for seats, which may be parts."""
        for row in rows:
            self.assertTrue(row.keys() >= {"customer_id", "signal", "observed_on", "value"} and row["customer_id"] in ids, row)
            self.assertTrue(row["signal"] in {*SCORED, *SIGNALS} and isinstance(row["value"], int | float), row)
            self.assertTrue("1900-01-01" <= min(row["observed_on"], row.get("recorded_on") or row["observed_on"]), row)
            if row["signal"] in SCORED:
                self.assertTrue((isinstance(row["value"], int) or row["signal"] in SEATS) and row["value"] >= 0 and (row["signal"] != "used_in_executive_meetings" or row["value"] <= 1), row)

    def test_refusals(self):
        refused = Counter(found for found in self.answers if isinstance(found, str))
        self.assertEqual(set(refused), {"invalid_argument", "unknown_attribute", "invalid_range"})
        self.assertTrue(0.02 < refused.total() / RANDOM_CALLS < 0.06, refused)

    def test_drilldowns_reach_the_corners(self):
        seen = Counter()
        for _, _, _, tables in self.answered("drilldown"):
            for table, rows in tables.items():
                seen[table, "rows", min(len(rows), 3)] += 1
                for row in rows:
                    first = next(iter(row.values())) if table in ("expansion", "first_renewals", "long_standing") else "any"
                    seen.update((table, first, name, "absent" if cell is None else "some") for name, cell in row.items() if cell is None or str(cell).strip("0.") != "")
                    seen["large"] += row.get("small_sample") is False
        self.assertGreaterEqual(seen["large"], 3)
        never = {("lost", "closing_mrr"), ("lost", "renewed_mrr"), *((outcome, name) for outcome in ("lost", "pending") for name in ("renewed_discount", "discount_change")), ("pending", "renewed_mrr")}
        for table, columns in COLUMNS.items():
            firsts = {first for name, first, *_ in (key for key in seen if key != "large") if name == table} - {"rows"}
            for first, name in ((first, name) for first in firsts for name in columns if (first, name) not in never):
                self.assertGreaterEqual(seen[table, first, name, "some"], 5, (table, first, name))
        absent = [("expansion", "lost", "share_of_customers"), ("products", "any", "grr"), ("churn_by_industry", "any", "mrr_churn"), ("churn_by_industry", "any", "industry"), ("products", "any", "product"), ("long_standing", "lost", "growth")]
        self.assertTrue(all(seen[*key, "absent"] >= 20 for key in absent))
        self.assertTrue(all(seen[table, "rows", count] >= 5 for table in ("churn_by_industry", "products") for count in (0, 1, 2, 3)))

    def test_boards_reach_the_corners(self):
        seen = Counter()
        for _, _, asked, rows in self.answered("kpis"):
            seen["known_on"] += "known_on" in asked and bool(rows)
            for row in rows:
                found = value(row)
                seen[row["kpi"], "absent" if found is None else "zero" if amount(found) == 0 else "some"] += 1
                seen[row["kpi"], row["state"]] += 1
                seen[row["kpi"], row["trend"]] += 1
                seen["at the target"] += row["progress"] == 1.0
                seen["no quotient"] += row["state"] is not None and row["progress"] is None
                seen["benchmark"] += row["benchmark_source"] == SOURCE
                seen["other benchmark"] += row["benchmark_source"] not in (None, SOURCE)
            aims = asked.get("targets", {})
            seen["some periods"] += any(len({row["target_number"] for row in rows if row["kpi"] == kpi}) > 1 for kpi, aim in aims.items() if isinstance(aim, dict))
            told = {row["period_start"] for row in rows}
            seen["other periods"] += any(aim.keys() - told for aim in aims.values() if isinstance(aim, dict))
        for kpi, (unit, _) in KPIS.items():
            words = ["some", "met", "missed", "better", "worse", "same", None] + ["absent"] * (unit not in ("money", "count")) + ["zero"] * (unit not in ("per_day", "score"))
            self.assertEqual({word for word in words if seen[kpi, word] < 10}, set(), kpi)
        self.assertTrue(all(seen[name] > 50 for name in ("known_on", "at the target", "no quotient", "benchmark", "other benchmark", "some periods", "other periods")), seen)

    # --- laws --------------------------------------------------------------------------------------------------

    def test_tables_add_up(self):
        """Everybody who paid is in a row of each table, with all it paid."""
        for _, _, _, tables in self.answered("drilldown"):
            changes = {row["change"]: row for row in tables["expansion"]}
            industries, products = tables["churn_by_industry"], tables["products"]
            self.assertEqual(total(changes.values(), "customers"), total(industries, "opening_customers"))
            self.assertEqual(changes["lost"]["customers"], total(industries, "lost_customers"))
            self.assertEqual(amount(changes["lost"]["opening_mrr"]), total(industries, "lost_mrr"))
            for rows in (industries, products):
                self.assertEqual(total(changes.values(), "opening_mrr"), total(rows, "opening_mrr"))
            self.assertLessEqual(total(changes.values(), "closing_mrr"), total(products, "closing_mrr"))
            for row in (row for rows in tables.values() for row in rows):
                self.assertTrue(all(0 <= row[name] <= 1 for name in IN_ONE if row.get(name) is not None), row)
                self.assertTrue(row.get("nrr") is None or row["nrr"] >= row["grr"])

    def test_it_is_retention(self):
        """Of a month's last day the window is that of `retention`, and the month's lines are those of `renewals`."""
        compared = 0
        for book, definitions, asked, _ in list(self.answered("drilldown"))[::2]:
            end = months_after(date.fromisoformat(asked["as_of"]).replace(day=1), 1)
            day = end - timedelta(days=1)
            if day > date(2200, 12, 31) or day < date(1901, 1, 1):
                continue
            day, monthly, compared = day.isoformat(), definitions | {"period": "month"}, compared + 1
            book = book | {"observed_until": day}
            own = drilldown(book, monthly, day, months=asked.get("months", 12))["expansion"]
            (row,) = retention(book, monthly, day[:8] + "01", day, window=f"{asked.get('months', 12)} months", known_on=day)
            self.assertEqual(total(own, "customers"), row["opening_customers"])
            self.assertEqual(own[3]["customers"], row["opening_customers"] - row["retained_customers"])
            self.assertEqual((total(own, "opening_mrr"), total(own, "closing_mrr")), (amount(row["opening_mrr"]), amount(row["retained_mrr"]) + amount(row["expansion_mrr"])))
            kept, lost, _ = drilldown(book, monthly, day, months=1)["first_renewals"]
            (row,) = renewals(book, monthly, day[:8] + "01", day, known_on=day)
            self.assertEqual((kept["lines"], kept["lines"] + lost["lines"]), (row["first_kept_count"], row["first_count"]))
        self.assertGreater(compared, RANDOM_CALLS / 6)

    def test_everybody_of_old_is_there(self):
        for book, definitions, asked, tables in self.answered("drilldown"):
            since = months_after(last_seen(book, asked["as_of"]), -12 * asked.get("years", 3)).isoformat()
            first_days = [unit.first_paying_day() for unit in view(book, definitions, [], "customer", asked["as_of"]).units]
            started = [day.isoformat() for day in first_days if day is not None]
            self.assertEqual(total(tables["long_standing"], "customers"), sum(day <= since for day in started))

    def test_boards(self):
        for book, definitions, asked, rows in self.answered("kpis"):
            ranges = {name: asked[name] for name in ("start", "end", "known_on") if name in asked}
            moved = movements(book, definitions, **ranges)
            self.assertEqual([(row["period_start"], row["kpi"]) for row in rows], [(row["period_start"], kpi) for row in moved for kpi in KPIS])
            for number, row in enumerate(rows):
                found, of_flow = value(row), moved[number // len(KPIS)].get(row["kpi"])
                self.assertTrue(of_flow is None or of_flow == found)
                self.assertTrue(row["kpi"] not in SHARES or found is None or 0 <= found <= 1, row)
                self.assertTrue(row["kpi"] != "nps" or found is None or -100 <= found <= 100)
                if number < len(KPIS):
                    self.assertTrue(row["period_start"] > "1900-01-01" or row["trend"] is row["change_number"] is row["change_amount"] is None)
                    continue
                before = value(rows[number - len(KPIS)])
                self.assertEqual(row["trend"] is None, None in (found, before))
                if row["trend"] is not None and row["unit"] == "money":
                    self.assertEqual(amount(row["change_amount"]), amount(found) - amount(before))

    def test_those_who_paid(self):
        """Each stays, leaves, or is served for nothing; who sells more to somebody, or a better plan, has kept him."""
        seen = Counter()
        for _, definitions, _, rows in self.answered("kpis"):
            for number in range(0, len(rows), len(KPIS)):
                found = {row["kpi"]: value(row) for row in rows[number : number + len(KPIS)]}
                kept = found["customer_retention_rate"]
                self.assertEqual({name for name in ("customer_churn_rate", "free_downgrade_rate") if (found[name] is None) != (kept is None)}, set())
                if kept is None:
                    continue
                churn, lost = found["customer_churn_rate"], found["revenue_churn_rate"]
                self.assertAlmostEqual(churn + found["free_downgrade_rate"] + kept, 1, 12)
                # If nobody leaves nothing is lost, and if all do everything; what is lost is not retained.
                self.assertEqual(lost is None, found["revenue_retention_rate"] is None)
                self.assertTrue(lost is None or 0 < churn < 1 or lost == churn)
                self.assertTrue(lost is not None or definitions.get("free_counts"))
                seen["served for nothing, and free ones count"] += bool(definitions.get("free_counts")) and found["free_downgrade_rate"] > 0
                seen["came back, or was served for nothing"] += lost == 0 and amount(found["churned_mrr"]) > 0
                seen["some of it is lost"] += lost is not None and 0 < lost < 1
                self.assertLessEqual(max(found[name] or 0 for name in ("upsell_rate", "cross_sell_rate", "downsell_rate")), kept)
                self.assertEqual(found["upsell_rate"] is None, found["downsell_rate"] is None)
                self.assertTrue(found["health_score"] is None or 0 <= found["health_score"] <= 100)
        self.assertTrue(len(seen) == 3 and all(number >= 20 for number in seen.values()), seen)

    def test_seats(self):
        """With twice the seats it is half as high, whatever else is seen; without any, or without customers, it is not told."""
        seen = Counter()
        for book, definitions, asked, rows in self.answered("kpis"):
            signals = book.get("signals") or []
            known = [row for row in signals if "known_on" not in asked or (row.get("recorded_on") or row["observed_on"]) <= asked["known_on"]]
            rates = [row for row in rows if row["kpi"] == "adoption_rate"]
            for row in rates:
                firsts = {"active_users": row["period_start"], "licensed_users": ""}  # licences are known from any day before
                of = [each for each in known if firsts.get(each["signal"], "") <= each["observed_on"] < row["period_end"]]
                values = {}
                for each in of:
                    if each["signal"] in SEATS:
                        values.setdefault((each["customer_id"], each["signal"]), {}).setdefault(each["observed_on"], set()).add(each["value"])
                of_last = [days[max(days)] for days in values.values()]
                names = Counter(customer_id for customer_id, _ in values)
                told = row["number"] is not None
                self.assertTrue(not told or 2 in names.values())
                seen["above one"] += told and row["number"] > 1
                seen["several on a day"] += told and any(len(found) > 1 for found in of_last)
                seen["several days"] += told and any(len(days) > 1 for days in values.values())
                both = [customer_id for customer_id, number in names.items() if number == 2]
                last_licences = [max(values[customer_id, "licensed_users"]) for customer_id in both]
                seen["licence of before"] += told and any(day < row["period_start"] for day in last_licences)
                seen["licence of the period"] += told and any(day >= row["period_start"] for day in last_licences)
                seen["later licence"] += told and any(each["signal"] == "licensed_users" and each["customer_id"] in both and each["observed_on"] >= row["period_end"] for each in known)
                seen["one of the two"] += told and 1 in names.values()
                seen["several customers"] += told and sum(number == 2 for number in names.values()) > 1
                seen["only one of the two"] += not told and set(names.values()) == {1}
                seen["nobody pays, or no seats"] += not told and 2 in names.values()
            if seen["doubled"] < 40 and any(row["number"] for row in rates):
                seen["doubled"] += 1
                others = [row for row in signals if row["signal"] in SEATS]
                doubled = [row | {"value": row["value"] * 2} if row["signal"] == "licensed_users" else row for row in others]
                found = [row["number"] for row in kpis(book | {"signals": doubled}, definitions, **asked) if row["kpi"] == "adoption_rate"]
                self.assertEqual(found, [None if row["number"] is None else row["number"] / 2 for row in rates])
        self.assertTrue(len(seen) == 11 and all(number >= 30 for number in seen.values()), seen)

    def test_health(self):
        """It is that of the customers who have a score on the last day, whatever is known by now."""
        compared = Counter()
        for book, definitions, asked, rows in self.answered("kpis"):
            own = asked.get("scorecard")
            for row in [row for row in rows if row["kpi"] == "health_score" and row["number"] is not None and row["period_end"] <= "2200-12-31"][:2]:
                day = (date.fromisoformat(row["period_end"]) - timedelta(days=1)).isoformat()
                scores = [Fraction(str(each["score"])) for each in health(book, definitions, day, scorecard=own or standard_card()) if each["score"] is not None]
                self.assertEqual(row["number"], float(sum(scores) / len(scores)))
                compared["standard" if own is None else "own"] += 1
        self.assertTrue(all(compared[card] > 50 for card in ("standard", "own")), compared)

    def test_ranges(self):
        """A period of a range is the same asked alone."""
        for book, definitions, asked, rows in list(self.answered("kpis"))[:100]:
            for first, after in sorted({(row["period_start"], row["period_end"]) for row in rows})[:3]:
                if "1900-01-01" <= first and after <= "2200-12-31":
                    alone = kpis(book, definitions, **asked | {"start": first, "end": after})
                    self.assertEqual(alone, [row for row in rows if row["period_start"] == first])


class BoardDifferences(unittest.TestCase):
    def example(self, operation, is_fit):
        for seed in range(RANDOM_CALLS):
            call = random_board_call(seed)
            if call["operation"] == operation and not isinstance(given := answer(call), str) and is_fit(given):
                return call, given
        self.fail("there is none")

    def test_the_same(self):
        for seed in range(RANDOM_CALLS // 8):
            call = random_board_call(seed)
            self.assertEqual(differences(call, answer(call)), [], seed)

    def altered(self, rows, step=1):
        """The rows, each time with another cell, with a column more, and without a row."""
        for number, row in list(enumerate(rows))[::step]:
            for name, cell in row.items():
                yield [*rows[:number], row | {name: None if cell is not None else 0.25}, *rows[number + 1 :]]
        yield [rows[0] | {"more": 1}, *rows[1:]]
        yield rows[1:]

    def test_other_boards(self):
        call, rows = self.example("kpis", lambda rows: len(rows) == 2 * len(KPIS) and any(row["benchmark_source"] == SOURCE for row in rows))
        for other in self.altered(rows, 3):
            self.assertNotEqual(differences(call, other), [])
        self.assertNotEqual(differences(call, "invalid_argument"), [])
        named = [row | {"benchmark_source": row["benchmark_source"] and "in other words"} for row in rows]
        self.assertEqual(differences(call, named), [])
        self.assertNotEqual(differences(call, [row | {"benchmark_source": row["benchmark_source"] and ""} for row in rows]), [])
        # One that is given is told as it is.
        call, rows = self.example("kpis", lambda rows: any(row["benchmark_source"] == "we ourselves" for row in rows))
        named = [row | {"benchmark_source": row["benchmark_source"] and "in other words"} for row in rows]
        self.assertNotEqual(differences(call, named), [])

    def test_other_drilldowns(self):
        """Means of discounts are taken if they are near; the answers in words are not looked at."""
        call, tables = self.example("drilldown", lambda tables: all(tables.values()) and tables["first_renewals"][0]["discount"])
        for table, rows in tables.items():
            for other in self.altered(rows):
                self.assertNotEqual(differences(call, tables | {table: other}), [], table)
            self.assertNotEqual(differences(call, {name: rows for name, rows in tables.items() if name != table}), [])
        self.assertNotEqual(differences(call, "invalid_argument"), [])
        self.assertEqual(differences(call, tables | {"answers": []}), [])
        kept, *others = tables["first_renewals"]
        for by, is_near in ((1e-13, True), (1e-9, False)):
            near = tables | {"first_renewals": [kept | {"discount": kept["discount"] * (1 + by)}, *others]}
            self.assertEqual(differences(call, near) == [], is_near)


if __name__ == "__main__":
    unittest.main()
